//! Programs that a reorganization touches.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, Object, SimpleObject};
use persistence::reports::reorganization::{Window, touched};
use persistence::{Filter, program};

use crate::catalogue::Reorganization;
use crate::connection::{Connection, NodeType, PageArgs, RowType, rows};
use crate::error::{Error, Result};
use crate::filter::conditions;
use crate::program::{Program, ProgramWhere};
use crate::request::request;
use crate::scalar::Date;

/// In which way a program is touched.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::reorganization::Touch")]
pub enum ReorganizationTouch {
    /// Its province ended.
    ProvinceEnded,
    /// Its district ended.
    DistrictEnded,
    /// An agency that signed it ended.
    PartyEnded,
    /// An agency that signed it belongs to a province that ended.
    PartyProvinceEnded,
    /// An agency that signed it worked in a district that ended.
    PartyDistrictEnded,
    /// An agency that signed it is of a sector that was reorganized.
    SectorReorganized,
}

/// What was reorganized in some time, and the programs that it touches.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct ReorganizationImpact {
    /// The reorganizations of agencies of this time that the catalog knows, announcements aside.
    reorganizations: Vec<Reorganization>,
    #[graphql(skip)]
    wanted: Filter<domain::Program>,
    #[graphql(skip)]
    window: Arc<Window>,
}

/// What is listed.
#[ComplexObject]
impl ReorganizationImpact {
    /// The programs that were touched: not surely over before, nor surely signed afterwards.
    async fn programs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<TouchedProgram>>> {
        let args = PageArgs::new(first, after, last, before);
        let window = Arc::clone(&self.window);
        let wrap = move |program| TouchedProgram { program, window: Arc::clone(&window) };
        Some(rows(ctx, self.wanted.clone(), vec![program::BY_SIGNED_ON.direction(true)], args, wrap).await)
    }
}

/// A program that a reorganization touches.
#[derive(Clone, Debug)]
pub struct TouchedProgram {
    program: Arc<domain::Program>,
    window: Arc<Window>,
}

impl RowType for TouchedProgram {
    type Listed = domain::Program;
    const ROW: &'static str = "TouchedProgram";
}

/// A program that a reorganization touches.
#[Object]
impl TouchedProgram {
    /// The program.
    async fn program(&self) -> Program {
        Program::wrap(Arc::clone(&self.program))
    }

    /// In which ways it is touched.
    async fn touches(&self, ctx: &Context<'_>) -> Option<Result<Vec<ReorganizationTouch>>> {
        Some(touches(ctx, self).await)
    }
}

async fn touches(ctx: &Context<'_>, row: &TouchedProgram) -> Result<Vec<ReorganizationTouch>> {
    let touches = request(ctx)?.loader().touches(row.program.id, &row.window).await?;
    Ok(touches.into_iter().map(Into::into).collect())
}

/// The report.
pub async fn reorganization(
    ctx: &Context<'_>,
    filter: Option<ProgramWhere>,
    (from, to): (Date, Option<Date>),
) -> Result<ReorganizationImpact> {
    let request = request(ctx)?;
    let (from, to) = (from.0, to.map_or_else(|| request.today(), |day| day.0));
    if to < from {
        return Err(Error::bad_input(format!("the time ends ({to}) before it begins ({from}); exchange the two")));
    }
    let known = request.loader().all::<domain::catalogue::Reorganization>().await?;
    let known: Vec<_> = known.iter().map(|one| (**one).clone()).collect();
    let window = Arc::new(Window::new(from, to, &known));
    let reorganizations = Window::of(from, to, &known).map(|one| Reorganization::wrap(Arc::new(one.clone()))).collect();
    let wanted = touched(conditions(filter)?, &window);
    Ok(ReorganizationImpact { reorganizations, wanted, window })
}
