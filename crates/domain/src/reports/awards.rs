//! Awards, by what was given and by whom.

use crate::{Agency, Id};

/// A sum of counts that sources state, and how many of them state one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountTotal {
    /// The sum; none where no source states a count, which is not 0.
    pub value: Option<i64>,
    /// How many awards state a count.
    pub counted: u64,
    /// How many do not.
    pub missing: u64,
}

/// Who gives, as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Giver {
    /// The agency.
    pub agency: Option<Id<Agency>>,
    /// What the source calls a giver that is no agency of the records.
    pub label: Option<String>,
}

/// Awards of one kind, by one giver.
#[derive(Clone, Debug, PartialEq)]
pub struct AwardTotal {
    /// `Bằng khen`, `Giấy khen`, … as printed.
    pub kind: String,
    /// Who gave them; none where nobody is named.
    pub giver: Option<Giver>,
    /// How many awards or batches of them were recorded.
    pub awards: u64,
    /// Collectives (tập thể).
    pub collectives: CountTotal,
    /// Individuals (cá nhân).
    pub individuals: CountTotal,
    /// Totals that mix both.
    pub mixed: CountTotal,
    /// How many of the awards may count recipients that another one of the same event counts.
    pub overlap_unknown: u64,
}
