//! Changes: that a record was created, changed or deleted, so that whoever keeps a copy can follow. A change says which
//! record it was and when, not what was different: the record itself is read as it is now.

use chrono::{DateTime, Utc};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::involvement::InvolvementKind;
use crate::{RecordKind, TenantId};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Operation {
    /// It is new.
    Created,
    /// Something of it is different, or who may see it.
    Updated,
    /// It is gone.
    Deleted,
}

/// Names a change: the n-th of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeKey {
    /// What the record is.
    pub kind: RecordKind,
    /// Whose it is.
    pub tenant: TenantId,
    /// Its uuid.
    pub record: Uuid,
    /// Counts the record's changes from 1.
    pub number: i32,
}

/// One change of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub key: ChangeKey,
    /// What became of the record.
    pub operation: Operation,
    /// Of an involvement, how the party was involved.
    pub involvement: Option<InvolvementKind>,
    /// When it was written.
    pub at: DateTime<Utc>,
}
