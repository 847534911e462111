//! Dossiers imported by mutation: by the way of the command line, with the rights of whoever asks.

use domain::Actor;
use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};
use server::export::{Which, export};

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, actor, tenant_id};

const IMPORT: &str = "dossierImport source { id dossier visibility version } unchanged
    counts { created updated unchanged deleted } problems { line path message }";

/// A dossier of Hưng Yên.
fn dossier(visibility: &str) -> String {
    SMALL
        .replace("{slug: thai-binh, asOf: 2020-02-25}", "{slug: hung-yen, asOf: 2025-08-01}")
        .replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "))
        .replace("Công an tỉnh Thái Bình", "Công an tỉnh Hưng Yên")
}

/// The same, about an agency of Sơn La as well.
fn abroad(agency: &str) -> String {
    dossier("DRAFT").replace("agencies:\n", &format!("agencies:\n  - {{key: theirs, name: {agency}, sector: COURT, level: PROVINCE, tenant: {{slug: son-la}}, note: sửa từ xa}}\n")).replace(
        "      - {agency: police}\n",
        "      - {agency: police}\n      - {agency: theirs}\n",
    )
}

impl World {
    async fn imports(&self, by: &Actor, text: &str) -> Value {
        self.change(by, IMPORT, json!({ "content": text })).await
    }

    async fn imported(&self, by: &Actor, text: &str) -> Value {
        let payload = self.imports(by, text).await;
        assert_eq!((&payload["errors"], &payload["problems"]), (&json!([]), &json!([])), "{text}");
        payload
    }

    async fn dossiers_of(&self, tenant: &str) -> Vec<String> {
        let exported = export(&self.store, tenant_id(tenant), &Which::All).await.unwrap();
        exported.into_iter().map(|one| one.text).collect()
    }
}

#[rstest]
#[tokio::test]
async fn it_stores_what_the_command_line_would(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, other) = (World::empty(engine).await, World::empty(engine).await);
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let draft = world.imported(&editor, &dossier("DRAFT")).await;
    let source = draft.at("source");
    assert_eq!(
        (source.text("dossier"), source.text("visibility"), source.at("version")),
        ("small", "DRAFT", &json!(1))
    );
    assert_eq!((&draft["unchanged"], draft.at("counts.deleted")), (&json!(false), &json!(0)));
    assert_eq!(world.data("{ programs { nodes { id } } }").await.list("programs.nodes").len(), 0);

    let again = world.imported(&editor, &format!("# the same\n{}", dossier("DRAFT"))).await;
    assert_eq!((&again["unchanged"], &again["counts"], &again["source"]), (&json!(true), &Value::Null, source));

    let refused = world.imports(&editor, &dossier("PUBLIC")).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input.content"]);
    assert_eq!((&refused["source"], &refused["counts"]), (&Value::Null, &Value::Null));
    assert!(refused.text("errors.0.message").contains("PUBLISHER"), "{refused:#}");
    let shown = world.imported(&publisher, &dossier("PUBLIC")).await;
    assert_eq!(shown.text("source.visibility"), "PUBLIC");
    assert_eq!(world.data("{ programs { nodes { id } } }").await.list("programs.nodes").len(), 1);

    // Exactly as the operator's, and written back as the same.
    other.import_one(&dossier("PUBLIC")).await;
    assert_eq!(world.dossiers_of("hung-yen:2025").await, other.dossiers_of("hung-yen:2025").await);
    let back = world.dossiers_of("hung-yen:2025").await.remove(0);
    let back = world.imported(&publisher, &back).await;
    assert_eq!((back.at("counts.created"), back.at("counts.updated")), (&json!(0), &json!(0)), "{back:#}");

    let history = world
        .data_as(&editor, "{ programs { nodes { history { nodes { action principal } } } } }")
        .await
        .at("programs.nodes.0.history.nodes.0")
        .clone();
    assert_eq!(history.text("action"), "dossierImport");
    assert!(history.text("principal").starts_with("user:"), "{history:#}");
    let changes = world.data("{ changes { nodes { node { __typename } } } }").await;
    assert!(changes.list("changes.nodes").len() > 1, "{changes:#}");
}

