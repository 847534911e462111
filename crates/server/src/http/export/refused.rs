//! Why a table is refused, or not finished, as a response.

use std::fmt::Display;

use axum::http::{HeaderValue, StatusCode, header};
use graphql::{ErrorCode, Refused};

use crate::auth::AuthError;
use crate::http::refusal::Refusal;
use crate::table::{Stopped, Wrong};

/// Tools that can send nothing but a name and a password ask people for them when they hear this.
pub(super) const BASIC: HeaderValue = HeaderValue::from_static("Basic realm=\"phoihop\", charset=\"UTF-8\"");

/// Credentials that are not accepted.
pub(super) fn unknown(error: AuthError) -> Refusal {
    match error {
        AuthError::Refused => Refusal::from(error).with_header(header::WWW_AUTHENTICATE, BASIC),
        AuthError::Unavailable { .. } => error.into(),
    }
}

/// A fault of ours; the cause goes to the log.
pub(super) fn fault(cause: impl Display) -> Refusal {
    tracing::error!(%cause, "a table cannot be made");
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::InternalServerError, "internal error")
}

impl From<Wrong> for Refusal {
    fn from(Wrong(message): Wrong) -> Self {
        Self::hinting(
            StatusCode::BAD_REQUEST,
            ErrorCode::BadUserInput,
            message,
            "GET /export lists the tables with their parameters and formats",
        )
    }
}

/// The status that the code of what the graph refused means.
fn status_of(refused: &Refused) -> StatusCode {
    let is = |code: ErrorCode| refused.code() == Some(<&str>::from(code));
    if is(ErrorCode::Unavailable) || is(ErrorCode::Timeout) {
        StatusCode::SERVICE_UNAVAILABLE
    } else if is(ErrorCode::InternalServerError) {
        StatusCode::INTERNAL_SERVER_ERROR
    } else if is(ErrorCode::Forbidden) {
        StatusCode::FORBIDDEN
    } else if is(ErrorCode::PageTooLarge) {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::BAD_REQUEST
    }
}

/// What the graph refused.
pub(super) fn by_graph(refused: Refused) -> Refusal {
    let status = status_of(&refused);
    let refusal = Refusal::of(status, refused);
    if status == StatusCode::SERVICE_UNAVAILABLE { refusal.retry_after(1) } else { refusal }
}

impl From<Stopped> for Refusal {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Store(error) => by_graph(error.into()),
            Stopped::Refused(refused) => by_graph(refused),
            Stopped::Nothing(name) => Self::hinting(
                StatusCode::NOT_FOUND,
                ErrorCode::NotFound,
                format!("{name}: there is nothing of this id to be seen"),
                "pass ids on exactly as the API gave them, and send credentials for what is not public",
            ),
            Stopped::TooMany(most) | Stopped::Large(most) => Self::hinting(
                StatusCode::PAYLOAD_TOO_LARGE,
                ErrorCode::TooLarge,
                format!("the table has more than {most} rows or bytes"),
                "narrow it by its parameters, a tenant or a period for one",
            ),
            Stopped::Wrong(wrong) => wrong.into(),
            Stopped::Revoked => unknown(AuthError::Refused),
            Stopped::Late => Self::hinting(
                StatusCode::SERVICE_UNAVAILABLE,
                ErrorCode::Timeout,
                "the table took too long",
                "narrow it by its parameters",
            )
            .retry_after(1),
            Stopped::Unfit(cause) => fault(cause),
            Stopped::Unwritten(cause) => fault(cause),
            Stopped::Gone => fault("whoever asked has gone"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_graph_refuses_has_a_status() {
        for (code, status) in [
            (ErrorCode::PageTooLarge, StatusCode::PAYLOAD_TOO_LARGE),
            (ErrorCode::Forbidden, StatusCode::FORBIDDEN),
            (ErrorCode::BadUserInput, StatusCode::BAD_REQUEST),
            (ErrorCode::Timeout, StatusCode::SERVICE_UNAVAILABLE),
        ] {
            assert_eq!(status_of(&Refused::new(code, "x", None)), status, "{code:?}");
        }
    }
}
