//! The entrance to the reports across provinces.

use async_graphql::Object;

use crate::reports::Reports;

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportsQuery;

/// A part of the entrance.
#[Object]
impl ReportsQuery {
    /// Reports across provinces (báo cáo tổng hợp).
    async fn report(&self) -> Reports {
        Reports
    }
}
