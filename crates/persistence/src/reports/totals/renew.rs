//! Keeping sums: added up anew, tenant by tenant, by the statement that answers where none are kept; and compared with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use domain::catalogue::Indicator;
use domain::reports::totals::{Dimension, Measure};
use domain::{TenantId, Visibility};
use sea_orm::sea_query::{Alias, Condition, DeleteStatement, Expr, ExprTrait, InsertStatement, SelectStatement};
use sea_orm::{DbBackend, QueryResult, Value};

use super::kept::{FIGURES, STALE, TOTALS, adds_up};
use super::{Ask, Sight, figures};
use crate::codec::{self, column};
use crate::filter::alias;
use crate::record::{Record, col, every, read_all};
use crate::{Filter, StoreError, Tx};

/// Those who renew the sums of one tenant take turns.
const LOCK: i64 = 7_044_700_000;

/// Without statistics, after a large import, the planner would look each result's place up among all the others of its tenant;
/// nor does it pay to compile statements this short.
const PLANS: [&str; 2] = ["SET LOCAL enable_nestloop = off", "SET LOCAL jit = off"];

/// Who sees a sum, each with all that those before see: the records of these visibilities.
const AUDIENCES: [(Visibility, &[Visibility]); 3] = [
    (Visibility::Public, &[Visibility::Public]),
    (Visibility::Internal, &[Visibility::Public, Visibility::Internal]),
    (Visibility::Draft, &[Visibility::Public, Visibility::Internal, Visibility::Draft]),
];

/// Which sums of a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renew {
    /// Of so many indicators that have a mark.
    Marked(u64),
    /// All of them.
    All,
}

/// Whether sums are what the results add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many sums were compared.
    pub sums: usize,
    /// Of how many indicators none was, because they are going to be added up anew.
    pub marked: usize,
    /// Those that differ.
    pub wrong: Vec<Wrong>,
}

/// A sum that is not what the results add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Of what, and for whom.
    place: Place,
    /// What is kept.
    kept: Option<Sum>,
    /// What the results give.
    anew: Option<Sum>,
}

/// Where a sum stands: for whom, by year or over all time, of which indicator, of which year.
type Place = (Visibility, bool, String, Option<i32>);

/// What it consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sum {
    value_e4: Option<i128>,
    figures: [i64; FIGURES.len()],
}

impl Sum {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let mut read = [0; FIGURES.len()];
        for (figure, name) in read.iter_mut().zip(FIGURES) {
            *figure = column::<i64>(row, name).or_else(|_narrow| column::<i32>(row, name).map(i64::from))?;
        }
        Ok(Self { value_e4: figures::sum(row)?, figures: read })
    }

    fn told(&self) -> String {
        let [records, counted, missing, left_out, lower, upper, loose] = self.figures;
        let value = self.value_e4.map_or("no value".to_owned(), |value| format!("{value} ten-thousandths"));
        format!(
            "{value} ({counted} counted, {missing} missing, {left_out} left out of {records}; \
             qualifiers {lower}/{upper}/{loose})"
        )
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (visibility, by_year, indicator, year) = &self.place;
        let told = |sum: &Option<Sum>| sum.as_ref().map_or("nothing".to_owned(), Sum::told);
        let when = match (by_year, year) {
            (false, _) => "over all time".to_owned(),
            (true, Some(year)) => format!("in {year}"),
            (true, None) => "without a year".to_owned(),
        };
        let (kept, anew) = (told(&self.kept), told(&self.anew));
        write!(f, "{indicator} {when}, as {visibility} records show it: kept is {kept}, the results give {anew}")
    }
}

impl Tx {
    /// Adds up anew what `tenant` has results of, for which one must act, and takes the marks away. Answers of how many
    /// indicators it did.
    pub async fn renew_totals(&self, tenant: TenantId, which: Renew) -> Result<usize, StoreError> {
        self.access().may_write(&[tenant])?;
        self.lock(LOCK + i64::from(tenant.0)).await?;
        self.settle(&PLANS.map(ToOwned::to_owned)).await?;
        let indicators = self.indicators().await?;
        let batch: BTreeSet<String> = match which {
            Renew::Marked(most) => self.marked(tenant, Some(most)).await?,
            Renew::All => indicators.keys().cloned().collect(),
        };
        if batch.is_empty() {
            return Ok(0);
        }
        // First of all, so that a mark that is made from now on stays.
        for table in [STALE, TOTALS] {
            let mut delete = DeleteStatement::new();
            delete
                .from_table(Alias::new(table))
                .cond_where(Expr::col(Alias::new("tenant_id")).eq(tenant.0))
                .cond_where(Expr::col(Alias::new("indicator")).is_in(batch.iter().map(String::as_str)));
            self.execute(&delete).await?;
        }
        for (audience, sees) in AUDIENCES {
            for by_year in [false, true] {
                let sums = self.sums(tenant, sees, by_year, &batch, &indicators);
                self.execute(&insert(sums, audience, by_year, &indicators)?).await?;
            }
        }
        Ok(batch.len())
    }

