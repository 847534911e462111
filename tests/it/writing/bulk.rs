//! Many records by one mutation: all, or those that are right.

use domain::actor::Role;
use domain::program::{NumberStatus, ProgramKind, ProgramStatus};
use domain::remark::RemarkKind;
use domain::{AgencyLevel, Basis, Fault, Id, Program, Remark, Visibility};
use persistence::edit::{self, EditError};
use rstest::rstest;
use serde_json::{Value, json};

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor, occasion, tenant_id};

const RESULTS: &str = "results { id version label order } items { index outcome id }";

async fn stored(world: &World, program: &str) -> Vec<String> {
    let query = "query($id: ID!) { node(id: $id) { ... on Program { results { nodes { label } } } } }";
    let found = world.ask_as(&staff(&[Role::Editor]), query, json!({"id": program})).await;
    found.texts("data.node.results.nodes", "label")
}

fn result(label: &str) -> Value {
    json!({"indicator": "TRAINING_CLASSES", "label": label, "quantity": {"value": "1"}})
}

#[rstest]
#[tokio::test]
async fn results_are_stored_together_or_as_far_as_they_are_right(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let editor = staff(&[Role::Editor]);
    let program = world.draft("Chương trình thử").await;
    let upsert = async |input: Value| world.change(&editor, &format!("resultBulkUpsert {RESULTS}"), input).await;
    let two = json!({"program": program, "items": [result("Một"), result("Hai")], "idempotencyKey": "k"});
    let done = upsert(two.clone()).await;
    assert_eq!(faults(&done), Vec::<String>::new());
    assert_eq!(done.texts("results", "label"), ["Một", "Hai"]);
    assert_eq!(done.texts("items", "outcome"), ["CREATED", "CREATED"]);
    assert_eq!(upsert(two).await, done, "repeated under its key, it is done once");
    let (first, second) = (done.text("results.0.id").to_owned(), done.text("results.1.id").to_owned());

    let items = |on_error: &str| {
        json!({"program": program, "onError": on_error, "items": [
            {"id": first, "version": 1, "label": "Một đổi"},
            {"label": " ", "quantity": {"value": "1", "qualifier": "UNQUANTIFIED"}, "contributors": [{}]},
            {"id": second, "version": 9, "label": "Hai đổi"},
            {"id": second, "label": "Hai đổi"},
            result("Ba"),
        ]})
    };
    let wrong = [
        "INVALID input.items.1.indicator",
        "INVALID input.items.1.quantity",
        "INVALID input.items.1.contributors.0.agency",
        "INVALID input.items.1.label",
        "NOT_FOUND input.items.1.indicator",
        "CONFLICT input.items.2.version",
    ];
    let refused = upsert(items("REJECT_ALL")).await;
    assert_eq!(faults(&refused)[..6], wrong, "{refused:#}");
    assert_eq!((refused.list("results").len(), refused.list("items").len()), (0, 0));
    assert_eq!(stored(&world, &program).await, ["Một", "Hai"]);

    let mut tried = items("REJECT_ITEM");
    tried["dryRun"] = json!(true);
    let tried = upsert(tried).await;
    assert_eq!(tried.texts("items", "outcome"), ["UPDATED", "REJECTED", "REJECTED", "REJECTED", "CREATED"]);
    assert_eq!((tried.at("items.0.id"), tried.at("items.4.id")), (&json!(first), &json!(null)));
    assert_eq!(tried.list("results").len(), 0);
    assert_eq!(stored(&world, &program).await, ["Một", "Hai"]);

    let mut partly = items("REJECT_ITEM");
    partly["idempotencyKey"] = json!("partly");
    let done = upsert(partly.clone()).await;
    assert_eq!(faults(&done), faults(&tried));
    assert_eq!(done.texts("results", "label"), ["Một đổi", "Ba"]);
    assert_eq!(stored(&world, &program).await, ["Một đổi", "Hai", "Ba"]);
    assert_eq!(upsert(partly).await, done, "what was wrong is told again");

    let many: Vec<Value> = (0..251).map(|_| result("Nhiều")).collect();
    assert_eq!(faults(&upsert(json!({"program": program, "items": many})).await), ["INVALID input.items"]);
    let elsewhere = json!({"program": world.draft("Khác").await, "items": [{"id": first, "version": 2}]});
    assert_eq!(faults(&upsert(elsewhere).await), ["INVALID input.items.0.id"]);
    let hidden = json!({"program": program, "items": [result("Lạ")]});
    let hidden = world.change(&actor("son-la", &[Role::Editor]), &format!("resultBulkUpsert {RESULTS}"), hidden).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.program"]);
    let foreign = json!({"program": world.first("programs", "son-la").await, "items": [result("Lạ")]});
    assert_eq!(faults(&upsert(foreign).await), ["FORBIDDEN input.program"]);
    sound(&world).await;
}

