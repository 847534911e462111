//! The shared catalogs.

use async_graphql::{Context, Object};
use persistence::{Filter, catalogue};

use crate::catalogue::{Indicator, Region, Reorganization, Sector, Topic, TopicWhere, Unit};
use crate::connection::{Connection, PageArgs, list};
use crate::error::Result;
use crate::filter::conditions;

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct CatalogueQuery;

/// A part of the entrance.
#[Object]
impl CatalogueQuery {
    /// Regions (vùng).
    async fn regions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Region>>> {
        let filter = Filter::default();
        Some(list(ctx, filter, vec![catalogue::REGIONS_BY_CODE], PageArgs::new(first, after, last, before)).await)
    }

    /// Sectors (ngành), by Vietnamese name.
    async fn sectors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Sector>>> {
        let filter = Filter::default();
        Some(list(ctx, filter, vec![catalogue::SECTORS_BY_NAME], PageArgs::new(first, after, last, before)).await)
    }

    /// Topics, by Vietnamese name.
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<TopicWhere>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Topic>>> {
        let filter = match conditions(filter) {
            Ok(filter) => filter,
            Err(error) => return Some(Err(error)),
        };
        Some(list(ctx, filter, vec![catalogue::TOPICS_BY_NAME], PageArgs::new(first, after, last, before)).await)
    }

    /// Indicators (chỉ tiêu), by Vietnamese label.
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Indicator>>> {
        let filter = Filter::default();
        Some(list(ctx, filter, vec![catalogue::INDICATORS_BY_NAME], PageArgs::new(first, after, last, before)).await)
    }

    /// Units of measure, by Vietnamese name.
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Unit>>> {
        let filter = Filter::default();
        Some(list(ctx, filter, vec![catalogue::UNITS_BY_NAME], PageArgs::new(first, after, last, before)).await)
    }

    /// Dated facts about agencies being merged, split or abolished, by day.
    async fn reorganizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Reorganization>>> {
        let filter = Filter::default();
        Some(
            list(ctx, filter, vec![catalogue::REORGANIZATIONS_BY_DAY], PageArgs::new(first, after, last, before)).await,
        )
    }
}
