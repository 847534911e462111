//! The query page with its cookbook, and the schema as a file. All of it ships inside the program: the people who use
//! it may have no internet.

use std::sync::LazyLock;

use ::graphql::ErrorCode;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use rust_embed::RustEmbed;

use super::cookbook;
use super::media::Media;
use super::observe::RequestId;
use super::refusal::Refusal;
use crate::App;

#[derive(RustEmbed)]
#[folder = "web/"]
struct Web;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(|| async { file("index.html", "text/html; charset=utf-8") }))
        .route("/app.js", get(|| async { file("app.js", "text/javascript; charset=utf-8") }))
        .route("/app.css", get(|| async { file("app.css", "text/css; charset=utf-8") }))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/cookbook.json", get(|| async { with_type("application/json", cookbook::json()) }))
        .route("/schema.graphql", get(schema))
}

/// The schema as a file, when anybody may read it.
async fn schema(State(app): State<App>, Extension(id): Extension<RequestId>) -> Response {
    if app.gate.settings().limits.anonymous.introspection {
        return with_type("text/plain; charset=utf-8", sdl());
    }
    let message = "the schema is not open to everybody; ask /graphql for it with a token";
    Refusal::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, message).respond(Media::Json, &id)
}

fn file(name: &str, media: &'static str) -> Response {
    match Web::get(name) {
        Some(file) => with_type(media, file.data),
        None => (StatusCode::NOT_FOUND, "this program was built without its page\n").into_response(),
    }
}

/// A new version of the program has new files under the same names.
fn with_type(media: &'static str, body: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, body).into_response()
}

fn sdl() -> &'static str {
    static SDL: LazyLock<String> = LazyLock::new(graphql::sdl);
    &SDL
}
