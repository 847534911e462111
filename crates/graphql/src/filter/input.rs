//! What clients write: one input type a kind of value.

use async_graphql::{ID, InputObject, InputType, MaybeUndefined};

use crate::enums;
use crate::scalar::{Date, Decimal};

/// Conditions on a text. Case and Vietnamese marks do not matter: "dak lak" finds "Đắk Lắk".
#[derive(InputObject)]
pub struct TextFilter {
    /// The whole text.
    pub(super) eq: MaybeUndefined<String>,
    /// One of these whole texts.
    #[graphql(name = "in")]
    pub(super) any_of: MaybeUndefined<Vec<String>>,
    /// A part of the text.
    pub(super) contains: MaybeUndefined<String>,
    /// Its beginning.
    pub(super) starts_with: MaybeUndefined<String>,
}

/// Conditions on a document number. Printings differ, so "số 09/Ctr-BCA" finds "9/CTr-BCA".
#[derive(InputObject)]
pub struct NumberFilter {
    /// The whole number, in any printing.
    pub(super) eq: MaybeUndefined<String>,
    /// A part of the number.
    pub(super) contains: MaybeUndefined<String>,
    /// Whether no number is known.
    pub(super) is_null: MaybeUndefined<bool>,
}

/// Conditions on an exact text such as a slug or a catalogue's code.
#[derive(InputObject)]
pub struct ExactFilter {
    /// This.
    pub(super) eq: MaybeUndefined<String>,
    /// One of these.
    #[graphql(name = "in")]
    pub(super) any_of: MaybeUndefined<Vec<String>>,
    /// None of these. What is unknown is not listed either.
    #[graphql(name = "notIn")]
    pub(super) none_of: MaybeUndefined<Vec<String>>,
    /// Whether it is unknown.
    pub(super) is_null: MaybeUndefined<bool>,
}

/// Conditions on a global id.
#[derive(InputObject)]
pub struct IdFilter {
    /// This.
    pub(super) eq: MaybeUndefined<ID>,
    /// One of these.
    #[graphql(name = "in")]
    pub(super) any_of: MaybeUndefined<Vec<ID>>,
}

/// Conditions on a date that may be known only in part. A record fits when every day that it can mean fits.
#[derive(InputObject)]
pub struct DateFilter {
    /// Exactly this day.
    pub(super) on: MaybeUndefined<Date>,
    /// This day or later.
    pub(super) from: MaybeUndefined<Date>,
    /// This day or earlier.
    pub(super) to: MaybeUndefined<Date>,
    /// Whether no date is known.
    pub(super) is_null: MaybeUndefined<bool>,
}

/// Conditions on a number.
#[derive(InputObject)]
pub struct DecimalFilter {
    /// This number.
    pub(super) eq: MaybeUndefined<Decimal>,
    /// This or more.
    pub(super) gte: MaybeUndefined<Decimal>,
    /// This or less.
    pub(super) lte: MaybeUndefined<Decimal>,
    /// Whether no number was stated.
    pub(super) is_null: MaybeUndefined<bool>,
}

/// Conditions on a code.
#[derive(InputObject)]
#[graphql(
    concrete(name = "AgencyLevelFilter", params(enums::AgencyLevel)),
    concrete(name = "BasisFilter", params(enums::Basis)),
    concrete(name = "DocumentKindFilter", params(enums::DocumentKind)),
    concrete(name = "EventKindFilter", params(enums::EventKind)),
    concrete(name = "LinkKindFilter", params(enums::LinkKind)),
    concrete(name = "NumberStatusFilter", params(enums::NumberStatus)),
    concrete(name = "ProgramKindFilter", params(enums::ProgramKind)),
    concrete(name = "ProgramStatusFilter", params(enums::ProgramStatus)),
    concrete(name = "QualifierFilter", params(enums::Qualifier)),
    concrete(name = "ReportRequestStatusFilter", params(enums::ReportRequestStatus)),
    concrete(name = "SourceCoverageFilter", params(enums::SourceCoverage)),
    concrete(name = "TenantKindFilter", params(enums::TenantKind)),
    concrete(name = "VisibilityFilter", params(enums::Visibility))
)]
pub struct CodeFilter<C: InputType> {
    /// This.
    pub(super) eq: MaybeUndefined<C>,
    /// One of these.
    #[graphql(name = "in")]
    pub(super) any_of: MaybeUndefined<Vec<C>>,
    /// None of these.
    #[graphql(name = "notIn")]
    pub(super) none_of: MaybeUndefined<Vec<C>>,
}

/// Conditions on related records.
#[derive(InputObject)]
#[graphql(
    concrete(name = "SignatoriesFilter", params(crate::involvement::SignatoryWhere)),
    concrete(name = "LinksFilter", params(crate::link::ProgramLinkWhere)),
    concrete(name = "ProgramsFilter", params(crate::program::ProgramWhere)),
    concrete(name = "EventsFilter", params(crate::event::EventWhere)),
    concrete(name = "ResultsFilter", params(crate::result::ResultWhere)),
    concrete(name = "TopicsFilter", params(crate::catalogue::TopicWhere)),
    concrete(name = "DocumentsFilter", params(crate::document::DocumentWhere))
)]
pub struct RelationFilter<W: InputType> {
    /// At least one fits.
    pub(super) some: MaybeUndefined<Box<W>>,
    /// None fits.
    pub(super) none: MaybeUndefined<Box<W>>,
}
