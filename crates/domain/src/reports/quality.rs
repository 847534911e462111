//! How much is known of the programs of a province.

use chrono::NaiveDate;

use crate::TenantId;

/// What is known, and what is not, of the programs of one tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quality {
    /// Whose programs.
    pub tenant: TenantId,
    /// How many programs were recorded.
    pub programs: u64,
    /// How many of them have no number.
    pub without_number: u64,
    /// How many have no signing day, not even a year.
    pub without_date: u64,
    /// How many have no period.
    pub without_period: u64,
    /// How many have no signatory.
    pub without_signatory: u64,
    /// How many have no signatory of whom a person is named.
    pub without_named_signer: u64,
    /// How many have no source.
    pub without_source: u64,
    /// How often sources disagree about records of the tenant.
    pub conflicts: u64,
    /// How many of these disagreements are not resolved.
    pub open_conflicts: u64,
    /// The day on which the newest source was published.
    pub newest_source: Option<NaiveDate>,
}

impl Quality {
    /// Nothing recorded.
    pub const fn of(tenant: TenantId) -> Self {
        Self {
            tenant,
            programs: 0,
            without_number: 0,
            without_date: 0,
            without_period: 0,
            without_signatory: 0,
            without_named_signer: 0,
            without_source: 0,
            conflicts: 0,
            open_conflicts: 0,
            newest_source: None,
        }
    }

    /// Adds what is known of another tenant.
    pub fn merge(&mut self, other: &Self) {
        self.programs += other.programs;
        self.without_number += other.without_number;
        self.without_date += other.without_date;
        self.without_period += other.without_period;
        self.without_signatory += other.without_signatory;
        self.without_named_signer += other.without_named_signer;
        self.without_source += other.without_source;
        self.conflicts += other.conflicts;
        self.open_conflicts += other.open_conflicts;
        self.newest_source = self.newest_source.max(other.newest_source);
    }
}
