//! Tables of results: one row a result, about programs that other dossiers describe. A table becomes a dossier, so that it
//! is checked, stored and corrected like any other.
//!
//! 1. [`Table::read`]: bytes of a CSV file or a workbook to rows. Columns, values and codes; no store is asked.
//! 2. [`Table::dossier`]: with the programs that the store knows, the dossier.

mod row;
mod text;
mod workbook;

use std::collections::BTreeMap;

use domain::bundle::Elsewhere;
use domain::number::number_key;
use domain::text::fold;
use domain::{Program, Visibility};

use crate::format::{Dossier, FORMAT, ProgramEntry, SameProgram, SourceEntry, TenantRef};
use crate::nearest::did_you_mean;
use crate::problem::{Collector, Problem, Problems, clip};
use crate::read::Checked;
use crate::reference::Reference;
use crate::tree::Node;
use row::Row;

/// More rows than anybody reports at once; a table with more of them is a mistake.
const MAX_ROWS: usize = 100_000;

/// What the rows do not say.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Frozen name of the dossier that the table becomes: importing it again corrects the first import.
    pub dossier: String,
    /// The tenant whose programs are meant.
    pub tenant: TenantRef,
    /// Who publishes the table.
    pub publisher: String,
    /// What it is called.
    pub title: String,
    /// Who may see that there is such a table.
    pub visibility: Visibility,
    /// The program of rows that name none, by number or title.
    pub program: Option<String>,
}

/// A table whose rows are in order, as far as the file alone tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    file: String,
    about: About,
    /// Row by row under the program that they name, in the order in which these come first.
    programs: Vec<(String, Vec<Row>)>,
}

/// A cell as it stands.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Text(String),
    /// A number of a workbook, which is no text that might mean something else.
    Number(String),
    /// What a workbook shows where a formula failed.
    Error(String),
}

/// Rows with their numbers in the file, from 1; the first are the names of the columns.
type Cells = Vec<(usize, Vec<Option<Cell>>)>;

