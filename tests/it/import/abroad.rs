//! What a dossier may do to records of other tenants: add public ones, correct what it added, and nothing else; and
//! what others keep to themselves decides nothing that it is told.

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, actor};

/// A dossier of Thái Bình about an agency and a numbered program.
fn own(key: &str, visibility: &str) -> String {
    SMALL
        .replace("key: small", &format!("key: {key}"))
        .replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "))
        .replace("publisher: Báo Ví Dụ", &format!("publisher: Nguồn {key}"))
        .replace("title: Chương trình", &format!("number: 7/{key}\n    title: Chương trình {key}"))
        .replace("Công an tỉnh Thái Bình", "Phòng Ví Dụ tỉnh Thái Bình")
}

/// A public dossier of Sơn La that names the agency of Thái Bình, with another sector.
const ABROAD: &str = "\
format: phoihop/1
key: abroad
tenant: {slug: son-la}
source: {publisher: Báo Sơn La, coverage: FULL}
agencies:
  - {key: theirs, name: Phòng Ví Dụ tỉnh Thái Bình, sector: COURT, level: PROVINCE, tenant: {slug: thai-binh, asOf: 2020-02-25}, note: sửa từ xa}
  - {key: ours, name: Công an tỉnh Sơn La, sector: POLICE, level: PROVINCE}
programs:
  - {key: p, kind: PLEDGE, title: Giao ước Sơn La, level: PROVINCE, signatories: [{agency: theirs}, {agency: ours}]}
";

const AGENCY: &str =
    r#"{ agencies(where: {name: {contains: "phong vi du"}}) { nodes { note sector { code } } totalCount { value } } }"#;

#[rstest]
#[tokio::test]
async fn nobody_takes_over_what_another_described(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values("INTERNAL", "DRAFT")] visibility: &str,
) {
    let world = World::empty(engine).await;
    // Its first description is hidden, so that from abroad it looks as if nobody owned it.
    world.import(&[("a", &own("first", visibility)), ("b", &own("second", "PUBLIC"))]).await;
    let before = world.data(AGENCY).await;
    assert_eq!(before.at("agencies.nodes"), &json!([{ "note": null, "sector": { "code": "POLICE" } }]));
    world.import_one(ABROAD).await;
    assert_eq!(world.data(AGENCY).await, before);
    let theirs =
        |sql: &str| format!("SELECT CAST(count(*) AS text) FROM provenances WHERE owner AND record_id IN ({sql})");
    let agency = "SELECT id FROM agencies WHERE name_vi LIKE 'Phòng Ví Dụ%'";
    assert_eq!(world.select(&theirs(agency)).await, [["1"]], "one owner");
    // Nor does it go with those who only named it.
    world.import_one(&own("second", "PUBLIC").replace("Phòng Ví Dụ", "Phòng Khác")).await;
    let (head, _) = ABROAD.split_once("  - {key: theirs").unwrap();
    world
        .import_one(&format!("{head}  - {{key: ours, name: Công an tỉnh Sơn La, sector: POLICE, level: PROVINCE}}\n"))
        .await;
    assert_eq!(
        world.select("SELECT CAST(count(*) AS text) FROM agencies WHERE name_vi LIKE 'Phòng Ví Dụ%'").await,
        [["1"]]
    );
}

#[rstest]
#[tokio::test]
async fn a_foreign_program_gets_no_signatory_from_abroad(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&own("open", "PUBLIC")).await;
    let foreign = "\
format: phoihop/1
key: intruder
tenant: {slug: son-la}
source: {publisher: Báo Sơn La, coverage: FULL}
agencies: [{key: ours, name: Công an tỉnh Sơn La, sector: POLICE, level: PROVINCE}]
programs:
  - {key: p, tenant: {slug: thai-binh, asOf: 2020-02-25}, kind: PLEDGE, number: 7/open, title: Tên từ xa, level: PROVINCE, signatories: [{agency: ours}]}
";
    let query = "{ programs { nodes { title signatories { nodes { agency { name } } } } } }";
    let before = world.data(query).await;
    world.import_one(foreign).await;
    assert_eq!(world.data(query).await, before);
    assert_eq!(world.select("SELECT CAST(count(*) AS text) FROM shares").await, [["0"]]);
}

#[rstest]
#[tokio::test]
async fn a_reader_does_not_publish_what_is_shared_with_them(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&ABROAD.replace("key: abroad", "key: ours").replace(
        "  - {key: theirs, name: Phòng Ví Dụ tỉnh Thái Bình, sector: COURT, level: PROVINCE, tenant: {slug: thai-binh, asOf: 2020-02-25}, note: sửa từ xa}\n",
        "",
    ).replace("{agency: theirs}, ", "")).await;
    let shared = own("secret", "INTERNAL")
        .replace("agencies:\n", "agencies:\n  - {key: ours, name: Công an tỉnh Sơn La, sector: POLICE, level: PROVINCE, tenant: {slug: son-la}}\n")
        .replace("      - {agency: police}", "      - {agency: police}\n      - {agency: ours}");
    world.import_one(&shared).await;
    let reader = actor("son-la", &[Role::Viewer]);
    assert_eq!(world.data_as(&reader, AGENCY).await.at("agencies.totalCount.value"), 1);
    // The reader's own public dossier names it; the owner's next import must not make it public for that.
    world.import_one(ABROAD).await;
    world.import_one(&shared.replace("title: Chương trình secret", "title: Chương trình secret sửa")).await;
    assert_eq!(world.data(AGENCY).await.at("agencies.totalCount.value"), 0);
    // Nor does the reader see sources of other dossiers that name the same agency.
    world.import_one(&own("other", "INTERNAL")).await;
    world.import_one(&shared).await;
    let sources = "{ sources { nodes { publisher } } agencies(where: {name: {contains: \"phong vi du\"}}) { nodes { sources { nodes { publisher } } } } }";
    let seen = world.data_as(&reader, sources).await.to_string();
    assert!(seen.contains("Nguồn secret") && !seen.contains("Nguồn other"), "{seen}");
}

#[rstest]
#[tokio::test]
async fn taking_back_tells_nothing_of_hidden_references(#[values(Sqlite, Postgres)] engine: Engine) {
    let without = World::empty(engine).await;
    let with = World::empty(engine).await;
    let mut told = Vec::new();
    for (world, referred) in [(&without, false), (&with, true)] {
        world.import_one(&own("open", "PUBLIC")).await;
        if referred {
            // A draft of another tenant, which nobody of Thái Bình sees.
            world.import_one(&ABROAD.replace("\nsource: ", "\nvisibility: DRAFT\nsource: ")).await;
        }
        let counts = world.import_one(&own("open", "PUBLIC").replace("Phòng Ví Dụ", "Phòng Khác")).await.counts;
        let query = "{ agencies { nodes { name } totalCount { value } } search(text: \"phong vi du\") { nodes { __typename } } }";
        told.push((
            counts,
            world.data(query).await,
            world.data_as(&actor("thai-binh:pre2025", &[Role::Viewer]), AGENCY).await,
        ));
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0].1.at("agencies.nodes"), &json!([{ "name": "Phòng Khác tỉnh Thái Bình" }]));
}
