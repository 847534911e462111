//! Services that end in the middle of their work, and several over one database.

use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::{Value, json};
use server::Clock;
use sha2::{Digest, Sha256};

use super::{FIELDS, reader};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, Service, World, program};

fn graph(service: &Service, key: &str, query: &str, variables: &Value) -> Value {
    let body = json!({ "query": query, "variables": variables }).to_string();
    let (status, answer) = service.ask("POST", "/graphql", key, &body);
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((status, answer.get("errors")), (200, None), "{answer:#}");
    answer
}

fn until(service: &Service, key: &str, id: &str, is: impl Fn(&Value) -> bool) -> Value {
    let began = Instant::now();
    loop {
        let query = format!("query($id: ID!) {{ exportJob(id: $id) {{ {FIELDS} }} }}");
        let job = graph(service, key, &query, &json!({ "id": id }))["data"]["exportJob"].take();
        if is(&job) {
            return job;
        }
        assert!(began.elapsed() < Duration::from_mins(3) && job["status"] != "FAILED", "{job:#}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[rstest]
#[tokio::test]
async fn what_was_acknowledged_is_made_after_kill_9(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await.with_many_results(engine, 15_000).await;
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        std::fs::write(dir.path().join(name), text).unwrap();
        dir.path().join(name).display().to_string()
    };
    // Keys alone.
    let auth = file("auth.toml", "");
    let config = file("phoihop.toml", &format!("[export]\ndirectory = \"{}\"\n", world.exports().display()));
    let url = world.database.url.clone();
    let end = (Clock::system().today() + chrono::Days::new(90)).to_string();
    let create = ["key", "create", "--tenant", "son-la", "--name", "R", "--until", &end, "--database-url", &url];
    let key = program(&create).succeeded().trim().to_owned();
    let start = || Service::start(&["--database-url", &url, "--auth", &auth, "--config", &config]);

    let service = start();
    let wish =
        "mutation($t: String!, $f: ExportFormat!) { exportStart(input: {table: $t, format: $f}) { exportJob { id } } }";
    let started = |table: &str, format: &str| {
        let answer = graph(&service, &key, wish, &json!({"t": table, "f": format}));
        answer.text("data.exportStart.exportJob.id").to_owned()
    };
    let (long, next) = (started("results", "XLSX"), started("programs", "CSV"));
    let running = until(&service, &key, &long, |job| !job["rowsTotal"].is_null());
    assert_eq!((running.text("status"), &running["attempts"]), ("RUNNING", &json!(1)));
    assert_eq!(world.kept(), [format!("{long}-1.part")]);
    service.kill();

    let service = start();
    // What waited goes on at once; what was being made begins anew when its worker has been silent for long enough.
    until(&service, &key, &next, |job| job["status"] == "DONE");
    let done = until(&service, &key, &long, |job| job["status"] == "DONE");
    assert_eq!((&done["attempts"], &done["rows"]), (&json!(2), &done["rowsTotal"]));
    assert!(done["rows"].as_i64().unwrap() > 15_000);
    let (status, bytes) = service.ask("GET", done.text("fileUrl"), &key, "");
    assert_eq!((status, format!("{:x}", Sha256::digest(&bytes))), (200, done.text("sha256").to_owned()));
    let began = Instant::now();
    while world.kept().len() > 2 && began.elapsed() < Duration::from_secs(90) {
        std::thread::sleep(Duration::from_millis(200));
    }
    let mut kept = world.kept();
    kept.sort();
    assert_eq!(kept, [format!("{long}-2"), format!("{next}-1")], "the half of the first attempt is swept");
}

/// A worker that is silent for too long has lost the job: what it makes does not count.
#[rstest]
#[tokio::test]
async fn a_job_is_made_by_one_at_a_time(#[values(Sqlite, Postgres)] engine: Engine) {
    use persistence::export_job::Worker;

    let world = World::seeded(engine).await;
    let token = world.token(&reader());
    let id = world.started(&token, json!({"table": "programs", "format": "CSV"})).await;
    let (one, other) = (Worker::new(), Worker::new());
    let now = "2026-11-22T05:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let later = now + chrono::TimeDelta::seconds(30);
    let store = &world.store;
    let first = store.claim_export(one, &[], now).await.unwrap().expect("it waits");
    assert_eq!((first.id.uuid.to_string(), first.attempts), (id.clone(), 1));
    assert_eq!(store.claim_export(other, &[], now).await.unwrap(), None, "it is the first one's");
    assert!(store.renew_export(&first, one, now).await.unwrap());
    assert_eq!(store.claim_export(one, &[first.id.uuid], later).await.unwrap(), None, "one does not outrun oneself");
    let second = store.claim_export(other, &[], later).await.unwrap().expect("the first one is silent");
    assert_eq!(second.attempts, 2);
    assert!(!store.renew_export(&first, one, later).await.unwrap());
    assert!(!store.end_export(&first, one).await.unwrap());
    let third =
        store.claim_export(one, &[], later + chrono::TimeDelta::seconds(30)).await.unwrap().expect("silent too");
    assert_eq!(third.attempts, 3);
    let last = later + chrono::TimeDelta::seconds(60);
    assert_eq!(store.claim_export(other, &[], last).await.unwrap(), None, "three times is enough");
    let failed = world.job(Some(&token), &id).await;
    assert_eq!((failed.text("status"), &failed["attempts"]), ("FAILED", &json!(3)));
    assert!(failed.text("error.message").contains("3 times"), "{failed:#}");
    // What ended long ago is forgotten.
    store.expire_exports(last + chrono::TimeDelta::days(6)).await.unwrap();
    assert_eq!(world.job(Some(&token), &id).await["status"], "FAILED");
    store.expire_exports(last + chrono::TimeDelta::days(8)).await.unwrap();
    assert_eq!(world.job(Some(&token), &id).await, Value::Null);
}

/// Whoever stops the service in an orderly way takes nothing from a job.
#[tokio::test]
async fn a_service_that_stops_gives_its_jobs_back() {
    let world = World::seeded(Sqlite).await.with_many_results(Sqlite, 20_000).await;
    let token = world.token(&reader());
    let mut worker = world.working();
    let id = world.started(&token, json!({"table": "results", "format": "XLSX"})).await;
    world.until(&token, &id, "RUNNING").await;
    world.stop();
    tokio::time::timeout(Duration::from_secs(10), worker.join_next()).await.expect("it stops").unwrap().unwrap();
    let job = world.job(Some(&token), &id).await;
    assert_eq!((job.text("status"), &job["attempts"]), ("QUEUED", &json!(1)));
    assert_eq!(world.kept(), [""; 0]);
}
