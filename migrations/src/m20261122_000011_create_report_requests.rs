//! Report requests, what their addressees answer, and what is decided: each tenant writes its own rows. A request, its
//! addressees and the decisions are the asking tenant's; submissions with their items, and which results they became,
//! are the addressee's. `shares` lists with whom a row is shared; a draft is shared with nobody.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{between, drop, execute};
use crate::wall::{self, Wall};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(clippy::too_many_lines, reason = "a list of columns, to be read from top to bottom")]
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_database_backend();
        between("report_requests")
            .int("version")
            .int_null("program_tenant_id")
            .uuid_null("program_id")
            .text("title")
            .bytes_text(db, "title_fold", false)
            .text_null("text")
            .text("indicators")
            .bool("narrative")
            .text_null("period_start")
            .text_null("period_end")
            .bool("open_ended")
            .date("due")
            .code("status", &["OPEN", "CLOSED"])
            .check("visibility = 'INTERNAL'")
            .check("(program_id is null) = (program_tenant_id is null)")
            .refers_across("program_tenant_id", "program_id", "programs")
            .parent_of_children()
            .latest_first("due")
            .index(&["due", "id"])
            .index(&["tenant_id", "due", "id"])
            .index(&["program_tenant_id", "program_id"])
            .create(m)
            .await?;
        between("report_request_addressees")
            .uuid("request_id")
            .int("addressee_tenant_id")
            .child_of("request_id", "report_requests")
            .refers_shared("addressee_tenant_id", "tenants", "id")
            .check("addressee_tenant_id <> tenant_id")
            .unique(&["tenant_id", "request_id", "addressee_tenant_id"])
            .index(&["addressee_tenant_id", "tenant_id", "request_id"])
            .create(m)
            .await?;
        between("submissions")
            .int("version")
            .int("request_tenant_id")
            .uuid("request_id")
            .int("round")
            .uuid_null("program_id")
            .text_null("narrative")
            .code("status", &["DRAFT", "SUBMITTED"])
            .date_null("submitted_on")
            .text_null("submitted_at")
            .text_null("submitted_by")
            .check("round > 0")
            .check("request_tenant_id <> tenant_id")
            .check("(status = 'DRAFT') = (visibility = 'DRAFT')")
            .check("(status = 'DRAFT') = (submitted_on is null)")
            .check("(status = 'DRAFT') = (submitted_at is null)")
            .check("(status = 'DRAFT') = (submitted_by is null)")
            .refers_across("request_tenant_id", "request_id", "report_requests")
            .refers("program_id", "programs")
            .parent_of_children()
            .unique(&["tenant_id", "request_tenant_id", "request_id", "round"])
            .unique(&["tenant_id", "id", "request_tenant_id", "request_id"])
            .index(&["request_tenant_id", "request_id", "round"])
            .index(&["tenant_id", "program_id"])
            .create(m)
            .await?;
        between("submission_items")
            .int("version")
            .uuid("submission_id")
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
            .text_null("as_of")
            .child_of("submission_id", "submissions")
            .refers_shared("indicator", "indicators", "code")
            .index(&["tenant_id", "submission_id", "position"])
            .create(m)
            .await?;
        between("submission_decisions")
            .int("version")
            .uuid("request_id")
            .int("submission_tenant_id")
            .uuid("submission_id")
            .int("submission_version")
            .code("verdict", &["ACCEPTED", "RETURNED"])
            .text_null("reason")
            .date("decided_on")
            .text("decided_at")
            .text("decided_by")
            .check("verdict = 'ACCEPTED' or reason is not null")
            .child_of("request_id", "report_requests")
            // Only whoever asked decides, and only on an answer to this very request.
            .refers_back(
                ("submission_tenant_id", "submission_id"),
                "submissions",
                "request_id",
                ("request_tenant_id", "request_id"),
            )
            .unique(&["tenant_id", "submission_tenant_id", "submission_id"])
            .index(&["submission_tenant_id", "submission_id"])
            .index(&["tenant_id", "request_id"])
            .walled(Wall::Between { lasting: true })
            .create(m)
            .await?;
        between("submission_results")
            .uuid("submission_id")
            .uuid("item_id")
            .uuid("result_id")
            .refers("submission_id", "submissions")
            .refers("item_id", "submission_items")
            .refers("result_id", "results")
            .unique(&["tenant_id", "item_id"])
            .unique(&["tenant_id", "result_id"])
            .index(&["tenant_id", "submission_id"])
            .create(m)
            .await?;
        if db == DbBackend::Postgres {
            for sql in wall::accepted("submission_results") {
                execute(m, &sql).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(
            m,
            &[
                "submission_results",
                "submission_decisions",
                "submission_items",
                "submissions",
                "report_request_addressees",
                "report_requests",
            ],
        )
        .await
    }
}
