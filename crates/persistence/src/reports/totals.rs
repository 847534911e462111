//! The cube: one grouped statement, whose rows are put together into cells by what only the catalogs know: provinces
//! within other boundaries, regions, units.

mod columns;
mod figures;
mod kept;
mod renew;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::catalogue::{Aggregation, Indicator};
use domain::quantity::Total;
use domain::reports::boundaries;
use domain::reports::totals::{Cell, Dimension, Measure, Parent, Place};
use domain::{Award, Event, Id, Involvement, Outcome, Program, TenantId, TenantSuccession};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};
use sea_orm::{DbBackend, JoinType, QueryResult};

use super::awards;
use super::quality::count;
use crate::codec::column;
use crate::filter::alias;
use crate::record::{Key, Record, col};
use crate::{Filter, Scope, StoreError};
pub use renew::{Renew, Verified, Wrong};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is counted.
    pub of: Measure,
    /// By what.
    pub by: Vec<Dimension>,
    /// Under which programs.
    pub programs: Filter<Program>,
    /// On which indicators; on every one when none is named. Of results only.
    pub indicators: Vec<String>,
    /// Only figures that surely cover nothing before this day. Of results only.
    pub from: Option<NaiveDate>,
    /// Only figures that surely cover nothing after this day. Of results only.
    pub to: Option<NaiveDate>,
    /// The provinces of this day, with what those before them had; as recorded when nothing is said.
    pub boundaries: Option<NaiveDate>,
}

/// More groups than are put together.
const MOST: u64 = 200_000;
/// What is counted, beside its program, which filters know as `alias(0)`.
const RECORD: &str = "r";
/// What is grouped.
const FACT: &str = "f";
/// The columns of a link that say where it leads.
pub(super) const PARENT: [&str; 4] =
    ["to_program_tenant_id", "to_program_id", "to_document_tenant_id", "to_document_id"];

/// Rows of one place, put together.
struct Group {
    place: Place,
    cell: Cell,
    /// Whether figures are among them that do not combine.
    shares: bool,
}

impl Ask {
    /// Whether nothing is asked of the programs of results, each of which is seen where its results are.
    fn needs_no_program(&self) -> bool {
        use Dimension::{Indicator, Period, Province, Region, Unit, Year};
        let own = |one: &Dimension| matches!(one, Province | Region | Indicator | Unit | Year | Period);
        self.of == Measure::Results && self.programs.is_everything() && self.by.iter().all(own)
    }

    fn has(&self, dimension: Dimension) -> bool {
        self.by.contains(&dimension)
    }

    /// Whether figures of different indicators are added to each other.
    fn mixes_indicators(&self) -> bool {
        self.has(Dimension::Unit) && !self.has(Dimension::Indicator)
    }
}

impl Scope {
    /// The cells of the cube in which something stands; none when there are too many groups to put together.
    pub async fn totals(&self, ask: &Ask) -> Result<Option<Vec<(Place, Cell)>>, StoreError> {
        let indicators: BTreeMap<String, Arc<Indicator>> =
            self.catalogue::<Indicator>().await?.into_iter().map(|one| (one.code.clone(), one)).collect();
        let rows = match self.kept(ask, &indicators).await? {
            Some(rows) => rows,
            None => self.rows(&self.grouped(ask, &indicators)).await?,
        };
        if u64::try_from(rows.len()).is_ok_and(|count| count > MOST) {
            return Ok(None);
        }
        let provinces = self.provinces(ask).await?;
        // Boxed, since there are many and they are moved about.
        let mut groups: Vec<Box<Group>> = Vec::with_capacity(rows.len());
        for row in &rows {
            let tenant = TenantId(column(row, "tenant_id")?);
            let (tenant, region) = provinces.get(&tenant).cloned().unwrap_or((tenant, None));
            let indicator = column::<Option<String>>(row, "indicator")?.and_then(|code| indicators.get(&code));
            let mut place = columns::place(row, ask)?;
            place.province = ask.has(Dimension::Province).then_some(tenant);
            place.region = region.filter(|_| ask.has(Dimension::Region));
            place.indicator = indicator.filter(|_| ask.has(Dimension::Indicator)).map(|one| one.code.clone());
            place.unit = indicator.filter(|_| ask.has(Dimension::Unit)).and_then(|one| one.unit.clone());
            let shares = indicator.is_some_and(|one| one.aggregation == Aggregation::None);
            groups.push(Box::new(Group { place, cell: cell(row, ask.of, tenant)?, shares }));
        }
        groups.sort_by(|a, b| a.place.cmp(&b.place));
        groups.dedup_by(|next, first| {
            let same = next.place == first.place;
            if same {
                first.cell.merge(&next.cell);
                first.shares |= next.shares;
            }
            same
        });
        let cell = |group: Box<Group>| {
            let Group { place, mut cell, shares } = *group;
            // Shares do not combine: what is more than one figure has no sum.
            if shares && cell.figures.counted > 1 {
                (cell.figures.value, cell.figures.qualifier) = (None, None);
            }
            (place, cell)
        };
        Ok(Some(groups.into_iter().map(cell).collect()))
    }

