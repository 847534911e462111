//! Events.

use crate::edit::{Editable, Reference, erase_of};
use domain::{Citation, Event, EventProgram, Fault, Id, Involvement, Program, RecordKind, TenantId, Visibility, text};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own};
use crate::record::{Record, Searchable, Stored};
use crate::search::folded;
use crate::{Edge, Field, Sort, StoreError, Tx};

mod events {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub kind: String,
        pub name: String,
        pub name_inferred: Option<String>,
        pub held_on: Option<String>,
        pub held_on_inferred: Option<String>,
        pub time_of_day: Option<String>,
        pub place: Option<String>,
        pub mode: Option<String>,
        pub remote_point_count: Option<i32>,
        pub remote_points: Option<String>,
        pub agenda: String,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Event {
    type Entity = events::Entity;
    type Key = Id<Event>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: events::Model) -> Result<Self, StoreError> {
        let events::Model {
            tenant_id,
            id,
            visibility,
            kind,
            name,
            name_inferred,
            held_on,
            held_on_inferred,
            time_of_day,
            place,
            mode,
            remote_point_count,
            remote_points,
            agenda,
            note,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            kind: codec::code("kind", &kind)?,
            name,
            name_inferred,
            date: codec::dated(held_on.as_deref(), held_on_inferred)?,
            time_of_day: codec::code_opt("time_of_day", time_of_day.as_deref())?,
            place,
            mode: codec::code_opt("mode", mode.as_deref())?,
            remote_point_count,
            remote_points,
            agenda: codec::list("agenda", &agenda)?,
            note,
            version,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for Event {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Event));

    fn row(&self) -> events::Model {
        events::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            kind: codec::text(self.kind),
            name: self.name.clone(),
            name_inferred: self.name_inferred.clone(),
            held_on: codec::edtf(self.date.as_ref().map(|dated| &dated.date)),
            held_on_inferred: self.date.as_ref().and_then(|dated| dated.inferred.clone()),
            time_of_day: self.time_of_day.map(codec::text),
            place: self.place.clone(),
            mode: self.mode.map(codec::text),
            remote_point_count: self.remote_point_count,
            remote_points: self.remote_points.clone(),
            agenda: codec::json(&self.agenda),
            note: self.note.clone(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = vec![("name_fold", text::fold(&self.name).into())];
        columns.extend(codec::bounds(
            "held_on_earliest",
            "held_on_latest",
            self.date.as_ref().map(|dated| &dated.date),
        ));
        columns
    }

    fn searchable(&self) -> Option<Searchable> {
        Some(Searchable {
            tenant: self.id.tenant,
            id: self.id.uuid,
            visibility: self.visibility,
            kind: RecordKind::Event,
            folded: folded([Some(self.name.as_str())]),
        })
    }
}

mod event_programs {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_programs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub event_id: Uuid,
        pub program_tenant_id: i32,
        pub program_id: Uuid,
        pub position: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for EventProgram {
    type Entity = event_programs::Entity;
    type Key = Id<EventProgram>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: event_programs::Model) -> Result<Self, StoreError> {
        let event_programs::Model { tenant_id, id, visibility, event_id, program_tenant_id, program_id, position } =
            row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            event: Id::new(tenant, event_id),
            program: Id::new(TenantId(program_tenant_id), program_id),
            order: position,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for EventProgram {
    fn row(&self) -> event_programs::Model {
        event_programs::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            event_id: self.event.uuid,
            program_tenant_id: self.program.tenant.0,
            program_id: self.program.uuid,
            position: self.order,
        }
    }
}

impl Editable for Event {
    const KIND: RecordKind = RecordKind::Event;

    fn faults(&self) -> Vec<Fault> {
        Event::faults(self)
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<Involvement, _>(tx, "event_id", ids).await?;
        erase_of::<Citation, _>(tx, "event_id", ids).await?;
        erase_of::<EventProgram, _>(tx, "event_id", ids).await
    }
}

impl Editable for EventProgram {
    const KIND: RecordKind = RecordKind::EventProgram;

    fn faults(&self) -> Vec<Fault> {
        Vec::new()
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("event", RecordKind::Event, self.event))
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::record("", RecordKind::Program, self.program)]
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Kind.
pub const KIND: Field<Event> = Field::new("kind");
/// Folded name.
pub const NAME: Field<Event> = Field::new("name_fold");
/// Earliest day on which it may have been held.
pub const HELD_EARLIEST: Field<Event> = Field::new("held_on_earliest");
/// Latest day on which it may have been held.
pub const HELD_LATEST: Field<Event> = Field::new("held_on_latest");
/// By day.
pub const BY_DATE: Sort<Event> = Sort::by("held_on_earliest", false);
/// Events that deal with a program.
pub const OF_PROGRAM: Edge<Program, Event> = Edge::new(
    "program.events",
    Via::Through {
        table: "event_programs",
        holds: Holds::RECORDS,
        parent: across("program_tenant_id", "program_id"),
        child: own("event_id"),
        only: None,
    },
)
.order(&[("held_on_earliest", false)]);
