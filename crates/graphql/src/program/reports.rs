//! What is asked and reported about a program.

use std::sync::Arc;

use async_graphql::{Context, Object};
use persistence::{Filter, report, submission};

use crate::connection::{Connection, PageArgs, children};
use crate::error::Result;
use crate::report::ReportRequest;
use crate::submission::Submission;

/// What is asked and reported about a program.
#[derive(Clone, Debug)]
pub struct ProgramReports(Arc<domain::Program>);

impl ProgramReports {
    /// That of a program.
    pub fn new(program: Arc<domain::Program>) -> Self {
        Self(program)
    }
}

/// What is asked and reported about a program.
#[Object]
impl ProgramReports {
    /// Report requests about it (yêu cầu báo cáo), the latest due first.
    async fn report_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ReportRequest>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, report::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }

    /// What was reported under it (báo cáo), the latest first.
    async fn submissions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Submission>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, submission::OF_PROGRAM, self.0.id, Filter::default(), args).await)
    }
}
