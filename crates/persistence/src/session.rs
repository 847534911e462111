//! One transaction at the database, on either engine: the only place that talks to a connection.
//!
//! On PostgreSQL it begins in one round trip: isolation, and who acts, as settings that end with the transaction.
//! Dropping a session undoes it, also when the client went away in the middle, so that neither an open transaction nor
//! somebody's settings stay on a pooled connection.

use futures_util::StreamExt;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, QueryResult, SqliteTransactionMode, Statement,
    StatementBuilder, TransactionOptions, TransactionTrait,
};
use sea_query_sqlx::SqlxValues;
use sqlx::AssertSqlSafe;
use tokio::sync::Mutex;

use crate::StoreError;
use crate::bulk::Array;
use crate::listing::{Reader, Taker};

/// Where transactions begin.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    pub connection: DatabaseConnection,
    /// On PostgreSQL, whether statements stay prepared.
    pub prepared: bool,
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// One snapshot for every statement, and no change.
    Read,
    /// Changes.
    Write,
}

/// An open transaction.
#[derive(Debug)]
pub(crate) enum Session {
    Sqlite(DatabaseTransaction),
    /// Statements take turns at the connection.
    Postgres {
        transaction: Box<Mutex<sqlx::Transaction<'static, sqlx::Postgres>>>,
        prepared: bool,
    },
}

impl Session {
    /// Begins. `settings` are statements for PostgreSQL, built by `access.rs` from numbers alone: nothing of a request
    /// stands in them as text.
    pub(crate) async fn begin(pool: &Pool, purpose: Purpose, settings: &[String]) -> Result<Self, StoreError> {
        let Pool { connection, prepared } = pool;
        if connection.get_database_backend() == DbBackend::Postgres {
            let begin = match purpose {
                // Policies make the planner think statements dear, and it would compile them for longer than they run.
                Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off",
                Purpose::Write => "BEGIN",
            };
            let batch = settings.iter().fold(begin.to_owned(), |batch, one| format!("{batch}; {one}"));
            let pool = connection.get_postgres_connection_pool().clone();
            // Begun to the end whatever becomes of the caller: the pool takes a connection back only when it knows of the
            // transaction on it, and it knows when the server has answered. Dropped before, somebody else would go on in
            // this transaction, with its settings.
            #[expect(clippy::disallowed_methods, reason = "it ends by itself, and what it opened is undone")]
            let begun = tokio::spawn(async move { pool.begin_with(AssertSqlSafe(batch)).await });
            let transaction = begun.await.map_err(|error| StoreError::Internal(error.to_string()))??;
            return Ok(Self::Postgres { transaction: Box::new(Mutex::new(transaction)), prepared: *prepared });
        }
        let mut options = TransactionOptions::default();
        if purpose == Purpose::Write {
            options.sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        }
        Ok(Self::Sqlite(connection.begin_with_options(options).await?))
    }

    /// The rows of a select.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where reads are executed")]
    pub(crate) async fn rows(&self, select: &SelectStatement) -> Result<Vec<QueryResult>, StoreError> {
        match self {
            Self::Sqlite(transaction) => Ok(transaction.query_all(select).await?),
            Self::Postgres { transaction, prepared } => {
                let (sql, values) = build(select);
                let mut transaction = transaction.lock().await;
                let query = sqlx::query_with(AssertSqlSafe(sql), values).persistent(*prepared);
                let rows = query.fetch_all(&mut **transaction).await?;
                Ok(rows.into_iter().map(QueryResult::from).collect())
            }
        }
    }

    /// Hands on the rows of a select while they come.
    pub(crate) async fn stream<T: Taker>(
        &self,
        select: &SelectStatement,
        reader: &mut Reader<'_, T>,
    ) -> Result<(), T::Error> {
        let Self::Postgres { transaction, prepared } = self else {
            return Err(StoreError::Internal("SQLite sends all rows at once".to_owned()).into());
        };
        let (sql, values) = build(select);
        let mut transaction = transaction.lock().await;
        let mut rows = sqlx::query_with(AssertSqlSafe(sql), values).persistent(*prepared).fetch(&mut **transaction);
        while let Some(row) = rows.next().await {
            let row = QueryResult::from(row.map_err(StoreError::from)?);
            if reader.read(&row)? {
                reader.pass_on().await?;
            }
        }
        Ok(())
    }

    /// Executes a change and answers how many rows it touched.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where writes are executed")]
    pub(crate) async fn execute<S: StatementBuilder>(&self, statement: &S) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(transaction) => Ok(transaction.execute(statement).await?.rows_affected()),
            Self::Postgres { transaction, prepared } => {
                let (sql, values) = build(statement);
                let mut transaction = transaction.lock().await;
                let query = sqlx::query_with(AssertSqlSafe(sql), values).persistent(*prepared);
                let done = query.execute(&mut **transaction).await?;
                Ok(done.rows_affected())
            }
        }
    }

    /// Executes a statement of ours that asks for nothing and stands in the same words on both engines.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where writes are executed")]
    pub(crate) async fn command(&self, statement: &'static str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => {
                transaction.execute_unprepared(statement).await?;
            }
            Self::Postgres { transaction, .. } => {
                let mut transaction = transaction.lock().await;
                sqlx::query(statement).persistent(false).execute(&mut **transaction).await?;
            }
        }
        Ok(())
    }

    /// Executes a change whose parameters are arrays. Only PostgreSQL has them.
    pub(crate) async fn execute_with(&self, sql: String, arrays: Vec<Array>) -> Result<(), StoreError> {
        let Self::Postgres { transaction, prepared } = self else {
            return Err(StoreError::Internal("SQLite has no arrays".to_owned()));
        };
        let query = sqlx::query(AssertSqlSafe(sql)).persistent(*prepared);
        let query = arrays.into_iter().fold(query, |query, array| array.bind(query));
        query.execute(&mut **transaction.lock().await).await?;
        Ok(())
    }

    /// Executes what only PostgreSQL understands: settings that say who acts from now on, and notifications. Nothing on
    /// SQLite, which has neither.
    pub(crate) async fn set(&self, settings: &[String]) -> Result<(), StoreError> {
        if let Self::Postgres { transaction, .. } = self {
            let mut transaction = transaction.lock().await;
            for one in settings {
                sqlx::query(AssertSqlSafe(one.clone())).persistent(false).execute(&mut **transaction).await?;
            }
        }
        Ok(())
    }

    /// Keeps what was changed.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => Ok(transaction.commit().await?),
            Self::Postgres { transaction, .. } => Ok(transaction.into_inner().commit().await?),
        }
    }
}

fn build<S: StatementBuilder>(statement: &S) -> (String, SqlxValues) {
    let Statement { sql, values, .. } = DbBackend::Postgres.build(statement);
    (sql, SqlxValues(values.unwrap_or_else(|| sea_orm::Values(Vec::new()))))
}
