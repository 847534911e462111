//! Reports across provinces: what central bodies ask for, from what was recorded. Each says what it does not know, and a
//! province of which nothing was recorded is no province without.

mod coverage;

use async_graphql::{Context, ID, Object};

use crate::error::Result;
use crate::scalar::Date;
use coverage::Coverage;

/// Reports across provinces (báo cáo tổng hợp).
#[derive(Clone, Copy, Debug, Default)]
pub struct Reports;

/// Reports across provinces (báo cáo tổng hợp).
#[Object]
impl Reports {
    /// Which provinces have a program that implements a program or a document (độ bao phủ), and which nobody has recorded.
    /// Counted are programs at the level of provinces. Null when there is no such program or document to be seen.
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program or the document, a decision of the Party for one, that provinces implement.")] of: ID,
        #[graphql(desc = "Without programs that were surely signed after this day; today when nothing is said.")]
        as_of: Option<Date>,
        #[graphql(
            desc = "The provinces that existed on this day, 63 or 34 of them; on `asOf` when nothing is said. Those that \
                    ended before it stand under those that follow them."
        )]
        boundaries: Option<Date>,
    ) -> Option<Result<Coverage>> {
        coverage::coverage(ctx, &of, (as_of, boundaries)).await.transpose()
    }
}
