//! Opens the database and hands out the two doors, one for reads and one for writes.

use std::time::Duration;

use chrono::NaiveDate;
use domain::{Actor, Tenant};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, SelectStatement};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};

use crate::session::{Pool, Purpose, Session};
use crate::wake::Bell;
use crate::{Occasion, Scope, StoreError, Tx, Wakes};

/// How to open a database.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// `sqlite:/path/to/file.db` or `postgres://user:password@host/database`.
    pub url: String,
    /// Connections for reads.
    pub readers: u32,
    /// On PostgreSQL, the role to take on; none: the one that logs in.
    pub role: Option<&'static str>,
    /// On PostgreSQL, whether statements stay prepared. Behind a pooler that hands out a server's connection for one
    /// transaction (pgbouncer's mode `transaction`) they must not.
    pub prepared: bool,
}

impl StoreOptions {
    /// The defaults: four readers suit both engines on a small machine (SQLite's memory is connections × cache).
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), readers: 4, role: None, prepared: true }
    }

    /// The same with so many connections more.
    pub fn with_more_readers(self, more: u32) -> Self {
        Self { readers: self.readers.saturating_add(more), ..self }
    }

    /// The same as another role.
    pub fn with_role(self, role: &'static str) -> Self {
        Self { role: Some(role), ..self }
    }
}

/// An open database.
#[derive(Clone, Debug)]
pub struct Store {
    read: Pool,
    write: Pool,
    bell: Bell,
    #[cfg(debug_assertions)]
    open: bool,
}

impl Store {
    /// Opens the database. An SQLite file is created when it is missing; its folder is not.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        if options.url.starts_with("sqlite:") {
            // One writer: SQLite has one anyway, and waiting in our queue is kinder than `database is locked`.
            let write = connect(options, 1).await?;
            let read = connect_to(options, options.readers, true).await?;
            return Ok(Self::over(read, write, options));
        }
        let both = connect(options, options.readers).await?;
        Ok(Self::over(both.clone(), both, options))
    }

    fn over(read: DatabaseConnection, write: DatabaseConnection, options: &StoreOptions) -> Self {
        let pool = |connection| Pool { connection, prepared: options.prepared };
        let (read, write) = (pool(read), pool(write));
        Self {
            read,
            write,
            bell: Bell::default(),
            #[cfg(debug_assertions)]
            open: false,
        }
    }

    /// Begins reading on behalf of `actor`; of nobody in particular when there is none.
    pub async fn begin_read(&self, actor: Option<Actor>, today: NaiveDate) -> Result<Scope, StoreError> {
        let scope = match actor {
            None => Scope::anonymous(self.read.clone()),
            Some(actor) => Scope::enter(self.read.clone(), actor, today).await?,
        };
        #[cfg(debug_assertions)]
        if self.open {
            return Ok(scope.opened());
        }
        Ok(scope)
    }

    /// Begins writing on behalf of `actor`; undone unless it is committed.
    pub async fn begin_write(&self, actor: &Actor, occasion: Occasion) -> Result<Tx, StoreError> {
        Tx::enter(&self.write, &self.bell, actor, occasion).await
    }

    /// Begins writing with the database's own credentials, at the command line. Nothing can be seen or written before
    /// [`Tx::act_for`] says for whom. Undone unless it is committed.
    pub async fn begin_operation(&self, occasion: Occasion) -> Result<Tx, StoreError> {
        Tx::begin(&self.write, &self.bell, occasion).await
    }

    /// Tells, from now on, when there may be new changes, whichever process made them.
    pub fn wakes(&self) -> Wakes {
        self.bell.wakes(&self.read)
    }

    /// Opens the first wall, so that a test can try the second alone. Release builds have no such switch.
    #[cfg(debug_assertions)]
    #[must_use]
    pub fn with_first_wall_open(self) -> Self {
        Self { open: true, ..self }
    }

    pub(crate) fn reader(&self) -> &Pool {
        &self.read
    }

    pub(crate) fn writer(&self) -> &Pool {
        &self.write
    }

    /// Whether the database answers.
    #[expect(clippy::disallowed_methods, reason = "asks nothing of any table")]
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read.connection.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// On PostgreSQL, why the second wall would not stand for whoever is connected; none when it stands. Nothing on
    /// SQLite, which has no second wall.
    pub async fn unwalled(&self) -> Result<Option<String>, StoreError> {
        if !self.is_postgres() {
            return Ok(None);
        }
        let owns = "EXISTS (SELECT FROM pg_class c WHERE c.relrowsecurity AND pg_has_role(current_user, c.relowner, 'MEMBER'))";
        let mut select = SelectStatement::new();
        select
            .exprs(["current_user::text", "rolsuper", "rolbypassrls", owns].map(Expr::cust))
            .from(Alias::new("pg_roles"))
            .cond_where(Expr::cust("rolname = current_user"));
        let rows = Session::begin(&self.read, Purpose::Read, &[]).await?.rows(&select).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let name: String = row.try_get_by_index(0)?;
        let reasons = ["is a superuser", "has the right BYPASSRLS", "may act as the owner of the tables"];
        for (index, reason) in reasons.into_iter().enumerate() {
            if row.try_get_by_index(index + 1)? {
                return Ok(Some(format!("{name} {reason}")));
            }
        }
        Ok(None)
    }

    /// On PostgreSQL, the settings that let a crash lose what was acknowledged.
    pub async fn lossy(&self) -> Result<Vec<&'static str>, StoreError> {
        if !self.is_postgres() {
            return Ok(Vec::new());
        }
        let settings = ["fsync", "full_page_writes", "synchronous_commit"];
        let mut select = SelectStatement::new();
        select.exprs(settings.map(|name| Expr::cust(format!("current_setting('{name}') = 'off'"))));
        let rows = Session::begin(&self.read, Purpose::Read, &[]).await?.rows(&select).await?;
        let Some(row) = rows.first() else { return Ok(Vec::new()) };
        let mut lossy = Vec::new();
        for (index, name) in settings.into_iter().enumerate() {
            if row.try_get_by_index(index)? {
                lossy.push(name);
            }
        }
        Ok(lossy)
    }

    /// Every tenant there is, in the order of their numbers.
    pub async fn tenants(&self) -> Result<Vec<Tenant>, StoreError> {
        let mut tenants = self.begin_read(None, NaiveDate::MIN).await?.tenants_of_all_time().await?;
        tenants.sort_by_key(|tenant| tenant.id);
        Ok(tenants)
    }

    /// The names of the migrations that were applied.
    pub async fn applied_migrations(&self) -> Result<Vec<String>, StoreError> {
        let session = Session::begin(&self.read, Purpose::Read, &[]).await?;
        let (catalog, name) = if self.is_postgres() { ("pg_tables", "tablename") } else { ("sqlite_master", "name") };
        let table = "seaql_migrations";
        let mut known = SelectStatement::new();
        known.expr(Expr::cust("1")).from(Alias::new(catalog)).cond_where(Expr::col(Alias::new(name)).eq(table));
        if session.rows(&known).await?.is_empty() {
            return Ok(Vec::new());
        }
        let mut select = SelectStatement::new();
        select.column(Alias::new("version")).from(Alias::new(table));
        session.rows(&select).await?.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
    }

    fn is_postgres(&self) -> bool {
        self.read.connection.get_database_backend() == DbBackend::Postgres
    }

    /// The engine's name, for people: `SQLite` or `PostgreSQL`.
    pub fn engine(&self) -> &'static str {
        if self.is_postgres() { "PostgreSQL" } else { "SQLite" }
    }
}

