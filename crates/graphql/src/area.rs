//! Cooperation areas.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;
use persistence::{Filter, involvement};

use crate::catalogue::Topic;
use crate::connection::{NodeType, all_children, one};
use crate::error::Result;
use crate::global_id;
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
