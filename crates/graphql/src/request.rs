//! What belongs to one request, reached through one accessor.

use std::sync::{Arc, PoisonError, RwLock};

use async_graphql::Context;
use chrono::{DateTime, NaiveDate, Utc};
use domain::Actor;
use persistence::{Loader, Occasion, Scope, Store, Tx};
use uuid::Uuid;

use crate::error::{Error, ErrorCode, Result};
use crate::export_job::Exports;
use crate::subscription::Feed;

/// On whose behalf and when an operation is executed.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who asks; none when they did not say who they are.
    pub actor: Option<Actor>,
    /// Today in Vietnam, for whatever defaults to today.
    pub today: NaiveDate,
    /// When it is asked.
    pub now: DateTime<Utc>,
    /// Names the request in logs.
    pub request_id: String,
    /// What the caller may still ask for, this request counted.
    pub quota: Quota,
    /// Makes the secret of a new API key; none when the machine gives no random numbers.
    pub new_secret: fn() -> Option<NewSecret>,
    /// Makes tables in the background.
    pub exports: Arc<dyn Exports>,
}

/// The secret of a new API key, which is shown once and never stored.
pub struct NewSecret {
    /// What is stored of it.
    pub digest: String,
    /// The whole key as text, once its id is known.
    pub text: Box<dyn FnOnce(Uuid) -> String + Send>,
}

impl std::fmt::Debug for NewSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewSecret(…)")
    }
}

/// What a caller may ask for in a minute, and what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// What this request costs at most.
    pub cost: u64,
    /// Units a minute.
    pub limit: u64,
    /// Units left.
    pub remaining: u64,
    /// When all of them are back, in seconds since 1970.
    pub reset_at: i64,
    /// Objects that one answer may have.
    pub nodes: u64,
}

/// Of whoever is not counted.
impl Default for Quota {
    fn default() -> Self {
        Self { cost: 0, limit: 0, remaining: 0, reset_at: 0, nodes: u64::MAX }
    }
}

/// One request.
#[derive(Debug)]
pub struct Request {
    /// Its reads. A mutation's answer is read in a snapshot that begins after it.
    loader: RwLock<Arc<Loader>>,
    /// Where it writes, if it may.
    store: Option<Store>,
    call: Call,
    /// What a subscription is to do with it.
    pub feed: Feed,
}

impl Request {
    pub(crate) fn new(loader: Loader, call: &Call) -> Self {
        Self { loader: RwLock::new(Arc::new(loader)), store: None, call: call.clone(), feed: Feed::None }
    }

    /// The same for a mutation.
    pub(crate) fn writing(self, store: &Store) -> Self {
        Self { store: Some(store.clone()), ..self }
    }

    /// The same for a subscription.
    pub(crate) fn feeding(self, feed: Feed) -> Self {
        Self { feed, ..self }
    }

    /// Its reads.
    pub fn loader(&self) -> Arc<Loader> {
        Arc::clone(&self.loader.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What names it in logs.
    pub fn id(&self) -> &str {
        &self.call.request_id
    }

    /// Today in Vietnam.
    pub fn today(&self) -> NaiveDate {
        self.call.today
    }

    /// When it is asked.
    pub fn now(&self) -> DateTime<Utc> {
        self.call.now
    }

    /// What makes tables in the background.
    pub fn exports(&self) -> &dyn Exports {
        &*self.call.exports
    }

    /// What the caller may still ask for.
    pub fn quota(&self) -> Quota {
        self.call.quota
    }

    /// The secret of a new API key.
    pub fn new_secret(&self) -> Result<NewSecret> {
        (self.call.new_secret)().ok_or_else(|| Error::internal("the machine gives no random numbers"))
    }

    /// Who asks.
    pub fn actor(&self) -> Option<&Actor> {
        self.call.actor.as_ref()
    }

    /// Begins to write on behalf of whoever asks. What was read until now is let go of: a request holds one connection.
    pub async fn begin_write(&self, action: &'static str) -> Result<Tx> {
        let (Some(store), Some(actor)) = (&self.store, &self.call.actor) else {
            return Err(Error::new(
                ErrorCode::Unauthenticated,
                "only somebody who has shown who they are may change something",
                "send a token: Authorization: Bearer …",
            ));
        };
        self.read_from(store.begin_read(None, self.call.today).await?);
        let occasion = Occasion { at: self.call.now, today: self.call.today, action };
        Ok(store.begin_write(actor, occasion).await?)
    }

    /// Reads from now on in a snapshot that begins now.
    pub async fn renew(&self) -> Result<()> {
        if let Some(store) = &self.store {
            self.read_from(store.begin_read(self.call.actor.clone(), self.call.today).await?);
        }
        Ok(())
    }

    fn read_from(&self, scope: Scope) {
        *self.loader.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Loader::new(scope));
    }
}

/// The request that a field belongs to.
pub fn request<'a>(ctx: &Context<'a>) -> Result<&'a Request> {
    ctx.data::<Request>().map_err(|error| Error::internal(&error.message))
}
