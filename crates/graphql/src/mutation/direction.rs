//! Directions, and the obligations that they open.

mod input;

use async_graphql::{Context, Object};
use domain::actor::Action;
use domain::{Direction as Record, Fault, Id, Obligation as ObligationRecord, Program, Visibility};
use futures_util::FutureExt;
use persistence::edit;

pub use input::{DirectionCreateInput, DirectionUpdateInput, ObligationFulfillInput};

use super::input::{Reader, add, beneath, steps, take};
use super::perform::{Order, delete, deletions, payloads, perform};
use crate::direction::{Direction, Obligation};
use crate::error::Result;

payloads! {
    Direction as direction;
    /// What came of `directionCreate`.
    DirectionCreatePayload,
    /// What came of `directionUpdate`.
    DirectionUpdatePayload,
}

payloads! {
    Obligation as obligation;
    /// What came of `obligationFulfill`.
    ObligationFulfillPayload,
    /// What came of `obligationReopen`.
    ObligationReopenPayload,
}

deletions! {
    /// What came of `directionDelete`.
    DirectionDeletePayload,
}

steps! {
    /// A direction that is to go.
    DirectionDeleteInput,
    /// An obligation that is to be open again.
    ObligationReopenInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectionMutation;

/// A part of what changes the graph.
#[Object]
impl DirectionMutation {
    /// Adds a direction (chỉ đạo, phương hướng) to a program, and the obligation that it opens. Needs EDITOR; on a public
    /// program, PUBLISHER.
    async fn direction_create(
        &self,
        ctx: &Context<'_>,
        input: DirectionCreateInput,
    ) -> Option<Result<DirectionCreatePayload>> {
        let order = Order::new("directionCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Direction>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let (program, order) = beneath::<Record>(tx, &mut reader, &input.program, input.details.order).await?;
                let mut direction = Record {
                    id: Id::generate(program.tenant),
                    program,
                    event: None,
                    order,
                    text: reader.text("text", &input.text),
                    period: None,
                    visibility: Visibility::Draft,
                    version: 0,
                };
                input.details.apply(&mut reader, &mut direction);
                let parts = input.parts.read(tx, &mut reader, &direction, false).await?;
                let direction = add(tx, direction, reader).await?;
                parts.store(tx, &direction).await?;
                Ok(direction)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a direction, its parties and the obligation that it opens (sửa). Needs EDITOR; on a public program, PUBLISHER.
    async fn direction_update(
        &self,
        ctx: &Context<'_>,
        input: DirectionUpdateInput,
    ) -> Option<Result<DirectionUpdatePayload>> {
        let order = Order::new("directionUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Direction>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut direction: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                let released = input.apply(&mut reader, &mut direction);
                let parts = input.parts.read(tx, &mut reader, &direction, released).await?;
                let direction = edit::keep(tx, direction.visibility, direction, reader.faults).await?;
                parts.store(tx, &direction).await?;
                Ok(direction)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Deletes a direction with its parties and obligations (xóa). Needs EDITOR; on a public program, PUBLISHER.
    async fn direction_delete(
        &self,
        ctx: &Context<'_>,
        input: DirectionDeleteInput,
    ) -> Option<Result<DirectionDeletePayload>> {
        Some(delete::<Record>(ctx, "directionDelete", input).await.map(Into::into))
    }

    /// Records that a signed program, of whichever tenant, fulfilled an obligation (đã thực hiện). Needs EDITOR; on a
    /// public program, PUBLISHER.
    async fn obligation_fulfill(
        &self,
        ctx: &Context<'_>,
        input: ObligationFulfillInput,
    ) -> Option<Result<ObligationFulfillPayload>> {
        let order = Order::new("obligationFulfill", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Obligation>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let by = reader.id::<Program>("program", &input.program);
                let id = reader.id::<ObligationRecord>("id", &input.id);
                reader.done()?;
                let by = edit::find(tx, by).await?;
                let mut obligation = edit::take(tx, id, Some(input.version)).await?;
                obligation.fulfill(&by.ok_or_else(|| Fault::not_found("program"))?)?;
                edit::keep(tx, obligation.visibility, obligation, Vec::new()).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Takes back what was recorded to have fulfilled an obligation (mở lại). Needs EDITOR; on a public program, PUBLISHER.
    async fn obligation_reopen(
        &self,
        ctx: &Context<'_>,
        input: ObligationReopenInput,
    ) -> Option<Result<ObligationReopenPayload>> {
        let order = Order::new("obligationReopen", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Obligation>(ctx, order, move |tx| {
            async move {
                let mut obligation: ObligationRecord =
                    take(tx, &mut Reader::default(), &input.id, Some(input.version)).await?;
                obligation.reopen()?;
                edit::keep(tx, obligation.visibility, obligation, Vec::new()).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }
}
