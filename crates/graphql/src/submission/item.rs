//! What a submission says on one indicator.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;
use persistence::{Filter, submission};

use super::Submission;
use crate::catalogue::Indicator;
use crate::connection::{Connection, NodeType, PageArgs, all_children, one};
use crate::error::Result;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::result::Outcome;
use crate::scalar::PartialDate;
use crate::value::{Period, Quantity};

/// One figure or finding of a submission (số liệu báo cáo).
#[derive(Clone, Debug)]
pub struct SubmissionItem(pub Arc<domain::SubmissionItem>);

impl NodeType for SubmissionItem {
    type Record = domain::SubmissionItem;
    const NAME: &'static str = "SubmissionItem";

    fn wrap(record: Arc<domain::SubmissionItem>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::SubmissionItem, self.0.id)
    }
}

/// One figure or finding of a submission (số liệu báo cáo).
#[Object]
impl SubmissionItem {
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

    /// The submission.
    async fn submission(&self, ctx: &Context<'_>) -> Option<Result<Submission>> {
        one(ctx, Some(self.0.submission)).await
    }

    /// Order, from 1 (thứ tự).
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// What is measured (chỉ tiêu).
    async fn indicator(&self, ctx: &Context<'_>) -> Option<Result<Indicator>> {
        one(ctx, Some(self.0.indicator.clone())).await
    }

    /// What is reported (nội dung).
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The figure (số liệu). No value means that none is stated, never zero.
    async fn quantity(&self) -> Quantity {
        Quantity::new(&self.0.quantity, &self.0.indicator)
    }

    /// The finding of what has no figure (nhận định).
    async fn statement(&self) -> Option<&str> {
        self.0.statement.as_deref()
    }

    /// The time it covers (thời kỳ).
    async fn period(&self) -> Option<Period> {
        self.0.period.as_ref().map(Into::into)
    }

    /// The day a stock was counted (thời điểm thống kê).
    async fn as_of(&self) -> Option<PartialDate> {
        self.0.as_of.clone().map(PartialDate)
    }

    /// The result that it has become (kết quả).
    async fn result(&self, ctx: &Context<'_>) -> Option<Result<Outcome>> {
        let found: Result<Vec<Outcome>> =
            all_children(ctx, submission::ITEM_RESULT, self.0.id, Filter::default()).await;
        found.map(|all| all.into_iter().next()).transpose()
    }
}
