//! Events.

use domain::event::EventKind;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Event, EventProgram, RecordKind};

use super::document::Citing;
use super::place::{At, order};
use super::{Compiler, Handle};
use crate::format::EventEntry;

impl Compiler<'_> {
    pub(super) fn file_events(&mut self) {
        for (index, entry) in self.dossier.events.iter().enumerate() {
            let at = At::root().keyed("events", index, &entry.key);
            if self.fresh(self.events.contains_key(entry.key.as_str()), &entry.key, &at) {
                let handle = self.own(RecordKind::Event, &at, self.tenant, self.visibility);
                self.events.insert(&entry.key, handle);
            }
        }
    }

    pub(super) fn events(&mut self) {
        for (index, entry) in self.dossier.events.iter().enumerate() {
            let at = At::root().keyed("events", index, &entry.key);
            let Some(handle) = self.events.get(entry.key.as_str()).copied() else { continue };
            self.one_event(entry, &at, handle);
            for (index, key) in entry.programs.iter().enumerate() {
                let at = at.keyed("programs", index, key);
                let Some(program) = self.program(Some(key), &at.pointer) else { continue };
                let edge = self.own(RecordKind::EventProgram, &at, handle.id.tenant, handle.visibility);
                self.lists.event_programs.push(EventProgram {
                    id: edge.id,
                    event: handle.id,
                    program: program.id,
                    order: order(index),
                    visibility: handle.visibility,
                });
            }
            let subject = Subject::Event(handle.id);
            self.parties(
                &entry.attendances,
                &at,
                "attendances",
                InvolvementKind::Attendance,
                subject,
                handle.visibility,
            );
            self.citations(&entry.citations, &at, Citing::Event(handle.id), handle.visibility);
        }
    }

    fn one_event(&mut self, entry: &EventEntry, at: &At, handle: Handle<Event>) {
        let event = Event {
            id: handle.id,
            kind: self.code_or(Some(&entry.kind), &at.field("kind"), EventKind::Other),
            name: entry.name.clone(),
            name_inferred: entry.name_inferred.clone(),
            date: self.dated(entry.date.as_deref(), entry.date_inferred.as_ref(), at, "date"),
            time_of_day: self.optional_code(entry.time_of_day.as_deref(), &at.field("timeOfDay")),
            place: entry.place.clone(),
            mode: self.optional_code(entry.mode.as_deref(), &at.field("mode")),
            remote_point_count: entry.remote_point_count,
            remote_points: entry.remote_points.clone(),
            agenda: entry.agenda.clone(),
            note: entry.note.clone(),
            visibility: handle.visibility,
            version: handle.version,
        };
        self.faults(at, event.faults());
        self.lists.events.push(event);
    }
}
