//! Programs whose time runs out or has run out.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object};
use chrono::NaiveDate;
use domain::event::EventKind;
use futures_util::future::try_join_all;
use persistence::{Filter, Operand, Test, event, link, program};

use crate::connection::{Connection, NodeType, PageArgs, RowType, all_children, one, rows};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::filter::conditions;
use crate::link::ProgramLink;
use crate::program::{Program, ProgramWhere};
use crate::reports::day;
use crate::scalar::Date;

/// What is asked of programs whose time is limited.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::expiring::Expiry")]
pub enum Expiry {
    /// Their last day is near.
    Expiring,
    /// Their last day has passed.
    Expired,
    /// It has passed, and nobody has recorded a final review (tổng kết).
    ExpiredWithoutReview,
    /// It has passed, and nobody has recorded a program that renews them or takes their place.
    ExpiredWithoutSuccessor,
}

/// A program whose time runs out or has run out.
#[derive(Clone, Debug)]
pub struct ExpiringProgram {
    program: Arc<domain::Program>,
    as_of: NaiveDate,
}

impl RowType for ExpiringProgram {
    type Listed = domain::Program;
    const ROW: &'static str = "ExpiringProgram";
}

/// A program whose time runs out or has run out.
#[Object]
impl ExpiringProgram {
    /// The program.
    async fn program(&self) -> Program {
        Program::wrap(Arc::clone(&self.program))
    }

    /// The last day that its period can mean.
    async fn ends_on(&self) -> Option<Date> {
        self.program.period.as_ref()?.latest().map(Date)
    }

    /// Days from `asOf` to that day; negative where it has passed.
    async fn days_left(&self) -> Option<i32> {
        let last = self.program.period.as_ref()?.latest()?;
        i32::try_from(last.signed_duration_since(self.as_of).num_days()).ok()
    }

    /// Its final reviews that were recorded; none does not mean that there was none.
    async fn final_reviews(&self, ctx: &Context<'_>) -> Option<Result<Vec<Event>>> {
        let kind = Test::Eq(Operand::Text(<&str>::from(EventKind::FinalReview).to_owned()));
        Some(all_children(ctx, event::OF_PROGRAM, self.program.id, Filter::test(event::KIND, kind)).await)
    }

    /// The programs that were recorded to renew it or to take its place.
    async fn successors(&self, ctx: &Context<'_>) -> Option<Result<Vec<Program>>> {
        Some(successors(ctx, &self.program).await)
    }
}

async fn successors(ctx: &Context<'_>, program: &domain::Program) -> Result<Vec<Program>> {
    let links: Vec<ProgramLink> =
        all_children(ctx, link::TO_PROGRAM, program.id, persistence::reports::expiring::succeeds()).await?;
    let from = links.iter().map(|link| async { one::<Program>(ctx, Some(link.0.from)).await.transpose() });
    Ok(try_join_all(from).await?.into_iter().flatten().collect())
}

/// The report.
pub async fn expiring(
    ctx: &Context<'_>,
    filter: Option<ProgramWhere>,
    (what, within, as_of): (Expiry, i32, Option<Date>),
    args: PageArgs,
) -> Result<Connection<ExpiringProgram>> {
    let as_of = day(ctx, as_of)?;
    let within = u32::try_from(within).map_err(|_negative| Error::bad_input("withinDays is 0 or more"))?;
    let what = what.into();
    let wanted = persistence::reports::expiring::expiring(what, as_of, within);
    // What ends first; of what has ended, the latest.
    let order = program::BY_PERIOD_END.direction(what != domain::reports::expiring::Expiry::Expiring);
    let wrap = move |program| ExpiringProgram { program, as_of };
    rows(ctx, Filter::all(vec![conditions(filter)?, wanted]), vec![order], args, wrap).await
}
