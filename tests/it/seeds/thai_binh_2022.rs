//! Thái Bình 2022: two signatories under a Party decision, remote points, an open obligation, a guest of no party.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

async fn program(world: &World, selection: &str) -> Value {
    let query = format!(
        r#"{{ programs(where: {{tenant: {{slug: {{eq: "thai-binh"}}}}, signedOn: {{on: "2022-02-17"}}}}) {{ nodes {{ {selection} }} }} }}"#
    );
    let data = world.data(&query).await;
    let [program] = data.list("programs.nodes") else { panic!("one program: {data:#}") };
    program.clone()
}

#[rstest]
#[tokio::test]
async fn two_agencies_sign_under_a_party_decision(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "period { start end } signatories { nodes { agency { name parent { name } } person { name } } }
         implements { basis program { id } document { kind number issuedOn issuers { agency { name } } tenant { slug } } }
         signingLags { days }",
    )
    .await;
    assert_eq!(program["period"], json!({ "start": "2021", "end": "2025" }));
    assert_eq!(
        program.at("signatories.nodes"),
        &json!([
            { "agency": { "name": "Ban Tuyên giáo Tỉnh ủy Thái Bình", "parent": { "name": "Tỉnh ủy Thái Bình" } }, "person": null },
            { "agency": { "name": "Viện kiểm sát nhân dân tỉnh Thái Bình", "parent": null }, "person": null },
        ])
    );
    assert_eq!(
        program["implements"],
        json!([{
            "basis": "STATED",
            "program": null,
            "document": {
                "kind": "DECISION",
                "number": "238-QĐ/TW",
                "issuedOn": "2020-09-30",
                "issuers": [{ "agency": { "name": "Ban Bí thư Trung ương Đảng" } }],
                "tenant": { "slug": "trung-uong" },
            },
        }])
    );
    assert_eq!(program["signingLags"], json!([]), "the day of the decision is not stated");
}

#[rstest]
#[tokio::test]
async fn eight_remote_points_take_part(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "events { nodes { mode remotePointCount remotePoints timeOfDay place
            attendances(last: 1) { nodes { roles group { label level count sector { code } } } } } }",
    )
    .await;
    assert_eq!(
        program.at("events.nodes"),
        &json!([{
            "mode": "HYBRID",
            "remotePointCount": 8,
            "remotePoints": "viện kiểm sát nhân dân các huyện, thành phố",
            "timeOfDay": "AFTERNOON",
            "place": "điểm cầu Viện Kiểm sát nhân dân tỉnh",
            "attendances": { "nodes": [{
                "roles": ["REMOTE_ATTENDEE"],
                "group": {
                    "label": "viện kiểm sát nhân dân các huyện, thành phố",
                    "level": "DISTRICT",
                    "count": 8,
                    "sector": { "code": "PROCURACY" },
                },
            }] },
        }])
    );
}

#[rstest]
#[tokio::test]
async fn districts_are_to_sign_their_own(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "obligations { nodes { kind open due fulfilledBy { id } direction {
            order text actors { person { name } agency { name } } addressees { agency { name } } } } }",
    )
    .await;
    let obligations = program.list("obligations.nodes");
    let mut kinds: Vec<_> = obligations.iter().map(|one| one.text("kind")).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["ANNUAL_PLAN", "CASCADE", "PERIODIC_REVIEW"]);
    let cascade = obligations.iter().find(|one| one["kind"] == "CASCADE").unwrap();
    assert_eq!(
        cascade,
        &json!({
            "kind": "CASCADE",
            "open": true,
            "due": null,
            "fulfilledBy": null,
            "direction": {
                "order": 1,
                "text": "Chỉ đạo để cấp huyện cũng ký chương trình phối hợp, hợp với chức năng mỗi ngành",
                "actors": [{ "person": { "name": "Nguyễn Tiến Thành" }, "agency": null }],
                "addressees": [
                    { "agency": { "name": "Ban Tuyên giáo Tỉnh ủy Thái Bình" } },
                    { "agency": { "name": "Viện kiểm sát nhân dân tỉnh Thái Bình" } },
                ],
            },
        })
    );
}

#[rstest]
#[tokio::test]
async fn the_guest_directs_but_belongs_to_no_party(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"{ people(where: {name: {eq: "Nguyễn Tiến Thành"}}) { nodes {
        signatures { totalCount { value } }
        attendances { nodes { roles agency { name } positions } }
        positions { title agency { name } }
        involvements { nodes { kind subject { __typename ... on Direction { order } } } }
    } } }"#;
    let data = world.data(query).await;
    let [guest] = data.list("people.nodes") else { panic!("{data:#}") };
    assert_eq!(guest.at("signatures.totalCount.value"), 0);
    assert_eq!(
        guest.at("attendances.nodes"),
        &json!([{
            "roles": ["ATTENDEE", "SPEAKER", "DIRECTING"],
            "agency": null,
            "positions": ["Phó Bí thư thường trực Tỉnh ủy", "Chủ tịch HĐND tỉnh"],
        }])
    );
    assert_eq!(
        guest["positions"],
        json!([
            { "title": "Phó Bí thư thường trực Tỉnh ủy", "agency": { "name": "Tỉnh ủy Thái Bình" } },
            { "title": "Chủ tịch HĐND tỉnh", "agency": { "name": "Hội đồng nhân dân tỉnh Thái Bình" } },
        ])
    );
    let mut directions: Vec<_> = guest
        .list("involvements.nodes")
        .iter()
        .filter(|one| one["kind"] == "ACTOR")
        .map(|one| one.at("subject.order").as_i64().unwrap())
        .collect();
    directions.sort_unstable();
    assert_eq!(directions, [1, 2, 3, 4, 5, 6]);
    let program = program(&world, "signatories { nodes { agency { id name } } }").await;
    let parties = program.texts("signatories.nodes", "agency.name");
    let offices = guest.texts("positions", "agency.name");
    assert!(offices.iter().all(|office| !parties.contains(office)), "{offices:?} {parties:?}");
}
