//! Targets.

use crate::edit::{Editable, Reference};
use domain::{Fault, Id, Program, RecordKind, Target, TenantId, Visibility};

use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, own};
use crate::record::{Record, Stored};
use crate::{Edge, StoreError};

mod targets {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "targets")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Uuid,
        pub position: i32,
        pub indicator: String,
        pub label: String,
        pub value_e4: Option<i64>,
        pub qualifier: String,
        pub quantity_text: Option<String>,
        pub aspirational: bool,
        pub scope: Option<String>,
        pub period_start: Option<String>,
        pub period_end: Option<String>,
        pub open_ended: bool,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Target {
    type Entity = targets::Entity;
    type Key = Id<Target>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: targets::Model) -> Result<Self, StoreError> {
        let targets::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            position,
            indicator,
            label,
            value_e4,
            qualifier,
            quantity_text,
            aspirational,
            scope,
            period_start,
            period_end,
            open_ended,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: Id::new(tenant, program_id),
            order: position,
            indicator,
            label,
            quantity: codec::quantity(value_e4, &qualifier, quantity_text)?,
            aspirational,
            scope,
            period: codec::period(period_start.as_deref(), period_end.as_deref(), open_ended)?,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Target {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Target).within("program_id"));

    fn row(&self) -> targets::Model {
        let (period_start, period_end, open_ended) = codec::period_columns(self.period.as_ref());
        targets::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.uuid,
            position: self.order,
            indicator: self.indicator.clone(),
            label: self.label.clone(),
            value_e4: self.quantity.value_e4(),
            qualifier: codec::text(self.quantity.qualifier()),
            quantity_text: self.quantity.text().map(ToOwned::to_owned),
            aspirational: self.aspirational,
            scope: self.scope.clone(),
            period_start,
            period_end,
            open_ended,
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::period_bounds(self.period.as_ref()));
        columns
    }
}

impl Editable for Target {
    const KIND: RecordKind = RecordKind::Target;

    fn faults(&self) -> Vec<Fault> {
        Target::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("program", RecordKind::Program, self.program))
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::code("indicator", "indicators", &self.indicator)]
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Targets of a program, in the order of the text.
pub const OF_PROGRAM: Edge<Program, Target> =
    Edge::new("program.targets", Via::Child(own("program_id"))).order(&[("position", false)]);
/// The program that has a target.
pub const PROGRAM: Edge<Target, Program> = Edge::new("target.program", Via::Parent(own("program_id")));
