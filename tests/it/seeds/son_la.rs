//! Sơn La: figures and what they mean, awards without names, and a review whose day nobody wrote down.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

async fn program(world: &World, selection: &str) -> Value {
    let query =
        format!(r#"{{ programs(where: {{tenant: {{slug: {{eq: "son-la"}}}}}}) {{ nodes {{ {selection} }} }} }}"#);
    let data = world.data(&query).await;
    let [program] = data.list("programs.nodes") else { panic!("one program: {data:#}") };
    program.clone()
}

#[rstest]
#[tokio::test]
async fn figures_keep_their_qualifier_and_hang_together(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "results { totalCount { value } nodes {
            indicator { code } quantity { value qualifier text unit { code } } statement
            ofResult { indicator { code } } audienceResults { nodes { quantity { value qualifier } } }
        } }",
    )
    .await;
    assert_eq!(program.at("results.totalCount.value"), 8);
    let figures: Vec<Value> = program
        .list("results.nodes")
        .iter()
        .map(|one| {
            json!([
                one["indicator"]["code"],
                one["quantity"]["value"],
                one["quantity"]["qualifier"],
                one["quantity"]["text"],
                one["ofResult"]["indicator"]["code"],
            ])
        })
        .collect();
    assert_eq!(
        figures,
        [
            json!(["INTEGRATED_COMMUNICATION_SESSIONS", "238", "EXACT", "238 buổi", null]),
            json!([
                "INTEGRATED_COMMUNICATION_ATTENDANCES",
                "41000",
                "OVER",
                "trên 41.000 lượt",
                "INTEGRATED_COMMUNICATION_SESSIONS",
            ]),
            json!(["THEMATIC_TALKS", "5", "EXACT", "5 cuộc", null]),
            json!(["THEMATIC_TALK_AUDIENCE", "2000", "OVER", "trên 2.000", "THEMATIC_TALKS"]),
            json!(["TRAINING_CLASSES", "37", "EXACT", "37 lớp", null]),
            json!(["TRAINED_UNION_STAFF", "1000", "OVER", "trên 1.000", "TRAINING_CLASSES"]),
            json!(["CASES_HANDLED", "40", "OVER", "trên 40 vụ việc", null]),
            json!(["CASE_RESOLUTION", null, "UNQUANTIFIED", null, null]),
        ]
    );
    let results = program.list("results.nodes");
    assert_eq!(
        results[0]["audienceResults"]["nodes"],
        json!([{ "quantity": { "value": "41000", "qualifier": "OVER" } }])
    );
    // Attendances are not people: the units differ.
    assert_ne!(results[1].at("quantity.unit.code"), results[3].at("quantity.unit.code"));
    assert_eq!(results[7]["quantity"]["unit"], Value::Null);
    assert!(results[7].text("statement").starts_with("Về cơ bản"));
    let qualitative = results.iter().filter(|one| !one["statement"].is_null()).count();
    assert_eq!(qualitative, 1);
}

#[rstest]
#[tokio::test]
async fn awards_are_counted_without_names(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "awards { nodes { kind collectives individuals mixedTotal overlapUnknown
            givers { agency { name } } presenters { label } recipients { label person { name } } } }",
    )
    .await;
    assert_eq!(
        program.at("awards.nodes"),
        &json!([
            {
                "kind": "Thành tích xuất sắc",
                "collectives": 4,
                "individuals": 5,
                "mixedTotal": null,
                "overlapUnknown": false,
                "givers": [],
                "presenters": [],
                "recipients": [],
            },
            {
                "kind": "Bằng khen",
                "collectives": null,
                "individuals": null,
                "mixedTotal": null,
                "overlapUnknown": true,
                "givers": [{ "agency": { "name": "Hội Liên hiệp Phụ nữ tỉnh Sơn La" } }],
                "presenters": [],
                "recipients": [{ "label": "các cá nhân (không nêu tên, không nêu số)", "person": null }],
            },
        ])
    );
}

#[rstest]
#[tokio::test]
async fn limitations_are_stated_but_not_specified(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(&world, "remarks { nodes { kind specified text } }").await;
    let remarks = program.list("remarks.nodes");
    let limitations: Vec<_> = remarks.iter().filter(|one| one["kind"] == "LIMITATION").collect();
    let [limitation] = limitations.as_slice() else { panic!("one limitation: {program:#}") };
    assert_eq!(limitation["specified"], false);
    assert!(remarks.iter().filter(|one| one["kind"] != "LIMITATION").all(|one| one["specified"] == true));
}

#[rstest]
#[tokio::test]
async fn the_review_has_no_day_only_a_last_one(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(
        &world,
        "signedOn { date } status titleBasis
         events { nodes { kind date { date earliest latest precision inferred reason } } }",
    )
    .await;
    assert_eq!(program["signedOn"], Value::Null);
    assert_eq!((program.text("status"), program.text("titleBasis")), ("CONCLUDED", "INFERRED"));
    assert_eq!(
        program.at("events.nodes"),
        &json!([{
            "kind": "FINAL_REVIEW",
            "date": {
                "date": "../2023-03-01",
                "earliest": null,
                "latest": "2023-03-01",
                "precision": "RANGE",
                "inferred": true,
                "reason": "Bài không ghi ngày họp; hội nghị không thể sau ngày đăng bài.",
            },
        }])
    );
}

#[rstest]
#[tokio::test]
async fn the_parent_is_inferred_with_the_reason(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program =
        program(&world, "implements { basis reason program { number signedOn { date } } } signingLags { days }").await;
    let expected = json!([{
        "basis": "INFERRED",
        "reason": "Cùng bốn ngành, cùng tên việc và cùng giai đoạn 2019 - 2022; bài không dẫn văn bản cấp trên nào.",
        "program": { "number": "11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC", "signedOn": { "date": "2019-02-26" } },
    }]);
    assert_eq!(program["implements"], expected);
    assert_eq!(program["signingLags"], json!([]), "no day of signing is known");
}

#[rstest]
#[tokio::test]
async fn the_parties_are_inferred(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let program = program(&world, "signatories { nodes { basis agency { sector { code } } } }").await;
    assert_eq!(
        program.texts("signatories.nodes", "agency.sector.code"),
        ["WOMENS_UNION", "POLICE", "PROCURACY", "COURT"]
    );
    assert_eq!(program.texts("signatories.nodes", "basis"), ["INFERRED"; 4]);
}
