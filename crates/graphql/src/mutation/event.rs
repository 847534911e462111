//! Events: where programs are signed, launched or reviewed.

mod input;

use async_graphql::{Context, Object};
use domain::actor::Action;
use domain::{Event as Record, Visibility};
use futures_util::FutureExt;
use persistence::edit;

pub use input::{EventCreateInput, EventUpdateInput};

use super::input::{Reader, steps, take};
use super::perform::{Order, delete, deletions, payloads, perform, show, shows};
use crate::error::Result;
use crate::event::Event;

payloads! {
    Event as event;
    /// What came of `eventCreate`.
    EventCreatePayload,
    /// What came of `eventUpdate`.
    EventUpdatePayload,
    /// What came of `eventPublish`.
    EventPublishPayload,
    /// What came of `eventWithdraw`.
    EventWithdrawPayload,
}

deletions! {
    /// What came of `eventDelete`.
    EventDeletePayload,
}

steps! {
    /// The event that is taken back.
    EventWithdrawInput,
    /// The event that goes.
    EventDeleteInput,
}

shows! {
    /// Who may see an event from now on.
    EventPublishInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct EventMutation;

/// A part of what changes the graph.
#[Object]
impl EventMutation {
    /// Records an event (hội nghị, lễ ký kết), as a draft that only its tenant's staff sees. Needs EDITOR.
    async fn event_create(&self, ctx: &Context<'_>, input: EventCreateInput) -> Option<Result<EventCreatePayload>> {
        let order = Order::new("eventCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Event>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let event = input.read(&mut reader);
                let parts = input.lists.read(tx, &mut reader, event.id).await?;
                let event = edit::create(tx, event, reader.faults).await?;
                parts.store(tx, &event).await?;
                Ok(event)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes an event, and who was there (sửa). Needs EDITOR; of a public one, PUBLISHER.
    async fn event_update(&self, ctx: &Context<'_>, input: EventUpdateInput) -> Option<Result<EventUpdatePayload>> {
        let order = Order::new("eventUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Event>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut event: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                let before = event.visibility;
                input.apply(&mut reader, &mut event);
                let parts = input.lists.read(tx, &mut reader, event.id).await?;
                let event = edit::keep(tx, before, event, reader.faults).await?;
                parts.store(tx, &event).await?;
                Ok(event)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Shows an event, and all that belongs to it, to more or fewer than now (công bố). Needs PUBLISHER.
    async fn event_publish(&self, ctx: &Context<'_>, input: EventPublishInput) -> Option<Result<EventPublishPayload>> {
        let to = input.to();
        Some(show::<Event>(ctx, "eventPublish", input, to).await.map(Into::into))
    }

    /// Takes an event back, with all that belongs to it: only its tenant's staff sees it then (thu hồi). Needs PUBLISHER.
    async fn event_withdraw(
        &self,
        ctx: &Context<'_>,
        input: EventWithdrawInput,
    ) -> Option<Result<EventWithdrawPayload>> {
        Some(show::<Event>(ctx, "eventWithdraw", input, Visibility::Draft).await.map(Into::into))
    }

    /// Deletes an event with all that belongs to it, as long as nothing was recorded from it (xóa). Needs EDITOR; of a
    /// public one, PUBLISHER.
    async fn event_delete(&self, ctx: &Context<'_>, input: EventDeleteInput) -> Option<Result<EventDeletePayload>> {
        Some(delete::<Record>(ctx, "eventDelete", input).await.map(Into::into))
    }
}
