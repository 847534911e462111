//! What belongs to one request, reached through one accessor.

use async_graphql::Context;
use chrono::NaiveDate;
use domain::Actor;
use persistence::Loader;

use crate::error::{Error, Result};
use crate::subscription::Feed;

/// On whose behalf and when an operation is executed.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who asks; none when they did not say who they are.
    pub actor: Option<Actor>,
    /// Today in Vietnam, for whatever defaults to today.
    pub today: NaiveDate,
    /// Names the request in logs.
    pub request_id: String,
    /// What the caller may still ask for, this request counted.
    pub quota: Quota,
}

/// What a caller may ask for in a minute, and what is left of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// One request.
#[derive(Debug)]
pub struct Request {
    /// Its reads.
    pub loader: Loader,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// What the caller may still ask for.
    pub quota: Quota,
    /// What a subscription is to do with it.
    pub feed: Feed,
}

impl Request {
    pub(crate) fn new(loader: Loader, call: &Call) -> Self {
        Self { loader, today: call.today, quota: call.quota, feed: Feed::None }
    }

    /// The same for a subscription.
    pub(crate) fn feeding(self, feed: Feed) -> Self {
        Self { feed, ..self }
    }
}

/// The request that a field belongs to.
pub fn request<'a>(ctx: &Context<'a>) -> Result<&'a Request> {
    ctx.data::<Request>().map_err(|error| Error::internal(&error.message))
}
