//! Who asks, as the service understood it.

use async_graphql::{Context, Object};
use domain::TenantId;
use futures_util::future::join_all;
use persistence::{Filter, Scope, grant};

use crate::connection::{Connection, PageArgs, children};
use crate::enums::Role;
use crate::error::Result;
use crate::export_job::{self, ExportJob};
use crate::grant::Grant;
use crate::tenant::{Tenant, tenant_of};

/// Who asks. Without a token that is nobody in particular, who sees what is public.
#[derive(Clone, Debug)]
pub struct Viewer {
    actor: Option<domain::Actor>,
    tenants: Vec<TenantId>,
}

impl Viewer {
    /// Whoever the request's scope reads for.
    pub fn of(scope: &Scope) -> Self {
        Self { actor: scope.actor().cloned(), tenants: scope.tenants().to_vec() }
    }

    fn acts_for(&self) -> Option<TenantId> {
        self.actor.as_ref().map(|actor| actor.tenant)
    }
}

/// Who asks. Without a token that is nobody in particular, who sees what is public.
#[Object]
impl Viewer {
    /// Who it is, in words that tell any two apart: `user:<issuer>#<subject>`, `key:<id>`. Null without a token.
    async fn principal(&self) -> Option<&str> {
        self.actor.as_ref().map(|actor| actor.principal.as_str())
    }

    /// The tenant for which they act. Null without a token.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.acts_for()?).await
    }

    /// What they are there. Empty without a token.
    async fn roles(&self) -> Vec<Role> {
        self.actor.iter().flat_map(|actor| &actor.roles).map(|role| (*role).into()).collect()
    }

    /// The predecessors of their tenant, whose records they read and edit as their own.
    async fn stewarded_tenants(&self, ctx: &Context<'_>) -> Vec<Option<Result<Tenant>>> {
        let stewarded = self.tenants.iter().filter(|tenant| Some(**tenant) != self.acts_for());
        join_all(stewarded.map(|tenant| tenant_of(ctx, *tenant))).await
    }

    /// Tables that they have made in the background for this tenant, the latest 50, the latest first. Empty without a token.
    async fn export_jobs(&self, ctx: &Context<'_>) -> Option<Result<Vec<ExportJob>>> {
        Some(export_job::all(ctx).await)
    }

    /// Grants that their tenant holds, the latest first, whatever became of them. Null without a token.
    async fn grants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Grant>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, grant::HELD, self.acts_for()?, Filter::default(), args).await)
    }

    /// Grants to their tenant's records, asked for or given, the latest first. Null without a token.
    async fn grants_given(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Grant>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, grant::GIVEN, self.acts_for()?, Filter::default(), args).await)
    }
}
