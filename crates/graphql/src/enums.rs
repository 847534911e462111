//! The domain's lists of codes, mirrored one to one: the domain knows no GraphQL. A variant that is missing here fails to
//! compile, since the conversions match on all of them.

mod access;
mod event;
mod export_job;
mod party;
mod program;
mod report;

use async_graphql::Enum;

pub use access::*;
pub use event::*;
pub use export_job::*;
pub use party::*;
pub use program::*;
pub use report::*;

/// Who may see a record.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::visibility::Visibility")]
pub enum Visibility {
    /// Only the owning tenant's staff.
    Draft,
    /// The owning tenant, the tenants of its signatories, and readers with a grant.
    Internal,
    /// Anyone.
    Public,
}

/// How a statement came to be known.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::visibility::Basis")]
pub enum Basis {
    /// The source says so.
    Stated,
    /// Concluded from other statements; a reason always goes with it.
    Inferred,
}

/// How much of the article was seen.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::source::Coverage")]
pub enum SourceCoverage {
    /// The whole article.
    Full,
    /// Only a part: what is absent from it proves nothing.
    Excerpt,
}

/// How closely a [`PartialDate`] is stated.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::date::DatePrecision")]
pub enum DatePrecision {
    /// One day: `2019-02-26`.
    Day,
    /// One month: `2019-02`, `2019-02-XX`.
    Month,
    /// One year: `2019`, `2019-XX`.
    Year,
    /// Ten years: `202X`.
    Decade,
    /// Somewhere between two dates, or on one side of a date: `2019-02/2019-05`, `../2023-03-01`.
    Range,
}

/// A code of the domain as the text that filters compare with.
pub trait Code: async_graphql::InputType {
    /// `COORDINATION_PROGRAM`.
    fn code(self) -> String;
}

impl Code for Basis {
    fn code(self) -> String {
        domain::visibility::Basis::from(self).to_string()
    }
}

impl Code for Visibility {
    fn code(self) -> String {
        domain::visibility::Visibility::from(self).to_string()
    }
}

impl Code for SourceCoverage {
    fn code(self) -> String {
        domain::source::Coverage::from(self).to_string()
    }
}
