//! Agencies, the collective parties that stand for many of them, and how agencies follow one another.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{Fault, Id, Locality, PartialDate, Visibility};

/// The level an agency works at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum AgencyLevel {
    /// The centre (trung ương).
    Central,
    /// A province or municipality.
    Province,
    /// Courts and procuracies of several districts, from 2025-07-01 (khu vực).
    Regional,
    /// A district (huyện), until 2025-06-30.
    District,
    /// A commune (xã, phường, đặc khu).
    Commune,
    /// Outside the Vietnamese system: foreign counterparts, donors, enterprises.
    External,
    /// Several levels at once ("các cấp"); only collective parties.
    AllLevels,
}

/// A body that signs, takes part, or is asked to act.
#[derive(Clone, Debug, PartialEq)]
pub struct Agency {
    /// Key.
    pub id: Id<Agency>,
    /// Sector code; none for bodies without one.
    pub sector: Option<String>,
    /// Level.
    pub level: AgencyLevel,
    /// Vietnamese name in full.
    pub name_vi: String,
    /// English name.
    pub name_en: Option<String>,
    /// Short form: `Hội LHPN tỉnh`.
    pub short_name: Option<String>,
    /// Other names and spellings met in sources.
    pub aliases: Vec<String>,
    /// District or commune it works in.
    pub locality: Option<Id<Locality>>,
    /// The agency that it is a part of (a committee inside a procuracy).
    pub parent: Option<Id<Agency>>,
    /// When it began to exist.
    pub valid_from: Option<PartialDate>,
    /// When it ceased to exist.
    pub valid_to: Option<PartialDate>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Agency {
    /// The rules of an agency.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.name_vi.trim().is_empty() {
            faults.push(Fault::new("name", "an agency needs its Vietnamese name", "cơ quan cần có tên tiếng Việt"));
        }
        if self.level == AgencyLevel::AllLevels {
            faults.push(Fault::new(
                "level",
                "ALL_LEVELS is for groups; give the agency one level",
                "ALL_LEVELS chỉ dùng cho nhóm; hãy chọn một cấp cho cơ quan",
            ));
        }
        if self.parent == Some(self.id) {
            faults.push(Fault::new(
                "parent",
                "an agency cannot be its own parent",
                "cơ quan không thể trực thuộc chính mình",
            ));
        }
        faults
    }
}

/// A collective party: "Công an các huyện, thành phố". Storable before anyone knows its members.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyGroup {
    /// Key.
    pub id: Id<AgencyGroup>,
    /// The words of the source.
    pub label: String,
    /// Sector code.
    pub sector: Option<String>,
    /// Level of its members.
    pub level: Option<AgencyLevel>,
    /// How many members the source counts; none when it does not say.
    pub count: Option<i32>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl AgencyGroup {
    /// The rules of a group.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.label.trim().is_empty() {
            faults.push(Fault::new(
                "label",
                "a group needs the words that the source uses for it",
                "nhóm cần có cách gọi mà nguồn dùng",
            ));
        }
        if self.count.is_some_and(|count| count < 1) {
            faults.push(Fault::new(
                "count",
                "a group counts at least one member; leave the count out if it is unknown",
                "nhóm có ít nhất một thành viên; bỏ trống số lượng nếu chưa biết",
            ));
        }
        faults
    }
}

/// An agency known to be in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyGroupMember {
    /// Key.
    pub id: Id<AgencyGroupMember>,
    /// The group.
    pub group: Id<AgencyGroup>,
    /// The member.
    pub agency: Id<Agency>,
    /// Same as the group's.
    pub visibility: Visibility,
}

/// One agency's function passing to another on a day (W3C ORG: `ChangeEvent`).
#[derive(Clone, Debug, PartialEq)]
pub struct AgencySuccession {
    /// Key; its tenant is the tenant of the agency that ended.
    pub id: Id<AgencySuccession>,
    /// The agency that ended or gave up a function.
    pub from: Id<Agency>,
    /// The agency that took it over.
    pub to: Id<Agency>,
    /// When.
    pub on: Option<PartialDate>,
    /// Which function; none when all of it.
    pub function: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}
