//! What is asked of a table: the query string, read strictly, since a filter that is silently left out would make another
//! table.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dossier::nearest::did_you_mean;

use super::{Format, Parameter, Table, Takes};

/// What is wrong with a request, in words that say what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(pub String);

impl Wrong {
    /// Something that is not among those there are.
    pub fn unknown(what: &str, name: &str, known: &[&str]) -> Self {
        // Whoever mistypes a long name gets it back; a whole book would be no help.
        let shown: String = name.chars().take(80).collect();
        let near = did_you_mean(name, known.iter().copied()).map(|near| format!("; {near}")).unwrap_or_default();
        let many = known.len() > 40;
        let known = if many { String::new() } else { format!("; known: {}", known.join(", ")) };
        Self(format!("there is no {what} {shown:?}{near}{known}"))
    }
}

/// Which columns stand for codes of catalogs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// The codes alone.
    Code,
    /// The names; the codes come last.
    Name,
    /// Codes, each with its name beside it.
    #[default]
    Both,
}

/// The language of names and labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English; Vietnamese where no English text is known.
    En,
}

impl Language {
    /// The text in this language.
    pub const fn of(self, texts: [&'static str; 2]) -> &'static str {
        let [vi, en] = texts;
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }
}

/// A request for a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What was given, by parameter.
    pub values: BTreeMap<&'static str, Vec<String>>,
    /// Which columns stand for codes.
    pub labels: Labels,
    /// In which language.
    pub language: Language,
    /// Whether CSV begins with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
    /// Whether text in CSV that a spreadsheet would carry out is made text.
    pub escape: bool,
}

/// Parameters of every table; the last two of CSV alone.
const COMMON: [&str; 4] = ["labels", "lang", "bom", "escape"];

/// Names under which secrets are sent in addresses, which end up in logs and histories.
const SECRETS: [&str; 6] = ["access_token", "api_key", "apikey", "key", "token", "authorization"];

/// Refuses what must not stand in an address, before anything else is looked at.
pub fn no_secrets(pairs: &[(String, String)]) -> Result<(), Wrong> {
    match pairs.iter().find(|(name, _)| SECRETS.contains(&name.to_ascii_lowercase().as_str())) {
        None => Ok(()),
        Some((name, _)) => Err(Wrong(format!(
            "{name}: a token or key never stands in an address; send it as `Authorization: Bearer …`, or a key as the \
             password of Basic, and revoke this one, for logs may have it"
        ))),
    }
}

impl Asked {
    /// Reads the parameters of a request.
    ///
    /// # Errors
    ///
    /// The first that is wrong.
    pub fn read(table: &Table, format: Format, pairs: Vec<(String, String)>) -> Result<Self, Wrong> {
        no_secrets(&pairs)?;
        let mut asked = Self { escape: true, ..Self::default() };
        let mut seen = Vec::new();
        for (name, value) in pairs {
            if let Some(parameter) = table.parameters.iter().find(|parameter| parameter.name == name) {
                asked.add(parameter, value)?;
                continue;
            }
            let csv = format == Format::Csv;
            if !COMMON.contains(&name.as_str()) {
                let known: Vec<&str> = table.parameters.iter().map(|parameter| parameter.name).chain(COMMON).collect();
                return Err(Wrong::unknown("parameter", &name, &known));
            }
            if seen.contains(&name) {
                return Err(Wrong(format!("{name}: it is given twice")));
            }
            match (name.as_str(), value.as_str()) {
                ("labels", "code") => asked.labels = Labels::Code,
                ("labels", "name") => asked.labels = Labels::Name,
                ("labels", "both") => asked.labels = Labels::Both,
                ("labels", _) => return Err(one_of(&name, &value, &["code", "name", "both"])),
                ("lang", "vi") => asked.language = Language::Vi,
                ("lang", "en") => asked.language = Language::En,
                ("lang", _) => return Err(one_of(&name, &value, &["vi", "en"])),
                (_, _) if !csv => return Err(Wrong(format!("{name}: it is for csv alone"))),
                ("bom", "0" | "1") => asked.bom = value == "1",
                ("escape", "0" | "1") => asked.escape = value == "1",
                (_, _) => return Err(one_of(&name, &value, &["0", "1"])),
            }
            seen.push(name);
        }
        for one in table.parameters.iter().filter(|one| !one.default.is_empty()) {
            asked.values.entry(one.name).or_insert_with(|| one.default.iter().map(ToString::to_string).collect());
        }
        let missing = table.parameters.iter().find(|one| one.required && !asked.values.contains_key(one.name));
        match missing {
            None => Ok(asked),
            Some(Parameter { name, takes, about, .. }) => {
                Err(Wrong(format!("{name}: it is missing; give {}. {about}", takes.words())))
            }
        }
    }

    fn add(&mut self, parameter: &Parameter, value: String) -> Result<(), Wrong> {
        let Parameter { name, takes, .. } = *parameter;
        let values = self.values.entry(name).or_default();
        if value.is_empty() || value.contains('\0') {
            return Err(Wrong(format!("{name}: it is empty; give {}", takes.words())));
        }
        if takes == Takes::Day && !value.parse::<NaiveDate>().is_ok_and(|day| day.to_string() == value) {
            return Err(Wrong(format!("{name}: {value:?} is no day; write it as 2020-02-25")));
        }
        if takes.known().is_some_and(|known| !known.contains(&value.as_str())) {
            return Err(one_of(name, &value, &takes.known().unwrap_or_default()));
        }
        if !takes.many() && !values.is_empty() {
            return Err(Wrong(format!("{name}: it is given twice")));
        }
        values.push(value);
        Ok(())
    }

    /// The values of a parameter.
    pub fn of(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first of them.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.of(name).first().map(String::as_str)
    }
}

fn one_of(name: &str, value: &str, allowed: &[&str]) -> Wrong {
    let Wrong(message) = Wrong::unknown("value", value, allowed);
    Wrong(format!("{name}: {message}"))
}
