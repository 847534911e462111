//! Programs: from draft to signature, and what comes after.

mod bulk;
mod input;
mod parts;

use async_graphql::{Context, Object};
use domain::actor::Action;
use domain::involvement::{InvolvementKind, Subject};
use domain::link::{LinkKind, LinkTarget};
use domain::program::transition::Step;
use domain::{Id, Program as Record, ProgramLink, Visibility};
use futures_util::FutureExt;
use persistence::Tx;
use persistence::edit::{self, Edited};

pub use bulk::ProgramBulkMutation;
use input::{
    ProgramAmendInput, ProgramConcludeInput, ProgramCreateInput, ProgramDeleteInput, ProgramFollowInput,
    ProgramPublishInput, ProgramRenewInput, ProgramReopenInput, ProgramSignInput, ProgramTerminateInput,
    ProgramUpdateInput, ProgramWithdrawInput,
};
pub(super) use parts::{CitationInput, citations};

use super::input::{Reader, take};
use super::list::{check, party_list, store};
use super::perform::{Order, delete, deletions, payloads, perform, show};
use crate::error::Result;
use crate::program::Program;

payloads! {
    Program as program;
    /// What came of `programCreate`.
    ProgramCreatePayload,
    /// What came of `programUpdate`.
    ProgramUpdatePayload,
    /// What came of `programSign`.
    ProgramSignPayload,
    /// What came of `programPublish`.
    ProgramPublishPayload,
    /// What came of `programWithdraw`.
    ProgramWithdrawPayload,
    /// What came of `programAmend`.
    ProgramAmendPayload,
    /// What came of `programRenew`.
    ProgramRenewPayload,
    /// What came of `programConclude`.
    ProgramConcludePayload,
    /// What came of `programTerminate`.
    ProgramTerminatePayload,
    /// What came of `programReopen`.
    ProgramReopenPayload,
}

