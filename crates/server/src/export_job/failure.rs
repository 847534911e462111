//! Why a job has no file, in words for whoever started it.

use async_graphql::Value;
use domain::export_job::ExportFailure;
use graphql::{ErrorCode, Refused};

use crate::table::{Format, Stopped, Wrong};

fn failure(code: ErrorCode, message: impl Into<String>, hint: &str) -> ExportFailure {
    ExportFailure { code: <&str>::from(code).to_owned(), message: message.into(), hint: Some(hint.to_owned()) }
}

fn ours(cause: &dyn std::fmt::Display) -> ExportFailure {
    tracing::error!(%cause, "a table cannot be made");
    failure(ErrorCode::InternalServerError, "internal error", "tell the operator")
}

fn by_graph(refused: &Refused) -> ExportFailure {
    let code = refused.code().unwrap_or(ErrorCode::InternalServerError.into()).to_owned();
    let first = refused.errors.first();
    let hint = first.and_then(|error| error.extensions.as_ref()).and_then(|extensions| extensions.get("hint"));
    ExportFailure {
        code,
        message: first.map_or_else(|| "internal error".to_owned(), |error| error.message.clone()),
        hint: hint.and_then(|hint| if let Value::String(hint) = hint { Some(hint.clone()) } else { None }),
    }
}

/// Whether it may go better some time later, without anybody having changed anything.
pub fn is_passing(stopped: &Stopped) -> bool {
    let unavailable = |refused: &Refused| refused.code() == Some(ErrorCode::Unavailable.into());
    match stopped {
        Stopped::Store(error) => matches!(error, persistence::StoreError::Unavailable(_)),
        Stopped::Refused(refused) => unavailable(refused),
        Stopped::Nothing(_)
        | Stopped::TooMany(_)
        | Stopped::Large(_)
        | Stopped::Wrong(_)
        | Stopped::Unfit(_)
        | Stopped::Unwritten(_)
        | Stopped::Gone
        | Stopped::Revoked
        | Stopped::Late => false,
    }
}

/// What to tell.
pub fn told(stopped: Stopped, format: Format) -> ExportFailure {
    let narrow = "ask for less by its parameters, a tenant or a period for one";
    match stopped {
        Stopped::Store(error) => by_graph(&error.into()),
        Stopped::Refused(refused) => by_graph(&refused),
        Stopped::Wrong(Wrong(message)) => {
            failure(ErrorCode::BadUserInput, message, "GET /export lists the tables with their parameters and formats")
        }
        Stopped::Nothing(name) => failure(
            ErrorCode::NotFound,
            format!("{name}: there is nothing of this id to be seen"),
            "pass ids on exactly as the API gave them",
        ),
        Stopped::TooMany(most) => failure(
            ErrorCode::TooLarge,
            format!("the table has more than {most} rows, the most that {} can hold", format.name()),
            "take CSV, NDJSON or JSON, or ask for less by its parameters",
        ),
        Stopped::Large(most) => {
            failure(ErrorCode::TooLarge, format!("the file has more than {most} bytes (export.max_bytes)"), narrow)
        }
        Stopped::Revoked => failure(
            ErrorCode::Unauthenticated,
            "the token has ended, or the key was revoked, before the file was made",
            "start it again with a token or key that lasts longer",
        ),
        Stopped::Late => failure(ErrorCode::Timeout, "the table took too long", narrow),
        Stopped::Gone => ours(&"whoever asked has gone"),
        Stopped::Unfit(cause) => ours(&cause),
        Stopped::Unwritten(cause) if cause.kind() == std::io::ErrorKind::StorageFull => {
            tracing::error!(%cause, "the folder of exports is full");
            failure(ErrorCode::Unavailable, "there is no room for the file", "try again later, and tell the operator")
        }
        Stopped::Unwritten(cause) => ours(&cause),
    }
}
