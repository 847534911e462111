//! Changes: every write of a record leaves a row in `changes`, in the same transaction, so that there is neither a change
//! without a row nor a row without a change. How they are read is `change/follow.rs`, how readers are woken `wake.rs`.
//!
//! Listed are records that have a type in the graph. Not listed are catalogs, districts among them, which come with the
//! program; grants and keys; and what only joins records. Nor is it a change that somebody may see a record from now on,
//! by a grant or because they signed a program: the record is the same, and whoever reads it anew finds it.

mod about;
mod follow;

use std::sync::atomic::Ordering;

use domain::change::Operation;
use domain::{
    Award, Citation, CooperationArea, Direction, Involvement, Obligation, Outcome, PlannedActivity, Position,
    ProgramLink, RecordKind, Remark, SubmissionDecision, SubmissionItem, Target,
};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, InsertStatement, IntoColumnRef, Order, SelectStatement};

use crate::codec;
use crate::edge::table_name;
use crate::record::{Key, Stored, among, col};
use crate::{StoreError, Tx};

pub use follow::{ChangeFilter, Changes, Place, after, end, place, version};

/// How the changes of a table's rows are listed.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    pub(crate) kind: RecordKind,
    pub(crate) program: Option<&'static str>,
    pub(crate) by: Option<&'static str>,
}

impl Listed {
    /// As records of a kind.
    pub(crate) const fn of(kind: RecordKind) -> Self {
        Self { kind, program: None, by: None }
    }

    /// They belong to the program, of their own tenant, that the column names.
    pub(crate) const fn within(self, column: &'static str) -> Self {
        Self { program: Some(column), ..self }
    }

    /// The column says what the walls go by, instead of the kind of the records themselves.
    pub(crate) const fn by(self, column: &'static str) -> Self {
        Self { by: Some(column), ..self }
    }
}

/// Rows whose visibility follows another row's by foreign key, and so changes without being written.
struct Follower {
    of: &'static str,
    table: &'static str,
    column: &'static str,
    listed: Option<Listed>,
}

const fn follower(of: &'static str, table: &'static str, column: &'static str, listed: Option<Listed>) -> Follower {
    Follower { of, table, column, listed }
}

const FOLLOWERS: &[Follower] = &[
    follower("people", "positions", "person_id", Position::LISTED),
    follower("documents", "involvements", "document_id", Involvement::LISTED),
    follower("programs", "program_links", "program_id", ProgramLink::LISTED),
    follower("programs", "cooperation_areas", "program_id", CooperationArea::LISTED),
    follower("programs", "targets", "program_id", Target::LISTED),
    follower("programs", "planned_activities", "program_id", PlannedActivity::LISTED),
    follower("programs", "results", "program_id", Outcome::LISTED),
    follower("programs", "awards", "program_id", Award::LISTED),
    follower("programs", "directions", "program_id", Direction::LISTED),
    follower("programs", "remarks", "program_id", Remark::LISTED),
    follower("programs", "citations", "program_id", Citation::LISTED),
    follower("programs", "involvements", "program_id", Involvement::LISTED),
    follower("events", "citations", "event_id", Citation::LISTED),
    follower("events", "involvements", "event_id", Involvement::LISTED),
    follower("directions", "obligations", "direction_id", Obligation::LISTED),
    follower("directions", "involvements", "direction_id", Involvement::LISTED),
    follower("results", "involvements", "result_id", Involvement::LISTED),
    follower("awards", "involvements", "award_id", Involvement::LISTED),
    follower("cooperation_areas", "involvements", "area_id", Involvement::LISTED),
    follower("report_requests", "submission_decisions", "request_id", SubmissionDecision::LISTED),
    follower("submissions", "submission_items", "submission_id", SubmissionItem::LISTED),
];

/// What belongs to programs: each table, the column that names the program, and what its records are.
pub(crate) fn parts_of_programs() -> impl Iterator<Item = (&'static str, &'static str, RecordKind)> {
    let own = FOLLOWERS.iter().filter(|one| one.of == "programs");
    own.filter_map(|one| Some((one.table, one.column, one.listed?.kind)))
}

/// The row that changed, in the statements below.
const ROW: &str = "t";

impl Tx {
    /// Lists what became of records of `R`: after they were written, or before they are deleted. Their visibility is the
    /// one that they have now.
    pub(crate) async fn list<R: Stored>(&self, operation: Operation, keys: &[R::Key]) -> Result<(), StoreError> {
        let Some(listed) = R::LISTED.filter(|_| !keys.is_empty()) else { return Ok(()) };
        let rows = self.listing(&table_name::<R>(), listed, operation, among(ROW, R::Key::COLUMNS, keys))?;
        self.list_rows(&rows).await
    }

