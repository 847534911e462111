//! Conflicts: sources that disagree about one field of one record. The disagreement stays visible.

use crate::{Id, RecordKind, TenantId, Visibility};

/// One disagreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Key.
    pub id: Id<Conflict>,
    /// What kind of record.
    pub kind: RecordKind,
    /// The record's tenant.
    pub record_tenant: TenantId,
    /// The record's uuid.
    pub record: uuid::Uuid,
    /// The field, as the API names it.
    pub field: String,
    /// Each version of the value with the source that gives it.
    pub values: Vec<ConflictValue>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Same as the record's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// One side of a disagreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictValue {
    /// What this source says.
    pub value: String,
    /// Which source says so, in words.
    pub source: String,
}
