//! Workbooks: the rows under a bold head of labels, numbers as numbers and days as days, and a second sheet that says what
//! the columns mean and what the file is. Rows go to a file as they come.

use std::io::{self, Seek as _, SeekFrom};
use std::path::PathBuf;

use chrono::{Datelike as _, NaiveDate};
use persistence::listing::Cell;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{End, Writer, text};
use crate::table::dictionary::{self, Facts};
use crate::table::{Asked, Column, Kind, Table};

/// Writes a workbook.
pub struct Xlsx {
    book: Workbook,
    kinds: Vec<Kind>,
    day: Format,
    row: u32,
    scratch: String,
    folder: PathBuf,
}

/// Excel takes no longer text in a cell.
const LONGEST: usize = 32_767;

/// The calendar of Excel begins here; older days stay text.
const FIRST_YEAR: i32 = 1900;

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

impl Xlsx {
    /// Begins with the head, and with the sheet about the columns.
    pub fn new(table: &Table, columns: &[&Column], asked: &Asked, facts: &Facts) -> io::Result<Self> {
        let mut book = Workbook::new();
        let folder = facts.scratch.clone().unwrap_or_else(std::env::temp_dir);
        book.set_tempdir(&folder).map_err(failed)?;
        let bold = Format::new().set_bold();
        let rows = book.add_worksheet_with_constant_memory().map_err(failed)?;
        rows.set_name(table.name).map_err(failed)?;
        rows.set_freeze_panes(1, 0).map_err(failed)?;
        for (index, column) in (0_u16..).zip(columns) {
            let wide = if column.kind == Kind::Text { 32 } else { 16 };
            rows.set_column_width(index, wide).map_err(failed)?;
            rows.write_string_with_format(0, index, asked.language.of(column.labels), &bold).map_err(failed)?;
        }
        let about = book.add_worksheet_with_constant_memory().map_err(failed)?;
        about.set_name("columns").map_err(failed)?;
        about.write_string(0, 0, facts.line(table, asked)).map_err(failed)?;
        line(about, 2, &dictionary::HEAD.map(str::to_owned), Some(&bold))?;
        for (row, column) in (3..).zip(columns) {
            line(about, row, &dictionary::line(column), None)?;
        }
        let kinds = columns.iter().map(|column| column.kind).collect();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        Ok(Self { book, kinds, day, row: 0, scratch: String::new(), folder })
    }
}

fn line(sheet: &mut Worksheet, row: u32, texts: &[String], format: Option<&Format>) -> io::Result<()> {
    for (index, text) in (0_u16..).zip(texts) {
        match format {
            Some(format) => sheet.write_string_with_format(row, index, text, format),
            None => sheet.write_string(row, index, text),
        }
        .map_err(failed)?;
    }
    Ok(())
}

/// A text as a cell can hold it, and says so where it could not.
fn fitting(text: &str) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= LONGEST - 10
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{kept}… [cut]")
}

impl Writer for Xlsx {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        self.row += 1;
        for ((index, cell), kind) in (0_u16..).zip(cells).zip(&self.kinds) {
            let Some(text) = text::of(cell, &mut self.scratch) else { continue };
            let is_day = matches!(kind, Kind::Date | Kind::PartialDate);
            let day = if is_day { text.parse::<NaiveDate>().ok() } else { None };
            let day = day.filter(|day| day.year() > FIRST_YEAR);
            let number = matches!(kind, Kind::Integer | Kind::Decimal).then(|| text.parse::<f64>().ok()).flatten();
            match (cell, day, number) {
                (Cell::Flag(yes), ..) => sheet.write_boolean(self.row, index, *yes),
                (_, Some(day), _) => {
                    let (year, month, date) = (day.year(), day.month(), day.day());
                    let parts = (u16::try_from(year), u8::try_from(month), u8::try_from(date));
                    let (Ok(year), Ok(month), Ok(date)) = parts else {
                        return Err(io::Error::other(format!("{day} is no day of a workbook")));
                    };
                    let day = ExcelDateTime::from_ymd(year, month, date).map_err(failed)?;
                    sheet.write_datetime_with_format(self.row, index, &day, &self.day)
                }
                (_, None, Some(number)) => sheet.write_number(self.row, index, number),
                (_, None, None) if text.encode_utf16().count() > LONGEST => {
                    sheet.write_string(self.row, index, fitting(text))
                }
                (_, None, None) => sheet.write_string(self.row, index, text),
            }
            .map_err(failed)?;
        }
        Ok(())
    }

    fn piece(&mut self) -> io::Result<Option<bytes::Bytes>> {
        Ok(None)
    }

    fn end(mut self: Box<Self>, _rows: u64) -> io::Result<End> {
        let mut file = tempfile::tempfile_in(&self.folder)?;
        self.book.save_to_writer(&mut file).map_err(failed)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(End::File(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_does_not_fit_is_cut_where_a_letter_ends() {
        for text in ["ế".repeat(40_000), "😀".repeat(20_000)] {
            let cut = fitting(&text);
            let units = cut.encode_utf16().count();
            assert!(cut.ends_with("… [cut]") && units <= LONGEST && units > LONGEST - 10, "{units}");
        }
    }
}