#[tokio::test]
async fn every_problem_is_told_at_once_and_nothing_is_stored() {
    let world = World::empty(Sqlite).await;
    let editor = staff(&[Role::Editor]);
    let before = world.rows().await;
    let wrong = dossier("DRAFT")
        .replace("sector: POLICE", "sector: POLIZEI")
        .replace("kind: COORDINATION_PROGRAM", "kind: PACT");
    let payload = world.change(&editor, IMPORT, json!({"content": wrong, "name": "bai-1.yaml"})).await;
    assert_eq!(faults(&payload), ["INVALID input.content"]);
    assert!(payload.text("errors.0.message").contains("2 problems in bai-1.yaml"), "{payload:#}");
    let places: Vec<_> =
        payload.list("problems").iter().map(|one| (one.at("line").as_i64().unwrap(), one.text("path"))).collect();
    assert_eq!(places, [(7, "agencies[0].sector"), (10, "programs[0].kind")]);
    assert_eq!(world.rows().await, before);
    let none = world.change(&editor, IMPORT, json!({"content": "", "name": " "})).await;
    assert_eq!(faults(&none), ["INVALID input.name"]);

    let payload = world.change(&editor, IMPORT, json!({"content": dossier("DRAFT"), "dryRun": true})).await;
    assert!(payload.at("counts.created").as_i64().unwrap() > 3, "{payload:#}");
    assert_eq!(
        (&payload["source"], &payload["unchanged"], &payload["errors"]),
        (&Value::Null, &json!(false), &json!([]))
    );
    assert_eq!(world.rows().await, before);
    world.imported(&editor, &dossier("DRAFT")).await;
    let corrected = dossier("DRAFT").replace("ví dụ", "khác");
    let payload = world.change(&editor, IMPORT, json!({"content": corrected, "dryRun": true})).await;
    assert_eq!((payload.text("source.dossier"), payload.at("counts.updated")), ("small", &json!(1)));
}

#[rstest]
#[tokio::test]
async fn it_is_carried_out_once_under_a_key(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let editor = staff(&[Role::Editor]);
    let input = json!({"content": dossier("DRAFT"), "idempotencyKey": "a"});
    let first = world.changed(&editor, IMPORT, input.clone()).await;
    assert_eq!(world.changed(&editor, IMPORT, input).await, first);
    let other = json!({"content": dossier("INTERNAL"), "idempotencyKey": "a"});
    assert_eq!(faults(&world.change(&editor, IMPORT, other).await), ["KEY_REUSED input.idempotencyKey"]);
}

#[rstest]
#[tokio::test]
async fn only_the_tenants_own_staff_imports_for_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let publisher = staff(&[Role::Publisher]);
    let theirs = dossier("DRAFT").replace("{slug: hung-yen, asOf: 2025-08-01}", "{slug: son-la}");
    for stranger in [&publisher, &actor("trung-uong", &[Role::Admin])] {
        let refused = world.imports(stranger, &theirs).await;
        assert_eq!(faults(&refused), ["FORBIDDEN input.content"]);
    }
    // The steward writes for the province that ended.
    let stewarded = world.imported(&publisher, SMALL).await;
    assert_eq!(stewarded.text("source.visibility"), "PUBLIC");
}

