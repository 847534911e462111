//! Targets.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;

use crate::catalogue::Indicator;
use crate::connection::{Connection, NodeType, PageArgs, one};
use crate::error::Result;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::may::PartViewer;
use crate::program::Program;
use crate::value::{Period, Quantity};

/// What a program means to reach (chỉ tiêu), with a period of its own.
#[derive(Clone, Debug)]
pub struct Target(pub Arc<domain::Target>);

impl NodeType for Target {
    type Record = domain::Target;
    const NAME: &'static str = "Target";

    fn wrap(record: Arc<domain::Target>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Target, self.0.id)
    }
}

/// What a program means to reach (chỉ tiêu), with a period of its own.
#[Object]
impl Target {
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
    async fn viewer(&self, ctx: &Context<'_>) -> Result<PartViewer> {
        PartViewer::of::<Self>(ctx, &self.0)
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

    /// Order in the text, from 1.
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// The target, in our own words.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The figure; `AT_LEAST 60`.
    async fn quantity(&self) -> Quantity {
        Quantity::new(&self.0.quantity, &self.0.indicator)
    }

    /// Whether the source calls it an aspiration (phấn đấu) rather than an obligation.
    async fn aspirational(&self) -> bool {
        self.0.aspirational
    }

    /// What the figure is a share or a count of.
    async fn scope(&self) -> Option<&str> {
        self.0.scope.as_deref()
    }

    /// When it is to be reached; may lie partly outside the program's period.
    async fn period(&self) -> Option<Period> {
        self.0.period.as_ref().map(Into::into)
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }

    /// What is measured.
    async fn indicator(&self, ctx: &Context<'_>) -> Option<Result<Indicator>> {
        one(ctx, Some(self.0.indicator.clone())).await
    }
}
