//! What stands in columns that every table may have: visibility, version, and the search index.

use sea_orm::{EntityTrait, Iterable, ModelTrait, Value};

use crate::record::{Record, Searchable};

/// A column by its name, where the table has it.
pub(crate) fn named<R: Record>(name: &str) -> Option<<R::Entity as EntityTrait>::Column> {
    <<R::Entity as EntityTrait>::Column as Iterable>::iter().find(|column| sea_orm::IdenStatic::as_str(column) == name)
}

/// Who may see a row, where the table says so.
pub(crate) fn visibility<R: Record>(row: &<R::Entity as EntityTrait>::Model) -> Option<Value> {
    named::<R>("visibility").map(|column| row.get(column))
}

/// Takes the version from the row that is stored already: it is no part of what is stated.
pub(crate) fn keep_version<R: Record>(
    row: &mut <R::Entity as EntityTrait>::Model,
    stored: &<R::Entity as EntityTrait>::Model,
) {
    if let Some(column) = named::<R>("version") {
        row.set(column, stored.get(column));
    }
}

/// The version of a row, where the table counts them.
pub(crate) fn version_of<R: Record>(row: &<R::Entity as EntityTrait>::Model) -> Option<i32> {
    if let Value::Int(version) = row.get(named::<R>("version")?) { version } else { None }
}

/// The columns of the search index.
pub(crate) const SEARCH_COLUMNS: [&str; 6] = ["tenant_id", "id", "visibility", "kind", "weight", "folded"];

/// What stands in them.
pub(crate) fn search_values(entry: &Searchable) -> [Value; 6] {
    let length = i32::try_from(entry.folded.lines().next().unwrap_or_default().chars().count()).unwrap_or(i32::MAX);
    [
        entry.tenant.0.into(),
        entry.id.into(),
        crate::codec::text(entry.visibility).into(),
        crate::codec::text(entry.kind).into(),
        length.into(),
        entry.folded.as_str().into(),
    ]
}

/// Counts the version up.
pub(crate) fn next_version<R: Record>(row: &mut <R::Entity as EntityTrait>::Model) {
    if let Some(column) = named::<R>("version")
        && let Value::Int(Some(version)) = row.get(column)
    {
        row.set(column, (version + 1).into());
    }
}
