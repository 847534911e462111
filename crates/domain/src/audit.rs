//! The audit: who did what to which record, and how the record read before and after.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::actor::Principal;
use crate::change::Operation;
use crate::{Id, TenantId};

/// One write of one record. Entries of a tenant are numbered without gaps, and each carries the digest of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Key; its tenant is the record's.
    pub id: Id<AuditEntry>,
    /// Place in the tenant's chain, from 1.
    pub number: i64,
    /// When, by the service's clock.
    pub at: DateTime<Utc>,
    /// Who.
    pub principal: Principal,
    /// The tenant for which they acted; none for whoever works at the command line.
    pub acting: Option<TenantId>,
    /// By what: the mutation (`programSign`) or the command (`import`).
    pub action: String,
    /// The record's table.
    pub table: String,
    /// The record's uuid; none for an entry of a catalog.
    pub record: Option<Uuid>,
    /// The code of an entry of a catalog.
    pub code: Option<String>,
    /// What became of it.
    pub operation: Operation,
    /// How it read before, as JSON; none for a new one.
    pub before: Option<String>,
    /// How it reads after, as JSON; none for one that is gone.
    pub after: Option<String>,
    /// SHA-256 over the entry and the digest of the one before, in hexadecimal digits.
    pub digest: String,
}
