//! Orders of lists: which fields one may sort by, and in which direction.

use crate::error::{Error, Result};
use async_graphql::{Enum, InputObject, InputType};
use persistence::{
    Record, Sort, agency, document, event, involvement, person, program, report, result, source, tenant,
};

/// Which way.
#[derive(Clone, Copy, Debug, Default, Enum, PartialEq, Eq)]
pub enum OrderDirection {
    /// Smallest, earliest, A first. What is unknown comes last.
    #[default]
    Asc,
    /// Largest, latest first. What is unknown comes last.
    Desc,
}

/// A field that a list can be sorted by.
pub trait Sorted: InputType {
    /// The record of the list.
    type Record: Record;
    /// The sort key.
    fn sort(&self) -> Sort<Self::Record>;
}

/// One sort key of a list.
#[derive(Clone, Copy, Debug, InputObject)]
#[graphql(
    concrete(name = "ProvinceOrder", params(ProvinceOrderField)),
    concrete(name = "AgencyOrder", params(AgencyOrderField)),
    concrete(name = "ProgramOrder", params(ProgramOrderField)),
    concrete(name = "SignatoryOrder", params(SignatoryOrderField)),
    concrete(name = "PersonOrder", params(PersonOrderField)),
    concrete(name = "EventOrder", params(EventOrderField)),
    concrete(name = "DocumentOrder", params(DocumentOrderField)),
    concrete(name = "ReportRequestOrder", params(ReportRequestOrderField)),
    concrete(name = "ResultOrder", params(ResultOrderField)),
    concrete(name = "SourceOrder", params(SourceOrderField))
)]
pub struct OrderOf<F: InputType> {
    /// The field.
    field: F,
    /// The direction.
    #[graphql(default)]
    direction: OrderDirection,
}

/// How many sort keys a list takes.
const MAX_KEYS: usize = 3;

/// The sort keys that the caller wants, or the list's own.
pub fn sorts<F: Sorted>(order: Option<Vec<OrderOf<F>>>, default: Sort<F::Record>) -> Result<Vec<Sort<F::Record>>>
where
    OrderOf<F>: InputType,
{
    let order = order.unwrap_or_default();
    if order.is_empty() {
        return Ok(vec![default]);
    }
    if order.len() > MAX_KEYS {
        return Err(Error::bad_input(format!("orderBy takes at most {MAX_KEYS} keys, {} were given", order.len())));
    }
    let sort = |one: OrderOf<F>| one.field.sort().direction(one.direction == OrderDirection::Desc);
    Ok(order.into_iter().map(sort).collect())
}

/// What province lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum ProvinceOrderField {
    /// Vietnamese name without the kind, in Vietnamese order.
    Name,
    /// GSO code.
    GsoCode,
    /// First day of the version.
    ValidFrom,
}

impl Sorted for ProvinceOrderField {
    type Record = domain::Tenant;

    fn sort(&self) -> Sort<domain::Tenant> {
        match self {
            Self::Name => tenant::BY_NAME,
            Self::GsoCode => tenant::BY_GSO_CODE,
            Self::ValidFrom => tenant::BY_VALID_FROM,
        }
    }
}

/// One sort key of province lists.
pub type ProvinceOrder = OrderOf<ProvinceOrderField>;

/// What agency lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum AgencyOrderField {
    /// Vietnamese name, in Vietnamese order.
    Name,
}

impl Sorted for AgencyOrderField {
    type Record = domain::Agency;

    fn sort(&self) -> Sort<domain::Agency> {
        match self {
            Self::Name => agency::BY_NAME,
        }
    }
}

/// One sort key of agency lists.
pub type AgencyOrder = OrderOf<AgencyOrderField>;

/// What program lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum ProgramOrderField {
    /// Day of signing.
    SignedOn,
    /// Vietnamese title, in Vietnamese order.
    Title,
    /// Last day of the period.
    PeriodEnd,
}

impl Sorted for ProgramOrderField {
    type Record = domain::Program;

    fn sort(&self) -> Sort<domain::Program> {
        match self {
            Self::SignedOn => program::BY_SIGNED_ON,
            Self::Title => program::BY_TITLE,
            Self::PeriodEnd => program::BY_PERIOD_END,
        }
    }
}

/// One sort key of program lists.
pub type ProgramOrder = OrderOf<ProgramOrderField>;

/// What signatory lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum SignatoryOrderField {
    /// Printed order within the program.
    Position,
}

impl Sorted for SignatoryOrderField {
    type Record = domain::Involvement;

    fn sort(&self) -> Sort<domain::Involvement> {
        match self {
            Self::Position => involvement::BY_POSITION,
        }
    }
}

/// One sort key of signatory lists.
pub type SignatoryOrder = OrderOf<SignatoryOrderField>;

/// What person lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum PersonOrderField {
    /// Name, in Vietnamese order.
    Name,
}

impl Sorted for PersonOrderField {
    type Record = domain::Person;

    fn sort(&self) -> Sort<domain::Person> {
        match self {
            Self::Name => person::BY_NAME,
        }
    }
}

/// One sort key of person lists.
pub type PersonOrder = OrderOf<PersonOrderField>;

/// What event lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum EventOrderField {
    /// Day.
    Date,
}

impl Sorted for EventOrderField {
    type Record = domain::Event;

    fn sort(&self) -> Sort<domain::Event> {
        match self {
            Self::Date => event::BY_DATE,
        }
    }
}

/// One sort key of event lists.
pub type EventOrder = OrderOf<EventOrderField>;

/// What document lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum DocumentOrderField {
    /// Title, in Vietnamese order.
    Title,
    /// Day of issue.
    IssuedOn,
}

impl Sorted for DocumentOrderField {
    type Record = domain::Document;

    fn sort(&self) -> Sort<domain::Document> {
        match self {
            Self::Title => document::BY_TITLE,
            Self::IssuedOn => document::BY_ISSUED_ON,
        }
    }
}

/// One sort key of document lists.
pub type DocumentOrder = OrderOf<DocumentOrderField>;

/// What lists of report requests can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum ReportRequestOrderField {
    /// The last day for an answer.
    Due,
}

impl Sorted for ReportRequestOrderField {
    type Record = domain::ReportRequest;

    fn sort(&self) -> Sort<domain::ReportRequest> {
        match self {
            Self::Due => report::BY_DUE,
        }
    }
}

/// One sort key of lists of report requests.
pub type ReportRequestOrder = OrderOf<ReportRequestOrderField>;

/// What result lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum ResultOrderField {
    /// The number.
    Value,
    /// Last day it covers.
    PeriodEnd,
}

impl Sorted for ResultOrderField {
    type Record = domain::Outcome;

    fn sort(&self) -> Sort<domain::Outcome> {
        match self {
            Self::Value => result::BY_VALUE,
            Self::PeriodEnd => result::BY_PERIOD_END,
        }
    }
}

/// One sort key of result lists.
pub type ResultOrder = OrderOf<ResultOrderField>;

/// What source lists can be sorted by.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum SourceOrderField {
    /// Day of publication.
    PublishedOn,
}

impl Sorted for SourceOrderField {
    type Record = domain::Source;

    fn sort(&self) -> Sort<domain::Source> {
        match self {
            Self::PublishedOn => source::BY_PUBLISHED_ON,
        }
    }
}

/// One sort key of source lists.
pub type SourceOrder = OrderOf<SourceOrderField>;
