//! Workbooks: the first sheet, its values as they were last computed. Nothing is computed here.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use domain::text::kept;

use super::{Cell, Cells, MAX_ROWS};
use crate::problem::{Problems, clip};
use crate::tree::{MAX_BYTES, too_large};

pub(super) fn cells(file: &str, bytes: &[u8]) -> Result<Cells, Problems> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large(file, bytes.len() as u64));
    }
    let unreadable = |error: calamine::XlsxError| {
        Problems::one(file, None, format!("this is no workbook: {}; save it as .xlsx anew", clip(&error.to_string())))
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let Some(sheet) = workbook.sheet_names().into_iter().next() else {
        return Err(Problems::one(file, None, "the workbook has no sheet"));
    };
    let mut reader = workbook.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let mut rows: Cells = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let Some(value) = value(cell.get_value()) else { continue };
        let (line, column) = (row as usize + 1, column as usize);
        // A sheet may say that a cell stands in the last column of all.
        if column > 200 {
            return Err(Problems::one(
                file,
                Some(line),
                "has more than 200 cells; a table of results has eleven columns",
            ));
        }
        if rows.last().is_none_or(|(last, _)| *last != line) {
            if rows.len() > MAX_ROWS {
                return Err(too_many(file));
            }
            rows.push((line, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            cells.resize(cells.len().max(column + 1), None);
            if let Some(place) = cells.get_mut(column) {
                *place = Some(value);
            }
        }
    }
    Ok(rows)
}

pub(super) fn too_many(file: &str) -> Problems {
    Problems::one(file, None, format!("the table has more than {MAX_ROWS} rows; divide it"))
}

fn value(data: &DataRef<'_>) -> Option<Cell> {
    let text = |text: &str| Some(kept(text)).filter(|text| !text.is_empty()).map(Cell::Text);
    match data {
        DataRef::Int(number) => Some(Cell::Number(number.to_string())),
        DataRef::Float(number) => Some(Cell::Number(number.to_string())),
        DataRef::String(string) | DataRef::DateTimeIso(string) | DataRef::DurationIso(string) => text(string),
        DataRef::SharedString(string) => text(string),
        DataRef::Bool(truth) => Some(Cell::Text(truth.to_string())),
        DataRef::DateTime(moment) => Some(Cell::Text(day(*moment))),
        DataRef::Error(error) => Some(Cell::Error(error.to_string())),
        DataRef::Empty => None,
    }
}

/// A day as EDTF; what is no day stays a text that no date can be read from.
fn day(moment: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if moment.is_datetime() && (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}
