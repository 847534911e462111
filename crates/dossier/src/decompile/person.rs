//! People and their positions.

use domain::RecordKind;

use super::Decompiler;
use super::values::date;
use crate::format::{PersonEntry, PositionEntry, SameAs};

impl Decompiler<'_> {
    pub(super) fn people(&mut self) -> Vec<PersonEntry> {
        let entries = self.keyed("people", RecordKind::Person, &self.on_file.bundle.people, |one| one.id);
        let mut written = Vec::with_capacity(entries.len());
        for entry in entries {
            let person = entry.record;
            let same_as = self.elsewhere(entry.owned, person.id.uuid);
            let mut positions = Vec::new();
            for (path, position) in self.nth(&entry.path, "positions", &self.records.positions, |one| one.order) {
                positions.push(PositionEntry {
                    title: position.title.clone(),
                    agency: self.key_of(RecordKind::Agency, position.agency, path),
                    from: date(position.from.as_ref()),
                    to: date(position.to.as_ref()),
                });
            }
            written.push(PersonEntry {
                name: person.name.clone(),
                variants: person.variants.clone(),
                honorific: person.honorific.clone(),
                positions,
                same_as: same_as.map(|(dossier, key)| SameAs { dossier, person: key }),
                note: person.note.clone().filter(|_| entry.owned),
                key: entry.key,
            });
        }
        written
    }

    /// The dossier that describes a record which this one only names, and the record's local key there.
    pub(super) fn elsewhere(&self, owned: bool, id: uuid::Uuid) -> Option<(String, String)> {
        let there = self.on_file.elsewhere.get(&id).filter(|_| !owned)?;
        let (_, key) = there.path.split_once('/')?;
        Some((there.dossier.clone(), key.to_owned()))
    }
}
