//! Events and what happens at them: awards, directions, remarks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CitationEntry, Party, PeriodEntry, codes, local_key, unsaid, yes};

/// An event.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// Kind.
    #[schemars(schema_with = "codes::<domain::event::EventKind>")]
    pub kind: String,
    /// Name as printed, or a description.
    pub name: String,
    /// Why the name is a description.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub name_inferred: Option<String>,
    /// EDTF date; `../2023-03-01` is "not after", `2018-01-20/..` "not before".
    #[serde(default, skip_serializing_if = "unsaid")]
    pub date: Option<String>,
    /// Why (part of) the date was inferred.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub date_inferred: Option<String>,
    /// MORNING, AFTERNOON or EVENING.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::event::TimeOfDay>")]
    pub time_of_day: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub place: Option<String>,
    /// `IN_PERSON`, ONLINE or HYBRID.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::event::EventMode>")]
    pub mode: Option<String>,
    /// How many remote points took part.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub remote_point_count: Option<i32>,
    /// What the remote points were.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub remote_points: Option<String>,
    /// Items of the agenda, in your own words.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub agenda: Vec<String>,
    /// Local keys of the programs it deals with.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub programs: Vec<String>,
    /// Who was there, and as what.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub attendances: Vec<Party>,
    /// Documents announced or studied there.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub citations: Vec<CitationEntry>,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// An award or a batch of awards.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwardEntry {
    /// Local key of the program.
    pub program: String,
    /// Local key of the event.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub event: Option<String>,
    /// Kind as printed: `Bằng khen`.
    pub kind: String,
    /// Collectives, when counted.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub collectives: Option<i32>,
    /// Individuals, when counted.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub individuals: Option<i32>,
    /// A total that mixes both.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub mixed_total: Option<i32>,
    /// What for.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub reason: Option<String>,
    /// Who gives it.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub givers: Vec<Party>,
    /// Who hands it over.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub presenters: Vec<Party>,
    /// Who receives it, when named.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub recipients: Vec<Party>,
    /// True when the same recipients may be counted by another award.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub overlap_unknown: bool,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// A direction.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DirectionEntry {
    /// Local key of the program.
    pub program: String,
    /// Local key of the event.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub event: Option<String>,
    /// What is to be done, in your own words.
    pub text: String,
    /// Who directs.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub actors: Vec<Party>,
    /// Who is to act.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub addressees: Vec<Party>,
    /// Who acts with them.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub partners: Vec<Party>,
    /// For which time.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub period: Option<PeriodEntry>,
    /// The obligation it opens.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub obligation: Option<ObligationEntry>,
}

/// An obligation that a direction opens.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObligationEntry {
    /// CASCADE, `ANNUAL_PLAN`, `PERIODIC_REVIEW` or OTHER.
    #[schemars(schema_with = "codes::<domain::direction::ObligationKind>")]
    pub kind: String,
    /// EDTF date.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub due: Option<String>,
    /// Local key of the program that fulfilled it.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub fulfilled_by: Option<String>,
}

/// A remark about a program.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemarkEntry {
    /// Local key of the program.
    pub program: String,
    /// Local key of the event where it was made.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub event: Option<String>,
    /// AIM, SIGNIFICANCE, LIMITATION or OTHER.
    #[schemars(schema_with = "codes::<domain::remark::RemarkKind>")]
    pub kind: String,
    /// The remark, in your own words.
    pub text: String,
    /// False when the source says that there are such things but not which.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub specified: bool,
}
