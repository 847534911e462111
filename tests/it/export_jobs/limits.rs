//! How much, how many, how long: what is refused at once names the way round, what is too much ends the job.

use std::path::Path;

use axum::http::StatusCode;
use rstest::rstest;
use serde_json::{Value, json};
use server::Settings;

use super::reader;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, program};

#[rstest]
#[tokio::test]
async fn what_is_too_long_to_be_answered_at_once_names_the_job(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await.set(|settings| {
        settings.export.workbook_rows = 5;
        settings.export.report_rows = 2;
    });
    let token = world.token(&reader());
    let bearer = format!("Bearer {token}");
    for (path, most) in [("/results.xlsx?tenant=son-la&lang=en", 5), ("/totals.ndjson?tenant=son-la&lang=en", 2)] {
        let refused = world.export(path, &[("authorization", &bearer)]).await;
        let error = refused.json();
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{error:#}");
        assert_eq!(error.text("errors.0.extensions.code"), "TOO_LARGE");
        assert!(error.text("errors.0.message").contains(&format!("more than {most} rows")), "{error:#}");
        // What the hint says is what one sends.
        let hint = error.text("errors.0.extensions.hint");
        let (_, mutation) = hint.split_once(": mutation ").unwrap_or_else(|| panic!("{hint}"));
        let answer = world.graph(Some(&token), &format!("mutation {mutation}"), Value::Null).await;
        let _worker = world.working();
        let id = answer.text("data.exportStart.exportJob.id");
        let done = world.until(&token, id, "DONE").await;
        assert!(done["rows"].as_u64().unwrap() > most, "{done:#}");
        assert_eq!(done["parameters"], json!([{"name": "tenant", "value": "son-la"}, {"name": "lang", "value": "en"}]));
    }
    // A list in another format has no such limit.
    assert_eq!(world.export("/results.csv", &[]).await.status, StatusCode::OK);
}

#[rstest]
#[tokio::test]
async fn so_many_and_so_much(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await.set(|settings| {
        settings.export.per_caller = 2;
        settings.export.max_bytes = 2_000;
    });
    let token = world.token(&reader());
    let wish = json!({"table": "results", "format": "CSV"});
    let first = world.started(&token, wish.clone()).await;
    world.started(&token, wish.clone()).await;
    let third = world.order(&token, "exportStart", wish.clone()).await;
    assert_eq!((&third["exportJob"], third.text("errors.0.code")), (&Value::Null, "INVALID_TRANSITION"));
    assert!(third.text("errors.0.message").contains("2 of your exports"), "{third:#}");
    // Others have their own.
    let other = world.token_of("somebody else", &reader());
    world.started(&other, wish.clone()).await;

    let _worker = world.working();
    let failed = world.until(&token, &first, "FAILED").await;
    assert_eq!(failed.text("error.code"), "TOO_LARGE");
    assert!(failed.text("error.message").contains("2000 bytes (export.max_bytes)"), "{failed:#}");
    let gone = super::refusal(&world.fetch(Some(&token), &format!("{first}/file"), &[]).await);
    assert_eq!(gone, (410, "GONE".to_owned()));
    // What has ended counts no more, and what was small enough is there.
    let small = world
        .started(
            &token,
            json!({"table": "programs", "format": "CSV", "parameters": [{"name": "program", "value": "0/X"}]}),
        )
        .await;
    world.until(&token, &small, "DONE").await;
    assert_eq!(world.kept(), [format!("{small}-1")]);
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_before_anything_is_made() {
    let world = World::seeded(Sqlite).await.set(|settings| settings.limits.user.cost_per_minute = 250);
    let token = world.token(&reader());
    for (wish, field, words) in [
        (json!({"table": "result", "format": "CSV"}), "table", "did you mean \"results\"?"),
        (json!({"table": "coverage", "format": "CSV"}), "parameters", "of: it is missing"),
        (
            json!({"table": "results", "format": "JSON", "parameters": [{"name": "bom", "value": "1"}]}),
            "parameters",
            "csv alone",
        ),
        (
            json!({"table": "results", "format": "CSV", "parameters": [{"name": "tenant", "value": "son-laa"}]}),
            "parameters",
            "did you mean \"son-la\"?",
        ),
        (
            json!({"table": "results", "format": "CSV", "parameters": [{"name": "key", "value": "phk_x"}]}),
            "parameters",
            "never stands in an address",
        ),
    ] {
        let refused = world.order(&token, "exportStart", wish).await;
        assert_eq!(refused["errors"][0]["path"], json!(["input", field]), "{refused:#}");
        assert!(refused.text("errors.0.message").contains(words), "{refused:#}");
    }
    assert_eq!(world.select("SELECT CAST(count(*) AS text) FROM export_jobs").await, [["0"]]);
    // What is repeated is the same job, paid once; nor does one pay for what is refused.
    let again = json!({"table": "results", "format": "CSV", "idempotencyKey": "once"});
    let other = world.token_of("somebody else", &reader());
    let first = world.started(&other, again.clone()).await;
    for _ in 0..3 {
        assert_eq!(world.started(&other, again.clone()).await, first);
    }
    // A table costs what it costs at once.
    let query = "mutation { exportStart(input: {table: \"results\", format: CSV}) { exportJob { id } } }";
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(world.graph(Some(&token), query, Value::Null).await);
    }
    let refused: Vec<String> = answers.iter().flat_map(crate::harness::codes).collect();
    assert_eq!(refused, ["RATE_LIMITED"], "{answers:#?}");
}

#[test]
fn a_folder_that_cannot_be_used() {
    let dir = tempfile::tempdir().unwrap();
    let (data, config) = (dir.path().join("data"), dir.path().join("phoihop.toml"));
    let (data, config) = (data.to_str().unwrap(), config.to_str().unwrap());
    assert_eq!(program(&["migrate", "--data-dir", data]).code, 0);
    std::fs::write(config, format!("[export]\ndirectory = \"{config}/x\"\n")).unwrap();
    let serve = ["serve", "--data-dir", data, "--config", config, "--listen", "127.0.0.1:0"];
    program(&serve).failed(1, &["export.directory: ", "phoihop.toml/x cannot be used", "the service may create"]);
    for (setting, words) in
        [("keep_hours = 0", "export.keep_hours is 1 to"), ("at_once = 17", "export.at_once is 1 to 16")]
    {
        std::fs::write(config, format!("[export]\n{setting}\n")).unwrap();
        let wrong = Settings::read(Some(Path::new(config))).unwrap_err().message;
        assert!(wrong.contains(words), "{wrong}");
    }
}
