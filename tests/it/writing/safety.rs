//! What keeps writes safe: keys under which a request may be repeated, versions, one audit for all.

use std::sync::Arc;

use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor, codes, occasion, tenant_id};

async fn draft(world: &World, title: &str) -> Value {
    let input = json!({
        "tenant": world.tenant_gid("hung-yen:2025").await,
        "kind": "PLEDGE", "title": title, "level": "PROVINCE",
    });
    world.changed(&staff(&[Role::Editor]), "programCreate program { id version }", input).await["program"].take()
}

#[rstest]
#[tokio::test]
async fn a_repeated_request_is_carried_out_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let editor = staff(&[Role::Editor]);
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let input = |title: &str, key: &str| json!({"tenant": tenant, "kind": "PLEDGE", "title": title, "level": "PROVINCE", "idempotencyKey": key});
    let first = world.changed(&editor, "programCreate program { id }", input("Một", "k1")).await;
    let again = world.changed(&editor, "programCreate program { id }", input("Một", "k1")).await;
    assert_eq!(first, again);
    let other = world.change(&editor, "programCreate program { id }", input("Hai", "k1")).await;
    assert_eq!(faults(&other), ["KEY_REUSED input.idempotencyKey"]);
    let empty = world.change(&editor, "programCreate program { id }", input("Ba", " ")).await;
    assert_eq!(faults(&empty), ["INVALID input.idempotencyKey"]);
    // Somebody else's key of the same name is another key.
    let mut colleague = editor.clone();
    colleague.principal = domain::actor::Principal::user("https://issuer.example", "colleague");
    let second = world.changed(&colleague, "programCreate program { id }", input("Một", "k1")).await;
    assert_ne!(first, second);
    // What was refused was not done, and may be mended under the same key.
    let wrong = world.change(&editor, "programCreate program { id }", input(" ", "k2")).await;
    assert_eq!(faults(&wrong), ["INVALID input.title"]);
    world.changed(&editor, "programCreate program { id }", input("Mười", "k2")).await;
    let count = world.data_as(&editor, "{ programs { totalCount { value } } }").await;
    assert_eq!(count.at("programs.totalCount.value"), 3);
}

#[rstest]
#[tokio::test]
async fn one_of_many_at_once_is_first(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = Arc::new(World::empty(engine).await);
    let program = draft(&world, "Cùng lúc").await;
    let id = program.text("id").to_owned();
    let mut tasks = tokio::task::JoinSet::new();
    for round in 0..400 {
        let (world, id) = (Arc::clone(&world), id.clone());
        // Some read the version before, some guess it.
        tasks.spawn(async move {
            let editor = staff(&[Role::Editor]);
            let version = 1 + round % 20;
            let input = json!({"id": id, "version": version, "note": format!("lần {round}")});
            let query = "mutation($i: ProgramUpdateInput!) { programUpdate(input: $i) { errors { code } } }";
            loop {
                let answer = world.ask_as(&editor, query, json!({ "i": input })).await;
                // Nobody waits for a connection for ever; whoever is told so tries again.
                if codes(&answer) == ["UNAVAILABLE"] {
                    if answer.text("errors.0.message").starts_with("it was done") {
                        return (1, 0);
                    }
                    continue;
                }
                return match answer.at("data.programUpdate.errors").as_array().unwrap().as_slice() {
                    [] => (1, 0),
                    [error] if error["code"] == "CONFLICT" => (0, 1),
                    other => panic!("{other:#?}"),
                };
            }
        });
    }
    let (mut done, mut conflicts) = (0, 0);
    while let Some(one) = tasks.join_next().await {
        let (effect, conflict) = one.unwrap();
        done += effect;
        conflicts += conflict;
    }
    assert_eq!(done + conflicts, 400);
    let now = world.data_as(&staff(&[Role::Viewer]), &format!("{{ node(id: {id:?}) {{ ... on Program {{ version history(first: 100) {{ totalCount {{ value }} nodes {{ action operation changes {{ field after }} }} }} }} }} }}")).await;
    assert_eq!(now.at("node.version"), &json!(1 + done), "an effect each, none lost");
    assert_eq!(now.at("node.history.totalCount.value"), &json!(1 + done));
    assert_eq!(now.at("node.history.nodes.0.action"), "programUpdate");
    assert!(done >= 1);
}

