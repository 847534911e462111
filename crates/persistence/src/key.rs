//! API keys. A key is found by its public part alone, before anybody is known to ask; otherwise only its tenant sees it.

use std::collections::BTreeSet;

use domain::actor::Principal;
use domain::{ApiKey, Id, TenantId};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use uuid::Uuid;

use crate::access::Holds;
use crate::codec;
use crate::filter::alias;
use crate::record::{Record, Stored, col, every, read_all};
use crate::session::{Purpose, Session};
use crate::{Scope, Store, StoreError, Tx};

mod api_keys {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub digest: String,
        pub grants: String,
        pub valid_from: Date,
        pub valid_to: Date,
        pub created_by: String,
        pub revoked_by: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for ApiKey {
    type Entity = api_keys::Entity;
    type Key = Id<ApiKey>;
    /// No scope reads keys.
    const HOLDS: Holds = Holds::Shared;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn needs_visible(_scope: &Scope, _alias: &'static str) -> Condition {
        Condition::all().add(Expr::cust("1 = 0"))
    }

    fn read(row: api_keys::Model) -> Result<Self, StoreError> {
        let api_keys::Model { tenant_id, id, name, digest, grants, valid_from, valid_to, created_by, revoked_by } = row;
        let grants: BTreeSet<Uuid> = codec::list("grants", &grants)?;
        Ok(Self {
            id: Id::new(TenantId(tenant_id), id),
            name,
            digest,
            grants,
            valid_from,
            valid_to,
            created_by: Principal::stored(created_by),
            revoked_by: revoked_by.map(Principal::stored),
        })
    }
}

impl Stored for ApiKey {
    fn row(&self) -> api_keys::Model {
        api_keys::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            name: self.name.clone(),
            digest: self.digest.clone(),
            grants: codec::json(&self.grants),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            created_by: self.created_by.to_string(),
            revoked_by: self.revoked_by.as_ref().map(Principal::to_string),
        }
    }
}

impl Store {
    /// The key with this public part.
    pub async fn find_key(&self, id: Uuid) -> Result<Option<ApiKey>, StoreError> {
        let settings = [format!("SELECT set_config('phoihop.key', '{id}', true)")];
        let session = Session::begin(self.reader(), Purpose::Read, &settings).await?;
        let mut select = every::<ApiKey>(alias(0));
        select.cond_where(col(alias(0), "id").eq(id));
        Ok(read_all(&session.rows(&select).await?)?.into_iter().next())
    }
}

impl Tx {
    /// Stores a key.
    pub async fn put_key(&self, key: &ApiKey) -> Result<(), StoreError> {
        self.put(std::slice::from_ref(key)).await.map(|_counts| ())
    }

    /// The keys of a tenant for which one acts.
    pub async fn keys(&self, tenant: TenantId) -> Result<Vec<ApiKey>, StoreError> {
        self.access().may_write(&[tenant])?;
        let mut select = every::<ApiKey>(alias(0));
        select
            .cond_where(col(alias(0), "tenant_id").eq(tenant.0))
            .order_by_expr(col(alias(0), "id"), sea_orm::Order::Asc);
        read_all(&self.rows(&select).await?)
    }
}
