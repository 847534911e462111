//! The cube.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, InputObject, SimpleObject};
use domain::TenantId;
use domain::reports::totals::{Cell, Dimension, Parent, Place, check};
use persistence::Loader;
use persistence::reports::totals::Ask;

use crate::catalogue::{Indicator, Region, Sector, Topic, Unit};
use crate::connection::one;
use crate::document::Document;
use crate::enums::{AgencyLevel, ProgramKind, ProgramStatus};
use crate::error::{Error, ErrorCode, Result};
use crate::filter::conditions;
use crate::program::{Program, ProgramWhere};
use crate::reports::awards::{CountTotal, number};
use crate::reports::progress::FigureTotal;
use crate::request::request;
use crate::scalar::{Date, PartialDate};
use crate::tenant::Tenant;

/// What is counted.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::totals::Measure")]
pub enum TotalsMeasure {
    /// Programs.
    Programs,
    /// Signatures of agencies and groups.
    Signatories,
    /// Events that deal with programs.
    Events,
    /// Results, with the sums of their figures.
    Results,
    /// Awards, with how many collectives and individuals received them.
    Awards,
}

/// By what it is counted. Cells of SECTOR, TOPIC and PARENT overlap: a program of two topics stands under both.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::totals::Dimension")]
pub enum TotalsDimension {
    /// The province, as recorded or within other boundaries.
    Province,
    /// The region of that province.
    Region,
    /// The sector that signed: of a signature its own, else each one of the program's.
    Sector,
    /// Each topic of the program.
    Topic,
    /// The indicator; of results only.
    Indicator,
    /// The unit of the indicator; of results only.
    Unit,
    /// The program.
    Program,
    /// Each program or document that the program implements.
    Parent,
    /// The program's level.
    Level,
    /// The year: of a result the one that it covers or was counted in, of an event the one in which it was held, else the
    /// one in which the program was signed. Null where it is not known, or where there are several.
    Year,
    /// The period: of a result the one that it covers, else the program's.
    Period,
    /// Where the program stands.
    Status,
    /// The program's kind.
    Kind,
}

/// Which figures are added up; of RESULTS only.
#[derive(Default, InputObject)]
pub struct TotalsFigures {
    /// On these indicators, by code; on every one when none is named.
    #[graphql(default)]
    indicators: Vec<String>,
    /// Only what surely covers nothing before this day.
    from: Option<Date>,
    /// Only what surely covers nothing after this day.
    to: Option<Date>,
}

/// What was counted and added up.
#[derive(Clone, Debug, SimpleObject)]
pub struct Totals {
    /// The cells in which something stands, in the order of the dimensions' codes. What is not there was not recorded,
    /// which is not 0.
    cells: Vec<TotalsCell>,
    /// Whether one record can stand in several cells, so that cells do not add up.
    overlapping: bool,
    /// The provinces of this day, with what those before them had; null when as recorded.
    boundaries: Option<Date>,
    /// How many provinces there were on that day; null when as recorded.
    provinces: Option<i32>,
}

/// What stands in one cell; what is not asked for, or not known, is null.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct TotalsCell {
    #[graphql(skip)]
    place: Place,
    #[graphql(skip)]
    province: Option<Tenant>,
    #[graphql(skip)]
    indicator: Option<Indicator>,
    /// Year.
    year: Option<i32>,
    /// First day of the period, as far as it is known.
    period_start: Option<PartialDate>,
    /// Last day of it.
    period_end: Option<PartialDate>,
    /// Level.
    level: Option<AgencyLevel>,
    /// Status.
    status: Option<ProgramStatus>,
    /// Kind.
    kind: Option<ProgramKind>,
    /// How many records there are.
    records: i32,
    /// The sum of the figures; of RESULTS only. Never of different units, without parts of what is counted already, and of
    /// stocks only the latest.
    figures: Option<FigureTotal>,
    /// How many figures are left out: parts of what is counted already, and stocks that are not the latest; of RESULTS only.
    left_out: Option<i32>,
    /// Collectives that received awards; of AWARDS only.
    collectives: Option<CountTotal>,
    /// Individuals that received awards; of AWARDS only.
    individuals: Option<CountTotal>,
    /// How many provinces have something here; of RESULTS, those that state a figure.
    provinces_reporting: i32,
    /// How many provinces of the day `boundaries` have nothing here that was recorded; null when as recorded.
    provinces_missing: Option<i32>,
}

/// The records and catalog entries of a cell's dimensions.
#[ComplexObject]
impl TotalsCell {
    /// Province, or the center.
    async fn province(&self) -> Option<&Tenant> {
        self.province.as_ref()
    }

    /// Region.
    async fn region(&self, ctx: &Context<'_>) -> Option<Result<Region>> {
        one(ctx, self.place.region.clone()).await
    }

    /// Sector.
    async fn sector(&self, ctx: &Context<'_>) -> Option<Result<Sector>> {
        one(ctx, self.place.sector.clone()).await
    }

    /// Topic.
    async fn topic(&self, ctx: &Context<'_>) -> Option<Result<Topic>> {
        one(ctx, self.place.topic.clone()).await
    }

    /// Indicator.
    async fn indicator(&self) -> Option<&Indicator> {
        self.indicator.as_ref()
    }

    /// Unit.
    async fn unit(&self, ctx: &Context<'_>) -> Option<Result<Unit>> {
        one(ctx, self.place.unit.clone()).await
    }

