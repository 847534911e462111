//! What it takes to be a record of the store: a table, a key, and a way to read a row.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::hash::Hash;

use domain::{Id, RecordKind, TenantId, Visibility};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, IntoColumnRef, SelectStatement};
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel, Iterable, ModelTrait, QueryResult, Value};
use uuid::Uuid;

use crate::access::Holds;
use crate::change::Listed;
use crate::codec::{Computed, column};
use crate::{Scope, StoreError};

/// A noun that has a table. Implemented in the noun's file.
pub trait Record: Clone + Debug + Send + Sync + Sized + 'static {
    /// The table's entity; it holds the stated columns only. Computed ones (folded text, sort keys, bounds) are
    /// written beside them and never selected, except as sort keys.
    type Entity: EntityTrait<
        Model: ModelTrait<Entity = Self::Entity>
                   + IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel>
                   + Clone
                   + PartialEq
                   + Send
                   + Sync,
    >;
    /// What names a row.
    type Key: Key;
    /// What the table holds, which decides who may see a row. Walled unless said otherwise.
    const HOLDS: Holds = Holds::RECORDS;

    /// The row's key.
    fn key(&self) -> Self::Key;
    /// What must be visible besides the row itself: a link to a hidden record would tell that there is one.
    fn needs_visible(_scope: &Scope, _alias: &'static str) -> Condition {
        Condition::all()
    }
    /// Reads a row; an unreadable one is an error, never skipped.
    fn read(row: <Self::Entity as EntityTrait>::Model) -> Result<Self, StoreError>;
}

/// A record that can be written.
pub trait Stored: Record {
    /// How its changes are listed. Not at all: rows that only join others, catalogs, grants and keys.
    const LISTED: Option<Listed> = None;
    /// Whether its writes are audited. What only keeps the books of imports is not.
    const AUDITED: bool = true;

    /// The stated columns.
    fn row(&self) -> <Self::Entity as EntityTrait>::Model;
    /// The computed columns.
    fn computed(&self) -> Vec<Computed> {
        Vec::new()
    }
    /// The tenants any of which may write it.
    fn writers(&self) -> Vec<TenantId> {
        self.key().tenant().into_iter().collect()
    }
    /// The row's entry in the search index, for records that can be searched.
    fn searchable(&self) -> Option<Searchable> {
        None
    }
}

/// What the search index holds of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Searchable {
    pub tenant: TenantId,
    pub id: Uuid,
    pub visibility: Visibility,
    pub kind: RecordKind,
    /// Folded names, the principal one first, a line each.
    pub folded: String,
}

/// The key of a row, and how it stands in columns.
pub trait Key: Clone + Debug + Eq + Hash + Ord + Send + Sync + 'static {
    /// The key's own columns in its table: `(tenant, id)`; only owned records have the first.
    const COLUMNS: (Option<&'static str>, &'static str);
    /// The tenant, for owned records.
    fn tenant(&self) -> Option<TenantId>;
    /// The value besides the tenant.
    fn value(&self) -> Value;
    /// Reads a key from two columns of a row.
    fn from_row(row: &QueryResult, tenant: &str, id: &str) -> Result<Self, StoreError>;
}

impl<T: 'static> Key for Id<T> {
    const COLUMNS: (Option<&'static str>, &'static str) = (Some("tenant_id"), "id");

    fn tenant(&self) -> Option<TenantId> {
        Some(self.tenant)
    }

    fn value(&self) -> Value {
        self.uuid.into()
    }

    fn from_row(row: &QueryResult, tenant: &str, id: &str) -> Result<Self, StoreError> {
        Ok(Self::new(TenantId(column(row, tenant)?), column(row, id)?))
    }
}

impl Key for TenantId {
    const COLUMNS: (Option<&'static str>, &'static str) = (None, "id");

    fn tenant(&self) -> Option<TenantId> {
        None
    }

    fn value(&self) -> Value {
        self.0.into()
    }

    fn from_row(row: &QueryResult, _tenant: &str, id: &str) -> Result<Self, StoreError> {
        Ok(Self(column(row, id)?))
    }
}

impl Key for String {
    const COLUMNS: (Option<&'static str>, &'static str) = (None, "code");

    fn tenant(&self) -> Option<TenantId> {
        None
    }

    fn value(&self) -> Value {
        self.as_str().into()
    }

    fn from_row(row: &QueryResult, _tenant: &str, id: &str) -> Result<Self, StoreError> {
        column(row, id)
    }
}

/// Every row of `R`, known as `alias`, whoever may see it: whoever calls it adds the condition, or decides by the rows
/// who may see what.
pub(crate) fn every<R: Record>(alias: &'static str) -> SelectStatement {
    let mut select = SelectStatement::new();
    select.from_as(R::Entity::default(), Alias::new(alias));
    for column in <<R::Entity as EntityTrait>::Column as Iterable>::iter() {
        select.column((Alias::new(alias), column));
    }
    select
}

/// Reads rows of `R`.
pub(crate) fn read_all<R: Record>(rows: &[QueryResult]) -> Result<Vec<R>, StoreError> {
    rows.iter()
        .map(|row| R::read(<<R::Entity as EntityTrait>::Model as FromQueryResult>::from_query_result(row, "")?))
        .collect()
}

/// `column` of the table known as `alias`.
pub(crate) fn col(alias: &'static str, column: &'static str) -> Expr {
    Expr::col((Alias::new(alias), Alias::new(column)).into_column_ref())
}

/// The rows with one of `keys`, tenant by tenant: an explicit tenant in every statement keeps the leading index column
/// in use, and both engines understand it (SQLite knows no list of row values).
pub(crate) fn among<K: Key>(
    alias: &'static str,
    columns: (Option<&'static str>, &'static str),
    keys: &[K],
) -> Condition {
    among_of(&|name| col(alias, name), columns, keys)
}

/// The same for a statement without an alias.
pub(crate) fn among_columns<K: Key>(columns: (Option<&'static str>, &'static str), keys: &[K]) -> Condition {
    among_of(&|name| Expr::col(Alias::new(name)), columns, keys)
}

fn among_of<K: Key>(
    col: &dyn Fn(&'static str) -> Expr,
    columns: (Option<&'static str>, &'static str),
    keys: &[K],
) -> Condition {
    let (Some(tenant_column), id_column) = columns else {
        return Condition::all().add(col(columns.1).is_in(keys.iter().map(Key::value)));
    };
    let mut tenants: BTreeMap<TenantId, Vec<Value>> = BTreeMap::new();
    for key in keys {
        tenants.entry(key.tenant().unwrap_or(TenantId::CENTRAL)).or_default().push(key.value());
    }
    tenants.into_iter().fold(Condition::any(), |any, (tenant, values)| {
        any.add(Condition::all().add(col(tenant_column).eq(tenant.0)).add(col(id_column).is_in(values)))
    })
}
