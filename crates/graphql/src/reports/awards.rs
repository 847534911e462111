//! Awards, added up by what was given and by whom.

use async_graphql::{ComplexObject, Context, SimpleObject};
use domain::reports::awards::{AwardTotal, CountTotal as Counted};

use crate::agency::Agency;
use crate::connection::one;
use crate::error::Result;
use crate::filter::conditions;
use crate::program::ProgramWhere;
use crate::request::request;

/// A count as GraphQL knows numbers.
pub fn number(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A sum of counts that sources state.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct CountTotal {
    /// The sum; null where no source states a count, which is not 0.
    value: Option<i32>,
    /// How many records state a count.
    counted: i32,
    /// How many do not.
    missing: i32,
}

impl From<Counted> for CountTotal {
    fn from(of: Counted) -> Self {
        let value = of.value.map(|value| i32::try_from(value).unwrap_or(i32::MAX));
        Self { value, counted: number(of.counted), missing: number(of.missing) }
    }
}

/// Awards given under programs (khen thưởng).
#[derive(Clone, Debug, SimpleObject)]
pub struct AwardReport {
    /// By kind, the most frequent first.
    kinds: Vec<AwardRow>,
    /// By kind and giver. An award of two givers stands under each, so these do not add up.
    givers: Vec<AwardRow>,
}

/// Awards of one kind, by one giver where givers are told apart.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct AwardRow {
    /// What was given, as printed: `Bằng khen`, `Giấy khen`, …
    kind: String,
    #[graphql(skip)]
    agency: Option<domain::Id<domain::Agency>>,
    /// What the source calls a giver that is no agency of the records.
    giver_label: Option<String>,
    /// How many awards, or batches of them, were recorded.
    awards: i32,
    /// Collectives that received them (tập thể).
    collectives: CountTotal,
    /// Individuals that received them (cá nhân).
    individuals: CountTotal,
    /// Totals that mix both.
    mixed_total: CountTotal,
    /// How many of the awards may count recipients that another one of the same event counts.
    overlap_unknown: i32,
}

/// What takes further reading.
#[ComplexObject]
impl AwardRow {
    /// Who gave them; null where nobody is named, and where givers are not told apart.
    async fn giver(&self, ctx: &Context<'_>) -> Option<Result<Agency>> {
        one(ctx, self.agency).await
    }
}

impl From<AwardTotal> for AwardRow {
    fn from(of: AwardTotal) -> Self {
        let AwardTotal { kind, giver, awards, collectives, individuals, mixed, overlap_unknown } = of;
        let (agency, giver_label) = giver.map_or((None, None), |giver| (giver.agency, giver.label));
        Self {
            kind,
            agency,
            giver_label,
            awards: number(awards),
            collectives: collectives.into(),
            individuals: individuals.into(),
            mixed_total: mixed.into(),
            overlap_unknown: number(overlap_unknown),
        }
    }
}

/// The report.
pub async fn awards(ctx: &Context<'_>, filter: Option<ProgramWhere>) -> Result<AwardReport> {
    let programs = conditions(filter)?;
    let loader = request(ctx)?.loader();
    let scope = loader.scope();
    let rows = |all: Vec<AwardTotal>| all.into_iter().map(Into::into).collect();
    let kinds = rows(scope.awards(programs.clone(), false).await?);
    Ok(AwardReport { kinds, givers: rows(scope.awards(programs, true).await?) })
}
