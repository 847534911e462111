//! Remarks.

use crate::edit::{Editable, Reference};
use domain::{Event, Fault, Id, Program, RecordKind, Remark, TenantId, Visibility};

use crate::change::Listed;
use crate::codec;
use crate::edge::{Via, own};
use crate::record::{Record, Stored};
use crate::{Edge, StoreError};

mod remarks {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "remarks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Uuid,
        pub event_id: Option<Uuid>,
        pub position: i32,
        pub kind: String,
        pub text: String,
        pub specified: bool,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Remark {
    type Entity = remarks::Entity;
    type Key = Id<Remark>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: remarks::Model) -> Result<Self, StoreError> {
        let remarks::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            event_id,
            position,
            kind,
            text,
            specified,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: Id::new(tenant, program_id),
            event: event_id.map(|id| Id::new(tenant, id)),
            order: position,
            kind: codec::code("kind", &kind)?,
            text,
            specified,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Remark {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Remark).within("program_id"));

    fn row(&self) -> remarks::Model {
        remarks::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.uuid,
            event_id: self.event.map(|id| id.uuid),
            position: self.order,
            kind: codec::text(self.kind),
            text: self.text.clone(),
            specified: self.specified,
            version: self.version,
        }
    }
}

impl Editable for Remark {
    const KIND: RecordKind = RecordKind::Remark;

    fn faults(&self) -> Vec<Fault> {
        Remark::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("program", RecordKind::Program, self.program))
    }

    fn references(&self) -> Vec<Reference> {
        let event = Reference::maybe("event", RecordKind::Event, self.event);
        event.map(|one| one.within(self.id.tenant)).into_iter().collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Remarks about a program, in the order of the text.
pub const OF_PROGRAM: Edge<Program, Remark> =
    Edge::new("program.remarks", Via::Child(own("program_id"))).order(&[("position", false)]);
/// Remarks made at an event.
pub const OF_EVENT: Edge<Event, Remark> =
    Edge::new("event.remarks", Via::Child(own("event_id"))).order(&[("position", false)]);
