//! Sources that people record and link, and what sources disagree about.

use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, actor};

const SOURCE: &str = "source { id version publisher title url visibility coverage media programs { nodes { id } } }";
const CONFLICT: &str =
    "conflict { id version field note resolved preferred { value source } values { value } record { id } }";

#[rstest]
#[tokio::test]
async fn a_source_is_recorded_linked_shown_and_deleted(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let make = json!({"tenant": tenant, "publisher": " Báo Thử ", "coverage": "FULL", "url": "https://bao.vn/1",
        "publishedOn": "2026-11", "publishedAt": "16:22", "media": ["ảnh 1"]});
    let source = world.changed(&editor, &format!("sourceCreate {SOURCE}"), make).await;
    let id = source.text("source.id").to_owned();
    assert_eq!((source.text("source.publisher"), source.text("source.visibility")), ("Báo Thử", "DRAFT"));
    let changed = json!({"id": id, "version": 1, "title": "Bài", "clear": ["URL"]});
    let source = world.changed(&editor, &format!("sourceUpdate {SOURCE}"), changed.clone()).await;
    assert_eq!((source.text("source.title"), source.at("source.url")), ("Bài", &json!(null)));
    let stale = world.change(&editor, "sourceUpdate source { id }", changed).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let wrong = json!({"tenant": tenant, "publisher": "", "coverage": "EXCERPT", "url": "bao.vn", "views": -1,
        "publishedAt": "4pm", "tenantBasis": "INFERRED", "author": " "});
    let wrong = world.change(&editor, "sourceCreate source { id }", wrong).await;
    let mut found = faults(&wrong);
    found.sort();
    assert_eq!(
        found,
        ["author", "publishedAt", "publisher", "tenantEvidence", "url", "views"]
            .map(|it| format!("INVALID input.{it}"))
    );
    let abroad = json!({"tenant": world.tenant_gid("phu-tho:2025").await, "publisher": "Báo", "coverage": "FULL"});
    let abroad = world.change(&editor, "sourceCreate source { id }", abroad).await;
    assert_eq!(faults(&abroad), ["FORBIDDEN input.tenant"]);

    // It vouches for a draft of one's own and for a public program, also of another tenant.
    let program = world.draft("Chương trình thử").await;
    let public = world.first("programs", "son-la").await;
    let link = |record: &str| json!({"source": id, "record": record});
    world.changed(&editor, &format!("sourceLink {SOURCE}"), link(&public)).await;
    let linked = world.changed(&editor, &format!("sourceLink {SOURCE}"), link(&program)).await;
    assert_eq!(linked.list("source.programs.nodes").len(), 2);
    let again = world.change(&editor, "sourceLink source { id }", link(&program)).await;
    assert_eq!(faults(&again), ["INVALID_TRANSITION input.record"]);
    let wrong = json!({"source": program, "record": "x"});
    let wrong = world.change(&editor, "sourceLink source { id }", wrong).await;
    assert_eq!(faults(&wrong), ["NOT_FOUND input.source", "NOT_FOUND input.record"]);
    let kind = world.change(&editor, "sourceLink source { id }", link(&id)).await;
    assert_eq!(faults(&kind), ["INVALID input.record"]);
    let stranger = actor("son-la", &[Role::Editor]);
    let hidden = world.change(&stranger, "sourceLink source { id }", link(&program)).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.record", "NOT_FOUND input.source"]);

    // Whoever sees both sees the link.
    let sources = "query($id: ID!) { node(id: $id) { ... on Program { sources { nodes { publisher } } } } }";
    let before = world.ask_ok(sources, json!({"id": public})).await.list("node.sources.nodes").len();
    let refused = world
        .ask_as(
            &editor,
            "mutation($i: SourcePublishInput!) { sourcePublish(input: $i) { errors { code } } }",
            json!({"i": {"id": id, "version": 2}}),
        )
        .await;
    assert_eq!(crate::harness::codes(&refused), ["FORBIDDEN"]);
    world.changed(&publisher, "sourcePublish source { visibility }", json!({"id": id, "version": 2})).await;
    let after = world.ask_ok(sources, json!({"id": public})).await.list("node.sources.nodes").len();
    assert_eq!(after, before + 1);
    let refused = world.change(&editor, "sourceUnlink source { id }", link(&public)).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input"]);
    world.changed(&publisher, "sourceUnlink source { id }", link(&public)).await;
    let none = world.change(&publisher, "sourceUnlink source { id }", link(&public)).await;
    assert_eq!(faults(&none), ["NOT_FOUND input.record"]);
    world.changed(&publisher, "sourceWithdraw source { id }", json!({"id": id, "version": 3})).await;

    let stale = world.change(&editor, "sourceDelete deletedId", json!({"id": id, "version": 3})).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    world.changed(&editor, "sourceDelete deletedId", json!({"id": id, "version": 4})).await;
    assert_eq!(
        world.select("SELECT path FROM provenances WHERE path LIKE 'linked/%'").await,
        Vec::<Vec<String>>::new()
    );

    // What a dossier says is the dossier's.
    let own = world.first("programs", "thai-binh").await;
    let of = "query($id: ID!) { node(id: $id) { ... on Program { sources { nodes { id version } } } } }";
    let of = world.ask_ok(of, json!({"id": own})).await;
    let of = of.at("node.sources.nodes.0");
    let unlink = json!({"source": of["id"], "record": own});
    let refused = world.change(&publisher, "sourceUnlink source { id }", unlink).await;
    assert_eq!(faults(&refused), ["INVALID_TRANSITION input.record"]);
    let refused = world.change(&publisher, "sourceDelete deletedId", of.clone()).await;
    assert_eq!(faults(&refused), ["IN_USE input.id"]);
}

