//! Reads tables of a TOML file and collects what is wrong with them, with lines. It does not know what they mean.

use std::fmt::Write;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where in the file something stands.
type Span = Range<usize>;

/// What is wrong with a file.
pub(super) struct Problems<'a> {
    text: &'a str,
    found: Vec<(usize, String)>,
}

impl<'a> Problems<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self { text, found: Vec::new() }
    }

    pub(super) fn add(&mut self, span: Span, message: String) {
        let before = self.text.as_bytes().iter().take(span.start);
        self.found.push((before.filter(|byte| **byte == b'\n').count() + 1, message));
    }

    /// The list, in the order of the lines, unless there is nothing to list.
    pub(super) fn none(mut self) -> Result<(), String> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort();
        Err(self.found.iter().fold(String::new(), |mut list, (line, message)| {
            let end = if list.is_empty() { "" } else { "\n" };
            // Writing to a string cannot fail.
            write!(list, "{end}  line {line}: {message}").ok();
            list
        }))
    }
}

/// A table of the file.
pub(super) struct Fields<'a> {
    table: &'a DeTable<'a>,
    span: Span,
}

impl<'a> Fields<'a> {
    pub(super) const fn of(table: &'a DeTable<'a>, span: Span) -> Self {
        Self { table, span }
    }

    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Whatever is not `known` is a problem: a setting with a slip in its name would be in force for nobody.
    pub(super) fn only(&self, known: &[&str], problems: &mut Problems<'_>) {
        for name in self.table.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
            let message = format!("`{}` is not known here; there is {}", name.get_ref(), known.join(", "));
            problems.add(name.span(), message);
        }
    }

    pub(super) fn missing(&self, name: &str, what: &str, problems: &mut Problems<'_>) {
        // One that is there but of another kind has been named already.
        if self.get(name).is_none_or(|value| value.get_ref().is_table()) {
            problems.add(self.span(), format!("`{name}` is missing: {what}"));
        }
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str, problems: &mut Problems<'_>) -> Option<(Span, &'a str)> {
        let value = self.get(name)?;
        let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            problems.add(value.span(), format!("`{name}` must be a text that is not empty, in quotation marks"));
        }
        text.map(|text| (value.span(), text))
    }

    /// A table of texts: where each stands, its name and itself.
    pub(super) fn words(&self, name: &str, problems: &mut Problems<'_>) -> Option<Vec<(Span, &'a str, &'a str)>> {
        let value = self.get(name)?;
        let Some(table) = value.get_ref().as_table() else {
            problems.add(value.span(), format!("`{name}` must be a table, under [issuer.{name}]"));
            return None;
        };
        let words = table.iter().filter_map(|(word, meaning)| {
            let text = meaning.get_ref().as_str();
            if text.is_none() {
                problems.add(meaning.span(), format!("\"{}\" must be given a text", word.get_ref()));
            }
            Some((meaning.span(), word.get_ref().as_ref(), text?))
        });
        Some(words.collect())
    }

    /// The tables of a list of tables.
    pub(super) fn tables(&self, name: &str, problems: &mut Problems<'_>) -> Vec<Fields<'a>> {
        let Some(value) = self.get(name) else {
            return Vec::new();
        };
        let mut wrong =
            |span| problems.add(span, format!("write each {name} under its own [[{name}]], with two brackets"));
        let Some(array) = value.get_ref().as_array() else {
            wrong(value.span());
            return Vec::new();
        };
        let tables = array.iter().filter_map(|one| {
            let table = one.get_ref().as_table();
            if table.is_none() {
                wrong(one.span());
            }
            Some(Fields::of(table?, one.span()))
        });
        tables.collect()
    }

    fn get(&self, name: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.iter().find(|(known, _)| known.get_ref() == name).map(|(_, value)| value)
    }
}
