//! An answer to a request that never reached the graph, in the shape of the graph's own errors.

use std::borrow::Cow;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::auth::AuthError;

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
    Unauthenticated,
    Unavailable,
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
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Unavailable => "UNAVAILABLE",
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
    header: Option<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// A refusal as plain JSON.
    pub(super) fn new(status: StatusCode, code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), media: "application/json", header: None }
    }

    /// The same as `media`.
    pub(super) const fn with_media(mut self, media: &'static str) -> Self {
        self.media = media;
        self
    }

    /// The same with a header that tells programs what to do.
    fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some((name, value));
        self
    }
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        match error {
            // One answer for every reason, byte by byte.
            AuthError::Refused => Self::new(
                StatusCode::UNAUTHORIZED,
                Code::Unauthenticated,
                "the token is not accepted; sign in again for a new one, or send no `Authorization` to read what is public",
            )
            .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\"")),
            AuthError::Unavailable { retry_after_seconds } => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                Code::Unavailable,
                "the token cannot be checked at present; try again later",
            )
            .with_header(header::RETRY_AFTER, HeaderValue::from(retry_after_seconds)),
        }
    }
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        Refusal::from(self).into_response()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = json!({ "message": self.message, "extensions": { "code": self.code.name() } });
        let body = json!({ "errors": [error] }).to_string();
        let mut response =
            (self.status, [(header::CONTENT_TYPE, HeaderValue::from_static(self.media))], body).into_response();
        response.headers_mut().extend(self.header);
        response
    }
}