impl Table {
    /// Reads a table: a workbook when the file is called `.xlsx`, otherwise CSV.
    ///
    /// # Errors
    ///
    /// All problems of the file at once, in the order of its rows.
    pub fn read(file: &str, bytes: &[u8], about: About) -> Result<Self, Problems> {
        let workbook = file.to_lowercase().ends_with(".xlsx");
        let cells = if workbook { workbook::cells(file, bytes)? } else { text::cells(file, bytes)? };
        let (rows, mut problems) = row::rows(file, cells, about.program.as_deref())?;
        let mut programs: Vec<(String, Vec<Row>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (program, row) in rows {
            let place = *places.entry(fold(&program)).or_insert_with(|| {
                programs.push((program, Vec::new()));
                programs.len() - 1
            });
            if let Some((_, rows)) = programs.get_mut(place) {
                rows.push(row);
            }
        }
        let table = Self { file: file.to_owned(), about, programs };
        // Which program is meant is asked later; everything else can be judged with any.
        let stand_ins = table.programs.iter().map(|(name, _)| (nowhere(), name.as_str()));
        let checked = table.checked(stand_ins.collect());
        if let Err(found) = checked.needs(Reference::shipped()?) {
            problems.extend(found.0.into_iter().map(|problem| table.placed(problem)));
        }
        if problems.is_empty() { Ok(table) } else { Err(sorted(problems)) }
    }

    /// The table as a dossier about these programs of its tenant, each with the place where a dossier describes it.
    ///
    /// # Errors
    ///
    /// Programs that are not among them, or that several of them may be.
    pub fn dossier(&self, known: &[(Program, Option<Elsewhere>)]) -> Result<Checked, Problems> {
        let mut problems = Vec::new();
        let mut found = Vec::new();
        let mut first: BTreeMap<(String, String), &str> = BTreeMap::new();
        for (name, rows) in &self.programs {
            match find(name, known) {
                Ok(same) => {
                    let twin = first.insert((same.dossier.clone(), same.program.clone()), name);
                    if let Some(twin) = twin {
                        let message =
                            format!("is the program that other rows call \"{}\"; call it the same", clip(twin));
                        problems.push(self.problem(rows, message));
                    }
                    found.push((same, name.as_str()));
                }
                Err(message) => problems.push(self.problem(rows, message)),
            }
        }
        if problems.is_empty() { Ok(self.checked(found)) } else { Err(sorted(problems)) }
    }

    /// The file, as the caller named it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// A problem of the store with the dossier, in the words of the table.
    pub fn placed(&self, problem: Problem) -> Problem {
        let path = row::column_of(&problem.path).to_owned();
        Problem { path, ..problem }
    }

    fn problem(&self, rows: &[Row], message: String) -> Problem {
        let line = rows.first().map(|row| row.line);
        Problem { file: self.file.clone(), line, path: "program".to_owned(), message }
    }

    fn checked(&self, programs: Vec<(SameProgram, &str)>) -> Checked {
        let mut keys: BTreeMap<String, usize> = BTreeMap::new();
        let entries = programs.into_iter().zip(&self.programs).map(|((same, name), (_, rows))| {
            let key = local_key(name);
            let count = keys.entry(key.clone()).or_default();
            *count += 1;
            let key = if *count > 1 { format!("{key}-{count}") } else { key };
            let results = rows.iter().map(|row| row.entry.clone()).collect();
            ProgramEntry {
                key,
                same_as: Some(same),
                // What is said of it here is not stored.
                kind: "OTHER".to_owned(),
                title: (*name).to_owned(),
                level: "PROVINCE".to_owned(),
                results,
                ..ProgramEntry::default()
            }
        });
        let about = &self.about;
        let dossier = Dossier {
            format: FORMAT.to_owned(),
            key: about.dossier.clone(),
            tenant: about.tenant.clone(),
            visibility: Some(about.visibility.to_string()).filter(|code| code != "PUBLIC"),
            source: SourceEntry {
                publisher: about.publisher.clone(),
                title: Some(about.title.clone()),
                coverage: "FULL".to_owned(),
                ..SourceEntry::default()
            },
            programs: entries.collect(),
            ..Dossier::default()
        };
        let lines = self.programs.iter().map(|(_, rows)| rows.iter().map(|row| row.line).collect());
        Checked::new(dossier, &self.file, Node::outline("programs", "results", lines))
    }
}

/// The program with this number, in any printing, or this title.
fn find(name: &str, known: &[(Program, Option<Elsewhere>)]) -> Result<SameProgram, String> {
    let (key, folded) = (number_key(name), fold(name));
    let numbers = |program: &Program| {
        let all = program.number.iter().chain(&program.aliases);
        all.map(|number| number_key(number)).any(|number| !number.is_empty() && number == key)
    };
    let mut fits: Vec<_> = known.iter().filter(|(program, _)| numbers(program)).collect();
    if fits.is_empty() {
        fits = known.iter().filter(|(program, _)| fold(&program.title_vi) == folded).collect();
    }
    match fits.as_slice() {
        [(_, Some(there))] => {
            let key = there.path.strip_prefix("programs/").unwrap_or_default().to_owned();
            Ok(SameProgram { dossier: there.dossier.clone(), program: key })
        }
        [(_, None)] => Err("is a program that no dossier describes; import one that does first".to_owned()),
        [] => {
            let names = known.iter().flat_map(|(one, _)| one.number.iter().chain([&one.title_vi]).map(String::as_str));
            let mend = did_you_mean(name, names);
            let mend =
                mend.unwrap_or_else(|| "write its number or its whole title, and import its dossier first".to_owned());
            Err(format!("no program of this tenant is called \"{}\"; {mend}", clip(name)))
        }
        several => Err(format!("{} programs are called \"{}\"; write its number", several.len(), clip(name))),
    }
}

/// Stands in where the program is not known yet.
fn nowhere() -> SameProgram {
    SameProgram { dossier: "?".to_owned(), program: "?".to_owned() }
}

/// A local key that stays the same as long as the program is called the same.
fn local_key(name: &str) -> String {
    slug(name).unwrap_or_else(|| "program".to_owned())
}

/// Small letters, digits and single hyphens; nothing where there are none.
pub fn slug(name: &str) -> Option<String> {
    let words = fold(name);
    let words: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(80).collect();
    let slug = slug.trim_end_matches('-').to_owned();
    (!slug.is_empty()).then_some(slug)
}

fn sorted(mut problems: Vec<Problem>) -> Problems {
    problems.sort_by_key(|problem| problem.line);
    let tree = Node::outline("", "", std::iter::empty());
    let mut collector = Collector::new("", &tree);
    for problem in problems {
        collector.add(problem);
    }
    collector.finish().err().unwrap_or(Problems(Vec::new()))
}
