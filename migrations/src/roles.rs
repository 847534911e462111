//! PostgreSQL's roles. They belong to the server, not to one database, so they are made when missing and never changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};

/// Owns tables and functions; nobody logs in as it.
pub const OWNER: &str = "phoihop_owner";
/// The service: reads and writes as far as the policies let it.
pub const APP: &str = "phoihop_app";
/// A service that only publishes: reads.
pub const ANON: &str = "phoihop_anon";
/// Reads the search entries of every tenant; nobody logs in as it.
pub const SEARCH: &str = "phoihop_search";
/// Reads the views for reports, by way of those who log in as members of it; nobody logs in as it.
pub const REPORTS: &str = "phoihop_reports";
/// Dumps: a dump that obeyed the policies would silently miss rows.
pub const BACKUP: &str = "phoihop_backup";

/// What was found or done about the roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prepared {
    /// Roles that were made just now.
    pub created: Vec<&'static str>,
    /// Whether the role for dumps is missing, because only a superuser may make one.
    pub backup_missing: bool,
}

/// Makes the roles that are missing and gives the owner what migrations need. Does nothing on SQLite.
///
/// Whoever is connected must be a superuser; or own the database, and either have CREATEROLE or find the roles made
/// already and be a member of the owner.
pub async fn prepare(connection: &DatabaseConnection) -> Result<Prepared, DbErr> {
    let mut prepared = Prepared::default();
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(prepared);
    }
    // Two programs that migrate two databases of one server must not both find a role missing.
    let lock = "SELECT pg_advisory_lock(7044602)";
    run(connection, lock).await?;
    let done = prepare_locked(connection, &mut prepared).await;
    run(connection, "SELECT pg_advisory_unlock(7044602)").await?;
    done.map(|()| prepared)
}

async fn prepare_locked(connection: &DatabaseConnection, prepared: &mut Prepared) -> Result<(), DbErr> {
    for (role, login) in
        [(OWNER, "NOLOGIN"), (APP, "LOGIN"), (ANON, "LOGIN"), (SEARCH, "NOLOGIN"), (REPORTS, "NOLOGIN")]
    {
        if missing(connection, role).await? {
            run(connection, &format!("CREATE ROLE {role} {login} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"))
                .await?;
            prepared.created.push(role);
        }
    }
    let superuser = truth(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user").await?;
    if missing(connection, BACKUP).await? {
        if superuser {
            run(connection, &format!("CREATE ROLE {BACKUP} LOGIN NOSUPERUSER BYPASSRLS")).await?;
            run(connection, &format!("GRANT pg_read_all_data TO {BACKUP}")).await?;
            prepared.created.push(BACKUP);
        } else {
            prepared.backup_missing = true;
        }
    }
    // From PostgreSQL 16 on, whoever made a role is a member of it and may still not take it on.
    if run(connection, &format!("SET ROLE {OWNER}; RESET ROLE")).await.is_err() {
        run(connection, &format!("GRANT {OWNER} TO CURRENT_USER")).await?;
    }
    if !truth(connection, &format!("SELECT pg_has_role('{OWNER}', '{SEARCH}', 'MEMBER')")).await? {
        run(connection, &format!("GRANT {SEARCH} TO {OWNER}")).await?;
    }
    if !truth(connection, &format!("SELECT has_schema_privilege('{OWNER}', 'public', 'CREATE WITH GRANT OPTION')"))
        .await?
    {
        run(connection, &format!("GRANT USAGE, CREATE ON SCHEMA public TO {OWNER} WITH GRANT OPTION")).await?;
    }
    // Extensions that PostgreSQL trusts, such as pg_trgm, are made by whoever may create in the database.
    if !truth(connection, &format!("SELECT has_database_privilege('{OWNER}', current_database(), 'CREATE')")).await? {
        let database = text(connection, "SELECT quote_ident(current_database())").await?;
        run(connection, &format!("GRANT CREATE ON DATABASE {database} TO {OWNER}")).await?;
    }
    Ok(())
}

/// Lets the service read which migrations were applied. Nothing on SQLite.
pub async fn show_migrations(connection: &DatabaseConnection) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        run(connection, &format!("GRANT SELECT ON seaql_migrations TO {APP}, {ANON}")).await?;
    }
    Ok(())
}

async fn missing(connection: &DatabaseConnection, role: &str) -> Result<bool, DbErr> {
    truth(connection, &format!("SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')")).await
}

async fn truth(connection: &DatabaseConnection, sql: &str) -> Result<bool, DbErr> {
    one(connection, sql).await?.try_get_by_index(0)
}

async fn text(connection: &DatabaseConnection, sql: &str) -> Result<String, DbErr> {
    one(connection, sql).await?.try_get_by_index(0)
}

#[expect(clippy::disallowed_methods, reason = "roles are the server's; no table is read")]
async fn one(connection: &DatabaseConnection, sql: &str) -> Result<QueryResult, DbErr> {
    let statement = Statement::from_string(DbBackend::Postgres, sql.to_owned());
    let row = connection.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))
}

#[expect(clippy::disallowed_methods, reason = "only migrations make roles")]
async fn run(connection: &DatabaseConnection, sql: &str) -> Result<(), DbErr> {
    connection.execute_unprepared(sql).await.map(|_| ())
}
