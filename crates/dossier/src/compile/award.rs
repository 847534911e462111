//! Awards.

use domain::involvement::{InvolvementKind, Subject};
use domain::{Award, RecordKind};

use super::Compiler;
use super::place::Places;

impl Compiler<'_> {
    pub(super) fn awards(&mut self) {
        let mut places = Places::of("awards");
        for (index, entry) in self.dossier.awards.iter().enumerate() {
            let (at, order) = places.next(&format!("programs/{}", entry.program), index);
            let Some(program) = self.program(Some(&entry.program), &at.field("program")) else { continue };
            if !self.adds_to(program, &at) {
                continue;
            }
            let tenant = program.id.tenant;
            let handle = self.own(RecordKind::Award, &at, tenant, program.visibility);
            let award = Award {
                id: handle.id,
                program: program.id,
                event: self.event(entry.event.as_deref(), &at, tenant),
                order,
                kind: entry.kind.clone(),
                collectives: entry.collectives,
                individuals: entry.individuals,
                mixed_total: entry.mixed_total,
                reason: entry.reason.clone(),
                overlap_unknown: entry.overlap_unknown,
                note: entry.note.clone(),
                visibility: program.visibility,
                version: 0,
            };
            self.faults(&at, award.faults());
            self.lists.awards.push(award);
            let subject = Subject::Award(handle.id);
            self.parties(&entry.givers, &at, "givers", InvolvementKind::Giver, subject, program.visibility);
            self.parties(&entry.presenters, &at, "presenters", InvolvementKind::Presenter, subject, program.visibility);
            self.parties(&entry.recipients, &at, "recipients", InvolvementKind::Recipient, subject, program.visibility);
        }
    }
}
