//! The door for writes: one transaction, undone unless it is committed. Rows go in many at a time, and only those that
//! differ from what is stored.

mod columns;
mod savepoint;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use domain::actor::Principal;
use domain::change::Operation;
use domain::{Actor, Id, Program, TenantId};
use sea_orm::sea_query::{Alias, DeleteStatement, InsertStatement, OnConflict, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ActiveValue, EntityTrait, FromQueryResult, IntoActiveModel, Iterable, QueryResult,
    StatementBuilder, Value,
};

pub(crate) use self::columns::{SEARCH_COLUMNS, keep_version, next_version, search_values, version_of, visibility};
use crate::StoreError;
use crate::access::{Access, Holds, operator_settings, settings};
use crate::audit::Written;
use crate::bulk::Array;
use crate::edge::table_name;
use crate::filter::alias;
use crate::record::{Key, Record, Searchable, Stored, among, among_columns, every};
use crate::session::{Pool, Purpose, Session};
use crate::wake::{Bell, NOTIFY};

/// When and by what something is written.
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    /// When.
    pub at: DateTime<Utc>,
    /// The day in Vietnam.
    pub today: NaiveDate,
    /// The mutation or the command: `programSign`, `import`.
    pub action: &'static str,
}

/// A write transaction.
#[derive(Debug)]
pub struct Tx {
    session: Session,
    access: Access,
    bell: Bell,
    occasion: Occasion,
    /// Who acts; nobody but the operator at the command line.
    actor: Option<Actor>,
    /// What was written, for the audit.
    written: Mutex<Vec<Written>>,
    /// The programs of which it must be worked out anew what they share.
    touched: Mutex<BTreeSet<Id<Program>>>,
    /// Whether it has made changes that others follow.
    pub(crate) changed: AtomicBool,
}

/// What a write did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New rows.
    pub created: usize,
    /// Rows that changed.
    pub updated: usize,
    /// Rows that were so already.
    pub unchanged: usize,
    /// Rows that are no longer described.
    pub deleted: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.deleted += other.deleted;
    }
}

/// Both engines bind at least this many values to a statement.
pub(crate) const MAX_VALUES: usize = 30_000;

impl Tx {
    pub(crate) async fn begin(pool: &Pool, bell: &Bell, occasion: Occasion) -> Result<Self, StoreError> {
        let session = Session::begin(pool, Purpose::Write, &[]).await?;
        Ok(Self::new(session, Access::anonymous(), bell, occasion, None))
    }

    pub(crate) async fn enter(pool: &Pool, bell: &Bell, actor: &Actor, occasion: Occasion) -> Result<Self, StoreError> {
        let session = Session::begin(pool, Purpose::Write, &settings(actor, occasion.today)).await?;
        let access = Access::authorize(&session, actor, occasion.today).await?;
        Ok(Self::new(session, access, bell, occasion, Some(actor.clone())))
    }

    fn new(session: Session, access: Access, bell: &Bell, occasion: Occasion, actor: Option<Actor>) -> Self {
        let (written, touched, changed) = (Mutex::default(), Mutex::default(), AtomicBool::new(false));
        Self { session, access, bell: bell.clone(), occasion, actor, written, touched, changed }
    }

    /// Acts from now on as the staff of `tenant`, who may also add what the whole state shares to `others`.
    pub async fn act_for(&mut self, tenant: TenantId, others: &[TenantId]) -> Result<(), StoreError> {
        // While one may still write there.
        self.finish().await?;
        self.session.set(&operator_settings(tenant, others)).await?;
        self.access = Access::operate(&self.session, tenant, others).await?;
        Ok(())
    }

