//! Report requests: who asks whom for what, and how far everybody has come.

mod standing;

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::RecordKind;
use futures_util::future::join_all;
use persistence::{Filter, report, submission};

use crate::catalogue::Indicator;
use crate::connection::{Connection, NodeType, PageArgs, children, one};
use crate::enums::ReportRequestStatus;
use crate::error::Result;
use crate::filter::{CodeFilter, Conditions, DateFilter, IdFilter, Nesting, TextFilter, Where};
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::program::{Program, ProgramWhere};
use crate::scalar::Date;
use crate::submission::Submission;
use crate::tenant::{ProvinceWhere, Tenant, tenant_of};
use crate::value::Period;
use standing::{ReportCompleteness, ReportRequestAddressee, completeness, standings};

/// What a central or provincial body asks others to report by a due date (yêu cầu báo cáo). Seen by the tenant that asks and by those that it asks; never public.
#[derive(Clone, Debug)]
pub struct ReportRequest(pub Arc<domain::ReportRequest>);

impl NodeType for ReportRequest {
    type Record = domain::ReportRequest;
    const NAME: &'static str = "ReportRequest";

    fn wrap(record: Arc<domain::ReportRequest>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::ReportRequest, self.0.id)
    }
}

/// What a central or provincial body asks others to report by a due date (yêu cầu báo cáo). Seen by the tenant that asks and by those that it asks; never public.
#[Object]
impl ReportRequest {
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

    /// The tenant that asks (đơn vị yêu cầu).
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// What it is called (tên yêu cầu).
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What is to be kept in mind (hướng dẫn).
    async fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
    }

    /// The program that it is about (chương trình); perhaps of another tenant.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, self.0.program).await
    }

    /// The indicators on which figures are wanted (chỉ tiêu), in order.
    async fn indicators(&self, ctx: &Context<'_>) -> Vec<Option<Result<Indicator>>> {
        join_all(self.0.indicators.iter().map(|code| one(ctx, Some(code.clone())))).await
    }

    /// Whether an account in words is wanted (báo cáo thuyết minh).
    async fn narrative(&self) -> bool {
        self.0.narrative
    }

    /// The time that is to be reported on (kỳ báo cáo).
    async fn period(&self) -> Option<Period> {
        self.0.period.as_ref().map(Into::into)
    }

    /// The last day for an answer (hạn báo cáo).
    async fn due(&self) -> Date {
        Date(self.0.due)
    }

    /// Whether answers are still taken (trạng thái).
    async fn status(&self) -> ReportRequestStatus {
        self.0.status.into()
    }

    /// Whom it asks, and how far each has come (đơn vị báo cáo). An addressee sees itself alone.
    async fn addressees(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As it was on this day; today when nothing is said.")] as_of: Option<Date>,
    ) -> Option<Result<Vec<ReportRequestAddressee>>> {
        Some(standings(ctx, &self.0, as_of).await)
    }

    /// How complete the answers are (mức độ hoàn thành). For the tenant that asks; null for everybody else.
    async fn completeness(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As it was on this day; today when nothing is said.")] as_of: Option<Date>,
    ) -> Option<Result<ReportCompleteness>> {
        completeness(ctx, &self.0, as_of).await.transpose()
    }

    /// What was answered (báo cáo), by addressee and round: what was handed in, and one's own drafts.
    async fn submissions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Submission>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, submission::OF_REQUEST, self.0.id, Filter::default(), args).await)
    }
}

/// Conditions on report requests.
#[derive(Default, InputObject)]
pub struct ReportRequestWhere {
    /// All of these.
    and: MaybeUndefined<Vec<ReportRequestWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<ReportRequestWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<ReportRequestWhere>>,
    /// Global id.
    id: MaybeUndefined<IdFilter>,
    /// What it is called.
    title: MaybeUndefined<TextFilter>,
    /// Whether answers are still taken.
    status: MaybeUndefined<CodeFilter<ReportRequestStatus>>,
    /// The last day for an answer.
    due: MaybeUndefined<DateFilter>,
    /// The tenant that asks.
    tenant: MaybeUndefined<Box<ProvinceWhere>>,
    /// A tenant that is asked, as far as one may know whom it asks.
    addressee: MaybeUndefined<Box<ProvinceWhere>>,
    /// The program that it is about.
    program: MaybeUndefined<Box<ProgramWhere>>,
}

impl Where for ReportRequestWhere {
    type Record = domain::ReportRequest;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::ReportRequest>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.ids(RecordKind::ReportRequest, self.id)?;
        all.text(report::TITLE, self.title)?;
        all.code(report::STATUS, self.status)?;
        all.date(report::DUE, report::DUE, self.due)?;
        all.one(report::TENANT, self.tenant)?;
        all.one(report::ASKED, self.addressee)?;
        all.one(report::PROGRAM, self.program)?;
        Ok(all.done())
    }
}
