//! Grants: one tenant lets another read its internal records. A grant never reaches drafts and never lets anybody write.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::actor::Principal;
use crate::fault::FaultCode;
use crate::{Fault, Id, TenantId};

/// What a grant opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum DataSet {
    /// Everything that is not about people: programs and what belongs to them, events, agencies, documents, sources.
    Programs,
    /// Who people are and which positions they hold.
    People,
}

/// Where a grant comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum GrantBasis {
    /// It comes with the office: the center reads what the provinces keep among themselves.
    Statutory,
    /// One tenant asked, the other approved.
    Agreed,
}

/// How far a grant has come. That it has expired is told by its last day, not by a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum GrantStatus {
    /// Asked for; opens nothing yet.
    Requested,
    /// In force from its first to its last day.
    Approved,
    /// Taken back, refused, or withdrawn by whoever asked.
    Revoked,
}

/// A permission to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Key; its tenant is the one that grants.
    pub id: Id<Grant>,
    /// The tenant that may read.
    pub grantee: TenantId,
    /// Whether it opens the records of every province, not only those of the tenant that grants; statutory ones only.
    pub every_province: bool,
    /// What it opens.
    pub data_sets: BTreeSet<DataSet>,
    /// Where it comes from.
    pub basis: GrantBasis,
    /// How far it has come.
    pub status: GrantStatus,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; none for statutory ones only.
    pub valid_to: Option<NaiveDate>,
    /// What it is for, as whoever asked wrote it.
    pub purpose: String,
    /// Who asked.
    pub requested_by: Principal,
    /// Who approved.
    pub approved_by: Option<Principal>,
    /// Who revoked it.
    pub revoked_by: Option<Principal>,
    /// Counts changes.
    pub version: i32,
}

/// What a tenant asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRequest {
    /// The tenant that wants to read.
    pub grantee: TenantId,
    /// The tenant whose records it wants to read.
    pub tenant: TenantId,
    /// What it wants to read.
    pub data_sets: BTreeSet<DataSet>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// What it is for.
    pub purpose: String,
}

/// Why a grant cannot be asked for or changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantFault {
    /// Nobody needs a grant for their own records.
    #[error("a tenant reads its own records without a grant")]
    Own,
    /// It would open nothing.
    #[error("name at least one data set: PROGRAMS or PEOPLE")]
    Nothing,
    /// The last day comes before the first, or is over.
    #[error("the last day must not come before the first day, nor before today")]
    Period,
    /// It would last too long.
    #[error("a grant lasts {MAX_DAYS} days at most; ask again when it ends")]
    TooLong,
    /// A purpose is missing, or has several lines: lists show one line a grant.
    #[error("say what the grant is for, in one line")]
    NoPurpose,
    /// Only requests are approved.
    #[error("only a requested grant can be approved; this one is {0}")]
    NotRequested(GrantStatus),
    /// Nobody said yes in time.
    #[error("its last day is over; ask for a new grant")]
    Expired,
    /// It is over.
    #[error("the grant is revoked already")]
    Revoked,
    /// It comes with the office.
    #[error("a statutory grant is changed by law, not here")]
    Statutory,
}

impl GrantFault {
    /// As a fault of an input.
    pub fn fault(&self) -> Fault {
        let (code, field, vi) = match self {
            Self::Own => (FaultCode::Invalid, "of", "đơn vị đọc hồ sơ của mình mà không cần cấp quyền"),
            Self::Nothing => (FaultCode::Invalid, "dataSets", "hãy nêu ít nhất một nhóm dữ liệu: PROGRAMS hoặc PEOPLE"),
            Self::Period => {
                (FaultCode::Invalid, "until", "ngày cuối không được trước ngày đầu, cũng không trước hôm nay")
            }
            Self::TooLong => {
                (FaultCode::Invalid, "until", "một quyền đọc kéo dài nhiều nhất năm năm; hết hạn hãy xin lại")
            }
            Self::NoPurpose => (FaultCode::Invalid, "purpose", "hãy nêu mục đích, trong một dòng"),
            Self::NotRequested(_) => (FaultCode::InvalidTransition, "id", "chỉ duyệt được yêu cầu đang chờ"),
            Self::Expired => (FaultCode::InvalidTransition, "id", "đã qua ngày cuối; hãy xin quyền mới"),
            Self::Revoked => (FaultCode::InvalidTransition, "id", "quyền này đã bị thu hồi; hãy xin quyền mới"),
            Self::Statutory => (FaultCode::InvalidTransition, "id", "quyền theo luật định chỉ thay đổi theo luật"),
        };
        Fault::of(code, &[field], self.to_string(), vi)
    }
}

/// Five years, the length of the longest programs.
pub const MAX_DAYS: i64 = 5 * 366;

