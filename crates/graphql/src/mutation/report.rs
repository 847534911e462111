//! Report requests: asking, asking otherwise, and taking no more answers.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::actor::Action;
use domain::report::{ReportRequestStatus, RequestStep};
use domain::{Id, ReportRequest as Record, TenantId, Visibility};
use futures_util::FutureExt;
use persistence::edit::{self, Editable as _, Edited};
use persistence::{Tx, report};

use super::input::{PeriodInput, Reader, steps, take};
use super::perform::{Order, payloads, perform};
use crate::error::Result;
use crate::global_id::GlobalId;
use crate::report::ReportRequest;
use crate::scalar::Date;

payloads! {
    ReportRequest as report_request;
    /// What came of `reportRequestCreate`.
    ReportRequestCreatePayload,
    /// What came of `reportRequestUpdate`.
    ReportRequestUpdatePayload,
    /// What came of `reportRequestClose`.
    ReportRequestClosePayload,
    /// What came of `reportRequestReopen`.
    ReportRequestReopenPayload,
}

steps! {
    /// The request to which no more answers are taken.
    ReportRequestCloseInput,
    /// The request to which answers are taken again.
    ReportRequestReopenInput,
}

/// What is asked of others (yêu cầu báo cáo).
#[derive(Clone, Debug, InputObject)]
pub struct ReportRequestCreateInput {
    /// The tenant that asks (đơn vị yêu cầu).
    pub tenant: ID,
    /// What it is called (tên yêu cầu).
    pub title: String,
    /// The last day for an answer (hạn báo cáo): today or later.
    pub due: Date,
    /// The tenants that are asked (đơn vị báo cáo), at most 100. They see the request from now on.
    pub addressees: Vec<ID>,
    /// What else is said of it.
    #[graphql(flatten)]
    pub details: ReportRequestDetails,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a report request. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct ReportRequestUpdateInput {
    /// The request.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// What it is called (tên yêu cầu).
    pub title: Option<String>,
    /// The last day for an answer (hạn báo cáo): today or later.
    pub due: Option<Date>,
    /// The tenants that are asked (đơn vị báo cáo), in place of the stored list. Who has answered stays in it.
    pub addressees: Option<Vec<ID>>,
    /// What else is said of it.
    #[graphql(flatten)]
    pub details: ReportRequestDetails,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<ReportRequestField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is said of a report request.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ReportRequestDetails {
    /// The program that it is about (chương trình). It may belong to another tenant.
    pub program: Option<ID>,
    /// What is to be kept in mind (hướng dẫn).
    pub text: Option<String>,
    /// Codes of the indicators on which figures are wanted (chỉ tiêu), in order.
    pub indicators: Option<Vec<String>>,
    /// Whether an account in words is wanted (báo cáo thuyết minh).
    pub narrative: Option<bool>,
    /// The time that is to be reported on (kỳ báo cáo).
    pub period: Option<PeriodInput>,
}

/// A field of a report request that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum ReportRequestField {
    /// The program.
    Program,
    /// What is to be kept in mind.
    Text,
    /// The time that is to be reported on.
    Period,
}

impl ReportRequestDetails {
    fn apply(&self, reader: &mut Reader, request: &mut Record) {
        reader.put_id("program", &mut request.program, self.program.as_ref());
        reader.put_text("text", &mut request.text, self.text.as_ref());
        if let Some(indicators) = &self.indicators {
            request.indicators.clone_from(indicators);
        }
        if let Some(narrative) = self.narrative {
            request.narrative = narrative;
        }
        reader.put_period("period", &mut request.period, self.period.as_ref());
    }
}

impl ReportRequestCreateInput {
    fn read(&self, reader: &mut Reader) -> Record {
        let tenant = reader.tenant("tenant", &self.tenant);
        let mut request = Record {
            id: Id::generate(tenant),
            program: None,
            title: reader.text("title", &self.title),
            text: None,
            indicators: Vec::new(),
            narrative: false,
            period: None,
            due: self.due.0,
            status: ReportRequestStatus::Open,
            visibility: Visibility::Internal,
            version: 0,
        };
        self.details.apply(reader, &mut request);
        request
    }
}

impl ReportRequestUpdateInput {
    fn apply(&self, reader: &mut Reader, request: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                ReportRequestField::Program => request.program = None,
                ReportRequestField::Text => request.text = None,
                ReportRequestField::Period => request.period = None,
            }
        }
        if let Some(title) = &self.title {
            request.title = reader.text("title", title);
        }
        if let Some(due) = self.due {
            request.due = due.0;
        }
        self.details.apply(reader, request);
    }
}