    /// Lists what follows records of `R` whose visibility has changed, and has what is said about them follow as well.
    pub(crate) async fn list_followers<R: Stored>(&self, keys: &[R::Key]) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        let table = table_name::<R>();
        for rows in self.followers(&table, &keys_of(&table, among(ROW, R::Key::COLUMNS, keys)))? {
            self.list_rows(&rows).await?;
        }
        self.show_about(&table, &among(ROW, R::Key::COLUMNS, keys)).await
    }

    fn followers(&self, table: &str, parents: &SelectStatement) -> Result<Vec<InsertStatement>, StoreError> {
        let mut all = Vec::new();
        for Follower { table, column, listed, .. } in FOLLOWERS.iter().filter(|one| one.of == table) {
            let Some(listed) = *listed else { continue };
            let parent = Expr::tuple([col(ROW, "tenant_id"), col(ROW, column)]);
            let follows = Condition::all().add(parent.in_subquery(parents.clone()));
            all.push(self.listing(table, listed, Operation::Updated, follows.clone())?);
            all.extend(self.followers(table, &keys_of(table, follows))?);
        }
        Ok(all)
    }

    async fn list_rows(&self, rows: &InsertStatement) -> Result<(), StoreError> {
        if self.execute(rows).await? > 0 {
            self.changed.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Target SQL: `INSERT INTO changes (…) SELECT t.tenant_id, t.id, t.visibility, 1 + the last number, 'TARGET',
    /// 'TARGET', 'CREATED', t.tenant_id, t.program_id FROM targets t WHERE keys ORDER BY t.tenant_id, t.id`.
    fn listing(
        &self,
        table: &str,
        listed: Listed,
        operation: Operation,
        which: Condition,
    ) -> Result<InsertStatement, StoreError> {
        let code = |code: &str| Expr::cust(format!("'{code}'"));
        let kind: &'static str = listed.kind.into();
        let within = listed.program.map(|column| {
            let tenant = Expr::case(col(ROW, column).is_not_null(), col(ROW, "tenant_id"));
            (tenant.into(), col(ROW, column))
        });
        let (program_tenant, program) = within.unwrap_or_else(|| (Expr::cust("NULL"), Expr::cust("NULL")));
        let mut values = vec![
            ("tenant_id", col(ROW, "tenant_id")),
            ("id", col(ROW, "id")),
            ("visibility", col(ROW, "visibility")),
            ("number", next_number()),
            ("record_kind", code(kind)),
            ("kind", listed.by.map_or_else(|| code(kind), |column| col(ROW, column))),
            ("operation", code(&codec::text(operation))),
            ("program_tenant_id", program_tenant),
            ("program_id", program),
        ];
        if !self.is_postgres() {
            let last = "coalesce((SELECT c.seq FROM changes c ORDER BY c.xid DESC, c.seq DESC LIMIT 1), 0)";
            values.push(("seq", Expr::cust(format!("{last} + row_number() OVER (ORDER BY t.tenant_id, t.id)"))));
        }
        let mut insert = InsertStatement::new();
        insert.into_table(Alias::new("changes")).columns(values.iter().map(|(name, _)| Alias::new(*name)));
        let mut select = SelectStatement::new();
        select
            .exprs(values.into_iter().map(|(_, value)| value))
            .from_as(Alias::new(table), Alias::new(ROW))
            .cond_where(which)
            .order_by_expr(col(ROW, "tenant_id"), Order::Asc)
            .order_by_expr(col(ROW, "id"), Order::Asc);
        insert.select_from(select).map_err(|error| StoreError::Internal(error.to_string()))?;
        Ok(insert)
    }
}

/// Whoever writes a record sees its last change, which is as visible as the record is.
fn next_number() -> Expr {
    let column = |name| Expr::col((Alias::new("c"), Alias::new(name)).into_column_ref());
    let mut last = SelectStatement::new();
    last.expr(Expr::cust("coalesce(max(c.number), 0) + 1"))
        .from_as(Alias::new("changes"), Alias::new("c"))
        .cond_where(column("tenant_id").eq(col(ROW, "tenant_id")))
        .cond_where(column("id").eq(col(ROW, "id")));
    Expr::SubQuery(None, Box::new(last.into()))
}

fn keys_of(table: &str, which: Condition) -> SelectStatement {
    let mut keys = SelectStatement::new();
    keys.exprs([col(ROW, "tenant_id"), col(ROW, "id")]).from_as(Alias::new(table), Alias::new(ROW)).cond_where(which);
    keys
}
