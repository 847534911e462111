//! What there is to be had: the tables, and what the columns of each mean.

use std::path::PathBuf;

use chrono::NaiveDate;
use domain::Actor;
use graphql::Snapshot;
use persistence::StoreError;
use serde_json::{Value, json};
use strum::IntoEnumIterator as _;

use super::{Asked, Column, Format, TABLES, Table};

/// What a file says of itself.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The day on which it was made, in Vietnam.
    pub today: NaiveDate,
    /// For whom.
    pub reader: String,
    /// Where a format may put what it cannot hold in memory; none: where the system has such files.
    pub scratch: Option<PathBuf>,
}

/// For whom a file is, in words for people.
pub async fn reader(actor: Option<&Actor>, snapshot: &Snapshot) -> Result<String, StoreError> {
    let Some(actor) = actor else { return Ok("everybody: public data".to_owned()) };
    let tenants = snapshot.scope().tenants_of_all_time().await?;
    let tenant = tenants.into_iter().find(|one| one.id == actor.tenant).map(|one| one.name_vi).unwrap_or_default();
    let roles: Vec<String> = actor.roles.iter().map(ToString::to_string).collect();
    Ok(format!("{tenant} ({})", roles.join(", ")))
}

impl Facts {
    /// What a file is, as of when and for whom, in one line.
    pub fn line(&self, table: &Table, asked: &Asked) -> String {
        let Self { today, reader, .. } = self;
        let given =
            asked.values.iter().flat_map(|(name, values)| values.iter().map(move |value| format!("{name}={value}")));
        let given: Vec<String> = given.collect();
        let given = if given.is_empty() { String::new() } else { format!(" ({})", given.join(", ")) };
        format!("phoihop · {}{given} · as of {today} · for {reader}", table.title.join(" / "))
    }
}

/// Every table, for whoever looks what there is.
pub fn tables() -> Value {
    json!({ "tables": TABLES.iter().map(described).collect::<Vec<_>>() })
}

fn described(table: &Table) -> Value {
    let Table { name, title: [vi, en], about, parameters, .. } = table;
    let parameters: Vec<Value> = (parameters.iter())
        .map(|one| {
            json!({
                "name": one.name, "takes": one.takes.words(), "required": one.required,
                "repeatable": one.takes.many(), "default": one.default, "description": one.about,
            })
        })
        .chain(COMMON.map(|(name, takes, about)| {
            json!({ "name": name, "takes": takes, "required": false, "repeatable": false, "default": [], "description": about })
        }))
        .collect();
    let formats =
        Format::iter().map(|format| (format.name().to_owned(), json!(format!("/export/{name}.{}", format.name()))));
    json!({
        "name": name,
        "title": { "vi": vi, "en": en },
        "description": about,
        "parameters": parameters,
        "formats": formats.collect::<serde_json::Map<_, _>>(),
        "columns": { "json": format!("/export/{name}/columns.json"), "csv": format!("/export/{name}/columns.csv") },
    })
}

const COMMON: [(&str, &str, &str); 4] = [
    (
        "labels",
        "code, name or both",
        "Which columns stand for codes: with code no names, with name the codes come last.",
    ),
    ("lang", "vi or en", "The language of names and labels; vi when nothing is said."),
    ("bom", "0 or 1", "CSV: a byte order mark, by which Excel knows UTF-8; 0 when nothing is said."),
    ("escape", "0 or 1", "CSV: an apostrophe before text that a spreadsheet would carry out; 1 when nothing is said."),
];

/// What the dictionary says of each column.
pub const HEAD: [&str; 8] = ["name", "label_vi", "label_en", "type", "unit", "nullable", "only_with", "description"];

/// A line of it.
pub fn line(column: &Column) -> [String; 8] {
    let Column { name, labels: [vi, en], kind, unit, nullable, about, .. } = *column;
    let kind: &'static str = kind.into();
    let nullable = if nullable { "true" } else { "false" };
    let only_with = only_with(column).unwrap_or_default();
    [name, vi, en, kind, unit.unwrap_or_default(), nullable, &only_with, about].map(str::to_owned)
}

/// What must be asked for the column to stand.
fn only_with(column: &Column) -> Option<String> {
    column.only.map(|(parameter, value)| format!("{parameter}={value}"))
}

/// The dictionary of a table as JSON.
pub fn json(table: &Table) -> Value {
    let column = |column: &Column| {
        let Column { name, labels: [vi, en], kind, unit, nullable, about, .. } = column;
        let kind: &'static str = kind.into();
        json!({
            "name": name, "label_vi": vi, "label_en": en, "type": kind, "unit": unit, "nullable": nullable,
            "only_with": only_with(column), "description": about,
        })
    };
    json!({ "table": table.name, "columns": table.columns.iter().map(column).collect::<Vec<_>>() })
}

/// The same as CSV.
pub fn csv(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut lines = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    lines.write_record(HEAD)?;
    for column in table.columns {
        lines.write_record(line(column))?;
    }
    lines.into_inner().map_err(|error| std::io::Error::other(error.to_string()).into())
}
