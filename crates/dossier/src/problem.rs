//! What is wrong with a file: each problem with its place and its mend, all of them at once.
//!
//! Inside the crate a place is a JSON pointer (`/programs/0/signedOn`); an author sees `programs[0].signedOn` and the
//! line.

use std::collections::BTreeSet;
use std::fmt;

use crate::tree::Node;

/// So many problems are listed; a file with more of them is not a dossier.
const LIMIT: usize = 500;

/// One problem of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the caller named it.
    pub file: String,
    /// Line, from 1; none when the problem is not at any line (a file too large to read).
    pub line: Option<usize>,
    /// Place within the dossier: `programs[0].signedOn`. Empty for the file as a whole.
    pub path: String,
    /// What is wrong and how to mend it, one sentence.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.path.is_empty() {
            write!(f, ": {}", self.path)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// All problems of a file, in the order of its lines. Displays one a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// A single problem with a file as a whole, or with one line of it.
    pub(crate) fn one(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Self(vec![Problem { file: file.to_owned(), line, path: String::new(), message: message.into() }])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// Gathers the problems of one file while it is looked at from several sides.
#[derive(Debug)]
pub(crate) struct Collector<'a> {
    file: &'a str,
    tree: &'a Node,
    problems: Vec<Problem>,
    omitted: usize,
    /// Places whose value is not the author's any more: what is said of them was said already.
    patched: BTreeSet<String>,
}

impl<'a> Collector<'a> {
    pub(crate) const fn new(file: &'a str, tree: &'a Node) -> Self {
        Self { file, tree, problems: Vec::new(), omitted: 0, patched: BTreeSet::new() }
    }

    /// Notes a problem at a JSON pointer.
    pub(crate) fn push(&mut self, pointer: &str, message: impl Into<String>) {
        if ancestors(pointer).any(|place| self.patched.contains(place)) {
            return;
        }
        if self.problems.len() >= LIMIT {
            self.omitted += 1;
            return;
        }
        let (line, _) = self.tree.locate(pointer);
        let problem =
            Problem { file: self.file.to_owned(), line: Some(line), path: readable(pointer), message: message.into() };
        self.add(problem);
    }

    /// Notes a problem found elsewhere.
    pub(crate) fn add(&mut self, problem: Problem) {
        if self.problems.len() >= LIMIT {
            self.omitted += 1;
        } else if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// From now on says nothing about what is at or below `pointer`.
    pub(crate) fn silence(&mut self, pointer: String) {
        self.patched.insert(pointer);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// `Err` with everything noted, if anything was.
    pub(crate) fn finish(mut self) -> Result<(), Problems> {
        if self.problems.is_empty() {
            return Ok(());
        }
        self.problems.sort_by_key(|problem| problem.line);
        if self.omitted > 0 {
            let message = format!("{} more problems are not listed; mend these first", self.omitted);
            self.problems.push(Problem { file: self.file.to_owned(), line: None, path: String::new(), message });
        }
        Err(Problems(self.problems))
    }
}

/// The place itself and everything around it.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |place| place.rsplit_once('/').map(|(parent, _)| parent))
}

/// `/programs/0/signedOn` as `programs[0].signedOn`.
fn readable(pointer: &str) -> String {
    let mut path = String::new();
    for token in pointer.split('/').skip(1).map(unescape) {
        if token.bytes().all(|byte| byte.is_ascii_digit()) && !token.is_empty() {
            path.push('[');
            path.push_str(&token);
            path.push(']');
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&clip(&token));
        }
    }
    path
}

/// A key as a token of a JSON pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A token of a JSON pointer as the key it stands for.
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// A text short enough to be quoted in a message, on one line.
pub(crate) fn clip(text: &str) -> String {
    const LONG: usize = 60;
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONG).collect();
    if text.chars().nth(LONG).is_some() { format!("{line}…") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_like_code() {
        assert_eq!(readable("/programs/0/signatories/12/a~1b"), "programs[0].signatories[12].a/b");
        assert_eq!(readable(""), "");
    }

    #[test]
    fn a_problem_names_file_line_and_place() {
        let mut problem = Problem {
            file: "samples/x.yaml".to_owned(),
            line: Some(12),
            path: "programs[0].signedOn".to_owned(),
            message: "`2020-02-30` is not in the calendar".to_owned(),
        };
        assert_eq!(problem.to_string(), "samples/x.yaml:12: programs[0].signedOn: `2020-02-30` is not in the calendar");
        problem.line = None;
        problem.path.clear();
        assert_eq!(problem.to_string(), "samples/x.yaml: `2020-02-30` is not in the calendar");
    }

    #[test]
    fn a_place_lies_in_all_that_is_around_it() {
        let around: Vec<&str> = ancestors("/programs/1/title").collect();
        assert_eq!(around, ["/programs/1/title", "/programs/1", "/programs", ""]);
    }
}
