//! Who: agencies, collective parties, people, and a party standing in a relation.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{TenantRef, codes, lists, local_key};

/// An agency, described so that it can be found again: by name or alias within its tenant and level. Created when
/// nobody described it before.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgencyEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// Full Vietnamese name, with its province: `Công an tỉnh Thái Bình`.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Short form as printed.
    pub short_name: Option<String>,
    /// Other names and spellings in this source.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Sector code, see the sectors catalogue.
    pub sector: Option<String>,
    /// CENTRAL, PROVINCE, REGIONAL, DISTRICT, COMMUNE or EXTERNAL.
    #[schemars(schema_with = "codes::<domain::agency::AgencyLevel>")]
    pub level: String,
    /// Its tenant, when it is not the dossier's.
    pub tenant: Option<TenantRef>,
    /// District it works in, by full Vietnamese name.
    pub locality: Option<String>,
    /// Local key of the agency it is a part of.
    pub parent: Option<String>,
    /// EDTF date on which it began to exist, when the source says so.
    pub valid_from: Option<String>,
    /// EDTF date on which it ceased to exist, when the source says so.
    pub valid_to: Option<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A collective party: "Công an các huyện, thành phố".
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// The words of the source.
    pub label: String,
    /// Sector code.
    pub sector: Option<String>,
    /// Level of its members; `ALL_LEVELS` for "các cấp".
    #[serde(default)]
    #[schemars(schema_with = "codes::<domain::agency::AgencyLevel>")]
    pub level: Option<String>,
    /// How many members, when stated.
    pub count: Option<i32>,
    /// Local keys of known member agencies.
    #[serde(default)]
    pub members: Vec<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// Name as printed.
    pub name: String,
    /// Other spellings.
    #[serde(default)]
    pub variants: Vec<String>,
    /// `Bà`, `Ông`.
    pub honorific: Option<String>,
    /// Posts held, in printed order.
    #[serde(default)]
    pub positions: Vec<PositionEntry>,
    /// The same human being in a dossier imported before. Only stated here, never guessed from a name.
    pub same_as: Option<SameAs>,
    /// What keeps this person apart from namesakes.
    pub note: Option<String>,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PositionEntry {
    /// Title as printed.
    pub title: String,
    /// Local key of the agency.
    pub agency: Option<String>,
    /// EDTF date.
    pub from: Option<String>,
    /// EDTF date.
    pub to: Option<String>,
}

/// A person of another dossier of the same tenant.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SameAs {
    /// Key of the other dossier.
    pub dossier: String,
    /// Local key of the person there.
    pub person: String,
}

/// A party in a relation: an agency, a group, a person (perhaps for an agency), or words.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Party {
    /// Local key of an agency.
    pub agency: Option<String>,
    /// Local key of a group.
    pub group: Option<String>,
    /// Local key of a person.
    pub person: Option<String>,
    /// Words, for a party that is none of these.
    pub label: Option<String>,
    /// What a participant or attendee does. Left out in every other relation.
    #[serde(default)]
    #[schemars(schema_with = "lists::<domain::involvement::Role>")]
    pub roles: Vec<String>,
    /// Positions as printed, in printed order.
    #[serde(default)]
    pub positions: Vec<String>,
    /// Rank as printed: `Đại tá`.
    pub rank: Option<String>,
    /// Who stood in for the office: `đại diện lãnh đạo`.
    pub representation: Option<String>,
    /// In which capacity: `thay mặt`.
    pub capacity: Option<String>,
    /// EDTF date, when this party signed on another day than the others.
    pub signed_on: Option<String>,
    /// STATED (default) or INFERRED.
    #[serde(default)]
    #[schemars(schema_with = "codes::<domain::visibility::Basis>")]
    pub basis: Option<String>,
    /// Why it was inferred.
    pub reason: Option<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}
