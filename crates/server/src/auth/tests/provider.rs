//! Tokens of a real provider. What `tests/oidc` asks of the service is answered here by nothing but authentication.

use std::process::Command;

use axum::routing::post;
use axum::{Json, Router, extract::State, response::Response};
use tokio::net::TcpListener;

use super::*;

async fn viewer(State(who): State<Authenticator>, headers: HeaderMap) -> Response {
    match who.authenticate(&headers, &NO_KEYS).await {
        Ok(Some(actor)) => {
            let roles: Vec<String> = actor.roles.iter().map(ToString::to_string).collect();
            Json(json!({ "data": { "viewer": { "principal": actor.principal.as_str(), "roles": roles } } }))
                .into_response()
        }
        Ok(None) => Json(json!({ "data": { "viewer": null } })).into_response(),
        Err(error) => error.into_response(),
    }
}

#[tokio::test]
#[ignore = "needs node, and `npm ci` in tests/oidc"]
async fn a_real_provider() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("auth.toml");
    let settings =
        format!("[[issuer]]\nurl = \"http://127.0.0.1:{port}\"\norganizations = {{ so-noi-vu = \"hung-yen:2025\" }}\n");
    std::fs::write(&file, settings).unwrap();
    let who = Authenticator::from_file(&file, Clock::system()).unwrap_or_else(|failure| panic!("{failure}"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let graphql = format!("http://{}/graphql", listener.local_addr().unwrap());
    let mut server = tokio::task::JoinSet::new();
    let router = Router::new().route("/graphql", post(viewer)).with_state(who);
    server.spawn(async move { axum::serve(listener, router).await.unwrap() });
    let ran = tokio::task::spawn_blocking(move || {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/oidc/run.mjs");
        Command::new("node").args([script, "--port", &port.to_string(), "--graphql", &graphql]).output().unwrap()
    });
    let ran = ran.await.unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    println!("{said}");
    assert!(ran.status.success() && said.contains("12 passed, 0 failed"), "{said}");
}
