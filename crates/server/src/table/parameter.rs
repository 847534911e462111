//! What one may ask of a table.

use domain::reports::totals::{Dimension, Measure};
use strum::IntoEnumIterator as _;

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in addresses.
    pub name: &'static str,
    /// What its values are.
    pub takes: Takes,
    /// Whether nothing can be answered without it.
    pub required: bool,
    /// What it does.
    pub about: &'static str,
    /// The variable of the report's document that it becomes; none: a condition on programs.
    pub variable: Option<&'static str>,
    /// What it is when nothing is said.
    pub default: &'static [&'static str],
}

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A global id.
    Id,
    /// A program, by its global id or its number in any printing.
    Program,
    /// The code of a topic.
    Topic,
    /// The code of a sector.
    Sector,
    /// The slug of a province.
    Tenant,
    /// The code of a region.
    Region,
    /// The code of an indicator.
    Indicator,
    /// A day.
    Day,
    /// What the cube counts.
    Measure,
    /// By what the cube counts.
    Dimension,
}

impl Takes {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Id => "a global id, as the API gives them",
            Self::Program => "a program's global id, or its number in any printing",
            Self::Topic => "the code of a topic",
            Self::Sector => "the code of a sector",
            Self::Tenant => "the slug of a province, or trung-uong",
            Self::Region => "the code of a region",
            Self::Indicator => "the code of an indicator",
            Self::Measure => "PROGRAMS, SIGNATORIES, EVENTS, RESULTS or AWARDS",
            Self::Dimension => {
                "PROVINCE, REGION, SECTOR, TOPIC, INDICATOR, UNIT, PROGRAM, PARENT, LEVEL, YEAR, PERIOD, STATUS or KIND"
            }
            Self::Day => "a day: 2020-02-25",
        }
    }

    /// Whether it may be repeated, and any of its values fits.
    pub const fn many(self) -> bool {
        !matches!(self, Self::Id | Self::Day | Self::Measure)
    }

    /// The values there are, where they are the same everywhere.
    pub fn known(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Measure => Some(Measure::iter().map(Into::into).collect()),
            Self::Dimension => Some(Dimension::iter().map(Into::into).collect()),
            Self::Id
            | Self::Program
            | Self::Topic
            | Self::Sector
            | Self::Tenant
            | Self::Region
            | Self::Indicator
            | Self::Day => None,
        }
    }
}

impl Parameter {
    /// A variable of a report's document.
    pub const fn variable(name: &'static str, takes: Takes, variable: &'static str, about: &'static str) -> Self {
        Self { name, takes, required: false, about, variable: Some(variable), default: &[] }
    }

    /// A condition on programs.
    pub const fn filter(name: &'static str, takes: Takes, about: &'static str) -> Self {
        Self { name, takes, required: false, about, variable: None, default: &[] }
    }

    /// The same, and these when nothing is said.
    pub const fn or(self, default: &'static [&'static str]) -> Self {
        Self { default, ..self }
    }

    /// The same, and nothing is answered without it.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// A condition on programs.
pub const PROGRAM_FILTER: Parameter = Parameter::filter("program", Takes::Program, "Only of these programs.");
/// The same by topic.
pub const TOPIC_FILTER: Parameter =
    Parameter::filter("topic", Takes::Topic, "Only of programs on one of these topics.");
/// The same by sector.
pub const SECTOR_FILTER: Parameter =
    Parameter::filter("sector", Takes::Sector, "Only of programs that an agency of one of these sectors signed.");
/// The same by province.
pub const TENANT_FILTER: Parameter = Parameter::filter("tenant", Takes::Tenant, "Only of programs of these provinces.");
/// The same by region.
pub const REGION_FILTER: Parameter =
    Parameter::filter("region", Takes::Region, "Only of programs of provinces of these regions.");

/// Conditions on programs, for lists and for reports whose document takes `$where: ProgramWhere`. Days are about the
/// signing.
pub const FILTERS: &[Parameter] = &[
    PROGRAM_FILTER,
    TOPIC_FILTER,
    SECTOR_FILTER,
    TENANT_FILTER,
    REGION_FILTER,
    Parameter::filter("from", Takes::Day, "Only of programs that were surely signed on this day or later."),
    Parameter::filter("to", Takes::Day, "Only of programs that were surely signed on this day or before."),
];

/// The same for results, whose days are about the time that they cover.
pub const FILTERS_OF_RESULTS: &[Parameter] = &[
    PROGRAM_FILTER,
    TOPIC_FILTER,
    SECTOR_FILTER,
    TENANT_FILTER,
    REGION_FILTER,
    Parameter::filter("from", Takes::Day, "Only what has a period that covers no day before this one."),
    Parameter::filter("to", Takes::Day, "Only what has a period that covers no day after this one."),
];
