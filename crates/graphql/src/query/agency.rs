//! Agencies and people.

use async_graphql::{Context, Object};
use persistence::{Filter, agency, person};

use super::roots;
use crate::agency::{self as agencies, Agency, AgencyWhere};
use crate::connection::{Connection, PageArgs};
use crate::error::Result;
use crate::order::{AgencyOrder, PersonOrder, sorts};
use crate::person::{Person, PersonWhere};
use crate::scalar::Date;

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct AgencyQuery;

/// A part of the entrance.
#[Object]
impl AgencyQuery {
    /// Agencies of every level and province.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn agencies(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<AgencyWhere>,
        #[graphql(
            desc = "Only agencies, and of provinces, that existed on this day; all there ever were when nothing is said."
        )]
        as_of: Option<Date>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<AgencyOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Agency>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        let also = as_of.map_or_else(Filter::default, |day| agencies::existing_on(day.0));
        Some(roots(ctx, filter, also, sorts(order_by, agency::BY_NAME), args).await)
    }

    /// People named by sources; namesakes are separate people.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<PersonWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<PersonOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Person>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, person::BY_NAME), args).await)
    }
}
