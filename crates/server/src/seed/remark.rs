//! Remarks: aims, significance, limitations.

use domain::remark::RemarkKind;
use domain::{Event, Id, Remark};

use super::chance::Chance;
use super::program::Facts;
use super::scribe::Scribe;
use super::words::REMARKS;

impl Scribe<'_> {
    /// What is said about a program; that there are limitations often without saying which.
    pub(super) fn remarks(&mut self, facts: &Facts, event: Option<Id<Event>>, chance: &mut Chance) {
        for order in 1..=chance.between(-3, 2) {
            let [aim, significance, limitation, unnamed] = REMARKS;
            let (kind, text, specified) = match chance.below(4) {
                0 => (RemarkKind::Aim, aim, true),
                1 => (RemarkKind::Significance, significance, true),
                2 => (RemarkKind::Limitation, limitation, true),
                _ => (RemarkKind::Limitation, unnamed, false),
            };
            let id = self.ids.next::<Remark>();
            self.bundle.remarks.push(Remark {
                id,
                program: facts.id,
                event,
                order,
                kind,
                text: text.to_owned(),
                specified,
                visibility: facts.visibility,
                version: 0,
            });
        }
    }
}
