//! Grants: who lets whom read what.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;

use crate::connection::NodeType;
use crate::enums::{DataSet, GrantBasis, GrantStatus};
use crate::error::Result;
use crate::global_id;
use crate::request::request;
use crate::scalar::Date;
use crate::tenant::{Tenant, tenant_of};

/// A permission (quyền đọc) of one tenant to read another's internal records. It never reaches drafts and never lets
/// anybody write. Only the two tenants see it.
#[derive(Clone, Debug)]
pub struct Grant(pub Arc<domain::Grant>);

impl NodeType for Grant {
    type Record = domain::Grant;
    const NAME: &'static str = "Grant";

    fn wrap(record: Arc<domain::Grant>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Grant, self.0.id)
    }
}

/// A permission (quyền đọc) of one tenant to read another's internal records. It never reaches drafts and never lets
/// anybody write. Only the two tenants see it.
#[Object]
impl Grant {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// The tenant that may read.
    async fn grantee(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.grantee).await
    }

    /// The tenant whose records it opens; null when it opens those of every province.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        if self.0.every_province {
            return None;
        }
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// Whether it opens the records of every province.
    async fn every_province(&self) -> bool {
        self.0.every_province
    }

    /// What it opens.
    async fn data_sets(&self) -> Vec<DataSet> {
        self.0.data_sets.iter().map(|set| (*set).into()).collect()
    }

    /// Where it comes from.
    async fn basis(&self) -> GrantBasis {
        self.0.basis.into()
    }

    /// How far it has come, today.
    async fn status(&self, ctx: &Context<'_>) -> Option<Result<GrantStatus>> {
        use domain::grant::GrantStatus as Stored;

        let today = match request(ctx) {
            Ok(request) => request.today(),
            Err(error) => return Some(Err(error)),
        };
        Some(Ok(match self.0.status {
            Stored::Revoked => GrantStatus::Revoked,
            Stored::Requested | Stored::Approved if self.0.valid_to.is_some_and(|last| last < today) => {
                GrantStatus::Expired
            }
            Stored::Requested => GrantStatus::Requested,
            Stored::Approved => GrantStatus::Approved,
        }))
    }

    /// First day.
    async fn valid_from(&self) -> Date {
        Date(self.0.valid_from)
    }

    /// Last day; null when it has none, as statutory ones.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// What it is for, as whoever asked wrote it.
    async fn purpose(&self) -> &str {
        &self.0.purpose
    }

    /// Who asked for it.
    async fn requested_by(&self) -> &str {
        self.0.requested_by.as_str()
    }

    /// Who approved it.
    async fn approved_by(&self) -> Option<&str> {
        self.0.approved_by.as_ref().map(domain::actor::Principal::as_str)
    }

    /// Who revoked it.
    async fn revoked_by(&self) -> Option<&str> {
        self.0.revoked_by.as_ref().map(domain::actor::Principal::as_str)
    }

    /// Counts changes; for optimistic locking.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
