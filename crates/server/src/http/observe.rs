//! What surrounds every request: its id, one line in the log, and an answer also where a fault of ours ends it. The line
//! never says what was asked for, only the name of the operation.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use graphql::ErrorCode;

use super::media::Media;
use super::refusal::Refusal;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What finds a request in the log: the process, then the request's number in it.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub(super) String);

impl RequestId {
    pub(super) fn next() -> Self {
        // A hasher's keys are the standard library's only random numbers.
        static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()));
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        Self(format!("{:016x}-{:x}", *PROCESS, NUMBER.fetch_add(1, Ordering::Relaxed)))
    }
}

/// What the graph's handler adds to the line; it travels with the answer.
#[derive(Clone, Debug)]
pub(super) struct Executed {
    /// The name of the operation, as the document has it.
    pub(super) operation: Option<String>,
    /// How many statements the database executed.
    pub(super) statements: u64,
}

pub(super) async fn observe(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::next();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    request.extensions_mut().insert(id.clone());
    let mut response = AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|_panic| {
        // The panic's own words are in the log already.
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::InternalServerError, "internal error")
            .respond(Media::Json, &id)
    });
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let executed = response.extensions_mut().remove::<Executed>();
    tracing::info!(
        %method,
        path,
        status = response.status().as_u16(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        request = id.0,
        operation = executed.as_ref().and_then(|executed| executed.operation.as_deref()),
        statements = executed.as_ref().map(|executed| executed.statements),
        "request"
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_within_a_process() {
        let (a, b) = (RequestId::next().0, RequestId::next().0);
        assert_ne!(a, b);
        assert_eq!(a.split_once('-').unwrap().0, b.split_once('-').unwrap().0);
    }
}
