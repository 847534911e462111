//! Directions and the obligations they open.

use domain::direction::ObligationKind;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Direction, Obligation, Program, RecordKind};

use super::place::{At, Places};
use super::{Compiler, Handle};
use crate::format::ObligationEntry;

impl Compiler<'_> {
    pub(super) fn directions(&mut self) {
        let mut places = Places::of("directions");
        for (index, entry) in self.dossier.directions.iter().enumerate() {
            let (at, order) = places.next(&format!("programs/{}", entry.program), index);
            let Some(program) = self.program(Some(&entry.program), &at.field("program")) else { continue };
            if !self.adds_to(program, &at) {
                continue;
            }
            let tenant = program.id.tenant;
            let handle = self.own(RecordKind::Direction, &at, tenant, program.visibility);
            let direction = Direction {
                id: handle.id,
                program: program.id,
                event: self.event(entry.event.as_deref(), &at, tenant),
                order,
                text: entry.text.clone(),
                period: self.period(entry.period.as_ref(), &at),
                visibility: program.visibility,
                version: 0,
            };
            self.lists.directions.push(direction);
            let subject = Subject::Direction(handle.id);
            self.parties(&entry.actors, &at, "actors", InvolvementKind::Actor, subject, program.visibility);
            self.parties(&entry.addressees, &at, "addressees", InvolvementKind::Addressee, subject, program.visibility);
            self.parties(&entry.partners, &at, "partners", InvolvementKind::Partner, subject, program.visibility);
            if let Some(obligation) = &entry.obligation {
                self.obligation(obligation, &at.part("obligation"), handle, program);
            }
        }
    }

    fn obligation(&mut self, entry: &ObligationEntry, at: &At, direction: Handle<Direction>, program: Handle<Program>) {
        let handle = self.own(RecordKind::Obligation, at, direction.id.tenant, program.visibility);
        let obligation = Obligation {
            id: handle.id,
            direction: direction.id,
            program: program.id,
            kind: self.code_or(Some(&entry.kind), &at.field("kind"), ObligationKind::Other),
            due: self.date(entry.due.as_deref(), &at.field("due")),
            fulfilled_by: self.program(entry.fulfilled_by.as_deref(), &at.field("fulfilledBy")).map(|found| found.id),
            visibility: program.visibility,
            version: 0,
        };
        self.lists.obligations.push(obligation);
    }
}
