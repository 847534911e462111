//! The formats: each says the same, in its own way.

use std::io::Cursor;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use calamine::{Data, Reader, Xlsx};
use rstest::rstest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::{as_cell, cell, usually};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

#[tokio::test]
async fn the_tables_are_listed_and_explained() {
    let world = World::empty(Sqlite).await;
    let list = world.export("", &[]).await.json();
    let names: Vec<&str> = list["tables"].as_array().unwrap().iter().map(|table| table.text("name")).collect();
    assert!(["programs", "signatories", "results", "coverage"].iter().all(|name| names.contains(name)), "{names:?}");
    for table in list["tables"].as_array().unwrap() {
        let path =
            |pointer: &str| table.pointer(pointer).unwrap().as_str().unwrap().trim_start_matches("/export").to_owned();
        let columns = world.export(&path("/columns/json"), &[]).await.json();
        let described = world.export(&path("/columns/csv"), &[]).await;
        assert_eq!(described.header("content-type"), "text/csv; charset=utf-8; header=present");
        let described = described.rows();
        assert_eq!(described.len(), columns["columns"].as_array().unwrap().len());
        for (line, column) in described.iter().zip(columns["columns"].as_array().unwrap()) {
            let names: Vec<&str> = line.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["name", "label_vi", "label_en", "type", "unit", "nullable", "only_with", "description"]);
            for name in ["name", "label_vi", "label_en", "type", "description"] {
                assert_eq!(cell(line, name), column.text(name));
            }
            assert_eq!(cell(line, "nullable"), column["nullable"].to_string());
            for name in ["unit", "only_with"] {
                assert_eq!(cell(line, name), column[name].as_str().unwrap_or_default());
            }
        }
        // The dictionary has the columns of the file, in its order.
        if table["parameters"].as_array().unwrap().iter().all(|one| one["required"] == false) {
            let file = world.export(&path("/formats/csv"), &[]).await;
            let usual = described
                .iter()
                .filter(|line| usually(table, Some(cell(line, "only_with")).filter(|with| !with.is_empty())));
            let head: Vec<&str> = usual.map(|line| cell(line, "name")).collect();
            assert_eq!(file.text(), format!("{}\r\n", head.join(",")));
        }
    }
    let lag = world.export("/coverage/columns.json", &[]).await.json();
    let lag = lag["columns"].as_array().unwrap().iter().find(|one| one["name"] == "lag_days").unwrap().clone();
    assert_eq!((&lag["type"], &lag["unit"], &lag["nullable"]), (&json!("integer"), &json!("days"), &json!(true)));
}

#[rstest]
#[tokio::test]
async fn csv_is_what_spreadsheets_read(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with_odd_results(engine).await;
    let table = world.export("/results.csv", &[]).await;
    assert!(
        table
            .header("content-disposition")
            .starts_with("attachment; filename=\"results-2026-11-22.csv\"; filename*=UTF-8''K%E1%BA%BFt")
    );
    assert_eq!(
        (table.header("cache-control"), table.header("content-type")),
        ("private, no-cache", "text/csv; charset=utf-8; header=present")
    );
    assert!(table.headers.get_all("vary").iter().any(|name| name == "authorization"));
    let rows = table.rows();
    let odd = |number: usize| rows.iter().find(|row| cell(row, "position") == (9000 + number).to_string()).unwrap();
    let of = |number: usize| (cell(odd(number), "value"), cell(odd(number), "label"), cell(odd(number), "scope"));
    assert_eq!((of(0).0, of(0).1), ("0", "'=HYPERLINK(\"http://x\")"));
    assert_eq!((of(1).0, of(1).1), ("", "'-1+2"), "what is not known is not zero");
    assert_eq!((of(2).0, of(2).1), ("-1.25", "a, \"b\"\r\nc"), "a number is never escaped");
    assert_eq!(of(3), ("0.25", "'@x", "'\ty"));
    assert!(table.text().contains("\r\n") && !table.text().starts_with('\u{feff}'));

    let plain = world.export("/results.csv?escape=0&bom=1", &[]).await;
    assert!(plain.text().starts_with("\u{feff}id,province_slug,"));
    assert!(plain.text().contains("\"=HYPERLINK(\"\"http://x\"\")\"") && plain.text().contains(",@x,"));
    assert_eq!(plain.rows().len(), rows.len());
}

/// The rows of a workbook's first sheet under its head.
fn workbook(bytes: &[u8]) -> (Vec<Vec<Data>>, Vec<Vec<Data>>) {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let mut sheet = |name: &str| book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect();
    (sheet("results"), sheet("columns"))
}

