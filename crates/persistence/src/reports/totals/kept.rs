//! Sums that are kept: what results add up to by tenant, indicator and year, read instead of the results themselves where
//! nothing else is asked.
//!
//! Results are added up anew where a mark says that one was changed since, and where one sees more of a tenant than any
//! sum holds, because some of its programs are shared: what is answered is the same at every moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::catalogue::{Aggregation, Indicator};
use domain::reports::totals::{Dimension, Measure};
use domain::{Outcome, TenantId};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};
use sea_orm::{JoinType, QueryResult};

use super::{Ask, Sight};
use crate::codec::column;
use crate::record::col;
use crate::{Scope, StoreError};

/// The table of sums.
pub(super) const TOTALS: &str = "result_totals";
/// The table of marks.
pub(super) const STALE: &str = "stale_totals";
/// What a sum consists of, in the words of the statement that adds up.
pub(super) const FIGURES: [&str; 7] = ["records", "counted", "missing", "left_out", "lower", "upper", "loose"];

const KEPT: &str = "k";
/// With more groups to be added up anew, everything is: to tell so many apart costs as much.
const MANY: usize = 300;

/// Results of some tenants, of some indicators each or of all.
#[derive(Debug, Default)]
struct Groups(BTreeMap<TenantId, Option<BTreeSet<String>>>);

impl Groups {
    fn add(&mut self, tenant: TenantId, indicator: String) {
        if let Some(indicators) = self.0.entry(tenant).or_insert_with(|| Some(BTreeSet::new())) {
            indicators.insert(indicator);
        }
    }

    fn add_all(&mut self, tenant: TenantId) {
        self.0.insert(tenant, None);
    }

    fn has(&self, tenant: TenantId, indicator: &str) -> bool {
        let of =
            |indicators: &Option<BTreeSet<String>>| indicators.as_ref().is_none_or(|some| some.contains(indicator));
        self.0.get(&tenant).is_some_and(of)
    }

    fn len(&self) -> usize {
        self.0.values().map(|indicators| indicators.as_ref().map_or(1, BTreeSet::len)).sum()
    }

    /// The condition under which a result is one of them.
    fn condition(&self, alias: &'static str) -> Condition {
        self.0.iter().fold(Condition::any(), |any, (tenant, indicators)| {
            let some = indicators.as_ref().map(|some| col(alias, "indicator").is_in(some.iter().map(String::as_str)));
            any.add(Condition::all().add(col(alias, "tenant_id").eq(tenant.0)).add_option(some))
        })
    }
}

impl Ask {
    /// Whether sums are kept of what is asked.
    fn is_kept(&self) -> bool {
        use Dimension::{Indicator, Province, Region, Unit, Year};
        let kept = |one: &Dimension| matches!(one, Province | Region | Indicator | Unit | Year);
        let whole = self.programs.is_everything() && self.from.is_none() && self.to.is_none();
        self.of == Measure::Results && whole && !self.mixes_indicators() && self.by.iter().all(kept)
    }
}

/// Whether the figures of an indicator add up over time.
pub(super) fn adds_up(indicator: &Indicator) -> bool {
    indicator.aggregation == Aggregation::Sum
}

impl Scope {
    /// The groups of a cube of results, from the sums that are kept; none when none are kept of what is asked.
    pub(super) async fn kept(
        &self,
        ask: &Ask,
        indicators: &BTreeMap<String, Arc<Indicator>>,
    ) -> Result<Option<Vec<QueryResult>>, StoreError> {
        if !ask.is_kept() {
            return Ok(None);
        }
        let mut anew = self.to_be_added_up(ask).await?;
        let mut kept = Vec::new();
        for row in self.rows(&self.sums(ask)).await? {
            let (tenant, code) = (TenantId(column(&row, "tenant_id")?), column::<String>(&row, "indicator")?);
            let so: bool = column(&row, "adds_up")?;
            // Summed otherwise than the catalog says by now.
            if indicators.get(&code).is_none_or(|one| adds_up(one) != so) {
                anew.add(tenant, code.clone());
            }
            kept.push((tenant, code, row));
        }
        if anew.len() > MANY {
            return Ok(None);
        }
        kept.retain(|(tenant, code, _)| !anew.has(*tenant, code));
        let mut rows: Vec<QueryResult> = kept.into_iter().map(|(_, _, row)| row).collect();
        if anew.len() > 0 {
            let seen = |t| self.visible::<Outcome>(t).add(anew.condition(t));
            let sight = Sight { backend: self.backend(), seen: Box::new(seen), fits: None };
            rows.extend(self.rows(&sight.sums(ask, indicators)).await?);
        }
        Ok(Some(rows))
    }

