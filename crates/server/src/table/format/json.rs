//! JSON: an object a row, with the same keys in every row and null for what is not known. Lines of it end with a line that
//! says how many there are and what their digest is, so that a part is not taken for the whole.

use std::fmt::Write as _;
use std::io;

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use persistence::listing::Cell;

use super::{End, PIECE, Writer, text};
use crate::table::{Column, Kind};

/// Writes rows as objects.
struct Objects {
    bytes: Vec<u8>,
    /// For each column, what stands before its value, and whether its values are numbers.
    keys: Vec<(Vec<u8>, bool)>,
    scratch: String,
}

impl Objects {
    fn new(columns: &[&Column]) -> Self {
        let number = |column: &Column| matches!(column.kind, Kind::Integer | Kind::Decimal);
        let key = |(index, column): (usize, &&Column)| {
            // Names are letters and low lines.
            let key = format!("{}\"{}\":", if index == 0 { '{' } else { ',' }, column.name);
            (key.into_bytes(), number(column))
        };
        let keys = columns.iter().enumerate().map(key).collect();
        Self { bytes: Vec::with_capacity(PIECE + PIECE / 4), keys, scratch: String::new() }
    }

    fn add(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (cell, (key, number)) in cells.iter().zip(&self.keys) {
            self.bytes.extend_from_slice(key);
            let bare = *number || matches!(cell, Cell::Flag(_));
            match text::of(cell, &mut self.scratch) {
                None => self.bytes.extend_from_slice(b"null"),
                Some(text) if bare => self.bytes.extend_from_slice(text.as_bytes()),
                Some(text) => serde_json::to_writer(&mut self.bytes, text)?,
            }
        }
        self.bytes.push(b'}');
        Ok(())
    }

    fn taken(&mut self) -> Vec<u8> {
        std::mem::replace(&mut self.bytes, Vec::with_capacity(PIECE + PIECE / 4))
    }
}

/// Writes an object a line.
pub struct Ndjson {
    objects: Objects,
    digest: Context,
}

impl Ndjson {
    /// Begins with nothing.
    pub fn new(columns: &[&Column]) -> Self {
        Self { objects: Objects::new(columns), digest: Context::new(&SHA256) }
    }

    fn digested(&mut self) -> Vec<u8> {
        let bytes = self.objects.taken();
        self.digest.update(&bytes);
        bytes
    }
}

impl Writer for Ndjson {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.objects.add(cells)?;
        self.objects.bytes.push(b'\n');
        Ok(())
    }

    fn piece(&mut self) -> io::Result<Option<Bytes>> {
        Ok((self.objects.bytes.len() >= PIECE).then(|| self.digested().into()))
    }

    fn end(mut self: Box<Self>, rows: u64) -> io::Result<End> {
        let mut bytes = self.digested();
        let mut digits = String::new();
        for byte in self.digest.finish().as_ref() {
            // Writing to a string cannot fail.
            write!(digits, "{byte:02x}").ok();
        }
        bytes.extend_from_slice(format!("{{\"count\": {rows}, \"sha256\": \"{digits}\"}}\n").as_bytes());
        Ok(End::Rest(bytes.into()))
    }
}

/// Writes one object.
pub struct Json {
    objects: Objects,
    first: bool,
}

impl Json {
    /// Begins with the table's name.
    pub fn new(table: &str, columns: &[&Column]) -> Self {
        let mut objects = Objects::new(columns);
        objects.bytes.extend_from_slice(format!("{{\"table\":\"{table}\",\"rows\":[").as_bytes());
        Self { objects, first: true }
    }
}

impl Writer for Json {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.objects.bytes.extend_from_slice(if self.first { b"\n" } else { b",\n" });
        self.first = false;
        self.objects.add(cells)
    }

    fn piece(&mut self) -> io::Result<Option<Bytes>> {
        Ok((self.objects.bytes.len() >= PIECE).then(|| self.objects.taken().into()))
    }

    fn end(mut self: Box<Self>, rows: u64) -> io::Result<End> {
        self.objects.bytes.extend_from_slice(format!("\n],\"count\":{rows}}}\n").as_bytes());
        Ok(End::Rest(self.objects.taken().into()))
    }
}
