//! An answer to a request that never reached the graph, in the shape of the graph's own errors.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// `extensions.code` of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    BadUserInput,
    Internal,
    MethodNotAllowed,
    NotFound,
    ParseFailed,
    Timeout,
    TooComplex,
    TooDeep,
    TooLarge,
}

impl Code {
    const fn name(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Internal => "INTERNAL_SERVER_ERROR",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotFound => "NOT_FOUND",
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::Timeout => "TIMEOUT",
            Self::TooComplex => "QUERY_TOO_COMPLEX",
            Self::TooDeep => "QUERY_TOO_DEEP",
            Self::TooLarge => "TOO_LARGE",
        }
    }
}

/// A refused request.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: Code,
    message: Cow<'static, str>,
    media: &'static str,
}

impl Refusal {
    /// A refusal as plain JSON.
    pub(super) fn new(status: StatusCode, code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), media: "application/json" }
    }

    /// The same as `media`.
    pub(super) const fn with_media(mut self, media: &'static str) -> Self {
        self.media = media;
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = json!({ "message": self.message, "extensions": { "code": self.code.name() } });
        let body = json!({ "errors": [error] }).to_string();
        (self.status, [(header::CONTENT_TYPE, HeaderValue::from_static(self.media))], body).into_response()
    }
}
