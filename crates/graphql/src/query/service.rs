//! What the service says of itself: to gateways that join graphs, and to callers about what they may still ask for.

use async_graphql::{Context, Object};
use futures_util::future::join_all;

use crate::error::{Error, Result};
use crate::federation::{Any, Entity, Service, entity};
use crate::rate_limit::RateLimit;
use crate::request::request;

/// How many entities are found at once.
const MAX_ENTITIES: usize = 100;

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ServiceQuery;

/// A part of the entrance.
#[Object]
impl ServiceQuery {
    /// What the caller may still ask for in this minute.
    #[allow(clippy::unused_async, reason = "the library's fields are async")]
    async fn rate_limit(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = false,
            desc = "True: the operation is not carried out and costs nothing; this field alone is answered, with what it would cost."
        )]
        dry_run: bool,
    ) -> Option<Result<RateLimit>> {
        // The entrance has seen to it already.
        let _ = dry_run;
        Some(request(ctx).map(|request| RateLimit::from(request.quota())))
    }

    /// This graph as a part of a larger one, for gateways that speak Apollo Federation 2.
    #[graphql(name = "_service")]
    #[allow(clippy::unused_async, reason = "the library's fields are async")]
    async fn service(&self) -> Service {
        Service::new()
    }

    /// Records that another part of a larger graph refers to; null in the place of each that there is none for, or none that
    /// the caller may see. For gateways that speak Apollo Federation 2.
    #[graphql(name = "_entities")]
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Each with `__typename` and `id`, at most 100.")] representations: Vec<Any>,
    ) -> Result<Vec<Option<Result<Entity>>>> {
        if representations.len() > MAX_ENTITIES {
            let given = representations.len();
            return Err(Error::bad_input(format!("_entities takes at most {MAX_ENTITIES}, {given} were given")));
        }
        Ok(join_all(representations.iter().map(|one| entity(ctx, one))).await)
    }
}
