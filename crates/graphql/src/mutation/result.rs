//! Results: what came of a program, one by one or many at once.

mod bulk;
mod input;

use async_graphql::{Context, Object};
use domain::actor::Action;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Id, Outcome as Record, Program, Visibility};
use futures_util::FutureExt;
use persistence::Tx;
use persistence::edit::{self, Edited};

pub use bulk::ResultBulkMutation;
pub use input::{ResultCreateInput, ResultUpdateInput};

use super::input::{Reader, add, beneath, steps, take};
use super::list::{check, party_list, store};
use super::perform::{Order, delete, deletions, payloads, perform};
use crate::error::Result;
use crate::result::Outcome;

payloads! {
    Outcome as result;
    /// What came of `resultCreate`.
    ResultCreatePayload,
    /// What came of `resultUpdate`.
    ResultUpdatePayload,
}

deletions! {
    /// What came of `resultDelete`.
    ResultDeletePayload,
}

steps! {
    /// A result that is to go.
    ResultDeleteInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ResultMutation;

/// A part of what changes the graph.
#[Object]
impl ResultMutation {
    /// Adds a result (kết quả) to a program: a figure, a finding, or names. Needs EDITOR; on a public program, PUBLISHER.
    async fn result_create(&self, ctx: &Context<'_>, input: ResultCreateInput) -> Option<Result<ResultCreatePayload>> {
        let order = Order::new("resultCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Outcome>(ctx, order, move |tx| create(tx, Reader::default(), input).boxed());
        Some(done.await.map(Into::into))
    }

    /// Changes a result, and who brought it about (sửa). Needs EDITOR; on a public program, PUBLISHER.
    async fn result_update(&self, ctx: &Context<'_>, input: ResultUpdateInput) -> Option<Result<ResultUpdatePayload>> {
        let order = Order::new("resultUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Outcome>(ctx, order, move |tx| update(tx, Reader::default(), input, None).boxed());
        Some(done.await.map(Into::into))
    }

    /// Deletes a result, as long as no other depends on it (xóa). Needs EDITOR; on a public program, PUBLISHER.
    async fn result_delete(&self, ctx: &Context<'_>, input: ResultDeleteInput) -> Option<Result<ResultDeletePayload>> {
        Some(delete::<Record>(ctx, "resultDelete", input).await.map(Into::into))
    }
}

async fn create(tx: &Tx, mut reader: Reader, input: ResultCreateInput) -> Edited<Record> {
    let (program, order) = beneath::<Record>(tx, &mut reader, &input.program, input.details.order).await?;
    let mut result = Record {
        id: Id::generate(program.tenant),
        program,
        event: None,
        order,
        indicator: input.indicator,
        label: reader.text("label", &input.label),
        quantity: domain::Quantity::default(),
        statement: None,
        period: None,
        as_of: None,
        scope: None,
        sites: Vec::new(),
        audience: Vec::new(),
        names: Vec::new(),
        of_result: None,
        subset_of: None,
        denominator: None,
        visibility: Visibility::Draft,
        version: 0,
    };
    input.details.apply(&mut reader, &mut result);
    let who = (Subject::Result(result.id), InvolvementKind::Contributor);
    let contributors = party_list(tx, &mut reader, "contributors", who, input.contributors.as_deref()).await?;
    check(tx, &mut reader, &contributors).await?;
    let result = add(tx, result, reader).await?;
    store(tx, &result, contributors).await?;
    Ok(result)
}

/// Changes a result, which must be one of `within` if that is given.
async fn update(tx: &Tx, mut reader: Reader, input: ResultUpdateInput, within: Option<Id<Program>>) -> Edited<Record> {
    let mut result: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
    if within.is_some_and(|program| program != result.program) {
        reader.faults.push(super::bulk::elsewhere());
    }
    input.apply(&mut reader, &mut result);
    reader.faults.extend(persistence::result::circular(tx, &result).await?);
    let who = (Subject::Result(result.id), InvolvementKind::Contributor);
    let contributors = party_list(tx, &mut reader, "contributors", who, input.contributors.as_deref()).await?;
    check(tx, &mut reader, &contributors).await?;
    let result = edit::keep(tx, result.visibility, result, reader.faults).await?;
    store(tx, &result, contributors).await?;
    Ok(result)
}
