//! Opens the database and hands out the two doors, one for reads and one for writes.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};

use crate::{Actor, Scope, StoreError, Tx};

/// How to open a database.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// `sqlite:/path/to/file.db` or `postgres://user:password@host/database`.
    pub url: String,
    /// Connections for reads.
    pub readers: u32,
}

impl StoreOptions {
    /// The defaults: four readers suit both engines on a small machine (SQLite's memory is connections × cache).
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), readers: 4 }
    }
}

/// An open database.
#[derive(Clone, Debug)]
pub struct Store {
    read: DatabaseConnection,
    write: DatabaseConnection,
}

impl Store {
    /// Opens the database. An SQLite file is created when it is missing; its folder is not.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        if options.url.starts_with("sqlite:") {
            // One writer: SQLite has one anyway, and waiting in our queue is kinder than `database is locked`.
            let write = connect(options, 1).await?;
            let read = connect(options, options.readers).await?;
            return Ok(Self { read, write });
        }
        let both = connect(options, options.readers).await?;
        Ok(Self { read: both.clone(), write: both })
    }

    /// Begins reading on behalf of `actor`.
    pub fn begin_read(&self, actor: Actor) -> Scope {
        Scope::new(self.read.clone(), actor)
    }

    /// Begins a write transaction; it is undone unless it is committed.
    pub async fn begin_write(&self) -> Result<Tx, StoreError> {
        Tx::begin(&self.write).await
    }

    /// The connection that changes the schema; only migrations may use it.
    pub fn migrator(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Whether the database answers.
    #[expect(clippy::disallowed_methods, reason = "asks nothing of any table")]
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// The engine's name, for people: `SQLite` or `PostgreSQL`.
    pub fn engine(&self) -> &'static str {
        if self.read.get_database_backend() == DbBackend::Postgres { "PostgreSQL" } else { "SQLite" }
    }
}

async fn connect(options: &StoreOptions, connections: u32) -> Result<DatabaseConnection, StoreError> {
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
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                .pragma("busy_timeout", "5000")
                .pragma("cache_size", "-8000")
        });
    Ok(Database::connect(connect).await?)
}
