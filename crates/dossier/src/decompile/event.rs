//! Events.

use domain::RecordKind;

use super::Decompiler;
use super::values::{code, dated};
use crate::format::EventEntry;

impl Decompiler<'_> {
    pub(super) fn events(&mut self) -> Vec<EventEntry> {
        let entries = self.keyed("events", RecordKind::Event, &self.on_file.bundle.events, |one| one.id);
        let mut written = Vec::with_capacity(entries.len());
        for entry in entries {
            let (event, of) = (entry.record, entry.path.as_str());
            let (date, date_inferred) = dated(event.date.as_ref());
            let mut programs = Vec::new();
            for (path, edge) in self.nth(of, "programs", &self.records.event_programs, |one| one.order) {
                programs.extend(self.key_of(RecordKind::Program, Some(edge.program), path));
            }
            written.push(EventEntry {
                kind: code(event.kind),
                name: event.name.clone(),
                name_inferred: event.name_inferred.clone(),
                date,
                date_inferred,
                time_of_day: event.time_of_day.map(code),
                place: event.place.clone(),
                mode: event.mode.map(code),
                remote_point_count: event.remote_point_count,
                remote_points: event.remote_points.clone(),
                agenda: event.agenda.clone(),
                programs,
                attendances: self.parties(of, "attendances"),
                citations: self.citations(of),
                note: event.note.clone(),
                key: entry.key,
            });
        }
        written
    }
}