#[rstest]
#[tokio::test]
async fn abroad_it_refers_to_what_is_seen_and_adds_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let theirs = |key: &str, visibility: &str, agency: &str| {
        dossier(visibility)
            .replace("{slug: hung-yen, asOf: 2025-08-01}", "{slug: son-la}")
            .replace("key: small", &format!("key: {key}"))
            .replace("Công an tỉnh Hưng Yên", agency)
    };
    world.import_one(&theirs("open", "PUBLIC", "Tòa án tỉnh Sơn La")).await;
    world.import_one(&theirs("closed", "DRAFT", "Phòng Kín tỉnh Sơn La")).await;
    let agencies = "SELECT name_vi, sector, visibility, CAST(version AS text) FROM agencies WHERE tenant_id = (SELECT id FROM tenants WHERE slug = 'son-la') ORDER BY name_vi";
    let before = world.select(agencies).await;
    assert_eq!(before.len(), 2);

    let mut told = Vec::new();
    for agency in ["Phòng Kín tỉnh Sơn La", "Phòng Hở tỉnh Sơn La"] {
        for visibility in ["DRAFT", "PUBLIC"] {
            let text = abroad(agency).replace("visibility: DRAFT", &format!("visibility: {visibility}"));
            let mut refused = world.imports(&publisher, &text).await;
            assert_eq!(faults(&refused), ["INVALID input.content"]);
            told.push(refused.take());
        }
    }
    assert_eq!(told[0].text("problems.0.path"), "agencies[0]");
    assert!(told[0].text("problems.0.message").contains("ask that tenant"), "{:#}", told[0]);
    assert!(told.iter().all(|one| *one == told[0]), "{told:#?}");
    world.imported(&editor, &abroad("Tòa án tỉnh Sơn La")).await;
    assert_eq!(world.select(agencies).await, before);
    let signed = "{ programs { nodes { signatories { nodes { agency { name note } } } } } }";
    let signed = world.data_as(&editor, signed).await;
    assert!(signed.to_string().contains(r#"{"name":"Tòa án tỉnh Sơn La","note":null}"#), "{signed:#}");
}

#[rstest]
#[tokio::test]
async fn what_the_operator_added_abroad_stays_and_stays_the_dossiers(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let publisher = staff(&[Role::Publisher]);
    let text = abroad("Tòa án tỉnh Sơn La").replace("visibility: DRAFT", "visibility: PUBLIC");
    world.import_one(&text).await;
    let agency = "SELECT note, visibility FROM agencies WHERE name_vi LIKE 'Tòa án%'";
    let owned = "SELECT CAST(count(*) AS text) FROM provenances WHERE owner AND path = 'agencies/theirs'";
    // What stands there now, and who changed it, is nothing to whoever cannot write there.
    world.execute("UPDATE agencies SET note = 'khác', version = version + 1 WHERE name_vi LIKE 'Tòa án%'").await;
    world.imported(&publisher, &text.replace("ví dụ", "sửa").replace("sửa từ xa", "lại")).await;
    assert_eq!(world.select(agency).await, [["khác", "PUBLIC"]]);
    assert_eq!(world.select(owned).await, [["1"]]);
    let without = dossier("PUBLIC").replace("ví dụ", "thôi");
    world.imported(&publisher, &without).await;
    assert_eq!(world.select(agency).await, [["khác", "PUBLIC"]]);
    // The operator takes it back then, as ever.
    world.execute("UPDATE agencies SET version = 1 WHERE name_vi LIKE 'Tòa án%'").await;
    world.import_one(&without.replace("thôi", "hết")).await;
    assert_eq!(world.select(owned).await, [["0"]]);

    // What is hidden since is not there for whoever describes it again.
    let world = World::empty(engine).await;
    world.import_one(&text).await;
    world.execute("UPDATE agencies SET visibility = 'DRAFT' WHERE name_vi LIKE 'Tòa án%'").await;
    let hidden = world.imports(&publisher, &text.replace("ví dụ", "sửa")).await;
    world
        .execute("DELETE FROM involvements WHERE agency_id IN (SELECT id FROM agencies WHERE name_vi LIKE 'Tòa án%')")
        .await;
    world.execute("DELETE FROM agencies WHERE name_vi LIKE 'Tòa án%'").await;
    let absent = world.imports(&publisher, &text.replace("ví dụ", "sửa")).await;
    assert_eq!(hidden, absent);
    assert!(hidden.text("problems.0.message").contains("ask that tenant"), "{hidden:#}");
}

#[rstest]
#[tokio::test]
async fn what_somebody_changed_is_not_undone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    world.imported(&editor, &dossier("DRAFT")).await;
    let program = world.data_as(&editor, "{ programs { nodes { id version } } }").await.at("programs.nodes.0").clone();
    let changed = json!({"id": program["id"], "version": 1, "title": "Tên khác"});
    world.changed(&editor, "programUpdate program { version }", changed).await;
    let corrected = dossier("DRAFT").replace("coverage: FULL", "coverage: FULL, note: sửa");
    let refused = world.imports(&editor, &corrected).await;
    assert_eq!(faults(&refused), ["INVALID input.content"]);
    assert_eq!(
        refused.at("problems"),
        &json!([{"line": 9, "path": "programs[0]", "message": "programs/main was changed since by somebody else; take over \
            into the file what is stored now, or import with overwrite: true"}])
    );
    world.changed(&editor, IMPORT, json!({"content": corrected, "overwrite": true})).await;

    // A program that was published since is for publishers, whatever the dossier's visibility.
    let publish = json!({"id": program["id"], "version": 3});
    world.changed(&publisher, "programPublish program { visibility }", publish).await;
    let title = corrected.replace("ví dụ", "mới");
    let refused = world.change(&editor, IMPORT, json!({"content": title, "overwrite": true})).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input.content"]);
    let gone = corrected.split("programs:").next().unwrap();
    let refused = world.change(&editor, IMPORT, json!({"content": gone, "overwrite": true})).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input.content"]);
    world.changed(&publisher, IMPORT, json!({"content": title, "overwrite": true})).await;
    let shown = world.data("{ programs { nodes { title visibility } } }").await;
    assert_eq!(shown.at("programs.nodes"), &json!([{"title": "Chương trình phối hợp mới", "visibility": "PUBLIC"}]));
}
