//! Cooperation areas.

use crate::edit::{Editable, Reference, erase_of};
use domain::{CooperationArea, Fault, Id, Involvement, Program, RecordKind, TenantId, Topic, Visibility};

use crate::change::Listed;
use crate::codec;
use crate::edge::{Via, own, shared};
use crate::record::{Record, Stored};
use crate::{Edge, StoreError, Tx};

mod cooperation_areas {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cooperation_areas")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Uuid,
        pub position: i32,
        pub label: String,
        pub topic: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for CooperationArea {
    type Entity = cooperation_areas::Entity;
    type Key = Id<CooperationArea>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: cooperation_areas::Model) -> Result<Self, StoreError> {
        let cooperation_areas::Model { tenant_id, id, visibility, program_id, position, label, topic, version } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: Id::new(tenant, program_id),
            order: position,
            label,
            topic,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for CooperationArea {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::CooperationArea).within("program_id"));

    fn row(&self) -> cooperation_areas::Model {
        cooperation_areas::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.uuid,
            position: self.order,
            label: self.label.clone(),
            topic: self.topic.clone(),
            version: self.version,
        }
    }
}

impl Editable for CooperationArea {
    const KIND: RecordKind = RecordKind::CooperationArea;

    fn faults(&self) -> Vec<Fault> {
        CooperationArea::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("program", RecordKind::Program, self.program))
    }

    fn references(&self) -> Vec<Reference> {
        self.topic.iter().map(|topic| Reference::code("topic", "topics", topic)).collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<Involvement, _>(tx, "area_id", ids).await
    }
}

/// Areas of a program, in the order of the text.
pub const OF_PROGRAM: Edge<Program, CooperationArea> =
    Edge::new("program.areas", Via::Child(own("program_id"))).order(&[("position", false)]);
/// Areas on a topic.
pub const OF_TOPIC: Edge<Topic, CooperationArea> = Edge::new("topic.areas", Via::Child(shared("topic")));
