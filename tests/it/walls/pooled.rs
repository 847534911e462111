//! One connection for everybody: whoever asked before leaves nothing on it. On SQLite, on PostgreSQL, and behind
//! pgbouncer, which hands its server connections to another client after each transaction.

use std::time::Duration;

use domain::Actor;
use domain::actor::Role;
use persistence::{Filter, Loader, Operand, Store, StoreOptions, Test, program};
use rstest::rstest;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{TODAY, World, actor};

const TRANSACTIONS: usize = 10_000;
/// Clients at a time; each waits for the one connection.
const CLIENTS: usize = 20;

/// How many hidden programs somebody sees.
async fn seen(store: &Store, actor: Option<Actor>) -> u64 {
    let hidden = Filter::negated(Filter::test(program::VISIBILITY, Test::Eq(Operand::Text("PUBLIC".to_owned()))));
    let scope = store.begin_read(actor, TODAY.parse().unwrap()).await.unwrap();
    scope.count(&hidden, 100).await.unwrap()
}

/// Asks as one after the other, some of whom go away in the middle.
async fn interleave(store: Store) -> usize {
    let people = [
        (None, 0),
        (Some(actor("hung-yen:2025", &[Role::Editor])), 2),
        (Some(actor("son-la", &[Role::Viewer])), 2),
        (Some(actor("nghe-an", &[Role::Admin])), 0),
        (Some(actor("phu-tho:2025", &[Role::Reporter])), 1),
        (Some(actor("trung-uong", &[Role::Admin])), 3),
        (None, 0),
    ];
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let (store, people) = (store.clone(), people.clone());
        clients.spawn(async move {
            let mut asked = 0;
            for turn in 0..TRANSACTIONS / CLIENTS {
                let (actor, expected) = people[(client * 3 + turn * 5) % people.len()].clone();
                if turn % 10 == 9 {
                    // Gone before the answer came: at any point of the transaction.
                    let micros = u64::try_from((client * 131 + turn * 17) % 1500).unwrap();
                    let ask = async {
                        let scope = store.begin_read(actor, TODAY.parse().unwrap()).await.unwrap();
                        Loader::new(scope).get::<domain::Tenant>(domain::TenantId::CENTRAL).await.ok();
                    };
                    tokio::time::timeout(Duration::from_micros(micros), ask).await.ok();
                } else {
                    let found = seen(&store, actor.clone()).await;
                    assert_eq!(found, expected, "client {client}, turn {turn}, {actor:?}");
                }
                asked += 1;
            }
            asked
        });
    }
    clients.join_all().await.into_iter().sum()
}

fn one_connection(url: &str) -> StoreOptions {
    StoreOptions { readers: 1, ..StoreOptions::new(url) }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_connection_for_everybody(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let store = Store::open(&one_connection(&world.database.url)).await.unwrap();
    assert_eq!(interleave(store).await, TRANSACTIONS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_server_connection_behind_pgbouncer() {
    let world = World::seeded(Postgres).await;
    let place = std::env::var("PHOIHOP_TEST_PGBOUNCER").expect("`make test` starts pgbouncer");
    let (head, database) = world.database.url.rsplit_once('/').unwrap();
    let (user, _) = head.rsplit_once('@').unwrap();
    let url = format!("{user}@{place}/{database}");
    // Several connections to the pooler, which has one to the server; nothing stays prepared.
    let options = StoreOptions { readers: 5, prepared: false, ..StoreOptions::new(&url) };
    let store = Store::open(&options).await.unwrap();
    assert_eq!(interleave(store).await, TRANSACTIONS);
    // Were the pooler generous, nobody would have met anybody.
    let sql = "SELECT count(*)::text FROM pg_stat_activity
               WHERE datname = current_database() AND usename = 'phoihop_app' AND application_name <> 'admin'";
    let connections: u32 = world.select(sql).await[0][0].parse().unwrap();
    assert!((1..=6).contains(&connections), "{connections}");
}
