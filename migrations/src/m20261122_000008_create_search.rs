//! Search: one folded text a record, with a trigram index. SQLite folds neither đ nor marks in FTS5 and its LIKE knows
//! only ASCII, so the folded column is ours on both engines.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{drop, execute, owned};
use crate::wall;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let backend = m.get_database_backend();
        owned("search_entries")
            .by_kind()
            .text("kind")
            .int("weight")
            .bytes_text(backend, "folded", false)
            .index(&["kind", "tenant_id"])
            .create(m)
            .await?;
        if backend == DbBackend::Postgres {
            execute(m, "CREATE EXTENSION IF NOT EXISTS pg_trgm").await?;
            execute(m, "CREATE INDEX ix_search_entries_folded ON search_entries USING gin (folded gin_trgm_ops)")
                .await?;
            for sql in wall::search() {
                execute(m, &sql).await?;
            }
        } else {
            execute(
                m,
                "CREATE VIRTUAL TABLE search_fts USING fts5(folded, content='search_entries', content_rowid='rowid', tokenize='trigram');
                 CREATE TRIGGER search_entries_ai AFTER INSERT ON search_entries BEGIN
                   INSERT INTO search_fts(rowid, folded) VALUES (new.rowid, new.folded);
                 END;
                 CREATE TRIGGER search_entries_ad AFTER DELETE ON search_entries BEGIN
                   INSERT INTO search_fts(search_fts, rowid, folded) VALUES ('delete', old.rowid, old.folded);
                 END;
                 CREATE TRIGGER search_entries_au AFTER UPDATE ON search_entries BEGIN
                   INSERT INTO search_fts(search_fts, rowid, folded) VALUES ('delete', old.rowid, old.folded);
                   INSERT INTO search_fts(rowid, folded) VALUES (new.rowid, new.folded);
                 END;",
            )
            .await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let gone = if m.get_database_backend() == DbBackend::Postgres {
            "DROP FUNCTION phoihop_search(text)"
        } else {
            "DROP TABLE search_fts"
        };
        execute(m, gone).await?;
        drop(m, &["search_entries"]).await
    }
}
