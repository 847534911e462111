//! Programs, their links, areas and planned activities.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CitationEntry, Party, ResultEntry, TargetEntry, TenantRef, codes, local_key, unsaid};

/// A program. One of another tenant (a central parent) is found again by its number, or by title and tenant, and
/// created when nobody described it before.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProgramEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// Its tenant, when it is not the dossier's.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub tenant: Option<TenantRef>,
    /// The same program in another dossier, which says what was agreed; this one adds targets, results and planned
    /// activities, awards, directions and remarks.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub same_as: Option<SameProgram>,
    /// Kind of instrument.
    #[schemars(schema_with = "codes::<domain::program::ProgramKind>")]
    pub kind: String,
    /// Number, verbatim.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub number: Option<String>,
    /// STATED when a number is given, `NOT_STATED` when none is; PARTIAL must be said.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::program::NumberStatus>")]
    pub number_status: Option<String>,
    /// Other printings of the number and other names.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub aliases: Vec<String>,
    /// Vietnamese title.
    pub title: String,
    /// English title.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub title_en: Option<String>,
    /// INFERRED when the title is put together from what the source says.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::visibility::Basis>")]
    pub title_basis: Option<String>,
    /// Level of the parties.
    #[schemars(schema_with = "codes::<domain::agency::AgencyLevel>")]
    pub level: String,
    /// District, by full Vietnamese name.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub locality: Option<String>,
    /// The time it is meant to run.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub period: Option<PeriodEntry>,
    /// EDTF date of signing.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub signed_on: Option<String>,
    /// Why (part of) the date was inferred.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub signed_on_inferred: Option<String>,
    /// EDTF date.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub effective_from: Option<String>,
    /// SIGNED unless said otherwise.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::program::ProgramStatus>")]
    pub status: Option<String>,
    /// Topic codes, see the topics catalogue.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub topics: Vec<String>,
    /// How many cooperation areas the source counts, also when it lists none.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub area_count: Option<i32>,
    /// Who signed.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub signatories: Vec<Party>,
    /// Who has another role in it.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub participants: Vec<Party>,
    /// Links to other programs and to documents.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub links: Vec<LinkEntry>,
    /// Documents it cites.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub citations: Vec<CitationEntry>,
    /// Areas of cooperation, in order.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub areas: Vec<AreaEntry>,
    /// Targets, in order.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub targets: Vec<TargetEntry>,
    /// Results, in order.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub results: Vec<ResultEntry>,
    /// Activities planned on named days.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub planned_activities: Vec<PlannedActivityEntry>,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// A program of another dossier of the same tenant.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SameProgram {
    /// Key of the other dossier.
    pub dossier: String,
    /// Local key of the program there.
    pub program: String,
}

/// A link from the program to another program or to a document.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkEntry {
    /// What the link means.
    #[schemars(schema_with = "codes::<domain::link::LinkKind>")]
    pub kind: String,
    /// Local key of a program.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub program: Option<String>,
    /// Local key of a document.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub document: Option<String>,
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

/// An area of cooperation.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AreaEntry {
    /// The area, in your own words.
    pub label: String,
    /// Topic code.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub topic: Option<String>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub responsible: Vec<Party>,
}

/// An activity planned around a named day.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlannedActivityEntry {
    /// What is planned, in your own words.
    pub label: String,
    /// Name of the day.
    pub occasion: String,
    /// EDTF date of the occasion: `2018-03-08`.
    pub day: String,
}

/// A period. Leave `end` out and set `openEnded` when the source says that it runs on; leave both out when it does
/// not say.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PeriodEntry {
    /// EDTF date.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub start: Option<String>,
    /// EDTF date.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub end: Option<String>,
    /// Runs without end.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub open_ended: bool,
}