    /// Program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, self.place.program).await
    }

    /// The program that is implemented.
    async fn parent_program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        let Some(Parent::Program(id)) = self.place.parent else { return None };
        one::<Program>(ctx, Some(id)).await
    }

    /// The document that is implemented.
    async fn parent_document(&self, ctx: &Context<'_>) -> Option<Result<Document>> {
        let Some(Parent::Document(id)) = self.place.parent else { return None };
        one::<Document>(ctx, Some(id)).await
    }
}

/// What is asked.
pub struct Wanted {
    /// What is counted.
    pub of: TotalsMeasure,
    /// By what.
    pub by: Vec<TotalsDimension>,
    /// Under which programs.
    pub filter: Option<ProgramWhere>,
    /// Which figures.
    pub figures: Option<TotalsFigures>,
    /// Within the boundaries of which day.
    pub boundaries: Option<Date>,
}

/// More cells than one answer may have, whoever asks.
const MOST: usize = 50_000;

/// The report.
pub async fn totals(ctx: &Context<'_>, wanted: Wanted) -> Result<Totals> {
    let Wanted { of, by, filter, figures, boundaries } = wanted;
    let (figures, of) = (figures.unwrap_or_default(), of.into());
    let by: Vec<Dimension> = by.into_iter().map(Into::into).collect();
    let days = figures.from.is_some() || figures.to.is_some();
    check(of, &by, figures.indicators.len(), days).map_err(|error| Error::bad_input(error.to_string()))?;
    for code in &figures.indicators {
        if one::<Indicator>(ctx, Some(code.clone())).await.transpose()?.is_none() {
            return Err(Error::bad_input(format!(
                "there is no indicator {code}; {{ indicators {{ code }} }} lists them"
            )));
        }
    }
    let ask = Ask {
        of,
        by,
        programs: conditions(filter)?,
        indicators: figures.indicators,
        from: figures.from.map(|day| day.0),
        to: figures.to.map(|day| day.0),
        boundaries: boundaries.map(|day| day.0),
    };
    let request = request(ctx)?;
    let loader = request.loader();
    let scope = loader.scope();
    let most = usize::try_from(request.quota().nodes).unwrap_or(MOST).min(MOST);
    let cells = scope.totals(&ask).await?.filter(|cells| cells.len() <= most);
    let cells = cells.ok_or_else(|| {
        Error::new(
            ErrorCode::PageTooLarge,
            format!("there are more than {most} cells"),
            if most == MOST {
                "leave out a dimension, or narrow the programs by where"
            } else {
                "leave out a dimension, narrow the programs by where, or fetch the table: /export/totals.csv"
            },
        )
    })?;
    let names = Names::of(&loader, &ask.by).await?;
    let there: Option<BTreeSet<TenantId>> = match ask.boundaries {
        Some(day) => {
            let all = scope.tenants_of_all_time().await?;
            let province = |one: &&domain::Tenant| one.id != TenantId::CENTRAL && one.existed_on(day);
            Some(all.iter().filter(province).map(|one| one.id).collect())
        }
        None => None,
    };
    let mut rows = Vec::with_capacity(cells.len());
    for (place, cell) in cells {
        rows.push(row(&ask, &names, place, &cell, there.as_ref())?);
    }
    Ok(Totals {
        cells: rows,
        overlapping: ask.by.iter().any(|one| one.overlaps()),
        boundaries,
        provinces: there.map(|there| number(there.len() as u64)),
    })
}

/// What thousands of cells name over and over: looked up once.
#[derive(Default)]
struct Names {
    tenants: HashMap<TenantId, Tenant>,
    indicators: HashMap<String, Indicator>,
}

impl Names {
    async fn of(loader: &Loader, by: &[Dimension]) -> Result<Self> {
        let mut names = Self::default();
        if by.contains(&Dimension::Province) {
            let all = loader.scope().tenants_of_all_time().await?;
            names.tenants = all.into_iter().map(|one| (one.id, Tenant::wrap(Arc::new(one)))).collect();
        }
        if by.contains(&Dimension::Indicator) {
            let all = loader.all::<domain::Indicator>().await?;
            names.indicators = all.into_iter().map(|one| (one.code.clone(), Indicator(one))).collect();
        }
        Ok(names)
    }
}

fn row(ask: &Ask, names: &Names, place: Place, cell: &Cell, there: Option<&BTreeSet<TenantId>>) -> Result<TotalsCell> {
    use domain::reports::totals::Measure::{Awards, Results};
    let date = |text: Option<&String>| {
        let read = text.map(|text| domain::PartialDate::parse(text)).transpose();
        read.map(|date| date.map(PartialDate))
            .map_err(|error| Error::internal(&format!("a date is stored that is none: {error}")))
    };
    let (start, end) = place.period.clone().unwrap_or_default();
    let provinces = cell.reporting.iter().filter(|one| **one != TenantId::CENTRAL);
    let missing = there.map(|there| there.iter().filter(|one| !cell.reporting.contains(one)).count());
    Ok(TotalsCell {
        year: place.year,
        period_start: date(start.as_ref())?,
        period_end: date(end.as_ref())?,
        level: place.level.map(Into::into),
        status: place.status.map(Into::into),
        kind: place.kind.map(Into::into),
        records: number(cell.records),
        figures: (ask.of == Results).then(|| cell.figures.into()),
        left_out: (ask.of == Results).then(|| number(cell.left_out)),
        collectives: (ask.of == Awards).then(|| cell.collectives.into()),
        individuals: (ask.of == Awards).then(|| cell.individuals.into()),
        provinces_reporting: number(provinces.count() as u64),
        provinces_missing: missing.map(|missing| number(missing as u64)),
        province: place.province.and_then(|id| names.tenants.get(&id).cloned()),
        indicator: place.indicator.as_ref().and_then(|code| names.indicators.get(code).cloned()),
        place,
    })
}
