//! How accepted figures become results: the addressee takes them into a program of its own.

use domain::fault::FaultCode;
use domain::submission::SubmissionStep;
use domain::{Fault, Id, Outcome, Program, Submission, SubmissionItem, SubmissionResult, Visibility};
use sea_orm::sea_query::ExprTrait;

use crate::edit::{self, Edited};
use crate::filter::alias;
use crate::record::{Record, among, col, every};
use crate::{StoreError, Tx};

/// Makes each item of an accepted submission a result of a program of the same tenant.
pub async fn publish(tx: &Tx, submission: &Submission, program: Option<Id<Program>>) -> Edited<()> {
    super::state(tx, submission).await?.after(SubmissionStep::PublishResults)?;
    if published(tx, submission.id).await? {
        return Err(Fault::of(
            FaultCode::InvalidTransition,
            &["id"],
            "its figures are results already; correct those where they stand",
            "số liệu đã trở thành kết quả; nếu cần, hãy sửa tại kết quả của chương trình",
        )
        .into());
    }
    let Some(program) = program.or(submission.program) else {
        return Err(Fault::new(
            "program",
            "name the program under which the figures stand",
            "hãy nêu chương trình mà số liệu thuộc về",
        )
        .into());
    };
    let placed = Submission { program: Some(program), ..submission.clone() };
    if let Some(fault) = placed.faults().into_iter().next() {
        return Err(fault.into());
    }
    let stored: Vec<Outcome> = edit::parts(tx, ("program_id", program), None).await?;
    let mut order = stored.iter().map(|one| one.order).max().unwrap_or(0);
    let mut became = Vec::new();
    for item in in_order(tx, submission.id).await? {
        order = order.saturating_add(1);
        let result = edit::create(tx, item.result(program, order), Vec::new()).await?;
        became.push(SubmissionResult {
            id: Id::generate(submission.id.tenant),
            submission: submission.id,
            item: item.id,
            result: result.id,
            visibility: Visibility::Internal,
        });
    }
    tx.put(&became).await?;
    let ids: Vec<Id<SubmissionResult>> = became.iter().map(Record::key).collect();
    tx.show(submission.id, &ids, submission.request.tenant).await?;
    Ok(())
}

async fn in_order(tx: &Tx, submission: Id<Submission>) -> Result<Vec<SubmissionItem>, StoreError> {
    let mut items: Vec<SubmissionItem> = edit::parts(tx, ("submission_id", submission), None).await?;
    items.sort_by_key(|item| item.order);
    Ok(items)
}

async fn published(tx: &Tx, submission: Id<Submission>) -> Result<bool, StoreError> {
    let t = alias(0);
    let mut select = every::<SubmissionResult>(t);
    select
        .cond_where(among(t, (Some("tenant_id"), "submission_id"), &[submission]))
        .cond_where(col(t, "tenant_id").eq(submission.tenant.0))
        .limit(1);
    Ok(!tx.rows(&select).await?.is_empty())
}
