//! What only PostgreSQL can get wrong, which has many writers: a transaction that began earlier and ends later; a dump that
//! went into another server.

use std::time::Duration;

use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{all, everything};
use crate::harness::Engine::Postgres;
use crate::harness::World;

/// A change of the public agency at a place, as a transaction would list it.
fn change(place: u32) -> String {
    format!(
        "INSERT INTO changes (tenant_id, id, visibility, number, record_kind, kind, operation)
         SELECT tenant_id, id, visibility, 50, 'AGENCY', 'AGENCY', 'UPDATED' FROM agencies WHERE visibility = 'PUBLIC'
         ORDER BY tenant_id, id OFFSET {place} LIMIT 1"
    )
}

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap();
}

#[tokio::test]
async fn who_commits_late_is_not_left_out() {
    let world = World::seeded(Postgres).await;
    let known = everything(&world).await;
    let last = known.last().unwrap().cursor.clone();
    let mut early = PgConnection::connect(&world.database.admin_url).await.unwrap();
    let mut late = PgConnection::connect(&world.database.admin_url).await.unwrap();
    run(&mut early, &format!("BEGIN; {}", change(0))).await;
    run(&mut late, &format!("BEGIN; {}; COMMIT", change(1))).await;
    // What is committed may not be read before what is not: whoever read it would never hear of the other.
    let page = super::PAGE;
    let seen = world.ask_ok(page, json!({ "after": last })).await;
    assert_eq!(seen["changes"]["edges"], json!([]));
    assert_eq!(seen["changes"]["pageInfo"]["hasNextPage"], json!(false));
    run(&mut early, &format!("{}; COMMIT", change(2))).await;
    let seen = all(&world, None, Some(&last), 1, json!({})).await;
    assert_eq!(seen.len(), 3);
    let ids = "SELECT replace(CAST(id AS text), '-', '') FROM changes WHERE number = 50 ORDER BY xid, seq";
    let by_seq = "SELECT replace(CAST(id AS text), '-', '') FROM changes WHERE number = 50 ORDER BY seq";
    assert_ne!(world.select(ids).await, world.select(by_seq).await, "transactions in order, not numbers");
    // In the same order to whoever asks again.
    assert_eq!(all(&world, None, Some(&seen[0].cursor), 100, json!({})).await, seen[1..]);
}

#[tokio::test]
async fn a_rollback_leaves_nothing() {
    let world = World::seeded(Postgres).await;
    let known = everything(&world).await;
    let mut other = PgConnection::connect(&world.database.admin_url).await.unwrap();
    run(&mut other, &format!("BEGIN; {}; ROLLBACK", change(0))).await;
    assert_eq!(everything(&world).await, known);
}

#[tokio::test]
async fn changes_of_another_server_are_put_in_order() {
    let world = World::seeded(Postgres).await;
    let known = everything(&world).await;
    let options = world.database.admin_options();
    assert!(!server::migrate::up(&options).await.unwrap().reordered, "nothing to do");
    // As after a dump of a server that has counted further. Half of them within another transaction, numbered the other
    // way round.
    world.execute("UPDATE changes SET xid = xid + 4000000000").await;
    world
        .execute("UPDATE changes SET xid = xid + 1, seq = seq - 100000 WHERE seq > (SELECT avg(seq) FROM changes)")
        .await;
    let none = world.ask_ok(super::PAGE, json!({})).await;
    assert_eq!(none["changes"]["edges"], json!([]), "what is ahead of the server is not read");
    assert!(server::migrate::up(&options).await.unwrap().reordered);
    assert_eq!(everything(&world).await, known);
    let half = &known[known.len() / 2];
    assert_eq!(all(&world, None, Some(&half.cursor), 100, json!({})).await, known[known.len() / 2 + 1..]);
    // What comes next comes last.
    world.import_one(crate::harness::SMALL).await;
    tokio::time::sleep(Duration::from_millis(10)).await;
    let after = everything(&world).await;
    assert_eq!(after[..known.len()], known);
    assert!(after.len() > known.len());
    assert!(!server::migrate::up(&options).await.unwrap().reordered);
}
