//! Localities: districts (and later communes) as they existed, versioned like the provinces they lie in.

use chrono::NaiveDate;

use crate::Id;

/// A district-level unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Locality {
    /// Key.
    pub id: Id<Locality>,
    /// Code of the General Statistics Office, text with leading zeros.
    pub gso_code: Option<String>,
    /// `URBAN_DISTRICT`, `RURAL_DISTRICT`, `TOWN`, `PROVINCIAL_CITY`, `MUNICIPAL_CITY`.
    pub kind: String,
    /// Full Vietnamese name: `Huyện Quỳnh Phụ`.
    pub name_vi: String,
    /// Name without the kind.
    pub short_name_vi: String,
    /// English name.
    pub name_en: Option<String>,
    /// Spelling variants seen in sources.
    pub variants: Vec<String>,
    /// First day, where known.
    pub valid_from: Option<NaiveDate>,
    /// Last day, where it ended.
    pub valid_to: Option<NaiveDate>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}
