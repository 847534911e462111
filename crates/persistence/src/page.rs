//! Keyset paging: a page is what comes after (or before) a row, found by its sort keys, so that a page costs the same
//! wherever it lies and rows that come in between are neither lost nor shown twice.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, NullOrdering, Order, OrderedStatement, SelectStatement};
use sea_orm::{FromQueryResult, QueryResult, TryGetError, TryGetable, Value};
use uuid::Uuid;

use crate::codec::column;
use crate::filter::alias;
use crate::record::{Key, Record, col};
use crate::{Filter, Scope, StoreError};

/// One sort key of `R`.
pub struct Sort<R> {
    pub(crate) column: &'static str,
    pub(crate) descending: bool,
    noun: PhantomData<fn() -> R>,
}

impl<R> Clone for Sort<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Sort<R> {}

impl<R> Debug for Sort<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.column, if self.descending { " desc" } else { "" })
    }
}

impl<R> Sort<R> {
    pub(crate) const fn by(column: &'static str, descending: bool) -> Self {
        Self { column, descending, noun: PhantomData }
    }

    /// The same key in the wanted direction.
    pub const fn direction(self, descending: bool) -> Self {
        Self { descending, ..self }
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slice {
    /// How many rows, 1–100.
    pub count: u32,
    /// From the end instead of the beginning.
    pub backwards: bool,
    /// Rows after this one.
    pub after: Option<Cursor>,
    /// Rows before this one.
    pub before: Option<Cursor>,
    /// Rows to leave out at the beginning; only for root lists.
    pub offset: u32,
}

/// A place in a list: the values of the sort keys, the last being the row's own key.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor(pub Vec<KeyValue>);

/// One value of a sort key.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyValue {
    /// Unknown; always last.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// A collation key.
    Bytes(Vec<u8>),
    /// A day.
    Date(NaiveDate),
    /// A uuid.
    Uuid(Uuid),
}

impl From<&KeyValue> for Value {
    fn from(key: &KeyValue) -> Self {
        match key {
            KeyValue::Null => Option::<String>::None.into(),
            KeyValue::Int(number) => (*number).into(),
            KeyValue::Text(text) => text.as_str().into(),
            KeyValue::Bytes(bytes) => bytes.clone().into(),
            KeyValue::Date(day) => (*day).into(),
            KeyValue::Uuid(uuid) => (*uuid).into(),
        }
    }
}

/// A list that is asked for.
#[derive(Clone, Debug)]
pub struct PageRequest<R> {
    /// Which rows.
    pub filter: Filter<R>,
    /// In which order; the row's key breaks ties.
    pub order: Vec<Sort<R>>,
    /// Which part.
    pub slice: Slice,
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Page<R> {
    /// The rows with their places.
    pub items: Vec<(Arc<R>, Cursor)>,
    /// Whether rows follow.
    pub has_next: bool,
    /// Whether rows come before.
    pub has_previous: bool,
}

impl<R> Default for Page<R> {
    fn default() -> Self {
        Self { items: Vec::new(), has_next: false, has_previous: false }
    }
}

const SORT_ALIASES: [&str; 4] = ["sort_0", "sort_1", "sort_2", "sort_3"];

impl Scope {
    /// Reads one page of a list.
    ///
    /// Target SQL: `SELECT t0.*, t0.title_sort AS sort_0 FROM programs t0 WHERE visible AND filter AND
    /// (t0.title_sort, t0.id) > ($1, $2) ORDER BY t0.title_sort, t0.id LIMIT 21`.
    pub async fn page<R: Record>(&self, request: &PageRequest<R>) -> Result<Page<R>, StoreError> {
        let t = alias(0);
        let mut select = self.select::<R>(t);
        select.cond_where(request.filter.condition(self, 0));
        order_and_cut(&mut select, request);
        select.limit(u64::from(request.slice.count) + 1);
        if request.slice.offset > 0 {
            select.offset(u64::from(request.slice.offset));
        }
        let rows = self.rows(&select).await?;
        finish(rows.iter().map(|row| read_row(row, &request.order)).collect::<Result<_, _>>()?, &request.slice)
    }

