//! Many programs at once.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::actor::Action;
use domain::{Fault, RecordKind, TenantId};
use futures_util::FutureExt;
use persistence::Tx;
use persistence::edit::Edited;

use super::input::{ProgramCreateInput, ProgramDetails, ProgramField, ProgramUpdateInput};
use super::parts::ProgramLists;
use super::{create, update};
use crate::enums::{AgencyLevel, ProgramKind};
use crate::error::Result;
use crate::global_id;
use crate::mutation::bulk::{self, BulkItem, BulkOnError, BulkOutcome};
use crate::mutation::input::{DateInput, Reader};
use crate::mutation::perform::{Order, UserError, perform_text};
use crate::program::Program;

/// What came of `programBulkUpsert`.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProgramBulkUpsertPayload {
    /// The programs as they are then, in the order of the items. None after a dry run.
    programs: Vec<Program>,
    /// What became of each item, in their order. Empty when nothing was done.
    items: Vec<BulkItem>,
    /// Everything that is wrong with the input, with the way to it: `["input", "items", "3", "title"]`.
    errors: Vec<UserError>,
}

/// Programs to be stored: new ones, and changed ones.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramBulkUpsertInput {
    /// The province (or the center) whose programs they are.
    pub tenant: ID,
    /// The programs, 1 to 250.
    pub items: Vec<ProgramItemInput>,
    /// What becomes of the others when some are wrong; `REJECT_ALL` when nothing is said.
    pub on_error: Option<BulkOnError>,
    /// Whether everything is only tried, and undone again.
    pub dry_run: Option<bool>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// A program to be stored. With an id and its version it is changed, as by `programUpdate`; without, it is new, as by
/// `programCreate`. Its lists are not touched.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramItemInput {
    /// The program as it is stored; left out for a new one.
    pub id: Option<ID>,
    /// The version that was read; needed with the id.
    pub version: Option<i32>,
    /// Kind of instrument; needed for a new one.
    pub kind: Option<ProgramKind>,
    /// Vietnamese title; needed for a new one.
    pub title: Option<String>,
    /// Level of the parties; needed for a new one.
    pub level: Option<AgencyLevel>,
    /// The day of signing, corrected. Only of a program that was signed.
    pub signed_on: Option<DateInput>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ProgramDetails,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<ProgramField>>,
}

/// A part of [`crate::mutation::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ProgramBulkMutation;

/// A part of what changes the graph.
#[Object]
impl ProgramBulkMutation {
    /// Stores up to 250 programs of a tenant in one transaction: drafts new ones, changes those that are given with their
    /// id. Needs EDITOR; for public ones, PUBLISHER.
    async fn program_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        input: ProgramBulkUpsertInput,
    ) -> Option<Result<ProgramBulkUpsertPayload>> {
        let order = Order::new("programBulkUpsert", Action::Edit, input.idempotency_key.clone());
        let order = Order { dry_run: input.dry_run.unwrap_or_default(), ..order };
        let done = perform_text(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let tenant = reader.tenant("tenant", &input.tenant);
                if reader.faults.is_empty() {
                    reader.faults.extend(tx.abroad("tenant", tenant));
                }
                reader.done()?;
                let store = |item| store(tx, (tenant, &input.tenant), item);
                Box::pin(bulk::each(tx, input.items, input.on_error.unwrap_or_default(), store)).await
            }
            .boxed()
        });
        let told = match done.await {
            Ok(outcome) => bulk::tell(ctx, outcome).await,
            Err(error) => Err(error),
        };
        Some(told.map(|(programs, items, errors)| ProgramBulkUpsertPayload { programs, items, errors }))
    }
}

async fn store(tx: &Tx, (tenant, owner): (TenantId, &ID), item: ProgramItemInput) -> Edited<(ID, BulkOutcome)> {
    let mut reader = Reader::default();
    let ProgramItemInput { id, version, kind, title, level, signed_on, details, clear } = item;
    let (lists, idempotency_key) = (ProgramLists::default(), None);
    let (program, outcome) = if let Some(id) = id {
        let version = bulk::version(&mut reader, version);
        if reader.id::<domain::Program>("id", &id).tenant != tenant && reader.faults.is_empty() {
            reader.faults.push(bulk::elsewhere());
        }
        std::mem::take(&mut reader).done()?;
        let input =
            ProgramUpdateInput { id, version, kind, title, level, signed_on, details, lists, clear, idempotency_key };
        (update(tx, reader, input).await?, BulkOutcome::Updated)
    } else {
        if signed_on.is_some() {
            reader.faults.push(Fault::new(
                "signedOn",
                "a new program is a draft; sign it with programSign, which takes the day",
                "chương trình mới là bản nháp; hãy ký bằng programSign, kèm ngày ký",
            ));
        }
        let kind = bulk::needed(&mut reader, "kind", kind).unwrap_or(ProgramKind::Other);
        let level = bulk::needed(&mut reader, "level", level).unwrap_or(AgencyLevel::Province);
        let title = bulk::needed(&mut reader, "title", title).unwrap_or_else(|| "?".to_owned());
        let input = ProgramCreateInput { tenant: owner.clone(), kind, title, level, details, lists, idempotency_key };
        (create(tx, reader, input).await?, BulkOutcome::Created)
    };
    Ok((global_id::record(RecordKind::Program, program.id), outcome))
}
