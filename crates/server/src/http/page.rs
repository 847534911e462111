//! The query page with its cookbook, and the schema as a file. All of it ships inside the program: the people who use
//! it may have no internet.

use std::sync::LazyLock;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

use super::cookbook;
use super::refusal::{Code, Refusal};
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
        .route("/schema.graphql", get(|| async { with_type("text/plain; charset=utf-8", sdl()) }))
}

fn file(name: &str, media: &'static str) -> Response {
    match Web::get(name) {
        Some(file) => with_type(media, file.data),
        None => Refusal::new(StatusCode::NOT_FOUND, Code::NotFound, "this program was built without its page")
            .into_response(),
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
