//! Directions, obligations and planned activities.

use crate::edit::{Editable, Reference, erase_of};
use domain::{
    Direction, Event, Fault, Id, Involvement, Obligation, PlannedActivity, Program, RecordKind, TenantId, Visibility,
};

use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own};
use crate::record::{Record, Stored};
use crate::{Edge, Field, StoreError, Tx};

mod directions {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Uuid,
        pub event_id: Option<Uuid>,
        pub position: i32,
        pub text: String,
        pub period_start: Option<String>,
        pub period_end: Option<String>,
        pub open_ended: bool,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Direction {
    type Entity = directions::Entity;
    type Key = Id<Direction>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: directions::Model) -> Result<Self, StoreError> {
        let directions::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            event_id,
            position,
            text,
            period_start,
            period_end,
            open_ended,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: Id::new(tenant, program_id),
            event: event_id.map(|id| Id::new(tenant, id)),
            order: position,
            text,
            period: codec::period(period_start.as_deref(), period_end.as_deref(), open_ended)?,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Direction {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Direction).within("program_id"));

    fn row(&self) -> directions::Model {
        let (period_start, period_end, open_ended) = codec::period_columns(self.period.as_ref());
        directions::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.uuid,
            event_id: self.event.map(|id| id.uuid),
            position: self.order,
            text: self.text.clone(),
            period_start,
            period_end,
            open_ended,
            version: self.version,
        }
    }
}

mod obligations {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "obligations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub direction_id: Uuid,
        pub program_id: Uuid,
        pub kind: String,
        pub due: Option<String>,
        pub fulfilled_by_tenant_id: Option<i32>,
        pub fulfilled_by_id: Option<Uuid>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Obligation {
    type Entity = obligations::Entity;
    type Key = Id<Obligation>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: obligations::Model) -> Result<Self, StoreError> {
        let obligations::Model {
            tenant_id,
            id,
            visibility,
            direction_id,
            program_id,
            kind,
            due,
            fulfilled_by_tenant_id,
            fulfilled_by_id,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            direction: Id::new(tenant, direction_id),
            program: Id::new(tenant, program_id),
            kind: codec::code("kind", &kind)?,
            due: codec::date_opt(due.as_deref())?,
            fulfilled_by: fulfilled_by_tenant_id.zip(fulfilled_by_id).map(|(tenant, id)| Id::new(TenantId(tenant), id)),
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Obligation {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Obligation).within("program_id"));

    fn row(&self) -> obligations::Model {
        obligations::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            direction_id: self.direction.uuid,
            program_id: self.program.uuid,
            kind: codec::text(self.kind),
            due: codec::edtf(self.due.as_ref()),
            fulfilled_by_tenant_id: self.fulfilled_by.map(|id| id.tenant.0),
            fulfilled_by_id: self.fulfilled_by.map(|id| id.uuid),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::bounds("due_earliest", "due_latest", self.due.as_ref()));
        columns
    }
}

mod planned_activities {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "planned_activities")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Uuid,
        pub position: i32,
        pub label: String,
        pub occasion: String,
        pub day: String,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for PlannedActivity {
    type Entity = planned_activities::Entity;
    type Key = Id<PlannedActivity>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: planned_activities::Model) -> Result<Self, StoreError> {
        let planned_activities::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            position,
            label,
            occasion,
            day,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: Id::new(tenant, program_id),
            order: position,
            label,
            occasion,
            day: codec::date(&day)?,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for PlannedActivity {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::PlannedActivity).within("program_id"));

    fn row(&self) -> planned_activities::Model {
        planned_activities::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.uuid,
            position: self.order,
            label: self.label.clone(),
            occasion: self.occasion.clone(),
            day: self.day.edtf().to_owned(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::bounds("day_earliest", "day_latest", Some(&self.day)));
        columns
    }
}

impl Editable for Direction {
    const KIND: RecordKind = RecordKind::Direction;

    fn faults(&self) -> Vec<Fault> {
        Direction::faults(self)
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
        erase_of::<Obligation, _>(tx, "direction_id", ids).await?;
        erase_of::<Involvement, _>(tx, "direction_id", ids).await
    }
}

impl Editable for Obligation {
    const KIND: RecordKind = RecordKind::Obligation;

    fn faults(&self) -> Vec<Fault> {
        Vec::new()
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("direction", RecordKind::Direction, self.direction))
    }

    fn references(&self) -> Vec<Reference> {
        Reference::maybe("fulfilledBy", RecordKind::Program, self.fulfilled_by).into_iter().collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

impl Editable for PlannedActivity {
    const KIND: RecordKind = RecordKind::PlannedActivity;

    fn faults(&self) -> Vec<Fault> {
        PlannedActivity::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("program", RecordKind::Program, self.program))
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Directions about a program, in the order of the text.
pub const OF_PROGRAM: Edge<Program, Direction> =
    Edge::new("program.directions", Via::Child(own("program_id"))).order(&[("position", false)]);
/// Directions given at an event.
pub const OF_EVENT: Edge<Event, Direction> =
    Edge::new("event.directions", Via::Child(own("event_id"))).order(&[("position", false)]);
/// Obligations that a direction opened.
pub const OBLIGATIONS: Edge<Direction, Obligation> =
    Edge::new("direction.obligations", Via::Child(own("direction_id")));
/// Obligations opened under a program.
pub const OBLIGATIONS_OF_PROGRAM: Edge<Program, Obligation> =
    Edge::new("program.obligations", Via::Child(own("program_id")));
/// Obligations that a program fulfilled.
pub const FULFILLED: Edge<Program, Obligation> =
    Edge::new("program.fulfills", Via::Child(across("fulfilled_by_tenant_id", "fulfilled_by_id")));
/// The program under which an obligation was opened.
pub const PROGRAM: Edge<Obligation, Program> = Edge::new("obligation.program", Via::Parent(own("program_id")));
/// The program that fulfilled an obligation.
pub const FULFILLED_BY: Edge<Obligation, Program> =
    Edge::new("obligation.fulfilledBy", Via::Parent(across("fulfilled_by_tenant_id", "fulfilled_by_id")));
/// The last day by which an obligation may be due.
pub const DUE_LATEST: Field<Obligation> = Field::new("due_latest");
/// Activities planned under a program, in the order of the text.
pub const PLANNED: Edge<Program, PlannedActivity> =
    Edge::new("program.plannedActivities", Via::Child(own("program_id"))).order(&[("position", false)]);
