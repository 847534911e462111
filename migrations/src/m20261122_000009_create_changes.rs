//! Changes: one row for each record created, changed or deleted, under the record's own key, so that whoever may see the
//! record may see the row.
//!
//! `record_kind` says what the record is; `kind` is what the walls go by, of whose data set it is: for a conflict, the
//! kind of the record that the sources disagree about. Of an involvement it is the involvement's own kind.
//!
//! `(xid, seq)` is the order in which changes are read. On PostgreSQL a sequence alone would not do: a transaction may
//! draw a number, and another one draw a later number and commit first. Whoever reads stops below the oldest transaction
//! that still runs, and orders by transaction first; so nothing comes in before what was read. SQLite has one writer, so
//! the number alone is the order.

use sea_orm_migration::prelude::*;

use crate::table::{drop, shared};
use crate::wall::{Holds, Wall};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        shared("changes")
            .int("tenant_id")
            .uuid("id")
            .code("visibility", &["DRAFT", "INTERNAL", "PUBLIC"])
            .int("number")
            .text("record_kind")
            .text("kind")
            .code("operation", &["CREATED", "UPDATED", "DELETED"])
            .int_null("program_tenant_id")
            .uuid_null("program_id")
            .moment(m.get_database_backend(), "at")
            .position(m.get_database_backend())
            .key(&["tenant_id", "id", "number"])
            .index(&["xid", "seq"])
            .index(&["visibility", "xid", "seq"])
            .index(&["tenant_id", "xid", "seq"])
            .index(&["program_id", "xid", "seq"])
            .walled(Wall::History(Holds::ByKind))
            .create(m)
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop(m, &["changes"]).await
    }
}
