//! The service's routes, and what holds for all of them: headers, who may ask from another site, compression, a request
//! id and a line in the log.

mod caller;
mod cookbook;
mod entrance;
mod events;
mod export;
mod graphql;
mod health;
mod live;
mod media;
mod observe;
mod page;
mod refusal;
mod shape;
mod socket;

use std::time::Duration;

use ::graphql::ErrorCode;
use axum::body::HttpBody;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::{any, get};
use axum::{Extension, Router};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::cors::CorsLayer;
use tower_http::set_header::SetResponseHeaderLayer;

pub use self::caller::Peer;
use self::media::Media;
use self::observe::RequestId;
use self::refusal::Refusal;
use crate::App;

/// A browser asks again after so long whether a page of another site may ask.
const REMEMBERED: Duration = Duration::from_mins(10);

/// They are compressed already.
const WORKBOOKS: NotForContentType =
    NotForContentType::const_new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

/// What can be fetched in parts is the same bytes to everybody: parts of it must fit together.
#[derive(Clone, Copy, Debug)]
struct NotInParts;

impl Predicate for NotInParts {
    fn should_compress<B: HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        !response.headers().contains_key(header::ACCEPT_RANGES)
    }
}

/// The whole service.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/graphql", any(graphql::any))
        .route("/healthz", get(health::check))
        .merge(page::routes())
        .merge(export::routes())
        .fallback(nothing_here)
        .method_not_allowed_fallback(another_method)
        .layer(across_sites(&app.gate.settings().http.origins))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(WORKBOOKS).and(NotInParts)))
        .layer(middleware::from_fn(observe::observe))
        .layer(always(header::CONTENT_SECURITY_POLICY, "default-src 'self'"))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "no-referrer"))
        .with_state(app)
}

/// Pages of the sites that the operator names may ask, with a token that they have; nothing is ever sent along unasked, such
/// as cookies.
fn across_sites(origins: &[String]) -> CorsLayer {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    if origins.is_empty() {
        return CorsLayer::new();
    }
    let headers = ["authorization", "content-type", "last-event-id"].into_iter().chain(graphql::PREFLIGHT);
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(headers.map(HeaderName::from_static).collect::<Vec<_>>())
        .expose_headers([header::RETRY_AFTER, HeaderName::from_static("x-request-id")])
        .max_age(REMEMBERED)
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

async fn nothing_here(Extension(id): Extension<RequestId>) -> Response {
    let message = "nothing is served here; the graph is at /graphql";
    Refusal::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, message).respond(Media::Json, &id)
}

/// The router adds the header `Allow`.
async fn another_method(Extension(id): Extension<RequestId>, method: Method, uri: Uri) -> Response {
    let message = format!("{method} is not answered at {}", uri.path());
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotAllowed, message).respond(Media::Json, &id)
}

#[cfg(test)]
mod tests;
