//! API keys: how a tenant's reporting tools show who they are.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::actor::{Action, Principal};
use domain::key::{KeyFault, KeyRequest};
use domain::{Fault, RecordKind};
use futures_util::FutureExt;
use persistence::edit::EditError;
use uuid::Uuid;

use super::input::Reader;
use super::perform::{Order, UserError, perform_text};
use crate::error::Result;
use crate::request::request;
use crate::scalar::Date;

/// A key for a reporting tool. It reads and never writes.
#[derive(Clone, Debug, InputObject)]
pub struct ApiKeyCreateInput {
    /// Which tool it is for, one line. A tool has at most two live keys: one to use and one to change over to.
    name: String,
    /// Grants of one's own tenant that it may use; none: what is public, and the tenant's internal records.
    grants: Option<Vec<ID>>,
    /// Last day, at most 366 days from today.
    until: Date,
}

/// A key that is to open nothing from now on.
#[derive(Clone, Debug, InputObject)]
pub struct ApiKeyRevokeInput {
    /// The key's id, the part between the underscores.
    key: String,
}

/// What came of `apiKeyCreate`.
#[derive(Clone, Debug, SimpleObject)]
pub struct ApiKeyCreatePayload {
    /// The key's id, by which it is revoked. Null when nothing was done.
    key: Option<String>,
    /// The whole key: keep it, it is never shown again. Null when nothing was done.
    secret: Option<String>,
    /// Everything that is wrong with the input. Empty when it was done.
    errors: Vec<UserError>,
}

/// What came of `apiKeyRevoke`.
#[derive(Clone, Debug, SimpleObject)]
pub struct ApiKeyRevokePayload {
    /// The key's id. Null when nothing was done.
    key: Option<String>,
    /// Everything that is wrong with the input. Empty when it was done.
    errors: Vec<UserError>,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyMutation;

/// A part of what changes the graph.
#[Object]
impl KeyMutation {
    /// Makes an API key (khóa API) for a reporting tool of one's own tenant. Needs ADMIN. It takes no idempotency key: the
    /// answer must not be kept.
    async fn api_key_create(&self, ctx: &Context<'_>, input: ApiKeyCreateInput) -> Option<Result<ApiKeyCreatePayload>> {
        Some(create(ctx, input).await)
    }

    /// Revokes an API key of one's own tenant, from the next request on. Needs ADMIN.
    async fn api_key_revoke(&self, ctx: &Context<'_>, input: ApiKeyRevokeInput) -> Option<Result<ApiKeyRevokePayload>> {
        Some(revoke(ctx, input).await)
    }
}

async fn create(ctx: &Context<'_>, input: ApiKeyCreateInput) -> Result<ApiKeyCreatePayload> {
    let request = request(ctx)?;
    let (secret, today, by) = (request.new_secret()?, request.today(), principal(ctx)?);
    let digest = secret.digest.clone();
    let done = perform_text(ctx, Order::new("apiKeyCreate", Action::ManageKeys, None), move |tx| {
        async move {
            let mut reader = Reader::default();
            let tenant = tx.on_behalf_of().unwrap_or(domain::TenantId::CENTRAL);
            let mut grants = BTreeSet::new();
            for (place, id) in input.grants.iter().flatten().enumerate() {
                let id = reader.under(&["grants"], |reader| {
                    reader.id_of::<domain::Grant>(&place.to_string(), RecordKind::Grant, id)
                });
                match tx.grant(id.uuid).await? {
                    Some(grant) if grant.id == id && grant.grantee == tenant => {
                        grants.insert(id.uuid);
                    }
                    _ => reader.faults.push(Fault::not_found(&place.to_string()).under(&["grants"])),
                }
            }
            let name = reader.text("name", &input.name);
            let wanted = KeyRequest { tenant, name, grants, valid_to: input.until.0 };
            let key = domain::ApiKey::create(wanted, digest, &tx.keys(tenant).await?, by, today);
            if let Err(faults) = &key {
                reader.faults.extend(faults.iter().map(KeyFault::fault));
            }
            match key {
                Ok(key) if reader.faults.is_empty() => {
                    tx.put_key(&key).await?;
                    Ok(key.id.uuid.to_string())
                }
                _ => Err(EditError::Faults(reader.faults)),
            }
        }
        .boxed()
    });
    let (key, errors) = done.await?.split();
    let id = key.as_deref().and_then(|id| Uuid::try_parse(id).ok());
    Ok(ApiKeyCreatePayload { key, secret: id.map(secret.text), errors })
}

async fn revoke(ctx: &Context<'_>, input: ApiKeyRevokeInput) -> Result<ApiKeyRevokePayload> {
    let by = principal(ctx)?;
    let done = perform_text(ctx, Order::new("apiKeyRevoke", Action::ManageKeys, None), move |tx| {
        async move {
            let tenant = tx.on_behalf_of().unwrap_or(domain::TenantId::CENTRAL);
            let id = Uuid::try_parse(&input.key).ok();
            let found = tx.keys(tenant).await?.into_iter().find(|key| Some(key.id.uuid) == id);
            let Some(key) = found else { return Err(Fault::not_found("key").into()) };
            let id = key.id.uuid.to_string();
            if key.revoked_by.is_none() {
                tx.put_key(&domain::ApiKey { revoked_by: Some(by), ..key }).await?;
            }
            Ok(id)
        }
        .boxed()
    });
    let (key, errors) = done.await?.split();
    Ok(ApiKeyRevokePayload { key, errors })
}

fn principal(ctx: &Context<'_>) -> Result<Principal> {
    let actor = request(ctx)?.actor();
    Ok(actor.map_or_else(|| Principal::stored(String::new()), |actor| actor.principal.clone()))
}
