//! A date together with how it came to be known: "22/6" is a day whose year we inferred.

use crate::PartialDate;

/// A date and, when part of it was inferred, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The date.
    pub date: PartialDate,
    /// Why it was inferred; none when the source states it.
    pub inferred: Option<String>,
}
