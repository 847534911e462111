//! What agencies became.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;

use crate::agency::Agency;
use crate::connection::{NodeType, one};
use crate::error::Result;
use crate::global_id;
use crate::scalar::PartialDate;

/// One agency's function passing to another (W3C ORG: `ChangeEvent`).
#[derive(Clone, Debug)]
pub struct AgencySuccession(pub Arc<domain::AgencySuccession>);

impl NodeType for AgencySuccession {
    type Record = domain::AgencySuccession;
    const NAME: &'static str = "AgencySuccession";

    fn wrap(record: Arc<domain::AgencySuccession>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::AgencySuccession, self.0.id)
    }
}

/// One agency's function passing to another (W3C ORG: `ChangeEvent`).
#[Object]
impl AgencySuccession {
    /// The agency that ended or gave up a function.
    async fn from(&self, ctx: &Context<'_>) -> Option<Result<Agency>> {
        one(ctx, Some(self.0.from)).await
    }

    /// The agency that took it over.
    async fn to(&self, ctx: &Context<'_>) -> Option<Result<Agency>> {
        one(ctx, Some(self.0.to)).await
    }

    /// When.
    async fn on(&self) -> Option<PartialDate> {
        self.0.on.clone().map(PartialDate)
    }

    /// Which function; null when all of it.
    async fn function(&self) -> Option<&str> {
        self.0.function.as_deref()
    }
}