fn sides() -> Value {
    json!([{"value": "2026-11-20", "source": "Báo A"}, {"value": "2026-11-21", "source": "Báo B"}])
}

#[rstest]
#[tokio::test]
async fn a_conflict_is_resolved_without_losing_a_side(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let program = world.draft("Chương trình thử").await;
    let make = |record: &str| json!({"record": record, "field": "signedOn", "values": sides(), "note": "hai báo"});
    let conflict = world.changed(&editor, &format!("conflictCreate {CONFLICT}"), make(&program)).await;
    let id = conflict.text("conflict.id");
    assert_eq!(
        (conflict.at("conflict.resolved"), conflict.text("conflict.record.id")),
        (&json!(false), program.as_str())
    );

    let prefer =
        |version: i32, side: Value| json!({"id": id, "version": version, "prefer": side, "note": "theo văn bản"});
    let refused = world
        .ask_as(
            &editor,
            "mutation($i: ConflictResolveInput!) { conflictResolve(input: $i) { errors { code } } }",
            json!({"i": prefer(1, json!({"index": 0}))}),
        )
        .await;
    assert_eq!(crate::harness::codes(&refused), ["FORBIDDEN"]);
    for side in [json!({"index": 2}), json!({"source": "Báo C"})] {
        let wrong = world.change(&publisher, "conflictResolve conflict { id }", prefer(1, side)).await;
        assert_eq!(faults(&wrong), ["INVALID input.prefer"]);
    }
    let resolved = prefer(1, json!({"source": "Báo B"}));
    let resolved = world.changed(&publisher, &format!("conflictResolve {CONFLICT}"), resolved).await;
    assert_eq!(resolved.text("conflict.preferred.value"), "2026-11-21");
    assert_eq!((resolved.list("conflict.values").len(), resolved.text("conflict.note")), (2, "theo văn bản"));
    let again = world.change(&publisher, "conflictResolve conflict { id }", prefer(2, json!({"index": 0}))).await;
    assert_eq!(faults(&again), ["INVALID_TRANSITION input.id"]);
    let stale = world.change(&publisher, "conflictReopen conflict { id }", json!({"id": id, "version": 1})).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let open = world.changed(&publisher, &format!("conflictReopen {CONFLICT}"), json!({"id": id, "version": 2})).await;
    assert_eq!(open.at("conflict.preferred"), &json!(null));
    let again = world.change(&publisher, "conflictReopen conflict { id }", json!({"id": id, "version": 3})).await;
    assert_eq!(faults(&again), ["INVALID_TRANSITION input.id"]);

    let wrong = json!({"record": program, "field": " ", "values": [{"value": "", "source": "A"}]});
    let wrong = world.change(&editor, "conflictCreate conflict { id }", wrong).await;
    assert_eq!(faults(&wrong), ["INVALID input.field", "INVALID input.values", "INVALID input.values.0.value"]);
    let wrong = world.change(&editor, "conflictCreate conflict { id }", make(id)).await;
    assert_eq!(faults(&wrong), ["NOT_FOUND input.record"], "there are none about conflicts");
    let hidden =
        world.change(&actor("son-la", &[Role::Editor]), "conflictCreate conflict { id }", make(&program)).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.record"]);
    let foreign = make(&world.first("programs", "son-la").await);
    let foreign = world.change(&publisher, "conflictCreate conflict { id }", foreign).await;
    assert_eq!(faults(&foreign), ["FORBIDDEN input.record"]);

    // It is exactly as visible as the record, and so is what is said about what belongs to it.
    let target =
        json!({"program": program, "indicator": "TRAINING_CLASSES", "label": "Lớp", "quantity": {"value": "1"}});
    let target = world.changed(&editor, "targetCreate target { id }", target).await;
    let about = world.changed(&editor, "conflictCreate conflict { id }", make(target.text("target.id"))).await;
    let about = about.text("conflict.id");
    let seen = async |id: &str| {
        let seen = world.ask_ok("query($id: ID!) { node(id: $id) { id } }", json!({"id": id})).await;
        !seen["node"].is_null()
    };
    assert!(!seen(id).await && !seen(about).await);
    world.changed(&publisher, "programSign program { id }", json!({"id": program, "version": 1})).await;
    world.changed(&publisher, "programPublish program { id }", json!({"id": program, "version": 2})).await;
    assert!(seen(id).await && seen(about).await);
    world.changed(&publisher, "programWithdraw program { id }", json!({"id": program, "version": 3})).await;
    assert!(!seen(id).await && !seen(about).await);
    world.changed(&editor, "conflictDelete deletedId", json!({"id": id, "version": 3})).await;
}