deletions! {
    /// What came of `programDelete`.
    ProgramDeletePayload,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ProgramMutation;

/// A part of what changes the graph.
#[Object]
impl ProgramMutation {
    /// Drafts a program (soạn thảo). Needs EDITOR.
    async fn program_create(
        &self,
        ctx: &Context<'_>,
        input: ProgramCreateInput,
    ) -> Option<Result<ProgramCreatePayload>> {
        let order = Order::new("programCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Program>(ctx, order, move |tx| create(tx, Reader::default(), input).boxed());
        Some(done.await.map(Into::into))
    }

    /// Changes a program (sửa). Needs EDITOR; of a public one, PUBLISHER.
    async fn program_update(
        &self,
        ctx: &Context<'_>,
        input: ProgramUpdateInput,
    ) -> Option<Result<ProgramUpdatePayload>> {
        let order = Order::new("programUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Program>(ctx, order, move |tx| update(tx, Reader::default(), input).boxed());
        Some(done.await.map(Into::into))
    }

    /// Records that a draft was signed (ký kết). Needs PUBLISHER.
    async fn program_sign(&self, ctx: &Context<'_>, input: ProgramSignInput) -> Option<Result<ProgramSignPayload>> {
        let order = Order::new("programSign", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Program>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut program: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                program.step(Step::Sign)?;
                program.signed_on = input.signed_on.as_ref().map(|date| date.dated(&mut reader, "signedOn"));
                if input.number.is_some() {
                    reader.put_text("number", &mut program.number, input.number.as_ref());
                    program.number_status = domain::program::NumberStatus::Stated;
                }
                let whose = (Subject::Program(program.id), InvolvementKind::Signatory);
                let items = input.signatories.as_deref();
                let signatories = party_list(tx, &mut reader, "signatories", whose, items).await?;
                check(tx, &mut reader, &signatories).await?;
                let before = program.visibility;
                let program = edit::keep(tx, before, program, reader.faults).await?;
                store(tx, &program, signatories).await?;
                Ok(program)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Shows a program, and all that belongs to it, to more or fewer than now: to everybody, or to its parties (công
    /// bố). Needs PUBLISHER.
    async fn program_publish(
        &self,
        ctx: &Context<'_>,
        input: ProgramPublishInput,
    ) -> Option<Result<ProgramPublishPayload>> {
        let to = input.to();
        Some(show::<Program>(ctx, "programPublish", input, to).await.map(Into::into))
    }

    /// Takes a program back, with all that belongs to it: only its tenant's staff sees it then (thu hồi). Needs PUBLISHER.
    async fn program_withdraw(
        &self,
        ctx: &Context<'_>,
        input: ProgramWithdrawInput,
    ) -> Option<Result<ProgramWithdrawPayload>> {
        Some(show::<Program>(ctx, "programWithdraw", input, Visibility::Draft).await.map(Into::into))
    }

    /// Drafts an instrument that amends a signed program (sửa đổi, bổ sung): a new program with a link AMENDS. Needs EDITOR.
    async fn program_amend(&self, ctx: &Context<'_>, input: ProgramAmendInput) -> Option<Result<ProgramAmendPayload>> {
        let order = Order::new("programAmend", Action::Edit, input.follow.idempotency_key.clone());
        let done =
            perform::<Program>(ctx, order, move |tx| follow(tx, input.follow, Step::Amend, LinkKind::Amends).boxed());
        Some(done.await.map(Into::into))
    }

    /// Drafts the instrument that takes a program's place (ký tiếp, gia hạn): a new program with a link RENEWS. Needs EDITOR.
    async fn program_renew(&self, ctx: &Context<'_>, input: ProgramRenewInput) -> Option<Result<ProgramRenewPayload>> {
        let order = Order::new("programRenew", Action::Edit, input.follow.idempotency_key.clone());
        let done =
            perform::<Program>(ctx, order, move |tx| follow(tx, input.follow, Step::Renew, LinkKind::Renews).boxed());
        Some(done.await.map(Into::into))
    }

    /// Records that a program ran to its end and was reviewed (tổng kết). Needs PUBLISHER.
    async fn program_conclude(
        &self,
        ctx: &Context<'_>,
        input: ProgramConcludeInput,
    ) -> Option<Result<ProgramConcludePayload>> {
        let order = Order::new("programConclude", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Program>(ctx, order, move |tx| step(tx, input.id, input.version, Step::Conclude).boxed());
        Some(done.await.map(Into::into))
    }

    /// Records that a program ended before its time (chấm dứt). Needs PUBLISHER.
    async fn program_terminate(
        &self,
        ctx: &Context<'_>,
        input: ProgramTerminateInput,
    ) -> Option<Result<ProgramTerminatePayload>> {
        let order = Order::new("programTerminate", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Program>(ctx, order, move |tx| step(tx, input.id, input.version, Step::Terminate).boxed());
        Some(done.await.map(Into::into))
    }

    /// Takes the last step back: a signature, a conclusion or a termination that was recorded by mistake. Needs PUBLISHER.
    async fn program_reopen(
        &self,
        ctx: &Context<'_>,
        input: ProgramReopenInput,
    ) -> Option<Result<ProgramReopenPayload>> {
        let order = Order::new("programReopen", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Program>(ctx, order, move |tx| step(tx, input.id, input.version, Step::Reopen).boxed());
        Some(done.await.map(Into::into))
    }

    /// Deletes a program with all that belongs to it, as long as nobody else could ever see it (xóa). Needs EDITOR.
    async fn program_delete(
        &self,
        ctx: &Context<'_>,
        input: ProgramDeleteInput,
    ) -> Option<Result<ProgramDeletePayload>> {
        Some(delete::<Record>(ctx, "programDelete", input).await.map(Into::into))
    }
}

async fn create(tx: &Tx, mut reader: Reader, input: ProgramCreateInput) -> Edited<Record> {
    let program = input.read(&mut reader);
    let parts = input.lists.read(tx, &mut reader, program.id).boxed().await?;
    parts.check(tx, &mut reader).boxed().await?;
    let program = edit::create(tx, program, reader.faults).boxed().await?;
    parts.store(tx, &program).boxed().await?;
    Ok(program)
}

async fn update(tx: &Tx, mut reader: Reader, input: ProgramUpdateInput) -> Edited<Record> {
    let mut program: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
    let before = program.visibility;
    input.apply(&mut reader, &mut program);
    let parts = input.lists.read(tx, &mut reader, program.id).boxed().await?;
    parts.check(tx, &mut reader).boxed().await?;
    let program = edit::keep(tx, before, program, reader.faults).boxed().await?;
    parts.store(tx, &program).boxed().await?;
    Ok(program)
}

async fn step(tx: &Tx, id: async_graphql::ID, version: i32, step: Step) -> Edited<Record> {
    let mut program: Record = take(tx, &mut Reader::default(), &id, Some(version)).await?;
    program.step(step)?;
    let before = program.visibility;
    edit::keep(tx, before, program, Vec::new()).await
}

/// Drafts an instrument that follows another one.
async fn follow(tx: &Tx, input: ProgramFollowInput, step: Step, kind: LinkKind) -> Edited<Record> {
    let mut reader = Reader::default();
    let old: Record = take(tx, &mut reader, &input.id, None).await?;
    old.status.after(step)?;
    let title = reader.text("title", &input.title);
    let mut program = Record::draft(old.id.tenant, input.kind.map_or(old.kind, Into::into), title, old.level);
    program.locality = old.locality;
    input.details.apply(&mut reader, &mut program);
    let mut parts = input.lists.read(tx, &mut reader, program.id).boxed().await?;
    parts.follow(tx, &input.lists, (old.id, program.id)).boxed().await?;
    parts.check(tx, &mut reader).boxed().await?;
    let program = edit::create(tx, program, reader.faults).boxed().await?;
    parts.store(tx, &program).boxed().await?;
    let link = ProgramLink {
        id: Id::generate(program.id.tenant),
        from: program.id,
        to: LinkTarget::Program(old.id),
        kind,
        basis: domain::Basis::Stated,
        reason: None,
        note: None,
        visibility: program.visibility,
        version: 0,
    };
    edit::create(tx, link, Vec::new()).boxed().await?;
    Ok(program)
}
