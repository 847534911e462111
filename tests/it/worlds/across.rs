//! Reports across provinces: of rows that only A′ knows, and of visible ones that hidden rows implement.

use serde_json::json;

use super::operations::{Operation, Workshop};

const PROGRAM: &str =
    "lagDays link { id } program { id title } sectors { id } missingSectors { id } extraSectors { id }";

pub fn make(shop: &mut Workshop<'_>) {
    let row = |more: &str| format!("state province {{ id }} programs {{ {PROGRAM} }} {more}");
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
