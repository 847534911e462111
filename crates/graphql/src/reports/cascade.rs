//! Obligations that directions opened, and what came of them.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, Object, SimpleObject};
use chrono::NaiveDate;
use domain::reports::cascade::{LevelObligations, ObligationState as State};
use persistence::Filter;

use crate::connection::{Connection, NodeType, PageArgs, RowType, one, rows};
use crate::direction::Obligation;
use crate::enums::AgencyLevel;
use crate::error::Result;
use crate::filter::conditions;
use crate::program::{Program, ProgramWhere};
use crate::reports::awards::number;
use crate::reports::day;
use crate::request::request;
use crate::scalar::Date;

/// Where an obligation stands on a day.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::cascade::ObligationState")]
pub enum ObligationState {
    /// Nobody has recorded what fulfills it; it is not due yet, or nobody said when.
    Open,
    /// Nobody has recorded what fulfills it, and the day by which it was due has passed.
    Overdue,
    /// A program fulfilled it.
    Fulfilled,
}

/// What directions opened, and what came of it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Cascade {
    /// How many obligations stand where, by the level of the programs under which they were opened.
    levels: Vec<CascadeLevel>,
    #[graphql(skip)]
    wanted: Filter<domain::Obligation>,
    #[graphql(skip)]
    as_of: NaiveDate,
}

/// What is listed.
#[ComplexObject]
impl Cascade {
    /// The obligations.
    async fn obligations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ObligationStanding>>> {
        let (args, as_of) = (PageArgs::new(first, after, last, before), self.as_of);
        let wrap = move |obligation| ObligationStanding { obligation, as_of };
        Some(rows(ctx, self.wanted.clone(), Vec::new(), args, wrap).await)
    }
}

/// How many obligations stand where, under programs of one level.
#[derive(Clone, Debug, SimpleObject)]
pub struct CascadeLevel {
    /// The level of the programs under which they were opened.
    level: AgencyLevel,
    /// How many there are.
    opened: i32,
    /// How many are fulfilled.
    fulfilled: i32,
    /// How many are overdue.
    overdue: i32,
    /// How many are neither.
    open: i32,
}

impl From<LevelObligations> for CascadeLevel {
    fn from(of: LevelObligations) -> Self {
        let LevelObligations { level, opened, fulfilled, overdue } = of;
        let open = opened.saturating_sub(fulfilled).saturating_sub(overdue);
        Self {
            level: level.into(),
            opened: number(opened),
            fulfilled: number(fulfilled),
            overdue: number(overdue),
            open: number(open),
        }
    }
}

/// An obligation, and where it stands.
#[derive(Clone, Debug)]
pub struct ObligationStanding {
    obligation: Arc<domain::Obligation>,
    as_of: NaiveDate,
}

impl RowType for ObligationStanding {
    type Listed = domain::Obligation;
    const ROW: &'static str = "ObligationStanding";
}

/// An obligation, and where it stands.
#[Object]
impl ObligationStanding {
    /// The obligation.
    async fn obligation(&self) -> Obligation {
        Obligation::wrap(Arc::clone(&self.obligation))
    }

    /// The program under which it was opened.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.obligation.program)).await
    }

    /// Where it stands, as far as was recorded.
    async fn state(&self, ctx: &Context<'_>) -> Option<Result<ObligationState>> {
        Some(self.stands(ctx).await.map(Into::into))
    }
}

impl ObligationStanding {
    async fn stands(&self, ctx: &Context<'_>) -> Result<State> {
        if one::<Program>(ctx, self.obligation.fulfilled_by).await.transpose()?.is_some() {
            return Ok(State::Fulfilled);
        }
        let due = self.obligation.due.as_ref().and_then(domain::PartialDate::latest);
        Ok(if due.is_some_and(|due| due < self.as_of) { State::Overdue } else { State::Open })
    }
}

/// The report.
pub async fn cascade(
    ctx: &Context<'_>,
    filter: Option<ProgramWhere>,
    (state, as_of): (Option<ObligationState>, Option<Date>),
) -> Result<Cascade> {
    let as_of = day(ctx, as_of)?;
    let programs = conditions(filter)?;
    let levels = request(ctx)?.loader().scope().obligations_by_level(programs.clone(), as_of).await?;
    let wanted = persistence::reports::cascade::obligations(programs, state.map(Into::into), as_of);
    Ok(Cascade { levels: levels.into_iter().map(Into::into).collect(), wanted, as_of })
}