    /// For each tenant the province that stands for it, and its region.
    async fn provinces(&self, ask: &Ask) -> Result<BTreeMap<TenantId, (TenantId, Option<String>)>, StoreError> {
        let tenants = self.tenants_of_all_time().await?;
        let steps: Vec<TenantSuccession> =
            self.catalogue().await?.iter().map(|step: &Arc<TenantSuccession>| (**step).clone()).collect();
        let now = ask.boundaries.map(|day| boundaries::within(&tenants, &steps, day)).unwrap_or_default();
        let region = |id: TenantId| tenants.iter().find(|one| one.id == id).and_then(|one| one.region.clone());
        Ok(tenants
            .iter()
            .map(|one| {
                let now = now.get(&one.id).copied().unwrap_or(one.id);
                (one.id, (now, region(now)))
            })
            .collect())
    }

    /// The results that may be seen.
    fn sight<'a>(&'a self, ask: &'a Ask) -> Sight<'a> {
        let fits = move |whole| self.of_fitting_program(ask, whole);
        let fits: Option<Seen<'a>> = if ask.programs.is_everything() { None } else { Some(Box::new(fits)) };
        Sight { backend: self.backend(), seen: Box::new(|t| self.visible::<Outcome>(t)), fits }
    }

    /// That a result is of a program of which is asked.
    fn of_fitting_program(&self, ask: &Ask, result: &'static str) -> Condition {
        let t = alias(1);
        let mut select = SelectStatement::new();
        select
            .expr(Expr::cust("1"))
            .from_as(<Program as Record>::Entity::default(), Alias::new(t))
            .cond_where(col(t, "tenant_id").eq(col(result, "tenant_id")))
            .cond_where(col(t, "id").eq(col(result, "program_id")))
            .cond_where(self.visible::<Program>(t))
            .cond_where(ask.programs.condition(self, 1));
        Condition::all().add(Expr::exists(select))
    }

    /// ```sql
    /// SELECT tenant_id, …dimensions…, indicator, count(*), sum(CASE WHEN counts = 1 THEN value_e4 END), … FROM (
    ///   SELECT t0.tenant_id, …dimensions…, r.indicator, r.value_e4, CASE … END AS counts
    ///   FROM programs t0 JOIN results r ON r.tenant_id = t0.tenant_id AND r.program_id = t0.id
    ///   WHERE visible AND filter
    /// ) f GROUP BY …
    /// ```
    fn grouped(&self, ask: &Ask, indicators: &BTreeMap<String, Arc<Indicator>>) -> SelectStatement {
        let t = alias(0);
        let (mut facts, mut select) = (SelectStatement::new(), SelectStatement::new());
        if !ask.needs_no_program() {
            facts
                .from_as(<Program as Record>::Entity::default(), Alias::new(t))
                .cond_where(self.visible::<Program>(t))
                .cond_where(ask.programs.condition(self, 0));
        }
        // Of an event its own: it may deal with programs of several.
        let whose = if ask.of == Measure::Events || ask.needs_no_program() { RECORD } else { t };
        facts.expr_as(col(whose, "tenant_id"), Alias::new("tenant_id"));
        match ask.of {
            Measure::Programs => {
                facts.expr_as(col(t, "id"), Alias::new("id"));
            }
            Measure::Signatories => {
                self.of_program::<Involvement>(&mut facts);
                facts.cond_where(col(RECORD, "kind").eq("SIGNATORY")).expr_as(col(RECORD, "id"), Alias::new("id"));
            }
            Measure::Events => {
                self.events(&mut facts);
                facts.expr_as(col(RECORD, "id"), Alias::new("id"));
            }
            Measure::Awards => {
                self.of_program::<Award>(&mut facts);
                awards::add_columns(&mut facts, RECORD);
                awards::add_counts(&mut select, FACT);
            }
            Measure::Results => {
                let sight = self.sight(ask);
                if ask.needs_no_program() {
                    sight.read(&mut facts);
                } else {
                    self.of_program::<Outcome>(&mut facts);
                }
                figures::add(&sight, &mut facts, ask, indicators);
                figures::add_up(&mut select, sight.backend);
            }
        }
        let counted = match ask.of {
            Measure::Programs | Measure::Signatories | Measure::Events => col(FACT, "id").count_distinct(),
            Measure::Awards | Measure::Results => Expr::cust("count(*)"),
        };
        let mut names = columns::add(self, &mut facts, ask);
        names.push("tenant_id");
        if ask.of == Measure::Results {
            names.push("indicator");
        } else {
            select.expr_as(Expr::cust("null"), Alias::new("indicator"));
        }
        select.expr_as(counted, Alias::new("records"));
        group(select, facts, &names)
    }

