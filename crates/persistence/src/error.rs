//! What can go wrong between the service and its database. The cause goes to the log; callers see only the kind.
//! Absence is no error: it is an `Option`.

use std::borrow::Cow;

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A failed call to the store.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Whoever acts may not do this. The same whether what it is about exists or not.
    #[error("denied: {0}")]
    Denied(String),
    /// The database cannot be reached or gives no connection in time. Worth another try.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A row would be left that refers to nothing, or one is referred to that is going.
    #[error("a reference leads to nothing: {0}")]
    Referred(String),
    /// Anything else: a bug or a damaged row.
    #[error("the store failed: {0}")]
    Internal(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
            return Self::Unavailable(error.to_string());
        }
        if matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))) {
            return Self::Referred(error.to_string());
        }
        if let DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) = &error
            && let Some(code) = inner.as_database_error().and_then(sqlx::error::DatabaseError::code)
            && matches!(code.as_ref(), "5" | "6" | "261" | "517")
        {
            // Somebody else writes: busy, locked, recovering after a crash, or begun from an older snapshot.
            return Self::Unavailable(error.to_string());
        }
        Self::Internal(error.to_string())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code).map(Cow::into_owned);
        match (&error, code.as_deref()) {
            (sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_), _) => {
                Self::Unavailable(error.to_string())
            }
            // insufficient_privilege: a policy of the second wall, or a right that the role does not have.
            (_, Some("42501")) => Self::Denied(error.to_string()),
            (_, Some("23503")) => Self::Referred(error.to_string()),
            // Deadlocks and serialization failures: the others went first, and one may try again.
            (_, Some("40001" | "40P01" | "55P03")) => Self::Unavailable(error.to_string()),
            // Connection lost, too many of them, shutting down, starting up.
            (_, Some(code)) if code.starts_with("08") || code.starts_with("53") || code.starts_with("57P") => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Internal(error.to_string()),
        }
    }
}

impl StoreError {
    /// A stored value that the domain cannot read: the row was written by something newer, or damaged.
    pub(crate) fn corrupt(what: &str, value: &str) -> Self {
        Self::Internal(format!("stored {what} {value:?} is not readable"))
    }
}
