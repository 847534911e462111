//! Vĩnh Phúc: a plan and the pledge that executes it, collective parties, and heads who only witness.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

async fn program(world: &World, kind: &str, selection: &str) -> Value {
    let query = format!(
        r#"{{ programs(where: {{tenant: {{slug: {{eq: "vinh-phuc"}}}}, kind: {{eq: {kind}}}}}) {{ nodes {{ {selection} }} }} }}"#
    );
    let data = world.data(&query).await;
    let [program] = data.list("programs.nodes") else { panic!("one program: {data:#}") };
    program.clone()
}

#[rstest]
#[tokio::test]
async fn the_pledge_executes_the_plan(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let plan = program(
        &world,
        "COORDINATION_PLAN",
        "period { start end } signedOn { date } areaCount areas { totalCount { value } }
         executedBy { kind basis sourceProgram { kind } } executes { kind }",
    )
    .await;
    assert_eq!(plan["period"], json!({ "start": "2022", "end": "2027" }));
    assert_eq!(plan["signedOn"], Value::Null);
    assert_eq!(plan["areaCount"], 5, "counted, not listed");
    assert_eq!(plan.at("areas.totalCount.value"), 0);
    assert_eq!(
        plan["executedBy"],
        json!([{ "kind": "EXECUTES", "basis": "STATED", "sourceProgram": { "kind": "PLEDGE" } }])
    );
    assert_eq!(plan["executes"], json!([]));
    let pledge = program(&world, "PLEDGE", "period { start end } executes { program { kind title } }").await;
    assert_eq!(pledge["period"], plan["period"]);
    let [link] = pledge.list("executes") else { panic!("{pledge:#}") };
    assert_eq!(link.text("program.kind"), "COORDINATION_PLAN");
    assert!(link.text("program.title").starts_with("Kế hoạch phối hợp phòng, chống bạo lực"));
}

#[rstest]
#[tokio::test]
async fn the_year_of_signing_is_inferred(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let pledge =
        program(&world, "PLEDGE", "signedOn { date earliest latest precision inferred reason } events { nodes { date { date inferred } timeOfDay } }")
            .await;
    assert_eq!(
        pledge["signedOn"],
        json!({
            "date": "2022-06-22",
            "earliest": "2022-06-22",
            "latest": "2022-06-22",
            "precision": "DAY",
            "inferred": true,
            "reason": "Bài chỉ ghi 22/6; năm 2022 suy từ giai đoạn 2022-2027.",
        })
    );
    assert_eq!(
        pledge.at("events.nodes"),
        &json!([{ "date": { "date": "2022-06-22", "inferred": true }, "timeOfDay": "AFTERNOON" }])
    );
}

#[rstest]
#[tokio::test]
async fn targets_have_their_own_period(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let plan = program(
        &world,
        "COORDINATION_PLAN",
        "targets { nodes { order aspirational period { start end } quantity { value qualifier text } indicator { code kind } } }",
    )
    .await;
    let target = |order: i32, value: &str, qualifier: &str, text: &str, code: &str| {
        json!({
            "order": order,
            "aspirational": true,
            "period": { "start": "2021", "end": "2023" },
            "quantity": { "value": value, "qualifier": qualifier, "text": text },
            "indicator": { "code": code, "kind": "RATIO" },
        })
    };
    assert_eq!(
        plan.at("targets.nodes"),
        &json!([
            target(1, "60", "AT_LEAST", "ít nhất 60%", "SHARE_UNITS_WITHOUT_SEVERE_ABUSE"),
            target(2, "100", "EXACT", "100%", "SHARE_VICTIMS_ASSISTED"),
        ])
    );
}

