//! Conflicts between sources.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::RecordKind;

use crate::connection::{Connection, NodeType, PageArgs};
use crate::error::Result;
use crate::global_id::{self, GlobalId};
use crate::history::{HistoryEntry, history};
use crate::may::ConflictViewer;
use crate::node::Node;

/// Sources that disagree about one field of one record.
#[derive(Clone, Debug)]
pub struct Conflict(pub Arc<domain::Conflict>);

impl NodeType for Conflict {
    type Record = domain::Conflict;
    const NAME: &'static str = "Conflict";

    fn wrap(record: Arc<domain::Conflict>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Conflict, self.0.id)
    }
}

/// Sources that disagree about one field of one record.
#[Object]
impl Conflict {
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
    async fn viewer(&self, ctx: &Context<'_>) -> Result<ConflictViewer> {
        ConflictViewer::of(ctx, &self.0)
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

    /// The field, as the API names it.
    async fn field(&self) -> &str {
        &self.0.field
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The record, when it may be seen.
    async fn record(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        crate::node::load(ctx, GlobalId::Record(self.0.kind, self.0.record_tenant, self.0.record)).await
    }

    /// Each version of the value with its source.
    async fn values(&self) -> Vec<ConflictValue> {
        self.0.values.iter().map(Into::into).collect()
    }

    /// Whether one side is preferred.
    async fn resolved(&self) -> bool {
        self.0.preferred.is_some()
    }

    /// The side that is preferred; null until somebody has decided. The record's own field need not say the same.
    async fn preferred(&self) -> Option<ConflictValue> {
        self.0.preference().map(Into::into)
    }
}

impl From<&domain::conflict::ConflictValue> for ConflictValue {
    fn from(side: &domain::conflict::ConflictValue) -> Self {
        Self { value: side.value.clone(), source: side.source.clone() }
    }
}

/// One side of a disagreement.
#[derive(SimpleObject)]
pub struct ConflictValue {
    /// What this source says.
    value: String,
    /// Which source says so.
    source: String,
}
