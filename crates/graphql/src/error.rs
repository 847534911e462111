//! Errors as clients see them: one code from one list with a fixed meaning, and never the words of the database.

use std::borrow::Cow;

use async_graphql::{ErrorExtensionValues, ErrorExtensions, Pos, ServerError, Value, value};
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
    /// The document does not say which of its operations is meant, or has none of that name.
    OperationResolutionFailure,
    /// No document with this hash was sent yet; send it once with its text.
    PersistedQueryNotFound,
    /// The document is not among those that the service takes.
    DocumentNotTrusted,
    /// The credentials are not accepted.
    Unauthenticated,
    /// A cursor is damaged or belongs to another list.
    CursorInvalid,
    /// More than 100 rows were asked for.
    PageTooLarge,
    /// The document is larger, or costs more, than the caller's limits.
    QueryTooComplex,
    /// The document is nested deeper than the caller's limits.
    QueryTooDeep,
    /// The request has more bytes than the caller's limits.
    TooLarge,
    /// The caller has asked for too much in too short a time.
    RateLimited,
    /// It took too long.
    Timeout,
    /// Whoever asks may not do this.
    Forbidden,
    /// The path is not answered with this method.
    MethodNotAllowed,
    /// Nothing is served at the path.
    NotFound,
    /// What was there is removed, or will never be there.
    Gone,
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
    hint: Option<Cow<'static, str>>,
}

impl Error {
    /// The caller's input is wrong; `message` says where and how to mend it.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self { code: ErrorCode::BadUserInput, message: message.into(), hint: None }
    }

    /// Another code of the list.
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: &'static str) -> Self {
        Self { code, message: message.into(), hint: Some(Cow::Borrowed(hint)) }
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
            StoreError::Referred(cause) | StoreError::Internal(cause) => Self::internal(&cause),
        }
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        Self::new(error.message).extend_with(|_, extensions| {
            extensions.set("code", <&str>::from(error.code));
            if let Some(hint) = error.hint {
                extensions.set("hint", hint.into_owned());
            }
        })
    }
}

/// Why a request is not executed: at least one error.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The errors, as clients get them.
    pub errors: Vec<ServerError>,
}

impl Refused {
    /// For one reason.
    pub fn new(code: ErrorCode, message: impl Into<String>, hint: Option<&'static str>) -> Self {
        Error { code, message: message.into(), hint: hint.map(Cow::Borrowed) }.into()
    }

    /// The same with a hint that was made for this request.
    pub fn advising(code: ErrorCode, message: impl Into<String>, hint: String) -> Self {
        Error { code, message: message.into(), hint: Some(Cow::Owned(hint)) }.into()
    }

    /// The same for a caller who may read the schema, or may not: then no hint tells a name of it.
    pub fn suggesting(mut self, open: bool) -> Self {
        for error in &mut self.errors {
            if !open && let Some(end) = error.message.find(" Did you mean") {
                error.message.truncate(end);
            }
            let Some(extensions) = error.extensions.as_mut() else { continue };
            let suggestion = extensions.get(SUGGESTION).cloned();
            extensions.unset(SUGGESTION);
            if let (true, Some(suggestion)) = (open, suggestion) {
                extensions.set("hint", suggestion);
            }
        }
        self
    }

    /// The code of the first error.
    pub fn code(&self) -> Option<&str> {
        let Some(Value::String(code)) = self.errors.first()?.extensions.as_ref()?.get("code") else { return None };
        Some(code)
    }
}

/// The extension under which a suggestion travels until it is known who asks.
const SUGGESTION: &str = "suggestion";

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        let error = async_graphql::Error::from(error);
        let mut told = ServerError::new(error.message, None);
        told.extensions = error.extensions;
        Self { errors: vec![told] }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Error::from(error).into()
    }
}

impl From<guard::Refusal> for Refused {
    fn from(refusal: guard::Refusal) -> Self {
        Self { errors: refusal.problems.into_iter().map(server_error).collect() }
    }
}

fn server_error(problem: guard::Problem) -> ServerError {
    let code = match problem.code {
        guard::Code::ParseFailed => ErrorCode::GraphqlParseFailed,
        guard::Code::ValidationFailed => ErrorCode::GraphqlValidationFailed,
        guard::Code::BadUserInput => ErrorCode::BadUserInput,
        guard::Code::OperationResolution => ErrorCode::OperationResolutionFailure,
        guard::Code::TooComplex => ErrorCode::QueryTooComplex,
        guard::Code::TooDeep => ErrorCode::QueryTooDeep,
    };
    let mut error = ServerError::new(problem.message, None);
    error.locations = problem.locations.into_iter().map(|(line, column)| Pos { line, column }).collect();
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", <&str>::from(code));
    if let Some(hint) = problem.hint {
        extensions.set("hint", hint);
    }
    if let Some(suggestion) = problem.suggestion {
        extensions.set(SUGGESTION, suggestion);
    }
    if let Some(excess) = problem.excess {
        extensions.set("limit", value!({ "name": excess.name, "value": excess.value }));
    }
    error.extensions = Some(extensions);
    error
}

/// Gives the library's own errors a code of the list: documents are valid when it gets them, so that what it refuses are
/// values that a scalar cannot have.
pub fn with_codes(errors: &mut [ServerError]) {
    for error in errors {
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set("code", <&str>::from(ErrorCode::BadUserInput));
        }
    }
}
