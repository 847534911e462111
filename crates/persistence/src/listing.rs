//! Lists as tables for others to read: chosen columns of many rows, in the order of their keys, handed on one by one while
//! they are read, so that a million of them take no more memory than a few.
//!
//! What may be seen is the scope's to say, of the rows themselves and of every table that is joined: a column about
//! something hidden is empty. `listing/` has a file for each table.

mod program;
mod result;
mod signatory;

use std::marker::PhantomData;

use chrono::NaiveDate;
use domain::{RecordKind, TenantId};
use sea_orm::sea_query::{Alias, CaseStatement, Condition, Expr, ExprTrait, IntoTableRef, SelectStatement, TableRef};
use sea_orm::{DbBackend, JoinType, Order, QueryResult};
use sqlx::{ColumnIndex, Decode, Row};
use uuid::Uuid;

use crate::codec::column as column_of;
use crate::filter::alias;
use crate::record::{Key, Record, col};
use crate::{Filter, Scope, StoreError};

pub use program::PROGRAMS;
pub use result::RESULTS;
pub use signatory::SIGNATORIES;

/// The rows themselves, as filters call them.
const ROW: &str = "t0";

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'r> {
    /// Nothing is known.
    Null,
    /// Text, a code among others.
    Text(&'r str),
    /// A whole number.
    Int(i64),
    /// Ten-thousandths.
    Scaled(i64),
    /// A day.
    Day(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// A record's key.
    Record(RecordKind, TenantId, Uuid),
}

/// How a column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// As text.
    Text,
    /// As a whole number.
    Int,
    /// As ten-thousandths.
    Scaled,
    /// As a day.
    Day,
    /// As yes or no.
    Flag,
    /// As the key of a record, of the tenant whose row it stands in.
    Record(RecordKind),
}

/// Rows of `R` as a table.
#[derive(Debug)]
pub struct Listing<R> {
    columns: &'static [Column],
    joins: &'static [Join],
    /// Only rows whose column has this code.
    only: Option<(&'static str, &'static str)>,
    noun: PhantomData<fn() -> R>,
}

/// A column: its name, the table and the column that it is read from, and how. `*` in the latter stands for the language.
#[derive(Clone, Copy, Debug)]
struct Column {
    name: &'static str,
    alias: &'static str,
    stored: &'static str,
    kind: CellKind,
    /// Only where the row that it leads to may be seen.
    leads_to: Option<Other>,
}

const fn column(name: &'static str, (alias, stored): (&'static str, &'static str), kind: CellKind) -> Column {
    Column { name, alias, stored, kind, leads_to: None }
}

impl Column {
    /// Empty where the record of `C` that it leads to may not be seen.
    const fn leading_to<C: Record>(self) -> Self {
        Self { leads_to: Some(Other::of::<C>()), ..self }
    }
}

/// A table of others, with the condition under which its rows may be seen.
#[derive(Clone, Copy, Debug)]
struct Other {
    table: fn() -> TableRef,
    visible: fn(&Scope, &'static str) -> Condition,
}

impl Other {
    const fn of<C: Record>() -> Self {
        Self { table: || C::Entity::default().into_table_ref(), visible: Scope::visible::<C> }
    }
}

/// A table that is joined, where there is such a row and it may be seen: each pair of columns is equal.
#[derive(Clone, Copy, Debug)]
struct Join {
    alias: &'static str,
    other: Other,
    on: &'static [((&'static str, &'static str), &'static str)],
}

