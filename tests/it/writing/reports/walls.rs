//! Report requests and PostgreSQL's policies alone, whatever the service asks; and who hears of which changes.

use std::collections::BTreeSet;

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;

use super::{center, item};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor, connect, try_select};

const DENIED: &str = "42501";
const NO_SUCH: &str = "23503";

/// Runs a statement as the service's role on behalf of a tenant's staff.
async fn as_staff(world: &World, tenant: &str, sql: &str) -> Result<Vec<Vec<String>>, String> {
    let enter = format!(
        "BEGIN; SELECT phoihop_enter((SELECT id FROM tenants WHERE key = '{tenant}'), true, true, true, NULL, '2026-11-22');
         SELECT phoihop_write(phoihop_tenants('phoihop.party'), '{{}}')"
    );
    let service = connect(&world.database.url).await;
    let found = try_select(&service, &enter, sql).await;
    service.close().await.unwrap();
    found
}

/// A draft of Nghệ An, and what Sơn La has handed in.
async fn answered(world: &World) -> (String, String) {
    let id = world.asked().await;
    let items = [item("TRAINING_CLASSES", "12"), item("CASES_HANDLED", "5")];
    let save = json!({"request": id, "narrative": "x", "items": items});
    let mut ids = Vec::new();
    for key in ["nghe-an", "son-la"] {
        let draft = world.changed(&actor(key, &[Role::Editor]), "submissionSave submission { id }", save.clone()).await;
        ids.push(draft.text("submission.id").to_owned());
    }
    let step = json!({"id": ids[1], "version": 1});
    world.changed(&actor("son-la", &[Role::Publisher]), "submissionSubmit submission { id }", step).await;
    (id, ids.remove(1))
}

