//! Submissions: the addressee writes and hands in, whoever asked accepts or gives back, the addressee takes over what was
//! accepted.

mod input;

use async_graphql::{Context, ID, Object};
use domain::actor::Action;
use domain::fault::FaultCode;
use domain::report::RequestStep;
use domain::submission::{SubmissionStatus, SubmissionStep, Verdict};
use domain::{Fault, Id, Program, ReportRequest, Submission as Record, SubmissionItem, TenantId, Visibility};
use futures_util::FutureExt;
use persistence::edit::{self, Editable as _, Edited, Parts};
use persistence::{Tx, report, submission};

use input::{
    SubmissionAcceptInput, SubmissionPublishResultsInput, SubmissionReturnInput, SubmissionSaveInput,
    SubmissionSubmitInput,
};

use super::input::{Reader, take};
use super::perform::{Order, payloads, perform};
use crate::error::Result;
use crate::submission::Submission;

payloads! {
    Submission as submission;
    /// What came of `submissionSave`.
    SubmissionSavePayload,
    /// What came of `submissionSubmit`.
    SubmissionSubmitPayload,
    /// What came of `submissionAccept`.
    SubmissionAcceptPayload,
    /// What came of `submissionReturn`.
    SubmissionReturnPayload,
    /// What came of `submissionPublishResults`.
    SubmissionPublishResultsPayload,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct SubmissionMutation;

/// A part of what changes the graph.
#[Object]
impl SubmissionMutation {
    /// Prepares an answer to a report request (soạn báo cáo): begins a draft or changes it. After a return it begins the
    /// next round, with what the round before said. Only the addressee's staff sees a draft. Needs EDITOR.
    async fn submission_save(
        &self,
        ctx: &Context<'_>,
        input: SubmissionSaveInput,
    ) -> Option<Result<SubmissionSavePayload>> {
        let order = Order::new("submissionSave", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Submission>(ctx, order, move |tx| save(tx, input).boxed());
        Some(done.await.map(Into::into))
    }

    /// Hands a draft in (gửi báo cáo), for good: whoever asked sees it from now on. Needs PUBLISHER.
    async fn submission_submit(
        &self,
        ctx: &Context<'_>,
        input: SubmissionSubmitInput,
    ) -> Option<Result<SubmissionSubmitPayload>> {
        let order = Order::new("submissionSubmit", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Submission>(ctx, order, move |tx| submit(tx, (input.id, input.version)).boxed());
        Some(done.await.map(Into::into))
    }

    /// Accepts what was handed in (chấp nhận báo cáo). By the tenant that asked; needs PUBLISHER there.
    async fn submission_accept(
        &self,
        ctx: &Context<'_>,
        input: SubmissionAcceptInput,
    ) -> Option<Result<SubmissionAcceptPayload>> {
        let order = Order::new("submissionAccept", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Submission>(ctx, order, move |tx| {
            decide(tx, (input.id, input.version), Verdict::Accepted, None).boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Gives back what was handed in, to be mended in the next round (trả lại báo cáo). By the tenant that asked; needs
    /// PUBLISHER there.
    async fn submission_return(
        &self,
        ctx: &Context<'_>,
        input: SubmissionReturnInput,
    ) -> Option<Result<SubmissionReturnPayload>> {
        let order = Order::new("submissionReturn", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Submission>(ctx, order, move |tx| {
            decide(tx, (input.id, input.version), Verdict::Returned, Some(input.reason)).boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Makes the figures of an accepted submission results of a program of the addressee (đưa số liệu vào kết quả chương
    /// trình). They are as visible as the program. By the addressee; needs PUBLISHER.
    async fn submission_publish_results(
        &self,
        ctx: &Context<'_>,
        input: SubmissionPublishResultsInput,
    ) -> Option<Result<SubmissionPublishResultsPayload>> {
        let order = Order::new("submissionPublishResults", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Submission>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let program = input.program.as_ref().map(|program| reader.id::<Program>("program", program));
                let submission: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                submission::publish(tx, &submission, program).await?;
                Ok(submission)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }
}

/// A draft of which nothing is known yet.
fn blank(tenant: TenantId, request: Id<ReportRequest>) -> Record {
    Record {
        id: Id::generate(tenant),
        request,
        round: 1,
        program: None,
        narrative: None,
        status: SubmissionStatus::Draft,
        submitted_on: None,
        submitted_at: None,
        submitted_by: None,
        visibility: Visibility::Draft,
        version: 0,
    }
}

async fn save(tx: &Tx, input: SubmissionSaveInput) -> Edited<Record> {
    let mut reader = Reader::default();
    let request = reader.id::<ReportRequest>("request", &input.request);
    let named = input.tenant.as_ref().map(|tenant| reader.tenant("tenant", tenant));
    std::mem::take(&mut reader).done()?;
    let request = report::asked(tx, request, RequestStep::Answer).await?;
    let tenant = report::answering(tx, &request, named).await?;
    let latest = submission::latest(tx, request.id, tenant).await?;
    let mut known: Vec<SubmissionItem> = Vec::new();
    let (stored, mut draft) = match latest {
        None => (None, blank(tenant, request.id)),
        Some(latest) => {
            submission::state(tx, &latest).await?.after(SubmissionStep::Save)?;
            let begun = latest.status == SubmissionStatus::Draft;
            if begun && input.version.is_none() {
                return Err(begun_already(latest.version).into());
            }
            if let Some(read) = input.version.filter(|read| *read != latest.version) {
                return Err(edit::stale(read, latest.version).into());
            }
            known = edit::parts(tx, ("submission_id", latest.id), None).await?;
            known.sort_by_key(|item| item.order);
            if begun {
                (Some(latest.visibility()), latest)
            } else {
                let (program, narrative) = (latest.program, latest.narrative);
                let round = latest.round.saturating_add(1);
                (None, Record { round, program, narrative, ..blank(tenant, request.id) })
            }
        }
    };
    input.apply(&mut reader, &mut draft);
    let mut wanted = match &input.items {
        Some(items) => input::items(&mut reader, (&draft, &request), &known, items),
        None => known.clone(),
    };
    reader.faults.extend(Record::too_many(wanted.len()));
    if stored.is_none() {
        // A round has rows of its own.
        for item in &mut wanted {
            (item.id, item.submission, item.version) = (Id::generate(tenant), draft.id, 0);
        }
        known.clear();
    }
    let parts = Parts { path: vec!["items".to_owned()], stored: known, wanted };
    reader.faults.extend(parts.check(tx).await?);
    let draft = match stored {
        Some(before) => edit::keep(tx, before, draft, reader.faults).await?,
        None => edit::create(tx, draft, reader.faults).await?,
    };
    parts.store(tx, &draft).await?;
    Ok(draft)
}

fn begun_already(version: i32) -> Fault {
    Fault::of(
        FaultCode::Conflict,
        &["version"],
        format!(
            "there is a draft already, version {version}: read it (reportRequest.submissions) and name its version"
        ),
        format!("đã có bản nháp, phiên bản {version}: hãy đọc lại (reportRequest.submissions) và nêu phiên bản"),
    )
}

async fn submit(tx: &Tx, (id, version): (ID, i32)) -> Edited<Record> {
    let draft: Record = take(tx, &mut Reader::default(), &id, Some(version)).await?;
    submission::state(tx, &draft).await?.after(SubmissionStep::Submit)?;
    let request = report::asked(tx, draft.request, RequestStep::Answer).await?;
    let items: Vec<SubmissionItem> = edit::parts(tx, ("submission_id", draft.id), None).await?;
    let missing = draft.missing(&request, &items);
    submission::hand_in(tx, draft, missing).await
}

async fn decide(tx: &Tx, (id, read): (ID, i32), verdict: Verdict, reason: Option<String>) -> Edited<Record> {
    let mut reader = Reader::default();
    let reason = reason.map(|reason| reader.text("reason", &reason));
    let id = reader.id::<Record>("id", &id);
    reader.done()?;
    let Some(submission) = edit::find::<Record>(tx, id).await? else {
        return Err(Fault::not_found("id").into());
    };
    if read != submission.version {
        return Err(edit::stale(read, submission.version).into());
    }
    submission::decide(tx, &submission, verdict, reason).await?;
    Ok(submission)
}
