//! Any record by its global id, and who asks.

use async_graphql::{Context, ID, Object};
use futures_util::future::join_all;

use crate::error::{Error, Result};
use crate::global_id::GlobalId;
use crate::node::{self, Node};
use crate::request::request;
use crate::viewer::Viewer;

/// How many ids `nodes` takes.
const MAX_NODES: usize = 100;

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct NodeQuery;

/// A part of the entrance.
#[Object]
impl NodeQuery {
    /// The record that a global id names; null when there is none, or none that the caller may see.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Global id.")] id: ID) -> Option<Result<Node>> {
        match GlobalId::parse(&id) {
            Ok(id) => node::load(ctx, id).await,
            Err(error) => Some(Err(error)),
        }
    }

    /// The records that global ids name, in the order of the ids; null in the place of each that there is none for.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Result<Node>>>> {
        if ids.len() > MAX_NODES {
            return Err(Error::bad_input(format!("nodes takes at most {MAX_NODES} ids, {} were given", ids.len())));
        }
        let load = |id| async move {
            match GlobalId::parse(id) {
                Ok(id) => node::load(ctx, id).await,
                Err(error) => Some(Err(error)),
            }
        };
        Ok(join_all(ids.iter().map(load)).await)
    }

    /// Who asks, as the service understood it.
    #[allow(clippy::unused_async, reason = "the library's fields are async")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        Ok(Viewer::of(request(ctx)?.loader().scope()))
    }
}
