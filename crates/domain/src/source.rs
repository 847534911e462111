//! Sources and provenance: which article says what. Every record leads back to at least one.

use chrono::NaiveTime;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::fault::FaultCode;
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

impl RecordKind {
    /// Whether a dossier's record of this kind has a visibility of its own; others have that of what they belong to.
    pub const fn has_own_visibility(self) -> bool {
        matches!(self, Self::Agency | Self::AgencyGroup | Self::Document | Self::Event | Self::Person | Self::Program)
    }
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

impl RecordKind {
    /// Whether records of this kind have sources: those that stand by themselves. What belongs to them rests on theirs.
    pub const fn has_sources(self) -> bool {
        match self {
            Self::Agency | Self::Document | Self::Event | Self::Person | Self::Program => true,
            Self::AgencyGroup
            | Self::AgencyGroupMember
            | Self::AgencySuccession
            | Self::Award
            | Self::Citation
            | Self::Conflict
            | Self::CooperationArea
            | Self::Direction
            | Self::EventProgram
            | Self::Grant
            | Self::Involvement
            | Self::Locality
            | Self::Obligation
            | Self::PlannedActivity
            | Self::Position
            | Self::ProgramLink
            | Self::ProgramTopic
            | Self::ReportRequest
            | Self::Submission
            | Self::SubmissionDecision
            | Self::SubmissionItem
            | Self::Remark
            | Self::Result
            | Self::Source
            | Self::Target
            | Self::Tenant => false,
        }
    }
}

impl Provenance {
    /// Where links stand that people made; no dossier has such a path.
    pub const BY_HAND: &'static str = "linked/";

    /// That a source tells of a record, as people say.
    pub fn by_hand(
        source: Id<Source>,
        kind: RecordKind,
        (tenant, record): (TenantId, uuid::Uuid),
        basis: Basis,
    ) -> Self {
        Self {
            id: Id::generate(source.tenant),
            source,
            path: format!("{}{tenant}/{record}", Self::BY_HAND),
            kind,
            record_tenant: tenant,
            record,
            owner: false,
            version: None,
            basis,
            visibility: Visibility::Draft,
        }
    }

    /// Whether people made it, and no dossier.
    pub fn is_by_hand(&self) -> bool {
        self.path.starts_with(Self::BY_HAND)
    }
}

impl Source {
    /// The key of a source that no dossier made; no dossier has such a key.
    pub fn own_key(id: Id<Self>) -> String {
        format!("source/{}", id.uuid)
    }

    /// Whether a dossier holds its facts.
    pub fn is_of_dossier(&self) -> bool {
        !self.digest.is_empty()
    }

    /// Fails unless the source can be deleted.
    ///
    /// # Errors
    ///
    /// A fault that names the way out: records rest on its dossier.
    pub fn may_go(&self) -> Result<(), Fault> {
        if !self.is_of_dossier() {
            return Ok(());
        }
        Err(Fault::of(
            FaultCode::InUse,
            &["id"],
            "a dossier holds its facts, and records rest on it, so it stays; hide it with sourceWithdraw instead",
            "hồ sơ nguồn chứa dữ kiện mà các bản ghi khác dựa vào, nên phải giữ lại; hãy thu hồi bằng sourceWithdraw",
        ))
    }

    /// The rules of a source.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.publisher.trim().is_empty() {
            faults.push(Fault::new("publisher", "a source needs its publisher", "nguồn cần có cơ quan xuất bản"));
        }
        if self.url.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            faults.push(Fault::new(
                "url",
                "it is not a web address; begin it with https:// or http://",
                "đây không phải địa chỉ web; hãy bắt đầu bằng https:// hoặc http://",
            ));
        }
        let time =
            |text: &String| ["%H:%M:%S", "%H:%M"].iter().any(|form| NaiveTime::parse_from_str(text, form).is_ok());
        if self.published_at.as_ref().is_some_and(|text| !time(text)) {
            faults.push(Fault::new(
                "publishedAt",
                "it is not a time of day; write it as 16:22 or 16:22:42",
                "đây không phải giờ trong ngày; hãy ghi như 16:22 hoặc 16:22:42",
            ));
        }
        faults.extend(Fault::count("views", self.views));
        if self.tenant_basis == Basis::Inferred && self.tenant_evidence.is_empty() {
            faults.push(Fault::new(
                "tenantEvidence",
                "what is inferred needs its reasons; say what it rests on",
                "điều suy luận phải kèm căn cứ",
            ));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        let id = Id::generate(TenantId(16));
        Source {
            id,
            dossier: Source::own_key(id),
            url: None,
            publisher: "Báo".to_owned(),
            title: None,
            published_on: None,
            published_at: None,
            author: None,
            photographer: None,
            syndicated_from: None,
            coverage: Coverage::Full,
            captured_on: None,
            views: None,
            media: Vec::new(),
            tenant_basis: Basis::Stated,
            tenant_evidence: Vec::new(),
            note: None,
            digest: String::new(),
            visibility: Visibility::Draft,
            version: 0,
        }
    }

    #[test]
    fn every_fault_of_a_source_is_told() {
        assert_eq!(source().faults(), []);
        let wrong = Source {
            publisher: " ".to_owned(),
            url: Some("báo.vn".to_owned()),
            published_at: Some("4pm".to_owned()),
            views: Some(-1),
            tenant_basis: Basis::Inferred,
            ..source()
        };
        let fields: Vec<String> = wrong.faults().iter().map(|fault| fault.field().to_owned()).collect();
        assert_eq!(fields, ["publisher", "url", "publishedAt", "views", "tenantEvidence"]);
        let right =
            Source { published_at: Some("16:22".to_owned()), url: Some("https://bao.vn".to_owned()), ..source() };
        assert_eq!(right.faults(), []);
    }

    #[test]
    fn what_a_dossier_made_stays() {
        assert!(source().may_go().is_ok());
        let fault = Source { digest: "f00".to_owned(), ..source() }.may_go().unwrap_err();
        assert!(fault.message.contains("sourceWithdraw"));
    }

    #[test]
    fn links_that_people_made_are_known_by_their_path() {
        let link =
            Provenance::by_hand(source().id, RecordKind::Program, (TenantId(1), uuid::Uuid::nil()), Basis::Stated);
        assert!(link.is_by_hand() && !link.owner);
        assert!(!Provenance { path: "programs/main".to_owned(), ..link }.is_by_hand());
    }
}
