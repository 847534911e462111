//! Thái Bình 2020: four agencies sign under a central program, five witness, and one man speaks without signing.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

/// The program, found as a reader would: by province and year.
async fn program(world: &World, selection: &str) -> Value {
    let query = format!(
        r#"{{ programs(where: {{tenant: {{slug: {{eq: "thai-binh"}}}}, signedOn: {{from: "2020-01-01", to: "2020-12-31"}}}}) {{
            nodes {{ {selection} }}
        }} }}"#
    );
    let data = world.data(&query).await;
    let [program] = data.list("programs.nodes") else { panic!("one program: {data:#}") };
    program.clone()
}

#[rstest]
#[tokio::test]
async fn four_agencies_sign_in_printed_order(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "kind number numberStatus level status signedOn { date inferred }
         signatories { totalCount { value precision } nodes { order agency { name sector { code } level } person { name } } }",
    )
    .await;
    assert_eq!(program["kind"], "COORDINATION_PROGRAM");
    assert_eq!(program["number"], Value::Null);
    assert_eq!(program["numberStatus"], "NOT_STATED");
    assert_eq!((&program["level"], &program["status"]), (&json!("PROVINCE"), &json!("SIGNED")));
    assert_eq!(program["signedOn"], json!({ "date": "2020-02-25", "inferred": false }));
    assert_eq!(program.at("signatories.totalCount"), &json!({ "value": 4, "precision": "EXACT" }));
    assert_eq!(
        program.texts("signatories.nodes", "agency.name"),
        [
            "Hội Liên hiệp Phụ nữ tỉnh Thái Bình",
            "Công an tỉnh Thái Bình",
            "Viện kiểm sát nhân dân tỉnh Thái Bình",
            "Tòa án nhân dân tỉnh Thái Bình",
        ]
    );
    assert_eq!(
        program.texts("signatories.nodes", "agency.sector.code"),
        ["WOMENS_UNION", "POLICE", "PROCURACY", "COURT"]
    );
    assert!(program.list("signatories.nodes").iter().all(|one| one["person"].is_null()), "{program:#}");
}

#[rstest]
#[tokio::test]
async fn five_agencies_witness(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "events { nodes { kind date { date } attendances { nodes { roles representation agency { name } } } } }",
    )
    .await;
    let [event] = program.list("events.nodes") else { panic!("one event: {program:#}") };
    assert_eq!((event.text("kind"), event.text("date.date")), ("SIGNING", "2020-02-25"));
    let attendances = event.list("attendances.nodes");
    assert_eq!(attendances.len(), 14);
    let witnesses: Vec<_> = attendances.iter().filter(|one| one["roles"] == json!(["WITNESS"])).collect();
    assert!(witnesses.iter().all(|one| one["representation"] == "đại diện lãnh đạo"), "{witnesses:#?}");
    let names: Vec<_> = witnesses.iter().map(|one| one.text("agency.name")).collect();
    assert_eq!(
        names,
        [
            "Ban Dân vận Tỉnh ủy Thái Bình",
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Thái Bình",
            "Sở Lao động, Thương binh và Xã hội tỉnh Thái Bình",
            "Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình",
            "Sở Tư pháp tỉnh Thái Bình",
        ]
    );
}

#[rstest]
#[tokio::test]
async fn lai_hop_manh_attends_and_speaks_but_does_not_sign(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"{ people(where: {name: {eq: "Lại Hợp Mạnh"}}) { nodes {
        name tenant { slug }
        positions { order title agency { name } }
        attendances { nodes { roles positions agency { name } event { kind } } }
        signatures { totalCount { value } nodes { id } }
    } } }"#;
    let expected = json!([{
        "name": "Lại Hợp Mạnh",
        "tenant": { "slug": "thai-binh" },
        "positions": [
            { "order": 1, "title": "Tỉnh ủy viên", "agency": { "name": "Tỉnh ủy Thái Bình" } },
            {
                "order": 2,
                "title": "Viện trưởng Viện kiểm sát nhân dân tỉnh",
                "agency": { "name": "Viện kiểm sát nhân dân tỉnh Thái Bình" },
            },
        ],
        "attendances": { "nodes": [{
            "roles": ["ATTENDEE", "SPEAKER"],
            "positions": ["Tỉnh ủy viên", "Viện trưởng Viện kiểm sát nhân dân tỉnh"],
            "agency": { "name": "Viện kiểm sát nhân dân tỉnh Thái Bình" },
            "event": { "kind": "SIGNING" },
        }] },
        "signatures": { "totalCount": { "value": 0 }, "nodes": [] },
    }]);
    assert_eq!(world.data(query).await.at("people.nodes"), &expected);
}

