//! Who asks, as the service understood it.

use async_graphql::{Context, Object};
use futures_util::future::join_all;
use persistence::{Filter, grant};

use crate::connection::{Connection, PageArgs, children};
use crate::enums::Role;
use crate::error::Result;
use crate::grant::Grant;
use crate::request::request;
use crate::tenant::{Tenant, tenant_of};

/// Who asks. Without a token that is nobody in particular, who sees what is public.
#[derive(Clone, Copy, Debug)]
pub struct Viewer;

/// Who asks. Without a token that is nobody in particular, who sees what is public.
#[Object]
impl Viewer {
    /// Who it is, in words that tell any two apart: `user:<issuer>#<subject>`, `key:<id>`. Null without a token.
    async fn principal(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let scope = match request(ctx) {
            Ok(request) => request.loader.scope(),
            Err(error) => return Some(Err(error)),
        };
        scope.actor().map(|actor| Ok(actor.principal.to_string()))
    }

    /// The tenant for which they act. Null without a token.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        match acting(ctx) {
            Ok(tenant) => tenant_of(ctx, tenant?).await,
            Err(error) => Some(Err(error)),
        }
    }

    /// What they are there. Empty without a token.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        let roles = request(ctx)?.loader.scope().actor().map(|actor| actor.roles.iter().map(|role| (*role).into()));
        Ok(roles.into_iter().flatten().collect())
    }

    /// The predecessors of their tenant, whose records they read and edit as their own.
    async fn stewarded_tenants(&self, ctx: &Context<'_>) -> Result<Vec<Option<Result<Tenant>>>> {
        let (scope, own) = (request(ctx)?.loader.scope(), acting(ctx)?);
        let stewarded = scope.tenants().iter().filter(|tenant| Some(**tenant) != own);
        Ok(join_all(stewarded.map(|tenant| tenant_of(ctx, *tenant))).await)
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
        match acting(ctx) {
            Ok(tenant) => Some(children(ctx, grant::HELD, tenant?, Filter::default(), args).await),
            Err(error) => Some(Err(error)),
        }
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
        match acting(ctx) {
            Ok(tenant) => Some(children(ctx, grant::GIVEN, tenant?, Filter::default(), args).await),
            Err(error) => Some(Err(error)),
        }
    }
}

fn acting(ctx: &Context<'_>) -> Result<Option<domain::TenantId>> {
    Ok(request(ctx)?.loader.scope().actor().map(|actor| actor.tenant))
}
