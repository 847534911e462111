//! An answer to a request that was not carried out, in the shape of the graph's own errors.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use graphql::{ErrorCode, Refused};

use super::media::Media;
use super::observe::RequestId;
use super::shape;
use crate::auth::AuthError;

/// A refused request.
#[derive(Debug)]
pub(super) struct Refusal {
    /// None: the document was refused, which each media type has its own status for.
    status: Option<StatusCode>,
    refused: Refused,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    /// A refusal whatever the media type.
    pub(super) fn new(status: StatusCode, code: ErrorCode, message: impl Into<String>) -> Self {
        Self { status: Some(status), refused: Refused::new(code, message, None), headers: Vec::new() }
    }

    /// The same that says what to do.
    pub(super) fn hinting(status: StatusCode, code: ErrorCode, message: impl Into<String>, hint: &'static str) -> Self {
        Self { status: Some(status), refused: Refused::new(code, message, Some(hint)), headers: Vec::new() }
    }

    /// Something is wrong with the request itself.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ErrorCode::BadUserInput, message)
    }

    /// What the graph refused, with a status.
    pub(super) const fn of(status: StatusCode, refused: Refused) -> Self {
        Self { status: Some(status), refused, headers: Vec::new() }
    }

    /// The document is refused.
    pub(super) const fn document(refused: Refused) -> Self {
        Self { status: None, refused, headers: Vec::new() }
    }

    /// The same with a header that tells programs what to do.
    pub(super) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// It may be asked again after so many seconds.
    pub(super) fn retry_after(self, seconds: u64) -> Self {
        self.with_header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Whether the document is refused, rather than the request.
    pub(super) const fn is_document(&self) -> bool {
        self.status.is_none()
    }

    /// Whether somebody asks too often.
    pub(super) fn is_rate(&self) -> bool {
        self.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The same with other words.
    pub(super) fn map(self, change: impl FnOnce(Refused) -> Refused) -> Self {
        Self { refused: change(self.refused), ..self }
    }

    /// The errors.
    pub(super) fn into_refused(self) -> Refused {
        self.refused
    }

    /// The response in a media type.
    pub(super) fn respond(self, media: Media, id: &RequestId) -> Response {
        let status = self.status.unwrap_or_else(|| media.status_of_refused());
        let mut response = shape::response(status, media, &graphql::Answer::refused(self.refused).response, id);
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        match error {
            // One answer for every reason, byte by byte.
            AuthError::Refused => Self::hinting(
                StatusCode::UNAUTHORIZED,
                ErrorCode::Unauthenticated,
                "the token is not accepted",
                "sign in again for a new one, or send no `Authorization` to read what is public",
            )
            .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\"")),
            AuthError::Unavailable { retry_after_seconds } => Self::hinting(
                StatusCode::SERVICE_UNAVAILABLE,
                ErrorCode::Unavailable,
                "the token cannot be checked at present",
                "try again later",
            )
            .retry_after(retry_after_seconds),
        }
    }
}
