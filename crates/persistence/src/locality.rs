//! Districts.

use domain::{Agency, Id, Locality, Program, RecordKind, TenantId, Visibility, text};

use crate::codec::{self, Computed};
use crate::edge::{Via, own};
use crate::record::{Record, Searchable, Stored};
use crate::search::folded;
use crate::{Edge, Field, StoreError};

mod localities {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "localities")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub gso_code: Option<String>,
        pub kind: String,
        pub name_vi: String,
        pub short_name_vi: String,
        pub name_en: Option<String>,
        pub variants: String,
        pub valid_from: Option<Date>,
        pub valid_to: Option<Date>,
        pub note: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Locality {
    type Entity = localities::Entity;
    type Key = Id<Locality>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: localities::Model) -> Result<Self, StoreError> {
        let localities::Model {
            tenant_id,
            id,
            visibility: _,
            gso_code,
            kind,
            name_vi,
            short_name_vi,
            name_en,
            variants,
            valid_from,
            valid_to,
            note,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            gso_code,
            kind,
            name_vi,
            short_name_vi,
            name_en,
            variants: codec::list("variants", &variants)?,
            valid_from,
            valid_to,
            note,
        })
    }
}

impl Stored for Locality {
    fn row(&self) -> localities::Model {
        localities::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(Visibility::Public),
            gso_code: self.gso_code.clone(),
            kind: self.kind.clone(),
            name_vi: self.name_vi.clone(),
            short_name_vi: self.short_name_vi.clone(),
            name_en: self.name_en.clone(),
            variants: codec::json(&self.variants),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            note: self.note.clone(),
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.name_vi).into()), ("name_sort", text::sort_key(&self.short_name_vi).into())]
    }

    fn searchable(&self) -> Option<Searchable> {
        Some(Searchable {
            tenant: self.id.tenant,
            id: self.id.uuid,
            visibility: Visibility::Public,
            kind: RecordKind::Locality,
            folded: folded(
                [Some(self.name_vi.as_str()), self.name_en.as_deref()]
                    .into_iter()
                    .chain(self.variants.iter().map(|name| Some(name.as_str()))),
            ),
        })
    }
}

/// Agencies that work in a district.
pub const AGENCIES: Edge<Locality, Agency> =
    Edge::new("locality.agencies", Via::Child(own("locality_id"))).order(&[("name_sort", false)]);
/// Programs of a district.
pub const PROGRAMS: Edge<Locality, Program> =
    Edge::new("locality.programs", Via::Child(own("locality_id"))).order(&[("signed_on_earliest", true)]);
/// The district of a program.
pub const OF_PROGRAM: Edge<Program, Locality> = Edge::new("program.locality", Via::Parent(own("locality_id")));
/// The district of an agency.
pub const OF_AGENCY: Edge<Agency, Locality> = Edge::new("agency.locality", Via::Parent(own("locality_id")));
/// Last day.
pub const VALID_TO: Field<Locality> = Field::new("valid_to");
