//! What is secret never comes into a log or an error: words of drafts, tokens, variables, SQL.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use domain::actor::Role;
use rstest::rstest;
use serde_json::json;
use tower::ServiceExt;
use tracing_subscriber::fmt::MakeWriter;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{SMALL, World, actor};

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

const DRAFT: &str = "kanarienvogel";
const VARIABLE: &str = "papagei";

/// Every answer to requests that go wrong in every way, with a token.
async fn ask(world: &World, token: &str) -> String {
    let mut answers = String::new();
    for (query, variables) in [
        ("query ($t: String!) { search(text: $t) { nodes { __typename } } }", json!({ "t": VARIABLE })),
        ("query ($t: String!) { programs(where: {title: {contains: $t}}) { nodes { id } } }", json!({ "t": VARIABLE })),
        ("query ($t: ID!) { node(id: $t) { id } }", json!({ "t": VARIABLE })),
        ("query ($t: String) { programs(after: $t) { nodes { id } } }", json!({ "t": VARIABLE })),
        ("query ($t: Int!) { programs(first: $t) { nodes { id } } }", json!({ "t": VARIABLE })),
        ("query ($t: String!) { nothing(text: $t) }", json!({ "t": VARIABLE })),
        ("query ($t: String!) {", json!({ "t": VARIABLE })),
        // A cursor whose values have other types than the columns: the database complains.
        ("{ programs(first: 1) { pageInfo { endCursor } } }", json!({})),
        ("{ people { nodes { name } } sources { nodes { title } } }", json!({})),
    ] {
        let body = json!({ "query": query, "variables": variables, "operationName": null }).to_string();
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {token}"))
            .body(Body::from(body))
            .unwrap();
        let response = world.router().oneshot(request).await.unwrap();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        answers.push_str(std::str::from_utf8(&bytes).unwrap());
        answers.push('\n');
    }
    answers
}

#[rstest]
#[tokio::test]
async fn secrets_come_into_no_log_and_no_answer(#[values(Sqlite, Postgres)] engine: Engine) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    // The test's runtime has one thread, so everything is logged here.
    let guard = tracing::subscriber::set_default(subscriber);
    let world = World::seeded(engine).await;
    let draft = SMALL
        .replace("\nsource: ", "\nvisibility: DRAFT\nsource: ")
        .replace("title: Chương trình phối hợp ví dụ", &format!("title: {DRAFT}"));
    world.import_one(&draft).await;
    let token = world.token(&actor("son-la", &[Role::Admin]));
    let mut answers = ask(&world, &token).await;
    let forged = format!("{token}x");
    answers.push_str(&ask(&world, &forged).await);
    // The database fails in the middle of it all.
    world.execute("ALTER TABLE results RENAME TO results_away").await;
    let broken = "{ results { nodes { id } } }";
    answers.push_str(&world.ask(broken, json!({})).await.to_string());
    drop(guard);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("request") && log.contains("internal error"), "there was a log: {}", log.len());
    assert!(answers.contains("INTERNAL_SERVER_ERROR") && answers.contains("internal error"), "{answers}");
    let signature = token.rsplit('.').next().unwrap();
    for secret in [DRAFT, &token, signature] {
        assert!(!answers.contains(secret), "{secret} in an answer");
        assert!(!log.contains(secret), "{secret} in the log");
    }
    assert!(!log.contains(VARIABLE), "a variable in the log");
    for word in ["SELECT ", "results_away", "relation", "no such table", "sqlx", "sea_orm"] {
        assert!(!answers.contains(word), "{word} in an answer: {answers}");
    }
}
