//! Sources, and the records for which they vouch.

mod input;

use async_graphql::{Context, Object};
use domain::actor::Action;
use domain::{Source as Record, Visibility};
use futures_util::FutureExt;
use persistence::edit;

pub use input::{SourceCreateInput, SourceLinkInput, SourceUnlinkInput, SourceUpdateInput};

use super::input::{Reader, steps, take};
use super::perform::{Order, deletions, payloads, perform, perform_text, show, shows};
use crate::error::Result;
use crate::source::Source;

payloads! {
    Source as source;
    /// What came of `sourceCreate`.
    SourceCreatePayload,
    /// What came of `sourceUpdate`.
    SourceUpdatePayload,
    /// What came of `sourcePublish`.
    SourcePublishPayload,
    /// What came of `sourceWithdraw`.
    SourceWithdrawPayload,
    /// What came of `sourceLink`.
    SourceLinkPayload,
    /// What came of `sourceUnlink`.
    SourceUnlinkPayload,
}

deletions! {
    /// What came of `sourceDelete`.
    SourceDeletePayload,
}

steps! {
    /// A source that only its tenant's staff is to see.
    SourceWithdrawInput,
    /// A source that is to go.
    SourceDeleteInput,
}

shows! {
    /// Who may see a source from now on.
    SourcePublishInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct SourceMutation;

/// A part of what changes the graph.
#[Object]
impl SourceMutation {
    /// Records a source (nguồn) that no dossier made, as a draft that only its tenant's staff sees. Needs EDITOR.
    async fn source_create(&self, ctx: &Context<'_>, input: SourceCreateInput) -> Option<Result<SourceCreatePayload>> {
        let order = Order::new("sourceCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Source>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let source = input.read(&mut reader);
                edit::create(tx, source, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a source (sửa). One that a dossier made is written anew when the dossier changes and is imported again. Needs
    /// EDITOR; of a public one, PUBLISHER.
    async fn source_update(&self, ctx: &Context<'_>, input: SourceUpdateInput) -> Option<Result<SourceUpdatePayload>> {
        let order = Order::new("sourceUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Source>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut source: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                input.apply(&mut reader, &mut source);
                edit::keep(tx, source.visibility, source, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Shows a source to more or fewer than now (công bố). The records that rest on it are shown by themselves. Needs PUBLISHER.
    async fn source_publish(
        &self,
        ctx: &Context<'_>,
        input: SourcePublishInput,
    ) -> Option<Result<SourcePublishPayload>> {
        let to = input.to();
        Some(show::<Source>(ctx, "sourcePublish", input, to).await.map(Into::into))
    }

    /// Takes a source back: only its tenant's staff sees it then (thu hồi). The records that rest on it stay as they are. Needs
    /// PUBLISHER.
    async fn source_withdraw(
        &self,
        ctx: &Context<'_>,
        input: SourceWithdrawInput,
    ) -> Option<Result<SourceWithdrawPayload>> {
        Some(show::<Source>(ctx, "sourceWithdraw", input, Visibility::Draft).await.map(Into::into))
    }

    /// Deletes a source that no dossier made, with its links (xóa). Needs EDITOR; of a public one, PUBLISHER.
    async fn source_delete(&self, ctx: &Context<'_>, input: SourceDeleteInput) -> Option<Result<SourceDeletePayload>> {
        let order = Order::new("sourceDelete", Action::Edit, input.idempotency_key.clone());
        let done = perform_text(ctx, order, move |tx| {
            async move {
                let source: Record = take(tx, &mut Reader::default(), &input.id, Some(input.version)).await?;
                source.may_go()?;
                edit::delete(tx, source.id, Some(input.version)).await?;
                Ok(input.id.to_string())
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Has a source vouch for a record that one may see, of whichever tenant (gắn nguồn). Whoever sees both sees the link.
    /// Needs EDITOR; of a public source, PUBLISHER.
    async fn source_link(&self, ctx: &Context<'_>, input: SourceLinkInput) -> Option<Result<SourceLinkPayload>> {
        let order = Order::new("sourceLink", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Source>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let source = reader.id::<Record>("source", &input.source);
                let record = reader.record("record", &input.record);
                reader.done()?;
                let basis = input.basis.map_or(domain::Basis::Stated, Into::into);
                edit::vouch(tx, source, record, basis).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Takes back a link that was made by `sourceLink` (gỡ nguồn). Needs EDITOR; of a public source, PUBLISHER.
    async fn source_unlink(&self, ctx: &Context<'_>, input: SourceUnlinkInput) -> Option<Result<SourceUnlinkPayload>> {
        let order = Order::new("sourceUnlink", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Source>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let source = reader.id::<Record>("source", &input.source);
                let record = reader.record("record", &input.record);
                reader.done()?;
                edit::unvouch(tx, source, record).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }
}
