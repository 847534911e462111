//! Tables that are made in the background. `holder` names whoever started a job for a tenant, as a digest: it is what the
//! policies compare, and nobody else sees the row.

use sea_orm_migration::prelude::*;

use crate::table::{drop, shared};
use crate::wall;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        shared("export_jobs")
            .int("tenant_id")
            .uuid("id")
            .uuid("holder")
            .text("principal")
            .text("roles")
            .text_null("grants")
            .bigint("shown_until")
            .text("table_name")
            .code("format", &["CSV", "XLSX", "NDJSON", "JSON"])
            .text("parameters")
            .code("status", &["QUEUED", "RUNNING", "DONE", "FAILED", "EXPIRED", "CANCELED"])
            .int("attempts")
            .bigint("row_count")
            .bigint_null("row_total")
            .bigint("byte_count")
            .text_null("digest")
            .text_null("access")
            .text("created_at")
            .text_null("started_at")
            .text_null("finished_at")
            .text_null("expires_at")
            .text_null("failure_code")
            .text_null("failure_message")
            .text_null("failure_hint")
            .uuid_null("worker")
            .text_null("leased_until")
            .key(&["tenant_id", "id"])
            .check("status <> 'DONE' or (digest is not null and access is not null and expires_at is not null)")
            .check("status <> 'FAILED' or failure_code is not null")
            .check("status <> 'RUNNING' or (worker is not null and leased_until is not null)")
            .refers_shared("tenant_id", "tenants", "id")
            .index(&["holder", "created_at"])
            .index(&["status", "created_at"])
            .walled(wall::export_jobs())
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["export_jobs"]).await
    }
}
