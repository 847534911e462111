//! Programs in force of which nothing was recorded for long.

use std::sync::Arc;

use async_graphql::{Context, Object};
use chrono::{Months, NaiveDate};
use persistence::{Filter, program};

use crate::connection::{Connection, NodeType, PageArgs, RowType, rows};
use crate::error::{Error, Result};
use crate::filter::conditions;
use crate::program::{Program, ProgramWhere};
use crate::reports::day;
use crate::request::request;
use crate::scalar::Date;

/// A program of which nothing was recorded for long.
#[derive(Clone, Debug)]
pub struct InactiveProgram {
    program: Arc<domain::Program>,
    as_of: NaiveDate,
}

impl RowType for InactiveProgram {
    type Listed = domain::Program;
    const ROW: &'static str = "InactiveProgram";
}

impl InactiveProgram {
    async fn last(&self, ctx: &Context<'_>) -> Result<Option<NaiveDate>> {
        let recorded = request(ctx)?.loader().last_recorded(self.program.id).await?;
        Ok(recorded.max(self.program.signed_on.as_ref().and_then(|on| on.date.latest())))
    }
}

/// A program of which nothing was recorded for long.
#[Object]
impl InactiveProgram {
    /// The program.
    async fn program(&self) -> Program {
        Program::wrap(Arc::clone(&self.program))
    }

    /// The last day on which it was signed, an event dealt with it, or a result covers; null where no such day is known.
    /// Events and results without a day do not count.
    async fn last_recorded_on(&self, ctx: &Context<'_>) -> Option<Result<Date>> {
        self.last(ctx).await.transpose().map(|day| day.map(Date))
    }

    /// Days from that day to `asOf`.
    async fn days(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        let days = |last: NaiveDate| i32::try_from(self.as_of.signed_duration_since(last).num_days()).ok();
        self.last(ctx).await.map(|last| last.and_then(days)).transpose()
    }
}

/// The report.
pub async fn inactive(
    ctx: &Context<'_>,
    filter: Option<ProgramWhere>,
    (months, as_of): (i32, Option<Date>),
    args: PageArgs,
) -> Result<Connection<InactiveProgram>> {
    let as_of = day(ctx, as_of)?;
    let since = u32::try_from(months).ok().filter(|months| *months > 0);
    let since = since.and_then(|months| as_of.checked_sub_months(Months::new(months)));
    let since = since.ok_or_else(|| Error::bad_input("months is 1 or more, and not before the calendar begins"))?;
    let wanted = persistence::reports::inactive::inactive(as_of, since);
    let wrap = move |program| InactiveProgram { program, as_of };
    rows(ctx, Filter::all(vec![conditions(filter)?, wanted]), vec![program::BY_SIGNED_ON], args, wrap).await
}
