//! The order of changes after a dump went into another server. Changes are ordered by the number of the transaction that
//! made them, and each server counts its own: those of an older server may lie ahead of what a younger one has reached,
//! and would stay unread until it gets there.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};

/// No transaction that this server has finished can have such a number.
const FOREIGN: &str =
    "SELECT EXISTS (SELECT FROM changes WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)";

/// Puts every change before all that this server will make, in the order in which they stood.
const RENUMBER: &str = "
    UPDATE changes c SET xid = 0, seq = o.place
    FROM (SELECT tenant_id, id, number, row_number() OVER (ORDER BY xid, seq) AS place FROM changes) o
    WHERE (c.tenant_id, c.id, c.number) = (o.tenant_id, o.id, o.number)";

/// Renumbers the changes if they are of another server, and says whether they were. Does nothing on SQLite. As the
/// tables' owner, whom the policies hold as everybody else, unless it says otherwise for the time of a transaction.
#[expect(clippy::disallowed_methods, reason = "the order is the owner's; cursors name records and stay as they are")]
pub async fn mend(connection: &DatabaseConnection) -> Result<bool, DbErr> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(false);
    }
    let transaction = connection.begin().await?;
    transaction.execute_unprepared("ALTER TABLE changes NO FORCE ROW LEVEL SECURITY").await?;
    let asked = transaction.query_one_raw(Statement::from_string(DbBackend::Postgres, FOREIGN)).await?;
    let foreign: bool = asked.ok_or_else(|| DbErr::RecordNotFound(FOREIGN.to_owned()))?.try_get_by_index(0)?;
    if foreign {
        transaction.execute_unprepared(RENUMBER).await?;
    }
    transaction.execute_unprepared("ALTER TABLE changes FORCE ROW LEVEL SECURITY").await?;
    transaction.commit().await?;
    Ok(foreign)
}