#[tokio::test]
async fn the_policies_let_each_tenant_write_its_own_rows_and_read_what_is_shared() {
    let world = World::seeded(Postgres).await;
    let (_, handed_in) = answered(&world).await;
    let count = async |tenant: &str, table: &str| {
        let found = as_staff(&world, tenant, &format!("SELECT count(*)::text FROM {table}")).await;
        found.unwrap().remove(0).remove(0).parse::<u32>().unwrap()
    };
    for (tenant, expected) in [
        ("trung-uong", [1, 2, 1, 2]),
        ("son-la", [1, 1, 1, 2]),
        ("nghe-an", [1, 1, 1, 2]),
        ("lang-son", [0; 4]),
        ("hung-yen:2025", [0; 4]),
    ] {
        let tables = ["report_requests", "report_request_addressees", "submissions", "submission_items"];
        for (table, expected) in tables.into_iter().zip(expected) {
            assert_eq!(count(tenant, table).await, expected, "{tenant} {table}");
        }
    }
    let before = world.rows().await;
    let decide = |which: &str| {
        format!(
            "INSERT INTO submission_decisions SELECT 1, gen_random_uuid(), 'INTERNAL', 1, request_id, tenant_id, id, version,
             'ACCEPTED', NULL, '2026-11-22', '2026-11-22T05:00:00Z', 'x' FROM (SELECT * FROM submissions WHERE {which}) s"
        )
    };
    let draft = "status = 'DRAFT'";
    let [tenant, uuid] = world
        .select("SELECT request_tenant_id::text, id::text FROM submissions WHERE status = 'DRAFT'")
        .await
        .remove(0)
        .try_into()
        .unwrap();
    assert_eq!(tenant, "1");
    // Whoever asked does not see the draft, so finds nothing to decide on; nor by its id.
    assert_eq!(as_staff(&world, "trung-uong", &format!("{} RETURNING id::text", decide(draft))).await, Ok(vec![]));
    let blind = format!(
        "INSERT INTO submission_decisions SELECT 1, gen_random_uuid(), 'INTERNAL', 1, id, 28, '{uuid}', 1, 'ACCEPTED', NULL,
         '2026-11-22', '2026-11-22T05:00:00Z', 'x' FROM report_requests"
    );
    assert_eq!(as_staff(&world, "trung-uong", &blind).await, Err(DENIED.to_owned()));
    // Who answered decides nothing: neither in the name of whoever asked nor in their own.
    let forged = decide("status = 'SUBMITTED'");
    assert_eq!(as_staff(&world, "son-la", &forged).await, Err(DENIED.to_owned()));
    let own = forged.replacen("SELECT 1,", "SELECT 10,", 1);
    assert_eq!(as_staff(&world, "son-la", &own).await, Err(NO_SUCH.to_owned()));
    for (tenant, sql) in [
        // Whoever asked writes no answer.
        ("trung-uong", "INSERT INTO submissions SELECT tenant_id, gen_random_uuid(), 'DRAFT', 1, request_tenant_id, request_id, 9,
            NULL, NULL, 'DRAFT' FROM submissions"),
        // Nor does somebody answer who was not asked, and cannot know the request.
        ("lang-son", &format!("INSERT INTO submissions VALUES (14, gen_random_uuid(), 'DRAFT', 1, 1, '{uuid}', 1, NULL, NULL, 'DRAFT')")),
        // Figures that nobody has accepted are no results.
        ("son-la", "INSERT INTO submission_results SELECT i.tenant_id, gen_random_uuid(), 'INTERNAL', i.submission_id, i.id, r.id
            FROM submission_items i, results r WHERE r.tenant_id = 10 AND i.tenant_id = 10 LIMIT 1"),
        // A request is shown to others by whoever asks alone.
        ("son-la", "INSERT INTO shares SELECT tenant_id, id, 14, id FROM report_requests"),
        ("son-la", "INSERT INTO report_request_addressees SELECT tenant_id, gen_random_uuid(), 'INTERNAL', id, 14 FROM report_requests"),
    ] {
        assert_eq!(as_staff(&world, tenant, sql).await, Err(DENIED.to_owned()), "{tenant}: {sql}");
    }
    for (tenant, sql) in [
        ("son-la", "UPDATE report_requests SET due = '2027-01-01' RETURNING 1::text"),
        ("trung-uong", "UPDATE submission_items SET label = 'x' RETURNING 1::text"),
        ("trung-uong", "DELETE FROM submissions RETURNING 1::text"),
    ] {
        assert_eq!(as_staff(&world, tenant, sql).await, Ok(vec![]), "{tenant}: {sql}");
    }
    assert_eq!(world.rows().await, before);
    let accept = json!({"id": handed_in, "version": 2});
    world.changed(&center(Role::Publisher), "submissionAccept submission { id }", accept).await;
    // A decision stands.
    let change = "UPDATE submission_decisions SET verdict = 'RETURNED' RETURNING 1::text";
    assert_eq!(as_staff(&world, "trung-uong", change).await, Ok(vec![]));
    let remove = "DELETE FROM submission_decisions";
    assert_eq!(as_staff(&world, "trung-uong", remove).await, Err(DENIED.to_owned()));
    assert_eq!((count("son-la", "submission_decisions").await, count("nghe-an", "submission_decisions").await), (1, 0));
}

#[rstest]
#[tokio::test]
async fn both_sides_hear_of_what_they_see(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (_, handed_in) = answered(&world).await;
    let accept = json!({"id": handed_in, "version": 2});
    world.changed(&center(Role::Publisher), "submissionAccept submission { id }", accept).await;
    world.settle().await;
    let heard = async |tenant: &str, role: Role| {
        let actor = actor(tenant, &[role]);
        let (mut after, mut types) = (json!(null), Vec::new());
        loop {
            let query = "query ($after: String) { changes(first: 100, after: $after) { nodes { type operation } pageInfo { hasNextPage endCursor } } }";
            let page = world.ask_as(&actor, query, json!({ "after": after })).await;
            for one in page.list("data.changes.nodes") {
                types.push(format!("{} {}", one.text("operation"), one.text("type")));
            }
            if page.at("data.changes.pageInfo.hasNextPage") != &json!(true) {
                break;
            }
            after = page.at("data.changes.pageInfo.endCursor").clone();
        }
        let ours = types.into_iter().filter(|one| one.contains("Submission") || one.contains("ReportRequest"));
        ours.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let answer =
        ["CREATED ReportRequest", "CREATED SubmissionDecision", "UPDATED Submission", "UPDATED SubmissionItem"];
    assert_eq!(
        heard("trung-uong", Role::Reporter).await,
        [answer[1], answer[0], answer[2], answer[3]]
            .map(str::to_owned)
            .into_iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    let son_la = heard("son-la", Role::Viewer).await;
    for one in answer.into_iter().chain(["CREATED Submission", "CREATED SubmissionItem"]) {
        assert!(son_la.contains(&one.to_owned()), "{one}: {son_la:?}");
    }
    let nghe_an = heard("nghe-an", Role::Viewer).await;
    assert_eq!(nghe_an, ["CREATED ReportRequest", "CREATED Submission", "CREATED SubmissionItem"]);
    assert_eq!(heard("nghe-an", Role::Reporter).await, ["CREATED ReportRequest"]);
    assert_eq!(heard("lang-son", Role::Admin).await, [""; 0]);
}
