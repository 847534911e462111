//! Tenants and their successions. Shared: every actor may know which provinces there are and were.

mod succeed;

pub use succeed::succeed;

use domain::{
    Agency, Document, Event, Locality, Person, Program, RecordKind, Region, Source, Tenant, TenantId, TenantSuccession,
    Visibility, text,
};
use sea_orm::sea_query::{Alias, Expr, InsertStatement, OnConflict};
use uuid::Uuid;

use crate::access::Holds;
use crate::codec::{self, Computed};
use crate::edge::{Via, shared};
use crate::filter::alias;
use crate::record::{Record, Searchable, Stored, col, read_all};
use crate::search::folded;
use crate::{Edge, Field, Scope, Sort, StoreError, Tx};

mod tenants {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tenants")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub key: String,
        pub slug: String,
        pub kind: String,
        pub name_vi: String,
        pub short_name_vi: String,
        pub name_en: String,
        pub short_name_en: String,
        pub gso_code: Option<String>,
        pub iso_code: Option<String>,
        pub region: Option<String>,
        pub region_basis: Option<String>,
        pub valid_from: Option<Date>,
        pub valid_to: Option<Date>,
        pub seat: Option<String>,
        pub district_count: Option<i32>,
        pub commune_count: Option<i32>,
        pub legal_source: Option<String>,
        pub note: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Tenant {
    type Entity = tenants::Entity;
    type Key = TenantId;
    const HOLDS: Holds = Holds::Shared;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: tenants::Model) -> Result<Self, StoreError> {
        let tenants::Model {
            id,
            key,
            slug,
            kind,
            name_vi,
            short_name_vi,
            name_en,
            short_name_en,
            gso_code,
            iso_code,
            region,
            region_basis,
            valid_from,
            valid_to,
            seat,
            district_count,
            commune_count,
            legal_source,
            note,
        } = row;
        Ok(Self {
            id: TenantId(id),
            key,
            slug,
            kind: codec::code("kind", &kind)?,
            name_vi,
            short_name_vi,
            name_en,
            short_name_en,
            gso_code,
            iso_code,
            region,
            region_basis: codec::code_opt("region_basis", region_basis.as_deref())?,
            valid_from,
            valid_to,
            seat,
            district_count,
            commune_count,
            legal_source,
            note,
        })
    }
}

