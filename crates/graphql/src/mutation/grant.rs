//! Grants: who asks to read whose internal records, and who says yes.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, InputObject, Object};
use domain::actor::{Action, Principal};
use domain::fault::FaultCode;
use domain::grant::{GrantFault, GrantRequest};
use domain::{Fault, RecordKind};
use futures_util::FutureExt;
use persistence::edit::{EditError, Edited};
use persistence::{StoreError, Tx};

use super::input::{Reader, steps};
use super::perform::{Order, payloads, perform};
use crate::enums::DataSet;
use crate::error::Result;
use crate::grant::Grant;
use crate::request::request;
use crate::scalar::Date;

payloads! {
    Grant as grant;
    /// What came of `grantRequest`.
    GrantRequestPayload,
    /// What came of `grantApprove`.
    GrantApprovePayload,
    /// What came of `grantRevoke`.
    GrantRevokePayload,
}

steps! {
    /// The request to which one says yes.
    GrantApproveInput,
    /// The grant, or the request, that ends.
    GrantRevokeInput,
}

/// A request to read another tenant's internal records.
#[derive(Clone, Debug, InputObject)]
pub struct GrantRequestInput {
    /// The tenant whose records one wants to read.
    of: ID,
    /// What one wants to read; at least one.
    data_sets: Vec<DataSet>,
    /// First day; today when nothing is said.
    from: Option<Date>,
    /// Last day.
    until: Date,
    /// What it is for, one line.
    purpose: String,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    idempotency_key: Option<String>,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct GrantMutation;

/// A part of what changes the graph.
#[Object]
impl GrantMutation {
    /// Asks another tenant to let one's own read its internal records (xin quyền đọc). Needs ADMIN; at the center,
    /// REPORTER.
    async fn grant_request(&self, ctx: &Context<'_>, input: GrantRequestInput) -> Option<Result<GrantRequestPayload>> {
        let (today, by) = match who(ctx) {
            Ok(who) => who,
            Err(error) => return Some(Err(error)),
        };
        let order = Order::new("grantRequest", Action::RequestGrants, input.idempotency_key.clone());
        let done = perform::<Grant>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let tenant = reader.tenant("of", &input.of);
                let purpose = reader.text("purpose", &input.purpose);
                let Some(grantee) = tx.on_behalf_of() else { return Err(denied()) };
                if tx.acts_for(tenant) {
                    reader.faults.push(GrantFault::Own.fault());
                }
                let wanted = GrantRequest {
                    grantee,
                    tenant,
                    data_sets: input.data_sets.iter().map(|set| (*set).into()).collect::<BTreeSet<_>>(),
                    valid_from: input.from.map_or(today, |day| day.0),
                    valid_to: input.until.0,
                    purpose,
                };
                let grant = domain::Grant::request(wanted, by, today);
                if let Err(faults) = &grant {
                    reader.faults.extend(faults.iter().map(GrantFault::fault));
                }
                match grant {
                    Ok(grant) if reader.faults.is_empty() => store(tx, grant).await,
                    _ => Err(EditError::Faults(reader.faults)),
                }
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Says yes to a request to read one's own tenant's records (duyệt). Needs ADMIN of the tenant whose records are meant.
    async fn grant_approve(&self, ctx: &Context<'_>, input: GrantApproveInput) -> Option<Result<GrantApprovePayload>> {
        let (today, by) = match who(ctx) {
            Ok(who) => who,
            Err(error) => return Some(Err(error)),
        };
        let order = Order::new("grantApprove", Action::DecideGrants, input.idempotency_key.clone());
        let done = perform::<Grant>(ctx, order, move |tx| {
            async move {
                let grant = take(tx, &input.id, input.version).await?;
                if !tx.acts_for(grant.id.tenant) {
                    return Err(theirs());
                }
                store(tx, grant.approve(by, today).map_err(|fault| fault.fault())?).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Refuses a request, withdraws it, or takes a grant back, from the next request on (thu hồi). Needs ADMIN of either side;
    /// to withdraw what the center asked for, its REPORTER.
    async fn grant_revoke(&self, ctx: &Context<'_>, input: GrantRevokeInput) -> Option<Result<GrantRevokePayload>> {
        let (_, by) = match who(ctx) {
            Ok(who) => who,
            Err(error) => return Some(Err(error)),
        };
        let order = Order::new("grantRevoke", Action::RequestGrants, input.idempotency_key.clone());
        let done = perform::<Grant>(ctx, order, move |tx| {
            async move {
                let grant = take(tx, &input.id, input.version).await?;
                if tx.acts_for(grant.id.tenant) {
                    tx.require(Action::DecideGrants)?;
                }
                store(tx, grant.revoke(by).map_err(|fault| fault.fault())?).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }
}

/// The day, and who asks.
fn who(ctx: &Context<'_>) -> Result<(chrono::NaiveDate, Principal)> {
    let request = request(ctx)?;
    let by = request.actor().map_or_else(|| Principal::stored(String::new()), |actor| actor.principal.clone());
    Ok((request.today(), by))
}

/// Finds a grant that concerns whoever asks, and holds it.
async fn take(tx: &Tx, id: &ID, version: i32) -> Edited<domain::Grant> {
    let mut reader = Reader::default();
    let id = reader.id_of::<domain::Grant>("id", RecordKind::Grant, id);
    let found = tx.grant(id.uuid).await?.filter(|grant| grant.id == id);
    let Some(grant) = found else { return Err(Fault::not_found("id").into()) };
    if grant.version != version {
        return Err(persistence::edit::stale(version, grant.version).into());
    }
    Ok(grant)
}

async fn store(tx: &Tx, grant: domain::Grant) -> Edited<domain::Grant> {
    match tx.put_grant(&grant).await {
        Ok(()) => Ok(grant),
        Err(StoreError::Denied(_)) => Err(theirs()),
        // All that a request leads to is the tenant.
        Err(StoreError::Referred(_)) => Err(Fault::not_found("of").into()),
        Err(error) => Err(error.into()),
    }
}

fn theirs() -> EditError {
    Fault::of(
        FaultCode::Forbidden,
        &["id"],
        "only the tenant whose records are meant says yes, or its successor",
        "chỉ đơn vị có hồ sơ, hoặc đơn vị kế thừa, mới được duyệt",
    )
    .into()
}

fn denied() -> EditError {
    StoreError::Denied("nobody acts".to_owned()).into()
}
