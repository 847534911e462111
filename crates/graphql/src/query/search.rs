//! Search.

use async_graphql::{Context, ID, Object};

use crate::error::Result;
use crate::search::{SearchConnection, SearchType, Wanted, search};

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchQuery;

/// A part of the entrance.
#[Object]
impl SearchQuery {
    /// Finds records by name. Case and Vietnamese marks do not matter; every word must occur; whole names come first.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words, at most 200 characters.")] text: String,
        #[graphql(desc = "Only these types.")] types: Option<Vec<SearchType>>,
        #[graphql(desc = "Only records of these tenants.")] tenants: Option<Vec<ID>>,
        #[graphql(default_with = "Some(20)", desc = "At most this many, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Option<Result<SearchConnection>> {
        Some(search(ctx, Wanted { text, types, tenants, first: first.unwrap_or(20), after }).await)
    }
}
