//! Parameters as the conditions that the graph knows, so that a table leaves out exactly what a query leaves out.

use serde_json::{Value, json};

use super::Asked;

/// Conditions on programs, as `ProgramWhere` has them; days are about the signing.
pub fn programs(asked: &Asked) -> Value {
    let mut all = of_programs(asked);
    all.extend(days(asked, "signedOn"));
    json!({ "and": all })
}

/// The same where the days, if there are any, are something else.
pub fn programs_of_any_day(asked: &Asked) -> Value {
    json!({ "and": of_programs(asked) })
}

/// The same about the programs that signatories signed, as `SignatoryWhere` has it.
pub fn signatories(asked: &Asked) -> Value {
    if asked.values.is_empty() { json!({}) } else { json!({ "program": programs(asked) }) }
}

/// Conditions on results, as `ResultWhere` has them; days are about the time that they cover.
pub fn results(asked: &Asked) -> Value {
    let mut all = Vec::new();
    let programs = of_programs(asked);
    if !programs.is_empty() {
        all.push(json!({ "program": { "and": programs } }));
    }
    if let Some(from) = asked.one("from") {
        all.push(json!({ "periodStart": { "from": from } }));
    }
    if let Some(to) = asked.one("to") {
        all.push(json!({ "periodEnd": { "to": to } }));
    }
    json!({ "and": all })
}

fn of_programs(asked: &Asked) -> Vec<Value> {
    let mut all = Vec::new();
    let given = |name: &str| Some(asked.of(name)).filter(|values| !values.is_empty());
    if let Some(programs) = given("program") {
        let (ids, numbers): (Vec<&String>, Vec<&String>) =
            programs.iter().partition(|text| graphql::listing::names_program(text));
        let numbers = numbers.into_iter().map(|number| json!({ "number": { "eq": number } }));
        let ids = (!ids.is_empty()).then(|| json!({ "id": { "in": ids } }));
        all.push(json!({ "or": numbers.chain(ids).collect::<Vec<_>>() }));
    }
    if let Some(topics) = given("topic") {
        all.push(json!({ "topics": { "some": { "code": { "in": topics } } } }));
    }
    if let Some(sectors) = given("sector") {
        all.push(json!({ "signatories": { "some": { "agency": { "sector": { "in": sectors } } } } }));
    }
    if let Some(tenants) = given("tenant") {
        all.push(json!({ "tenant": { "slug": { "in": tenants } } }));
    }
    if let Some(regions) = given("region") {
        all.push(json!({ "tenant": { "region": { "in": regions } } }));
    }
    all
}

fn days(asked: &Asked, field: &str) -> Vec<Value> {
    let bound = |name: &str| asked.one(name).map(|day| json!({ field: { name: day } }));
    ["from", "to"].into_iter().filter_map(bound).collect()
}
