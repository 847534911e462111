//! Errors as clients see them: one code from one list with a fixed meaning, and never the words of the database.

use async_graphql::{ErrorExtensions, ServerError};
use persistence::StoreError;

/// The outcome of a resolver.
pub type Result<T> = std::result::Result<T, Error>;

/// `extensions.code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ErrorCode {
    /// The document is not GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// An argument has a value that it cannot have.
    BadUserInput,
    /// A cursor is damaged or belongs to another list.
    CursorInvalid,
    /// More than 100 rows were asked for.
    PageTooLarge,
    /// Whoever asks may not do this.
    Forbidden,
    /// The database is busy or away; worth another try.
    Unavailable,
    /// A fault of ours.
    InternalServerError,
}

/// A resolver's error.
#[derive(Clone, Debug)]
pub struct Error {
    code: ErrorCode,
    message: String,
    hint: Option<&'static str>,
}

impl Error {
    /// The caller's input is wrong; `message` says where and how to mend it.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self { code: ErrorCode::BadUserInput, message: message.into(), hint: None }
    }

    /// Another code of the list.
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: &'static str) -> Self {
        Self { code, message: message.into(), hint: Some(hint) }
    }

    /// A fault of ours: the cause goes to the log only.
    pub fn internal(cause: &str) -> Self {
        tracing::error!(cause, "internal error");
        Self { code: ErrorCode::InternalServerError, message: "internal error".to_owned(), hint: None }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Denied(cause) => {
                tracing::warn!(cause, "denied");
                Self::new(
                    ErrorCode::Forbidden,
                    "you may not do this",
                    "ask an administrator of your tenant for the role",
                )
            }
            StoreError::Unavailable(cause) => {
                tracing::warn!(cause, "database unavailable");
                Self::new(ErrorCode::Unavailable, "the database is busy or away", "try again in a moment")
            }
            StoreError::Internal(cause) => Self::internal(&cause),
        }
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        Self::new(error.message).extend_with(|_, extensions| {
            extensions.set("code", <&str>::from(error.code));
            if let Some(hint) = error.hint {
                extensions.set("hint", hint);
            }
        })
    }
}

/// Gives the library's own errors, which it raises before any resolver runs, a code of the list.
pub fn with_codes(errors: &mut [ServerError], parsed: bool) {
    let code = if parsed { ErrorCode::GraphqlValidationFailed } else { ErrorCode::GraphqlParseFailed };
    for error in errors {
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set("code", <&str>::from(code));
        }
    }
}
