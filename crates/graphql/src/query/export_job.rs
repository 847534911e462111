//! Export jobs.

use async_graphql::{Context, ID, Object};

use crate::error::Result;
use crate::export_job::{self, ExportJob};

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ExportJobQuery;

/// A part of the entrance.
#[Object]
impl ExportJobQuery {
    /// A table that one has made in the background (xuất dữ liệu). Null to everybody but whoever started it.
    async fn export_job(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<ExportJob>> {
        export_job::find(ctx, &id).await
    }
}
