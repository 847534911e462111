//! Directions and the obligations they open.

use std::collections::HashMap;

use domain::{Id, RecordKind};

use super::records::Records;
use super::values::{code, date, period};
use super::{Decompiler, Place};
use crate::format::{DirectionEntry, ObligationEntry};

impl<'a> Decompiler<'a> {
    pub(super) fn directions(&mut self) -> Vec<DirectionEntry> {
        let mut written = Vec::new();
        for (program, path, direction) in self.of_programs("directions", |records| &records.directions, |one| one.order)
        {
            written.push(DirectionEntry {
                program,
                event: self.key_of(RecordKind::Event, direction.event, path),
                text: direction.text.clone(),
                actors: self.parties(path, "actors"),
                addressees: self.parties(path, "addressees"),
                partners: self.parties(path, "partners"),
                period: period(direction.period.as_ref()),
                obligation: self.obligation(path),
            });
        }
        written
    }

    fn obligation(&mut self, direction: &str) -> Option<ObligationEntry> {
        let path = format!("{direction}/obligation");
        let provenance = self.paths.get(path.as_str())?;
        let id = Id::new(provenance.record_tenant, provenance.record);
        let obligation = *self.records.obligations.get(&id)?;
        Some(ObligationEntry {
            kind: code(obligation.kind),
            due: date(obligation.due.as_ref()),
            fulfilled_by: self.key_of(RecordKind::Program, obligation.fulfilled_by, &path),
        })
    }

    /// What the dossier lists about programs, program by program: the program's local key, the path, the record.
    pub(super) fn of_programs<T>(
        &self,
        list: &str,
        records: for<'r> fn(&'r Records<'a>) -> &'r HashMap<Id<T>, &'a T>,
        order: impl Fn(&T) -> i32,
    ) -> Vec<(String, &'a str, &'a T)> {
        let programs: Vec<Place<'a>> = self.lists.get(&("", "programs")).cloned().unwrap_or_default();
        let mut found = Vec::new();
        for program in programs {
            let entries = self.nth(&program.provenance.path, list, records(&self.records), &order);
            found.extend(entries.into_iter().map(|(path, record)| (program.key.to_owned(), path, record)));
        }
        found
    }
}
