//! People and their positions.

use crate::edit::{Editable, Reference, erase_of};
use domain::{Agency, Fault, Id, Person, Position, RecordKind, TenantId, Visibility, text};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own};
use crate::record::{Record, Searchable, Stored};
use crate::search::{Folded, folded};
use crate::{Edge, Field, Sort, StoreError, Tx};

mod people {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "people")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub name: String,
        pub variants: String,
        pub honorific: Option<String>,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Person {
    type Entity = people::Entity;
    type Key = Id<Person>;
    const HOLDS: Holds = Holds::PEOPLE;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: people::Model) -> Result<Self, StoreError> {
        let people::Model { tenant_id, id, visibility, name, variants, honorific, note, version } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            name,
            variants: codec::list("variants", &variants)?,
            honorific,
            note,
            version,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for Person {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Person));

    fn row(&self) -> people::Model {
        people::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            name: self.name.clone(),
            variants: codec::json(&self.variants),
            honorific: self.honorific.clone(),
            note: self.note.clone(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![
            ("name_fold", text::fold(&self.name).into()),
            ("names_fold", format!("\n{}\n", self.names()).into()),
            ("name_sort", text::sort_key(&self.name).into()),
        ]
    }

    fn searchable(&self) -> Option<Searchable> {
        Some(Searchable {
            tenant: self.id.tenant,
            id: self.id.uuid,
            visibility: self.visibility,
            kind: RecordKind::Person,
            folded: self.names(),
        })
    }
}

mod positions {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "positions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub person_id: Uuid,
        pub agency_tenant_id: Option<i32>,
        pub agency_id: Option<Uuid>,
        pub title: String,
        pub position: i32,
        pub held_from: Option<String>,
        pub held_to: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Position {
    type Entity = positions::Entity;
    type Key = Id<Position>;
    const HOLDS: Holds = Holds::PEOPLE;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: positions::Model) -> Result<Self, StoreError> {
        let positions::Model {
            tenant_id,
            id,
            visibility,
            person_id,
            agency_tenant_id,
            agency_id,
            title,
            position,
            held_from,
            held_to,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            person: Id::new(tenant, person_id),
            agency: agency_tenant_id.zip(agency_id).map(|(tenant, id)| Id::new(TenantId(tenant), id)),
            title,
            order: position,
            from: codec::date_opt(held_from.as_deref())?,
            to: codec::date_opt(held_to.as_deref())?,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Position {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Position));

    fn row(&self) -> positions::Model {
        positions::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            person_id: self.person.uuid,
            agency_tenant_id: self.agency.map(|id| id.tenant.0),
            agency_id: self.agency.map(|id| id.uuid),
            title: self.title.clone(),
            position: self.order,
            held_from: codec::edtf(self.from.as_ref()),
            held_to: codec::edtf(self.to.as_ref()),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::bounds("held_from_earliest", "held_from_latest", self.from.as_ref()));
        columns.extend(codec::bounds("held_to_earliest", "held_to_latest", self.to.as_ref()));
        columns
    }
}

impl Folded for Person {
    fn names(&self) -> String {
        folded([Some(self.name.as_str())].into_iter().chain(self.variants.iter().map(|name| Some(name.as_str()))))
    }
}

impl Editable for Person {
    const KIND: RecordKind = RecordKind::Person;

    fn faults(&self) -> Vec<Fault> {
        Person::faults(self)
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<Position, _>(tx, "person_id", ids).await
    }
}

impl Editable for Position {
    const KIND: RecordKind = RecordKind::Position;

    fn faults(&self) -> Vec<Fault> {
        Position::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("person", RecordKind::Person, self.person))
    }

    fn references(&self) -> Vec<Reference> {
        Reference::maybe("agency", RecordKind::Agency, self.agency).into_iter().collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Folded name.
pub const NAME: Field<Person> = Field::new("name_fold");
/// Every folded spelling, each between line breaks.
pub const NAMES: Field<Person> = Field::new("names_fold");
/// By name, in Vietnamese order.
pub const BY_NAME: Sort<Person> = Sort::by("name_sort", false);
/// Positions of a person, in printed order.
pub const POSITIONS: Edge<Person, Position> =
    Edge::new("person.positions", Via::Child(own("person_id"))).order(&[("position", false)]);
/// Positions at an agency.
pub const OF_AGENCY: Edge<Agency, Position> =
    Edge::new("agency.positions", Via::Child(across("agency_tenant_id", "agency_id"))).order(&[("position", false)]);
