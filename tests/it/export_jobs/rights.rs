//! To whom a job and its file are: whoever started it, for the tenant for which they did, as long as they may see what they
//! could see then.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::{FIELDS, key, reader, refusal, revoke};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, Walls, World, actor, codes};

/// What the second wall says by itself is tried in `walls.rs`.
#[rstest]
#[tokio::test]
async fn a_job_is_its_starters(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(Walls::Both, Walls::First)] walls: Walls,
) {
    let world = World::seeded_behind(engine, walls).await;
    let token = world.token(&reader());
    let _worker = world.working();
    let id = world.started(&token, json!({"table": "results", "format": "CSV"})).await;
    world.until(&token, &id, "DONE").await;
    let (secret, _) = key(&world).await;
    let others = [
        Some(world.token_of("a colleague", &actor("son-la", &[Role::Admin]))),
        Some(world.token(&actor("thai-binh:pre2025", &[Role::Viewer]))),
        Some(world.token(&actor("trung-uong", &[Role::Admin]))),
        Some(secret),
        None,
    ];
    let absent = id.replace(&id[id.len() - 4..], "0000");
    for other in &others {
        let mut answers = BTreeSet::new();
        for id in [id.as_str(), &absent, "nonsense"] {
            assert_eq!(world.job(other.as_deref(), id).await, Value::Null, "{other:?}");
            let (told, file) = (
                world.fetch(other.as_deref(), id, &[]).await,
                world.fetch(other.as_deref(), &format!("{id}/file"), &[]).await,
            );
            let expected =
                if other.is_some() { (404, "NOT_FOUND".to_owned()) } else { (401, "UNAUTHENTICATED".to_owned()) };
            assert_eq!((refusal(&told), refusal(&file)), (expected.clone(), expected), "{other:?}");
            answers.insert(told.json()["errors"][0]["message"].to_string());
            answers.insert(file.json()["errors"][0]["message"].to_string());
            if let Some(other) = other {
                let refused = world.order(other, "exportCancel", json!({ "id": id })).await;
                assert_eq!(refused.text("errors.0.code"), "NOT_FOUND");
            }
        }
        assert_eq!(answers.len(), 1, "hidden and absent are alike");
        let query = format!("{{ viewer {{ exportJobs {{ {FIELDS} }} }} }}");
        let listed = world.graph(other.as_deref(), &query, Value::Null).await;
        assert_eq!(listed["data"]["viewer"]["exportJobs"], json!([]), "{other:?}");
    }
    assert_eq!(world.job(Some(&token), &id).await["status"], "DONE");
    // Nobody in particular starts none.
    let query = "mutation { exportStart(input: {table: \"results\", format: CSV}) { exportJob { id } } }";
    let answer = world.graph(None, query, Value::Null).await;
    assert_eq!(codes(&answer), ["UNAUTHENTICATED"]);
    assert_ne!(answer["errors"][0]["extensions"]["hint"], Value::Null);
}

/// What the file holds is what they may see when it is made.
#[rstest]
#[tokio::test]
async fn a_grant_that_ends_takes_the_file_along(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let token = world.token(&actor("nghe-an", &[Role::Viewer]));
    let public = world.export("/programs.csv", &[]).await.bytes;
    let of = world.tenant_gid("thai-binh:pre2025").await;
    let wanted = json!({"of": of, "dataSets": ["PROGRAMS"], "until": "2027-01-31", "purpose": "Báo cáo vùng"});
    let asked = world.changed(&actor("nghe-an", &[Role::Admin]), "grantRequest grant { id version }", wanted).await;
    let decider = actor("hung-yen:2025", &[Role::Admin]);
    let step = |version: i64| json!({"id": asked.text("grant.id"), "version": version});
    let version = asked.at("grant.version").as_i64().unwrap();

    let id = world.started(&token, json!({"table": "programs", "format": "CSV"})).await;
    // Asked for before the grant, made after it.
    let approved = world.changed(&decider, "grantApprove grant { version }", step(version)).await;
    let _worker = world.working();
    world.until(&token, &id, "DONE").await;
    let file = world.fetch(Some(&token), &format!("{id}/file"), &[]).await;
    assert!(file.rows().len() > 8 && file.bytes != public, "{}", file.text());

    let version = approved.at("grant.version").as_i64().unwrap();
    world.changed(&decider, "grantRevoke grant { version }", step(version)).await;
    let refused = world.fetch(Some(&token), &format!("{id}/file"), &[]).await;
    assert_eq!(refusal(&refused), (403, "FORBIDDEN".to_owned()));
    let again = world.started(&token, json!({"table": "programs", "format": "CSV"})).await;
    world.until(&token, &again, "DONE").await;
    assert!(world.fetch(Some(&token), &format!("{again}/file"), &[]).await.rows().len() < file.rows().len());

    // So do other roles: a reporter sees no drafts.
    let token = world.token(&reader());
    let id = world.started(&token, json!({"table": "programs", "format": "CSV"})).await;
    world.until(&token, &id, "DONE").await;
    let reporter = world.token(&actor("son-la", &[Role::Reporter]));
    assert_eq!(refusal(&world.fetch(Some(&reporter), &format!("{id}/file"), &[]).await), (403, "FORBIDDEN".to_owned()));
    assert_eq!(world.fetch(Some(&token), &format!("{id}/file"), &[]).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn a_key_that_is_revoked_stops_what_is_being_made(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await.with_many_results(engine, 60_000).await;
    let (secret, id_of_key) = key(&world).await;
    let _worker = world.working();
    let id = world.started(&secret, json!({"table": "results", "format": "XLSX"})).await;
    world.until(&secret, &id, "RUNNING").await;
    revoke(&world, &id_of_key).await;
    let status = async || world.select("SELECT status, failure_code FROM export_jobs").await[0].clone();
    for _ in 0..600 {
        if status().await[0] != "RUNNING" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(status().await, ["FAILED", "UNAUTHENTICATED"]);
    assert_eq!(world.kept(), [""; 0], "nothing half is left");
    assert_eq!(world.fetch(Some(&secret), &id, &[]).await.status, 401);
}

/// What somebody has shown holds as long as it says, also for what is made on their behalf.
#[tokio::test]
async fn a_token_that_has_ended_has_nothing_made() {
    let world = World::seeded(Sqlite).await;
    let token = world.token(&reader());
    let id = world.started(&token, json!({"table": "results", "format": "CSV"})).await;
    let shown: i64 = world.select("SELECT CAST(shown_until AS text) FROM export_jobs").await[0][0].parse().unwrap();
    assert_eq!(shown, "2026-11-22T06:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp());
    world.execute(&format!("UPDATE export_jobs SET shown_until = {shown} - 3600")).await;
    let _worker = world.working();
    let failed = world.until(&token, &id, "FAILED").await;
    assert_eq!(failed.text("error.code"), "UNAUTHENTICATED");
    assert!(failed.text("error.hint").contains("start it again"));
}
