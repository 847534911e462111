//! Sources and provenance: which article says what. Every record leads back to at least one.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{Basis, Fault, Id, PartialDate, TenantId, Visibility};

/// How much of the article was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Coverage {
    /// The whole article.
    Full,
    /// Only a part: what is absent from it proves nothing.
    Excerpt,
}

/// One article or page.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Key; its tenant is the province that the article is about.
    pub id: Id<Source>,
    /// Frozen key of the dossier that holds its facts, unique within the tenant.
    pub dossier: String,
    /// Address, where it is known.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: String,
    /// Headline.
    pub title: Option<String>,
    /// When it was published.
    pub published_on: Option<PartialDate>,
    /// Local time of publication, `16:22:42`.
    pub published_at: Option<String>,
    /// Author or signature line.
    pub author: Option<String>,
    /// Photographer.
    pub photographer: Option<String>,
    /// Where the publisher took it from.
    pub syndicated_from: Option<String>,
    /// How much of it was seen.
    pub coverage: Coverage,
    /// When the copy was taken.
    pub captured_on: Option<PartialDate>,
    /// Views that the page showed.
    pub views: Option<i32>,
    /// Attached recordings and pictures.
    pub media: Vec<String>,
    /// Whether the article names its province, or we inferred it.
    pub tenant_basis: Basis,
    /// What the inference rests on, and what speaks against it.
    pub tenant_evidence: Vec<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// SHA-256 of the dossier's canonical form, so that an unchanged one is known at once.
    pub digest: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// The kinds of records that a provenance can point to; also the tags of global ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum RecordKind {
    /// [`crate::Agency`]
    Agency,
    /// [`crate::AgencyGroup`]
    AgencyGroup,
    /// [`crate::AgencyGroupMember`]
    AgencyGroupMember,
    /// [`crate::AgencySuccession`]
    AgencySuccession,
    /// [`crate::Award`]
    Award,
    /// [`crate::Citation`]
    Citation,
    /// [`crate::Conflict`]
    Conflict,
    /// [`crate::CooperationArea`]
    CooperationArea,
    /// [`crate::Direction`]
    Direction,
    /// [`crate::Document`]
    Document,
    /// [`crate::Event`]
    Event,
    /// [`crate::EventProgram`]
    EventProgram,
    /// [`crate::Grant`]
    Grant,
    /// [`crate::Involvement`]
    Involvement,
    /// [`crate::Locality`]
    Locality,
    /// [`crate::Obligation`]
    Obligation,
    /// [`crate::Person`]
    Person,
    /// [`crate::PlannedActivity`]
    PlannedActivity,
    /// [`crate::Position`]
    Position,
    /// [`crate::Program`]
    Program,
    /// [`crate::ProgramLink`]
    ProgramLink,
    /// [`crate::ProgramTopic`]
    ProgramTopic,
    /// [`crate::Remark`]
    Remark,
    /// [`crate::ReportRequest`]
    ReportRequest,
    /// [`crate::Outcome`]
    Result,
    /// [`crate::Source`]
    Source,
    /// [`crate::Submission`]
    Submission,
    /// [`crate::SubmissionDecision`]
    SubmissionDecision,
    /// [`crate::SubmissionItem`]
    SubmissionItem,
    /// [`crate::Target`]
    Target,
    /// [`crate::Tenant`]
    Tenant,
}

/// One record being vouched for by one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// Key; its tenant is the source's.
    pub id: Id<Provenance>,
    /// The source.
    pub source: Id<Source>,
    /// Where in the dossier: `programs/main/signatories/1`.
    pub path: String,
    /// What kind of record.
    pub kind: RecordKind,
    /// The record's tenant; shared records may belong to another one.
    pub record_tenant: TenantId,
    /// The record's uuid.
    pub record: uuid::Uuid,
    /// Whether this dossier was the first to describe the record, and so is the one that may change it.
    pub owner: bool,
    /// The record's version when this dossier was last imported, where it is this dossier's and has one: another version
    /// now means that somebody changed it since.
    pub version: Option<i32>,
    /// Whether the article tells of the record, or the record was only inferred from it.
    pub basis: Basis,
    /// Same as the record's.
    pub visibility: Visibility,
}

impl Source {
    /// The rules of a source.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        if self.publisher.trim().is_empty() {
            return vec![Fault::new("publisher", "a source needs its publisher", "nguồn cần có cơ quan xuất bản")];
        }
        Vec::new()
    }
}
