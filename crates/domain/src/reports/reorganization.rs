//! Programs that a reorganization of provinces, districts or agencies touches.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// In which way a program is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Touch {
    /// Its province ended.
    ProvinceEnded,
    /// Its district ended.
    DistrictEnded,
    /// An agency that signed it ended.
    PartyEnded,
    /// An agency that signed it belongs to a province that ended.
    PartyProvinceEnded,
    /// An agency that signed it worked in a district that ended.
    PartyDistrictEnded,
    /// An agency that signed it is of a sector that was reorganized.
    SectorReorganized,
}
