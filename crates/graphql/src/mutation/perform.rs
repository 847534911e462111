//! What every mutation has in common: one transaction, begun for whoever asks and kept only if nothing was wrong; the
//! idempotency key; and the answer, read in a snapshot that begins after it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, SimpleObject, Value};
use domain::actor::Action;
use domain::fault::FaultCode;
use domain::{Fault, Visibility};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use persistence::edit::{self, EditError, Editable, Edited};
use persistence::once::Once;
use persistence::{Record, Tx};
use sha2::{Digest, Sha256};

use crate::connection::{Named, NodeType, by_global_id};
use crate::error::{Error, ErrorCode, Result};
use crate::mutation::input::{Reader, take};
use crate::request::request;
use crate::value::Locale;

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::fault::FaultCode")]
pub enum UserErrorCode {
    /// A value cannot be so, by itself or beside the others.
    Invalid,
    /// What is referred to is not there, or may not be seen, which is the same.
    NotFound,
    /// The record was changed meanwhile: read it again.
    Conflict,
    /// The record does not stand where this could be done; the message names the way out.
    InvalidTransition,
    /// Whoever asks may not do this to this record.
    Forbidden,
    /// Other records refer to it.
    InUse,
    /// The idempotency key was used for another request.
    KeyReused,
}

/// Something in the input that whoever sent it can mend.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct UserError {
    /// What kind of fault it is.
    code: UserErrorCode,
    /// The way to the field that must change: `["input", "signatories", "1", "agency"]`; places in lists count from 0.
    path: Vec<String>,
    #[graphql(skip)]
    texts: (String, String),
}

/// The texts.
#[async_graphql::ComplexObject]
impl UserError {
    /// What is wrong and how to mend it, one sentence.
    async fn message(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.texts.0, Some(&self.texts.1))
    }
}

impl From<Fault> for UserError {
    fn from(fault: Fault) -> Self {
        let fault = fault.under(&["input"]);
        Self { code: fault.code.into(), path: fault.path, texts: (fault.message_vi, fault.message) }
    }
}

/// How a mutation is carried out.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// The field.
    pub name: &'static str,
    /// What one must be allowed to do.
    pub needs: Action,
    /// The key under which it may be repeated.
    pub key: Option<String>,
    /// Whether all of it is undone in the end.
    pub dry_run: bool,
}

impl Order {
    pub(super) const fn new(name: &'static str, needs: Action, key: Option<String>) -> Self {
        Self { name, needs, key, dry_run: false }
    }
}

/// What came of a mutation.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It was done; what is to be told.
    Done(String),
    /// It was done and undone again; what would have been told.
    Tried(String),
    /// Nothing was done: everything that is wrong.
    Refused(Vec<UserError>),
}

impl Outcome {
    /// What was done, and everything that is wrong: one of the two.
    pub(super) fn split(self) -> (Option<String>, Vec<UserError>) {
        match self {
            Self::Done(answer) => (Some(answer), Vec::new()),
            Self::Tried(_) => (None, Vec::new()),
            Self::Refused(errors) => (None, errors),
        }
    }
}

/// Carries out a mutation whose answer is the record that it is about.
///
/// Boxed, like the others here: the resolvers of an object stand in one function, whose frame would hold them all.
pub(super) fn perform<'a, T>(
    ctx: &'a Context<'_>,
    order: Order,
    work: impl for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Edited<T::Record>> + Send + 'a,
) -> BoxFuture<'a, Result<(Option<T>, Vec<UserError>)>>
where
    T: NodeType,
    <T::Record as Record>::Key: Named,
{
    async move {
        let outcome = perform_text(ctx, order, |tx| {
            let done = work(tx);
            Box::pin(async move { Ok(T::wrap(Arc::new(done.await?)).global_id().to_string()) })
        });
        let (id, errors) = outcome.await?.split();
        let found = match id {
            Some(id) => by_global_id::<T>(ctx, &ID(id)).await?,
            None => None,
        };
        Ok((found, errors))
    }
    .boxed()
}

/// Carries out a mutation whose answer is a text, which is kept for whoever repeats the request.
pub(super) fn perform_text<'a>(
    ctx: &'a Context<'_>,
    order: Order,
    work: impl for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Edited<String>> + Send + 'a,
) -> BoxFuture<'a, Result<Outcome>> {
    carry_out(ctx, order, work).boxed()
}

async fn carry_out(
    ctx: &Context<'_>,
    order: Order,
    work: impl for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Edited<String>> + Send,
) -> Result<Outcome> {
    let request = request(ctx)?;
    let tx = request.begin_write(order.name).await?;
    tx.require(order.needs)?;
    if let Some(key) = &order.key {
        if key.trim().is_empty() || key.len() > 200 {
            return Ok(Outcome::Refused(vec![key_fault().into()]));
        }
        match tx.once(key, &digest(ctx, &order)?).await? {
            Once::First => {}
            Once::Repeated(answer) => {
                drop(tx);
                request.renew().await?;
                return Ok(Outcome::Done(answer));
            }
            Once::Changed => return Ok(Outcome::Refused(vec![reused().into()])),
        }
    }
    let answer = match work(&tx).await {
        Ok(answer) => answer,
        Err(EditError::Faults(faults)) => return Ok(Outcome::Refused(told(faults))),
        Err(EditError::Store(error)) => return Err(error.into()),
    };
    if order.dry_run {
        return Ok(Outcome::Tried(answer));
    }
    if let Some(key) = &order.key {
        tx.answer(key, &answer).await?;
    }
    tx.commit().await?;
    request.renew().await.map_err(|error| {
        tracing::warn!(?error, "the answer to a mutation cannot be read");
        Error::new(
            ErrorCode::Unavailable,
            "it was done, but the answer could not be read",
            "read the record again; a request with an idempotencyKey may be repeated",
        )
    })?;
    Ok(Outcome::Done(answer))
}

