//! Agencies, groups of them, people and positions.

use sea_orm_migration::prelude::*;

use crate::table::{drop, owned};

const LEVELS: &[&str] = &["CENTRAL", "PROVINCE", "REGIONAL", "DISTRICT", "COMMUNE", "EXTERNAL", "ALL_LEVELS"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(clippy::too_many_lines, reason = "a list of columns, to be read from top to bottom")]
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_database_backend();
        owned("localities")
            .bytes_text(db, "gso_code", true)
            .text("kind")
            .text("name_vi")
            .text("short_name_vi")
            .text_null("name_en")
            .bytes_text(db, "name_fold", false)
            .sort_key("name_sort")
            .text("variants")
            .date_null("valid_from")
            .date_null("valid_to")
            .text_null("note")
            .index(&["tenant_id", "name_sort", "id"])
            .create(m)
            .await?;
        owned("agencies")
            .bytes_text(db, "sector", true)
            .code("level", LEVELS)
            .text("name_vi")
            .text_null("name_en")
            .text_null("short_name")
            .text("aliases")
            .bytes_text(db, "name_fold", false)
            .bytes_text(db, "names_fold", false)
            .sort_key("name_sort")
            .uuid_null("locality_id")
            .uuid_null("parent_id")
            .edtf("valid_from", "valid_from_earliest", "valid_from_latest")
            .edtf("valid_to", "valid_to_earliest", "valid_to_latest")
            .text_null("note")
            .int("version")
            .check("level <> 'ALL_LEVELS'")
            .parent_of_children()
            .refers_shared("sector", "sectors", "code")
            .refers("locality_id", "localities")
            .refers("parent_id", "agencies")
            .index(&["name_sort", "id"])
            .index(&["tenant_id", "name_sort", "id"])
            .index(&["tenant_id", "name_fold"])
            .index(&["sector", "name_sort", "id"])
            .index(&["tenant_id", "parent_id"])
            .index(&["tenant_id", "locality_id"])
            .create(m)
            .await?;
        owned("agency_successions")
            .uuid("from_id")
            .int("to_tenant_id")
            .uuid("to_id")
            .edtf("happened_on", "happened_earliest", "happened_latest")
            .text_null("function")
            .child_of("from_id", "agencies")
            .refers_across("to_tenant_id", "to_id", "agencies")
            .index(&["tenant_id", "from_id"])
            .index(&["to_tenant_id", "to_id"])
            .create(m)
            .await?;
        owned("agency_groups")
            .int("version")
            .text("label")
            .bytes_text(db, "sector", true)
            .code_null("level", LEVELS)
            .int_null("member_count")
            .text_null("note")
            .check("member_count > 0")
            .refers_shared("sector", "sectors", "code")
            .parent_of_children()
            .create(m)
            .await?;
        owned("agency_group_members")
            .uuid("group_id")
            .int("agency_tenant_id")
            .uuid("agency_id")
            .child_of("group_id", "agency_groups")
            .refers_across("agency_tenant_id", "agency_id", "agencies")
            .index(&["tenant_id", "group_id"])
            .index(&["agency_tenant_id", "agency_id"])
            .create(m)
            .await?;
        owned("people")
            .people()
            .text("name")
            .text("variants")
            .bytes_text(db, "name_fold", false)
            .bytes_text(db, "names_fold", false)
            .sort_key("name_sort")
            .text_null("honorific")
            .text_null("note")
            .int("version")
            .parent_of_children()
            .index(&["name_sort", "id"])
            .index(&["tenant_id", "name_sort", "id"])
            .index(&["name_fold"])
            .create(m)
            .await?;
        owned("positions")
            .int("version")
            .people()
            .uuid("person_id")
            .int_null("agency_tenant_id")
            .uuid_null("agency_id")
            .text("title")
            .int("position")
            .edtf("held_from", "held_from_earliest", "held_from_latest")
            .edtf("held_to", "held_to_earliest", "held_to_latest")
            .check("(agency_id is null) = (agency_tenant_id is null)")
            .child_of("person_id", "people")
            .refers_across("agency_tenant_id", "agency_id", "agencies")
            .index(&["tenant_id", "person_id", "position"])
            .index(&["agency_tenant_id", "agency_id"])
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["positions", "people", "agency_group_members", "agency_groups", "agency_successions", "agencies"])
            .await?;
        drop(m, &["localities"]).await
    }
}
