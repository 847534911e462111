//! The root fields, by noun. Each part is an object of its own; clients see one.

mod agency;
mod catalogue;
mod change;
mod document;
mod event;
mod export_job;
mod node;
mod program;
mod report;
mod reports;
mod search;
mod service;
mod tenant;

use async_graphql::{Context, MergedObject};
use persistence::{Filter, Sort};

use crate::connection::{Connection, NodeType, PageArgs, list};
use crate::error::Result;
use crate::filter::{Where, conditions};

/// The entrance to the graph.
#[derive(Clone, Copy, Debug, Default, MergedObject)]
pub struct Query(
    node::NodeQuery,
    tenant::TenantQuery,
    agency::AgencyQuery,
    program::ProgramQuery,
    report::ReportQuery,
    reports::ReportsQuery,
    event::EventQuery,
    export_job::ExportJobQuery,
    document::DocumentQuery,
    catalogue::CatalogueQuery,
    search::SearchQuery,
    service::ServiceQuery,
    change::ChangeQuery,
);

/// A root list: what fits `filter` and `also`.
async fn roots<W, T>(
    ctx: &Context<'_>,
    filter: Option<W>,
    also: Filter<T::Record>,
    order: Result<Vec<Sort<T::Record>>>,
    args: PageArgs,
) -> Result<Connection<T>>
where
    T: NodeType,
    W: Where<Record = T::Record>,
{
    list(ctx, Filter::all(vec![conditions(filter)?, also]), order?, args).await
}