#[rstest]
#[tokio::test]
async fn a_forged_audit_is_found(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    for title in ["Một", "Hai", "Ba"] {
        draft(&world, title).await;
    }
    let tenant = tenant_id("hung-yen:2025");
    let verify = async |kept: Option<&persistence::audit::Head>| {
        let mut tx = world.store.begin_operation(occasion("test")).await.unwrap();
        tx.act_for(tenant, &[]).await.unwrap();
        tx.verify_audit(tenant, kept).await.unwrap()
    };
    let head = verify(None).await.unwrap();
    assert_eq!(head.number, 3);
    let number = tenant.0;
    let told = async |sql: &str, back: &str| {
        world.execute(sql).await;
        let what = verify(None).await.unwrap_err().to_string();
        world.execute(back).await;
        assert_eq!(verify(None).await.unwrap(), head);
        what
    };
    let at = |number: i32| format!("tenant_id = {} AND number = {number}", tenant.0);
    let forged = told(
        &format!("UPDATE audit SET after_row = replace(after_row, 'Hai', 'Haj') WHERE {}", at(2)),
        &format!("UPDATE audit SET after_row = replace(after_row, 'Haj', 'Hai') WHERE {}", at(2)),
    )
    .await;
    assert!(forged.starts_with("entry 2 does not fit"), "{forged}");
    let removed = told(
        &format!("UPDATE audit SET number = 90 WHERE {}", at(2)),
        &format!("UPDATE audit SET number = 2 WHERE {}", at(90)),
    )
    .await;
    assert!(removed.contains("goes on after its end") || removed.contains("entry 2 is missing"), "{removed}");
    let cut = told(
        &format!("UPDATE audit SET tenant_id = 1, number = 90 WHERE {}", at(3)),
        &format!("UPDATE audit SET tenant_id = {number}, number = 3 WHERE tenant_id = 1 AND number = 90"),
    )
    .await;
    assert!(cut.starts_with("entry 3 is missing"), "{cut}");
    let swap = |a, b| format!("UPDATE audit SET number = {b} WHERE {}", at(a));
    let back = format!("{}; {}; {}", swap(1, 50), swap(2, 1), swap(50, 2));
    let moved = told(&back, &back).await;
    assert!(moved.starts_with("entry 1 does not fit"), "{moved}");
    // Whoever writes the whole chain anew is found by an end that was kept elsewhere.
    let elsewhere = persistence::audit::Head { number: 2, digest: "00".to_owned() };
    assert_eq!(
        verify(Some(&elsewhere)).await.unwrap_err().to_string().split(':').next(),
        Some("the last digest is not the one that was kept")
    );
}

/// The service's role cannot change what was written.
#[tokio::test]
async fn the_audit_is_only_added_to() {
    let world = World::empty(Postgres).await;
    draft(&world, "Một").await;
    let url = world.database.url.clone();
    let app = crate::harness::connect(&url).await;
    for sql in ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "DELETE FROM audit_heads", "TRUNCATE audit"] {
        let refused = crate::harness::try_execute(&app, sql).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}

#[rstest]
#[tokio::test]
async fn history_is_for_the_tenants_own_staff(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "{ programs(first: 1, where: {tenant: {slug: {eq: \"thai-binh\"}}}) { nodes { history { totalCount { value } nodes { action principal } } } } }";
    let nobody = world.data(query).await;
    assert_eq!(nobody.at("programs.nodes.0.history"), &json!({"totalCount": {"value": 0}, "nodes": []}));
    let own = world.data_as(&staff(&[Role::Viewer]), query).await;
    assert_eq!(own.at("programs.nodes.0.history.nodes"), &json!([{"action": "import", "principal": "operator"}]));
    for other in [actor("son-la", &[Role::Admin]), actor("trung-uong", &[Role::Admin]), staff(&[Role::Reporter])] {
        let data = world.data_as(&other, query).await;
        assert_eq!(data.list("programs.nodes.0.history.nodes").len(), 0, "{other:?}");
    }
}

#[rstest]
#[tokio::test]
async fn grants_and_keys_are_made_by_mutations(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (asker, giver) = (actor("son-la", &[Role::Admin]), staff(&[Role::Admin]));
    // Tenant 9999.
    let nobody = "AQAAJw8";
    let input = json!({"of": nobody, "dataSets": ["PROGRAMS"], "until": "2027-06-30", "purpose": "Báo cáo chung"});
    assert_eq!(faults(&world.change(&asker, "grantRequest grant { id }", input).await), ["NOT_FOUND input.of"]);
    let of = world.tenant_gid("thai-binh:pre2025").await;
    let input = json!({"of": of, "dataSets": ["PROGRAMS"], "until": "2027-06-30", "purpose": "Báo cáo chung"});
    let asked = world.changed(&asker, "grantRequest grant { id version status }", input.clone()).await;
    let id = asked.text("grant.id");
    let step = |version: i64| json!({"id": id, "version": version});
    let version = asked.at("grant.version").as_i64().unwrap();
    let refused = world.change(&asker, "grantApprove grant { id }", step(version)).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input.id"]);
    let refused =
        world.change(&actor("vinh-phuc:pre2025", &[Role::Admin]), "grantApprove grant { id }", step(version)).await;
    assert_eq!(faults(&refused), ["NOT_FOUND input.id"]);
    let refused = world
        .ask_as(
            &staff(&[Role::Publisher]),
            "mutation($i: GrantApproveInput!) { grantApprove(input: $i) { errors { code } } }",
            json!({"i": step(version)}),
        )
        .await;
    assert_eq!(codes(&refused), ["FORBIDDEN"]);
    let approved = world.changed(&giver, "grantApprove grant { status version }", step(version)).await;
    assert_eq!(approved.at("grant.status"), "APPROVED");
    let key = world
        .changed(&asker, "apiKeyCreate key secret", json!({"name": "Excel", "grants": [id], "until": "2027-01-31"}))
        .await;
    assert!(key.text("secret").starts_with("phk_"));
    let revoked = world
        .changed(&giver, "grantRevoke grant { status }", step(approved.at("grant.version").as_i64().unwrap()))
        .await;
    assert_eq!(revoked.at("grant.status"), "REVOKED");
    world.changed(&asker, "apiKeyRevoke key", json!({"key": key.text("key")})).await;
    let wrong = world
        .change(
            &asker,
            "grantRequest grant { id }",
            json!({"of": of, "dataSets": [], "until": "2020-06-30", "purpose": ""}),
        )
        .await;
    assert_eq!(faults(&wrong), ["INVALID input.dataSets", "INVALID input.until", "INVALID input.purpose"]);
}
