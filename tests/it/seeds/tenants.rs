//! Provinces over time: names and codes are reused, so every question needs a day.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

#[rstest]
#[tokio::test]
async fn thai_binh_ended_and_hung_yen_follows(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"{
        now: province(by: {slug: "thai-binh"}) { id }
        then: province(by: {slug: "thai-binh"}, asOf: "2025-06-30") {
            key name kind validFrom validTo gsoCode
            successors { kind on to { key slug validFrom validTo } }
            programs { totalCount { value } }
        }
    }"#;
    let data = world.data(query).await;
    assert_eq!(data["now"], Value::Null);
    assert_eq!(
        data["then"],
        json!({
            "key": "thai-binh:pre2025",
            "name": "Tỉnh Thái Bình",
            "kind": "PROVINCE",
            "validFrom": null,
            "validTo": "2025-06-30",
            "gsoCode": "34",
            "successors": [{
                "kind": "MERGE",
                "on": "2025-07-01",
                "to": { "key": "hung-yen:2025", "slug": "hung-yen", "validFrom": "2025-07-01", "validTo": null },
            }],
            "programs": { "totalCount": { "value": 2 } },
        })
    );
}

#[rstest]
#[tokio::test]
async fn hung_yen_is_two_tenants(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"query ($day: Date) { province(by: {slug: "hung-yen"}, asOf: $day) {
        id key validFrom validTo gsoCode predecessors { from { key } }
    } }"#;
    let now = world.data(query).await;
    let then = world.ask_ok(query, json!({ "day": "2020-01-01" })).await;
    assert_ne!(now.at("province.id"), then.at("province.id"));
    assert_eq!((now.text("province.key"), then.text("province.key")), ("hung-yen:2025", "hung-yen:pre2025"));
    assert_eq!(then.at("province.validTo"), "2025-06-30");
    assert_eq!(now.at("province.validFrom"), "2025-07-01");
    let mut predecessors = now.texts("province.predecessors", "from.key");
    predecessors.sort();
    assert_eq!(predecessors, ["hung-yen:pre2025", "thai-binh:pre2025"]);
    assert_eq!(then.at("province.predecessors"), &json!([]));
    for (day, key) in [("2025-06-30", "hung-yen:pre2025"), ("2025-07-01", "hung-yen:2025")] {
        assert_eq!(world.ask_ok(query, json!({ "day": day })).await.text("province.key"), key, "{day}");
    }
}

#[rstest]
#[tokio::test]
async fn gso_code_24_names_two_provinces(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"query ($day: Date) {
        province(by: {gsoCode: "24"}, asOf: $day) { shortName slug gsoCode }
        provinces(where: {gsoCode: {eq: "24"}}, asOf: $day) { nodes { shortName } }
    }"#;
    for (day, name, slug) in [
        ("2025-06-30", "Bắc Giang", "bac-giang"),
        ("2025-07-01", "Bắc Ninh", "bac-ninh"),
        (crate::harness::TODAY, "Bắc Ninh", "bac-ninh"),
    ] {
        let data = world.ask_ok(query, json!({ "day": day })).await;
        assert_eq!(data["province"], json!({ "shortName": name, "slug": slug, "gsoCode": "24" }), "{day}");
        assert_eq!(data.at("provinces.nodes"), &json!([{ "shortName": name }]), "{day}");
    }
    let every = r#"{ provinces(where: {gsoCode: {eq: "24"}}, allVersions: true) { nodes { key } } }"#;
    let mut keys = world.data(every).await.texts("provinces.nodes", "key");
    keys.sort();
    assert_eq!(keys, ["bac-giang:pre2025", "bac-ninh:2025"]);
}

#[rstest]
#[tokio::test]
async fn versions_of_a_province_on_a_day(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($key: String!, $day: Date!) { province(by: {key: $key}) { versions(asOf: $day) { key } } }";
    for (key, day, expected) in [
        ("thai-binh:pre2025", "2026-11-22", vec!["hung-yen:2025"]),
        ("thai-binh:pre2025", "2020-01-01", vec!["thai-binh:pre2025"]),
        ("hung-yen:2025", "2020-01-01", vec!["hung-yen:pre2025", "thai-binh:pre2025"]),
        ("hung-yen:2025", "2025-07-01", vec!["hung-yen:2025"]),
        ("ha-noi", "2020-01-01", vec!["ha-noi"]),
        ("ha-noi", "2026-11-22", vec!["ha-noi"]),
    ] {
        let data = world.ask_ok(query, json!({ "key": key, "day": day })).await;
        let mut keys = data.texts("province.versions", "key");
        keys.sort();
        assert_eq!(keys, expected, "{key} {day}");
    }
}

#[rstest]
#[tokio::test]
async fn dong_nai_became_a_municipality(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"query ($day: Date!) { province(by: {slug: "dong-nai"}, asOf: $day) { name kind } }"#;
    for (day, name, kind) in
        [("2026-04-29", "Tỉnh Đồng Nai", "PROVINCE"), ("2026-04-30", "Thành phố Đồng Nai", "MUNICIPALITY")]
    {
        let data = world.ask_ok(query, json!({ "day": day })).await;
        assert_eq!(data["province"], json!({ "name": name, "kind": kind }), "{day}");
    }
}

#[rstest]
#[tokio::test]
async fn as_many_provinces_as_there_were(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($day: Date, $all: Boolean) { provinces(asOf: $day, allVersions: $all) { totalCount { value precision } } }";
    for (variables, count) in [
        (json!({ "day": "2025-06-30" }), 63),
        (json!({ "day": "2025-07-01" }), 34),
        (json!({}), 34),
        (json!({ "all": true }), 88),
    ] {
        let data = world.ask_ok(query, variables.clone()).await;
        assert_eq!(data.at("provinces.totalCount"), &json!({ "value": count, "precision": "EXACT" }), "{variables}");
    }
}
