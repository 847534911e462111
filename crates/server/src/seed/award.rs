//! Awards, which are mostly counted without naming anyone.

use domain::involvement::{InvolvementKind, Subject};
use domain::{Award, Event, Id};

use super::chance::Chance;
use super::program::Facts;
use super::scribe::Scribe;
use super::words::AWARDS;

impl Scribe<'_> {
    /// What was given at the review of a program.
    pub(super) fn awards(&mut self, facts: &Facts, review: Option<Id<Event>>, sectors: &[u64], chance: &mut Chance) {
        if review.is_none() || !chance.percent(40) {
            return;
        }
        let id = self.ids.next::<Award>();
        let mixed = chance.sometimes(15, |chance| chance.between(5, 60));
        self.bundle.awards.push(Award {
            id,
            program: facts.id,
            event: review,
            order: 1,
            kind: chance.word(AWARDS).to_owned(),
            collectives: if mixed.is_some() { None } else { chance.sometimes(80, |chance| chance.between(0, 30)) },
            individuals: if mixed.is_some() { None } else { chance.sometimes(80, |chance| chance.between(0, 50)) },
            mixed_total: mixed,
            reason: chance.sometimes(50, |_| "thành tích thực hiện chương trình phối hợp".to_owned()),
            overlap_unknown: chance.percent(30),
            note: None,
            visibility: facts.visibility,
            version: 0,
        });
        let giver = chance.pick(sectors).copied().unwrap_or(0);
        self.acts(Subject::Award(id), InvolvementKind::Giver, facts, giver);
    }
}
