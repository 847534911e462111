//! Reports across provinces: of rows that only A′ knows, and of visible ones that hidden rows implement, fulfill, follow
//! or count.

use serde_json::json;

use super::operations::{Operation, Workshop};

const IMPLEMENTATION: &str =
    "lagDays startsAfterDays endsAfterDays link { id } program { id title } parentProgram { id }
    parentDocument { id } sectors { id } missingSectors { id } extraSectors { id }";
const FIGURES: &str = "figures { value qualifier counted missing }";
const COUNT: &str = "{ value counted missing }";
const SHARE: &str = "{ count of ratio }";

pub fn make(shop: &mut Workshop<'_>) {
    coverage(shop);
    lists(shop);
    sums(shop);
    totals(shop);
}

fn coverage(shop: &mut Workshop<'_>) {
    let row = |more: &str| format!("state province {{ id }} programs {{ {IMPLEMENTATION} }} {more}");
    let rows = row(&format!("predecessors {{ {} }}", row("predecessors { province { id } }")));
    let coverage = format!(
        "query ($of: ID!, $day: Date, $later: Date) {{ report {{ coverage(of: $of, asOf: $day, boundaries: $later) {{ \
         program {{ id }} document {{ id }} asOf boundaries provinces signed partlySigned notRecorded \
         rows {{ {rows} }} missing {{ id }} stated {{ id }} }} }} }}"
    );
    for type_name in ["Program", "Document"] {
        let hidden = shop.samples.ids(type_name).hidden.into_iter().take(10);
        let visible = shop.samples.reachable(type_name).into_iter().take(20);
        for id in hidden.chain(visible).collect::<Vec<_>>() {
            for (day, later) in [("2031-12-31", "2031-12-31"), ("2022-12-31", "2026-11-22")] {
                let operation = Operation::new(format!("coverage {id} {day}"), coverage.as_str());
                shop.made.push(operation.with(json!({ "of": id, "day": day, "later": later })));
            }
        }
    }
}

/// A connection with everything of it, page by page forwards and backwards. `path` is where it stands below its field, and
/// what stands beside it.
fn list(shop: &mut Workshop<'_>, field: &str, arguments: &str, row: &str, path: (&str, &str)) {
    let inner = format!(
        "totalCount(max: 100) {{ value precision }} nodes {{ {row} }} edges {{ cursor node {{ {row} }} }} \
         pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}"
    );
    let (below, beside) = path;
    let pointer =
        if below.is_empty() { format!("/data/report/{field}") } else { format!("/data/report/{field}/{below}") };
    for (page, cursor) in [("first: 25, after: $after", "$after"), ("last: 25, before: $before", "$before")] {
        let asked = if below.is_empty() {
            format!("{field}({arguments} {page}) {{ {inner} }}")
        } else {
            format!("{field}({arguments}) {{ {below}({page}) {{ {inner} }} {beside} }}")
        };
        let query = format!("query ({cursor}: String) {{ report {{ {asked} }} }}");
        let operation = Operation::new(format!("{field} {arguments} {page}"), query);
        shop.made.push(if cursor == "$after" { operation.forward(&*pointer) } else { operation.backward(&*pointer) });
    }
}

