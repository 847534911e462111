//! Filters: conditions on a list, built from fields and edges that the nouns offer. A filter is a value without SQL and
//! without visibility; the scope that applies it adds both, so that a filter over an edge can never look at a row
//! that the actor may not see.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::TenantId;
use sea_orm::Value;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr, SelectStatement};
use uuid::Uuid;

use crate::record::{Key, Record, among, col};
use crate::{Edge, Scope};

/// A column that one may filter by.
pub struct Field<R> {
    pub(crate) column: &'static str,
    pub(crate) noun: PhantomData<fn() -> R>,
}

impl<R> Clone for Field<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Field<R> {}

impl<R> Debug for Field<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.column)
    }
}

impl<R> Field<R> {
    pub(crate) const fn new(column: &'static str) -> Self {
        Self { column, noun: PhantomData }
    }
}

/// A value to compare with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A code, or text already folded.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
    /// A record's uuid.
    Uuid(Uuid),
}

impl From<&Operand> for Value {
    fn from(operand: &Operand) -> Self {
        match operand {
            Operand::Text(text) => text.as_str().into(),
            Operand::Int(number) => (*number).into(),
            Operand::Date(day) => (*day).into(),
            Operand::Bool(yes) => (*yes).into(),
            Operand::Uuid(uuid) => (*uuid).into(),
        }
    }
}

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Equal.
    Eq(Operand),
    /// One of; none of nothing.
    In(Vec<Operand>),
    /// None of.
    NotIn(Vec<Operand>),
    /// Less.
    Lt(Operand),
    /// Less or equal.
    Lte(Operand),
    /// Greater.
    Gt(Operand),
    /// Greater or equal.
    Gte(Operand),
    /// Unknown, or known.
    IsNull(bool),
    /// Holds the folded text.
    Contains(String),
    /// Begins with the folded text.
    StartsWith(String),
}

/// A condition on rows of `R`.
pub struct Filter<R> {
    node: Node,
    noun: PhantomData<fn() -> R>,
}

impl<R> Clone for Filter<R> {
    fn clone(&self) -> Self {
        Self::of(self.node.clone())
    }
}

impl<R> Debug for Filter<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.node.fmt(f)
    }
}

impl<R> Default for Filter<R> {
    fn default() -> Self {
        Self::of(Node::All(Vec::new()))
    }
}

#[derive(Clone)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Test(&'static str, Test),
    Keys(Related),
    Exists(Related),
}

/// A condition that needs a scope; the types of its ends are erased.
type Build = dyn Fn(&Scope, usize) -> Condition + Send + Sync;

/// A condition over an edge or over keys, with a name that tells two of them apart in batches.
#[derive(Clone)]
struct Related {
    name: String,
    build: Arc<Build>,
}

impl Debug for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::All(nodes) => f.debug_tuple("All").field(nodes).finish(),
            Self::Any(nodes) => f.debug_tuple("Any").field(nodes).finish(),
            Self::Not(node) => f.debug_tuple("Not").field(node).finish(),
            Self::Test(column, test) => f.debug_tuple(column).field(test).finish(),
            Self::Keys(related) | Self::Exists(related) => f.write_str(&related.name),
        }
    }
}

impl<R> Filter<R> {
    fn of(node: Node) -> Self {
        Self { node, noun: PhantomData }
    }

    /// All of them; of nothing: no condition.
    pub fn all(filters: Vec<Self>) -> Self {
        Self::of(Node::All(filters.into_iter().map(|filter| filter.node).collect()))
    }

    /// Any of them; of nothing: no row.
    pub fn any(filters: Vec<Self>) -> Self {
        Self::of(Node::Any(filters.into_iter().map(|filter| filter.node).collect()))
    }

    /// Not this.
    pub fn negated(filter: Self) -> Self {
        Self::of(Node::Not(Box::new(filter.node)))
    }

    /// A comparison of a field.
    pub fn test(field: Field<R>, test: Test) -> Self {
        Self::of(Node::Test(field.column, test))
    }
}

impl<R: Record> Filter<R> {
    /// Rows with one of these keys.
    pub fn keys(keys: Vec<R::Key>) -> Self {
        let name = format!("keys {keys:?}");
        let build = move |_: &Scope, depth: usize| {
            if keys.is_empty() { nothing() } else { among(alias(depth), R::Key::COLUMNS, &keys) }
        };
        Self::of(Node::Keys(Related { name, build: Arc::new(build) }))
    }

