//! Documents, programs and what hangs on a program alone.

use sea_orm_migration::prelude::*;

use crate::table::{drop, owned};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(clippy::too_many_lines, reason = "a list of columns, to be read from top to bottom")]
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_database_backend();
        owned("documents")
            .code(
                "kind",
                &[
                    "LAW",
                    "RESOLUTION",
                    "DIRECTIVE",
                    "DECISION",
                    "CONCLUSION",
                    "CIRCULAR",
                    "PLAN",
                    "ACTION_PROGRAM",
                    "STRATEGY",
                    "SCHEME",
                    "OFFICIAL_LETTER",
                    "GUIDELINE",
                    "REPORT",
                    "OTHER",
                ],
            )
            .text_null("number")
            .text("aliases")
            .bytes_text(db, "number_keys", false)
            .text_null("title_vi")
            .bytes_text(db, "title_fold", false)
            .sort_key("title_sort")
            .edtf("issued_on", "issued_on_earliest", "issued_on_latest")
            .text_null("note")
            .int("version")
            .check("number is not null or title_vi is not null")
            .parent_of_children()
            .index(&["title_sort", "id"])
            .index(&["tenant_id", "title_sort", "id"])
            .index(&["issued_on_earliest", "id"])
            .create(m)
            .await?;
        owned("programs")
            .code(
                "kind",
                &[
                    "COORDINATION_PROGRAM",
                    "COORDINATION_PLAN",
                    "COORDINATION_REGULATION",
                    "JOINT_RESOLUTION",
                    "PLEDGE",
                    "MEMORANDUM",
                    "AGREEMENT",
                    "ANNUAL_PLAN",
                    "SCHEME",
                    "PROJECT",
                    "ACTION_PROGRAM",
                    "OTHER",
                ],
            )
            .text_null("number")
            .code("number_status", &["STATED", "PARTIAL", "NOT_STATED"])
            .text("aliases")
            .bytes_text(db, "number_keys", false)
            .text("title_vi")
            .text_null("title_en")
            .code("title_basis", &["STATED", "INFERRED"])
            .bytes_text(db, "title_fold", false)
            .sort_key("title_sort")
            .code("level", &["CENTRAL", "PROVINCE", "REGIONAL", "DISTRICT", "COMMUNE", "EXTERNAL", "ALL_LEVELS"])
            .uuid_null("locality_id")
            .text_null("period_start")
            .text_null("period_end")
            .bool("open_ended")
            .date_null("period_earliest")
            .date_null("period_latest")
            .edtf("signed_on", "signed_on_earliest", "signed_on_latest")
            .text_null("signed_on_inferred")
            .text_null("effective_from")
            .code("status", &["DRAFT", "SIGNED", "CONCLUDED", "TERMINATED"])
            .int_null("area_count")
            .text_null("note")
            .int("version")
            .check("(number is null) = (number_status = 'NOT_STATED')")
            .check("area_count > 0")
            .refers("locality_id", "localities")
            .parent_of_children()
            .index(&["signed_on_earliest", "id"])
            .index(&["tenant_id", "signed_on_earliest", "id"])
            .latest_first("signed_on_earliest")
            .latest_first("period_latest")
            .index(&["title_sort", "id"])
            .index(&["tenant_id", "title_sort", "id"])
            .index(&["period_latest", "id"])
            .index(&["kind", "signed_on_earliest", "id"])
            .index(&["tenant_id", "visibility", "id"])
            .create(m)
            .await?;
        owned("program_topics")
            .uuid("program_id")
            .bytes_text(db, "topic", false)
            .int("position")
            .child_of("program_id", "programs")
            .refers_shared("topic", "topics", "code")
            .unique(&["tenant_id", "program_id", "topic"])
            .index(&["topic", "tenant_id"])
            .create(m)
            .await?;
        owned("program_links")
            .int("version")
            .uuid("program_id")
            .code("kind", &["IMPLEMENTS", "EXECUTES", "RENEWS", "AMENDS", "MERGES", "CITES"])
            .int_null("to_program_tenant_id")
            .uuid_null("to_program_id")
            .int_null("to_document_tenant_id")
            .uuid_null("to_document_id")
            .code("basis", &["STATED", "INFERRED"])
            .text_null("reason")
            .text_null("note")
            .check("(to_program_id is null) = (to_program_tenant_id is null)")
            .check("(to_document_id is null) = (to_document_tenant_id is null)")
            .check("(to_program_id is null) <> (to_document_id is null)")
            .check("basis = 'STATED' or reason is not null")
            .child_of("program_id", "programs")
            .refers_across("to_program_tenant_id", "to_program_id", "programs")
            .refers_across("to_document_tenant_id", "to_document_id", "documents")
            .index(&["tenant_id", "program_id", "kind"])
            .index(&["to_program_tenant_id", "to_program_id", "kind"])
            .index(&["to_document_tenant_id", "to_document_id", "kind"])
            .create(m)
            .await?;
        owned("cooperation_areas")
            .int("version")
            .uuid("program_id")
            .int("position")
            .text("label")
            .bytes_text(db, "topic", true)
            .child_of("program_id", "programs")
            .refers_shared("topic", "topics", "code")
            .parent_of_children()
            .index(&["tenant_id", "program_id", "position"])
            .index(&["topic"])
            .create(m)
            .await?;
        owned("targets")
            .int("version")
            .uuid("program_id")
            .int("position")
            .bytes_text(db, "indicator", false)
            .text("label")
            .bigint_null("value_e4")
            .text("qualifier")
            .text_null("quantity_text")
            .bool("aspirational")
            .text_null("scope")
            .text_null("period_start")
            .text_null("period_end")
            .bool("open_ended")
            .date_null("period_earliest")
            .date_null("period_latest")
            .child_of("program_id", "programs")
            .refers_shared("indicator", "indicators", "code")
            .index(&["tenant_id", "program_id", "position"])
            .index(&["indicator", "tenant_id"])
            .create(m)
            .await?;
        owned("planned_activities")
            .int("version")
            .uuid("program_id")
            .int("position")
            .text("label")
            .text("occasion")
            .edtf("day", "day_earliest", "day_latest")
            .child_of("program_id", "programs")
            .index(&["tenant_id", "program_id", "position"])
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(
            m,
            &[
                "planned_activities",
                "targets",
                "cooperation_areas",
                "program_links",
                "program_topics",
                "programs",
                "documents",
            ],
        )
        .await
    }
}