    /// ```sql
    /// SELECT tenant_id, indicator, year, adds_up, records, …, sum_e4 AS sum FROM result_totals WHERE by_year AND …
    /// ```
    fn sums(&self, ask: &Ask) -> SelectStatement {
        let mut select = SelectStatement::new();
        select.columns(["tenant_id", "indicator", "year", "adds_up"].map(|name| (Alias::new(KEPT), Alias::new(name))));
        select
            .columns(FIGURES.map(|name| (Alias::new(KEPT), Alias::new(name))))
            .expr_as(col(KEPT, "sum_e4"), Alias::new("sum"))
            .from_as(Alias::new(TOTALS), Alias::new(KEPT))
            .cond_where(self.access().sums(KEPT))
            .cond_where(col(KEPT, "by_year").eq(ask.has(Dimension::Year)));
        of_indicators(&mut select, ask);
        select
    }

    /// What has changed since it was added up, and what is seen only in part.
    async fn to_be_added_up(&self, ask: &Ask) -> Result<Groups, StoreError> {
        let mut anew = Groups::default();
        let mut marks = SelectStatement::new();
        marks
            .distinct()
            .columns(["tenant_id", "indicator"].map(|name| (Alias::new(KEPT), Alias::new(name))))
            .from_as(Alias::new(STALE), Alias::new(KEPT))
            .cond_where(self.access().stale_sums(KEPT));
        of_indicators(&mut marks, ask);
        for row in self.rows(&marks).await? {
            anew.add(TenantId(column(&row, "tenant_id")?), column(&row, "indicator")?);
        }
        if let Some(select) = self.sharing() {
            for row in self.rows(&select).await? {
                anew.add_all(TenantId(column(&row, "id")?));
            }
        }
        Ok(anew)
    }

    /// The tenants whose internal programs are seen only as far as they are shared.
    fn sharing(&self) -> Option<SelectStatement> {
        const SHARED: &str = "s";
        const PROGRAM: &str = "p";
        let mut shares = SelectStatement::new();
        let same = Condition::all()
            .add(col(PROGRAM, "tenant_id").eq(col(SHARED, "tenant_id")))
            .add(col(PROGRAM, "id").eq(col(SHARED, "program_id")));
        shares
            .expr(Expr::cust("1"))
            .from_as(Alias::new("shares"), Alias::new(SHARED))
            .join_as(JoinType::InnerJoin, Alias::new("programs"), Alias::new(PROGRAM), same)
            .cond_where(col(SHARED, "tenant_id").eq(col(KEPT, "id")))
            .cond_where(self.access().shared_only(SHARED)?)
            .cond_where(col(PROGRAM, "visibility").eq("INTERNAL"));
        let mut select = SelectStatement::new();
        select
            .column((Alias::new(KEPT), Alias::new("id")))
            .from_as(Alias::new("tenants"), Alias::new(KEPT))
            .cond_where(Expr::exists(shares));
        Some(select)
    }
}

fn of_indicators(select: &mut SelectStatement, ask: &Ask) {
    if !ask.indicators.is_empty() {
        select.cond_where(col(KEPT, "indicator").is_in(ask.indicators.iter().map(String::as_str)));
    }
}
