//! Edges: how the rows of one table are reached from the rows of another. An edge is a constant in the file of the
//! noun it leads to; children-of-parent batches, their counts and the `some`/`none` filters all read it.

use std::marker::PhantomData;

use sea_orm::Iden;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};

use crate::access::Holds;
use crate::record::{Key, Record, col};
use crate::{Scope, Sort};

/// The way from `P` (where one stands) to `C` (what one wants).
pub struct Edge<P, C> {
    /// A name for batches and for people: `program.signatories`.
    pub(crate) name: &'static str,
    pub(crate) via: Via,
    /// Only rows whose column has this code.
    pub(crate) only: Option<(&'static str, &'static str)>,
    /// The order when the caller names none.
    pub(crate) order: &'static [(&'static str, bool)],
    pub(crate) ends: PhantomData<fn() -> (P, C)>,
}

impl<P, C> Clone for Edge<P, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P, C> Copy for Edge<P, C> {}

impl<P, C> std::fmt::Debug for Edge<P, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The columns that carry an edge. `(tenant, id)` pairs; the tenant is missing where the key has none.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Via {
    /// The child's columns hold the parent's key.
    Child(Pair),
    /// The parent's columns hold the child's key.
    Parent(Pair),
    /// A table between: its columns for the parent's key and for the child's.
    Through {
        table: &'static str,
        holds: Holds,
        parent: Pair,
        child: Pair,
        /// Only rows between whose column has this code.
        only: Option<(&'static str, &'static str)>,
    },
}

pub(crate) type Pair = (Option<&'static str>, &'static str);

/// A pair inside the tenant.
pub(crate) const fn own(column: &'static str) -> Pair {
    (Some("tenant_id"), column)
}

/// A pair that crosses tenants.
pub(crate) const fn across(tenant: &'static str, column: &'static str) -> Pair {
    (Some(tenant), column)
}

/// A key without a tenant.
pub(crate) const fn shared(column: &'static str) -> Pair {
    (None, column)
}

impl<P: Record, C: Record> Edge<P, C> {
    pub(crate) const fn new(name: &'static str, via: Via) -> Self {
        Self { name, via, only: None, order: &[], ends: PhantomData }
    }

    /// Limits the edge to rows with a code.
    pub(crate) const fn only(self, column: &'static str, code: &'static str) -> Self {
        Self { only: Some((column, code)), ..self }
    }

    /// Sets the order used when the caller names none; true is descending.
    pub(crate) const fn order(self, order: &'static [(&'static str, bool)]) -> Self {
        Self { order, ..self }
    }

    /// The same edge to signatories only, for edges that lead to involvements of every kind.
    pub const fn signatories(self) -> Self {
        self.only("kind", "SIGNATORY")
    }

    /// The order used when the caller names none.
    pub fn order_by(&self) -> Vec<Sort<C>> {
        self.order.iter().map(|(column, descending)| Sort::by(column, *descending)).collect()
    }

    /// A subselect for EXISTS: the children, known as `inner`, of the row known as `outer`.
    pub(crate) fn exists(
        &self,
        scope: &Scope,
        outer: &'static str,
        inner: &'static str,
        between: &'static str,
    ) -> SelectStatement {
        let mut select = SelectStatement::new();
        select
            .expr(Expr::cust("1"))
            .from_as(C::Entity::default(), Alias::new(inner))
            .cond_where(scope.visible::<C>(inner));
        let join = |left: (&'static str, Pair), right: (&'static str, Pair)| {
            let mut on = Condition::all();
            if let (Some(a), Some(b)) = (left.1.0, right.1.0) {
                on = on.add(col(left.0, a).eq(col(right.0, b)));
            }
            on.add(col(left.0, left.1.1).eq(col(right.0, right.1.1)))
        };
        match self.via {
            Via::Child(pair) => {
                select.cond_where(join((outer, P::Key::COLUMNS), (inner, pair)));
            }
            Via::Parent(pair) => {
                select.cond_where(join((outer, pair), (inner, C::Key::COLUMNS)));
            }
            Via::Through { table, holds, parent, child, only } => {
                join_between(&mut select, table, between, join((between, child), (inner, C::Key::COLUMNS)));
                select
                    .cond_where(scope.visible_in(holds, between))
                    .cond_where(join((outer, P::Key::COLUMNS), (between, parent)));
                if let Some((column, code)) = only {
                    select.cond_where(col(between, column).eq(code));
                }
            }
        }
        if let Some((column, code)) = self.only {
            select.cond_where(col(inner, column).eq(code));
        }
        select
    }
}

/// Joins the table between.
pub(crate) fn join_between(select: &mut SelectStatement, table: &'static str, alias: &'static str, on: Condition) {
    select.join_as(sea_orm::JoinType::InnerJoin, Alias::new(table), Alias::new(alias), on);
}

/// The table's name, for messages.
pub(crate) fn table_name<R: Record>() -> String {
    R::Entity::default().unquoted().to_owned()
}
