//! From cells to results: which column is which, and what a row says.

use crate::format::{Number, PeriodEntry, QuantityEntry, ResultEntry};
use crate::nearest::did_you_mean;
use crate::problem::{Problem, Problems, clip};

use super::{Cell, Cells};

/// The columns, as they are called in the first row.
const COLUMNS: [&str; 11] = [
    "program",
    "indicator",
    "label",
    "value",
    "qualifier",
    "text",
    "period_start",
    "period_end",
    "as_of",
    "scope",
    "statement",
];

/// A result and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) entry: ResultEntry,
}

/// Rows under the programs that they name.
type Rows = Vec<(String, Row)>;

/// Reads all rows, with what is wrong with single ones. A first row that is wrong leaves nothing to read.
pub(super) fn rows(file: &str, cells: Cells, program: Option<&str>) -> Result<(Rows, Vec<Problem>), Problems> {
    let mut cells = cells.into_iter();
    let Some((line, names)) = cells.next() else {
        return Err(Problems::one(file, None, format!("the table is empty; its first row is {}", COLUMNS.join(", "))));
    };
    let columns = header(file, line, &names, program)?;
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (line, cells) in cells {
        if cells.iter().all(Option::is_none) {
            continue;
        }
        let mut reader = Reader { file, line, columns: &columns, cells, problems: &mut problems };
        rows.extend(reader.row(program));
    }
    if rows.is_empty() && problems.is_empty() {
        return Err(Problems::one(file, None, "the table has no row besides its first; a result is one row"));
    }
    Ok((rows, problems))
}

/// The name of each column.
fn header(
    file: &str,
    line: usize,
    names: &[Option<Cell>],
    program: Option<&str>,
) -> Result<Vec<Option<&'static str>>, Problems> {
    let mut columns: Vec<Option<&'static str>> = Vec::new();
    let mut problems = Vec::new();
    let mut note = |path: &str, message: String| {
        problems.push(Problem { file: file.to_owned(), line: Some(line), path: clip(path), message });
    };
    for name in names {
        let Some(Cell::Text(name) | Cell::Number(name) | Cell::Error(name)) = name else {
            columns.push(None);
            continue;
        };
        let known = COLUMNS.into_iter().find(|column| *column == name.to_lowercase());
        match known {
            None => {
                let mend = did_you_mean(name, COLUMNS);
                let mend = mend.unwrap_or_else(|| format!("the columns are {}", COLUMNS.join(", ")));
                note(name, format!("no column is called so; {mend}"));
            }
            Some(_) if columns.contains(&known) => note(name, "is there twice; keep one of them".to_owned()),
            Some(_) => {}
        }
        columns.push(known);
    }
    let needed: &[&str] = if program.is_some() { &COLUMNS[1..3] } else { &COLUMNS[..3] };
    for name in needed {
        if !columns.contains(&Some(name)) {
            let mend = if *name == "program" { ", or name the program of all rows with --program" } else { "" };
            note(name, format!("the column is missing; add it{mend}"));
        }
    }
    if problems.is_empty() { Ok(columns) } else { Err(Problems(problems)) }
}

struct Reader<'a> {
    file: &'a str,
    line: usize,
    columns: &'a [Option<&'static str>],
    cells: Vec<Option<Cell>>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    /// The row, unless something is wrong with it.
    fn row(&mut self, program: Option<&str>) -> Option<(String, Row)> {
        let before = self.problems.len();
        for (index, cell) in self.cells.clone().into_iter().enumerate() {
            let column = self.columns.get(index).copied().flatten();
            match cell {
                Some(_) if column.is_none() => {
                    self.note(
                        "",
                        format!("cell {} stands under no column; name the column or empty the cell", index + 1),
                    );
                }
                Some(Cell::Error(error)) => {
                    self.note(
                        column.unwrap_or_default(),
                        format!("holds the error {error}; mend the formula or empty the cell"),
                    );
                }
                Some(Cell::Text(text)) if text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') => {
                    self.note(column.unwrap_or_default(), "holds a control character; remove it".to_owned());
                }
                Some(Cell::Text(_) | Cell::Number(_)) | None => {}
            }
        }
        let named = self.text("program").or_else(|| program.map(str::to_owned));
        let named = named.or_else(|| self.missing("program", "write its number or title"));
        let indicator = self.text("indicator").or_else(|| self.missing("indicator", "write its code"));
        let label = self.text("label").or_else(|| self.missing("label", "say in a few words what was counted"));
        let period = PeriodEntry { start: self.text("period_start"), end: self.text("period_end"), open_ended: false };
        let quantity =
            QuantityEntry { value: self.value(), qualifier: self.text("qualifier"), text: self.text("text") };
        let entry = ResultEntry {
            quantity: (quantity != QuantityEntry::default()).then_some(quantity),
            statement: self.text("statement"),
            period: (period != PeriodEntry::default()).then_some(period),
            as_of: self.text("as_of"),
            scope: self.text("scope"),
            indicator: indicator?,
            label: label?,
            ..ResultEntry::default()
        };
        let row = Row { line: self.line, entry };
        named.filter(|_| self.problems.len() == before).map(|program| (program, row))
    }

    fn cell(&self, column: &str) -> Option<&Cell> {
        let index = self.columns.iter().position(|name| *name == Some(column))?;
        self.cells.get(index)?.as_ref()
    }

    fn text(&self, column: &str) -> Option<String> {
        match self.cell(column)? {
            Cell::Text(text) | Cell::Number(text) => Some(text.clone()),
            Cell::Error(_) => None,
        }
    }

    fn value(&self) -> Option<Number> {
        let whole = |text: &str| text.parse().ok().filter(|_| !text.starts_with('+')).map(Number::Integer);
        match self.cell("value")? {
            Cell::Text(text) => Some(whole(text).unwrap_or_else(|| Number::Text(text.clone()))),
            // A number has no separators of thousands; another digit says so.
            Cell::Number(text) if text.contains('.') => Some(Number::Text(format!("{text}0"))),
            Cell::Number(text) => Some(whole(text).unwrap_or_else(|| Number::Text(text.clone()))),
            Cell::Error(_) => None,
        }
    }

    fn missing(&mut self, column: &str, mend: &str) -> Option<String> {
        // A cell that is wrong was reported.
        if self.cell(column).is_none() {
            self.note(column, format!("is empty; {mend}"));
        }
        None
    }

    fn note(&mut self, column: &str, message: String) {
        let (file, path) = (self.file.to_owned(), column.to_owned());
        self.problems.push(Problem { file, line: Some(self.line), path, message });
    }
}

/// The column in which a place of the dossier (`programs[0].results[3].quantity.value`) is stated.
pub(super) fn column_of(path: &str) -> &'static str {
    let Some((_, field)) = path.split_once(".results[") else {
        return if path.starts_with("programs") { "program" } else { "" };
    };
    let field = field.split_once("].").map_or("", |(_, field)| field);
    match field {
        "quantity" | "quantity.value" => "value",
        "quantity.qualifier" => "qualifier",
        "quantity.text" => "text",
        "period" | "period.start" => "period_start",
        "period.end" => "period_end",
        "asOf" => "as_of",
        other => COLUMNS.into_iter().find(|column| *column == other).unwrap_or_default(),
    }
}