#[rstest]
#[tokio::test]
async fn every_format_says_the_same(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with_odd_results(engine).await;
    let csv = world.export("/results.csv?escape=0&lang=en", &[]).await.rows();
    let dictionary = world.export("/results/columns.json", &[]).await.json();
    let kind = |name: &str| {
        let columns = dictionary["columns"].as_array().unwrap();
        columns.iter().find(|one| one["name"] == name).unwrap().text("type").to_owned()
    };

    let json = world.export("/results.json?lang=en", &[]).await.json();
    assert_eq!((&json["table"], &json["count"]), (&json!("results"), &json!(csv.len())));
    for (line, object) in csv.iter().zip(json["rows"].as_array().unwrap()) {
        assert_eq!(line.len(), object.as_object().unwrap().len());
        for (name, text) in line {
            assert_eq!(*text, as_cell(&object[name]), "{name}");
            let number = ["integer", "decimal"].contains(&kind(name).as_str());
            assert!(object[name].is_null() || object[name].is_number() == number, "{name}: {}", object[name]);
        }
    }

    let ndjson = world.export("/results.ndjson?lang=en", &[]).await;
    assert_eq!(ndjson.header("content-type"), "application/x-ndjson");
    let (before, last) = ndjson.text().trim_end().rsplit_once('\n').unwrap();
    let before = format!("{before}\n");
    let last: Value = serde_json::from_str(last).unwrap();
    let digest = format!("{:x}", Sha256::digest(before.as_bytes()));
    assert_eq!(last, json!({"count": csv.len(), "sha256": digest}));
    let lines: Vec<Value> = before.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json!(lines), json["rows"]);

    let xlsx = world.export("/results.xlsx?lang=en", &[]).await;
    assert_eq!(xlsx.header("content-length"), xlsx.bytes.len().to_string());
    let (rows, about) = workbook(&xlsx.bytes);
    assert_eq!(rows.len(), csv.len() + 1);
    let labels: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
    assert!(labels.contains(&"Indicator name".to_owned()), "{labels:?}");
    let width = csv[0].len();
    for (line, cells) in csv.iter().zip(&rows[1..]) {
        for (index, (name, text)) in line.iter().enumerate() {
            let empty = Data::Empty;
            let found = cells.get(index).unwrap_or(&empty);
            match (kind(name).as_str(), found) {
                (_, Data::Empty) => assert_eq!(text, "", "{name}"),
                ("integer" | "decimal", Data::Float(number)) => {
                    assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
                }
                ("boolean", Data::Bool(yes)) => assert_eq!(*text, yes.to_string()),
                ("date" | "partial_date", Data::DateTime(day)) => {
                    let (year, month, day, ..) = day.to_ymd_hms_milli();
                    assert_eq!(*text, format!("{year}-{month:02}-{day:02}"));
                }
                // A year or a month is no day.
                (kind, Data::String(found)) if !["integer", "decimal", "date"].contains(&kind) => {
                    // Lines in a cell are the workbook's own.
                    assert_eq!(
                        text.replace("\r\n", "\n"),
                        found.replace("_x000D_", "").replace("\r\n", "\n"),
                        "{name}"
                    );
                }
                (kind, found) => panic!("{name} is {kind} and {found:?}"),
            }
        }
    }
    assert!(rows.iter().all(|row| row.len() == width));
    let line = about[0][0].to_string();
    assert_eq!(line, "phoihop · Kết quả / Results · as of 2026-11-22 · for everybody: public data");
    assert_eq!((about[2][0].to_string(), about.len()), ("name".to_owned(), width + 3));
}

#[rstest]
#[tokio::test]
async fn what_is_the_same_is_not_sent_again(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    // On PostgreSQL whatever is written on the server renews the mark, by other tests for one.
    let mut hits = 0;
    for _ in 0..500 {
        let mark = world.export_by(Method::HEAD, "/programs.csv", &[]).await;
        assert_eq!((mark.status, mark.bytes.len(), mark.header("content-length")), (StatusCode::OK, 0, ""));
        let again = world.export("/programs.csv", &[("if-none-match", mark.header("etag"))]).await;
        if again.status == StatusCode::NOT_MODIFIED {
            assert_eq!((again.header("etag"), again.bytes.len()), (mark.header("etag"), 0));
            hits += 1;
            break;
        }
        assert_eq!(engine, Postgres);
    }
    assert_eq!(hits, 1);
    let mark = world.export_by(Method::HEAD, "/programs.csv", &[]).await;
    let mark = mark.header("etag");
    for other in ["/programs.json", "/programs.csv?lang=en", "/programs.csv?tenant=son-la", "/results.csv"] {
        assert_ne!(world.export_by(Method::HEAD, other, &[]).await.header("etag"), mark, "{other}");
    }
    let before = world.export("/programs.csv", &[]).await.bytes;
    world.import_one(crate::harness::SMALL).await;
    let after = world.export("/programs.csv", &[("if-none-match", mark)]).await;
    assert_eq!(after.status, StatusCode::OK);
    assert_ne!(after.bytes, before);
}

#[tokio::test]
async fn a_table_that_is_cut_off_does_not_look_whole() {
    let world = World::seeded(Sqlite).await;
    // More than a piece, and at the end a row that cannot be read.
    world.execute("UPDATE results SET label = replace(hex(zeroblob(20000)), '0', 'x')").await;
    let last = "SELECT id FROM results WHERE visibility = 'PUBLIC' ORDER BY tenant_id DESC, id DESC LIMIT 1";
    world.execute(&format!("UPDATE results SET period_latest = 'nonsense' WHERE id = ({last})")).await;
    for format in ["csv", "ndjson", "json"] {
        let request = Request::get(format!("/export/results.{format}")).body(Body::empty()).unwrap();
        let response = Box::pin(world.router().oneshot(request)).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert!(to_bytes(response.into_body(), usize::MAX).await.is_err(), "{format}");
    }
    // What is whole before its first byte is an error as any other.
    let workbook = world.export("/results.xlsx", &[]).await;
    assert_eq!(workbook.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!workbook.text().contains("nonsense"), "{}", workbook.text());
}
