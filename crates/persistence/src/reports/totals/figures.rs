//! Figures that add up, with the weakest of their qualifiers; without parts of what is counted already,
//! and of stocks only the latest.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::Outcome;
use domain::catalogue::{Aggregation, Indicator};
use domain::quantity::{Qualifier, Total};
use domain::reports::totals::{Dimension, Measure};
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, Func, Order, OverStatement, SelectStatement, WindowStatement,
};
use sea_orm::{DbBackend, JoinType, QueryResult, Value};

use super::columns::{period, year};
use super::{Ask, FACT, RECORD, Sight};
use crate::StoreError;
use crate::codec::column;
use crate::record::{Record, col};
use crate::reports::quality::{count, count_if};

const WHOLE: &str = "w";
const NEWEST: &str = "n";
const PLACES: &str = "pl";

/// Qualifiers from strong to weak, those of one chain comparable with each other: lower bounds, upper bounds, the rest.
const CHAINS: [(&str, &[Qualifier]); 3] = [
    ("lower", &[Qualifier::Over, Qualifier::AtLeast]),
    ("upper", &[Qualifier::Nearly, Qualifier::AtMost]),
    ("loose", &[Qualifier::About, Qualifier::Magnitude, Qualifier::Unquantified]),
];

/// More rows than there are: with a limit neither engine works a column out again for each use of it.
const ALL: u64 = i64::MAX.unsigned_abs();

/// Adds the columns of a figure, and whether it counts.
pub(super) fn add(
    sight: &Sight<'_>,
    facts: &mut SelectStatement,
    ask: &Ask,
    indicators: &BTreeMap<String, Arc<Indicator>>,
) {
    let latest = latest(sight, facts, ask, indicators);
    let counts = CaseStatement::new()
        .case(col(RECORD, "value_e4").is_null(), 0)
        .case(latest.clone().add(col(RECORD, "subset_of_id").is_null()), 1)
        .case(latest.add(part(sight, ask, indicators, RECORD).not()), 1)
        .finally(0);
    for name in ["indicator", "qualifier", "value_e4"] {
        facts.column((Alias::new(RECORD), Alias::new(name)));
    }
    facts.expr_as(counts, Alias::new("counts")).limit(ALL);
    asked(facts, ask, RECORD);
}

/// Leaves out other indicators than are asked for, and what may lie outside the time.
fn asked(select: &mut SelectStatement, ask: &Ask, record: &'static str) {
    if !ask.indicators.is_empty() {
        select.cond_where(col(record, "indicator").is_in(ask.indicators.iter().map(String::as_str)));
    }
    let no_period =
        || Condition::all().add(col(record, "period_earliest").is_null()).add(col(record, "period_latest").is_null());
    let day = |period: &'static str, day: &'static str| -> Expr {
        CaseStatement::new().case(no_period(), col(record, day)).finally(col(record, period)).into()
    };
    if let Some(from) = ask.from {
        select.cond_where(day("period_earliest", "as_of_earliest").gte(from));
    }
    if let Some(to) = ask.to {
        select.cond_where(day("period_latest", "as_of_latest").lte(to));
    }
}

/// What the halves of a sum are multiples of on SQLite, whose integers a few of the largest figures together exceed.
const HALF: i128 = 1_000_000_000;

/// Adds the sums.
pub(super) fn add_up(select: &mut SelectStatement, backend: DbBackend) {
    let counts = || Condition::all().add(col(FACT, "counts").eq(1));
    for (name, chain) in CHAINS {
        let place = chain.iter().zip(1..).fold(CaseStatement::new(), |case, (qualifier, place)| {
            case.case(counts().add(col(FACT, "qualifier").eq(<&str>::from(*qualifier))), place)
        });
        let weakest: Expr = place.finally(0).into();
        select.expr_as(weakest.max(), Alias::new(name));
    }
    let value: Expr = CaseStatement::new().case(counts(), col(FACT, "value_e4")).into();
    let known = || Condition::all().add(col(FACT, "value_e4").is_not_null());
    let sum = if backend == DbBackend::Postgres {
        value.sum().cast_as(Alias::new("text"))
    } else {
        let halves = format!("cast(sum(? / {HALF}) as text) || ':' || cast(sum(? % {HALF}) as text)");
        Expr::cust_with_exprs(halves, [value.clone(), value])
    };
    select
        .expr_as(sum, Alias::new("sum"))
        .expr_as(col(FACT, "counts").sum().cast_as(Alias::new("bigint")), Alias::new("counted"))
        .expr_as(count_if(known().not()), Alias::new("missing"))
        .expr_as(count_if(known().add(col(FACT, "counts").eq(0))), Alias::new("left_out"));
}

