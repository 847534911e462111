//! The database as it is, past every wall: what a failed import must leave as it was, and what the catalogs say.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use sqlx::Row;

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub columns: BTreeSet<String>,
    /// Each row as one text, in a stable order.
    pub rows: Vec<String>,
}

/// Every table of ours by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows(pub BTreeMap<String, Table>);

impl Rows {
    pub async fn read(connection: &DatabaseConnection) -> Self {
        let postgres = connection.get_database_backend() == DbBackend::Postgres;
        let columns = if postgres {
            "SELECT table_name::text, column_name::text FROM information_schema.columns
             JOIN information_schema.tables USING (table_schema, table_name)
             WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        } else {
            // The shadow tables of the full-text index are the engine's.
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'search_fts%' AND t.name NOT LIKE 'sqlite_%'"
        };
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        for row in select(connection, columns).await {
            let table =
                tables.entry(row[0].clone()).or_insert_with(|| Table { columns: BTreeSet::new(), rows: Vec::new() });
            table.columns.insert(row[1].clone());
        }
        for (name, table) in &mut tables {
            let sql = if postgres {
                format!("SELECT t::text FROM {name} t ORDER BY 1")
            } else {
                let columns: Vec<String> = table.columns.iter().map(|column| format!("quote({column})")).collect();
                format!("SELECT {} FROM {name} ORDER BY 1", columns.join(" || '|' || "))
            };
            table.rows = select(connection, &sql).await.into_iter().flatten().collect();
        }
        Self(tables)
    }

    /// How many rows each table has.
    pub fn counts(&self) -> BTreeMap<&str, usize> {
        self.0.iter().map(|(name, table)| (name.as_str(), table.rows.len())).collect()
    }
}

/// Runs a statement.
pub async fn execute(connection: &DatabaseConnection, sql: &str) {
    execute_unprepared(connection, sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Runs a statement that may fail.
pub async fn execute_unprepared(connection: &DatabaseConnection, sql: &str) -> Result<(), DbErr> {
    connection.execute_unprepared(sql).await.map(|_| ())
}

/// Runs a query after `before` on the same connection; the SQLSTATE of what it is refused with.
pub async fn try_select(connection: &DatabaseConnection, before: &str, sql: &str) -> Result<Vec<Vec<String>>, String> {
    let mut session = connection.get_postgres_connection_pool().acquire().await.expect("a connection");
    sqlx::raw_sql(sqlx::AssertSqlSafe(before.to_owned())).execute(&mut *session).await.expect("the settings are made");
    let found = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(&mut *session).await;
    let rows = found.map_err(|error| match error.as_database_error().and_then(sqlx::error::DatabaseError::code) {
        Some(code) => code.into_owned(),
        None => panic!("{sql}: {error}"),
    })?;
    Ok(rows
        .iter()
        .map(|row| (0..row.len()).map(|index| row.get::<Option<String>, _>(index).unwrap_or_default()).collect())
        .collect())
}

/// Runs a query; every column must be text or null, which is an empty text.
pub async fn select(connection: &DatabaseConnection, sql: &str) -> Vec<Vec<String>> {
    let statement = Statement::from_string(connection.get_database_backend(), sql.to_owned());
    let rows = connection.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let texts = |row: &sea_orm::QueryResult| {
        let value = |index| row.try_get_by_index::<Option<String>>(index).unwrap_or_else(|e| panic!("{sql}: {e}"));
        (0..row.column_names().len()).map(|index| value(index).unwrap_or_default()).collect()
    };
    rows.iter().map(texts).collect()
}
