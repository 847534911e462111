//! The service's routes, and what holds for all of them: limits, headers, a request id and a line in the log.

mod cookbook;
mod graphql;
mod guard;
mod health;
mod measure;
mod observe;
mod page;
mod refusal;

use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware;
use axum::routing::{get, post};
use axum::{Router, response::IntoResponse};
use tower_http::set_header::SetResponseHeaderLayer;

use self::refusal::{Code, Refusal};
use crate::App;

/// A request's body may have so many bytes.
pub const MAX_BODY: usize = 64 * 1024;

/// A request may take so long, its body included.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// The whole service.
pub fn router(app: App) -> Router {
    router_with(app, TIMEOUT)
}

fn router_with(app: App, timeout: Duration) -> Router {
    Router::new()
        .route("/graphql", post(graphql::post))
        .route("/healthz", get(health::check))
        .merge(page::routes())
        .fallback(nothing_here)
        .method_not_allowed_fallback(another_method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(timeout, observe::observe))
        .layer(always(header::CONTENT_SECURITY_POLICY, "default-src 'self'"))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "no-referrer"))
        .with_state(app)
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

async fn nothing_here() -> impl IntoResponse {
    Refusal::new(StatusCode::NOT_FOUND, Code::NotFound, "nothing is served here; the graph is at POST /graphql")
}

/// The router adds the header `Allow`.
async fn another_method(method: Method, uri: Uri) -> impl IntoResponse {
    let message = format!("{method} is not answered at {}", uri.path());
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed, message)
}

#[cfg(test)]
mod tests;