async fn connect(options: &StoreOptions, connections: u32) -> Result<DatabaseConnection, StoreError> {
    connect_to(options, connections, false).await
}

/// On SQLite, readers cannot write whatever they are told; on PostgreSQL their transactions say so.
async fn connect_to(
    options: &StoreOptions,
    connections: u32,
    only_read: bool,
) -> Result<DatabaseConnection, StoreError> {
    let url = if options.url.starts_with("sqlite:") && !options.url.contains('?') {
        format!("{}?mode=rwc", options.url)
    } else {
        options.url.clone()
    };
    let mut connect = ConnectOptions::new(url);
    connect
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts({
            let (role, prepared) = (options.role, options.prepared);
            move |postgres| {
                let postgres = if prepared { postgres } else { postgres.statement_cache_capacity(0) };
                role.map_or(postgres.clone(), |role| postgres.options([("role", role)]))
            }
        })
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                .pragma("busy_timeout", "5000")
                .pragma("cache_size", "-8000")
                .pragma("query_only", if only_read { "ON" } else { "OFF" })
        });
    let connection = Database::connect(connect).await?;
    if let (Some(role), DbBackend::Postgres) = (options.role, connection.get_database_backend()) {
        require_role(&connection, role).await?;
    }
    Ok(connection)
}

/// A pooler may ignore what a connection asks for; then tables would get another owner, and policies hold another role.
async fn require_role(connection: &DatabaseConnection, role: &str) -> Result<(), StoreError> {
    let mut select = SelectStatement::new();
    select.expr(Expr::cust("current_user::text"));
    let pool = Pool { connection: connection.clone(), prepared: false };
    let rows = Session::begin(&pool, Purpose::Read, &[]).await?.rows(&select).await?;
    let found: String = rows.first().map_or_else(|| Ok(String::new()), |row| row.try_get_by_index(0))?;
    if found == role {
        return Ok(());
    }
    Err(StoreError::Denied(format!(
        "the connection is {found}'s, not {role}'s: connect to the server, not to a pooler"
    )))
}

/// The door for whoever owns the tables: migrations, and nothing else.
#[derive(Debug)]
pub struct Owner {
    connection: DatabaseConnection,
}

impl Owner {
    /// Opens the database. An SQLite file is created when it is missing; its folder is not.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        Ok(Self { connection: connect(options, 1).await? })
    }

    /// The connection; only migrations may use it.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Whether it is PostgreSQL, which has roles.
    pub fn has_roles(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Postgres
    }
}
