//! `phoihop grant` and `phoihop key`: from a request to a key that reads, and to its end.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};
use server::Clock;
use tower::ServiceExt;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, program};

/// What the tool that shows `credentials` is answered.
async fn ask(world: &World, credentials: &str) -> (StatusCode, Value) {
    let query =
        "{ viewer { principal roles } programs(where: {visibility: {in: [DRAFT, INTERNAL]}}) { nodes { title } } }";
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .header("authorization", credentials)
        .body(Body::from(json!({ "query": query }).to_string()))
        .unwrap();
    let response = world.router().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let mut answer: Value = serde_json::from_slice(&bytes).unwrap();
    if let Some(extensions) = answer.pointer_mut("/errors/0/extensions").and_then(Value::as_object_mut) {
        extensions.remove("requestId");
    }
    (status, answer)
}

#[rstest]
#[tokio::test]
async fn a_tool_reads_what_was_granted(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let url = world.database.url.clone();
    let run = |arguments: &[&str]| program(&[arguments, &["--database-url", &url]].concat());
    let of = ["--tenant", "nghe-an"];

    let request =
        ["grant", "request", "--of", "thai-binh:pre2025", "--data-set", "programs", "--purpose", "Báo cáo vùng"];
    run(&[&request[..], &of, &["--until", "2020-01-01"]].concat()).failed(1, &["the last day must not come before"]);
    let today = Clock::system().today();
    let until = (today + chrono::Days::new(90)).to_string();
    let asked = run(&[&request[..], &of, &["--until", &until]].concat());
    let line = asked.succeeded().to_owned();
    let (id, told) = line.split_once(' ').unwrap();
    assert_eq!(
        told,
        format!("REQUESTED: nghe-an reads programs of thai-binh:pre2025, {today}..{until}: Báo cáo vùng\n")
    );
    run(&["grant", "approve", id, "--tenant", "nghe-an"]).failed(1, &["may not decide this", "thai-binh:pre2025"]);
    run(&["grant", "approve", id, "--tenant", "son-la"]).failed(1, &["knows no grant"]);
    let approved = run(&["grant", "approve", id, "--tenant", "hung-yen:2025"]);
    assert!(approved.succeeded().contains("APPROVED, in force"), "{approved:#?}");

    run(&["key", "create", "--tenant", "son-la", "--name", "R", "--grant", id, "--until", &until])
        .failed(1, &["son-la holds no grant"]);
    run(&["key", "create", "--tenant", "nghe-an:2025", "--name", "R", "--until", &until])
        .failed(2, &["no tenant has the key", "did you mean nghe-an?"]);
    let create = ["key", "create", "--name", "Power BI", "--grant", id, "--until", &until];
    let key = run(&[&create[..], &of].concat());
    let key = key.succeeded().trim().to_owned();
    assert!(key.starts_with("phk_"), "{key}");
    // The tests' service stands on a day of its own; the key begins on the machine's.
    world.execute("UPDATE api_keys SET valid_from = '2020-01-01', valid_to = '2999-01-01'").await;
    world.execute("UPDATE grants SET valid_from = '2020-01-01'").await;
    let (status, answer) = ask(&world, &format!("Bearer {key}")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer.list("data.programs.nodes").len(), 1);
    assert_eq!(answer.at("data.viewer.roles"), &json!(["REPORTER"]));
    let stored = world.rows().await.0["api_keys"].rows.clone();
    let secret = key.rsplit('_').next().unwrap();
    assert!(stored.len() == 1 && !stored[0].contains(secret), "only a digest is stored");

    // One more to change over to; a third is one too many.
    run(&[&create[..], &of].concat()).succeeded();
    run(&[&create[..], &of].concat()).failed(1, &["2 live keys already"]);
    let listed = run(&["key", "list", "--tenant", "nghe-an"]);
    assert_eq!(listed.succeeded().lines().filter(|line| line.contains(" LIVE ")).count(), 2);
    assert!(!listed.out.contains(secret));

    run(&["grant", "revoke", id, "--tenant", "thai-binh:pre2025"]).succeeded();
    let (_, answer) = ask(&world, &format!("Bearer {key}")).await;
    assert_eq!(answer.list("data.programs.nodes").len(), 0, "at the next transaction");

    let public = key.split('_').nth(1).unwrap();
    run(&["key", "revoke", public, "--tenant", "son-la"]).failed(1, &["son-la has no key"]);
    let revoked = run(&["key", "revoke", public, "--tenant", "nghe-an"]);
    assert!(revoked.succeeded().contains(" REVOKED "), "{revoked:#?}");
    let (status, over) = ask(&world, &format!("Bearer {key}")).await;
    let (_, unknown) = ask(&world, &format!("Bearer phk_{}_{}", "0".repeat(32), "0".repeat(64))).await;
    let (_, nonsense) = ask(&world, "Bearer nonsense").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(over == unknown && unknown == nonsense, "{over} {unknown} {nonsense}");
}