impl Stored for Tenant {
    fn row(&self) -> tenants::Model {
        tenants::Model {
            id: self.id.0,
            key: self.key.clone(),
            slug: self.slug.clone(),
            kind: codec::text(self.kind),
            name_vi: self.name_vi.clone(),
            short_name_vi: self.short_name_vi.clone(),
            name_en: self.name_en.clone(),
            short_name_en: self.short_name_en.clone(),
            gso_code: self.gso_code.clone(),
            iso_code: self.iso_code.clone(),
            region: self.region.clone(),
            region_basis: self.region_basis.map(codec::text),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            seat: self.seat.clone(),
            district_count: self.district_count,
            commune_count: self.commune_count,
            legal_source: self.legal_source.clone(),
            note: self.note.clone(),
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![
            ("name_fold", text::fold(&self.short_name_vi).into()),
            ("name_sort", text::sort_key(&self.short_name_vi).into()),
        ]
    }

    fn searchable(&self) -> Option<Searchable> {
        Some(Searchable {
            tenant: self.id,
            id: search_id(self.id),
            visibility: Visibility::Public,
            kind: RecordKind::Tenant,
            folded: folded([Some(self.short_name_vi.as_str()), Some(&self.name_vi), Some(&self.name_en)]),
        })
    }
}

mod tenant_successions {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tenant_successions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub from_id: i32,
        pub to_id: i32,
        pub happened_on: Date,
        pub kind: String,
        pub legal_basis: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for TenantSuccession {
    type Entity = tenant_successions::Entity;
    type Key = String;
    const HOLDS: Holds = Holds::Shared;

    fn key(&self) -> Self::Key {
        code(self)
    }

    fn read(row: tenant_successions::Model) -> Result<Self, StoreError> {
        let tenant_successions::Model { code: _, from_id, to_id, happened_on, kind, legal_basis } = row;
        Ok(Self {
            from: TenantId(from_id),
            to: TenantId(to_id),
            on: happened_on,
            kind: codec::code("kind", &kind)?,
            legal_basis,
        })
    }
}

impl Stored for TenantSuccession {
    fn row(&self) -> tenant_successions::Model {
        tenant_successions::Model {
            code: code(self),
            from_id: self.from.0,
            to_id: self.to.0,
            happened_on: self.on,
            kind: codec::text(self.kind),
            legal_basis: self.legal_basis.clone(),
        }
    }
}

fn code(succession: &TenantSuccession) -> String {
    format!("{}-{}", succession.from, succession.to)
}

/// Tenants have small numbers; the search index wants a uuid.
fn search_id(id: TenantId) -> Uuid {
    Uuid::from_u128(u128::from(id.0.unsigned_abs()))
}

/// Back from a search hit.
pub(crate) fn from_search_id(id: Uuid) -> TenantId {
    TenantId(i32::try_from(id.as_u128()).unwrap_or_default())
}

/// Frozen key.
pub const KEY: Field<Tenant> = Field::new("key");
/// Slug.
pub const SLUG: Field<Tenant> = Field::new("slug");
/// Folded Vietnamese name without the kind.
pub const NAME: Field<Tenant> = Field::new("name_fold");
/// Kind.
pub const KIND: Field<Tenant> = Field::new("kind");
/// GSO code.
pub const GSO_CODE: Field<Tenant> = Field::new("gso_code");
/// ISO code.
pub const ISO_CODE: Field<Tenant> = Field::new("iso_code");
/// Region code.
pub const REGION: Field<Tenant> = Field::new("region");
/// First day.
pub const VALID_FROM: Field<Tenant> = Field::new("valid_from");
/// Last day.
pub const VALID_TO: Field<Tenant> = Field::new("valid_to");

/// By name, in Vietnamese order.
pub const BY_NAME: Sort<Tenant> = Sort::by("name_sort", false);
/// By GSO code.
pub const BY_GSO_CODE: Sort<Tenant> = Sort::by("gso_code", false);
/// By the first day.
pub const BY_VALID_FROM: Sort<Tenant> = Sort::by("valid_from", false);

/// The steps that lead to a tenant.
pub const PREDECESSIONS: Edge<Tenant, TenantSuccession> =
    Edge::new("tenant.predecessors", Via::Child(shared("to_id"))).order(&[("from_id", false)]);
/// The steps that lead on from a tenant.
pub const SUCCESSIONS: Edge<Tenant, TenantSuccession> =
    Edge::new("tenant.successors", Via::Child(shared("from_id"))).order(&[("to_id", false)]);
/// Provinces of a region.
pub const OF_REGION: Edge<Region, Tenant> =
    Edge::new("region.provinces", Via::Child(shared("region"))).order(&[("name_sort", false)]);
/// The tenant of a program.
pub const OF_PROGRAM: Edge<Program, Tenant> = Edge::new("program.tenant", Via::Parent(shared("tenant_id")));
/// The tenant of an agency.
pub const OF_AGENCY: Edge<Agency, Tenant> = Edge::new("agency.tenant", Via::Parent(shared("tenant_id")));
/// The tenant of a person.
pub const OF_PERSON: Edge<Person, Tenant> = Edge::new("person.tenant", Via::Parent(shared("tenant_id")));
/// The tenant of an event.
pub const OF_EVENT: Edge<Event, Tenant> = Edge::new("event.tenant", Via::Parent(shared("tenant_id")));
/// The tenant of a document.
pub const OF_DOCUMENT: Edge<Document, Tenant> = Edge::new("document.tenant", Via::Parent(shared("tenant_id")));
/// The tenant of a source.
pub const OF_SOURCE: Edge<Source, Tenant> = Edge::new("source.tenant", Via::Parent(shared("tenant_id")));
/// Programs of a tenant.
pub const PROGRAMS: Edge<Tenant, Program> =
    Edge::new("tenant.programs", Via::Child(shared("tenant_id"))).order(&[("signed_on_earliest", true)]);
/// Agencies of a tenant.
pub const AGENCIES: Edge<Tenant, Agency> =
    Edge::new("tenant.agencies", Via::Child(shared("tenant_id"))).order(&[("name_sort", false)]);
/// Events of a tenant.
pub const EVENTS: Edge<Tenant, Event> =
    Edge::new("tenant.events", Via::Child(shared("tenant_id"))).order(&[("held_on_earliest", true)]);
/// People of a tenant.
pub const PEOPLE: Edge<Tenant, Person> =
    Edge::new("tenant.people", Via::Child(shared("tenant_id"))).order(&[("name_sort", false)]);
/// Sources of a tenant.
pub const SOURCES: Edge<Tenant, Source> =
    Edge::new("tenant.sources", Via::Child(shared("tenant_id"))).order(&[("published_on_earliest", true)]);
/// Districts of a tenant.
pub const LOCALITIES: Edge<Tenant, Locality> =
    Edge::new("tenant.localities", Via::Child(shared("tenant_id"))).order(&[("name_sort", false)]);

impl Tx {
    /// Stores who stewards whom, as it follows from the successions.
    pub(crate) async fn put_stewardships(&self, successions: &[TenantSuccession]) -> Result<(), StoreError> {
        let stewardships = domain::tenant::stewardships(successions);
        if stewardships.is_empty() {
            return Ok(());
        }
        let columns = ["steward_id", "stewarded_id"].map(Alias::new);
        let mut insert = InsertStatement::new();
        insert.into_table(Alias::new("stewardships")).columns(columns.clone());
        for one in stewardships {
            let values = [one.steward.0, one.tenant.0].map(Expr::val);
            insert.values(values).map_err(|error| StoreError::Internal(error.to_string()))?;
        }
        insert.on_conflict(OnConflict::columns(columns).do_nothing().to_owned());
        self.execute(&insert).await.map(|_rows| ())
    }
}

impl Scope {
    /// Every tenant there is or was, by name.
    pub async fn tenants_of_all_time(&self) -> Result<Vec<Tenant>, StoreError> {
        let mut select = self.select::<Tenant>(alias(0));
        select.order_by_expr(col(alias(0), "name_sort"), sea_orm::Order::Asc);
        read_all(&self.rows(&select).await?)
    }
}
