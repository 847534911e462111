//! The routes and what holds for all of them. What the graph answers is tested with the graph.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::Request;
use axum::response::Response;
use persistence::{Store, StoreOptions};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::Clock;

async fn app() -> (App, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("x.db").display());
    let store = Store::open(&StoreOptions::new(url)).await.unwrap();
    let clock = Clock::fixed("2026-01-01".parse().unwrap());
    (App { store, schema: ::graphql::schema(), clock, auth: crate::auth::Authenticator::none() }, dir)
}

async fn send(request: Request<Body>) -> Response {
    let (app, _dir) = app().await;
    router(app).oneshot(request).await.unwrap()
}

async fn get(path: &str) -> Response {
    send(Request::get(path).body(Body::empty()).unwrap()).await
}

fn posted(body: impl Into<Body>) -> Request<Body> {
    Request::post("/graphql").header("content-type", "application/json; charset=utf-8").body(body.into()).unwrap()
}

async fn text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

async fn json(response: Response) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

fn is<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
}

#[track_caller]
fn has_house_headers(response: &Response) {
    assert_eq!(is(response, "content-security-policy"), "default-src 'self'");
    assert_eq!(is(response, "x-content-type-options"), "nosniff");
    assert_eq!(is(response, "referrer-policy"), "no-referrer");
    assert!(!is(response, "x-request-id").is_empty());
}

#[tokio::test]
async fn the_page_is_served_whole() {
    for (path, media, part) in [
        ("/", "text/html; charset=utf-8", "<!doctype html>"),
        ("/app.js", "text/javascript; charset=utf-8", "/cookbook.json"),
        ("/app.css", "text/css; charset=utf-8", "{"),
        ("/cookbook.json", "application/json", "["),
        ("/schema.graphql", "text/plain; charset=utf-8", "type Query"),
    ] {
        let response = get(path).await;
        assert_eq!((response.status(), is(&response, "content-type")), (StatusCode::OK, media), "{path}");
        assert_eq!(is(&response, "cache-control"), "no-cache");
        has_house_headers(&response);
        assert!(text(response).await.contains(part), "{path}");
    }
    assert_eq!(get("/favicon.ico").await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn health_is_the_databases() {
    let response = get("/healthz").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(text(response).await, "ok\n");
}

#[tokio::test]
async fn a_query_is_answered() {
    let response = send(posted(r#"{"query":"query Q { __typename }","variables":null,"operationName":null}"#)).await;
    assert_eq!(
        (response.status(), is(&response, "content-type")),
        (StatusCode::OK, "application/graphql-response+json")
    );
    assert_eq!(is(&response, "cache-control"), "no-store");
    has_house_headers(&response);
    assert_eq!(text(response).await, r#"{"data":{"__typename":"Query"}}"#);
}

#[tokio::test]
async fn an_invalid_document_has_no_data() {
    for (accept, status) in [("application/graphql-response+json", 400), ("application/json", 200)] {
        let mut request = posted(r#"{"query":"{ nowhere }"}"#);
        request.headers_mut().insert("accept", HeaderValue::from_static(accept));
        let response = send(request).await;
        assert_eq!((response.status().as_u16(), is(&response, "content-type")), (status, accept));
        let answer = json(response).await;
        assert!(answer.get("data").is_none() && answer["errors"][0]["message"].is_string(), "{answer}");
    }
}

#[tokio::test]
async fn what_cannot_be_a_request_is_refused() {
    let deep = format!(r#"{{"query":"{}"}}"#, "{a".repeat(40));
    let large = format!(r#"{{"query":"{{ __typename }}{}"}}"#, " ".repeat(MAX_BODY));
    for (body, status, code) in [
        ("{", 400, "BAD_USER_INPUT"),
        ("{}", 400, "BAD_USER_INPUT"),
        ("", 400, "BAD_USER_INPUT"),
        (r#"[{"query":"{ a }"}]"#, 400, "BAD_USER_INPUT"),
        (r#"{"query":1}"#, 400, "BAD_USER_INPUT"),
        (r#"{"query":"{ a }","variables":[]}"#, 400, "BAD_USER_INPUT"),
        (r#"{"query":"{ a(b: \"\"\"c) }"}"#, 400, "GRAPHQL_PARSE_FAILED"),
        (&deep, 400, "QUERY_TOO_DEEP"),
        (&large, 413, "TOO_LARGE"),
    ] {
        let response = send(posted(body.to_owned())).await;
        assert_eq!(response.status().as_u16(), status, "{body:.40}");
        has_house_headers(&response);
        let answer = json(response).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{body:.40}");
        assert!(answer["errors"][0]["message"].is_string(), "{body:.40}");
    }
}

#[tokio::test]
async fn only_json_is_read() {
    for media in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application/graphql")] {
        let mut request = Request::post("/graphql").body(Body::from(r#"{"query":"{ __typename }"}"#)).unwrap();
        if let Some(media) = media {
            request.headers_mut().insert("content-type", HeaderValue::from_static(media));
        }
        assert_eq!(send(request).await.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{media:?}");
    }
}

#[tokio::test]
async fn other_methods_and_paths_are_told() {
    let response = get("/graphql?query=%7B__typename%7D").await;
    assert_eq!((response.status(), is(&response, "allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
    has_house_headers(&response);
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "METHOD_NOT_ALLOWED");
    let response = get("/nowhere").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    has_house_headers(&response);
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn a_slow_request_is_ended() {
    let (app, _dir) = app().await;
    let slow = Body::from_stream(futures_util::stream::pending::<Result<Bytes, axum::Error>>());
    let response = router_with(app, Duration::from_millis(20)).oneshot(posted(slow)).await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    has_house_headers(&response);
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "TIMEOUT");
}
