//! Report requests.

use async_graphql::{Context, Object};
use persistence::{Filter, report};

use super::roots;
use crate::connection::{Connection, PageArgs};
use crate::error::Result;
use crate::order::{ReportRequestOrder, sorts};
use crate::report::{ReportRequest, ReportRequestWhere};

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportQuery;

/// A part of the entrance.
#[Object]
impl ReportQuery {
    /// Report requests (yêu cầu báo cáo) that one's tenant has made or got; the latest due first. Nobody else sees them.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn report_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<ReportRequestWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<ReportRequestOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<ReportRequest>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, report::BY_DUE.direction(true)), args).await)
    }
}