    /// Compares what is kept of `tenant`, for which one must act, with what its results add up to.
    pub async fn verify_totals(&self, tenant: TenantId) -> Result<Verified, StoreError> {
        self.access().may_write(&[tenant])?;
        self.lock(LOCK + i64::from(tenant.0)).await?;
        self.settle(&PLANS.map(ToOwned::to_owned)).await?;
        let indicators = self.indicators().await?;
        let mut marked = self.marked(tenant, None).await?;
        let (kept, outdated) = self.kept_sums(tenant, &indicators).await?;
        let mut anew: BTreeMap<Place, Sum> = BTreeMap::new();
        let all = indicators.keys().cloned().collect();
        for (audience, sees) in AUDIENCES {
            for by_year in [false, true] {
                for row in self.rows(&self.sums(tenant, sees, by_year, &all, &indicators)).await? {
                    let year = if by_year { column(&row, "year")? } else { None };
                    anew.insert((audience, by_year, column(&row, "indicator")?, year), Sum::read(&row)?);
                }
            }
        }
        // What somebody changed meanwhile has a mark by now.
        marked.extend(self.marked(tenant, None).await?);
        marked.extend(outdated);
        let places: BTreeSet<&Place> =
            kept.keys().chain(anew.keys()).filter(|place| !marked.contains(&place.2)).collect();
        let mut verified = Verified { sums: places.len(), marked: marked.len(), wrong: Vec::new() };
        for place in places {
            let (kept, anew) = (kept.get(place).cloned(), anew.get(place).cloned());
            if kept != anew {
                verified.wrong.push(Wrong { place: place.clone(), kept, anew });
            }
        }
        Ok(verified)
    }

    async fn indicators(&self) -> Result<BTreeMap<String, Arc<Indicator>>, StoreError> {
        let all: Vec<Indicator> = read_all(&self.rows(&every::<Indicator>(alias(0))).await?)?;
        Ok(all.into_iter().map(|one| (one.key(), Arc::new(one))).collect())
    }

    /// The indicators that have a mark, at most so many.
    async fn marked(&self, tenant: TenantId, most: Option<u64>) -> Result<BTreeSet<String>, StoreError> {
        let mut select = SelectStatement::new();
        select
            .distinct()
            .column(Alias::new("indicator"))
            .from(Alias::new(STALE))
            .cond_where(Expr::col(Alias::new("tenant_id")).eq(tenant.0));
        if let Some(most) = most {
            select.limit(most);
        }
        self.rows(&select).await?.iter().map(|row| column(row, "indicator")).collect()
    }

    /// What is kept, and the indicators of which it was summed otherwise than the catalog says by now.
    async fn kept_sums(
        &self,
        tenant: TenantId,
        indicators: &BTreeMap<String, Arc<Indicator>>,
    ) -> Result<(BTreeMap<Place, Sum>, BTreeSet<String>), StoreError> {
        let mut select = SelectStatement::new();
        select
            .columns(["visibility", "by_year", "indicator", "year", "adds_up"].map(Alias::new))
            .columns(FIGURES.map(Alias::new))
            .expr_as(Expr::col(Alias::new("sum_e4")), Alias::new("sum"))
            .from(Alias::new(TOTALS))
            .cond_where(Expr::col(Alias::new("tenant_id")).eq(tenant.0));
        let (mut kept, mut outdated) = (BTreeMap::new(), BTreeSet::new());
        for row in self.rows(&select).await? {
            let code: String = column(&row, "indicator")?;
            let so: bool = column(&row, "adds_up")?;
            if indicators.get(&code).is_none_or(|one| adds_up(one) != so) {
                outdated.insert(code.clone());
            }
            let visibility = codec::code("visibility", &column::<String>(&row, "visibility")?)?;
            kept.insert((visibility, column(&row, "by_year")?, code, column(&row, "year")?), Sum::read(&row)?);
        }
        Ok((kept, outdated))
    }

    /// What results of these visibilities add up to.
    fn sums(
        &self,
        tenant: TenantId,
        sees: &'static [Visibility],
        by_year: bool,
        batch: &BTreeSet<String>,
        indicators: &BTreeMap<String, Arc<Indicator>>,
    ) -> SelectStatement {
        let seen = move |t: &'static str| {
            Condition::all()
                .add(col(t, "tenant_id").eq(tenant.0))
                .add(col(t, "visibility").is_in(sees.iter().map(|one| codec::text(*one))))
                .add(col(t, "indicator").is_in(batch.iter().map(String::as_str)))
        };
        let ask = Ask {
            of: Measure::Results,
            by: by_year.then_some(Dimension::Year).into_iter().collect(),
            programs: Filter::default(),
            indicators: Vec::new(),
            from: None,
            to: None,
            boundaries: None,
        };
        let backend = if self.is_postgres() { DbBackend::Postgres } else { DbBackend::Sqlite };
        Sight { backend, seen: Box::new(seen), fits: None }.sums(&ask, indicators)
    }
}

/// ```sql
/// INSERT INTO result_totals (…) SELECT s.tenant_id, 'PUBLIC', s.indicator, s.indicator IN (…), true, s.year, … FROM (…) s
/// ```
fn insert(
    sums: SelectStatement,
    audience: Visibility,
    by_year: bool,
    indicators: &BTreeMap<String, Arc<Indicator>>,
) -> Result<InsertStatement, StoreError> {
    const SUMS: &str = "s";
    let add: Vec<&str> = indicators.values().filter(|one| adds_up(one)).map(|one| one.code.as_str()).collect();
    let year = if by_year { col(SUMS, "year") } else { Expr::val(Value::Int(None)) };
    let mut select = SelectStatement::new();
    select
        .expr(col(SUMS, "tenant_id"))
        .expr(Expr::val(codec::text(audience)))
        .expr(col(SUMS, "indicator"))
        .expr(col(SUMS, "indicator").is_in(add))
        .exprs([Expr::val(by_year), year, col(SUMS, "sum")])
        .exprs(FIGURES.map(|name| col(SUMS, name)))
        .from_subquery(sums, Alias::new(SUMS));
    let mut insert = InsertStatement::new();
    insert
        .into_table(Alias::new(TOTALS))
        .columns(
            ["tenant_id", "visibility", "indicator", "adds_up", "by_year", "year", "sum_e4"]
                .into_iter()
                .chain(FIGURES)
                .map(Alias::new),
        )
        .select_from(select)
        .map_err(|error| StoreError::Internal(error.to_string()))?;
    Ok(insert)
}