    /// Counts the rows of a list, at most `max` and one more.
    pub async fn count<R: Record>(&self, filter: &Filter<R>, max: u32) -> Result<u64, StoreError> {
        let t = alias(0);
        let mut rows = SelectStatement::new();
        rows.expr_as(Expr::cust("1"), Alias::new("one"))
            .from_as(R::Entity::default(), Alias::new(t))
            .cond_where(self.visible::<R>(t))
            .cond_where(filter.condition(self, 0))
            .limit(u64::from(max) + 1);
        let mut select = SelectStatement::new();
        select.expr_as(Expr::cust("count(*)"), Alias::new("n")).from_subquery(rows, Alias::new("r"));
        let rows = self.rows(&select).await?;
        let n: i64 = rows.first().map_or(Ok(0), |row| column(row, "n"))?;
        Ok(u64::try_from(n).unwrap_or(0))
    }
}

/// Adds the sort keys as columns, the order, and the conditions that cut the list at the cursors.
pub(crate) fn order_and_cut<R: Record>(select: &mut SelectStatement, request: &PageRequest<R>) {
    let t = alias(0);
    for (sort, name) in request.order.iter().zip(SORT_ALIASES) {
        select.expr_as(col(t, sort.column), Alias::new(name));
    }
    order_by(select, request);
    if let Some(cursor) = &request.slice.after {
        select.cond_where(beyond(request, cursor, true));
    }
    if let Some(cursor) = &request.slice.before {
        select.cond_where(beyond(request, cursor, false));
    }
}

/// The order of the request, for a whole list or for the window of one parent.
pub(crate) fn order_by<R: Record>(statement: &mut impl OrderedStatement, request: &PageRequest<R>) {
    let t = alias(0);
    let backwards = request.slice.backwards;
    for sort in &request.order {
        // Unknown comes last in either direction, so it comes first when the list is read from its end.
        let nulls = if backwards { NullOrdering::First } else { NullOrdering::Last };
        statement.order_by_expr_with_nulls(col(t, sort.column), direction(sort.descending != backwards), nulls);
    }
    statement.order_by_expr(col(t, R::Key::COLUMNS.1), direction(backwards));
}

fn direction(descending: bool) -> Order {
    if descending { Order::Desc } else { Order::Asc }
}

/// Rows that come after (or before) the cursor's row in the order of the request.
fn beyond<R: Record>(request: &PageRequest<R>, cursor: &Cursor, after: bool) -> Condition {
    let t = alias(0);
    let mut keys: Vec<(Expr, bool)> = request.order.iter().map(|sort| (col(t, sort.column), sort.descending)).collect();
    keys.push((col(t, R::Key::COLUMNS.1), false));
    let mut any = Condition::any();
    let mut equal = Condition::all();
    for ((column, descending), value) in keys.into_iter().zip(&cursor.0) {
        let greater = descending != after;
        let step = match (value, after) {
            (KeyValue::Null, true) => None,
            (KeyValue::Null, false) => Some(Condition::all().add(column.clone().is_not_null())),
            (value, after) => {
                let compared =
                    if greater { column.clone().gt(Value::from(value)) } else { column.clone().lt(Value::from(value)) };
                let step = Condition::any().add(compared);
                Some(if after { step.add(column.clone().is_null()) } else { step })
            }
        };
        if let Some(step) = step {
            any = any.add(equal.clone().add(step));
        }
        equal = equal.add(if *value == KeyValue::Null { column.is_null() } else { column.eq(Value::from(value)) });
    }
    any
}

/// A row with its cursor.
pub(crate) fn read_row<R: Record>(row: &QueryResult, order: &[Sort<R>]) -> Result<(Arc<R>, Cursor), StoreError> {
    let model = <<R::Entity as sea_orm::EntityTrait>::Model as FromQueryResult>::from_query_result(row, "")?;
    let mut keys = Vec::with_capacity(order.len() + 1);
    for (_, name) in order.iter().zip(SORT_ALIASES) {
        keys.push(key_value(row, name)?);
    }
    keys.push(key_value(row, R::Key::COLUMNS.1)?);
    Ok((Arc::new(R::read(model)?), Cursor(keys)))
}

/// Reads a sort key whose type only the column knows.
fn key_value(row: &QueryResult, name: &str) -> Result<KeyValue, StoreError> {
    fn get<T: TryGetable>(row: &QueryResult, name: &str) -> Result<Option<T>, TryGetError> {
        Option::<T>::try_get_by(row, name)
    }
    let value = if let Ok(date) = get::<NaiveDate>(row, name) {
        date.map(KeyValue::Date)
    } else if let Ok(uuid) = get::<Uuid>(row, name) {
        uuid.map(KeyValue::Uuid)
    } else if let Ok(number) = get::<i64>(row, name) {
        number.map(KeyValue::Int)
    } else if let Ok(number) = get::<i32>(row, name) {
        number.map(|number| KeyValue::Int(number.into()))
    } else if let Ok(text) = get::<String>(row, name) {
        text.map(KeyValue::Text)
    } else {
        column::<Option<Vec<u8>>>(row, name)?.map(KeyValue::Bytes)
    };
    Ok(value.unwrap_or(KeyValue::Null))
}

/// Turns n+1 rows into a page.
pub(crate) fn finish<R>(mut items: Vec<(Arc<R>, Cursor)>, slice: &Slice) -> Result<Page<R>, StoreError> {
    let wanted = usize::try_from(slice.count).map_err(|error| StoreError::Internal(error.to_string()))?;
    let more = items.len() > wanted;
    items.truncate(wanted);
    if slice.backwards {
        items.reverse();
    }
    let (has_next, has_previous) = if slice.backwards {
        (slice.before.is_some(), more)
    } else {
        (more, slice.after.is_some() || slice.offset > 0)
    };
    Ok(Page { items, has_next, has_previous })
}
