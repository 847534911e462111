//! A report as a table.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use rstest::rstest;

use super::cell;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

const CENTRAL: &str = "11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC";

const SHOWN: [&str; 9] = [
    "province_key",
    "successor_slug",
    "state",
    "signed_on",
    "signed_on_earliest",
    "lag_days",
    "basis",
    "sectors",
    "missing_sectors",
];

#[rstest]
#[tokio::test]
async fn the_central_program_is_a_row_a_program_and_a_row_a_province_without(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::sampled(engine).await;
    let of = world.program(CENTRAL).await;
    let table = world.export(&format!("/coverage.csv?of={of}&as_of=2022-12-31"), &[]).await;
    let rows = table.rows();
    assert_eq!(rows.len(), 63);
    let provinces: BTreeSet<&str> = rows.iter().map(|row| cell(row, "province_slug")).collect();
    assert_eq!(provinces.len(), 63);
    let shown = |row: &Vec<(String, String)>| SHOWN.map(|name| cell(row, name)).join("|");
    let signed: Vec<String> = rows.iter().filter(|row| cell(row, "state") != "NOT_RECORDED").map(shown).collect();
    insta::allow_duplicates! {
        insta::assert_snapshot!(signed.join("\n"), @"
        dong-nai:pre2025||SIGNED|2019-10-08|2019-10-08|224|INFERRED|COURT;POLICE;PROCURACY;WOMENS_UNION|
        hai-duong:pre2025||SIGNED|2020-06-24|2020-06-24|484|STATED|COURT;POLICE;PROCURACY;WOMENS_UNION|
        son-la||SIGNED||||INFERRED|COURT;POLICE;PROCURACY;WOMENS_UNION|
        thai-binh:pre2025||SIGNED|2020-02-25|2020-02-25|364|STATED|COURT;POLICE;PROCURACY;WOMENS_UNION|
        vinh-phuc:pre2025||SIGNED|2019-07-17|2019-07-17|141|INFERRED|COURT;POLICE;PROCURACY;WOMENS_UNION|
        ");
    }
    // Nobody recorded it, which is neither a program nor a zero.
    let phu_tho = rows.iter().find(|row| cell(row, "province_slug") == "phu-tho").unwrap();
    assert_eq!(shown(phu_tho), "phu-tho:pre2025||NOT_RECORDED||||||");

    let head = table.text().lines().next().unwrap();
    insta::allow_duplicates! {
        insta::assert_snapshot!(head, @"province_slug,province_key,province_name,province_gso_code,region,region_name,successor_slug,state,program_id,program_number,program_title,signed_on,signed_on_earliest,signed_on_latest,lag_days,basis,sectors,sectors_names,missing_sectors,missing_sectors_names,extra_sectors,extra_sectors_names,as_of,boundaries");
    }
}

#[rstest]
#[tokio::test]
async fn provinces_that_ended_stand_under_those_that_followed(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let of = world.program(CENTRAL).await;
    let path = format!("/coverage.csv?of={of}&as_of=2022-12-31&boundaries=2026-11-22&labels=code");
    let rows = world.export(&path, &[]).await.rows();
    let find = |key: &str| rows.iter().find(|row| cell(row, "province_key") == key).unwrap();
    let shown = |key: &str| SHOWN[..6].iter().map(|name| cell(find(key), name)).collect::<Vec<_>>().join("|");
    assert_eq!(shown("thai-binh:pre2025"), "thai-binh:pre2025|hung-yen|SIGNED|2020-02-25|2020-02-25|364");
    assert_eq!(shown("hung-yen:2025"), "hung-yen:2025||PARTLY_SIGNED|||");
    // Followed twice.
    assert_eq!(shown("dong-nai:pre2025"), "dong-nai:pre2025|dong-nai|SIGNED|2019-10-08|2019-10-08|224");
    // Every version there ever was is either a province of that day or followed by one.
    let all = world.data("{ provinces(allVersions: true, first: 100) { nodes { key } } }").await;
    let all: BTreeSet<&str> = all.list("provinces.nodes").iter().map(|one| one.text("key")).collect();
    let found: BTreeSet<&str> = rows.iter().map(|row| cell(row, "province_key")).collect();
    assert_eq!(found, all);
    assert!(rows.iter().all(|row| row.iter().all(|(name, _)| !name.ends_with("_name") && !name.ends_with("_names"))));
}

#[rstest]
#[tokio::test]
async fn a_report_says_what_the_graph_says(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let of = world.document("238-QĐ/TW").await;
    let query = format!(
        "{{ report {{ coverage(of: {of:?}, asOf: \"2022-12-31\") {{ rows {{
            province {{ slug name(locale: EN) }} programs {{ lagDays program {{ id }} sectors {{ code }} }} }} }} }} }}"
    );
    let data = world.data(&query).await;
    let mut expected = Vec::new();
    for row in data.list("report.coverage.rows") {
        for one in row.list("programs") {
            let sectors: Vec<&str> = one.list("sectors").iter().map(|sector| sector.text("code")).collect();
            let lag = one["lagDays"].as_i64().map(|days| days.to_string()).unwrap_or_default();
            let (slug, name, id) = (row.text("province.slug"), row.text("province.name"), one.text("program.id"));
            expected.push([slug.to_owned(), name.to_owned(), id.to_owned(), lag, sectors.join(";")]);
        }
    }
    assert!(!expected.is_empty());
    let path = format!("/coverage.ndjson?of={of}&as_of=2022-12-31&lang=en");
    let table = world.export(&path, &[]).await;
    let mut lines: Vec<serde_json::Value> =
        table.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.pop().unwrap()["count"], lines.len());
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let of_table: Vec<[String; 5]> = lines
        .iter()
        .filter(|line| !line["program_id"].is_null())
        .map(|line| {
            ["province_slug", "province_name", "program_id", "lag_days", "sectors"].map(|name| text(&line[name]))
        })
        .collect();
    assert_eq!(of_table, expected);
    // Of a document nothing is known of missing sectors.
    assert!(lines.iter().all(|line| line["missing_sectors"].is_null()));

    let nothing = world.export("/coverage.csv?of=EQAAAEgBogQ9SEVyG4NCYBPZDpDq", &[]).await;
    assert_eq!(
        (nothing.status, nothing.header("content-type")),
        (StatusCode::NOT_FOUND, "application/json; charset=utf-8")
    );
    assert!(nothing.text().contains("of: there is nothing of this id to be seen"), "{}", nothing.text());
}