    /// Joins the records of a program, those that may be seen.
    fn of_program<R: Record>(&self, select: &mut SelectStatement) {
        let t = alias(0);
        let of = Condition::all()
            .add(col(RECORD, "tenant_id").eq(col(t, "tenant_id")))
            .add(col(RECORD, "program_id").eq(col(t, "id")));
        select
            .join_as(JoinType::InnerJoin, R::Entity::default(), Alias::new(RECORD), of)
            .cond_where(self.visible::<R>(RECORD));
    }

    fn events(&self, select: &mut SelectStatement) {
        const BETWEEN: &str = "b";
        let t = alias(0);
        let of = Condition::all()
            .add(col(BETWEEN, "program_tenant_id").eq(col(t, "tenant_id")))
            .add(col(BETWEEN, "program_id").eq(col(t, "id")));
        let event = Condition::all()
            .add(col(RECORD, "tenant_id").eq(col(BETWEEN, "tenant_id")))
            .add(col(RECORD, "id").eq(col(BETWEEN, "event_id")));
        select
            .join_as(JoinType::InnerJoin, Alias::new("event_programs"), Alias::new(BETWEEN), of)
            .join_as(JoinType::InnerJoin, <Event as Record>::Entity::default(), Alias::new(RECORD), event)
            .cond_where(self.visible_in(crate::Holds::RECORDS, BETWEEN))
            .cond_where(self.visible::<Event>(RECORD));
    }
}

/// The facts in groups.
fn group(mut select: SelectStatement, facts: SelectStatement, by: &[&'static str]) -> SelectStatement {
    for name in by {
        select.expr_as(col(FACT, name), Alias::new(*name)).add_group_by([col(FACT, name)]);
    }
    select.from_subquery(facts, Alias::new(FACT)).limit(MOST + 1);
    select
}

/// A condition on a result that is known by an alias.
type Seen<'a> = Box<dyn Fn(&'static str) -> Condition + Send + Sync + 'a>;

/// Which results are added up.
struct Sight<'a> {
    backend: DbBackend,
    /// Those that may be seen.
    seen: Seen<'a>,
    /// Of these those of whose programs is asked, where not of all is.
    fits: Option<Seen<'a>>,
}

impl Sight<'_> {
    /// Reads them as they are, without their programs.
    fn read(&self, facts: &mut SelectStatement) {
        facts.from_as(<Outcome as Record>::Entity::default(), Alias::new(RECORD)).cond_where((self.seen)(RECORD));
    }

    /// What they add up to by tenant and indicator, and by year if that is asked.
    fn sums(&self, ask: &Ask, indicators: &BTreeMap<String, Arc<Indicator>>) -> SelectStatement {
        let (mut facts, mut select) = (SelectStatement::new(), SelectStatement::new());
        let mut names = vec!["tenant_id", "indicator"];
        facts.expr_as(col(RECORD, "tenant_id"), Alias::new("tenant_id"));
        self.read(&mut facts);
        figures::add(self, &mut facts, ask, indicators);
        figures::add_up(&mut select, self.backend);
        if ask.has(Dimension::Year) {
            facts.expr_as(columns::year(self.backend, ask.of, RECORD), Alias::new("year"));
            names.push("year");
        }
        select.expr_as(Expr::cust("count(*)"), Alias::new("records"));
        group(select, facts, &names)
    }
}

/// Reads what stands in one group.
fn cell(row: &QueryResult, of: Measure, tenant: TenantId) -> Result<Cell, StoreError> {
    let mut cell = Cell { records: count(row, "records")?, ..Cell::default() };
    let mut reports = true;
    match of {
        Measure::Results => {
            cell.figures = figures::total(row)?;
            cell.left_out = count(row, "left_out")?;
            reports = cell.figures.counted > 0;
        }
        Measure::Awards => {
            cell.collectives = awards::count_total(row, "collectives")?;
            cell.individuals = awards::count_total(row, "individuals")?;
        }
        Measure::Programs | Measure::Signatories | Measure::Events => cell.figures = Total::empty(),
    }
    if reports {
        cell.reporting.push(tenant);
    }
    Ok(cell)
}

/// Reads where a link leads; none where it was joined to nothing.
pub(super) fn parent(row: &QueryResult) -> Result<Option<Parent>, StoreError> {
    let [program_tenant, program, document_tenant, document] = PARENT;
    if column::<Option<uuid::Uuid>>(row, program)?.is_some() {
        return Ok(Some(Parent::Program(Id::from_row(row, program_tenant, program)?)));
    }
    if column::<Option<uuid::Uuid>>(row, document)?.is_some() {
        return Ok(Some(Parent::Document(Id::from_row(row, document_tenant, document)?)));
    }
    Ok(None)
}
