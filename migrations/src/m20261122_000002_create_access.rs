//! Who may see what: stewardship, grants, API keys, what programs share; and the functions from which PostgreSQL's
//! policies read who acts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{drop, execute, shared};
use crate::wall::{self, FUNCTIONS, Wall};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_database_backend();
        if db == DbBackend::Postgres {
            execute(m, FUNCTIONS).await?;
        }
        shared("stewardships")
            .int("steward_id")
            .int("stewarded_id")
            .key(&["steward_id", "stewarded_id"])
            .refers_shared("steward_id", "tenants", "id")
            .refers_shared("stewarded_id", "tenants", "id")
            .walled(Wall::Catalog)
            .create(m)
            .await?;
        shared("shares")
            .int("tenant_id")
            .uuid("id")
            .int("reader_tenant_id")
            .uuid("program_id")
            .key(&["tenant_id", "id", "reader_tenant_id", "program_id"])
            .refers_shared("tenant_id", "tenants", "id")
            .refers_shared("reader_tenant_id", "tenants", "id")
            .index(&["tenant_id", "program_id"])
            .index(&["reader_tenant_id", "tenant_id", "id"])
            .walled(wall::shares())
            .create(m)
            .await?;
        shared("grants")
            .int("tenant_id")
            .uuid("id")
            .int("grantee_tenant_id")
            .bool("every_province")
            .bool("opens_programs")
            .bool("opens_people")
            .code("basis", &["STATUTORY", "AGREED"])
            .code("status", &["REQUESTED", "APPROVED", "REVOKED"])
            .date("valid_from")
            .date_null("valid_to")
            .text("purpose")
            .text("requested_by")
            .text_null("approved_by")
            .text_null("revoked_by")
            .int("version")
            .key(&["tenant_id", "id"])
            .check("basis = 'STATUTORY' or (every_province = false and valid_to is not null)")
            .check("basis = 'STATUTORY' or tenant_id <> grantee_tenant_id")
            // The center's number, for ever.
            .check("basis = 'AGREED' or (tenant_id = 1 and grantee_tenant_id = 1)")
            .check("opens_programs or opens_people")
            .check("status <> 'APPROVED' or approved_by is not null")
            .check("status <> 'REVOKED' or revoked_by is not null")
            .refers_shared("tenant_id", "tenants", "id")
            .refers_shared("grantee_tenant_id", "tenants", "id")
            .index(&["grantee_tenant_id", "valid_from", "id"])
            .index(&["tenant_id", "valid_from", "id"])
            .walled(wall::grants())
            .create(m)
            .await?;
        shared("api_keys")
            .int("tenant_id")
            .uuid("id")
            .text("name")
            .bytes_text(db, "digest", false)
            .text("grants")
            .date("valid_from")
            .date("valid_to")
            .text("created_by")
            .text_null("revoked_by")
            .key(&["tenant_id", "id"])
            .refers_shared("tenant_id", "tenants", "id")
            .index(&["id"])
            .walled(wall::api_keys())
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["api_keys", "grants", "shares", "stewardships"]).await?;
        if m.get_database_backend() == DbBackend::Postgres {
            execute(m, wall::DROP_FUNCTIONS).await?;
        }
        Ok(())
    }
}
