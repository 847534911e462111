//! Remarks.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;

use crate::connection::{Connection, NodeType, PageArgs, one};
use crate::enums::RemarkKind;
use crate::error::Result;
use crate::event::Event;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::may::PartViewer;
use crate::program::Program;

/// An aim, significance or limitation that a source states about a program.
#[derive(Clone, Debug)]
pub struct Remark(pub Arc<domain::Remark>);

impl NodeType for Remark {
    type Record = domain::Remark;
    const NAME: &'static str = "Remark";

    fn wrap(record: Arc<domain::Remark>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Remark, self.0.id)
    }
}

/// An aim, significance or limitation that a source states about a program.
#[Object]
impl Remark {
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

    /// What it is about.
    async fn kind(&self) -> RemarkKind {
        self.0.kind.into()
    }

    /// The remark, in our own words.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// False when the source says that there are such things but not which: not the same as an empty list.
    async fn specified(&self) -> bool {
        self.0.specified
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }

    /// The event where it was made.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<Event>> {
        one(ctx, self.0.event).await
    }
}
