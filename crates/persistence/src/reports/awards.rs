//! Awards, added up by what was given and by whom.

use domain::reports::awards::{AwardTotal, CountTotal, Giver};
use domain::{Award, Id, Involvement, Program, TenantId};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};
use sea_orm::{JoinType, QueryResult};

use super::quality::{count, count_if};
use super::signed;
use crate::codec::column;
use crate::filter::alias;
use crate::record::{Record, col};
use crate::{Filter, Scope, StoreError, award};

const GIVER: &str = "g";

/// The counts that an award can state.
const COUNTS: [&str; 3] = ["collectives", "individuals", "mixed_total"];

impl Scope {
    /// Awards given under `programs`, by kind; and, where `by_giver`, by each giver. An award of two givers then stands under
    /// each.
    ///
    /// ```sql
    /// SELECT t0.kind, g.agency_tenant_id, g.agency_id, g.label, count(*), sum(t0.collectives), count(t0.collectives), …
    /// FROM awards t0 LEFT JOIN involvements g ON … AND g.kind = 'GIVER' GROUP BY 1, 2, 3, 4
    /// ```
    pub async fn awards(&self, programs: Filter<Program>, by_giver: bool) -> Result<Vec<AwardTotal>, StoreError> {
        let t = alias(0);
        let mut select = SelectStatement::new();
        select
            .expr_as(col(t, "kind"), Alias::new("kind"))
            .expr_as(Expr::cust("count(*)"), Alias::new("awards"))
            .from_as(<Award as Record>::Entity::default(), Alias::new(t))
            .cond_where(self.visible::<Award>(t))
            .cond_where(Filter::some(award::PROGRAM, Filter::all(vec![programs, signed()])).condition(self, 0))
            .add_group_by([col(t, "kind")])
            .order_by_expr(Expr::cust("count(*)"), sea_orm::Order::Desc)
            .order_by_expr(col(t, "kind"), sea_orm::Order::Asc);
        add_counts(&mut select, t);
        let unknown = Condition::all().add(col(t, "overlap_unknown").eq(true));
        select.expr_as(count_if(unknown), Alias::new("overlap_unknown"));
        if by_giver {
            let given = Condition::all()
                .add(col(GIVER, "tenant_id").eq(col(t, "tenant_id")))
                .add(col(GIVER, "award_id").eq(col(t, "id")))
                .add(col(GIVER, "kind").eq("GIVER"))
                .add(self.visible::<Involvement>(GIVER));
            let columns = ["agency_tenant_id", "agency_id", "label"];
            select
                .join_as(JoinType::LeftJoin, <Involvement as Record>::Entity::default(), Alias::new(GIVER), given)
                .columns(columns.map(|name| (Alias::new(GIVER), Alias::new(name))))
                .add_group_by(columns.map(|name| col(GIVER, name)));
            for name in columns {
                select.order_by_expr(col(GIVER, name), sea_orm::Order::Asc);
            }
        }
        let one = |row: &QueryResult| {
            let giver = if by_giver { giver(row)? } else { None };
            Ok(AwardTotal {
                kind: column(row, "kind")?,
                giver,
                awards: count(row, "awards")?,
                collectives: count_total(row, "collectives")?,
                individuals: count_total(row, "individuals")?,
                mixed: count_total(row, "mixed_total")?,
                overlap_unknown: count(row, "overlap_unknown")?,
            })
        };
        self.rows(&select).await?.iter().map(one).collect()
    }
}

/// What a row tells of who gave; none where it names nobody.
fn giver(row: &QueryResult) -> Result<Option<Giver>, StoreError> {
    let agency = column::<Option<i32>>(row, "agency_tenant_id")?.zip(column::<Option<uuid::Uuid>>(row, "agency_id")?);
    let agency = agency.map(|(tenant, id)| Id::new(TenantId(tenant), id));
    let label: Option<String> = column(row, "label")?;
    Ok((agency.is_some() || label.is_some()).then_some(Giver { agency, label }))
}

/// Adds what an award, known by the alias, counts.
pub(super) fn add_columns(select: &mut SelectStatement, award: &'static str) {
    for name in COUNTS {
        select.column((Alias::new(award), Alias::new(name)));
    }
}

/// Adds the sums of what awards, known by the alias, count, and how many count it.
pub(super) fn add_counts(select: &mut SelectStatement, award: &'static str) {
    for name in COUNTS {
        let sum = Expr::expr(col(award, name)).sum().cast_as(Alias::new("bigint"));
        select
            .expr_as(sum, Alias::new(format!("sum_{name}")))
            .expr_as(Expr::expr(col(award, name)).count(), Alias::new(format!("count_{name}")))
            .expr_as(count_if(Condition::all().add(col(award, name).is_null())), Alias::new(format!("missing_{name}")));
    }
}

/// Reads one of them.
pub(super) fn count_total(row: &QueryResult, name: &str) -> Result<CountTotal, StoreError> {
    Ok(CountTotal {
        value: column(row, &format!("sum_{name}"))?,
        counted: count(row, &format!("count_{name}"))?,
        missing: count(row, &format!("missing_{name}"))?,
    })
}
