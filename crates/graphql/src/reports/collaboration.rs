//! Who signs with whom.

use async_graphql::{ComplexObject, Context, SimpleObject};
use domain::Id;
use domain::reports::collaboration::Pair;

use crate::agency::Agency;
use crate::catalogue::Sector;
use crate::connection::one;
use crate::error::{Error, Result};
use crate::filter::conditions;
use crate::program::ProgramWhere;
use crate::reports::awards::number;
use crate::request::request;
use crate::scalar::Date;

/// More pairs than one answer may have.
const MOST: u32 = 1_000;

/// Who signs with whom: the pairs that did so most often.
#[derive(Clone, Debug, SimpleObject)]
pub struct Collaboration {
    /// Sectors that signed the same programs.
    sectors: Vec<SectorPair>,
    /// Agencies that signed the same programs.
    agencies: Vec<AgencyPair>,
}

/// Two sectors that signed the same programs.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct SectorPair {
    #[graphql(skip)]
    codes: (String, String),
    /// How many programs both signed.
    programs: i32,
    /// The first day on which they can have done so, of the programs whose day is known.
    since: Option<Date>,
}

/// Both sectors.
#[ComplexObject]
impl SectorPair {
    /// The one.
    async fn one(&self, ctx: &Context<'_>) -> Option<Result<Sector>> {
        one(ctx, Some(self.codes.0.clone())).await
    }

    /// The other.
    async fn other(&self, ctx: &Context<'_>) -> Option<Result<Sector>> {
        one(ctx, Some(self.codes.1.clone())).await
    }
}

/// Two agencies that signed the same programs.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct AgencyPair {
    #[graphql(skip)]
    ids: (Id<domain::Agency>, Id<domain::Agency>),
    /// How many programs both signed.
    programs: i32,
    /// The first day on which they can have done so, of the programs whose day is known.
    since: Option<Date>,
}

/// Both agencies.
#[ComplexObject]
impl AgencyPair {
    /// The one.
    async fn one(&self, ctx: &Context<'_>) -> Option<Result<Agency>> {
        one(ctx, Some(self.ids.0)).await
    }

    /// The other.
    async fn other(&self, ctx: &Context<'_>) -> Option<Result<Agency>> {
        one(ctx, Some(self.ids.1)).await
    }
}

/// The report: so many pairs of each, and those that are not asked for not read.
pub async fn collaboration(ctx: &Context<'_>, filter: Option<ProgramWhere>, most: i32) -> Result<Collaboration> {
    let most = u32::try_from(most).ok().filter(|most| (1..=MOST).contains(most));
    let most = most.ok_or_else(|| Error::bad_input(format!("most is 1 to {MOST}")))?;
    let programs = conditions(filter)?;
    let loader = request(ctx)?.loader();
    let scope = loader.scope();
    let wanted = |name: &str| ctx.look_ahead().field(name).exists();
    let sectors = if wanted("sectors") { scope.sector_pairs(programs.clone(), most).await? } else { Vec::new() };
    let agencies = if wanted("agencies") { scope.agency_pairs(programs, most).await? } else { Vec::new() };
    let sector = |Pair { one, other, programs, since }: Pair<String>| SectorPair {
        codes: (one, other),
        programs: number(programs),
        since: since.map(Date),
    };
    let agency = |Pair { one, other, programs, since }: Pair<Id<domain::Agency>>| AgencyPair {
        ids: (one, other),
        programs: number(programs),
        since: since.map(Date),
    };
    Ok(Collaboration {
        sectors: sectors.into_iter().map(sector).collect(),
        agencies: agencies.into_iter().map(agency).collect(),
    })
}
