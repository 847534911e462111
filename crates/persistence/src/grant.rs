//! Grants between tenants. Seen by both sides, and by nobody else.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::actor::Principal;
use domain::grant::DataSet;
use domain::{Grant, Id, Tenant, TenantId};
use sea_orm::sea_query::{Condition, ExprTrait};
use uuid::Uuid;

use crate::access::Holds;
use crate::codec;
use crate::edge::{Via, shared};
use crate::filter::alias;
use crate::record::{Record, Stored, col, every, read_all};
use crate::{Edge, Scope, StoreError, Tx};

mod grants {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "grants")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub grantee_tenant_id: i32,
        pub every_province: bool,
        pub opens_programs: bool,
        pub opens_people: bool,
        pub basis: String,
        pub status: String,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
        pub purpose: String,
        pub requested_by: String,
        pub approved_by: Option<String>,
        pub revoked_by: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Grant {
    type Entity = grants::Entity;
    type Key = Id<Grant>;
    /// Grants are neither public nor drafts: who sees one is said below.
    const HOLDS: Holds = Holds::Shared;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn needs_visible(scope: &Scope, alias: &'static str) -> Condition {
        scope.grants(alias)
    }

    fn read(row: grants::Model) -> Result<Self, StoreError> {
        let grants::Model {
            tenant_id,
            id,
            grantee_tenant_id,
            every_province,
            opens_programs,
            opens_people,
            basis,
            status,
            valid_from,
            valid_to,
            purpose,
            requested_by,
            approved_by,
            revoked_by,
            version,
        } = row;
        let sets = [(opens_programs, DataSet::Programs), (opens_people, DataSet::People)];
        Ok(Self {
            id: Id::new(TenantId(tenant_id), id),
            grantee: TenantId(grantee_tenant_id),
            every_province,
            data_sets: sets.into_iter().filter_map(|(opens, set)| opens.then_some(set)).collect(),
            basis: codec::code("basis", &basis)?,
            status: codec::code("status", &status)?,
            valid_from,
            valid_to,
            purpose,
            requested_by: Principal::stored(requested_by),
            approved_by: approved_by.map(Principal::stored),
            revoked_by: revoked_by.map(Principal::stored),
            version,
        })
    }
}

impl Stored for Grant {
    fn row(&self) -> grants::Model {
        grants::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            grantee_tenant_id: self.grantee.0,
            every_province: self.every_province,
            opens_programs: self.data_sets.contains(&DataSet::Programs),
            opens_people: self.data_sets.contains(&DataSet::People),
            basis: codec::text(self.basis),
            status: codec::text(self.status),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            purpose: self.purpose.clone(),
            requested_by: self.requested_by.to_string(),
            approved_by: self.approved_by.as_ref().map(Principal::to_string),
            revoked_by: self.revoked_by.as_ref().map(Principal::to_string),
            version: self.version,
        }
    }

    /// Only the tenant that grants may say yes; asking, refusing and giving back is either side's.
    fn writers(&self) -> Vec<TenantId> {
        if self.status == domain::grant::GrantStatus::Approved {
            return vec![self.id.tenant];
        }
        vec![self.id.tenant, self.grantee]
    }
}

impl Tx {
    /// Stores a grant.
    pub async fn put_grant(&self, grant: &Grant) -> Result<(), StoreError> {
        self.put(std::slice::from_ref(grant)).await.map(|_counts| ())
    }

    /// The grants that the tenants for which one acts hold or give.
    pub async fn grants(&self) -> Result<Vec<Grant>, StoreError> {
        let mut select = every::<Grant>(alias(0));
        select.cond_where(self.access().grants(alias(0))).order_by_expr(col(alias(0), "id"), sea_orm::Order::Asc);
        read_all(&self.rows(&select).await?)
    }

    /// One of them, to be decided on.
    pub async fn grant(&self, id: Uuid) -> Result<Option<Grant>, StoreError> {
        let mut select = every::<Grant>(alias(0));
        // Locked until the transaction ends: what is decided is decided of the row as it was read.
        select.cond_where(self.access().grants(alias(0))).cond_where(col(alias(0), "id").eq(id)).lock_exclusive();
        Ok(read_all(&self.rows(&select).await?)?.into_iter().next())
    }

    /// The grant that comes with the office: the center reads what the provinces keep among themselves. Stored with the
    /// catalogs, under an id that is the same everywhere.
    pub(crate) async fn put_statutory_grant(&self) -> Result<crate::Counts, StoreError> {
        self.put(&[statutory()]).await
    }
}

/// See [`Tx::put_statutory_grant`].
fn statutory() -> Grant {
    Grant {
        id: Id::new(TenantId::CENTRAL, Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001)),
        grantee: TenantId::CENTRAL,
        every_province: true,
        data_sets: BTreeSet::from([DataSet::Programs, DataSet::People]),
        basis: domain::grant::GrantBasis::Statutory,
        status: domain::grant::GrantStatus::Approved,
        valid_from: NaiveDate::from_ymd_opt(1945, 9, 2).unwrap_or_default(),
        valid_to: None,
        purpose: "Cơ quan trung ương đọc hồ sơ nội bộ của các tỉnh, thành phố".to_owned(),
        requested_by: Principal::stored("statute".to_owned()),
        approved_by: Some(Principal::stored("statute".to_owned())),
        revoked_by: None,
        version: 0,
    }
}

/// Grants that a tenant holds.
pub const HELD: Edge<Tenant, Grant> =
    Edge::new("tenant.grantsHeld", Via::Child(shared("grantee_tenant_id"))).order(&[("valid_from", true)]);
/// Grants to a tenant's records.
pub const GIVEN: Edge<Tenant, Grant> =
    Edge::new("tenant.grantsGiven", Via::Child(shared("tenant_id"))).order(&[("valid_from", true)]);
