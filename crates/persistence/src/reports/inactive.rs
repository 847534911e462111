//! Programs in force of which nothing was recorded for long.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::program::ProgramStatus;
use domain::{Event, Id, Outcome, Program};
use futures_util::FutureExt;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};

use super::code;
use crate::codec::column;
use crate::record::{Key, Record, among, col};
use crate::{Filter, Loader, Operand, Scope, StoreError, Test, event, program, result};

/// Programs that may be in force on the day `as_of`, and were neither signed nor the subject of an event or a result on the
/// day `since` or later, as far as days are known.
pub fn inactive(as_of: NaiveDate, since: NaiveDate) -> Filter<Program> {
    let day = |day| Operand::Date(day);
    let unknown_or =
        |field, test| Filter::any(vec![Filter::test(field, Test::IsNull(true)), Filter::test(field, test)]);
    let no_event =
        Filter::negated(Filter::some(event::OF_PROGRAM, Filter::test(event::HELD_LATEST, Test::Gte(day(since)))));
    let no_result = Filter::negated(Filter::some(
        result::OF_PROGRAM,
        Filter::any(vec![
            Filter::test(result::PERIOD_LATEST, Test::Gte(day(since))),
            Filter::test(result::AS_OF_LATEST, Test::Gte(day(since))),
        ]),
    ));
    Filter::all(vec![
        Filter::test(program::STATUS, Test::Eq(code(ProgramStatus::Signed))),
        unknown_or(program::PERIOD_EARLIEST, Test::Lte(day(as_of))),
        unknown_or(program::PERIOD_LATEST, Test::Gte(day(as_of))),
        unknown_or(program::SIGNED_LATEST, Test::Lt(day(since))),
        no_event,
        no_result,
    ])
}

/// The last day of which something was recorded.
struct LastDay;

impl Loader {
    /// The last day on which an event that dealt with a program was held, or which a result of it covers; none where no
    /// such day is known.
    pub async fn last_recorded(&self, program: Id<Program>) -> Result<Option<NaiveDate>, StoreError> {
        let fetch = |scope: Scope, programs: Vec<_>| async move { scope.last_recorded(&programs).await }.boxed();
        self.fact::<LastDay, _, _, _>(String::new(), program, fetch).await
    }
}

impl Scope {
    async fn last_recorded(&self, programs: &[Id<Program>]) -> Result<HashMap<Id<Program>, NaiveDate>, StoreError> {
        let mut found = HashMap::new();
        let held = self.last_held(programs);
        let covered = ["period_latest", "as_of_latest"].map(|column| self.last_covered(programs, column));
        for select in covered.into_iter().chain([held]) {
            for row in self.rows(&select).await? {
                let Some(day) = column::<Option<NaiveDate>>(&row, "day")? else { continue };
                let last = found.entry(Key::from_row(&row, "tenant_id", "program_id")?).or_insert(day);
                *last = std::cmp::max(day, *last);
            }
        }
        Ok(found)
    }

    /// `SELECT b.program_tenant_id, b.program_id, max(e.held_on_latest) FROM event_programs b JOIN events e … GROUP BY 1, 2`.
    fn last_held(&self, programs: &[Id<Program>]) -> SelectStatement {
        const BETWEEN: &str = "b";
        const EVENT: &str = "e";
        let mut select = SelectStatement::new();
        select
            .expr_as(col(BETWEEN, "program_tenant_id"), Alias::new("tenant_id"))
            .expr_as(col(BETWEEN, "program_id"), Alias::new("program_id"))
            .expr_as(Expr::expr(col(EVENT, "held_on_latest")).max(), Alias::new("day"))
            .from_as(Alias::new("event_programs"), Alias::new(BETWEEN))
            .join_as(
                sea_orm::JoinType::InnerJoin,
                <Event as Record>::Entity::default(),
                Alias::new(EVENT),
                Condition::all()
                    .add(col(EVENT, "tenant_id").eq(col(BETWEEN, "tenant_id")))
                    .add(col(EVENT, "id").eq(col(BETWEEN, "event_id"))),
            )
            .cond_where(among(BETWEEN, (Some("program_tenant_id"), "program_id"), programs))
            .cond_where(self.visible_in(crate::Holds::RECORDS, BETWEEN))
            .cond_where(self.visible::<Event>(EVENT))
            .add_group_by([col(BETWEEN, "program_tenant_id"), col(BETWEEN, "program_id")]);
        select
    }

    fn last_covered(&self, programs: &[Id<Program>], day: &'static str) -> SelectStatement {
        const RESULT: &str = "r";
        let mut select = SelectStatement::new();
        select
            .columns(["tenant_id", "program_id"].map(|name| (Alias::new(RESULT), Alias::new(name))))
            .expr_as(Expr::expr(col(RESULT, day)).max(), Alias::new("day"))
            .from_as(<Outcome as Record>::Entity::default(), Alias::new(RESULT))
            .cond_where(among(RESULT, (Some("tenant_id"), "program_id"), programs))
            .cond_where(self.visible::<Outcome>(RESULT))
            .add_group_by([col(RESULT, "tenant_id"), col(RESULT, "program_id")]);
        select
    }
}
