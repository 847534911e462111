//! How versions of a province follow one another.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::NaiveDate;

use futures_util::future::try_join_all;

use crate::connection::{NodeType, one};
use crate::enums::SuccessionKind;
use crate::error::Result;
use crate::request::request;
use crate::scalar::Date;
use crate::tenant::Province;

/// One step from a version of a province to the next (W3C ORG: `ChangeEvent`).
#[derive(Clone, Debug)]
pub struct TenantSuccession(pub Arc<domain::TenantSuccession>);

impl NodeType for TenantSuccession {
    type Record = domain::TenantSuccession;
    const NAME: &'static str = "TenantSuccession";

    fn wrap(record: Arc<domain::TenantSuccession>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        ID(format!("{}-{}", self.0.from, self.0.to))
    }
}

/// One step from a version of a province to the next (W3C ORG: `ChangeEvent`).
#[Object]
impl TenantSuccession {
    /// The version that ended.
    async fn from(&self, ctx: &Context<'_>) -> Option<Result<Province>> {
        one(ctx, Some(self.0.from)).await
    }

    /// The version that follows it.
    async fn to(&self, ctx: &Context<'_>) -> Option<Result<Province>> {
        one(ctx, Some(self.0.to)).await
    }

    /// First day of the new version.
    async fn on(&self) -> Date {
        Date(self.0.on)
    }

    /// What happened.
    async fn kind(&self) -> SuccessionKind {
        self.0.kind.into()
    }

    /// Legal act.
    async fn legal_basis(&self) -> Option<&str> {
        self.0.legal_basis.as_deref()
    }
}

/// The versions that cover a province's territory on a day: itself, its successors, or its predecessors.
pub async fn versions_on(ctx: &Context<'_>, from: &domain::Tenant, day: NaiveDate) -> Result<Vec<Province>> {
    let loader = &request(ctx)?.loader();
    let steps = loader.all::<domain::TenantSuccession>().await?;
    let forward = from.valid_to.is_some_and(|end| end < day);
    let mut found = Vec::new();
    let mut next = vec![from.id];
    // Successions form no ring; the bound only keeps damaged data from turning into an endless loop.
    for _ in 0..=steps.len() {
        let mut after = Vec::new();
        let versions = try_join_all(next.iter().map(|id| loader.get::<domain::Tenant>(*id))).await?;
        for (id, version) in next.into_iter().zip(versions) {
            let Some(version) = version else { continue };
            if version.existed_on(day) {
                found.push(Province(version));
            } else if forward {
                after.extend(steps.iter().filter(|step| step.from == id).map(|step| step.to));
            } else {
                after.extend(steps.iter().filter(|step| step.to == id).map(|step| step.from));
            }
        }
        if after.is_empty() {
            break;
        }
        next = after;
    }
    Ok(found)
}