#[rstest]
#[tokio::test]
async fn an_import_keeps_what_people_said_about_a_dossier(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let publisher = staff(&[Role::Publisher]);
    let dossier = format!(
        "{SMALL}conflicts:\n  - record: programs/main\n    field: title\n    values:\n      - {{value: Một, source: Báo A}}\n      - {{value: Hai, source: Báo B}}\n"
    );
    world.import_one(&dossier).await;
    let find = "{ sources(where: {dossier: {eq: \"small\"}}) { nodes { id title programs { nodes { id title
        conflicts { nodes { id version preferred { value } } } } } } } }";
    let before = world.data(find).await;
    let source = before.text("sources.nodes.0.id");
    let [program] = before.list("sources.nodes.0.programs.nodes") else { panic!("{before:#}") };
    let conflict = program.at("conflicts.nodes.0");
    let resolve = json!({"id": conflict["id"], "version": conflict["version"], "prefer": {"index": 1}});
    world.changed(&publisher, "conflictResolve conflict { id }", resolve).await;
    let other = world.first("programs", "son-la").await;
    world.changed(&publisher, "sourceLink source { id }", json!({"source": source, "record": other})).await;

    world.import_one(&dossier.replace("publisher: Báo Ví Dụ", "publisher: Báo Ví Dụ, title: Bài")).await;
    let after = world.data(find).await;
    assert_eq!(after.text("sources.nodes.0.title"), "Bài");
    let programs = after.texts("sources.nodes.0.programs.nodes", "id");
    assert!(programs.len() == 2 && programs.contains(&other), "{after:#}");
    let preferred = after.list("sources.nodes.0.programs.nodes").iter().find(|one| one["id"] == program["id"]);
    assert_eq!(preferred.unwrap().text("conflicts.nodes.0.preferred.value"), "Hai");
}
