//! Tenants: one *version* of a provincial unit each, and the one central tenant.
//!
//! A merged or renamed province is a tenant that ended; its facts stay under it, and its successor stewards them.
//! Names, slugs and GSO codes are reused by later units and are therefore never keys.

pub mod succession;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{Basis, TenantId};

/// What kind of unit a tenant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TenantKind {
    /// The central bodies (trung ương).
    Central,
    /// A province (tỉnh).
    Province,
    /// A centrally governed municipality (thành phố trực thuộc trung ương).
    Municipality,
}

/// One version of a provincial unit, or the central tenant.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenant {
    /// Our own frozen small integer.
    pub id: TenantId,
    /// Frozen text key of the version: `thai-binh:pre2025`.
    pub key: String,
    /// URL name; shared by successive versions: `hung-yen`.
    pub slug: String,
    /// Kind of unit.
    pub kind: TenantKind,
    /// Full Vietnamese name: `Tỉnh Thái Bình`.
    pub name_vi: String,
    /// Vietnamese name without the kind: `Thái Bình`.
    pub short_name_vi: String,
    /// Full English name.
    pub name_en: String,
    /// English name without the kind.
    pub short_name_en: String,
    /// Two-digit code of the General Statistics Office, valid only together with a date.
    pub gso_code: Option<String>,
    /// ISO 3166-2 code, where one was assigned to this version.
    pub iso_code: Option<String>,
    /// Region code, see the regions catalogue.
    pub region: Option<String>,
    /// Whether the region was stated by a source or inferred.
    pub region_basis: Option<Basis>,
    /// First day of this version; none when it predates the records.
    pub valid_from: Option<NaiveDate>,
    /// Last day of this version; none while it exists.
    pub valid_to: Option<NaiveDate>,
    /// Seat of the administration, where known.
    pub seat: Option<String>,
    /// District-level units on 2025-03-01, where known.
    pub district_count: Option<i32>,
    /// Commune-level units, where known.
    pub commune_count: Option<i32>,
    /// Legal act that created or ended this version.
    pub legal_source: Option<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

impl Tenant {
    /// Whether this version existed on `day`. Both bounds are inclusive.
    #[must_use]
    pub fn existed_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// How one version of a unit follows another (W3C ORG: `ChangeEvent`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SuccessionKind {
    /// Several units became one.
    Merge,
    /// One unit became several.
    Split,
    /// Only the name changed.
    Rename,
    /// A province became a municipality.
    Upgrade,
}

/// One step from a version of a unit to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantSuccession {
    /// The version that ended.
    pub from: TenantId,
    /// The version that follows it.
    pub to: TenantId,
    /// First day of the new version.
    pub on: NaiveDate,
    /// What happened.
    pub kind: SuccessionKind,
    /// Legal act.
    pub legal_basis: Option<String>,
}

/// A tenant that ended, and one whose staff act on its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stewardship {
    /// The successor.
    pub steward: TenantId,
    /// The predecessor, over any number of steps.
    pub tenant: TenantId,
}

/// Who stewards whom: every successor its predecessors, and theirs.
pub fn stewardships(successions: &[TenantSuccession]) -> BTreeSet<Stewardship> {
    let mut known: BTreeSet<Stewardship> =
        successions.iter().map(|one| Stewardship { steward: one.to, tenant: one.from }).collect();
    loop {
        let further: BTreeSet<Stewardship> = known
            .iter()
            .flat_map(|near| known.iter().filter(|far| far.steward == near.tenant).map(move |far| (near, far)))
            .map(|(near, far)| Stewardship { steward: near.steward, tenant: far.tenant })
            .filter(|one| one.steward != one.tenant && !known.contains(one))
            .collect();
        if further.is_empty() {
            return known;
        }
        known.extend(further);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successors_steward_over_every_step() {
        let step = |from, to| TenantSuccession {
            from: TenantId(from),
            to: TenantId(to),
            on: NaiveDate::MIN,
            kind: SuccessionKind::Merge,
            legal_basis: None,
        };
        // 1 and 2 became 3; 3 was split into 4 and 5. A ring, which nobody should write, must not turn for ever.
        let found = stewardships(&[step(1, 3), step(2, 3), step(3, 4), step(3, 5), step(8, 9), step(9, 8)]);
        let pairs: Vec<(i32, i32)> = found.iter().map(|one| (one.steward.0, one.tenant.0)).collect();
        assert_eq!(pairs, [(3, 1), (3, 2), (4, 1), (4, 2), (4, 3), (5, 1), (5, 2), (5, 3), (8, 9), (9, 8)]);
    }
}
