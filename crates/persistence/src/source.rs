//! Sources and provenance.

use crate::edit::Editable;
use domain::{
    Agency, Document, Event, Fault, Id, Person, Program, Provenance, RecordKind, Source, TenantId, Visibility, text,
};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Pair, Via, across, own};
use crate::record::{Record, Searchable, Stored};
use crate::search::folded;
use crate::{Edge, Field, Sort, StoreError};

mod sources {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sources")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub dossier: String,
        pub url: Option<String>,
        pub publisher: String,
        pub title: Option<String>,
        pub published_on: Option<String>,
        pub published_at: Option<String>,
        pub author: Option<String>,
        pub photographer: Option<String>,
        pub syndicated_from: Option<String>,
        pub coverage: String,
        pub captured_on: Option<String>,
        pub views: Option<i32>,
        pub media: String,
        pub tenant_basis: String,
        pub tenant_evidence: String,
        pub note: Option<String>,
        pub digest: String,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Source {
    type Entity = sources::Entity;
    type Key = Id<Source>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: sources::Model) -> Result<Self, StoreError> {
        let sources::Model {
            tenant_id,
            id,
            visibility,
            dossier,
            url,
            publisher,
            title,
            published_on,
            published_at,
            author,
            photographer,
            syndicated_from,
            coverage,
            captured_on,
            views,
            media,
            tenant_basis,
            tenant_evidence,
            note,
            digest,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            dossier,
            url,
            publisher,
            title,
            published_on: codec::date_opt(published_on.as_deref())?,
            published_at,
            author,
            photographer,
            syndicated_from,
            coverage: codec::code("coverage", &coverage)?,
            captured_on: codec::date_opt(captured_on.as_deref())?,
            views,
            media: codec::list("media", &media)?,
            tenant_basis: codec::code("tenant_basis", &tenant_basis)?,
            tenant_evidence: codec::list("tenant_evidence", &tenant_evidence)?,
            note,
            digest,
            version,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for Source {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Source));

    fn row(&self) -> sources::Model {
        sources::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            dossier: self.dossier.clone(),
            url: self.url.clone(),
            publisher: self.publisher.clone(),
            title: self.title.clone(),
            published_on: codec::edtf(self.published_on.as_ref()),
            published_at: self.published_at.clone(),
            author: self.author.clone(),
            photographer: self.photographer.clone(),
            syndicated_from: self.syndicated_from.clone(),
            coverage: codec::text(self.coverage),
            captured_on: codec::edtf(self.captured_on.as_ref()),
            views: self.views,
            media: codec::json(&self.media),
            tenant_basis: codec::text(self.tenant_basis),
            tenant_evidence: codec::json(&self.tenant_evidence),
            note: self.note.clone(),
            digest: self.digest.clone(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = vec![("title_fold", text::fold(self.title.as_deref().unwrap_or(&self.publisher)).into())];
        columns.extend(codec::bounds("published_on_earliest", "published_on_latest", self.published_on.as_ref()));
        columns.extend(codec::bounds("captured_on_earliest", "captured_on_latest", self.captured_on.as_ref()));
        columns
    }

    fn searchable(&self) -> Option<Searchable> {
        Some(Searchable {
            tenant: self.id.tenant,
            id: self.id.uuid,
            visibility: self.visibility,
            kind: RecordKind::Source,
            folded: folded([self.title.as_deref(), Some(&self.publisher)]),
        })
    }
}

mod provenances {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "provenances")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub source_id: Uuid,
        pub path: String,
        pub kind: String,
        pub record_tenant_id: i32,
        pub record_id: Uuid,
        pub owner: bool,
        pub basis: String,
        pub record_version: Option<i32>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Provenance {
    type Entity = provenances::Entity;
    type Key = Id<Provenance>;
    const HOLDS: Holds = Holds::ByKind;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: provenances::Model) -> Result<Self, StoreError> {
        let provenances::Model {
            tenant_id,
            id,
            visibility,
            source_id,
            path,
            kind,
            record_tenant_id,
            record_id,
            owner,
            basis,
            record_version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            source: Id::new(tenant, source_id),
            path,
            kind: codec::code("kind", &kind)?,
            record_tenant: TenantId(record_tenant_id),
            record: record_id,
            owner,
            version: record_version,
            basis: codec::code("basis", &basis)?,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for Provenance {
    const AUDITED: bool = false;

    fn row(&self) -> provenances::Model {
        provenances::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            source_id: self.source.uuid,
            path: self.path.clone(),
            kind: codec::text(self.kind),
            record_tenant_id: self.record_tenant.0,
            record_id: self.record,
            owner: self.owner,
            basis: codec::text(self.basis),
            record_version: self.version,
        }
    }
}

impl Editable for Source {
    const KIND: RecordKind = RecordKind::Source;

    fn faults(&self) -> Vec<Fault> {
        Source::faults(self)
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Coverage.
pub const COVERAGE: Field<Source> = Field::new("coverage");
/// Dossier key.
pub const DOSSIER: Field<Source> = Field::new("dossier");
/// Folded headline, or publisher where there is none.
pub const TITLE: Field<Source> = Field::new("title_fold");
/// Earliest day on which it may have been published.
pub const PUBLISHED_EARLIEST: Field<Source> = Field::new("published_on_earliest");
/// Latest day on which it may have been published.
pub const PUBLISHED_LATEST: Field<Source> = Field::new("published_on_latest");
/// By day of publication.
pub const BY_PUBLISHED_ON: Sort<Source> = Sort::by("published_on_earliest", false);

const RECORD: Pair = across("record_tenant_id", "record_id");

/// A record that was only inferred from an article does not have it as its source.
const STATED: Option<(&str, &str)> = Some(("basis", "STATED"));

const fn vouched() -> Via {
    Via::Through { table: "provenances", holds: Holds::ByKind, parent: RECORD, child: own("source_id"), only: STATED }
}

const fn vouches() -> Via {
    Via::Through { table: "provenances", holds: Holds::ByKind, parent: own("source_id"), child: RECORD, only: STATED }
}

/// Sources that vouch for a program.
pub const OF_PROGRAM: Edge<Program, Source> = Edge::new("program.sources", vouched());
/// Sources that vouch for an agency.
pub const OF_AGENCY: Edge<Agency, Source> = Edge::new("agency.sources", vouched());
/// Sources that vouch for a person.
pub const OF_PERSON: Edge<Person, Source> = Edge::new("person.sources", vouched());
/// Sources that vouch for an event.
pub const OF_EVENT: Edge<Event, Source> = Edge::new("event.sources", vouched());
/// Sources that vouch for a document.
pub const OF_DOCUMENT: Edge<Document, Source> = Edge::new("document.sources", vouched());
/// Programs that a source vouches for.
pub const PROGRAMS: Edge<Source, Program> = Edge::new("source.programs", vouches());
/// Agencies that a source vouches for.
pub const AGENCIES: Edge<Source, Agency> = Edge::new("source.agencies", vouches());
/// People that a source vouches for.
pub const PEOPLE: Edge<Source, Person> = Edge::new("source.people", vouches());
/// Events that a source vouches for.
pub const EVENTS: Edge<Source, Event> = Edge::new("source.events", vouches());
/// Documents that a source vouches for.
pub const DOCUMENTS: Edge<Source, Document> = Edge::new("source.documents", vouches());
