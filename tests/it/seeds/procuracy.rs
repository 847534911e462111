//! The procuracy's women's committee: a central record of no province, an agency inside an agency, planned days.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

#[rstest]
#[tokio::test]
async fn both_years_are_central_and_of_no_province(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "{
        programs(where: {kind: {eq: ANNUAL_PLAN}}, orderBy: [{field: PERIOD_END}]) { nodes {
            level locality { name } tenant { __typename slug name } period { start end } status visibility
            signatories { totalCount { value } }
        } }
        central { programs { totalCount { value } } sources { nodes { dossier } } }
    }";
    let year = |year: &str, status: &str| {
        json!({
            "level": "CENTRAL",
            "locality": null,
            "tenant": { "__typename": "Central", "slug": "trung-uong", "name": "Trung ương" },
            "period": { "start": year, "end": year },
            "status": status,
            "visibility": "PUBLIC",
            "signatories": { "totalCount": { "value": 0 } },
        })
    };
    let data = world.data(query).await;
    assert_eq!(data.at("programs.nodes"), &json!([year("2017", "SIGNED"), year("2018", "DRAFT")]));
    assert_eq!(data.at("central.programs.totalCount.value"), 3, "the two years and 11/CTPH");
    assert_eq!(data.at("central.sources.nodes"), &json!([{ "dossier": "seed-3" }]));
}

#[rstest]
#[tokio::test]
async fn the_committee_is_inside_an_agency(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"{ agencies(where: {name: {startsWith: "Ban vì sự tiến bộ"}}) { nodes {
        name shortName level sector { code }
        parent { name parent { name } children { nodes { shortName } } }
        participations { nodes { roles } }
    } } }"#;
    let data = world.data(query).await;
    let [committee] = data.list("agencies.nodes") else { panic!("{data:#}") };
    assert_eq!(committee["name"], "Ban vì sự tiến bộ Phụ nữ ngành Kiểm sát nhân dân");
    assert_eq!((committee.text("level"), committee.text("sector.code")), ("CENTRAL", "PROCURACY"));
    assert_eq!(
        committee["parent"],
        json!({
            "name": "Viện kiểm sát nhân dân tối cao",
            "parent": null,
            "children": { "nodes": [{ "shortName": "Ban VSTBPN ngành KSND" }] },
        })
    );
    assert_eq!(committee.list("participations.nodes").len(), 3);
}

#[rstest]
#[tokio::test]
async fn the_two_party_documents_are_known_with_day_and_issuer(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($number: String!) { documents(where: {number: {eq: $number}}) { nodes {
        kind number issuedOn issuers { agency { name } }
        citations { nodes { citedFor program { period { start } } event { kind } } }
    } } }";
    let data = world.ask_ok(query, json!({ "number": "11-NQ/TW" })).await;
    assert_eq!(
        data.at("documents.nodes"),
        &json!([{
            "kind": "RESOLUTION",
            "number": "11-NQ/TW",
            "issuedOn": "2007-04-27",
            "issuers": [{ "agency": { "name": "Bộ Chính trị" } }],
            "citations": { "nodes": [
                { "citedFor": "quán triệt, thực hiện", "program": { "period": { "start": "2017" } }, "event": null },
            ] },
        }])
    );
    let data = world.ask_ok(query, json!({ "number": "21-ct/tw" })).await;
    assert_eq!(
        data.at("documents.nodes"),
        &json!([{
            "kind": "DIRECTIVE",
            "number": "21-CT/TW",
            "issuedOn": "2018-01-20",
            "issuers": [{ "agency": { "name": "Ban Bí thư Trung ương Đảng" } }],
            "citations": { "nodes": [
                { "citedFor": "thông báo, quán triệt tại hội nghị", "program": null, "event": { "kind": "ANNUAL_REVIEW" } },
            ] },
        }])
    );
}

#[rstest]
#[tokio::test]
async fn activities_are_planned_on_named_days(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"{ programs(where: {kind: {eq: ANNUAL_PLAN}, periodStart: {on: "2018-01-01"}}) { nodes {
        plannedActivities { nodes { order day occasion } }
    } } }"#;
    let day = |order: i32, day: &str, occasion: &str| json!({ "order": order, "day": day, "occasion": occasion });
    assert_eq!(
        world.data(query).await.at("programs.nodes"),
        &json!([{ "plannedActivities": { "nodes": [
            day(1, "2018-03-08", "Ngày Quốc tế phụ nữ"),
            day(2, "2018-03-20", "Ngày Quốc tế Hạnh phúc"),
            day(3, "2018-06-28", "Ngày Gia đình Việt Nam"),
            day(4, "2018-10-20", "Ngày phụ nữ Việt Nam"),
            day(5, "2018-11-25", "Ngày Quốc tế xóa bỏ bạo lực đối với Phụ nữ và Trẻ em gái"),
        ] } }])
    );
}

#[rstest]
#[tokio::test]
async fn the_review_is_known_only_not_to_be_earlier(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "{ events(where: {kind: {eq: ANNUAL_REVIEW}}) { nodes {
        nameInferred date { date earliest latest precision inferred } agenda programs { totalCount { value } }
    } } }";
    let data = world.data(query).await;
    let [event] = data.list("events.nodes") else { panic!("{data:#}") };
    assert_eq!(
        event["date"],
        json!({
            "date": "2018-01-20/..",
            "earliest": "2018-01-20",
            "latest": null,
            "precision": "RANGE",
            "inferred": true,
        })
    );
    assert_ne!(event["nameInferred"], Value::Null);
    assert_eq!(event.list("agenda").len(), 6);
    assert_eq!(event.at("programs.totalCount.value"), 2);
}
