//! Sources, which records they vouch for, and where they disagree.

use sea_orm_migration::prelude::*;

use crate::table::{drop, owned};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_database_backend();
        owned("sources")
            .bytes_text(db, "dossier", false)
            .text_null("url")
            .text("publisher")
            .text_null("title")
            .bytes_text(db, "title_fold", false)
            .edtf("published_on", "published_on_earliest", "published_on_latest")
            .text_null("published_at")
            .text_null("author")
            .text_null("photographer")
            .text_null("syndicated_from")
            .code("coverage", &["FULL", "EXCERPT"])
            .edtf("captured_on", "captured_on_earliest", "captured_on_latest")
            .int_null("views")
            .text("media")
            .code("tenant_basis", &["STATED", "INFERRED"])
            .text("tenant_evidence")
            .text_null("note")
            .text("digest")
            .int("version")
            .parent_of_children()
            .unique(&["tenant_id", "dossier"])
            .latest_first("published_on_earliest")
            .index(&["published_on_earliest", "id"])
            .index(&["tenant_id", "published_on_earliest", "id"])
            .create(m)
            .await?;
        owned("provenances")
            // What the record had when the dossier was last imported: another one since means that somebody changed it.
            .int_null("record_version")
            .by_kind()
            .uuid("source_id")
            .bytes_text(db, "path", false)
            .text("kind")
            .int("record_tenant_id")
            .uuid("record_id")
            .bool("owner")
            .code("basis", &["STATED", "INFERRED"])
            .refers("source_id", "sources")
            .unique(&["tenant_id", "source_id", "path"])
            .index(&["record_tenant_id", "record_id"])
            .create(m)
            .await?;
        owned("conflicts")
            .int("version")
            .by_kind()
            .text("kind")
            .int("record_tenant_id")
            .uuid("record_id")
            .text("field")
            .text("field_values")
            .text_null("note")
            .index(&["record_tenant_id", "record_id"])
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["conflicts", "provenances", "sources"]).await
    }
}
