//! Tables for spreadsheets and BI tools: what they are called, their columns, and where their rows come from. There are two
//! kinds with one interface: reports, each a document that the graph answers, and lists, read from one select.
//!
//! A table knows neither the transport nor who asks: rows come through a scope, as everything does.

mod asked;
mod check;
mod column;
pub mod dictionary;
mod filter;
pub mod format;
mod list;
mod parameter;
pub mod pump;
mod report;

use std::io;

use graphql::Refused;
use persistence::StoreError;

pub use asked::{Asked, Labels, Language, Wrong, no_secrets};
pub use check::check;
pub use column::{Column, Kind};
pub use format::Format;
pub use list::List;
pub use parameter::{Parameter, Takes};
pub use report::{Lines, Report, Unfit};

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name in addresses.
    pub name: &'static str,
    /// What people call it, in Vietnamese and in English.
    pub title: [&'static str; 2],
    /// What a row is, and what is not in it.
    pub about: &'static str,
    /// What one may ask.
    pub parameters: &'static [Parameter],
    /// Every column.
    pub columns: &'static [Column],
    /// Where its rows come from.
    pub source: Source,
}

/// Where rows come from.
#[derive(Debug)]
pub enum Source {
    /// A document that the graph answers.
    Report(Report),
    /// One select.
    List(List),
}

/// Every table. A report is added by its document and one entry here.
pub const TABLES: &[Table] = &[
    list::PROGRAMS,
    list::SIGNATORIES,
    list::RESULTS,
    report::COVERAGE,
    report::SIGNING_LAG,
    report::SECTOR_GAPS,
    report::PERIOD_GAPS,
    report::PROGRESS,
    report::TOTALS,
    report::EXPIRING,
    report::INACTIVE,
    report::CASCADE,
    report::AWARDS,
    report::REORGANIZATION,
    report::OVERLAPS,
    report::DATA_QUALITY,
    report::COLLABORATION,
];

/// The table of a name.
///
/// # Errors
///
/// None of this name; the nearest, if one is near.
pub fn find(name: &str) -> Result<&'static Table, Wrong> {
    TABLES.iter().find(|table| table.name == name).ok_or_else(|| {
        let known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        Wrong::unknown("table", name, &known)
    })
}

impl Table {
    /// The columns as they are asked for. Codes always stand; by name they come after everything else.
    pub fn chosen(&self, asked: &Asked) -> Vec<&'static Column> {
        let is_name = |column: &Column| column.names.is_some();
        let stands = |column: &&Column| {
            column.only.is_none_or(|(parameter, value)| asked.of(parameter).iter().any(|given| given == value))
        };
        let all = || self.columns.iter().filter(stands);
        match asked.labels {
            Labels::Both => all().collect(),
            Labels::Code => all().filter(|column| !is_name(column)).collect(),
            Labels::Name => {
                let named = |column: &Column| all().any(|other| other.names == Some(column.name));
                all().filter(|column| !named(column)).chain(all().filter(|column| named(column))).collect()
            }
        }
    }
}

/// What a table costs at least: it keeps a connection for a while. Reports cost what their answers do besides.
pub const PRICE: u64 = 100;

/// Why a table is not finished.
#[derive(Debug)]
pub enum Stopped {
    /// The store failed.
    Store(StoreError),
    /// The graph refused, or answered with errors.
    Refused(Refused),
    /// There is nothing of that id to be seen.
    Nothing(&'static str),
    /// There are more rows than are made at once.
    TooMany(u64),
    /// The file has more bytes than it may have.
    Large(u64),
    /// What is asked for cannot be meant.
    Wrong(Wrong),
    /// The report answered something that its entry does not describe.
    Unfit(Unfit),
    /// A file could not be written.
    Unwritten(io::Error),
    /// Whoever asked has gone.
    Gone,
    /// The credentials are not what they were.
    Revoked,
    /// It takes too long.
    Late,
}

impl From<Unfit> for Stopped {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[cfg(test)]
mod tests;
