//! Tenants: one *version* of a provincial unit each, and the one central tenant.
//!
//! A merged or renamed province is a tenant that ended; its facts stay under it, and its successor stewards them.
//! Names, slugs and GSO codes are reused by later units and are therefore never keys.

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
