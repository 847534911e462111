//! Dated facts about agencies being merged, split or abolished.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use crate::connection::{Connection, NodeType, PageArgs};
use crate::error::Result;
use crate::global_id::{self, Catalogue};
use crate::history::{HistoryEntry, history_of_entry};
use crate::request::request;
use crate::scalar::PartialDate;
use crate::tenant::{Tenant, tenant_of};
use crate::value::Locale;

/// A dated fact about agencies being merged, split or abolished (sắp xếp tổ chức bộ máy).
#[derive(Clone, Debug)]
pub struct Reorganization(pub Arc<domain::Reorganization>);

impl NodeType for Reorganization {
    type Record = domain::Reorganization;
    const NAME: &'static str = "Reorganization";

    fn wrap(record: Arc<domain::Reorganization>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::catalogue(Catalogue::Reorganization, &self.0.code)
    }
}

/// A dated fact about agencies being merged, split or abolished (sắp xếp tổ chức bộ máy).
#[Object]
impl Reorganization {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What became of it, the latest first (nhật ký). For the center's own staff; empty for everybody else.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<HistoryEntry>>> {
        history_of_entry(ctx, &*self.0, PageArgs::new(first, after, last, before)).await
    }

    /// Code: `S08`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// When it took effect.
    async fn on(&self) -> PartialDate {
        PartialDate(self.0.on.clone())
    }

    /// `RENAME`, `MERGE`, `SPLIT`, `ABOLISH`, `TRANSFER`, `DECISION`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// Legal act.
    async fn legal_basis(&self) -> Option<&str> {
        self.0.legal_basis.as_deref()
    }

    /// Publisher or page.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// `HIGH`, `MEDIUM`, `LOW`.
    async fn confidence(&self) -> &str {
        &self.0.confidence
    }

    /// What happened.
    async fn what(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.what_vi, Some(self.0.what_en.as_str()))
    }

    /// The province it is limited to; null when it holds everywhere.
    async fn scope(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.scope?).await
    }

    /// Codes of the sectors touched.
    async fn sector_codes(&self) -> &[String] {
        &self.0.sectors
    }

    /// Which function went where.
    async fn moves(&self) -> Vec<FunctionMove> {
        self.0.moves.iter().map(Into::into).collect()
    }
}

/// One function handed from a sector to another.
#[derive(SimpleObject)]
pub struct FunctionMove {
    /// Code of the sector that gave it up.
    from_sector: Option<String>,
    /// Code of the sector that received it; null for a body outside the catalogue.
    to_sector: Option<String>,
    /// The function, Vietnamese.
    function_vi: Option<String>,
    /// The function, English.
    function_en: Option<String>,
}

impl From<&domain::catalogue::FunctionMove> for FunctionMove {
    fn from(one: &domain::catalogue::FunctionMove) -> Self {
        Self {
            from_sector: one.from_sector.clone(),
            to_sector: one.to_sector.clone(),
            function_vi: one.function_vi.clone(),
            function_en: one.function_en.clone(),
        }
    }
}

/// The reorganizations that touched a sector, everywhere or in one tenant.
pub async fn reorganizations_of(
    ctx: &Context<'_>,
    sector: &str,
    tenant: Option<domain::TenantId>,
) -> Result<Vec<Reorganization>> {
    let all = request(ctx)?.loader().all::<domain::Reorganization>().await?;
    let touched = |one: &&Arc<domain::Reorganization>| {
        one.sectors.iter().any(|code| code == sector)
            && (tenant.is_none() || one.scope.is_none() || one.scope == tenant)
    };
    Ok(all.iter().filter(touched).map(|one| Reorganization(Arc::clone(one))).collect())
}
