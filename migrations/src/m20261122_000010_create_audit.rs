//! What was written by whom. `audit` is only ever added to; each tenant's rows are a chain, whose last link stands in
//! `audit_heads`, so that a row that is forged, taken out, moved or cut off at the end is found. `answers` says which
//! requests with an idempotency key were carried out already.

use sea_orm_migration::prelude::*;

use crate::table::{drop, execute, shared};
use crate::wall;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        shared("audit")
            .int("tenant_id")
            .uuid("id")
            .bigint("number")
            .text("at")
            .text("principal")
            .int_null("acting")
            .text("action")
            .text("record_table")
            .uuid_null("record_id")
            .text_null("record_code")
            .code("operation", &["CREATED", "UPDATED", "DELETED"])
            .text_null("before_row")
            .text_null("after_row")
            .text("digest")
            .key(&["tenant_id", "id"])
            .refers_shared("tenant_id", "tenants", "id")
            .unique(&["tenant_id", "number"])
            .index(&["tenant_id", "record_id", "number"])
            .walled(wall::audit())
            .create(m)
            .await?;
        // Few entries are about what has a code, the catalogs.
        execute(m, "CREATE INDEX ix_audit_record_code ON audit (record_code) WHERE record_code IS NOT NULL").await?;
        shared("audit_heads")
            .int("tenant_id")
            .bigint("number")
            .text("digest")
            .key(&["tenant_id"])
            .refers_shared("tenant_id", "tenants", "id")
            .walled(wall::audit_heads())
            .create(m)
            .await?;
        shared("answers")
            .int("tenant_id")
            .uuid("id")
            .text("digest")
            .text("at")
            .text_null("answer")
            .key(&["tenant_id", "id"])
            .refers_shared("tenant_id", "tenants", "id")
            .index(&["tenant_id", "at"])
            .walled(wall::answers())
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["answers", "audit_heads", "audit"]).await
    }
}