const fn join<C: Record>(alias: &'static str, on: &'static [((&'static str, &'static str), &'static str)]) -> Join {
    Join { alias, other: Other::of::<C>(), on }
}

/// Takes rows as they come.
pub trait Taker: Send {
    /// Why no more are taken.
    type Error: From<StoreError> + Send;
    /// Takes a row. True: what was taken has to be passed on before the next one.
    fn take(&mut self, cells: &[Cell<'_>]) -> Result<bool, Self::Error>;
    /// Passes on what was taken.
    fn pass_on(&mut self) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// Rows of one statement on SQLite, whose rows come all at once.
const PIECE: u64 = 2_000;

/// Columns before those that are asked for: the row's key.
const KEYS: usize = 2;

impl<R: Record> Listing<R> {
    /// How the column of a name is read; none when there is none.
    pub fn kind(&self, name: &str) -> Option<CellKind> {
        self.columns.iter().find(|column| column.name == name).map(|column| column.kind)
    }

    /// The names of its columns.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.name)
    }

    /// Hands on the rows that fit, in the order of their keys, as they stand in one snapshot. `names` are the columns that
    /// are wanted.
    ///
    /// Target SQL: `SELECT t0.tenant_id, t0.id, t.slug, … FROM results t0 LEFT JOIN tenants t ON t.id = t0.tenant_id … WHERE
    /// visible AND filter ORDER BY t0.tenant_id, t0.id`.
    pub async fn pour<T: Taker>(
        &self,
        scope: &Scope,
        (names, english): (&[&str], bool),
        filter: &Filter<R>,
        taker: &mut T,
    ) -> Result<(), T::Error> {
        let chosen: Vec<Column> = (names.iter())
            .map(|name| self.columns.iter().find(|column| column.name == *name).copied())
            .collect::<Option<_>>()
            .ok_or_else(|| StoreError::Internal(format!("not all of these are columns: {names:?}")))?;
        let select = self.statement(scope, &chosen, english, filter);
        let kinds: Vec<CellKind> = chosen.iter().map(|column| column.kind).collect();
        let mut reader = Reader { kinds, taker };
        if scope.backend() == DbBackend::Postgres {
            return scope.stream(&select, &mut reader).await;
        }
        let mut after: Option<(i32, Uuid)> = None;
        loop {
            let mut piece = select.clone();
            piece.limit(PIECE);
            if let Some((tenant, id)) = after {
                let key = Expr::tuple([col(ROW, "tenant_id"), col(ROW, "id")]);
                piece.cond_where(key.gt(Expr::tuple([Expr::val(tenant), Expr::val(id)])));
            }
            let rows = scope.rows(&piece).await?;
            for row in &rows {
                if reader.read(row)? {
                    reader.taker.pass_on().await?;
                }
            }
            let Some(last) = rows.last().filter(|_| u64::try_from(rows.len()) == Ok(PIECE)) else { return Ok(()) };
            let of = |error| T::Error::from(StoreError::from(error));
            after = Some((last.try_get_by_index(0).map_err(of)?, last.try_get_by_index(1).map_err(of)?));
        }
    }

    /// How many rows fit.
    pub async fn count(&self, scope: &Scope, filter: &Filter<R>) -> Result<i64, StoreError> {
        let mut select = SelectStatement::new();
        select.expr_as(Expr::cust("count(*)"), Alias::new("n")).from_as(R::Entity::default(), Alias::new(ROW));
        self.restrict(&mut select, scope, filter);
        scope.rows(&select).await?.first().map_or(Ok(0), |row| column_of(row, "n"))
    }

    /// Leaves the rows that fit and may be seen.
    fn restrict(&self, select: &mut SelectStatement, scope: &Scope, filter: &Filter<R>) {
        select.cond_where(scope.visible::<R>(ROW)).cond_where(filter.condition(scope, 0));
        if let Some((column, code)) = self.only {
            select.cond_where(col(ROW, column).eq(code));
        }
    }

    fn statement(&self, scope: &Scope, chosen: &[Column], english: bool, filter: &Filter<R>) -> SelectStatement {
        debug_assert_eq!(ROW, alias(0), "filters are about the rows themselves");
        let mut select = SelectStatement::new();
        select
            .exprs([col(ROW, "tenant_id"), col(ROW, R::Key::COLUMNS.1)])
            .from_as(R::Entity::default(), Alias::new(ROW))
            .order_by_expr(col(ROW, "tenant_id"), Order::Asc)
            .order_by_expr(col(ROW, R::Key::COLUMNS.1), Order::Asc);
        self.restrict(&mut select, scope, filter);
        for column in chosen {
            if matches!(column.kind, CellKind::Record(_)) {
                select.expr(col(column.alias, "tenant_id"));
            }
            select.expr(column.expression(scope, english));
        }
        for join in self.joins.iter().filter(|join| self.needs(chosen, join.alias)) {
            let mut on = Condition::all().add((join.other.visible)(scope, join.alias));
            for ((alias, left), right) in join.on {
                on = on.add(col(join.alias, right).eq(col(alias, left)));
            }
            select.join(JoinType::LeftJoin, (join.other.table)().alias(Alias::new(join.alias)), on);
        }
        select
    }

    /// Whether a chosen column, or a join that one needs, is of the table known as `alias`.
    fn needs(&self, chosen: &[Column], alias: &str) -> bool {
        let further = self.joins.iter().filter(|join| join.on.iter().any(|((left, _), _)| *left == alias));
        chosen.iter().any(|column| column.alias == alias) || { further }.any(|join| self.needs(chosen, join.alias))
    }
}

/// The row that a column leads to.
const LED_TO: &str = "led_to";

impl Column {
    fn expression(&self, scope: &Scope, english: bool) -> Expr {
        let name = self.stored.replace('*', if english { "en" } else { "vi" });
        let own = Expr::col((Alias::new(self.alias), Alias::new(name)));
        let Some(other) = self.leads_to else { return own };
        let mut seen = SelectStatement::new();
        seen.expr(Expr::cust("1"))
            .from((other.table)().alias(Alias::new(LED_TO)))
            .cond_where(col(LED_TO, "tenant_id").eq(col(self.alias, "tenant_id")))
            .cond_where(col(LED_TO, "id").eq(own.clone()))
            .cond_where((other.visible)(scope, LED_TO));
        // The first condition spares the look-up where there is nothing to be looked up.
        CaseStatement::new().case(own.clone().is_not_null().and(Expr::exists(seen)), own).into()
    }
}

/// Reads rows into cells.
pub(crate) struct Reader<'a, T> {
    kinds: Vec<CellKind>,
    taker: &'a mut T,
}

impl<T: Taker> Reader<'_, T> {
    /// Hands a row on; true when what was taken has to be passed on.
    pub(crate) fn read(&mut self, row: &QueryResult) -> Result<bool, T::Error> {
        let mut cells = Vec::with_capacity(self.kinds.len());
        let read = if let Some(row) = row.try_as_pg_row() {
            cells_of(row, &self.kinds, &mut cells)
        } else if let Some(row) = row.try_as_sqlite_row() {
            cells_of(row, &self.kinds, &mut cells)
        } else {
            return Err(StoreError::Internal("a row of no engine".to_owned()).into());
        };
        read.map_err(|error| StoreError::Internal(error.to_string()))?;
        self.taker.take(&cells)
    }

    /// Passes on what was taken.
    pub(crate) async fn pass_on(&mut self) -> Result<(), T::Error> {
        self.taker.pass_on().await
    }
}

/// Columns were chosen by us, so their types are not compared row by row.
fn cells_of<'r, W>(row: &'r W, kinds: &[CellKind], cells: &mut Vec<Cell<'r>>) -> Result<(), sqlx::Error>
where
    W: Row,
    usize: ColumnIndex<W>,
    &'r str: Decode<'r, W::Database>,
    i64: Decode<'r, W::Database>,
    i32: Decode<'r, W::Database>,
    bool: Decode<'r, W::Database>,
    NaiveDate: Decode<'r, W::Database>,
    Uuid: Decode<'r, W::Database>,
{
    let mut at = KEYS;
    for kind in kinds {
        let cell = match kind {
            CellKind::Text => row.try_get_unchecked::<Option<&str>, _>(at)?.map(Cell::Text),
            CellKind::Int => row.try_get_unchecked::<Option<i64>, _>(at)?.map(Cell::Int),
            CellKind::Scaled => row.try_get_unchecked::<Option<i64>, _>(at)?.map(Cell::Scaled),
            CellKind::Day => row.try_get_unchecked::<Option<NaiveDate>, _>(at)?.map(Cell::Day),
            CellKind::Flag => row.try_get_unchecked::<Option<bool>, _>(at)?.map(Cell::Flag),
            CellKind::Record(kind) => {
                let tenant = row.try_get_unchecked::<Option<i32>, _>(at)?;
                at += 1;
                let id = row.try_get_unchecked::<Option<Uuid>, _>(at)?;
                tenant.zip(id).map(|(tenant, id)| Cell::Record(*kind, TenantId(tenant), id))
            }
        };
        cells.push(cell.unwrap_or(Cell::Null));
        at += 1;
    }
    Ok(())
}
