//! Links between programs and to documents.

use crate::edit::{Editable, Reference};
use domain::link::LinkTarget;
use domain::{Document, Fault, Id, Program, ProgramLink, RecordKind, TenantId, Visibility};
use sea_orm::sea_query::{Condition, Expr};
use uuid::Uuid;

use crate::change::Listed;
use crate::codec;
use crate::edge::{Via, across, own};
use crate::record::{Record, Stored};
use crate::{Edge, Field, Scope, StoreError};

mod program_links {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "program_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Uuid,
        pub kind: String,
        pub to_program_tenant_id: Option<i32>,
        pub to_program_id: Option<Uuid>,
        pub to_document_tenant_id: Option<i32>,
        pub to_document_id: Option<Uuid>,
        pub basis: String,
        pub reason: Option<String>,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for ProgramLink {
    type Entity = program_links::Entity;
    type Key = Id<ProgramLink>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn needs_visible(scope: &Scope, alias: &'static str) -> Condition {
        Condition::any()
            .add(Expr::exists(TO.exists(scope, alias, "target", "between")))
            .add(Expr::exists(TO_DOC.exists(scope, alias, "target", "between")))
    }

    fn read(row: program_links::Model) -> Result<Self, StoreError> {
        let program_links::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            kind,
            to_program_tenant_id,
            to_program_id,
            to_document_tenant_id,
            to_document_id,
            basis,
            reason,
            note,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            from: Id::new(tenant, program_id),
            kind: codec::code("kind", &kind)?,
            to: target(to_program_tenant_id.zip(to_program_id), to_document_tenant_id.zip(to_document_id))?,
            basis: codec::code("basis", &basis)?,
            reason,
            note,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for ProgramLink {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::ProgramLink).within("program_id"));

    fn row(&self) -> program_links::Model {
        let (program, document) = match self.to {
            LinkTarget::Program(id) => (Some(id), None),
            LinkTarget::Document(id) => (None, Some(id)),
        };
        program_links::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.from.uuid,
            kind: codec::text(self.kind),
            to_program_tenant_id: program.map(|id| id.tenant.0),
            to_program_id: program.map(|id| id.uuid),
            to_document_tenant_id: document.map(|id| id.tenant.0),
            to_document_id: document.map(|id| id.uuid),
            basis: codec::text(self.basis),
            reason: self.reason.clone(),
            note: self.note.clone(),
            version: self.version,
        }
    }
}

fn target(program: Option<(i32, Uuid)>, document: Option<(i32, Uuid)>) -> Result<LinkTarget, StoreError> {
    match (program, document) {
        (Some((tenant, id)), None) => Ok(LinkTarget::Program(Id::new(TenantId(tenant), id))),
        (None, Some((tenant, id))) => Ok(LinkTarget::Document(Id::new(TenantId(tenant), id))),
        (None, None) | (Some(_), Some(_)) => Err(StoreError::corrupt("link target", "not exactly one")),
    }
}

impl Editable for ProgramLink {
    const KIND: RecordKind = RecordKind::ProgramLink;

    fn faults(&self) -> Vec<Fault> {
        ProgramLink::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("program", RecordKind::Program, self.from))
    }

    fn references(&self) -> Vec<Reference> {
        vec![match self.to {
            LinkTarget::Program(id) => Reference::record("program", RecordKind::Program, id),
            LinkTarget::Document(id) => Reference::record("document", RecordKind::Document, id),
        }]
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Kind.
pub const KIND: Field<ProgramLink> = Field::new("kind");
/// Stated or inferred.
pub const BASIS: Field<ProgramLink> = Field::new("basis");
/// Links that start from a program.
pub const OF_PROGRAM: Edge<Program, ProgramLink> = Edge::new("program.links", Via::Child(own("program_id")));
/// Links that point to a program.
pub const TO_PROGRAM: Edge<Program, ProgramLink> =
    Edge::new("program.backlinks", Via::Child(across("to_program_tenant_id", "to_program_id")));
/// Links that point to a document.
pub const TO_DOCUMENT: Edge<Document, ProgramLink> =
    Edge::new("document.backlinks", Via::Child(across("to_document_tenant_id", "to_document_id")));
/// The program that a link starts from.
pub const FROM: Edge<ProgramLink, Program> = Edge::new("link.from", Via::Parent(own("program_id")));
/// The program that a link points to.
pub const TO: Edge<ProgramLink, Program> =
    Edge::new("link.to", Via::Parent(across("to_program_tenant_id", "to_program_id")));
/// The document that a link points to.
pub const TO_DOC: Edge<ProgramLink, Document> =
    Edge::new("link.document", Via::Parent(across("to_document_tenant_id", "to_document_id")));
