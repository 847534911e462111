//! Agencies: what they are, what they are called, and what became of them.

mod group;
mod input;

use async_graphql::{Context, Object};
use domain::actor::Action;
use domain::{Agency as Record, AgencySuccession, Id, PartialDate, Visibility};
use futures_util::FutureExt;
use persistence::edit::{self, Parts};
use persistence::{StoreError, Tx};

pub use group::AgencyGroupMutation;
pub use input::{AgencyCreateInput, AgencyDissolveInput, AgencyRenameInput, AgencySuccessorInput, AgencyUpdateInput};

use super::input::{Reader, steps, take};
use super::list::{check, each, repeated, store};
use super::perform::{Order, delete, deletions, payloads, perform, show, shows};
use crate::agency::Agency;
use crate::error::Result;

payloads! {
    Agency as agency;
    /// What came of `agencyCreate`.
    AgencyCreatePayload,
    /// What came of `agencyUpdate`.
    AgencyUpdatePayload,
    /// What came of `agencyRename`.
    AgencyRenamePayload,
    /// What came of `agencyDissolve`.
    AgencyDissolvePayload,
    /// What came of `agencyPublish`.
    AgencyPublishPayload,
    /// What came of `agencyWithdraw`.
    AgencyWithdrawPayload,
}

deletions! {
    /// What came of `agencyDelete`.
    AgencyDeletePayload,
}

steps! {
    /// The agency that is taken back.
    AgencyWithdrawInput,
    /// The agency that goes.
    AgencyDeleteInput,
}

shows! {
    /// Who may see an agency from now on.
    AgencyPublishInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct AgencyMutation;

/// A part of what changes the graph.
#[Object]
impl AgencyMutation {
    /// Records an agency (cơ quan, đơn vị), as a draft that only its tenant's staff sees. Needs EDITOR.
    async fn agency_create(&self, ctx: &Context<'_>, input: AgencyCreateInput) -> Option<Result<AgencyCreatePayload>> {
        let order = Order::new("agencyCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Agency>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let agency = input.read(&mut reader);
                edit::create(tx, agency, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Corrects an agency (sửa); `agencyRename` and `agencyDissolve` record what happened to it. Needs EDITOR; of a public
    /// one, PUBLISHER.
    async fn agency_update(&self, ctx: &Context<'_>, input: AgencyUpdateInput) -> Option<Result<AgencyUpdatePayload>> {
        let order = Order::new("agencyUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Agency>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut agency: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                let before = agency.visibility;
                input.apply(&mut reader, &mut agency);
                if inside_itself(tx, &agency).await? {
                    reader.faults.push(Record::circular());
                }
                let successors = successors(tx, &mut reader, agency.id, None, input.successors.as_deref()).await?;
                check(tx, &mut reader, &successors).await?;
                let agency = edit::keep(tx, before, agency, reader.faults).await?;
                store(tx, &agency, successors).await?;
                Ok(agency)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Records that an agency got another name (đổi tên). The old one stays among its aliases; the day, where it is
    /// given, becomes a line of the note. Needs EDITOR; of a public one, PUBLISHER.
    async fn agency_rename(&self, ctx: &Context<'_>, input: AgencyRenameInput) -> Option<Result<AgencyRenamePayload>> {
        let order = Order::new("agencyRename", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Agency>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut agency: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                let name = reader.text("name", &input.name);
                reader.faults.extend(agency.rename(name, input.on.as_ref().map(|on| &on.0)).err());
                let before = agency.visibility;
                edit::keep(tx, before, agency, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Records that an agency ceased to exist, and what took over from it (giải thể, sáp nhập, chia tách). Needs
    /// PUBLISHER.
    async fn agency_dissolve(
        &self,
        ctx: &Context<'_>,
        input: AgencyDissolveInput,
    ) -> Option<Result<AgencyDissolvePayload>> {
        let order = Order::new("agencyDissolve", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Agency>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut agency: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                reader.faults.extend(agency.dissolve(input.on.0.clone()).err());
                let (on, items) = (Some(&input.on.0), input.successors.as_deref());
                let successors = successors(tx, &mut reader, agency.id, on, items).await?;
                check(tx, &mut reader, &successors).await?;
                let before = agency.visibility;
                let agency = edit::keep(tx, before, agency, reader.faults).await?;
                store(tx, &agency, successors).await?;
                Ok(agency)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Shows an agency, and all that belongs to it, to more or fewer than now (công bố). Needs PUBLISHER.
    async fn agency_publish(
        &self,
        ctx: &Context<'_>,
        input: AgencyPublishInput,
    ) -> Option<Result<AgencyPublishPayload>> {
        let to = input.to();
        Some(show::<Agency>(ctx, "agencyPublish", input, to).await.map(Into::into))
    }

    /// Takes an agency back, with all that belongs to it: only its tenant's staff sees it then (thu hồi). Needs PUBLISHER.
    async fn agency_withdraw(
        &self,
        ctx: &Context<'_>,
        input: AgencyWithdrawInput,
    ) -> Option<Result<AgencyWithdrawPayload>> {
        Some(show::<Agency>(ctx, "agencyWithdraw", input, Visibility::Draft).await.map(Into::into))
    }

    /// Deletes an agency, as long as nobody else could ever see it and nothing refers to it (xóa). Needs EDITOR.
    async fn agency_delete(&self, ctx: &Context<'_>, input: AgencyDeleteInput) -> Option<Result<AgencyDeletePayload>> {
        Some(delete::<Record>(ctx, "agencyDelete", input).await.map(Into::into))
    }
}

/// What took over from an agency, if it is given: with the day `on` where an entry names none.
async fn successors(
    tx: &Tx,
    reader: &mut Reader,
    agency: Id<Record>,
    on: Option<&PartialDate>,
    items: Option<&[AgencySuccessorInput]>,
) -> std::result::Result<Option<Parts<AgencySuccession>>, StoreError> {
    let Some(items) = items else { return Ok(None) };
    let stored: Vec<AgencySuccession> = edit::parts(tx, ("from_id", agency), None).await?;
    let mut seen = Vec::new();
    let wanted = each(reader, "successors", items, |reader, item, _| {
        let to = reader.id("agency", &item.agency);
        let mut function = None;
        reader.put_text("function", &mut function, item.function.as_ref());
        let same = (to, function.clone());
        let twice = seen.contains(&same);
        if twice {
            reader.faults.push(repeated("agency"));
        }
        let known = stored.iter().find(|one| !twice && one.to == to && one.function == function);
        seen.push(same);
        AgencySuccession {
            id: known.map_or_else(|| Id::generate(agency.tenant), |one| one.id),
            from: agency,
            to,
            on: item.on.as_ref().map(|on| &on.0).or(on).cloned(),
            function,
            visibility: Visibility::Draft,
        }
    });
    Ok(Some(Parts { path: vec!["successors".to_owned()], stored, wanted }))
}

/// Whether an agency would come to stand inside itself, by way of others.
async fn inside_itself(tx: &Tx, agency: &Record) -> std::result::Result<bool, StoreError> {
    let mut seen = vec![agency.id];
    let mut next = agency.parent;
    while let Some(id) = next {
        if seen.contains(&id) {
            return Ok(id == agency.id);
        }
        seen.push(id);
        next = edit::find(tx, id).await?.and_then(|one| one.parent);
    }
    Ok(false)
}
