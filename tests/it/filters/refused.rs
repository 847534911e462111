//! What is no condition: null, too much, too deep.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

#[rstest]
#[tokio::test]
async fn null_is_no_condition(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($where: ProgramWhere) { programs(where: $where) { nodes { id } } }";
    for filter in [
        json!({ "kind": null }),
        json!({ "kind": { "eq": null } }),
        json!({ "kind": { "in": null } }),
        json!({ "kind": { "notIn": null } }),
        json!({ "title": null }),
        json!({ "title": { "eq": null } }),
        json!({ "title": { "in": null } }),
        json!({ "title": { "contains": null } }),
        json!({ "title": { "startsWith": null } }),
        json!({ "number": null }),
        json!({ "number": { "isNull": null } }),
        json!({ "number": { "eq": null } }),
        json!({ "signedOn": null }),
        json!({ "signedOn": { "on": null } }),
        json!({ "signedOn": { "from": null } }),
        json!({ "signedOn": { "to": null } }),
        json!({ "signedOn": { "isNull": null } }),
        json!({ "openEnded": null }),
        json!({ "id": null }),
        json!({ "id": { "eq": null } }),
        json!({ "id": { "in": null } }),
        json!({ "and": null }),
        json!({ "or": null }),
        json!({ "not": null }),
        json!({ "tenant": null }),
        json!({ "tenant": { "slug": null } }),
        json!({ "tenant": { "slug": { "eq": null } } }),
        json!({ "tenant": { "slug": { "isNull": null } } }),
        json!({ "topics": null }),
        json!({ "topics": { "some": null } }),
        json!({ "topics": { "none": null } }),
        json!({ "signatories": { "some": { "personNamed": null } } }),
        json!({ "results": { "some": { "value": null } } }),
        json!({ "results": { "some": { "value": { "gte": null } } } }),
        json!({ "or": [{ "kind": { "eq": "PLEDGE" } }, { "kind": null }] }),
    ] {
        let answer = world.ask(query, json!({ "where": filter })).await;
        assert_eq!(crate::harness::codes(&answer), ["BAD_USER_INPUT"], "{filter}\n{answer:#}");
        assert_eq!(answer["data"], json!({ "programs": null }), "{filter}");
        assert!(answer.text("errors.0.message").contains("null is not a condition"), "{answer:#}");
    }
    // No filter at all is no condition; neither is a variable that is left out.
    for variables in [json!({}), json!({ "where": null }), json!({ "where": {} })] {
        let data = world.ask_ok(query, variables.clone()).await;
        assert_eq!(data.list("programs.nodes").len(), 8, "{variables}");
    }
    let query = "query ($kind: ProgramKind, $text: String) {
        programs(where: {kind: {eq: $kind}, title: {contains: $text}}) { nodes { id } } }";
    assert_eq!(world.data(query).await.list("programs.nodes").len(), 8, "omitted variables are no conditions");
    assert_eq!(world.refused(query, json!({ "kind": null })).await, ["BAD_USER_INPUT"]);
}

/// `not` within `not`, so many times.
fn nested(depth: usize) -> Value {
    (0..depth).fold(json!({ "kind": { "eq": "PLEDGE" } }), |inner, _| json!({ "not": inner }))
}

#[rstest]
#[tokio::test]
async fn too_much_is_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($where: ProgramWhere) { programs(where: $where) { nodes { kind } } }";
    let data = world.ask_ok(query, json!({ "where": nested(8) })).await;
    assert_eq!(data.at("programs.nodes"), &json!([{ "kind": "PLEDGE" }]));
    assert_eq!(world.refused(query, json!({ "where": nested(9) })).await, ["BAD_USER_INPUT"]);
    let titles: Vec<String> = (0..201).map(|number| number.to_string()).collect();
    assert_eq!(world.refused(query, json!({ "where": { "title": { "in": titles } } })).await, ["BAD_USER_INPUT"]);
    let data = world.ask_ok(query, json!({ "where": { "title": { "in": titles[..200] } } })).await;
    assert_eq!(data.at("programs.nodes"), &json!([]));
    let ids = vec!["x"; 101];
    assert_eq!(
        world.refused("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids })).await,
        ["BAD_USER_INPUT"]
    );
    let long = "a".repeat(201);
    let search = "query ($text: String!) { search(text: $text) { nodes { __typename } } }";
    assert_eq!(world.refused(search, json!({ "text": long })).await, ["BAD_USER_INPUT"]);
}

#[rstest]
#[tokio::test]
async fn a_filter_over_relations_goes_as_deep_as_it_may(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    // Eight steps from relation to relation: the aliases of the SQL must stay apart.
    let step =
        |inner: &str| format!("signatories: {{some: {{agency: {{signatures: {{some: {{program: {{{inner}}}}}}}}}}}}}");
    let deep = step(&step("level: {eq: CENTRAL}"));
    let query = format!("{{ programs(where: {{{deep}}}) {{ nodes {{ level }} }} }}");
    assert_eq!(world.data(&query).await.at("programs.nodes"), &json!([{ "level": "CENTRAL" }]));
}
