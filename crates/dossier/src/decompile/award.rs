//! Awards.

use domain::RecordKind;

use super::Decompiler;
use crate::format::AwardEntry;

impl Decompiler<'_> {
    pub(super) fn awards(&mut self) -> Vec<AwardEntry> {
        let mut written = Vec::new();
        for (program, path, award) in self.of_programs("awards", |records| &records.awards, |one| one.order) {
            written.push(AwardEntry {
                program,
                event: self.key_of(RecordKind::Event, award.event, path),
                kind: award.kind.clone(),
                collectives: award.collectives,
                individuals: award.individuals,
                mixed_total: award.mixed_total,
                reason: award.reason.clone(),
                givers: self.parties(path, "givers"),
                presenters: self.parties(path, "presenters"),
                recipients: self.parties(path, "recipients"),
                overlap_unknown: award.overlap_unknown,
                note: award.note.clone(),
            });
        }
        written
    }
}