/// The tenants that ids name. One that names none is no tenant's number, which is told with the others that are not there.
fn tenants(ids: &[ID]) -> Vec<TenantId> {
    ids.iter().map(|id| GlobalId::parse(id).ok().and_then(|id| id.as_tenant()).unwrap_or(TenantId::NOWHERE)).collect()
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportMutation;

/// A part of what changes the graph.
#[Object]
impl ReportMutation {
    /// Asks tenants to report (yêu cầu báo cáo): they see it at once. Needs EDITOR; in the center, REPORTER too.
    async fn report_request_create(
        &self,
        ctx: &Context<'_>,
        input: ReportRequestCreateInput,
    ) -> Option<Result<ReportRequestCreatePayload>> {
        let order = Order::new("reportRequestCreate", Action::RequestReports, input.idempotency_key.clone());
        let done = perform::<ReportRequest>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let request = input.read(&mut reader);
                let wanted = tenants(&input.addressees);
                reader.faults.extend(report::check(tx, &request, None, Some(&wanted)).await?);
                let request = edit::create(tx, request, reader.faults).await?;
                report::address(tx, &request, &wanted).await?;
                Ok(request)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Asks otherwise (sửa yêu cầu báo cáo): for something else, for another day, or other tenants. Needs EDITOR; in the
    /// center, REPORTER too.
    async fn report_request_update(
        &self,
        ctx: &Context<'_>,
        input: ReportRequestUpdateInput,
    ) -> Option<Result<ReportRequestUpdatePayload>> {
        let order = Order::new("reportRequestUpdate", Action::RequestReports, input.idempotency_key.clone());
        let done = perform::<ReportRequest>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut request: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                request.status.after(RequestStep::Update)?;
                let (before, due) = (request.visibility(), request.due);
                input.apply(&mut reader, &mut request);
                let wanted = input.addressees.as_deref().map(tenants);
                reader.faults.extend(report::check(tx, &request, Some(due), wanted.as_deref()).await?);
                let request = edit::keep(tx, before, request, reader.faults).await?;
                if let Some(wanted) = wanted {
                    report::address(tx, &request, &wanted).await?;
                }
                Ok(request)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Takes no more answers (đóng yêu cầu). Needs EDITOR; in the center, REPORTER too.
    async fn report_request_close(
        &self,
        ctx: &Context<'_>,
        input: ReportRequestCloseInput,
    ) -> Option<Result<ReportRequestClosePayload>> {
        let order = Order::new("reportRequestClose", Action::RequestReports, input.idempotency_key.clone());
        let done = perform::<ReportRequest>(ctx, order, move |tx| {
            step(tx, (input.id, input.version), RequestStep::Close).boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Takes answers again (mở lại yêu cầu). Needs EDITOR; in the center, REPORTER too.
    async fn report_request_reopen(
        &self,
        ctx: &Context<'_>,
        input: ReportRequestReopenInput,
    ) -> Option<Result<ReportRequestReopenPayload>> {
        let order = Order::new("reportRequestReopen", Action::RequestReports, input.idempotency_key.clone());
        let done = perform::<ReportRequest>(ctx, order, move |tx| {
            step(tx, (input.id, input.version), RequestStep::Reopen).boxed()
        });
        Some(done.await.map(Into::into))
    }
}

async fn step(tx: &Tx, (id, version): (ID, i32), step: RequestStep) -> Edited<Record> {
    let mut request: Record = take(tx, &mut Reader::default(), &id, Some(version)).await?;
    request.status = request.status.after(step)?;
    let before = request.visibility();
    edit::keep(tx, before, request, Vec::new()).await
}
