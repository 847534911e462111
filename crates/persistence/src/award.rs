//! Awards.

use crate::edit::{Editable, Reference, erase_of};
use domain::{Award, Event, Fault, Id, Involvement, Program, RecordKind, TenantId, Visibility};

use crate::change::Listed;
use crate::codec;
use crate::edge::{Via, own};
use crate::record::{Record, Stored};
use crate::{Edge, StoreError, Tx};

mod awards {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "awards")]
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
        pub collectives: Option<i32>,
        pub individuals: Option<i32>,
        pub mixed_total: Option<i32>,
        pub reason: Option<String>,
        pub overlap_unknown: bool,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Award {
    type Entity = awards::Entity;
    type Key = Id<Award>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: awards::Model) -> Result<Self, StoreError> {
        let awards::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            event_id,
            position,
            kind,
            collectives,
            individuals,
            mixed_total,
            reason,
            overlap_unknown,
            note,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: Id::new(tenant, program_id),
            event: event_id.map(|id| Id::new(tenant, id)),
            order: position,
            kind,
            collectives,
            individuals,
            mixed_total,
            reason,
            overlap_unknown,
            note,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Award {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Award).within("program_id"));

    fn row(&self) -> awards::Model {
        awards::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.uuid,
            event_id: self.event.map(|id| id.uuid),
            position: self.order,
            kind: self.kind.clone(),
            collectives: self.collectives,
            individuals: self.individuals,
            mixed_total: self.mixed_total,
            reason: self.reason.clone(),
            overlap_unknown: self.overlap_unknown,
            note: self.note.clone(),
            version: self.version,
        }
    }
}

impl Editable for Award {
    const KIND: RecordKind = RecordKind::Award;

    fn faults(&self) -> Vec<Fault> {
        Award::faults(self)
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

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<Involvement, _>(tx, "award_id", ids).await
    }
}

/// Awards given for a program, in the order of the text.
pub const OF_PROGRAM: Edge<Program, Award> =
    Edge::new("program.awards", Via::Child(own("program_id"))).order(&[("position", false)]);
/// Awards given at an event.
pub const OF_EVENT: Edge<Event, Award> =
    Edge::new("event.awards", Via::Child(own("event_id"))).order(&[("position", false)]);
/// The program for which an award was given.
pub const PROGRAM: Edge<Award, Program> = Edge::new("award.program", Via::Parent(own("program_id")));
