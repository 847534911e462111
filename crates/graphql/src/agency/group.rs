//! Collective parties.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;
use persistence::{Filter, agency, involvement};

use crate::agency::Agency;
use crate::catalogue::Sector;
use crate::connection::{Connection, NodeType, PageArgs, children, one};
use crate::enums::{AgencyLevel, Visibility};
use crate::error::Result;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::{Involvement, Signatory, only};
use crate::may::RecordViewer;
use crate::tenant::{Tenant, tenant_of};

/// A collective party: "Công an các huyện, thành phố".
#[derive(Clone, Debug)]
pub struct AgencyGroup(pub Arc<domain::AgencyGroup>);

impl NodeType for AgencyGroup {
    type Record = domain::AgencyGroup;
    const NAME: &'static str = "AgencyGroup";

    fn wrap(record: Arc<domain::AgencyGroup>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::AgencyGroup, self.0.id)
    }
}

/// A collective party: "Công an các huyện, thành phố".
#[Object]
impl AgencyGroup {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What you may do with it, and why not (quyền thao tác).
    #[allow(clippy::unused_async, reason = "the library's fields are async")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<RecordViewer> {
        RecordViewer::of::<Self>(ctx, &self.0)
    }

    /// What became of it, the latest first (nhật ký). For its tenant's own staff; empty for everybody else.
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
        history(ctx, self.0.id, PageArgs::new(first, after, last, before)).await
    }

    /// The words of the source.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Level of its members.
    async fn level(&self) -> Option<AgencyLevel> {
        self.0.level.map(Into::into)
    }

    /// How many members the source counts; none when it does not say.
    async fn count(&self) -> Option<i32> {
        self.0.count
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who may see it.
    async fn visibility(&self) -> Visibility {
        self.0.visibility.into()
    }

    /// The sector of its members.
    async fn sector(&self, ctx: &Context<'_>) -> Option<Result<Sector>> {
        one(ctx, self.0.sector.clone()).await
    }

    /// The province (or the center) that it was recorded for.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// Its members, as far as they are known.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Agency>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, agency::OF_GROUP, self.0.id, Filter::default(), args).await)
    }

    /// What it signed.
    async fn signatures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Signatory>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, involvement::OF_GROUP, self.0.id, only("SIGNATORY"), args).await)
    }

    /// Everything it is involved in.
    async fn involvements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Involvement>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, involvement::OF_GROUP, self.0.id, Filter::default(), args).await)
    }
}