#[rstest]
#[tokio::test]
async fn districts_sign_as_collective_parties_without_a_count(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let pledge = program(
        &world,
        "PLEDGE",
        "signatories { nodes { agency { name } group { label level count sector { code } members { totalCount { value } } } } }",
    )
    .await;
    let group = |label: &str, sector: &str| {
        json!({ "agency": null, "group": {
            "label": label,
            "level": "DISTRICT",
            "count": null,
            "sector": { "code": sector },
            "members": { "totalCount": { "value": 0 } },
        } })
    };
    assert_eq!(
        pledge.at("signatories.nodes"),
        &json!([
            { "agency": { "name": "Công an tỉnh Vĩnh Phúc" }, "group": null },
            { "agency": { "name": "Hội Liên hiệp Phụ nữ tỉnh Vĩnh Phúc" }, "group": null },
            group("Công an các huyện, thành phố", "POLICE"),
            group("Hội LHPN các huyện, thành phố", "WOMENS_UNION"),
        ])
    );
}

#[rstest]
#[tokio::test]
async fn the_heads_only_witness(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"{ people(where: {tenant: {slug: {eq: "vinh-phuc"}}}) { nodes {
        name signatures { totalCount { value } }
        attendances { nodes { roles positions rank agency { sector { code } } } }
    } } }"#;
    let head = |name: &str, roles: &[&str], positions: [&str; 2], rank: Value, sector: &str| {
        json!({
            "name": name,
            "signatures": { "totalCount": { "value": 0 } },
            "attendances": { "nodes": [
                { "roles": roles, "positions": positions, "rank": rank, "agency": { "sector": { "code": sector } } },
            ] },
        })
    };
    assert_eq!(
        world.data(query).await.at("people.nodes"),
        &json!([
            head(
                "Đinh Ngọc Khoa",
                &["WITNESS", "ATTENDEE", "SPEAKER"],
                ["Ủy viên Ban Thường vụ Tỉnh ủy", "Giám đốc Công an tỉnh"],
                json!("Đại tá"),
                "POLICE",
            ),
            head(
                "Nguyễn Thị Thu Hà",
                &["WITNESS", "ATTENDEE"],
                ["Tỉnh ủy viên", "Chủ tịch Hội LHPN tỉnh"],
                Value::Null,
                "WOMENS_UNION",
            ),
        ])
    );
}

#[rstest]
#[tokio::test]
async fn nguyen_thi_thu_ha_is_not_the_national_chair(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    // A dossier about the national chair of the same name.
    let national = "\
format: phoihop/1
key: national-chair
tenant: {slug: trung-uong}
source: {publisher: Báo Ví Dụ, coverage: FULL}
agencies:
  - {key: union, name: Trung ương Hội Liên hiệp Phụ nữ Việt Nam, sector: WOMENS_UNION, level: CENTRAL}
people:
  - key: chair
    name: Nguyễn Thị Thu Hà
    positions: [{title: Chủ tịch Hội LHPN Việt Nam, agency: union}]
";
    let query = r#"{
        people(where: {name: {eq: "nguyen thi thu ha"}}) { nodes { tenant { slug } note positions { title } } }
        search(text: "Nguyễn Thị Thu Hà", types: [PERSON]) { nodes { ... on Person { tenant { slug } } } }
    }"#;
    let before = world.data(query).await;
    let [here] = before.list("people.nodes") else { panic!("{before:#}") };
    assert_eq!(here.text("tenant.slug"), "vinh-phuc");
    assert!(here.text("note").contains("trùng tên, hai người"));
    world.import_one(national).await;
    let after = world.data(query).await;
    let mut people: Vec<_> = after
        .list("people.nodes")
        .iter()
        .map(|one| (one.text("tenant.slug").to_owned(), one.texts("positions", "title").join("; ")))
        .collect();
    people.sort();
    assert_eq!(
        people,
        [
            ("trung-uong".to_owned(), "Chủ tịch Hội LHPN Việt Nam".to_owned()),
            ("vinh-phuc".to_owned(), "Tỉnh ủy viên; Chủ tịch Hội LHPN tỉnh".to_owned()),
        ]
    );
    assert_eq!(after.list("search.nodes").len(), 2);
}
