//! Conflicts.

use crate::edit::{Editable, Reference};
use domain::conflict::ConflictValue;
use domain::{Agency, Conflict, Document, Event, Fault, Id, Person, Program, RecordKind, TenantId, Visibility};
use serde_json::{Value, json};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec;
use crate::edge::{Via, across};
use crate::record::{Record, Stored};
use crate::{Edge, StoreError};

mod conflicts {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conflicts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub kind: String,
        pub record_tenant_id: i32,
        pub record_id: Uuid,
        pub field: String,
        pub field_values: String,
        pub preferred: Option<i32>,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Conflict {
    type Entity = conflicts::Entity;
    type Key = Id<Conflict>;
    const HOLDS: Holds = Holds::ByKind;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: conflicts::Model) -> Result<Self, StoreError> {
        let conflicts::Model {
            tenant_id,
            id,
            visibility,
            kind,
            record_tenant_id,
            record_id,
            field,
            field_values,
            preferred,
            note,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            kind: codec::code("kind", &kind)?,
            record_tenant: TenantId(record_tenant_id),
            record: record_id,
            field,
            values: read_values(&field_values)?,
            preferred: preferred.and_then(|place| usize::try_from(place).ok()),
            note,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Conflict {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Conflict).by("kind"));

    fn row(&self) -> conflicts::Model {
        conflicts::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            kind: codec::text(self.kind),
            record_tenant_id: self.record_tenant.0,
            record_id: self.record,
            field: self.field.clone(),
            field_values: write_values(&self.values),
            preferred: self.preferred.and_then(|place| i32::try_from(place).ok()),
            note: self.note.clone(),
            version: self.version,
        }
    }
}

fn read_values(json: &str) -> Result<Vec<ConflictValue>, StoreError> {
    let values: Vec<Value> = codec::list("conflict values", json)?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(values
        .iter()
        .map(|value| ConflictValue { value: text(value, "value"), source: text(value, "source") })
        .collect())
}

fn write_values(values: &[ConflictValue]) -> String {
    Value::Array(values.iter().map(|side| json!({"value": side.value, "source": side.source})).collect()).to_string()
}

impl Editable for Conflict {
    const KIND: RecordKind = RecordKind::Conflict;

    fn faults(&self) -> Vec<Fault> {
        Conflict::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("record", self.kind, Id::<Conflict>::new(self.record_tenant, self.record)))
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Disagreements about a program.
pub const OF_PROGRAM: Edge<Program, Conflict> =
    Edge::new("program.conflicts", Via::Child(across("record_tenant_id", "record_id")));
/// Disagreements about an agency.
pub const OF_AGENCY: Edge<Agency, Conflict> =
    Edge::new("agency.conflicts", Via::Child(across("record_tenant_id", "record_id")));
/// Disagreements about a person.
pub const OF_PERSON: Edge<Person, Conflict> =
    Edge::new("person.conflicts", Via::Child(across("record_tenant_id", "record_id")));
/// Disagreements about an event.
pub const OF_EVENT: Edge<Event, Conflict> =
    Edge::new("event.conflicts", Via::Child(across("record_tenant_id", "record_id")));
/// Disagreements about a document.
pub const OF_DOCUMENT: Edge<Document, Conflict> =
    Edge::new("document.conflicts", Via::Child(across("record_tenant_id", "record_id")));
