//! Tenants, their successions, and the shared catalogues.

use sea_orm_migration::prelude::*;

use crate::table::{drop, shared};
use crate::wall::Wall;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(clippy::too_many_lines, reason = "a list of columns, to be read from top to bottom")]
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_database_backend();
        shared("regions")
            .bytes_text(db, "code", false)
            .text("name_vi")
            .text("name_en")
            .text_null("division")
            .key(&["code"])
            .create(m)
            .await?;
        shared("tenants")
            .int("id")
            .bytes_text(db, "key", false)
            .bytes_text(db, "slug", false)
            .code("kind", &["CENTRAL", "PROVINCE", "MUNICIPALITY"])
            .text("name_vi")
            .text("short_name_vi")
            .text("name_en")
            .text("short_name_en")
            .bytes_text(db, "name_fold", false)
            .sort_key("name_sort")
            .bytes_text(db, "gso_code", true)
            .text_null("iso_code")
            .bytes_text(db, "region", true)
            .code_null("region_basis", &["STATED", "INFERRED"])
            .date_null("valid_from")
            .date_null("valid_to")
            .text_null("seat")
            .int_null("district_count")
            .int_null("commune_count")
            .text_null("legal_source")
            .text_null("note")
            .key(&["id"])
            .refers_shared("region", "regions", "code")
            .unique(&["key"])
            .unique(&["slug", "valid_from"])
            .index(&["name_sort", "id"])
            .index(&["gso_code"])
            .index(&["region"])
            .walled(Wall::Catalog)
            .create(m)
            .await?;
        shared("tenant_successions")
            .bytes_text(db, "code", false)
            .int("from_id")
            .int("to_id")
            .date("happened_on")
            .code("kind", &["MERGE", "SPLIT", "RENAME", "UPGRADE"])
            .text_null("legal_basis")
            .key(&["code"])
            .refers_shared("from_id", "tenants", "id")
            .refers_shared("to_id", "tenants", "id")
            .unique(&["from_id", "to_id"])
            .index(&["to_id"])
            .walled(Wall::Catalog)
            .create(m)
            .await?;
        shared("sectors")
            .bytes_text(db, "code", false)
            .text("name_vi")
            .text("name_en")
            .bytes_text(db, "name_fold", false)
            .sort_key("name_sort")
            .text_null("branch")
            .text_null("valid_from")
            .text_null("valid_to")
            .bytes_text(db, "successor", true)
            .text("abbreviations")
            .text("variants")
            .text("head_titles")
            .text("levels")
            .code("basis", &["STATED", "INFERRED"])
            .text_null("note")
            .int("version")
            .key(&["code"])
            .walled(Wall::Catalog)
            .create(m)
            .await?;
        for name in ["topics", "units"] {
            shared(name)
                .bytes_text(db, "code", false)
                .text("name_vi")
                .text("name_en")
                .bytes_text(db, "name_fold", false)
                .sort_key("name_sort")
                .text("variants")
                .int("version")
                .key(&["code"])
                .walled(Wall::Catalog)
                .create(m)
                .await?;
        }
        shared("indicators")
            .bytes_text(db, "code", false)
            .text("label_vi")
            .text("label_en")
            .bytes_text(db, "name_fold", false)
            .sort_key("name_sort")
            .bytes_text(db, "unit", true)
            .code("kind", &["FLOW", "STOCK", "RATIO", "QUALITATIVE"])
            .code("aggregation", &["SUM", "LATEST", "NONE"])
            .code("direction", &["UP", "DOWN", "NONE"])
            .int("version")
            .key(&["code"])
            .refers_shared("unit", "units", "code")
            .walled(Wall::Catalog)
            .create(m)
            .await?;
        shared("reorganizations")
            .bytes_text(db, "code", false)
            .text("happened_on")
            .date_null("happened_earliest")
            .date_null("happened_latest")
            .text("what_vi")
            .text("what_en")
            .code("kind", &["RENAME", "MERGE", "SPLIT", "ABOLISH", "TRANSFER", "DECISION"])
            .text_null("legal_basis")
            .int_null("scope_tenant_id")
            .text("sectors")
            .text("moves")
            .text("source")
            .code("confidence", &["HIGH", "MEDIUM", "LOW"])
            .int("version")
            .key(&["code"])
            .refers_shared("scope_tenant_id", "tenants", "id")
            .walled(Wall::Catalog)
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(
            m,
            &[
                "reorganizations",
                "indicators",
                "units",
                "topics",
                "sectors",
                "tenant_successions",
                "tenants",
                "regions",
            ],
        )
        .await
    }
}
