//! The version that a record had when its dossier was last imported, so that a later import notices what was changed since.
//! Nothing for rows without a version, for what others own, and for what was imported before there was this column.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new(Alias::new("record_version")).integer().to_owned();
        m.alter_table(Table::alter().table(Alias::new("provenances")).add_column(column).to_owned()).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let column = Alias::new("record_version");
        m.alter_table(Table::alter().table(Alias::new("provenances")).drop_column(column).to_owned()).await
    }
}