    /// Keeps what was written, and wakes whoever follows changes.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.finish().await?;
        if !self.changed.into_inner() {
            return self.session.commit().await;
        }
        self.session.set(&[NOTIFY.to_owned()]).await?;
        self.session.commit().await?;
        self.bell.ring();
        Ok(())
    }

    /// Whether one acts for `tenant`: as its own staff, or as its successor's.
    pub fn acts_for(&self, tenant: TenantId) -> bool {
        self.access.party().contains(&tenant)
    }

    /// Works out what follows from everything that was written.
    async fn finish(&self) -> Result<(), StoreError> {
        let touched = std::mem::take(&mut *lock(&self.touched));
        self.share(&touched.into_iter().collect::<Vec<_>>()).await?;
        self.write_audit().await
    }

    /// When and by what it writes.
    pub(crate) fn occasion(&self) -> Occasion {
        self.occasion
    }

    /// Who acts; none at the command line, where one has the database's own credentials.
    pub(crate) fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    /// Who acts, in words.
    pub(crate) fn principal(&self) -> Principal {
        self.actor.as_ref().map_or_else(Principal::operator, |actor| actor.principal.clone())
    }

    /// The tenant for which somebody acts; none at the command line.
    pub fn on_behalf_of(&self) -> Option<TenantId> {
        self.actor.as_ref().map(|actor| actor.tenant)
    }

    /// What was written so far.
    pub(crate) fn written(&self) -> MutexGuard<'_, Vec<Written>> {
        lock(&self.written)
    }

    /// Gathers what was written. What one may write of another tenant's, a request for a grant, stands in one's own audit.
    pub(crate) fn wrote(&self, written: impl IntoIterator<Item = Written>) {
        let own = self.access.party().first().copied();
        let placed = written.into_iter().map(|one| match own {
            Some(own) if !self.access.writes(one.tenant) => Written { tenant: own, ..one },
            _ => one,
        });
        self.written().extend(placed);
    }

    /// Has it worked out anew, before all is kept, what a program shares.
    pub(crate) fn touch(&self, programs: impl IntoIterator<Item = Id<Program>>) {
        lock(&self.touched).extend(programs);
    }

    pub(crate) fn access(&self) -> &Access {
        &self.access
    }

    /// Lets other writers of the same thing wait: two imports that both create an agency must not both find it missing.
    /// SQLite has one writer anyway.
    pub(crate) async fn lock(&self, what: i64) -> Result<(), StoreError> {
        if self.is_postgres() {
            let mut select = SelectStatement::new();
            select.expr(sea_orm::sea_query::Expr::cust_with_values("pg_advisory_xact_lock($1)", [what]));
            self.rows(&select).await?;
        }
        Ok(())
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.session, Session::Postgres { .. })
    }

    pub(crate) async fn rows(&self, select: &SelectStatement) -> Result<Vec<QueryResult>, StoreError> {
        self.session.rows(select).await
    }

    pub(crate) async fn execute<S: StatementBuilder>(&self, statement: &S) -> Result<u64, StoreError> {
        self.session.execute(statement).await
    }

    /// Executes what only PostgreSQL has a word for, an array a parameter.
    pub(crate) async fn execute_with(&self, sql: String, arrays: Vec<Array>) -> Result<(), StoreError> {
        self.session.execute_with(sql, arrays).await
    }

    /// Makes settings that end with the transaction.
    pub(crate) async fn settle(&self, settings: &[String]) -> Result<(), StoreError> {
        self.session.set(settings).await
    }

    /// Stores records: inserts new ones, updates those that differ, leaves the rest alone.
    pub(crate) async fn put<R: Stored>(&self, records: &[R]) -> Result<Counts, StoreError> {
        for record in records {
            self.access.may_write(&record.writers())?;
        }
        let mut counts = Counts::default();
        let width = <<R::Entity as EntityTrait>::Column as Iterable>::iter().count() + 8;
        for chunk in records.chunks(MAX_VALUES / width) {
            let keys: Vec<R::Key> = chunk.iter().map(Record::key).collect();
            let stored = self.stored::<R>(&keys).await?;
            let mut rows = Vec::new();
            let mut entries = Vec::new();
            let mut written = Vec::new();
            let (mut created, mut updated, mut moved) = (Vec::new(), Vec::new(), Vec::new());
            for record in chunk {
                let mut row = record.row();
                if let Some(known) = stored.get(&record.key()) {
                    keep_version::<R>(&mut row, known);
                    if row == *known {
                        counts.unchanged += 1;
                        continue;
                    }
                    updated.push(record.key());
                    if visibility::<R>(&row) != visibility::<R>(known) {
                        moved.push(record.key());
                    }
                } else {
                    created.push(record.key());
                }
                next_version::<R>(&mut row);
                if R::AUDITED {
                    written.push(Written::between::<R>(&record.key(), stored.get(&record.key()), Some(&row)));
                }
                rows.push((row, record.computed()));
                entries.extend(record.searchable());
            }
            counts.created += created.len();
            counts.updated += updated.len();
            self.wrote(written);
            self.upsert::<R>(rows).await?;
            self.index(&entries).await?;
            self.list::<R>(Operation::Created, &created).await?;
            self.list::<R>(Operation::Updated, &updated).await?;
            self.list_followers::<R>(&moved).await?;
        }
        Ok(counts)
    }

    pub(crate) async fn stored<R: Stored>(
        &self,
        keys: &[R::Key],
    ) -> Result<HashMap<R::Key, <R::Entity as EntityTrait>::Model>, StoreError> {
        let mut select = every::<R>(alias(0));
        select.cond_where(among(alias(0), R::Key::COLUMNS, keys));
        let mut stored = HashMap::new();
        for row in self.rows(&select).await? {
            let model = <<R::Entity as EntityTrait>::Model as FromQueryResult>::from_query_result(&row, "")?;
            stored.insert(R::read(model.clone())?.key(), model);
        }
        Ok(stored)
    }

    async fn upsert<R: Stored>(
        &self,
        rows: Vec<(<R::Entity as EntityTrait>::Model, Vec<crate::codec::Computed>)>,
    ) -> Result<(), StoreError> {
        let mut insert = InsertStatement::new();
        insert.into_table(R::Entity::default());
        let mut columns: Vec<String> = Vec::new();
        for (position, (model, computed)) in rows.into_iter().enumerate() {
            let mut active = model.into_active_model();
            let mut values: Vec<(String, Value)> = Vec::new();
            for column in <<R::Entity as EntityTrait>::Column as Iterable>::iter() {
                if let ActiveValue::Set(value) | ActiveValue::Unchanged(value) = active.take(column) {
                    values.push((sea_orm::IdenStatic::as_str(&column).to_owned(), value));
                }
            }
            values.extend(computed.into_iter().map(|(name, value)| (name.to_owned(), value)));
            if position == 0 {
                columns = values.iter().map(|(name, _)| name.clone()).collect();
                insert.columns(columns.iter().map(Alias::new));
            }
            insert
                .values(values.into_iter().map(|(_, value)| value.into()))
                .map_err(|error| StoreError::Internal(error.to_string()))?;
        }
        if columns.is_empty() {
            return Ok(());
        }
        let keys: Vec<&str> = [R::Key::COLUMNS.0, Some(R::Key::COLUMNS.1)].into_iter().flatten().collect();
        let mut conflict = OnConflict::columns(keys.iter().map(|name| Alias::new(*name)));
        conflict.update_columns(columns.iter().filter(|name| !keys.contains(&name.as_str())).map(Alias::new));
        insert.on_conflict(conflict);
        self.execute(&insert).await?;
        Ok(())
    }

    /// Writes the search entries of records.
    async fn index(&self, entries: &[Searchable]) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut insert = InsertStatement::new();
        insert.into_table(Alias::new("search_entries")).columns(SEARCH_COLUMNS.map(Alias::new));
        for entry in entries {
            let values = search_values(entry);
            insert.values(values.map(Into::into)).map_err(|error| StoreError::Internal(error.to_string()))?;
        }
        let mut conflict = OnConflict::columns(["tenant_id", "id"].map(Alias::new));
        conflict.update_columns(["visibility", "kind", "weight", "folded"].map(Alias::new));
        insert.on_conflict(conflict);
        self.execute(&insert).await?;
        Ok(())
    }

    /// Counts the version of a row up, unless this transaction has done so already: something changed that is edited
    /// together with it.
    pub(crate) async fn revise<R: Stored>(&self, key: &R::Key) -> Result<(), StoreError> {
        let Some(before) = self.stored::<R>(std::slice::from_ref(key)).await?.remove(key) else { return Ok(()) };
        let mut after = before.clone();
        next_version::<R>(&mut after);
        let written = Written::between::<R>(key, Some(&before), Some(&after));
        if self.written().iter().any(|one| one.is_of(&written)) {
            return Ok(());
        }
        self.wrote([written]);
        self.upsert::<R>(vec![(after, R::read(before)?.computed())]).await?;
        self.list::<R>(Operation::Updated, std::slice::from_ref(key)).await
    }

    /// Deletes rows by key, and their search entries.
    pub(crate) async fn delete<R: Stored>(&self, keys: &[R::Key]) -> Result<u64, StoreError> {
        if keys.is_empty() {
            return Ok(0);
        }
        for key in keys {
            self.access.may_write(&key.tenant().into_iter().collect::<Vec<_>>())?;
        }
        let table = table_name::<R>();
        let mut deleted = 0;
        for keys in keys.chunks(MAX_VALUES / 2) {
            if R::HOLDS != Holds::Shared {
                self.execute(&delete_from("search_entries", keys)).await?;
            }
            self.list::<R>(Operation::Deleted, keys).await?;
            if R::AUDITED {
                let gone = self.stored::<R>(keys).await?;
                let gone = gone.iter().map(|(key, row)| Written::between::<R>(key, Some(row), None));
                self.wrote(gone);
            }
            deleted += self.execute(&delete_from(&table, keys)).await?;
        }
        Ok(deleted)
    }
}

/// What a lock guards stays whole when its holder panics: these are lists.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn delete_from<K: Key>(table: &str, keys: &[K]) -> DeleteStatement {
    let mut delete = DeleteStatement::new();
    delete.from_table(Alias::new(table)).cond_where(among_columns(K::COLUMNS, keys));
    delete
}
