//! Awards, which sources mostly count without naming anyone.

use crate::{Event, Fault, Id, Program, Visibility};

/// One award or one batch of them. Giver, presenter and recipients are its involvements; giver and presenter differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Award {
    /// Key.
    pub id: Id<Award>,
    /// The program it was given for.
    pub program: Id<Program>,
    /// The event where it was given.
    pub event: Option<Id<Event>>,
    /// Order in the text, from 1.
    pub order: i32,
    /// `Bằng khen`, `Giấy khen`, … as printed.
    pub kind: String,
    /// How many collectives (tập thể); none when not stated.
    pub collectives: Option<i32>,
    /// How many individuals (cá nhân); none when not stated.
    pub individuals: Option<i32>,
    /// A total that mixes both.
    pub mixed_total: Option<i32>,
    /// What for.
    pub reason: Option<String>,
    /// Whether its recipients may be counted by another award of the same event too.
    pub overlap_unknown: bool,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Award {
    /// The rules of an award.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let counts =
            [("collectives", self.collectives), ("individuals", self.individuals), ("mixedTotal", self.mixed_total)];
        let own = [Fault::blank("kind", &self.kind), Fault::place(self.order)];
        own.into_iter().chain(counts.map(|(field, count)| Fault::count(field, count))).flatten().collect()
    }
}
