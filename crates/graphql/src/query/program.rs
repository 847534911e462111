//! Programs, who signed them, and what came of them.

use async_graphql::{Context, Object};
use persistence::{Filter, involvement, program, result};

use super::roots;
use crate::connection::{Connection, PageArgs};
use crate::error::Result;
use crate::involvement::{Signatory, SignatoryWhere, only};
use crate::order::{ProgramOrder, ResultOrder, SignatoryOrder, sorts};
use crate::program::{Program, ProgramWhere};
use crate::result::{Outcome, ResultWhere};

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ProgramQuery;

/// A part of the entrance.
#[Object]
impl ProgramQuery {
    /// Programs, plans, regulations, pledges… of every level and province; the latest signed first.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn programs(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<ProgramOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Program>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, program::BY_SIGNED_ON.direction(true)), args).await)
    }

    /// Who signed what.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn signatories(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<SignatoryWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<SignatoryOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Signatory>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, only("SIGNATORY"), sorts(order_by, involvement::BY_POSITION), args).await)
    }

    /// What came of programs.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<ResultWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<ResultOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Outcome>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, result::BY_PERIOD_END.direction(true)), args).await)
    }
}