#[rstest]
#[tokio::test]
async fn seven_areas_in_order(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program =
        program(&world, "areaCount areas { totalCount { value } nodes { order label topic { code } } }").await;
    assert_eq!(program["areaCount"], Value::Null, "listed, so not counted apart");
    assert_eq!(program.at("areas.totalCount.value"), 7);
    let areas = program.list("areas.nodes");
    let orders: Vec<_> = areas.iter().map(|area| area["order"].as_i64().unwrap()).collect();
    assert_eq!(orders, [1, 2, 3, 4, 5, 6, 7]);
    let beginnings: Vec<String> =
        areas.iter().map(|area| area.text("label").split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        beginnings,
        [
            "Vụ việc về",
            "Truyền thông về",
            "Hội thảo, tọa",
            "Giám sát hoạt",
            "Bồi dưỡng, tập",
            "Biên soạn tài",
            "Thi đua, khen",
        ]
    );
    let topics: Vec<_> = areas.iter().map(|area| area["topic"]["code"].clone()).collect();
    assert_eq!(
        topics,
        [
            json!("CRIMINAL_PROCEDURE"),
            json!("COMMUNICATION"),
            Value::Null,
            json!("JUDICIAL_AFFAIRS"),
            json!("WOMEN_PROTECTION"),
            Value::Null,
            Value::Null,
        ]
    );
}

#[rstest]
#[tokio::test]
async fn article_33_is_cited_for_judicial_supervision(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program =
        program(&world, "citations { nodes { article citedFor document { kind title number tenant { slug } } } }")
            .await;
    assert_eq!(
        program.at("citations.nodes"),
        &json!([{
            "article": "Điều 33",
            "citedFor": "giám sát hoạt động tư pháp",
            "document": {
                "kind": "LAW",
                "title": "Bộ luật Tố tụng hình sự năm 2015",
                "number": null,
                "tenant": { "slug": "trung-uong" },
            },
        }])
    );
}

#[rstest]
#[tokio::test]
async fn it_implements_the_central_program(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "period { start end openEnded earliest latest }
         signingLags { days basis parent { number } }
         implements { kind basis reason document { id } program {
             number numberStatus level tenant { slug } signedOn { date } period { start end }
             signatories { nodes { agency { name shortName level } } }
             implementedBy { nodes { basis sourceProgram { tenant { slug } signedOn { date } } } }
         } }",
    )
    .await;
    assert_eq!(
        program["signingLags"],
        json!([{ "days": 364, "basis": "STATED", "parent": { "number": "11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC" } }])
    );
    assert_eq!(
        program["period"],
        json!({ "start": "2020", "end": "2022", "openEnded": false, "earliest": "2020-01-01", "latest": "2022-12-31" })
    );
    let [link] = program.list("implements") else { panic!("one parent: {program:#}") };
    assert_eq!((&link["kind"], &link["basis"]), (&json!("IMPLEMENTS"), &json!("STATED")));
    assert!(link["reason"].is_null() && link["document"].is_null(), "{link:#}");
    let parent = link.at("program");
    assert_eq!(parent["number"], "11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC");
    assert_eq!(parent["numberStatus"], "STATED");
    assert_eq!((parent.text("level"), parent.text("tenant.slug")), ("CENTRAL", "trung-uong"));
    assert_eq!(parent.text("signedOn.date"), "2019-02-26");
    assert_eq!(parent["period"], json!({ "start": "2019", "end": "2022" }));
    assert_ne!(parent["period"]["start"], program["period"]["start"]);
    assert_eq!(
        parent.texts("signatories.nodes", "agency.name"),
        [
            "Trung ương Hội Liên hiệp Phụ nữ Việt Nam",
            "Bộ Công an",
            "Viện kiểm sát nhân dân tối cao",
            "Tòa án nhân dân tối cao",
        ]
    );
    let mut children: Vec<_> = parent
        .list("implementedBy.nodes")
        .iter()
        .map(|link| {
            (link.text("sourceProgram.tenant.slug"), link.text("basis"), link["sourceProgram"]["signedOn"].clone())
        })
        .collect();
    children.sort_by_key(|(slug, _, _)| *slug);
    assert_eq!(
        children,
        [("son-la", "INFERRED", Value::Null), ("thai-binh", "STATED", json!({ "date": "2020-02-25" }))]
    );
}

#[rstest]
#[tokio::test]
async fn implemented_by_as_of_a_day(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"query ($day: Date!) { programs(where: {number: {eq: "11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC"}}) { nodes {
        implementedBy(asOf: $day) { totalCount { value } nodes { sourceProgram { tenant { slug } } } }
    } } }"#;
    for (day, slugs) in [("2020-02-24", vec![]), ("2020-02-25", vec!["thai-binh"]), ("2026-11-22", vec!["thai-binh"])] {
        let data = world.ask_ok(query, json!({ "day": day })).await;
        let found = data.at("programs.nodes.0.implementedBy");
        assert_eq!(found.texts("nodes", "sourceProgram.tenant.slug"), slugs, "{day}");
        assert_eq!(found.at("totalCount.value"), slugs.len(), "{day}");
    }
}

#[rstest]
#[tokio::test]
async fn the_phase_follows_the_day(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        r#"today: phase before: phase(asOf: "2019-12-31") first: phase(asOf: "2020-01-01") last: phase(asOf: "2022-12-31") after: phase(asOf: "2023-01-01")"#,
    )
    .await;
    assert_eq!(
        program,
        json!({ "today": "EXPIRED", "before": "UPCOMING", "first": "IN_FORCE", "last": "IN_FORCE", "after": "EXPIRED" })
    );
}
