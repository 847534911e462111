//! Who signs with whom: pairs of sectors, or of agencies, that signed the same programs.

use domain::reports::collaboration::Pair;
use domain::{Agency, Id, Involvement, Program};
use sea_orm::sea_query::{Alias, CommonTableExpression, Condition, Expr, ExprTrait, SelectStatement, WithClause};
use sea_orm::{JoinType, QueryResult};

use super::quality::count;
use super::{signed, signer};
use crate::codec::column;
use crate::filter::alias;
use crate::record::{Key, Record, col};
use crate::{Filter, Scope, StoreError};

const ONE: &str = "x";
const OTHER: &str = "y";
const SIGNERS: &str = "signers";

impl Scope {
    /// The pairs of sectors that signed most of `programs` together, at most so many.
    pub async fn sector_pairs(&self, programs: Filter<Program>, most: u32) -> Result<Vec<Pair<String>>, StoreError> {
        let signers = signer::sectors(self, |_| Condition::all());
        let select = self.pairs(programs, most, signers, &["sector"]);
        let one = |row: &QueryResult| pair(row, column(row, "one_sector")?, column(row, "other_sector")?);
        self.rows(&select).await?.iter().map(one).collect()
    }

    /// The pairs of agencies that signed most of `programs` together, at most so many.
    pub async fn agency_pairs(
        &self,
        programs: Filter<Program>,
        most: u32,
    ) -> Result<Vec<Pair<Id<Agency>>>, StoreError> {
        let names = ["agency_id", "agency_tenant_id"];
        let select = self.pairs(programs, most, self.signing_agencies(), &names);
        let one = |row: &QueryResult| {
            let key = |of: &str| Id::from_row(row, &format!("{of}_agency_tenant_id"), &format!("{of}_agency_id"));
            pair(row, key("one")?, key("other")?)
        };
        self.rows(&select).await?.iter().map(one).collect()
    }

    fn signing_agencies(&self) -> SelectStatement {
        const PARTY: &str = "i";
        let columns = ["tenant_id", "program_id", "agency_tenant_id", "agency_id"];
        let mut select = SelectStatement::new();
        select
            .distinct()
            .columns(columns.map(|name| (Alias::new(PARTY), Alias::new(name))))
            .from_as(<Involvement as Record>::Entity::default(), Alias::new(PARTY))
            .cond_where(self.visible::<Involvement>(PARTY))
            .cond_where(col(PARTY, "kind").eq("SIGNATORY"))
            .cond_where(col(PARTY, "agency_id").is_not_null());
        select
    }

    /// ```sql
    /// WITH signers AS (…) SELECT x.sector, y.sector, count(*), min(t0.signed_on_earliest) FROM programs t0
    /// JOIN signers x ON … JOIN signers y ON … AND x.sector < y.sector GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 100
    /// ```
    fn pairs(
        &self,
        programs: Filter<Program>,
        most: u32,
        signers: SelectStatement,
        names: &[&'static str],
    ) -> SelectStatement {
        let t = alias(0);
        let of = |who: &'static str| {
            Condition::all()
                .add(col(who, "tenant_id").eq(col(t, "tenant_id")))
                .add(col(who, "program_id").eq(col(t, "id")))
        };
        let mut select = SelectStatement::new();
        select
            .expr_as(Expr::cust("count(*)"), Alias::new("programs"))
            .expr_as(Expr::expr(col(t, "signed_on_earliest")).min(), Alias::new("since"))
            .from_as(<Program as Record>::Entity::default(), Alias::new(t))
            .cond_where(self.visible::<Program>(t))
            .cond_where(Filter::all(vec![programs, signed()]).condition(self, 0))
            .join_as(JoinType::InnerJoin, Alias::new(SIGNERS), Alias::new(ONE), of(ONE))
            .order_by_expr(Expr::cust("count(*)"), sea_orm::Order::Desc)
            .limit(u64::from(most));
        let mut ordered = of(OTHER);
        if let Some(first) = names.first() {
            ordered = ordered.add(col(ONE, first).lt(col(OTHER, first)));
        }
        select.join_as(JoinType::InnerJoin, Alias::new(SIGNERS), Alias::new(OTHER), ordered);
        let mut signing = CommonTableExpression::new();
        signing.query(signers).table_name(Alias::new(SIGNERS));
        select.with_cte(WithClause::new().cte(signing).to_owned());
        for (who, prefix) in [(ONE, "one"), (OTHER, "other")] {
            for name in names {
                select
                    .expr_as(col(who, name), Alias::new(format!("{prefix}_{name}")))
                    .add_group_by([col(who, name)])
                    .order_by_expr(col(who, name), sea_orm::Order::Asc);
            }
        }
        select
    }
}

fn pair<T>(row: &QueryResult, one: T, other: T) -> Result<Pair<T>, StoreError> {
    Ok(Pair { one, other, programs: count(row, "programs")?, since: column(row, "since")? })
}
