//! API keys: how reporting tools show who they are. A key reads and never writes, is bound to grants, and ends.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::actor::{Actor, GrantUse, Principal, Role};
use crate::{Fault, Id, TenantId};

/// An API key as it is stored: what would let somebody use it is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Key of the record, also the public part of the API key.
    pub id: Id<ApiKey>,
    /// Which tool it is for.
    pub name: String,
    /// SHA-256 of the secret part, in hexadecimal digits.
    pub digest: String,
    /// The grants it may use.
    pub grants: BTreeSet<Uuid>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// Who made it.
    pub created_by: Principal,
    /// Who revoked it.
    pub revoked_by: Option<Principal>,
}

/// What a key is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRequest {
    /// The tenant for which the tool reads.
    pub tenant: TenantId,
    /// Which tool it is for.
    pub name: String,
    /// The grants it may use.
    pub grants: BTreeSet<Uuid>,
    /// Last day.
    pub valid_to: NaiveDate,
}

/// Why a key cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Nobody will know later what it is for; lists show one line a key.
    #[error("say which tool the key is for, in one line")]
    NoName,
    /// It would be over, or last too long.
    #[error("the last day must lie between today and {MAX_DAYS} days from today")]
    Period,
    /// One to use and one to change over to are enough.
    #[error("this tool has {MAX_LIVE} live keys already; revoke one first")]
    TooMany,
}

impl KeyFault {
    /// As a fault of an input.
    pub fn fault(&self) -> Fault {
        let (field, vi) = match self {
            Self::NoName => ("name", "hãy nêu khóa dành cho công cụ nào, trong một dòng"),
            Self::Period => ("until", "ngày cuối phải từ hôm nay đến 366 ngày sau"),
            Self::TooMany => ("name", "công cụ này đã có hai khóa đang dùng; hãy thu hồi một khóa trước"),
        };
        Fault::new(field, self.to_string(), vi)
    }
}

/// A year.
pub const MAX_DAYS: i64 = 366;
/// Keys of one tool that may be live at a time: the old one and its successor.
pub const MAX_LIVE: usize = 2;

impl ApiKey {
    /// A new key beside those that the tool has already; every fault at once.
    pub fn create(
        wanted: KeyRequest,
        digest: String,
        known: &[Self],
        by: Principal,
        today: NaiveDate,
    ) -> Result<Self, Vec<KeyFault>> {
        let KeyRequest { tenant, name, grants, valid_to } = wanted;
        let name = name.trim().to_owned();
        let live = known.iter().filter(|key| key.name == name && key.live(today)).count();
        let faults: Vec<KeyFault> = [
            (name.is_empty() || name.chars().any(char::is_control), KeyFault::NoName),
            (valid_to < today || (valid_to - today).num_days() > MAX_DAYS, KeyFault::Period),
            (live >= MAX_LIVE, KeyFault::TooMany),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let id = Id::generate(tenant);
        Ok(Self { id, name, digest, grants, valid_from: today, valid_to, created_by: by, revoked_by: None })
    }

    /// Whether it opens anything on `day`.
    pub fn live(&self, day: NaiveDate) -> bool {
        self.revoked_by.is_none() && self.valid_from <= day && day <= self.valid_to
    }

    /// Whoever shows it.
    pub fn actor(&self) -> Actor {
        Actor {
            principal: Principal::key(self.id.uuid),
            tenant: self.id.tenant,
            roles: BTreeSet::from([Role::Reporter]),
            grants: GrantUse::Only(self.grants.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Action;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn create(name: &str, valid_to: &str, known: &[ApiKey]) -> Result<ApiKey, Vec<KeyFault>> {
        let wanted =
            KeyRequest { tenant: TenantId(2), name: name.into(), grants: BTreeSet::new(), valid_to: day(valid_to) };
        ApiKey::create(wanted, "00".to_owned(), known, Principal::operator(), day("2026-11-22"))
    }

    #[test]
    fn a_key_reads_and_ends() {
        let key = create("Power BI", "2027-11-23", &[]).unwrap();
        assert!(key.live(day("2026-11-22")) && key.live(day("2027-11-23")) && !key.live(day("2027-11-24")));
        let actor = key.actor();
        assert!(actor.may(Action::ReadInternal) && !actor.may(Action::ReadDrafts) && !actor.may(Action::Edit));
        let revoked = ApiKey { revoked_by: Some(Principal::operator()), ..key };
        assert!(!revoked.live(day("2026-11-22")));
    }

    #[test]
    fn at_most_two_live_keys_a_tool() {
        let known = [create("R", "2027-01-01", &[]).unwrap(), create("R", "2027-01-01", &[]).unwrap()];
        assert_eq!(create("R", "2027-01-01", &known), Err(vec![KeyFault::TooMany]));
        assert!(create("Excel", "2027-01-01", &known).is_ok());
        let revoked = known.map(|key| ApiKey { revoked_by: Some(Principal::operator()), ..key });
        assert!(create("R", "2027-01-01", &revoked).is_ok());
    }

    #[test]
    fn every_fault_at_once() {
        assert_eq!(create(" ", "2026-11-21", &[]), Err(vec![KeyFault::NoName, KeyFault::Period]));
        assert_eq!(create("R", "2027-11-24", &[]), Err(vec![KeyFault::Period]));
    }
}
