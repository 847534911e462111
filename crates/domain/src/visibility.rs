//! Who may see a record, and whether a statement was read or inferred.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// Who may see a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Visibility {
    /// Only the owning tenant's staff.
    Draft,
    /// The owning tenant, the tenants of its signatories, and readers with a grant.
    Internal,
    /// Anyone.
    Public,
}

/// How a statement came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Basis {
    /// The source says so.
    Stated,
    /// Concluded from other statements; a reason always goes with it.
    Inferred,
}