    /// Rows of these tenants.
    pub fn tenants(tenants: &[TenantId]) -> Self {
        let tenants = tenants.iter().map(|tenant| Operand::Int(i64::from(tenant.0))).collect();
        Self::of(Node::Test("tenant_id", Test::In(tenants)))
    }

    /// Rows that have some visible row over `edge` for which `filter` holds.
    pub fn some<C: Record>(edge: Edge<R, C>, filter: Filter<C>) -> Self {
        let name = format!("some {}({filter:?})", edge.name);
        let build = move |scope: &Scope, depth: usize| {
            let inner = depth + 1;
            let mut select: SelectStatement = edge.exists(scope, alias(depth), alias(inner), between(inner));
            select.cond_where(filter.condition(scope, inner));
            Condition::all().add(Expr::exists(select))
        };
        Self::of(Node::Exists(Related { name, build: Arc::new(build) }))
    }

    /// Whether it holds for every row.
    pub(crate) fn is_everything(&self) -> bool {
        fn everything(node: &Node) -> bool {
            matches!(node, Node::All(nodes) if nodes.iter().all(everything))
        }
        everything(&self.node)
    }

    /// A condition that only a report asks for; the name tells two of them apart.
    pub(crate) fn special(
        name: impl Into<String>,
        build: impl Fn(&Scope, usize) -> Condition + Send + Sync + 'static,
    ) -> Self {
        Self::of(Node::Exists(Related { name: name.into(), build: Arc::new(build) }))
    }

    /// The condition in SQL, for the table known by the alias of `depth`.
    pub(crate) fn condition(&self, scope: &Scope, depth: usize) -> Condition {
        build(&self.node, scope, depth)
    }
}

/// Aliases by depth of nesting; deeper filters are refused before they come here.
pub(crate) fn alias(depth: usize) -> &'static str {
    ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"].get(depth).copied().unwrap_or("t9")
}

pub(crate) fn between(depth: usize) -> &'static str {
    ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8"].get(depth).copied().unwrap_or("b9")
}

fn nothing() -> Condition {
    Condition::all().add(Expr::cust("1 = 0"))
}

fn build(node: &Node, scope: &Scope, depth: usize) -> Condition {
    match node {
        Node::All(nodes) => nodes.iter().fold(Condition::all(), |all, node| all.add(build(node, scope, depth))),
        Node::Any(nodes) if nodes.is_empty() => nothing(),
        Node::Any(nodes) => nodes.iter().fold(Condition::any(), |any, node| any.add(build(node, scope, depth))),
        Node::Not(node) => build(node, scope, depth).not(),
        Node::Test(column, test) => compare(col(alias(depth), column), test),
        Node::Keys(related) | Node::Exists(related) => (related.build)(scope, depth),
    }
}

/// `a NOT b` must also keep rows whose value is unknown out: SQL's three-valued logic does, and that is what we want —
/// "not signed in 2020" does not list programs whose date nobody stated.
fn compare(column: Expr, test: &Test) -> Condition {
    let values = |operands: &[Operand]| operands.iter().map(Value::from).collect::<Vec<_>>();
    let expr = match test {
        Test::Eq(operand) => column.eq(Value::from(operand)),
        Test::In(operands) if operands.is_empty() => return nothing(),
        Test::In(operands) => column.is_in(values(operands)),
        Test::NotIn(operands) if operands.is_empty() => return Condition::all(),
        Test::NotIn(operands) => column.is_not_in(values(operands)),
        Test::Lt(operand) => column.lt(Value::from(operand)),
        Test::Lte(operand) => column.lte(Value::from(operand)),
        Test::Gt(operand) => column.gt(Value::from(operand)),
        Test::Gte(operand) => column.gte(Value::from(operand)),
        Test::IsNull(true) => column.is_null(),
        Test::IsNull(false) => column.is_not_null(),
        Test::Contains(text) => column.like(LikeExpr::new(format!("%{}%", escape(text))).escape('\\')),
        // A range, not LIKE: ranges use the index whatever the engine and under row-level policies.
        Test::StartsWith(text) => {
            let end = format!("{text}\u{10FFFF}");
            return Condition::all().add(column.clone().gte(text.as_str())).add(column.lt(end));
        }
    };
    Condition::all().add(expr)
}

/// Makes `%` and `_` in user text stand for themselves.
pub(crate) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
