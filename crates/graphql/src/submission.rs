//! Submissions: what was answered to report requests, item by item, and what was decided.

mod decision;
mod item;

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::{RecordKind, submission as rules};
use persistence::{Filter, submission};

use crate::connection::{Connection, NodeType, PageArgs, all_children, children, one};
use crate::enums::SubmissionState;
use crate::error::Result;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::program::Program;
use crate::report::ReportRequest;
use crate::result::Outcome;
use crate::scalar::{Date, DateTime};
use crate::tenant::{Tenant, tenant_of};
pub use decision::SubmissionDecision;
pub use item::SubmissionItem;

/// One round of an addressee's answer to a report request (báo cáo). A draft is seen by its tenant's staff alone; what was handed in, by whoever asked too.
#[derive(Clone, Debug)]
pub struct Submission(pub Arc<domain::Submission>);

impl NodeType for Submission {
    type Record = domain::Submission;
    const NAME: &'static str = "Submission";

    fn wrap(record: Arc<domain::Submission>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Submission, self.0.id)
    }
}

/// One round of an addressee's answer to a report request (báo cáo). A draft is seen by its tenant's staff alone; what was handed in, by whoever asked too.
#[Object]
impl Submission {
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

    /// Who answers (đơn vị báo cáo).
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// What is answered (yêu cầu báo cáo).
    async fn request(&self, ctx: &Context<'_>) -> Option<Result<ReportRequest>> {
        one(ctx, Some(self.0.request)).await
    }

    /// Which round it is (lượt báo cáo), from 1: what is given back is mended in the next.
    async fn round(&self) -> i32 {
        self.0.round
    }

    /// Where it stands (trạng thái): the addressee hands it in, whoever asked accepts it or gives it back.
    async fn state(&self, ctx: &Context<'_>) -> Option<Result<SubmissionState>> {
        let decided = self.decided(ctx).await;
        Some(decided.map(|decided| {
            rules::SubmissionState::of(self.0.status, decided.map(|decision| decision.0.verdict)).into()
        }))
    }

    /// The addressee's program under which the figures stand (chương trình).
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, self.0.program).await
    }

    /// The account in words (thuyết minh).
    async fn narrative(&self) -> Option<&str> {
        self.0.narrative.as_deref()
    }

    /// What is reported on each indicator (số liệu), in order.
    async fn items(&self, ctx: &Context<'_>) -> Option<Result<Vec<SubmissionItem>>> {
        Some(all_children(ctx, submission::ITEMS, self.0.id, Filter::default()).await)
    }

    /// The day it was handed in (ngày gửi).
    async fn submitted_on(&self) -> Option<Date> {
        self.0.submitted_on.map(Date)
    }

    /// The moment it was handed in (thời điểm gửi).
    async fn submitted_at(&self) -> Option<DateTime> {
        self.0.submitted_at.map(DateTime)
    }

    /// Who handed it in (người gửi).
    async fn submitted_by(&self) -> Option<&str> {
        self.0.submitted_by.as_ref().map(domain::actor::Principal::as_str)
    }

    /// What whoever asked decided (kết quả xử lý); null until then.
    async fn decision(&self, ctx: &Context<'_>) -> Option<Result<SubmissionDecision>> {
        self.decided(ctx).await.transpose()
    }

    /// The results that its figures have become (kết quả), once they were accepted and the addressee took them over.
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Outcome>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, submission::RESULTS, self.0.id, Filter::default(), args).await)
    }
}

impl Submission {
    /// The decision on the submission as it is now.
    async fn decided(&self, ctx: &Context<'_>) -> Result<Option<SubmissionDecision>> {
        let all: Vec<SubmissionDecision> =
            all_children(ctx, submission::DECISION, self.0.id, Filter::default()).await?;
        Ok(all.into_iter().find(|one| one.0.stands_for(&self.0)))
    }
}