/// That a figure, known by `record`, is a part of another one which counts the same, and of which is asked as well.
fn part(sight: &Sight<'_>, ask: &Ask, indicators: &BTreeMap<String, Arc<Indicator>>, record: &'static str) -> Expr {
    let mut select = SelectStatement::new();
    select
        .expr(Expr::cust("1"))
        .from_as(<Outcome as Record>::Entity::default(), Alias::new(WHOLE))
        .cond_where(col(WHOLE, "tenant_id").eq(col(record, "tenant_id")))
        .cond_where(col(WHOLE, "id").eq(col(record, "subset_of_id")))
        .cond_where((sight.seen)(WHOLE))
        .cond_where(col(WHOLE, "value_e4").is_not_null());
    asked(&mut select, ask, WHOLE);
    if let Some(fits) = &sight.fits {
        select.cond_where(fits(WHOLE));
    }
    // Indicators that are told apart are not added to each other.
    if ask.mixes_indicators() {
        select.cond_where(unit(WHOLE, indicators).eq(unit(record, indicators)));
    } else {
        select.cond_where(col(WHOLE, "indicator").eq(col(record, "indicator")));
    }
    Expr::exists(select)
}

/// The unit of a result, by its indicator.
fn unit(table: &'static str, indicators: &BTreeMap<String, Arc<Indicator>>) -> Expr {
    let mut units: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (code, indicator) in indicators {
        if let Some(unit) = &indicator.unit {
            units.entry(unit).or_default().push(code);
        }
    }
    let of = units
        .into_iter()
        .fold(CaseStatement::new(), |case, (unit, codes)| case.case(col(table, "indicator").is_in(codes), unit));
    of.finally(Expr::val(Value::String(None))).into()
}

/// That a figure adds up over time, or is the latest one. Joins, for the figures that do not add up, their places from the
/// latest on.
fn latest(
    sight: &Sight<'_>,
    facts: &mut SelectStatement,
    ask: &Ask,
    indicators: &BTreeMap<String, Arc<Indicator>>,
) -> Condition {
    let codes: Vec<&str> =
        indicators.values().filter(|one| one.aggregation != Aggregation::Sum).map(|one| one.code.as_str()).collect();
    let day: Expr = Func::coalesce([
        col(NEWEST, "as_of_latest"),
        col(NEWEST, "period_latest"),
        Expr::val(NaiveDate::from_ymd_opt(1, 1, 1)),
    ])
    .into();
    let mut window = WindowStatement::new();
    for name in ["tenant_id", "program_id", "indicator", "scope"] {
        window.add_partition_by(col(NEWEST, name));
    }
    // Within a year or a period, the latest of it.
    if ask.has(Dimension::Year) {
        window.add_partition_by(year(sight.backend, Measure::Results, NEWEST));
    }
    if ask.has(Dimension::Period) {
        for end in period(Measure::Results, NEWEST) {
            window.add_partition_by(end);
        }
    }
    window.order_by_expr(day, Order::Desc).order_by_expr(col(NEWEST, "id"), Order::Desc);
    let mut places = SelectStatement::new();
    places
        .columns(["tenant_id", "id"].map(|name| (Alias::new(NEWEST), Alias::new(name))))
        .expr_window_as(Expr::cust("row_number()"), window, Alias::new("place"))
        .from_as(<Outcome as Record>::Entity::default(), Alias::new(NEWEST))
        .cond_where((sight.seen)(NEWEST))
        .cond_where(col(NEWEST, "indicator").is_in(codes.iter().copied()))
        .cond_where(col(NEWEST, "value_e4").is_not_null())
        // The latest of those that count: of a whole and its part it is the whole.
        .cond_where(
            Condition::any().add(col(NEWEST, "subset_of_id").is_null()).add(part(sight, ask, indicators, NEWEST).not()),
        );
    asked(&mut places, ask, NEWEST);
    let same = ["tenant_id", "id"]
        .into_iter()
        .fold(Condition::all(), |all, name| all.add(col(PLACES, name).eq(col(RECORD, name))));
    facts.join_subquery(JoinType::LeftJoin, places, Alias::new(PLACES), same);
    let adds_up = col(RECORD, "indicator").is_not_in(codes);
    Condition::all().add(Condition::any().add(adds_up).add(col(PLACES, "place").eq(1)))
}

/// The weakest qualifier of a group, by the weakest of each chain.
fn weakest(row: &QueryResult) -> Result<Qualifier, StoreError> {
    let mut weakest = Qualifier::Exact;
    for (name, chain) in CHAINS {
        let place: i32 = column(row, name)?;
        let said = usize::try_from(place).ok().and_then(|place| chain.get(place.checked_sub(1)?));
        weakest = said.map_or(weakest, |said| Qualifier::weakest(weakest, *said));
    }
    Ok(weakest)
}

/// Reads the sum of one group.
pub(super) fn total(row: &QueryResult) -> Result<Total, StoreError> {
    let counted = count(row, "counted")?;
    Ok(Total::of_e4(sum(row)?, weakest(row)?, counted, count(row, "missing")?))
}

/// Reads the value of a sum, in ten-thousandths: a number, or its halves.
pub(super) fn sum(row: &QueryResult) -> Result<Option<i128>, StoreError> {
    let Some(text) = column::<Option<String>>(row, "sum")? else { return Ok(None) };
    let number = |digits: &str| digits.parse::<i128>().map_err(|_no_number| StoreError::corrupt("sum", &text));
    Ok(Some(match text.split_once(':') {
        Some((high, low)) => number(high)? * HALF + number(low)?,
        None => number(&text)?,
    }))
}
