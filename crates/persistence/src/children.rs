//! Children of many parents at once: the first n of each in one statement, by window function; and their counts.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::QueryResult;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, OverStatement, SelectStatement, WindowStatement};

use crate::codec::column;
use crate::edge::{Pair, Via, join_between};
use crate::filter::{alias, between};
use crate::page::{finish, order_and_cut, order_by, read_row};
use crate::record::{Key, Record, among, col};
use crate::{Edge, Filter, Page, PageRequest, Scope, StoreError};

const PARENT_TENANT: &str = "parent_tenant";
const PARENT_ID: &str = "parent_id_";
const RANK: &str = "rank_";

impl Scope {
    /// Reads rows by key, in one statement.
    pub(crate) async fn by_keys<R: Record>(&self, keys: &[R::Key]) -> Result<HashMap<R::Key, Arc<R>>, StoreError> {
        let t = alias(0);
        let mut select = self.select::<R>(t);
        select.cond_where(among(t, R::Key::COLUMNS, keys));
        let rows = self.rows(&select).await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            let (record, _) = read_row::<R>(row, &[])?;
            found.insert(record.key(), record);
        }
        Ok(found)
    }

    /// Reads a whole catalogue, by code.
    pub(crate) async fn catalogue<R: Record<Key = String>>(&self) -> Result<Vec<Arc<R>>, StoreError> {
        let mut select = self.select::<R>(alias(0));
        select.order_by_expr(col(alias(0), R::Key::COLUMNS.1), sea_orm::Order::Asc);
        let rows = self.rows(&select).await?;
        rows.iter().map(|row| Ok(read_row::<R>(row, &[])?.0)).collect()
    }

    /// Reads the same part of the children of each parent, in one statement.
    ///
    /// Target SQL, for more than one parent: `SELECT * FROM (SELECT t0.*, row_number() OVER (PARTITION BY parent ORDER
    /// BY …) AS rank_ FROM … WHERE …) r WHERE rank_ <= 21 ORDER BY parent, rank_`.
    pub(crate) async fn children<P: Record, C: Record>(
        &self,
        edge: Edge<P, C>,
        parents: &[P::Key],
        request: &PageRequest<C>,
    ) -> Result<HashMap<P::Key, Page<C>>, StoreError> {
        let t = alias(0);
        let mut select = self.select::<C>(t);
        let parent = self.reach(&mut select, edge, parents);
        name_parent(&mut select, parent);
        select.cond_where(request.filter.condition(self, 0));
        order_and_cut(&mut select, request);
        let limit = u64::from(request.slice.count) + 1;
        let rows = if parents.len() == 1 {
            select.limit(limit);
            self.rows(&select).await?
        } else {
            self.rows(&ranked(select, parent, request, limit)).await?
        };
        let mut found: HashMap<P::Key, Vec<_>> = HashMap::with_capacity(parents.len());
        for row in &rows {
            found.entry(parent_key(row)?).or_default().push(read_row(row, &request.order)?);
        }
        found.into_iter().map(|(key, items)| Ok((key, finish(items, &request.slice)?))).collect()
    }

    /// Counts the children of each parent, in one statement.
    pub(crate) async fn count_children<P: Record, C: Record>(
        &self,
        edge: Edge<P, C>,
        parents: &[P::Key],
        filter: &Filter<C>,
    ) -> Result<HashMap<P::Key, u64>, StoreError> {
        let mut select = SelectStatement::new();
        select.from_as(C::Entity::default(), Alias::new(alias(0))).cond_where(self.visible::<C>(alias(0)));
        let parent = self.reach(&mut select, edge, parents);
        name_parent(&mut select, parent);
        select.expr_as(Expr::cust("count(*)"), Alias::new("n")).cond_where(filter.condition(self, 0));
        if let Some(tenant) = parent.1.0 {
            select.add_group_by([col(parent.0, tenant)]);
        }
        select.add_group_by([col(parent.0, parent.1.1)]);
        let rows = self.rows(&select).await?;
        rows.iter().map(|row| Ok((parent_key(row)?, u64::try_from(column::<i64>(row, "n")?).unwrap_or(0)))).collect()
    }

    /// Limits `select` to the children of `parents`, joining the table between where the edge has one. Answers where the
    /// parent's key stands.
    fn reach<P: Record, C: Record>(
        &self,
        select: &mut SelectStatement,
        edge: Edge<P, C>,
        parents: &[P::Key],
    ) -> (&'static str, Pair) {
        let (t, b) = (alias(0), between(0));
        if let Some((column, code)) = edge.only {
            select.cond_where(col(t, column).eq(code));
        }
        match edge.via {
            Via::Child(pair) => {
                select.cond_where(among(t, pair, parents));
                (t, pair)
            }
            // Only used by filters: to-one edges are loaded by key.
            Via::Parent(_) => {
                select.cond_where(Expr::cust("1 = 0"));
                (t, C::Key::COLUMNS)
            }
            Via::Through { table, holds, parent, child, only } => {
                let mut on = Condition::all().add(col(b, child.1).eq(col(t, C::Key::COLUMNS.1)));
                if let (Some(left), Some(right)) = (child.0, C::Key::COLUMNS.0) {
                    on = on.add(col(b, left).eq(col(t, right)));
                }
                join_between(select, table, b, on);
                select.cond_where(self.visible_in(holds, b)).cond_where(among(b, parent, parents));
                if let Some((column, code)) = only {
                    select.cond_where(col(b, column).eq(code));
                }
                (b, parent)
            }
        }
    }
}

fn name_parent(select: &mut SelectStatement, (table, pair): (&'static str, Pair)) {
    if let Some(tenant) = pair.0 {
        select.expr_as(col(table, tenant), Alias::new(PARENT_TENANT));
    }
    select.expr_as(col(table, pair.1), Alias::new(PARENT_ID));
}

fn parent_key<K: Key>(row: &QueryResult) -> Result<K, StoreError> {
    K::from_row(row, PARENT_TENANT, PARENT_ID)
}

/// Keeps the first `limit` rows of each parent, in the order of `select`.
fn ranked<C: Record>(
    mut select: SelectStatement,
    (table, pair): (&'static str, Pair),
    request: &PageRequest<C>,
    limit: u64,
) -> SelectStatement {
    let mut window = WindowStatement::new();
    if let Some(tenant) = pair.0 {
        window.add_partition_by(col(table, tenant));
    }
    window.add_partition_by(col(table, pair.1));
    order_by(&mut window, request);
    select.clear_order_by();
    select.expr_window_as(Expr::cust("row_number()"), window, Alias::new(RANK));
    let mut outer = SelectStatement::new();
    outer
        .expr(Expr::cust("*"))
        .from_subquery(select, Alias::new("r"))
        .cond_where(Expr::col(Alias::new(RANK)).lte(limit))
        .order_by_expr(Expr::col(Alias::new(PARENT_ID)), sea_orm::Order::Asc)
        .order_by_expr(Expr::col(Alias::new(RANK)), sea_orm::Order::Asc);
    outer
}
