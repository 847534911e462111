//! CSV: UTF-8, with or without the mark that Excel puts first, divided by commas or semicolons.

use super::{Cell, Cells, MAX_ROWS};
use domain::text::kept;

use crate::problem::Problems;
use crate::tree::text_of;

pub(super) fn cells(file: &str, bytes: &[u8]) -> Result<Cells, Problems> {
    let text = text_of(file, bytes)?;
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.matches(';').count() > header.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        // A row with a cell too many is told with its number; the library would tell of it alone.
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Problems::one(file, None, format!("this is no CSV: {error}")))?;
        if rows.len() > MAX_ROWS {
            return Err(super::workbook::too_many(file));
        }
        let line = record.position().map_or(0, |position| line_of(text, position));
        let cells = record.iter().map(kept).map(|text| (!text.is_empty()).then_some(Cell::Text(text)));
        rows.push((line, cells.collect()));
    }
    Ok(rows)
}

/// The line of a record. The library begins it before the empty lines that it passes over.
fn line_of(text: &str, position: &csv::Position) -> usize {
    let byte = usize::try_from(position.byte()).unwrap_or_default();
    let empty = text.get(byte..).unwrap_or_default().bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    usize::try_from(position.line()).unwrap_or_default() + empty.filter(|byte| *byte == b'\n').count()
}