#[rstest]
#[tokio::test]
async fn programs_are_drafted_and_changed_together(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let editor = staff(&[Role::Editor]);
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let known = world.draft("Chương trình thử").await;
    let foreign = world.first("programs", "thai-binh").await;
    let input = json!({"tenant": tenant, "onError": "REJECT_ITEM", "items": [
        {"kind": "PLEDGE", "title": "Giao ước", "level": "PROVINCE", "note": "thử"},
        {"id": known, "version": 1, "title": "Chương trình đổi"},
        {"title": "Thiếu", "signedOn": {"date": "2026"}},
        {"id": foreign, "version": 1, "title": "Của nơi khác"},
    ]});
    let upsert = "programBulkUpsert programs { title status } items { outcome }";
    let done = world.change(&editor, upsert, input).await;
    assert_eq!(done.texts("programs", "title"), ["Giao ước", "Chương trình đổi"]);
    assert_eq!(done.texts("items", "outcome"), ["CREATED", "UPDATED", "REJECTED", "REJECTED"]);
    assert_eq!(
        faults(&done),
        [
            "INVALID input.items.2.signedOn",
            "INVALID input.items.2.kind",
            "INVALID input.items.2.level",
            "INVALID input.items.3.id",
        ]
    );
    let abroad = json!({"tenant": world.tenant_gid("phu-tho:2025").await,
        "items": [{"kind": "PLEDGE", "title": "Giao ước", "level": "PROVINCE"}]});
    let abroad = world.change(&editor, upsert, abroad).await;
    assert_eq!(faults(&abroad), ["FORBIDDEN input.tenant"]);
    sound(&world).await;
}

/// A part that fails after it has written leaves nothing: no row, no change, no entry in the audit.
#[rstest]
#[tokio::test]
async fn what_is_undone_was_never_there(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let editor = staff(&[Role::Editor]);
    let tenant = tenant_id("hung-yen:2025");
    let tx = world.store.begin_write(&editor, occasion("test")).await.unwrap();
    let program = Program {
        id: Id::generate(tenant),
        kind: ProgramKind::Pledge,
        number: None,
        number_status: NumberStatus::NotStated,
        aliases: Vec::new(),
        title_vi: "Giao ước".to_owned(),
        title_en: None,
        title_basis: Basis::Stated,
        level: AgencyLevel::Province,
        locality: None,
        period: None,
        signed_on: None,
        effective_from: None,
        status: ProgramStatus::Draft,
        area_count: None,
        note: None,
        visibility: Visibility::Draft,
        version: 0,
    };
    let program = edit::create(&tx, program, Vec::new()).await.unwrap();
    let remark = |text: &str| Remark {
        id: Id::generate(tenant),
        program: program.id,
        event: None,
        order: 1,
        kind: RemarkKind::Other,
        text: text.to_owned(),
        specified: true,
        visibility: Visibility::Draft,
        version: 0,
    };
    let kept = edit::attempt(&tx, edit::create(&tx, remark("giữ"), Vec::new())).await.unwrap();
    assert!(kept.is_ok());
    let undone = edit::attempt(&tx, async {
        edit::create(&tx, remark("bỏ"), Vec::new()).await?;
        Err::<(), _>(EditError::from(Fault::new("x", "x", "x")))
    });
    assert_eq!(undone.await.unwrap().unwrap_err().len(), 1);
    // A statement that fails does not end the transaction either.
    let lost = Remark { program: Id::generate(tenant), ..remark("lạc") };
    assert!(edit::attempt(&tx, edit::keep(&tx, Visibility::Draft, lost, Vec::new())).await.unwrap().is_err());
    tx.commit().await.unwrap();
    let texts = world.select("SELECT text FROM remarks WHERE text IN ('giữ', 'bỏ', 'lạc')").await;
    assert_eq!(texts, [["giữ"]]);
    let audited = "SELECT after_row FROM audit WHERE record_table = 'remarks' AND action = 'test'";
    assert_eq!(world.select(audited).await.len(), 1);
    sound(&world).await;
}

async fn sound(world: &World) {
    let mut tx = world.store.begin_operation(occasion("test")).await.unwrap();
    let tenant = tenant_id("hung-yen:2025");
    tx.act_for(tenant, &[]).await.unwrap();
    tx.verify_audit(tenant, None).await.unwrap().unwrap();
}
