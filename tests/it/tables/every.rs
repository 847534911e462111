//! Every table over all samples: the same rows in every format, as its dictionary says.

use rstest::rstest;
use serde_json::Value;

use super::usually;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

/// What a table must be asked, and a day on which it has rows.
fn asked(name: &str) -> &'static str {
    match name {
        "expiring" | "inactive" => "as_of=2022-10-01",
        "reorganization" => "changed_from=2025-01-01&changed_to=2025-12-31",
        _ => "",
    }
}

#[rstest]
#[tokio::test]
async fn every_table_is_as_its_dictionary_says(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let list = world.export("", &[]).await.json();
    let mut empty = Vec::new();
    for table in list["tables"].as_array().unwrap() {
        let name = table.text("name");
        let mut asked = asked(name).to_owned();
        if name == "coverage" {
            asked = format!("of={}", world.program("11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC").await);
        }
        let dictionary = world.export(&format!("/{name}/columns.json"), &[]).await.json();
        let all = dictionary["columns"].as_array().unwrap_or_else(|| panic!("{dictionary:#}"));
        let columns: Vec<&Value> = all.iter().filter(|column| usually(table, column["only_with"].as_str())).collect();
        let get = async |format: &str| world.export(&format!("/{name}.{format}?{asked}"), &[]).await;
        let csv = get("csv").await;
        assert_eq!(csv.status, 200, "{name}: {}", csv.text());
        let rows = csv.rows();
        let json = get("json").await.json();
        assert_eq!(json["count"], rows.len(), "{name}");
        for (row, object) in rows.iter().zip(json["rows"].as_array().unwrap()) {
            assert_eq!(row.len(), columns.len(), "{name}");
            for ((column, text), told) in row.iter().zip(&columns) {
                assert_eq!(column, told.text("name"), "{name}");
                assert!(!text.is_empty() || told["nullable"] == true, "{name}.{column} is empty: {row:?}");
                assert_eq!(
                    *text,
                    super::as_cell(&object[column.as_str()]).trim_start_matches('\u{feff}'),
                    "{name}.{column}"
                );
            }
        }
        assert_eq!(get("ndjson").await.text().lines().count(), rows.len() + 1, "{name}");
        assert_eq!(get("xlsx").await.status, 200, "{name}");
        assert!(all.iter().all(|column| column["label_vi"] != Value::Null), "{name}");
        if rows.is_empty() {
            empty.push(name.to_owned());
        }
    }
    assert_eq!(
        empty,
        ["sector_gaps", "overlaps"],
        "no two samples differ so, nor do the same in one province of today"
    );
}
