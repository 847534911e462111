//! Documents and citations.

use crate::edit::{Editable, Reference, erase_of};
use domain::{Citation, Document, Event, Fault, Id, Involvement, Program, RecordKind, TenantId, Visibility, text};

use sea_orm::sea_query::{Condition, Expr};

use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own};
use crate::record::{Record, Searchable, Stored};
use crate::search::{folded, number_keys};
use crate::{Edge, Field, Scope, Sort, StoreError, Tx};

mod documents {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "documents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub kind: String,
        pub number: Option<String>,
        pub aliases: String,
        pub title_vi: Option<String>,
        pub issued_on: Option<String>,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Document {
    type Entity = documents::Entity;
    type Key = Id<Document>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: documents::Model) -> Result<Self, StoreError> {
        let documents::Model { tenant_id, id, visibility, kind, number, aliases, title_vi, issued_on, note, version } =
            row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            kind: codec::code("kind", &kind)?,
            number,
            aliases: codec::list("aliases", &aliases)?,
            title_vi,
            issued_on: codec::date_opt(issued_on.as_deref())?,
            note,
            version,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for Document {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Document));

    fn row(&self) -> documents::Model {
        documents::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            kind: codec::text(self.kind),
            number: self.number.clone(),
            aliases: codec::json(&self.aliases),
            title_vi: self.title_vi.clone(),
            issued_on: codec::edtf(self.issued_on.as_ref()),
            note: self.note.clone(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = vec![
            ("number_keys", number_keys(self.number.as_deref(), &self.aliases).into()),
            ("title_fold", text::fold(self.title_vi.as_deref().unwrap_or_default()).into()),
            (
                "title_sort",
                text::sort_key(self.title_vi.as_deref().or(self.number.as_deref()).unwrap_or_default()).into(),
            ),
        ];
        columns.extend(codec::bounds("issued_on_earliest", "issued_on_latest", self.issued_on.as_ref()));
        columns
    }

    fn searchable(&self) -> Option<Searchable> {
        Some(Searchable {
            tenant: self.id.tenant,
            id: self.id.uuid,
            visibility: self.visibility,
            kind: RecordKind::Document,
            folded: folded(
                [self.title_vi.as_deref(), self.number.as_deref()]
                    .into_iter()
                    .chain(self.aliases.iter().map(|name| Some(name.as_str()))),
            ),
        })
    }
}

mod citations {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "citations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Option<Uuid>,
        pub event_id: Option<Uuid>,
        pub document_tenant_id: i32,
        pub document_id: Uuid,
        pub article: Option<String>,
        pub cited_for: Option<String>,
        pub position: i32,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Citation {
    type Entity = citations::Entity;
    type Key = Id<Citation>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn needs_visible(scope: &Scope, alias: &'static str) -> Condition {
        Condition::all().add(Expr::exists(DOCUMENT.exists(scope, alias, "target", "between")))
    }

    fn read(row: citations::Model) -> Result<Self, StoreError> {
        let citations::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            event_id,
            document_tenant_id,
            document_id,
            article,
            cited_for,
            position,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: program_id.map(|id| Id::new(tenant, id)),
            event: event_id.map(|id| Id::new(tenant, id)),
            document: Id::new(TenantId(document_tenant_id), document_id),
            article,
            cited_for,
            order: position,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Citation {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Citation).within("program_id"));

    fn row(&self) -> citations::Model {
        citations::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.map(|id| id.uuid),
            event_id: self.event.map(|id| id.uuid),
            document_tenant_id: self.document.tenant.0,
            document_id: self.document.uuid,
            article: self.article.clone(),
            cited_for: self.cited_for.clone(),
            position: self.order,
            version: self.version,
        }
    }
}

impl Editable for Document {
    const KIND: RecordKind = RecordKind::Document;
    const REFERRED: bool = true;

    fn faults(&self) -> Vec<Fault> {
        Document::faults(self)
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<Involvement, _>(tx, "document_id", ids).await
    }
}

impl Editable for Citation {
    const KIND: RecordKind = RecordKind::Citation;

    fn faults(&self) -> Vec<Fault> {
        Vec::new()
    }

    fn parent(&self) -> Option<Reference> {
        let program = Reference::maybe("program", RecordKind::Program, self.program);
        program.or_else(|| Reference::maybe("event", RecordKind::Event, self.event))
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::record("document", RecordKind::Document, self.document)]
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Kind.
pub const KIND: Field<Document> = Field::new("kind");
/// Keys of its numbers, a line each, see `domain::number::number_key`.
pub const NUMBER_KEYS: Field<Document> = Field::new("number_keys");
/// Folded title.
pub const TITLE: Field<Document> = Field::new("title_fold");
/// Earliest day on which it may have been issued.
pub const ISSUED_EARLIEST: Field<Document> = Field::new("issued_on_earliest");
/// Latest day on which it may have been issued.
pub const ISSUED_LATEST: Field<Document> = Field::new("issued_on_latest");
/// By title, in Vietnamese order.
pub const BY_TITLE: Sort<Document> = Sort::by("title_sort", false);
/// By day of issue.
pub const BY_ISSUED_ON: Sort<Document> = Sort::by("issued_on_earliest", false);

/// What a program cites.
pub const CITED_BY_PROGRAM: Edge<Program, Citation> =
    Edge::new("program.citations", Via::Child(own("program_id"))).order(&[("position", false)]);
/// What was announced or studied at an event.
pub const CITED_AT_EVENT: Edge<Event, Citation> =
    Edge::new("event.citations", Via::Child(own("event_id"))).order(&[("position", false)]);
/// The document of a citation.
pub const DOCUMENT: Edge<Citation, Document> =
    Edge::new("citation.document", Via::Parent(across("document_tenant_id", "document_id")));
/// Where a document is cited.
pub const CITATIONS: Edge<Document, Citation> =
    Edge::new("document.citations", Via::Child(across("document_tenant_id", "document_id")));
