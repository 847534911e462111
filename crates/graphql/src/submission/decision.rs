//! What was decided on a submission.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;

use super::Submission;
use crate::connection::{Connection, NodeType, PageArgs, one};
use crate::enums::SubmissionVerdict;
use crate::error::Result;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::report::ReportRequest;
use crate::scalar::{Date, DateTime};
use crate::tenant::{Tenant, tenant_of};

/// What whoever asked decided on a submission (kết quả xử lý báo cáo). It is never changed.
#[derive(Clone, Debug)]
pub struct SubmissionDecision(pub Arc<domain::SubmissionDecision>);

impl NodeType for SubmissionDecision {
    type Record = domain::SubmissionDecision;
    const NAME: &'static str = "SubmissionDecision";

    fn wrap(record: Arc<domain::SubmissionDecision>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::SubmissionDecision, self.0.id)
    }
}

/// What whoever asked decided on a submission (kết quả xử lý báo cáo). It is never changed.
#[Object]
impl SubmissionDecision {
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

    /// Who decided: the tenant that asked (đơn vị yêu cầu).
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// The request (yêu cầu báo cáo).
    async fn request(&self, ctx: &Context<'_>) -> Option<Result<ReportRequest>> {
        one(ctx, Some(self.0.request)).await
    }

    /// What was decided on (báo cáo).
    async fn submission(&self, ctx: &Context<'_>) -> Option<Result<Submission>> {
        one(ctx, Some(self.0.submission)).await
    }

    /// The version of the submission that was decided on (phiên bản).
    async fn submission_version(&self) -> i32 {
        self.0.submission_version
    }

    /// What was decided (quyết định).
    async fn verdict(&self) -> SubmissionVerdict {
        self.0.verdict.into()
    }

    /// Why it was given back (lý do).
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The day (ngày).
    async fn decided_on(&self) -> Date {
        Date(self.0.decided_on)
    }

    /// The moment (thời điểm).
    async fn decided_at(&self) -> DateTime {
        DateTime(self.0.decided_at)
    }

    /// Who decided, in words that tell any two apart (người xử lý): `user:<issuer>#<subject>`.
    async fn decided_by(&self) -> &str {
        self.0.decided_by.as_str()
    }
}
