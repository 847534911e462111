//! Changes.

use async_graphql::{Context, ID, Object};

use crate::change::{ChangeConnection, Wanted, changes};
use crate::error::Result;

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ChangeQuery;

/// A part of the entrance.
#[Object]
impl ChangeQuery {
    /// What was created, changed and deleted, the oldest first, as far as the caller may see it now. To keep a copy: go to
    /// the end of this list, read what you need, then ask with `after` set to the last `endCursor`, again and again; or
    /// subscribe to `changes` before you read. A record that one may see from now on, by a grant or a signature, has not
    /// changed and is not listed.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what comes after this cursor; from the beginning when nothing is said.")] after: Option<
            String,
        >,
        #[graphql(default_with = "Some(20)", desc = "At most this many, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only changes of records of these tenants, at most 100.")] tenants: Option<Vec<ID>>,
        #[graphql(desc = "Only changes of these programs and of what belongs to them, at most 100.")] programs: Option<
            Vec<ID>,
        >,
    ) -> Option<Result<ChangeConnection>> {
        Some(changes(ctx, Wanted { after, tenants, programs }, first.unwrap_or(20)).await)
    }
}