impl Grant {
    /// A request; every fault of it at once.
    pub fn request(wanted: GrantRequest, by: Principal, today: NaiveDate) -> Result<Self, Vec<GrantFault>> {
        let GrantRequest { grantee, tenant, data_sets, valid_from, valid_to, purpose } = wanted;
        let faults: Vec<GrantFault> = [
            (grantee == tenant, GrantFault::Own),
            (data_sets.is_empty(), GrantFault::Nothing),
            (valid_to < valid_from || valid_to < today, GrantFault::Period),
            ((valid_to - valid_from).num_days() > MAX_DAYS, GrantFault::TooLong),
            (purpose.trim().is_empty() || purpose.chars().any(char::is_control), GrantFault::NoPurpose),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            id: Id::generate(tenant),
            grantee,
            every_province: false,
            data_sets,
            basis: GrantBasis::Agreed,
            status: GrantStatus::Requested,
            valid_from,
            valid_to: Some(valid_to),
            purpose: purpose.trim().to_owned(),
            requested_by: by,
            approved_by: None,
            revoked_by: None,
            version: 0,
        })
    }

    /// The tenant that grants says yes.
    pub fn approve(self, by: Principal, today: NaiveDate) -> Result<Self, GrantFault> {
        if self.status != GrantStatus::Requested {
            return Err(GrantFault::NotRequested(self.status));
        }
        if self.valid_to.is_some_and(|last| last < today) {
            return Err(GrantFault::Expired);
        }
        Ok(Self { status: GrantStatus::Approved, approved_by: Some(by), ..self })
    }

    /// Either side ends it, or a request for it.
    pub fn revoke(self, by: Principal) -> Result<Self, GrantFault> {
        match (self.basis, self.status) {
            (GrantBasis::Statutory, _) => Err(GrantFault::Statutory),
            (GrantBasis::Agreed, GrantStatus::Revoked) => Err(GrantFault::Revoked),
            (GrantBasis::Agreed, GrantStatus::Requested | GrantStatus::Approved) => {
                Ok(Self { status: GrantStatus::Revoked, revoked_by: Some(by), ..self })
            }
        }
    }

    /// Whether it opens anything on `day`.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.status == GrantStatus::Approved && self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn wanted() -> GrantRequest {
        GrantRequest {
            grantee: TenantId(2),
            tenant: TenantId(3),
            data_sets: BTreeSet::from([DataSet::Programs]),
            valid_from: day("2026-11-22"),
            valid_to: day("2027-11-21"),
            purpose: " Báo cáo liên tỉnh ".to_owned(),
        }
    }

    fn request(wanted: GrantRequest) -> Result<Grant, Vec<GrantFault>> {
        Grant::request(wanted, Principal::operator(), day("2026-11-22"))
    }

    #[test]
    fn from_request_to_revocation() {
        let grant = request(wanted()).unwrap();
        assert_eq!((grant.purpose.as_str(), grant.id.tenant), ("Báo cáo liên tỉnh", TenantId(3)));
        assert!(!grant.in_force(day("2026-12-01")), "a request opens nothing");
        let grant = grant.approve(Principal::user("https://a", "1"), day("2026-11-23")).unwrap();
        assert!(grant.in_force(day("2026-11-22")) && grant.in_force(day("2027-11-21")));
        assert!(!grant.in_force(day("2026-11-21")) && !grant.in_force(day("2027-11-22")));
        assert_eq!(
            grant.clone().approve(Principal::operator(), day("2026-11-23")),
            Err(GrantFault::NotRequested(GrantStatus::Approved))
        );
        let grant = grant.revoke(Principal::operator()).unwrap();
        assert!(!grant.in_force(day("2026-12-01")));
        assert_eq!(grant.revoke(Principal::operator()), Err(GrantFault::Revoked));
    }

    #[test]
    fn every_fault_at_once() {
        let wrong = GrantRequest {
            grantee: TenantId(3),
            data_sets: BTreeSet::new(),
            valid_to: day("2026-11-21"),
            purpose: " ".to_owned(),
            ..wanted()
        };
        let faults = [GrantFault::Own, GrantFault::Nothing, GrantFault::Period, GrantFault::NoPurpose];
        assert_eq!(request(wrong), Err(faults.to_vec()));
        assert_eq!(request(GrantRequest { valid_to: day("2040-01-01"), ..wanted() }), Err(vec![GrantFault::TooLong]));
    }

    #[test]
    fn the_law_is_not_revoked_here() {
        let grant = Grant { basis: GrantBasis::Statutory, status: GrantStatus::Approved, ..request(wanted()).unwrap() };
        assert_eq!(grant.revoke(Principal::operator()), Err(GrantFault::Statutory));
    }

    #[test]
    fn a_request_that_waited_too_long_is_not_approved() {
        let grant = request(wanted()).unwrap();
        assert_eq!(grant.approve(Principal::operator(), day("2027-11-22")), Err(GrantFault::Expired));
    }
}
