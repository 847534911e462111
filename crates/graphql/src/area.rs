//! Cooperation areas.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;
use persistence::{Filter, involvement};

use crate::catalogue::Topic;
use crate::connection::{Connection, NodeType, PageArgs, all_children, one};
use crate::error::Result;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::Involvement;
use crate::program::Program;

/// An area of cooperation (nội dung phối hợp).
#[derive(Clone, Debug)]
pub struct CooperationArea(pub Arc<domain::CooperationArea>);

impl NodeType for CooperationArea {
    type Record = domain::CooperationArea;
    const NAME: &'static str = "CooperationArea";

    fn wrap(record: Arc<domain::CooperationArea>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::CooperationArea, self.0.id)
    }
}

/// An area of cooperation (nội dung phối hợp).
#[Object]
impl CooperationArea {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
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

    /// The area, in our own words.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }

    /// Its topic.
    async fn topic(&self, ctx: &Context<'_>) -> Option<Result<Topic>> {
        one(ctx, self.0.topic.clone()).await
    }

    /// Who answers for it.
    async fn responsible(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_AREA, self.0.id, Filter::default()).await)
    }
}
