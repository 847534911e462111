//! How much is known of the programs of each tenant.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::reports::quality::Quality;
use domain::{Conflict, Involvement, Person, Program, Source, TenantId};
use sea_orm::sea_query::{Alias, CaseStatement, Condition, Expr, ExprTrait, SelectStatement};
use sea_orm::{JoinType, QueryResult};

use super::signed;
use crate::codec::column;
use crate::filter::alias;
use crate::record::{Record, col};
use crate::{Filter, Scope, StoreError, Test, program, source};

const SIGNED: &str = "s";

/// How many rows there are for which a condition holds.
pub(super) fn count_if(condition: Condition) -> Expr {
    let one: Expr = CaseStatement::new().case(condition, 1).finally(0).into();
    one.sum().cast_as(Alias::new("bigint"))
}

pub(super) fn count(row: &QueryResult, name: &str) -> Result<u64, StoreError> {
    Ok(u64::try_from(column::<i64>(row, name)?).unwrap_or(0))
}

impl Scope {
    /// What is known of `programs`, and of the sources and disagreements of the tenants whose programs they are, tenant by
    /// tenant.
    ///
    /// ```sql
    /// SELECT t0.tenant_id, count(*), sum(CASE WHEN t0.number IS NULL THEN 1 ELSE 0 END), … FROM programs t0 … GROUP BY 1
    /// ```
    pub async fn quality(&self, programs: Filter<Program>) -> Result<Vec<Quality>, StoreError> {
        let t = alias(0);
        let without = |column: &'static str| {
            count_if(Condition::any().add(col(SIGNED, column).is_null()).add(col(SIGNED, column).eq(0)))
        };
        let unknown = |field| count_if(Filter::test(field, Test::IsNull(true)).condition(self, 0));
        let no_period = Condition::all()
            .add(col(t, "period_start").is_null())
            .add(col(t, "period_end").is_null())
            .add(col(t, "open_ended").eq(false));
        let of_program = Condition::all()
            .add(col(SIGNED, "tenant_id").eq(col(t, "tenant_id")))
            .add(col(SIGNED, "program_id").eq(col(t, "id")));
        let mut select = SelectStatement::new();
        select
            .expr_as(col(t, "tenant_id"), Alias::new("tenant_id"))
            .expr_as(Expr::cust("count(*)"), Alias::new("programs"))
            .expr_as(count_if(Condition::all().add(col(t, "number").is_null())), Alias::new("without_number"))
            .expr_as(unknown(program::SIGNED_LATEST), Alias::new("without_date"))
            .expr_as(count_if(no_period), Alias::new("without_period"))
            .expr_as(without("signatories"), Alias::new("without_signatory"))
            .expr_as(without("named"), Alias::new("without_named_signer"))
            .expr_as(
                count_if(Filter::negated(Filter::some(source::OF_PROGRAM, Filter::default())).condition(self, 0)),
                Alias::new("without_source"),
            )
            .join_subquery(JoinType::LeftJoin, self.signatures(), Alias::new(SIGNED), of_program)
            .from_as(<Program as Record>::Entity::default(), Alias::new(t))
            .cond_where(self.visible::<Program>(t))
            .cond_where(Filter::all(vec![programs, signed()]).condition(self, 0))
            .add_group_by([col(t, "tenant_id")]);
        let mut found: BTreeMap<TenantId, Quality> = BTreeMap::new();
        for row in self.rows(&select).await? {
            let tenant = TenantId(column(&row, "tenant_id")?);
            let quality = Quality {
                programs: count(&row, "programs")?,
                without_number: count(&row, "without_number")?,
                without_date: count(&row, "without_date")?,
                without_period: count(&row, "without_period")?,
                without_signatory: count(&row, "without_signatory")?,
                without_named_signer: count(&row, "without_named_signer")?,
                without_source: count(&row, "without_source")?,
                ..Quality::of(tenant)
            };
            found.insert(tenant, quality);
        }
        self.add_conflicts(&mut found).await?;
        self.add_sources(&mut found).await?;
        Ok(found.into_values().collect())
    }

    /// How many signatories each program has, and of how many of them a person is named.
    fn signatures(&self) -> SelectStatement {
        const PARTY: &str = "i";
        const WHO: &str = "w";
        let person = Condition::all()
            .add(col(WHO, "tenant_id").eq(col(PARTY, "tenant_id")))
            .add(col(WHO, "id").eq(col(PARTY, "person_id")))
            .add(self.visible::<Person>(WHO));
        let mut select = SelectStatement::new();
        select
            .columns(["tenant_id", "program_id"].map(|name| (Alias::new(PARTY), Alias::new(name))))
            .expr_as(Expr::cust("count(*)"), Alias::new("signatories"))
            .expr_as(col(WHO, "id").count(), Alias::new("named"))
            .from_as(<Involvement as Record>::Entity::default(), Alias::new(PARTY))
            .join_as(JoinType::LeftJoin, <Person as Record>::Entity::default(), Alias::new(WHO), person)
            .cond_where(self.visible::<Involvement>(PARTY))
            .cond_where(col(PARTY, "kind").eq("SIGNATORY"))
            .add_group_by(["tenant_id", "program_id"].map(|name| col(PARTY, name)));
        select
    }

    async fn add_conflicts(&self, found: &mut BTreeMap<TenantId, Quality>) -> Result<(), StoreError> {
        let t = alias(0);
        let mut select = SelectStatement::new();
        select
            .expr_as(col(t, "record_tenant_id"), Alias::new("tenant_id"))
            .expr_as(Expr::cust("count(*)"), Alias::new("conflicts"))
            .expr_as(count_if(Condition::all().add(col(t, "preferred").is_null())), Alias::new("open_conflicts"))
            .from_as(<Conflict as Record>::Entity::default(), Alias::new(t))
            .cond_where(self.visible::<Conflict>(t))
            .add_group_by([col(t, "record_tenant_id")]);
        for row in self.rows(&select).await? {
            if let Some(quality) = found.get_mut(&TenantId(column(&row, "tenant_id")?)) {
                quality.conflicts = count(&row, "conflicts")?;
                quality.open_conflicts = count(&row, "open_conflicts")?;
            }
        }
        Ok(())
    }

    async fn add_sources(&self, found: &mut BTreeMap<TenantId, Quality>) -> Result<(), StoreError> {
        let t = alias(0);
        let mut select = SelectStatement::new();
        select
            .expr_as(col(t, "tenant_id"), Alias::new("tenant_id"))
            .expr_as(Expr::expr(col(t, "published_on_latest")).max(), Alias::new("newest"))
            .from_as(<Source as Record>::Entity::default(), Alias::new(t))
            .cond_where(self.visible::<Source>(t))
            .add_group_by([col(t, "tenant_id")]);
        for row in self.rows(&select).await? {
            if let Some(quality) = found.get_mut(&TenantId(column(&row, "tenant_id")?)) {
                quality.newest_source = column::<Option<NaiveDate>>(&row, "newest")?;
            }
        }
        Ok(())
    }
}
