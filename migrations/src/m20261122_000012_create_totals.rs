//! What results add up to, kept so that a report need not read a million of them again.
//!
//! `result_totals` has for each tenant and indicator the sums over all time and by year, three times over: of what is seen
//! by whoever sees public records (`visibility` PUBLIC), internal ones besides, and drafts besides. Whatever changes a
//! result leaves a mark in `stale_totals` within its own transaction, by trigger, so that nothing can forget it: also the
//! database itself, when a program is published. Sums with a mark are not read, but added up anew; a task of the service
//! renews them and takes those marks away that it saw.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{VISIBILITIES, drop, execute, shared};
use crate::wall::Wall;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A mark a transaction, not one for all: one that is added while another is taken away stays.
const POSTGRES: &[&str] = &[
    "CREATE FUNCTION phoihop_stale() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       IF TG_OP <> 'INSERT' THEN
         INSERT INTO public.stale_totals (tenant_id, visibility, indicator)
           SELECT DISTINCT tenant_id, visibility, indicator FROM before ON CONFLICT DO NOTHING;
       END IF;
       IF TG_OP <> 'DELETE' THEN
         INSERT INTO public.stale_totals (tenant_id, visibility, indicator)
           SELECT DISTINCT tenant_id, visibility, indicator FROM after ON CONFLICT DO NOTHING;
       END IF;
       RETURN NULL;
     END $$",
    "CREATE TRIGGER results_ai AFTER INSERT ON results
       REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION phoihop_stale()",
    "CREATE TRIGGER results_au AFTER UPDATE ON results
       REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION phoihop_stale()",
    "CREATE TRIGGER results_ad AFTER DELETE ON results
       REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION phoihop_stale()",
];

/// SQLite, which has one writer at a time, marks by row.
fn sqlite() -> [String; 3] {
    let mark = |row: &str| {
        format!(
            "INSERT INTO stale_totals (tenant_id, visibility, indicator)
               SELECT {row}.tenant_id, {row}.visibility, {row}.indicator WHERE NOT EXISTS (
                 SELECT 1 FROM stale_totals s WHERE s.tenant_id = {row}.tenant_id
                   AND s.visibility = {row}.visibility AND s.indicator = {row}.indicator);"
        )
    };
    let (before, after) = (mark("old"), mark("new"));
    [
        format!("CREATE TRIGGER results_ai AFTER INSERT ON results BEGIN {after} END"),
        format!("CREATE TRIGGER results_au AFTER UPDATE ON results BEGIN {before} {after} END"),
        format!("CREATE TRIGGER results_ad AFTER DELETE ON results BEGIN {before} END"),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_database_backend();
        shared("result_totals")
            .int("tenant_id")
            .code("visibility", VISIBILITIES)
            .bytes_text(db, "indicator", false)
            // Whether the indicator's figures add up over time; they are summed otherwise when the catalog says otherwise.
            .bool("adds_up")
            .bool("by_year")
            .int_null("year")
            .bigint("records")
            .bigint("counted")
            .bigint("missing")
            .bigint("left_out")
            .text_null("sum_e4")
            .int("lower")
            .int("upper")
            .int("loose")
            .check("by_year or year is null")
            .refers_shared("tenant_id", "tenants", "id")
            .refers_shared("indicator", "indicators", "code")
            .walled(Wall::Sums)
            .create(m)
            .await?;
        execute(
            m,
            "CREATE UNIQUE INDEX uq_result_totals ON result_totals
               (tenant_id, visibility, indicator, by_year, coalesce(year, 0))",
        )
        .await?;
        shared("stale_totals")
            .int("tenant_id")
            .code("visibility", VISIBILITIES)
            .bytes_text(db, "indicator", false)
            .transaction(db)
            .key(&["tenant_id", "visibility", "indicator", "xid"])
            .walled(Wall::Sums)
            .create(m)
            .await?;
        // What is there already has never been added up.
        let all = "INSERT INTO stale_totals (tenant_id, visibility, indicator)
                     SELECT DISTINCT tenant_id, visibility, indicator FROM results";
        execute(m, all).await?;
        if db == DbBackend::Postgres {
            for sql in POSTGRES {
                execute(m, sql).await?;
            }
        } else {
            for sql in sqlite() {
                execute(m, &sql).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for name in ["results_ai", "results_au", "results_ad"] {
            let on = if m.get_database_backend() == DbBackend::Postgres { " ON results" } else { "" };
            execute(m, &format!("DROP TRIGGER {name}{on}")).await?;
        }
        if m.get_database_backend() == DbBackend::Postgres {
            execute(m, "DROP FUNCTION phoihop_stale()").await?;
        }
        drop(m, &["stale_totals", "result_totals"]).await
    }
}
