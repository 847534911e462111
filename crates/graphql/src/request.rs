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
}

/// One request.
#[derive(Debug)]
pub struct Request {
    /// Its reads.
    pub loader: Loader,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// What a subscription is to do with it.
    pub feed: Feed,
}

impl Request {
    pub(crate) fn new(loader: Loader, today: NaiveDate) -> Self {
        Self { loader, today, feed: Feed::None }
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
