//! The life of a job: from the wish to the file, its end by time, and its end by whoever started it.

use rstest::rstest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{key, reader, refusal};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

#[rstest]
#[tokio::test]
async fn a_job_ends_as_the_file_that_is_answered_at_once(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values("csv", "xlsx", "ndjson", "json")] format: &str,
) {
    let world = World::seeded(engine).await;
    let token = world.token(&reader());
    let wish = json!({"table": "results", "format": format.to_uppercase(), "parameters": [
        {"name": "tenant", "value": "son-la"}, {"name": "tenant", "value": "thai-binh"}, {"name": "lang", "value": "en"}]});
    let id = world.started(&token, wish.clone()).await;
    let waiting = world.job(Some(&token), &id).await;
    assert_eq!(
        (&waiting["status"], &waiting["attempts"], &waiting["rowsTotal"], &waiting["fileUrl"]),
        (&json!("QUEUED"), &json!(0), &Value::Null, &Value::Null)
    );
    let early = world.fetch(Some(&token), &format!("{id}/file"), &[]).await;
    assert_eq!(refusal(&early), (404, "NOT_FOUND".to_owned()));
    assert_eq!(early.header("retry-after"), "2");

    let _worker = world.working();
    let done = world.until(&token, &id, "DONE").await;
    let bearer = format!("Bearer {token}");
    let path = format!("/results.{format}?tenant=son-la&tenant=thai-binh&lang=en");
    let at_once = world.export(&path, &[("authorization", &bearer)]).await;
    let file = world.fetch(Some(&token), &format!("{id}/file"), &[]).await;
    assert_eq!(done["fileUrl"], format!("/export/jobs/{id}/file"));
    assert_eq!(done["parameters"], wish["parameters"]);
    assert_eq!((&done["attempts"], &done["rows"]), (&json!(1), &done["rowsTotal"]));
    assert_eq!(done["bytes"], file.bytes.len());
    assert_eq!(done["sha256"], format!("{:x}", Sha256::digest(&file.bytes)));
    assert!(done["rows"].as_i64().unwrap() > 2, "{done:#}");
    if format != "xlsx" {
        // A workbook says when it was made.
        assert_eq!(file.bytes, at_once.bytes);
    }
    for name in ["content-type", "content-disposition"] {
        assert_eq!(file.header(name), at_once.header(name), "{name}");
    }
    // For scripts, the same in JSON.
    let told = world.fetch(Some(&token), &id, &[]).await.json();
    assert_eq!((told.text("status"), told.text("format"), told.text("file")), ("DONE", format, done.text("fileUrl")));
    for (here, there) in [
        ("rows", "rows"),
        ("rows_total", "rowsTotal"),
        ("bytes", "bytes"),
        ("sha256", "sha256"),
        ("expires_at", "expiresAt"),
        ("created_at", "createdAt"),
    ] {
        assert_eq!(told[here], done[there], "{here}");
    }
}

#[rstest]
#[tokio::test]
async fn a_report_and_a_key(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (secret, _) = key(&world).await;
    let _worker = world.working();
    let id = world.started(&secret, json!({"table": "totals", "format": "CSV", "idempotencyKey": "k"})).await;
    let done = world.until(&secret, &id, "DONE").await;
    let bearer = format!("Bearer {secret}");
    let at_once = world.export("/totals.csv", &[("authorization", &bearer)]).await;
    assert!(at_once.rows().len() > 3);
    assert_eq!(world.fetch(Some(&secret), &format!("{id}/file"), &[]).await.bytes, at_once.bytes);
    assert_eq!(done["rows"], at_once.rows().len());
    // The same request once more is the same job.
    let again =
        world.order(&secret, "exportStart", json!({"table": "totals", "format": "CSV", "idempotencyKey": "k"})).await;
    assert_eq!((again.text("exportJob.id"), again.text("exportJob.status")), (id.as_str(), "DONE"));
    let listed = world.graph(Some(&secret), "{ viewer { exportJobs { id } } }", Value::Null).await;
    assert_eq!(listed["data"]["viewer"]["exportJobs"], json!([{ "id": id }]));
}

#[rstest]
#[tokio::test]
async fn a_file_ends_with_its_time(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let token = world.token(&reader());
    let worker = world.working();
    let id = world.started(&token, json!({"table": "programs", "format": "CSV"})).await;
    let done = world.until(&token, &id, "DONE").await;
    assert_eq!(done["expiresAt"], "2026-11-23T05:00:00.000Z", "a day after it was made");
    assert_eq!(world.kept(), [format!("{id}-1")]);
    drop(worker);
    world.execute("UPDATE export_jobs SET expires_at = '2026-11-22T05:00:00.000000Z'").await;
    // Whether it was removed or not.
    let over = world.fetch(Some(&token), &format!("{id}/file"), &[]).await;
    assert_eq!(refusal(&over), (410, "GONE".to_owned()));
    let job = world.job(Some(&token), &id).await;
    assert_eq!((&job["status"], &job["fileUrl"]), (&json!("EXPIRED"), &Value::Null));
    let _worker = world.working();
    world.swept().await;
    assert_eq!(world.select("SELECT status FROM export_jobs").await, [["EXPIRED"]]);
    assert_eq!(refusal(&world.fetch(Some(&token), &format!("{id}/file"), &[]).await).0, 410);
}

#[rstest]
#[tokio::test]
async fn whoever_started_it_ends_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await.with_many_results(engine, 20_000).await;
    let token = world.token(&reader());
    let waiting = world.started(&token, json!({"table": "programs", "format": "CSV"})).await;
    let canceled = world.order(&token, "exportCancel", json!({ "id": waiting })).await;
    assert_eq!(canceled["exportJob"]["status"], "CANCELED");
    let _worker = world.working();

    // One that is being made stops, and leaves nothing behind.
    let running = world.started(&token, json!({"table": "results", "format": "XLSX"})).await;
    world.until(&token, &running, "RUNNING").await;
    assert_eq!(world.order(&token, "exportCancel", json!({ "id": running })).await["exportJob"]["status"], "CANCELED");
    let done = world.started(&token, json!({"table": "programs", "format": "CSV"})).await;
    world.until(&token, &done, "DONE").await;
    assert_eq!(world.job(Some(&token), &running).await["status"], "CANCELED");
    assert_eq!(world.kept(), [format!("{done}-1")]);

    // One that has a file gives it back.
    assert_eq!(world.order(&token, "exportCancel", json!({ "id": done })).await["exportJob"]["status"], "CANCELED");
    assert_eq!(refusal(&world.fetch(Some(&token), &format!("{done}/file"), &[]).await), (410, "GONE".to_owned()));
    world.swept().await;
}
