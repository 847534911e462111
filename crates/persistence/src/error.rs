//! What can go wrong between the service and its database. The cause goes to the log; callers see only the kind.
//! Absence is no error: it is an `Option`.

use sea_orm::DbErr;

/// A failed call to the store.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or gives no connection in time. Worth another try.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Anything else: a bug or a damaged row.
    #[error("the store failed: {0}")]
    Internal(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
            return Self::Unavailable(error.to_string());
        }
        Self::Internal(error.to_string())
    }
}

impl StoreError {
    /// A stored value that the domain cannot read: the row was written by something newer, or damaged.
    pub(crate) fn corrupt(what: &str, value: &str) -> Self {
        Self::Internal(format!("stored {what} {value:?} is not readable"))
    }
}
