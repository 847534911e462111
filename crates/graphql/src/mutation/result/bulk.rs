//! Many results at once.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::actor::Action;
use domain::{Fault, Id, Program, RecordKind};
use futures_util::FutureExt;
use persistence::Tx;
use persistence::edit::{self, Edited};

use super::input::{ResultCreateInput, ResultDetails, ResultField, ResultUpdateInput};
use super::{create, update};
use crate::error::Result;
use crate::global_id;
use crate::mutation::bulk::{self, BulkItem, BulkOnError, BulkOutcome};
use crate::mutation::input::{PartyInput, Reader};
use crate::mutation::perform::{Order, UserError, perform_text};
use crate::result::Outcome;

/// What came of `resultBulkUpsert`.
#[derive(Clone, Debug, SimpleObject)]
pub struct ResultBulkUpsertPayload {
    /// The results as they are then, in the order of the items. None after a dry run.
    results: Vec<Outcome>,
    /// What became of each item, in their order. Empty when nothing was done.
    items: Vec<BulkItem>,
    /// Everything that is wrong with the input, with the way to it: `["input", "items", "3", "label"]`.
    errors: Vec<UserError>,
}

/// Results of a program to be stored: new ones, and changed ones.
#[derive(Clone, Debug, InputObject)]
pub struct ResultBulkUpsertInput {
    /// The program of which they came.
    pub program: ID,
    /// The results, 1 to 250.
    pub items: Vec<ResultItemInput>,
    /// What becomes of the others when some are wrong; `REJECT_ALL` when nothing is said.
    pub on_error: Option<BulkOnError>,
    /// Whether everything is only tried, and undone again.
    pub dry_run: Option<bool>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// A result to be stored. With an id and its version it is changed, as by `resultUpdate`; without, it is new, as by
/// `resultCreate`.
#[derive(Clone, Debug, InputObject)]
pub struct ResultItemInput {
    /// The result as it is stored; left out for a new one.
    pub id: Option<ID>,
    /// The version that was read; needed with the id.
    pub version: Option<i32>,
    /// Code of the indicator on which it is measured; needed for a new one.
    pub indicator: Option<String>,
    /// The result, in your own words; needed for a new one.
    pub label: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ResultDetails,
    /// Who brought it about, in place of the stored list.
    pub contributors: Option<Vec<PartyInput>>,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<ResultField>>,
}

/// A part of [`crate::mutation::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ResultBulkMutation;

/// A part of what changes the graph.
#[Object]
impl ResultBulkMutation {
    /// Stores up to 250 results of a program in one transaction: adds new ones, changes those that are given with their id.
    /// Needs EDITOR; on a public program, PUBLISHER.
    async fn result_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        input: ResultBulkUpsertInput,
    ) -> Option<Result<ResultBulkUpsertPayload>> {
        let order = Order::new("resultBulkUpsert", Action::Edit, input.idempotency_key.clone());
        let order = Order { dry_run: input.dry_run.unwrap_or_default(), ..order };
        let done = perform_text(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let program = reader.id::<Program>("program", &input.program);
                reader.done()?;
                if edit::find(tx, program).await?.is_none() {
                    return Err(Fault::not_found("program").into());
                }
                if let Some(fault) = tx.abroad("program", program.tenant) {
                    return Err(fault.into());
                }
                let store = |item| store(tx, (program, &input.program), item);
                Box::pin(bulk::each(tx, input.items, input.on_error.unwrap_or_default(), store)).await
            }
            .boxed()
        });
        let told = match done.await {
            Ok(outcome) => bulk::tell(ctx, outcome).await,
            Err(error) => Err(error),
        };
        Some(told.map(|(results, items, errors)| ResultBulkUpsertPayload { results, items, errors }))
    }
}

async fn store(tx: &Tx, (program, of): (Id<Program>, &ID), item: ResultItemInput) -> Edited<(ID, BulkOutcome)> {
    let mut reader = Reader::default();
    let ResultItemInput { id, version, indicator, label, details, contributors, clear } = item;
    let (result, outcome) = if let Some(id) = id {
        let version = bulk::version(&mut reader, version);
        let input =
            ResultUpdateInput { id, version, indicator, label, details, contributors, clear, idempotency_key: None };
        (update(tx, reader, input, Some(program)).await?, BulkOutcome::Updated)
    } else {
        let indicator = bulk::needed(&mut reader, "indicator", indicator).unwrap_or_default();
        let label = bulk::needed(&mut reader, "label", label).unwrap_or_else(|| "?".to_owned());
        let input =
            ResultCreateInput { program: of.clone(), indicator, label, details, contributors, idempotency_key: None };
        (create(tx, reader, input).await?, BulkOutcome::Created)
    };
    Ok((global_id::record(RecordKind::Result, result.id), outcome))
}
