//! The routes and what holds for all of them. What the graph answers is tested with the graph.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::Request;
use axum::response::Response;
use persistence::{Store, StoreOptions};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::{Clock, Settings};

async fn app() -> (App, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("x.db").display());
    let store = Store::open(&StoreOptions::new(url)).await.unwrap();
    let clock = Clock::fixed("2026-01-01".parse().unwrap());
    (App::new(store, clock, crate::auth::Authenticator::none(), Settings::default()).unwrap(), dir)
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
        (StatusCode::OK, "application/json; charset=utf-8"),
        "whoever does not say what they take gets plain JSON"
    );
    assert_eq!(is(&response, "cache-control"), "no-store");
    has_house_headers(&response);
    let answer = json(response).await;
    assert_eq!(answer["data"], serde_json::json!({"__typename": "Query"}));
    let cost = &answer["extensions"]["cost"];
    assert_eq!((&cost["requested"], &cost["actual"], &cost["limit"]), (&1.into(), &1.into(), &5_000.into()));
    assert_eq!((&cost["remaining"], &cost["resetAt"]), (&4_999.into(), &"2026-01-01T05:00:01Z".into()));
}

#[tokio::test]
async fn an_invalid_document_has_no_data() {
    for (accept, media, status) in [
        ("application/graphql-response+json", "application/graphql-response+json; charset=utf-8", 400),
        ("application/json", "application/json; charset=utf-8", 200),
    ] {
        let mut request = posted(r#"{"query":"{ nowhere }"}"#);
        request.headers_mut().insert("accept", HeaderValue::from_static(accept));
        let response = send(request).await;
        assert_eq!((response.status().as_u16(), is(&response, "content-type")), (status, media));
        let id = is(&response, "x-request-id").to_owned();
        let answer = json(response).await;
        assert!(answer.get("data").is_none() && answer["errors"][0]["message"].is_string(), "{answer}");
        assert_eq!(answer["errors"][0]["extensions"]["requestId"], id);
    }
    let mut request = posted(r#"{"query":"{ __typename }"}"#);
    request.headers_mut().insert("accept", HeaderValue::from_static("image/png"));
    assert_eq!(send(request).await.status(), StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn what_cannot_be_a_request_is_refused() {
    let large = format!(r#"{{"query":"{{ __typename }}{}"}}"#, " ".repeat(64 * 1024));
    let hash = |text: &str| ::graphql::Hash::of(text).to_string();
    let mismatch = format!(
        r#"{{"query":"{{ a }}","extensions":{{"persistedQuery":{{"version":1,"sha256Hash":"{}"}}}}}}"#,
        hash("{ b }")
    );
    for (body, status, code) in [
        ("{", 400, "BAD_USER_INPUT"),
        ("{}", 400, "BAD_USER_INPUT"),
        ("", 400, "BAD_USER_INPUT"),
        (r#"[{"query":"{ a }"}]"#, 400, "BAD_USER_INPUT"),
        (r#"{"query":1}"#, 400, "BAD_USER_INPUT"),
        (r#"{"query":"{ a }","variables":[]}"#, 400, "BAD_USER_INPUT"),
        (r#"{"query":"{ a }","documentId":"x"}"#, 400, "BAD_USER_INPUT"),
        (r#"{"extensions":{"persistedQuery":{"sha256Hash":"x"}}}"#, 400, "BAD_USER_INPUT"),
        (&mismatch, 400, "BAD_USER_INPUT"),
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
    let mut request = posted("x");
    request.headers_mut().insert("content-encoding", HeaderValue::from_static("gzip"));
    assert_eq!(send(request).await.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_get_is_no_accident() {
    let asked = |path: &'static str, header: Option<&'static str>| {
        let mut request = Request::get(path);
        if let Some(header) = header {
            request = request.header(header, "1");
        }
        send(request.body(Body::empty()).unwrap())
    };
    let query = "/graphql?query=%7B__typename%7D";
    let response = asked(query, None).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    for header in
        ["graphql-require-preflight", "x-requested-with", "apollo-require-preflight", "x-apollo-operation-name"]
    {
        assert_eq!(asked(query, Some(header)).await.status(), StatusCode::OK, "{header}");
    }
    let response = asked("/graphql?query=query($n:Int)%7B__typename%7D&variables=%5B", Some("x-requested-with")).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let response = asked("/graphql?documentId=x", None).await;
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "DOCUMENT_NOT_TRUSTED");
    let page = Request::get("/graphql").header("accept", "text/html,*/*;q=0.8").body(Body::empty()).unwrap();
    let response = send(page).await;
    assert_eq!((response.status(), is(&response, "location")), (StatusCode::SEE_OTHER, "/"));
}

#[tokio::test]
async fn other_methods_and_paths_are_told() {
    let response = send(Request::delete("/graphql").body(Body::empty()).unwrap()).await;
    assert_eq!((response.status(), is(&response, "allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, POST"));
    has_house_headers(&response);
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "METHOD_NOT_ALLOWED");
    let response = get("/nowhere").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    has_house_headers(&response);
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let (app, _dir) = app().await;
    let slow = Body::from_stream(futures_util::stream::pending::<Result<Bytes, axum::Error>>());
    tokio::time::pause();
    let response = router(app).oneshot(posted(slow)).await.unwrap();
    assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
    has_house_headers(&response);
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "TIMEOUT");
}

#[tokio::test]
async fn a_known_document_is_asked_for_by_its_hash() {
    let (app, _dir) = app().await;
    let ask = |body: String| router(app.clone()).oneshot(posted(body));
    let hash = ::graphql::Hash::of("{ __typename }");
    let persisted = format!(r#""extensions":{{"persistedQuery":{{"version":1,"sha256Hash":"{hash}"}}}}"#);
    let response = ask(format!("{{{persisted}}}")).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let answer = json(response).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(answer["errors"][0]["message"], "PersistedQueryNotFound", "clients look for these words");
    let response = ask(format!(r#"{{"query":"{{ __typename }}",{persisted}}}"#)).await.unwrap();
    assert_eq!(json(response).await["data"]["__typename"], "Query");
    let response = ask(format!("{{{persisted}}}")).await.unwrap();
    assert_eq!(json(response).await["data"]["__typename"], "Query");
}

async fn app_with(change: impl FnOnce(&mut Settings)) -> (App, TempDir) {
    let (app, dir) = app().await;
    let mut settings = Settings::default();
    change(&mut settings);
    (App { gate: crate::Gate::new(settings, app.clock).unwrap(), ..app }, dir)
}

async fn first_error(app: &App, query: &str) -> (u16, Value) {
    let body = serde_json::json!({ "query": query }).to_string();
    let response = router(app.clone()).oneshot(posted(body)).await.unwrap();
    (response.status().as_u16(), json(response).await["errors"][0].clone())
}

#[tokio::test]
async fn only_trusted_documents_are_carried_out() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let hash = ::graphql::Hash::of("{ __typename }");
    std::fs::write(file.path(), format!(r#"{{"{hash}":"{{ __typename }}"}}"#)).unwrap();
    let (app, _dir) = app_with(|settings| {
        settings.documents.mode = crate::settings::Mode::Enforce;
        settings.documents.manifest = Some(file.path().to_owned());
    })
    .await;
    assert_eq!(first_error(&app, "{ a: __typename }").await.1["extensions"]["code"], "DOCUMENT_NOT_TRUSTED");
    assert_eq!(first_error(&app, "{ __typename }").await.1, Value::Null);
    for id in [hash.to_string(), format!("sha256:{hash}")] {
        let request = Request::get(format!("/graphql?documentId={id}")).body(Body::empty()).unwrap();
        let response = router(app.clone()).oneshot(request).await.unwrap();
        assert_eq!(json(response).await["data"]["__typename"], "Query");
        let response = router(app.clone()).oneshot(posted(format!(r#"{{"documentId":"{id}"}}"#))).await.unwrap();
        assert_eq!(json(response).await["data"]["__typename"], "Query");
    }
}

#[tokio::test]
async fn a_limit_says_its_name_and_value() {
    let (app, _dir) = app().await;
    let deep = format!("{{{}}}", "a{".repeat(40));
    let many = "a: __typename ".repeat(31);
    for (query, code, name, value) in [
        (deep.as_str(), "QUERY_TOO_DEEP", "nesting", 32),
        (&format!("{{ {many} }}"), "QUERY_TOO_COMPLEX", "aliases", 30),
        (
            "{ programs(first: 100) { nodes { signatories(first: 100) { nodes { id } } } } }",
            "QUERY_TOO_COMPLEX",
            "nodes",
            5_000,
        ),
    ] {
        let (status, error) = first_error(&app, query).await;
        assert_eq!((status, &error["extensions"]["code"]), (200, &code.into()), "{error}");
        assert_eq!(error["extensions"]["limit"], serde_json::json!({"name": name, "value": value}));
        assert!(error["extensions"]["hint"].is_string());
    }
}

#[tokio::test]
async fn whoever_asks_for_too_much_waits() {
    let (app, _dir) = app_with(|settings| settings.limits.anonymous.cost_per_minute = 3).await;
    for _ in 0..3 {
        assert_eq!(first_error(&app, "{ __typename }").await.1, Value::Null);
    }
    let response = router(app.clone()).oneshot(posted(r#"{"query":"{ __typename }"}"#)).await.unwrap();
    assert_eq!((response.status(), is(&response, "retry-after")), (StatusCode::TOO_MANY_REQUESTS, "20"));
    assert_eq!(json(response).await["errors"][0]["extensions"]["code"], "RATE_LIMITED");
}

#[tokio::test]
async fn a_price_can_be_asked_for() {
    let (app, _dir) = app_with(|settings| settings.limits.anonymous.cost_per_minute = 500).await;
    let query = "{ rateLimit(dryRun: true) { cost limit remaining nodeLimit } programs { nodes { id } } }";
    let body = serde_json::json!({ "query": query }).to_string();
    let answer = json(router(app.clone()).oneshot(posted(body)).await.unwrap()).await;
    // One unit for looking at it; the programs are not asked for, though there is not even a table of them.
    assert_eq!(
        answer["data"],
        serde_json::json!({"rateLimit": {"cost": 23, "limit": 500, "remaining": 499, "nodeLimit": 5_000}})
    );
}

#[tokio::test]
async fn the_schema_is_open_or_closed() {
    let open = app().await;
    let (_, error) = first_error(&open.0, "{ progams { nodes { id } } }").await;
    assert_eq!(error["extensions"]["hint"], "did you mean \"programs\"?");
    let (closed, _dir) = app_with(|settings| settings.limits.anonymous.introspection = false).await;
    let (_, error) = first_error(&closed, "{ progams { nodes { id } } }").await;
    assert!(error["extensions"].get("hint").is_none(), "{error}");
    for query in
        ["{ __schema { types { name } } }", "{ ... { __type(name: \"Program\") { name } } }", "{ _service { sdl } }"]
    {
        let (_, error) = first_error(&closed, query).await;
        assert_eq!(error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{query}");
        assert_eq!(first_error(&open.0, query).await.1, Value::Null, "{query}");
    }
    let request = Request::get("/schema.graphql").body(Body::empty()).unwrap();
    assert_eq!(router(closed).oneshot(request).await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_sites_ask_first() {
    let (app, _dir) = app_with(|settings| settings.http.origins = vec!["https://reports.example.vn".to_owned()]).await;
    let preflight = |origin: &str| {
        let request = Request::options("/graphql")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type,authorization");
        router(app.clone()).oneshot(request.body(Body::empty()).unwrap())
    };
    let response = preflight("https://reports.example.vn").await.unwrap();
    assert_eq!(is(&response, "access-control-allow-origin"), "https://reports.example.vn");
    assert!(response.headers().get("access-control-allow-credentials").is_none());
    let response = preflight("https://evil.example").await.unwrap();
    assert!(
        response.headers().get("access-control-allow-origin").is_none_or(|origin| origin != "https://evil.example")
    );
}

#[tokio::test]
async fn large_answers_are_compressed() {
    let mut request = posted(r#"{"query":"{ __schema { types { name description } } }"}"#);
    request.headers_mut().insert("accept-encoding", HeaderValue::from_static("gzip"));
    let response = send(request).await;
    assert_eq!((response.status(), is(&response, "content-encoding")), (StatusCode::OK, "gzip"));
}

#[tokio::test]
async fn a_query_is_an_event_for_whoever_listens() {
    let mut request = posted(r#"{"query":"{ __typename }"}"#);
    request.headers_mut().insert("accept", HeaderValue::from_static("text/event-stream"));
    let response = send(request).await;
    assert_eq!(
        (response.status(), is(&response, "content-type")),
        (StatusCode::OK, "text/event-stream; charset=utf-8")
    );
    let text = text(response).await;
    assert!(text.starts_with("event: next\ndata: {\"data\":{\"__typename\":\"Query\"}"), "{text}");
    assert!(text.ends_with("\n\nevent: complete\ndata:\n\n"), "{text}");
    let mut request = posted(r#"{"query":"{ nowhere }"}"#);
    request.headers_mut().insert("accept", HeaderValue::from_static("text/event-stream"));
    let response = send(request).await;
    assert!(self::text(response).await.contains("GRAPHQL_VALIDATION_FAILED"));
}

#[tokio::test]
async fn refused_credentials_get_one_answer() {
    let mut request = posted(r#"{"query":"{ __typename }"}"#);
    request.headers_mut().insert("authorization", HeaderValue::from_static("Bearer x"));
    let response = send(request).await;
    assert_eq!(
        (response.status(), is(&response, "www-authenticate")),
        (StatusCode::UNAUTHORIZED, "Bearer error=\"invalid_token\"")
    );
    let error = json(response).await["errors"][0].take();
    assert_eq!(
        (&error["message"], &error["extensions"]["code"]),
        (&"the token is not accepted".into(), &"UNAUTHENTICATED".into())
    );
}
