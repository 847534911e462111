//! Involvements: the one edge between a party and what it is involved in.

use sea_orm_migration::prelude::*;

use crate::table::{drop, owned};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        owned("involvements")
            .int("version")
            .uuid_null("program_id")
            .uuid_null("event_id")
            .uuid_null("direction_id")
            .uuid_null("result_id")
            .uuid_null("award_id")
            .uuid_null("document_id")
            .uuid_null("area_id")
            .code(
                "kind",
                &[
                    "SIGNATORY",
                    "PARTICIPANT",
                    "ATTENDANCE",
                    "ACTOR",
                    "ADDRESSEE",
                    "PARTNER",
                    "CONTRIBUTOR",
                    "GIVER",
                    "PRESENTER",
                    "RECIPIENT",
                    "ISSUER",
                    "RESPONSIBLE",
                ],
            )
            .text("roles")
            .int_null("agency_tenant_id")
            .uuid_null("agency_id")
            .uuid_null("group_id")
            .uuid_null("person_id")
            .text_null("label")
            .text("positions")
            .text_null("rank")
            .text_null("representation")
            .text_null("capacity")
            .edtf("signed_on", "signed_on_earliest", "signed_on_latest")
            .text_null("signed_on_inferred")
            .code("basis", &["STATED", "INFERRED"])
            .text_null("reason")
            .int("position")
            .text_null("note")
            .check(concat!(
                "(case when program_id is null then 0 else 1 end) + (case when event_id is null then 0 else 1 end) + ",
                "(case when direction_id is null then 0 else 1 end) + (case when result_id is null then 0 else 1 end) + ",
                "(case when award_id is null then 0 else 1 end) + (case when document_id is null then 0 else 1 end) + ",
                "(case when area_id is null then 0 else 1 end) = 1"
            ))
            .check("(agency_id is null) = (agency_tenant_id is null)")
            .check("agency_id is null or group_id is null")
            .check("agency_id is not null or group_id is not null or person_id is not null or label is not null")
            .check("kind <> 'SIGNATORY' or (program_id is not null and (agency_id is not null or group_id is not null))")
            .check("basis = 'STATED' or reason is not null")
            .child_of("program_id", "programs")
            .child_of("event_id", "events")
            .child_of("direction_id", "directions")
            .child_of("result_id", "results")
            .child_of("award_id", "awards")
            .child_of("document_id", "documents")
            .child_of("area_id", "cooperation_areas")
            .refers_across("agency_tenant_id", "agency_id", "agencies")
            .refers("group_id", "agency_groups")
            .refers("person_id", "people")
            .index(&["tenant_id", "program_id", "kind", "position", "id"])
            .index(&["tenant_id", "event_id", "kind", "position", "id"])
            .index(&["tenant_id", "direction_id"])
            .index(&["tenant_id", "result_id"])
            .index(&["tenant_id", "award_id"])
            .index(&["tenant_id", "document_id"])
            .index(&["tenant_id", "area_id"])
            .index(&["agency_tenant_id", "agency_id", "kind", "id"])
            .index(&["tenant_id", "group_id", "kind", "id"])
            .index(&["tenant_id", "person_id", "kind", "id"])
            .index(&["kind", "position", "id"])
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["involvements"]).await
    }
}
