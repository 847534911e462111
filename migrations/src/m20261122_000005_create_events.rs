//! Events, and what programs and events have together: results, awards, directions, remarks, citations.

use sea_orm_migration::prelude::*;

use crate::table::{drop, owned};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(clippy::too_many_lines, reason = "a list of columns, to be read from top to bottom")]
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_database_backend();
        owned("events")
            .code(
                "kind",
                &[
                    "SIGNING",
                    "PLEDGE",
                    "DISSEMINATION",
                    "ANNUAL_REVIEW",
                    "INTERIM_REVIEW",
                    "FINAL_REVIEW",
                    "COMMENDATION",
                    "LAUNCH",
                    "SEMINAR",
                    "OTHER",
                ],
            )
            .text("name")
            .text_null("name_inferred")
            .bytes_text(db, "name_fold", false)
            .edtf("held_on", "held_on_earliest", "held_on_latest")
            .text_null("held_on_inferred")
            .code_null("time_of_day", &["MORNING", "AFTERNOON", "EVENING"])
            .text_null("place")
            .code_null("mode", &["IN_PERSON", "ONLINE", "HYBRID"])
            .int_null("remote_point_count")
            .text_null("remote_points")
            .text("agenda")
            .text_null("note")
            .int("version")
            .check("remote_point_count > 0")
            .parent_of_children()
            .latest_first("held_on_earliest")
            .index(&["held_on_earliest", "id"])
            .index(&["tenant_id", "held_on_earliest", "id"])
            .create(m)
            .await?;
        owned("event_programs")
            .uuid("event_id")
            .int("program_tenant_id")
            .uuid("program_id")
            .int("position")
            .child_of("event_id", "events")
            .refers_across("program_tenant_id", "program_id", "programs")
            .index(&["tenant_id", "event_id", "position"])
            .index(&["program_tenant_id", "program_id"])
            .create(m)
            .await?;
        owned("results")
            .int("version")
            .uuid("program_id")
            .uuid_null("event_id")
            .int("position")
            .bytes_text(db, "indicator", false)
            .text("label")
            .bigint_null("value_e4")
            .text("qualifier")
            .text_null("quantity_text")
            .text_null("statement")
            .text_null("period_start")
            .text_null("period_end")
            .bool("open_ended")
            .date_null("period_earliest")
            .date_null("period_latest")
            .edtf("as_of", "as_of_earliest", "as_of_latest")
            .text_null("scope")
            .text("sites")
            .text("audience")
            .text("names")
            .uuid_null("of_result_id")
            .uuid_null("subset_of_id")
            .uuid_null("denominator_id")
            .child_of("program_id", "programs")
            .refers("event_id", "events")
            .refers("of_result_id", "results")
            .refers("subset_of_id", "results")
            .refers("denominator_id", "results")
            .refers_shared("indicator", "indicators", "code")
            .parent_of_children()
            .index(&["tenant_id", "program_id", "position"])
            .index(&["tenant_id", "event_id"])
            .index(&["tenant_id", "of_result_id"])
            .index(&["tenant_id", "subset_of_id"])
            .index(&["tenant_id", "denominator_id"])
            .index(&["indicator", "tenant_id"])
            .index(&["value_e4", "id"])
            .latest_first("period_latest")
            .create(m)
            .await?;
        owned("awards")
            .int("version")
            .uuid("program_id")
            .uuid_null("event_id")
            .int("position")
            .text("kind")
            .int_null("collectives")
            .int_null("individuals")
            .int_null("mixed_total")
            .text_null("reason")
            .bool("overlap_unknown")
            .text_null("note")
            .check("collectives >= 0 and individuals >= 0 and mixed_total >= 0")
            .child_of("program_id", "programs")
            .refers("event_id", "events")
            .parent_of_children()
            .index(&["tenant_id", "program_id", "position"])
            .index(&["tenant_id", "event_id"])
            .create(m)
            .await?;
        owned("directions")
            .int("version")
            .uuid("program_id")
            .uuid_null("event_id")
            .int("position")
            .text("text")
            .text_null("period_start")
            .text_null("period_end")
            .bool("open_ended")
            .child_of("program_id", "programs")
            .refers("event_id", "events")
            .parent_of_children()
            .index(&["tenant_id", "program_id", "position"])
            .index(&["tenant_id", "event_id"])
            .create(m)
            .await?;
        owned("obligations")
            .int("version")
            .uuid("direction_id")
            .uuid("program_id")
            .code("kind", &["CASCADE", "ANNUAL_PLAN", "PERIODIC_REVIEW", "OTHER"])
            .edtf("due", "due_earliest", "due_latest")
            .int_null("fulfilled_by_tenant_id")
            .uuid_null("fulfilled_by_id")
            .check("(fulfilled_by_id is null) = (fulfilled_by_tenant_id is null)")
            .child_of("direction_id", "directions")
            .refers("program_id", "programs")
            .refers_across("fulfilled_by_tenant_id", "fulfilled_by_id", "programs")
            .index(&["tenant_id", "direction_id"])
            .index(&["tenant_id", "program_id"])
            .index(&["fulfilled_by_tenant_id", "fulfilled_by_id"])
            .create(m)
            .await?;
        owned("remarks")
            .int("version")
            .uuid("program_id")
            .uuid_null("event_id")
            .int("position")
            .code("kind", &["AIM", "SIGNIFICANCE", "LIMITATION", "OTHER"])
            .text("text")
            .bool("specified")
            .child_of("program_id", "programs")
            .refers("event_id", "events")
            .index(&["tenant_id", "program_id", "position"])
            .index(&["tenant_id", "event_id"])
            .create(m)
            .await?;
        owned("citations")
            .int("version")
            .uuid_null("program_id")
            .uuid_null("event_id")
            .int("document_tenant_id")
            .uuid("document_id")
            .text_null("article")
            .text_null("cited_for")
            .int("position")
            .check("(program_id is null) <> (event_id is null)")
            .child_of("program_id", "programs")
            .child_of("event_id", "events")
            .refers_across("document_tenant_id", "document_id", "documents")
            .index(&["tenant_id", "program_id", "position"])
            .index(&["tenant_id", "event_id", "position"])
            .index(&["document_tenant_id", "document_id"])
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["citations", "remarks", "obligations", "directions", "awards", "results", "event_programs", "events"])
            .await
    }
}
