//! The door for reads. A scope is one snapshot of the database as one actor may see it: it holds the connection and
//! the visibility, both private, and nothing outside this file executes a read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, Iterable,
    QueryResult, TransactionOptions, TransactionTrait,
};
use tokio::sync::OnceCell;

use crate::StoreError;
use crate::record::{Record, col};

/// On whose behalf the database is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Actor {
    /// Nobody in particular: sees what is public.
    Anonymous,
}

/// One snapshot, seen by one actor. Cheap to clone; the snapshot ends with the last clone.
#[derive(Clone, Debug)]
pub struct Scope {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    connection: DatabaseConnection,
    snapshot: OnceCell<DatabaseTransaction>,
    actor: Actor,
    statements: AtomicU64,
}

impl Scope {
    pub(crate) fn new(connection: DatabaseConnection, actor: Actor) -> Self {
        Self { inner: Arc::new(Inner { connection, snapshot: OnceCell::new(), actor, statements: AtomicU64::new(0) }) }
    }

    /// How many statements this scope has executed.
    pub fn statements(&self) -> u64 {
        self.inner.statements.load(Ordering::Relaxed)
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.inner.connection.get_database_backend()
    }

    /// The rows of `R` that the actor may see, known as `alias` to whoever adds conditions.
    pub(crate) fn select<R: Record>(&self, alias: &'static str) -> SelectStatement {
        let mut select = SelectStatement::new();
        select.from_as(R::Entity::default(), Alias::new(alias)).cond_where(self.visible::<R>(alias));
        for column in <<R::Entity as sea_orm::EntityTrait>::Column as Iterable>::iter() {
            select.column((Alias::new(alias), column));
        }
        select
    }

    /// The condition under which the actor may see a row. The one place that decides it.
    pub(crate) fn visible<R: Record>(&self, alias: &'static str) -> Condition {
        Condition::all().add(self.visible_when(R::OWNED, alias)).add(R::needs_visible(self, alias))
    }

    /// The same, for a table that is named by an edge.
    pub(crate) fn visible_when(&self, owned: bool, alias: &'static str) -> Condition {
        if !owned {
            return Condition::all();
        }
        match self.inner.actor {
            Actor::Anonymous => Condition::all().add(col(alias, "visibility").eq(Expr::cust("'PUBLIC'"))),
        }
    }

    /// Executes a select in the snapshot.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where reads are executed")]
    pub(crate) async fn rows(&self, select: &SelectStatement) -> Result<Vec<QueryResult>, StoreError> {
        let snapshot = self.inner.snapshot.get_or_try_init(|| self.begin()).await?;
        self.inner.statements.fetch_add(1, Ordering::Relaxed);
        Ok(snapshot.query_all(select).await?)
    }

    /// Begins the snapshot at the first read, so that a request that needs no data takes no connection. The
    /// transaction rolls back when the scope is dropped, also when the client went away in the middle.
    async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let mut options = TransactionOptions::default();
        if self.backend() == DbBackend::Postgres {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        Ok(self.inner.connection.begin_with_options(options).await?)
    }
}
