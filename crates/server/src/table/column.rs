//! Columns of tables, as the dictionary describes them.

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// Words.
    Text,
    /// One of a list of codes, or of a catalog.
    Code,
    /// The global id of a record.
    Id,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// A day.
    Date,
    /// A date as far as it is known, in EDTF: a day, a month, a year or more.
    PartialDate,
    /// Yes or no.
    Boolean,
}

impl Kind {
    /// Whether values are words that somebody wrote, or letters at any rate.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Code | Self::Id | Self::PartialDate)
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in files, which stays.
    pub name: &'static str,
    /// What people call it, in Vietnamese and in English.
    pub labels: [&'static str; 2],
    /// What its values are.
    pub kind: Kind,
    /// What is counted.
    pub unit: Option<&'static str>,
    /// Whether values may be missing.
    pub nullable: bool,
    /// What it means.
    pub about: &'static str,
    /// The column of codes whose names these are.
    pub names: Option<&'static str>,
    /// Where a report answers it: the name of a line's part, then fields. Of lists the column has the same name.
    pub at: &'static str,
    /// The parameter, and the value of it with which the column stands; none: it always does.
    pub only: Option<(&'static str, &'static str)>,
}

impl Column {
    /// A column whose values may be missing.
    pub const fn new(name: &'static str, kind: Kind, labels: [&'static str; 2], about: &'static str) -> Self {
        Self { name, labels, kind, unit: None, nullable: true, about, names: None, at: "", only: None }
    }

    /// The same, and no value is missing.
    pub const fn always(self) -> Self {
        Self { nullable: false, ..self }
    }

    /// The same that counts a unit.
    pub const fn unit(self, unit: &'static str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// The names of another column's codes.
    pub const fn naming(self, codes: &'static str) -> Self {
        Self { names: Some(codes), ..self }
    }

    /// The same, which stands only when a parameter has this value.
    pub const fn only(self, parameter: &'static str, value: &'static str) -> Self {
        Self { only: Some((parameter, value)), ..self }
    }

    /// Where a report answers it.
    pub const fn at(self, path: &'static str) -> Self {
        Self { at: path, ..self }
    }
}
