//! Targets against results.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, Object, SimpleObject};
use domain::quantity::Total;
use domain::reports::progress::progress as compare;
use persistence::{Filter, Operand, Test, result, target};

use crate::catalogue::Indicator;
use crate::connection::{Connection, NodeType, PageArgs, RowType, all_children, one, rows};
use crate::enums::Qualifier;
use crate::error::{Error, Result};
use crate::filter::conditions;
use crate::program::{Program, ProgramWhere};
use crate::reports::awards::number;
use crate::result::Outcome;
use crate::scalar::Decimal;
use crate::target::Target;

/// How far a target is reached.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::progress::ProgressState")]
pub enum ProgressState {
    /// The figure reaches it, whatever the figure's qualifier leaves open.
    Reached,
    /// The figure falls short of it, whatever its qualifier leaves open.
    NotReached,
    /// The figure's qualifier ("about", "nearly") leaves it open.
    Undecided,
    /// There is no figure to compare with; the reason says why.
    NoComparableFigure,
}

/// Why there is no figure to compare with.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::progress::Incomparable")]
pub enum IncomparableReason {
    /// The target itself has words only.
    TargetWithoutValue,
    /// Nothing was reported on its indicator.
    NoResult,
    /// What was reported covers something else, or does not say what.
    OtherScope,
    /// What was reported is not surely of the target's time.
    OtherTime,
    /// What was reported has words only.
    ResultWithoutValue,
    /// Several figures were reported that neither add up nor follow one another.
    SeveralFigures,
}

/// A sum of figures that count the same, and how much of it is known.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct FigureTotal {
    /// The sum of the figures that have a value; null where none has one, which is not 0.
    value: Option<Decimal>,
    /// The weakest qualifier of these figures: one "over" makes the sum OVER.
    qualifier: Option<Qualifier>,
    /// How many figures have a value.
    counted: i32,
    /// How many have none: what they say is in words only.
    missing: i32,
}

impl From<Total> for FigureTotal {
    fn from(of: Total) -> Self {
        Self {
            value: of.value.map(Decimal),
            qualifier: of.qualifier.map(Into::into),
            counted: number(of.counted),
            missing: number(of.missing),
        }
    }
}

/// A target against what was reported.
#[derive(Clone, Debug)]
pub struct TargetProgress(Arc<domain::Target>);

impl RowType for TargetProgress {
    type Listed = domain::Target;
    const ROW: &'static str = "TargetProgress";
}

/// A target against what was reported.
#[Object]
impl TargetProgress {
    /// The target.
    async fn target(&self) -> Target {
        Target::wrap(Arc::clone(&self.0))
    }

    /// The program that has the target.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }

    /// How far it is reached, by the results of its own program that are of the same indicator, scope and time.
    async fn comparison(&self, ctx: &Context<'_>) -> Option<Result<Comparison>> {
        Some(comparison(ctx, &self.0).await)
    }
}

/// How far a target is reached, and by what.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Comparison {
    /// How far.
    state: ProgressState,
    /// Why nobody can say; of `NO_COMPARABLE_FIGURE` only.
    reason: Option<IncomparableReason>,
    /// The figure that was compared: the sum of flows, the latest of stocks and shares.
    figure: Option<FigureTotal>,
    #[graphql(skip)]
    results: Vec<domain::Outcome>,
}

/// What leads on.
#[ComplexObject]
impl Comparison {
    /// The results that the figure is made of.
    async fn results(&self) -> Vec<Outcome> {
        self.results.iter().map(|one| Outcome::wrap(Arc::new(one.clone()))).collect()
    }
}

async fn comparison(ctx: &Context<'_>, target: &domain::Target) -> Result<Comparison> {
    let on = Filter::test(result::INDICATOR, Test::Eq(Operand::Text(target.indicator.clone())));
    let results: Vec<Outcome> = all_children(ctx, result::OF_PROGRAM, target.program, on).await?;
    let results: Vec<domain::Outcome> = results.iter().map(|one| (*one.0).clone()).collect();
    let indicator = one::<Indicator>(ctx, Some(target.indicator.clone())).await.transpose()?;
    let indicator = indicator.ok_or_else(|| Error::internal("a target is of an indicator that there is not"))?;
    let progress = compare(target, &results, &indicator.0);
    Ok(Comparison {
        state: progress.state.into(),
        reason: progress.reason.map(Into::into),
        figure: progress.figure.map(Into::into),
        results: progress.results.into_iter().cloned().collect(),
    })
}

/// The report.
pub async fn progress(
    ctx: &Context<'_>,
    filter: Option<ProgramWhere>,
    args: PageArgs,
) -> Result<Connection<TargetProgress>> {
    let wanted = Filter::some(target::PROGRAM, conditions(filter)?);
    rows(ctx, wanted, Vec::new(), args, TargetProgress).await
}
