//! Obligations that directions opened, and which of them a program fulfilled.

use chrono::NaiveDate;
use domain::reports::cascade::{LevelObligations, ObligationState};
use domain::{Obligation, Program};
use sea_orm::JoinType;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};

use super::quality::{count, count_if};
use super::signed;
use crate::codec::{self, column};
use crate::filter::alias;
use crate::record::{Record, col};
use crate::{Filter, Operand, Scope, StoreError, Test, direction};

/// Obligations opened under `programs` that stand so on the day `as_of`; all of them when nothing is said.
pub fn obligations(programs: Filter<Program>, state: Option<ObligationState>, as_of: NaiveDate) -> Filter<Obligation> {
    let mut all = vec![Filter::some(direction::PROGRAM, Filter::all(vec![programs, signed()]))];
    all.extend(state.map(|state| stands(state, as_of)));
    Filter::all(all)
}

fn stands(state: ObligationState, as_of: NaiveDate) -> Filter<Obligation> {
    // Only by a program that whoever asks may see: that there is another one must not show.
    let fulfilled = Filter::some(direction::FULFILLED_BY, Filter::default());
    let due = |test| Filter::test(direction::DUE_LATEST, test);
    let day = || Operand::Date(as_of);
    match state {
        ObligationState::Fulfilled => fulfilled,
        ObligationState::Overdue => Filter::all(vec![Filter::negated(fulfilled), due(Test::Lt(day()))]),
        ObligationState::Open => Filter::all(vec![
            Filter::negated(fulfilled),
            Filter::any(vec![due(Test::IsNull(true)), due(Test::Gte(day()))]),
        ]),
    }
}

impl Scope {
    /// How many obligations stand where, by the level of the programs under which they were opened.
    ///
    /// ```sql
    /// SELECT p.level, count(*), sum(CASE WHEN fulfilled THEN 1 ELSE 0 END), … FROM obligations o JOIN programs p … GROUP BY 1
    /// ```
    pub async fn obligations_by_level(
        &self,
        programs: Filter<Program>,
        as_of: NaiveDate,
    ) -> Result<Vec<LevelObligations>, StoreError> {
        const PROGRAM: &str = "p";
        let t = alias(0);
        let counted = |state| count_if(stands(state, as_of).condition(self, 0));
        let mut select = SelectStatement::new();
        select
            .expr_as(col(PROGRAM, "level"), Alias::new("level"))
            .expr_as(Expr::cust("count(*)"), Alias::new("opened"))
            .expr_as(counted(ObligationState::Fulfilled), Alias::new("fulfilled"))
            .expr_as(counted(ObligationState::Overdue), Alias::new("overdue"))
            .from_as(<Obligation as Record>::Entity::default(), Alias::new(t))
            .join_as(
                JoinType::InnerJoin,
                <Program as Record>::Entity::default(),
                Alias::new(PROGRAM),
                Condition::all()
                    .add(col(PROGRAM, "tenant_id").eq(col(t, "tenant_id")))
                    .add(col(PROGRAM, "id").eq(col(t, "program_id"))),
            )
            .cond_where(self.visible::<Obligation>(t))
            .cond_where(obligations(programs, None, as_of).condition(self, 0))
            .add_group_by([col(PROGRAM, "level")]);
        let mut levels = Vec::new();
        for row in self.rows(&select).await? {
            levels.push(LevelObligations {
                level: codec::code("level", &column::<String>(&row, "level")?)?,
                opened: count(&row, "opened")?,
                fulfilled: count(&row, "fulfilled")?,
                overdue: count(&row, "overdue")?,
            });
        }
        levels.sort_by_key(|one: &LevelObligations| one.level);
        Ok(levels)
    }
}