fn lists(shop: &mut Workshop<'_>) {
    let some = "where: {kind: {notIn: [OTHER]}},";
    for field in ["signingLag", "sectorGaps", "periodGaps"] {
        list(shop, field, some, IMPLEMENTATION, ("", ""));
    }
    let comparison = "comparison { state reason figure { value qualifier counted missing } results { id } }";
    list(shop, "progress", some, &format!("target {{ id }} program {{ id }} {comparison}"), ("", ""));
    for what in ["EXPIRING", "EXPIRED", "EXPIRED_WITHOUT_REVIEW", "EXPIRED_WITHOUT_SUCCESSOR"] {
        let asked = format!("what: {what}, {some} asOf: \"2023-06-01\", withinDays: 2000,");
        let row = "program { id } endsOn daysLeft finalReviews { id } successors { id }";
        list(shop, "expiring", &asked, row, ("", ""));
    }
    let asked = format!("{some} asOf: \"2022-06-01\", months: 1,");
    list(shop, "inactive", &asked, "program { id } lastRecordedOn days", ("", ""));
    for state in ["OPEN", "OVERDUE", "FULFILLED"] {
        let asked = format!("{some} state: {state}, asOf: \"2026-11-22\",");
        let row = "state program { id } obligation { id }";
        let levels = "levels { level opened fulfilled overdue open }";
        list(shop, "cascade", &asked, row, ("obligations", levels));
    }
    let asked = format!("{some} from: \"2025-01-01\", to: \"2025-12-31\",");
    list(shop, "reorganization", &asked, "program { id } touches", ("programs", "reorganizations { id }"));
}

fn sums(shop: &mut Workshop<'_>) {
    let some = "where: {kind: {notIn: [OTHER]}}";
    let award = format!(
        "kind giver {{ id }} giverLabel awards collectives {COUNT} individuals {COUNT} mixedTotal {COUNT} overlapUnknown"
    );
    let quality = format!(
        "tenant {{ id }} programs withoutNumber {SHARE} withoutDate {SHARE} withoutPeriod {SHARE} withoutSignatory {SHARE} \
         withoutNamedSigner {SHARE} withoutSource {SHARE} conflicts openConflicts newestSourceOn newestSourceDays"
    );
    let overlap = "kind province { id } parentProgram { id } parentDocument { id } topic { id } programs { id }";
    let pair = "one { id } other { id } programs since";
    for query in [
        format!("awards({some}) {{ kinds {{ {award} }} givers {{ {award} }} }}"),
        format!("dataQuality({some}, asOf: \"2026-11-22\", boundaries: \"2026-11-22\") {{ {quality} }}"),
        format!("dataQuality {{ {quality} }}"),
        format!("overlaps({some}, on: \"2025-07-01\") {{ {overlap} }}"),
        format!("collaboration({some}, most: 1000) {{ sectors {{ {pair} }} agencies {{ {pair} }} }}"),
    ] {
        shop.made.push(Operation::new(query.clone(), format!("{{ report {{ {query} }} }}")));
    }
}

fn totals(shop: &mut Workshop<'_>) {
    let cell = format!(
        "province {{ id }} region {{ id }} sector {{ id }} topic {{ id }} indicator {{ id }} unit {{ id }} program {{ id }} \
         parentProgram {{ id }} parentDocument {{ id }} level year periodStart periodEnd status kind records {FIGURES} leftOut \
         collectives {COUNT} individuals {COUNT} provincesReporting provincesMissing"
    );
    let every = "PROVINCE, REGION, SECTOR, TOPIC, PROGRAM, PARENT, LEVEL, YEAR, PERIOD, STATUS, KIND";
    let some = "where: {kind: {notIn: [OTHER]}}, boundaries: \"2026-11-22\"";
    for (of, by) in [
        ("PROGRAMS", every.to_owned()),
        ("SIGNATORIES", every.to_owned()),
        ("EVENTS", every.to_owned()),
        ("AWARDS", every.to_owned()),
        ("RESULTS", format!("INDICATOR, UNIT, {every}")),
        ("RESULTS", "UNIT".to_owned()),
        ("RESULTS", "INDICATOR, PROVINCE, YEAR".to_owned()),
    ] {
        let others = match of {
            "RESULTS" => "figures: {indicators: [], from: \"1990-01-01\", to: \"2031-12-31\"}",
            _ => "boundaries: \"2020-01-01\"",
        };
        for more in [some, others] {
            let query = format!(
                "totals(of: {of}, by: [{by}], {more}) {{ boundaries provinces overlapping cells {{ {cell} }} }}"
            );
            shop.made.push(Operation::new(query.clone(), format!("{{ report {{ {query} }} }}")));
        }
    }
}