/// Deletes a record with its parts; what is told is its id.
pub(super) fn delete<'a, R: Editable>(
    ctx: &'a Context<'_>,
    name: &'static str,
    input: impl Into<(ID, i32, Option<String>)>,
) -> BoxFuture<'a, Result<Outcome>> {
    let (id, version, key) = input.into();
    let order = Order::new(name, Action::Edit, key);
    perform_text(ctx, order, move |tx| {
        async move {
            let mut reader = Reader::default();
            let record = reader.id::<R>("id", &id);
            reader.done()?;
            edit::delete(tx, record, Some(version)).await?;
            Ok(id.to_string())
        }
        .boxed()
    })
}

/// Faults, each once: what cannot be read is not found either.
pub(super) fn told(faults: Vec<Fault>) -> Vec<UserError> {
    let mut once: Vec<Fault> = Vec::with_capacity(faults.len());
    for fault in faults {
        if !once.contains(&fault) {
            once.push(fault);
        }
    }
    once.into_iter().map(Into::into).collect()
}

/// Shows a record, and all that belongs to it, as widely as that.
pub(super) fn show<'a, T>(
    ctx: &'a Context<'_>,
    name: &'static str,
    input: impl Into<(ID, i32, Option<String>)>,
    to: Visibility,
) -> BoxFuture<'a, Result<(Option<T>, Vec<UserError>)>>
where
    T: NodeType,
    T::Record: Editable,
{
    let (id, version, key) = input.into();
    perform::<T>(ctx, Order::new(name, Action::Publish, key), move |tx| {
        async move {
            let mut record: T::Record = take(tx, &mut Reader::default(), &id, Some(version)).await?;
            let before = record.visibility();
            record.shown(to)?;
            edit::keep(tx, before, record, Vec::new()).await
        }
        .boxed()
    })
}

/// What tells one request from another: the mutation and its arguments, the key aside.
fn digest(ctx: &Context<'_>, order: &Order) -> Result<String> {
    let mut said = format!("{}\n", order.name);
    for (name, value) in ctx.field().arguments().map_err(|error| Error::bad_input(error.message))? {
        let value = if let Value::Object(mut fields) = value {
            fields.shift_remove("idempotencyKey");
            Value::Object(fields)
        } else {
            value
        };
        said.extend([name.as_str(), ": ", value.to_string().as_str(), "\n"]);
    }
    Ok(format!("{:x}", Sha256::digest(said)))
}

fn key_fault() -> Fault {
    Fault::new(
        "idempotencyKey",
        "a key has 1 to 200 bytes; a new UUID for each thing that you mean to do once is best",
        "khóa có từ 1 đến 200 byte; tốt nhất là một UUID mới cho mỗi việc chỉ làm một lần",
    )
}

fn reused() -> Fault {
    Fault::of(
        FaultCode::KeyReused,
        &["idempotencyKey"],
        "this key was used for another request in the last 24 hours; take a new key for a new request",
        "khóa này đã dùng cho một yêu cầu khác trong 24 giờ qua; hãy dùng khóa mới cho yêu cầu mới",
    )
}

/// The payloads of a noun's mutations: the record and what is wrong, under the noun's name.
macro_rules! payloads {
    ($type:ty as $field:ident; $($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, async_graphql::SimpleObject)]
            pub struct $name {
                /// The record as it is then. Null when nothing was done.
                $field: Option<$type>,
                /// Everything that is wrong with the input. Empty when it was done.
                errors: Vec<$crate::mutation::perform::UserError>,
            }

            impl From<(Option<$type>, Vec<$crate::mutation::perform::UserError>)> for $name {
                fn from(($field, errors): (Option<$type>, Vec<$crate::mutation::perform::UserError>)) -> Self {
                    Self { $field, errors }
                }
            }
        )+
    };
}

/// The payloads of mutations after which a record is gone.
macro_rules! deletions {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, async_graphql::SimpleObject)]
            pub struct $name {
                /// The id of the record that is gone. Null when nothing was done.
                deleted_id: Option<async_graphql::ID>,
                /// Everything that is wrong with the input. Empty when it was done.
                errors: Vec<$crate::mutation::perform::UserError>,
            }

            impl From<$crate::mutation::perform::Outcome> for $name {
                fn from(outcome: $crate::mutation::perform::Outcome) -> Self {
                    let (id, errors) = outcome.split();
                    Self { deleted_id: id.map(async_graphql::ID), errors }
                }
            }
        )+
    };
}

/// The inputs of mutations that say who may see a record.
macro_rules! shows {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, async_graphql::InputObject)]
            pub struct $name {
                /// The record.
                pub id: async_graphql::ID,
                /// The version that was read; another one by now means that somebody else was faster.
                pub version: i32,
                /// PUBLIC when nothing is said; INTERNAL: whoever shares a program with it, and readers with a grant.
                pub visibility: Option<$crate::enums::Visibility>,
                /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
                pub idempotency_key: Option<String>,
            }

            impl $name {
                /// Who may see it from now on.
                pub(in $crate::mutation) fn to(&self) -> domain::Visibility {
                    self.visibility.map_or(domain::Visibility::Public, Into::into)
                }
            }

            impl From<$name> for (async_graphql::ID, i32, Option<String>) {
                fn from(input: $name) -> Self {
                    (input.id, input.version, input.idempotency_key)
                }
            }
        )+
    };
}

pub(super) use {deletions, payloads, shows};
