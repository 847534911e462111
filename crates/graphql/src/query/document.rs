//! Documents and sources.

use async_graphql::{Context, Object};
use persistence::{Filter, document, source};

use super::roots;
use crate::connection::{Connection, PageArgs};
use crate::document::{Document, DocumentWhere};
use crate::error::Result;
use crate::order::{DocumentOrder, SourceOrder, sorts};
use crate::source::{Source, SourceWhere};

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct DocumentQuery;

/// A part of the entrance.
#[Object]
impl DocumentQuery {
    /// Laws, resolutions, directives, decisions that programs rest on.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<DocumentWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<DocumentOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Document>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, document::BY_TITLE), args).await)
    }

    /// Articles that records rest on; the latest first.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<SourceWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<SourceOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Source>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(
            roots(ctx, filter, Filter::default(), sorts(order_by, source::BY_PUBLISHED_ON.direction(true)), args).await,
        )
    }
}
