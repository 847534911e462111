//! CSV as RFC 4180 has it: comma, CRLF, UTF-8. A value that is not known is an empty cell.

use std::io;

use ::csv::{Terminator, Writer as Lines, WriterBuilder};
use bytes::Bytes;
use persistence::listing::Cell;

use super::{End, PIECE, Writer, text};
use crate::table::{Asked, Column};

/// Writes CSV.
pub struct Csv {
    lines: Lines<Vec<u8>>,
    /// For each column, whether its values are words, which a spreadsheet could take for a formula.
    words: Vec<bool>,
    escape: bool,
    scratch: String,
}

/// UTF-8, to whoever would guess something else.
const MARK: &str = "\u{feff}";

fn lines(begin: &str) -> Lines<Vec<u8>> {
    let mut bytes = Vec::with_capacity(PIECE + PIECE / 4);
    bytes.extend_from_slice(begin.as_bytes());
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(bytes)
}

impl Csv {
    /// Begins with the names of the columns.
    pub fn new(columns: &[&Column], asked: &Asked) -> io::Result<Self> {
        let mut lines = lines(if asked.bom { MARK } else { "" });
        lines.write_record(columns.iter().map(|column| column.name))?;
        let words = columns.iter().map(|column| column.kind.is_text()).collect();
        Ok(Self { lines, words, escape: asked.escape, scratch: String::new() })
    }

    fn taken(&mut self, next: Lines<Vec<u8>>) -> io::Result<Bytes> {
        let written = std::mem::replace(&mut self.lines, next);
        Ok(written.into_inner().map_err(|error| io::Error::other(error.to_string()))?.into())
    }
}

/// Whether a spreadsheet would take a text for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

impl Writer for Csv {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (cell, words) in cells.iter().zip(&self.words) {
            let text = text::of(cell, &mut self.scratch).unwrap_or_default();
            if *words && self.escape && is_formula(text) {
                self.lines.write_field(format!("'{text}"))?;
            } else {
                self.lines.write_field(text)?;
            }
        }
        Ok(self.lines.write_record(None::<&[u8]>)?)
    }

    fn piece(&mut self) -> io::Result<Option<Bytes>> {
        if self.lines.get_ref().len() < PIECE {
            return Ok(None);
        }
        self.taken(lines("")).map(Some)
    }

    fn end(mut self: Box<Self>, _rows: u64) -> io::Result<End> {
        self.lines.flush()?;
        self.taken(Lines::from_writer(Vec::new())).map(End::Rest)
    }
}
