//! Who: agencies, collective parties, people, and a party standing in a relation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{TenantRef, codes, lists, local_key, unsaid};

/// An agency, described so that it can be found again: by name or alias within its tenant and level. Created when
/// nobody described it before.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgencyEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// Full Vietnamese name, with its province: `Công an tỉnh Thái Bình`.
    pub name: String,
    /// English name.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub name_en: Option<String>,
    /// Short form as printed.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub short_name: Option<String>,
    /// Other names and spellings in this source.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub aliases: Vec<String>,
    /// Sector code, see the sectors catalogue.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub sector: Option<String>,
    /// CENTRAL, PROVINCE, REGIONAL, DISTRICT, COMMUNE or EXTERNAL.
    #[schemars(schema_with = "codes::<domain::agency::AgencyLevel>")]
    pub level: String,
    /// Its tenant, when it is not the dossier's.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub tenant: Option<TenantRef>,
    /// District it works in, by full Vietnamese name.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub locality: Option<String>,
    /// Local key of the agency it is a part of.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub parent: Option<String>,
    /// EDTF date on which it began to exist, when the source says so.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub valid_from: Option<String>,
    /// EDTF date on which it ceased to exist, when the source says so.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub valid_to: Option<String>,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// A collective party: "Công an các huyện, thành phố".
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// The words of the source.
    pub label: String,
    /// Sector code.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub sector: Option<String>,
    /// Level of its members; `ALL_LEVELS` for "các cấp".
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::agency::AgencyLevel>")]
    pub level: Option<String>,
    /// How many members, when stated.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub count: Option<i32>,
    /// Local keys of known member agencies.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub members: Vec<String>,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// Name as printed.
    pub name: String,
    /// Other spellings.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub variants: Vec<String>,
    /// `Bà`, `Ông`.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub honorific: Option<String>,
    /// Posts held, in printed order.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub positions: Vec<PositionEntry>,
    /// The same human being in a dossier imported before. Only stated here, never guessed from a name.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub same_as: Option<SameAs>,
    /// What keeps this person apart from namesakes.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PositionEntry {
    /// Title as printed.
    pub title: String,
    /// Local key of the agency.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub agency: Option<String>,
    /// EDTF date.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub from: Option<String>,
    /// EDTF date.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub to: Option<String>,
}

/// A person of another dossier of the same tenant.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SameAs {
    /// Key of the other dossier.
    pub dossier: String,
    /// Local key of the person there.
    pub person: String,
}

/// A party in a relation: an agency, a group, a person (perhaps for an agency), or words.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Party {
    /// Local key of an agency.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub agency: Option<String>,
    /// Local key of a group.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub group: Option<String>,
    /// Local key of a person.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub person: Option<String>,
    /// Words, for a party that is none of these.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub label: Option<String>,
    /// What a participant or attendee does. Left out in every other relation.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "lists::<domain::involvement::Role>")]
    pub roles: Vec<String>,
    /// Positions as printed, in printed order.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub positions: Vec<String>,
    /// Rank as printed: `Đại tá`.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub rank: Option<String>,
    /// Who stood in for the office: `đại diện lãnh đạo`.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub representation: Option<String>,
    /// In which capacity: `thay mặt`.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub capacity: Option<String>,
    /// EDTF date, when this party signed on another day than the others.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub signed_on: Option<String>,
    /// STATED (default) or INFERRED.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::visibility::Basis>")]
    pub basis: Option<String>,
    /// Why it was inferred.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub reason: Option<String>,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}
