//! Who signs with whom.

use chrono::NaiveDate;

/// Two who signed the same programs; each pair stands once.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair<T> {
    /// The one.
    pub one: T,
    /// The other.
    pub other: T,
    /// How many programs both signed.
    pub programs: u64,
    /// The first day on which they can have done so, of those programs whose day is known.
    pub since: Option<NaiveDate>,
}
