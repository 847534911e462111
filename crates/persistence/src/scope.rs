//! The door for reads. A scope is one snapshot of the database as one actor may see it: it holds the transaction and the
//! access, both private, and every statement that it builds carries the condition of [`Access`].

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::NaiveDate;
use domain::{Actor, TenantId};
use sea_orm::sea_query::{Condition, SelectStatement};
use sea_orm::{DbBackend, QueryResult};
use tokio::sync::OnceCell;

use crate::StoreError;
use crate::access::{Access, Holds, settings};
use crate::listing::{Reader, Taker};
use crate::record::{Record, every};
use crate::session::{Pool, Purpose, Session};

/// One snapshot, seen by one actor. Cheap to clone; the snapshot ends with the last clone.
#[derive(Clone, Debug)]
pub struct Scope {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    pool: Pool,
    snapshot: OnceCell<Session>,
    actor: Option<Actor>,
    access: Access,
    statements: AtomicU64,
}

impl Scope {
    /// Nobody's snapshot begins at the first read, so that a request that needs no data takes no connection.
    pub(crate) fn anonymous(pool: Pool) -> Self {
        Self::new(pool, OnceCell::new(), None, Access::anonymous())
    }

    /// An actor's snapshot begins at once: what the actor may see is read in it.
    pub(crate) async fn enter(pool: Pool, actor: Actor, today: NaiveDate) -> Result<Self, StoreError> {
        let session = Session::begin(&pool, Purpose::Read, &settings(&actor, today)).await?;
        let access = Access::authorize(&session, &actor, today).await?;
        Ok(Self::new(pool, OnceCell::new_with(Some(session)), Some(actor), access))
    }

    fn new(pool: Pool, snapshot: OnceCell<Session>, actor: Option<Actor>, access: Access) -> Self {
        Self { inner: Arc::new(Inner { pool, snapshot, actor, access, statements: AtomicU64::new(0) }) }
    }

    /// The same scope with the first wall open, to try the second alone. Release builds have no such thing.
    #[cfg(debug_assertions)]
    pub(crate) fn opened(self) -> Self {
        let Inner { pool, snapshot, actor, access, .. } =
            Arc::into_inner(self.inner).unwrap_or_else(|| unreachable!("the scope was made just now"));
        Self::new(pool, snapshot, actor, access.opened())
    }

    /// On whose behalf it reads; nobody's when they did not say who they are.
    pub fn actor(&self) -> Option<&Actor> {
        self.inner.actor.as_ref()
    }

    /// The tenants for which the actor acts: their own, and those that it stewards.
    pub fn tenants(&self) -> &[TenantId] {
        self.inner.access.party()
    }

    /// What the actor may see and write.
    pub(crate) fn access(&self) -> &Access {
        &self.inner.access
    }

    /// Whether a transaction that begins now would show the actor all that this one does: grants end and are revoked while
    /// a long answer is on its way.
    pub async fn still_holds(&self, today: NaiveDate) -> Result<bool, StoreError> {
        let Some(actor) = self.actor() else { return Ok(true) };
        let session = Session::begin(&self.inner.pool, Purpose::Read, &settings(actor, today)).await?;
        Ok(Access::authorize(&session, actor, today).await?.sees_all_of(&self.inner.access))
    }

    /// A mark of what the actor may see: as long as it is the same, nothing was granted or taken away since.
    pub fn access_mark(&self) -> String {
        self.inner.access.mark()
    }

    /// How many statements this scope has executed.
    pub fn statements(&self) -> u64 {
        self.inner.statements.load(Ordering::Relaxed)
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.inner.pool.connection.get_database_backend()
    }

    /// The rows of `R` that the actor may see, known as `alias` to whoever adds conditions.
    pub(crate) fn select<R: Record>(&self, alias: &'static str) -> SelectStatement {
        let mut select = every::<R>(alias);
        select.cond_where(self.visible::<R>(alias));
        select
    }

    /// The condition under which the actor may see a row.
    pub(crate) fn visible<R: Record>(&self, alias: &'static str) -> Condition {
        Condition::all().add(self.visible_in(R::HOLDS, alias)).add(R::needs_visible(self, alias))
    }

    /// The same, for a table that is named by an edge.
    pub(crate) fn visible_in(&self, holds: Holds, alias: &'static str) -> Condition {
        self.inner.access.condition(holds, alias)
    }

    /// The condition under which the actor may see a grant.
    pub(crate) fn grants(&self, alias: &'static str) -> Condition {
        self.inner.access.grants(alias)
    }

    /// Executes a select in the snapshot.
    pub(crate) async fn rows(&self, select: &SelectStatement) -> Result<Vec<QueryResult>, StoreError> {
        self.snapshot().await?.rows(select).await
    }

    /// Executes a select in the snapshot and hands its rows on while they come. Only PostgreSQL sends them one by one.
    pub(crate) async fn stream<T: Taker>(
        &self,
        select: &SelectStatement,
        reader: &mut Reader<'_, T>,
    ) -> Result<(), T::Error> {
        self.snapshot().await?.stream(select, reader).await
    }

    /// Makes settings that end with the snapshot.
    pub(crate) async fn settle(&self, settings: &[String]) -> Result<(), StoreError> {
        self.snapshot().await?.set(settings).await
    }

    /// The snapshot, for one more statement.
    async fn snapshot(&self) -> Result<&Session, StoreError> {
        let begin = || Session::begin(&self.inner.pool, Purpose::Read, &[]);
        let snapshot = self.inner.snapshot.get_or_try_init(begin).await?;
        self.inner.statements.fetch_add(1, Ordering::Relaxed);
        Ok(snapshot)
    }
}
