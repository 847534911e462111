//! The formats of tables. A writer turns rows into bytes a piece at a time and keeps no more than a piece of them; only a
//! workbook, which is complete at its end alone, goes through a file.

mod csv;
mod json;
mod text;
mod xlsx;

use std::fs::File;
use std::io;

use bytes::Bytes;
use persistence::listing::Cell;

use super::dictionary::Facts;
use super::{Asked, Column, Table};

/// So many bytes are passed on at once.
const PIECE: usize = 64 * 1024;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumIter, strum::EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum Format {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// A workbook of Excel.
    Xlsx,
    /// A JSON object a line.
    Ndjson,
    /// One JSON object.
    Json,
}

impl Format {
    /// Its name, which is the end of a file's name as well.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ndjson => "application/x-ndjson",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// A writer of a table. `facts` say what the file is, where a format has a place for that.
    pub fn writer(
        self,
        table: &'static Table,
        columns: &[&'static Column],
        asked: &Asked,
        facts: &Facts,
    ) -> io::Result<Box<dyn Writer>> {
        Ok(match self {
            Self::Csv => Box::new(csv::Csv::new(columns, asked)?),
            Self::Xlsx => Box::new(xlsx::Xlsx::new(table, columns, asked, facts)?),
            Self::Ndjson => Box::new(json::Ndjson::new(columns)),
            Self::Json => Box::new(json::Json::new(table.name, columns)),
        })
    }
}

/// Writes a table.
pub trait Writer: Send {
    /// Adds a row: a cell for each column.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;
    /// Bytes that are ready, once there is a piece of them.
    fn piece(&mut self) -> io::Result<Option<Bytes>>;
    /// Ends the table, which has so many rows.
    fn end(self: Box<Self>, rows: u64) -> io::Result<End>;
}

/// What remains to be sent when a table is ended.
#[derive(Debug)]
pub enum End {
    /// The last bytes.
    Rest(Bytes),
    /// All of it.
    File(File),
}
