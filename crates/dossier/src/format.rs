//! The file format `phoihop/1`, as serde types. The JSON Schema that files are checked against is generated from
//! these, so every doc comment here is what an author sees.
//!
//! Values are plain text and numbers at this stage; `compile` turns them into domain values and says what is wrong.

mod document;
mod event;
mod figure;
mod party;
mod program;
mod source;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;

pub use document::{CitationEntry, DocumentEntry};
pub use event::{AwardEntry, DirectionEntry, EventEntry, ObligationEntry, RemarkEntry};
pub use figure::{Number, QuantityEntry, ResultEntry, TargetEntry};
pub use party::{AgencyEntry, GroupEntry, Party, PersonEntry, PositionEntry, SameAs};
pub use program::{AreaEntry, LinkEntry, PeriodEntry, PlannedActivityEntry, ProgramEntry, SameProgram};
pub use source::{ConflictEntry, ConflictValueEntry, SourceEntry};

/// The format this crate reads and writes.
pub const FORMAT: &str = "phoihop/1";

/// One dossier: what one article or event says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Dossier {
    /// Always `phoihop/1`.
    #[schemars(regex(pattern = r"^phoihop/1$"))]
    pub format: String,
    /// Frozen name of this dossier, unique in its tenant; importing the same name again corrects the first import.
    #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub key: String,
    /// The province (or `trung-uong`) that the article is about.
    pub tenant: TenantRef,
    /// Who may see the records: PUBLIC unless said otherwise.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::visibility::Visibility>")]
    pub visibility: Option<String>,
    /// The article.
    pub source: SourceEntry,
    /// Agencies named in this dossier.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub agencies: Vec<AgencyEntry>,
    /// Collective parties named in this dossier.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub groups: Vec<GroupEntry>,
    /// People named in this dossier. Never merged with namesakes of other dossiers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub people: Vec<PersonEntry>,
    /// Laws, resolutions, directives and decisions named in this dossier.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub documents: Vec<DocumentEntry>,
    /// Programs: those the article is about, and higher ones it names.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub programs: Vec<ProgramEntry>,
    /// Conferences and ceremonies.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub events: Vec<EventEntry>,
    /// Awards.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub awards: Vec<AwardEntry>,
    /// What was directed or announced.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub directions: Vec<DirectionEntry>,
    /// Aims, significance, limitations.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub remarks: Vec<RemarkEntry>,
    /// Where sources disagree.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub conflicts: Vec<ConflictEntry>,
}

impl Dossier {
    /// The dossiers that it names by `sameAs`: they must be stored before it.
    pub fn builds_on(&self) -> impl Iterator<Item = &str> {
        let people = self.people.iter().filter_map(|one| one.same_as.as_ref()).map(|same| same.dossier.as_str());
        let programs = self.programs.iter().filter_map(|one| one.same_as.as_ref()).map(|same| same.dossier.as_str());
        people.chain(programs)
    }
}

/// A tenant by name and day: slugs are reused, so a slug alone would not do.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TenantRef {
    /// `thai-binh`, `trung-uong`.
    pub slug: String,
    /// A day on which the unit existed, `2020-02-25`. Not needed for `trung-uong`.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub as_of: Option<String>,
    /// STATED (default) when the article names the province, INFERRED when we concluded it.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::visibility::Basis>")]
    pub basis: Option<String>,
    /// What an inference rests on, and what speaks against it.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub evidence: Vec<String>,
}

/// The schema of a code: one of the names of `T`, so that format and domain cannot drift apart.
fn codes<T: IntoEnumIterator + Into<&'static str>>(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<&'static str> = T::iter().map(Into::into).collect();
    json_schema!({ "type": "string", "enum": names })
}

/// The schema of a list of codes.
fn lists<T: IntoEnumIterator + Into<&'static str>>(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": codes::<T>(generator) })
}

/// The schema of a local key. No slash: keys are parts of record paths.
fn local_key(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" })
}

fn yes() -> bool {
    true
}

/// Whether a value says nothing, so that its key is not written.
fn unsaid<T: Unsaid>(value: &T) -> bool {
    value.unsaid()
}

trait Unsaid {
    fn unsaid(&self) -> bool;
}

impl<T> Unsaid for Option<T> {
    fn unsaid(&self) -> bool {
        self.is_none()
    }
}

impl<T> Unsaid for Vec<T> {
    fn unsaid(&self) -> bool {
        self.is_empty()
    }
}

impl Unsaid for bool {
    fn unsaid(&self) -> bool {
        !self
    }
}
