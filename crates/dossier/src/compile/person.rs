//! People and their positions.

use domain::bundle::SameNeed;
use domain::{Person, Position, RecordKind};

use super::ids::Need;
use super::place::{At, order};
use super::{Compiler, Handle};
use crate::format::PositionEntry;

impl Compiler<'_> {
    pub(super) fn file_people(&mut self) {
        for (index, entry) in self.dossier.people.iter().enumerate() {
            let at = At::root().keyed("people", index, &entry.key);
            if !self.fresh(self.people.contains_key(entry.key.as_str()), &entry.key, &at) {
                continue;
            }
            let handle = match &entry.same_as {
                None => self.own(RecordKind::Person, &at, self.tenant, self.visibility),
                Some(same) => {
                    if same.dossier == self.dossier.key {
                        let message = "names this dossier; within one dossier a person is one entry";
                        self.problems.push(&at.field("sameAs/dossier"), message);
                    }
                    let need = Need::Same(SameNeed {
                        path: at.path.clone(),
                        kind: RecordKind::Person,
                        dossier: same.dossier.clone(),
                        there: format!("people/{}", same.person),
                    });
                    self.shared(RecordKind::Person, &at, self.tenant, self.visibility, need)
                }
            };
            self.people.insert(&entry.key, handle);
        }
    }

    pub(super) fn people(&mut self) {
        for (index, entry) in self.dossier.people.iter().enumerate() {
            let at = At::root().keyed("people", index, &entry.key);
            let Some(handle) = self.people.get(entry.key.as_str()).copied().filter(|handle| handle.owned) else {
                continue;
            };
            if entry.name.trim().is_empty() {
                self.problems.push(&at.field("name"), "a person needs a name; leave out who is not named");
            }
            self.lists.people.push(Person {
                id: handle.id,
                name: entry.name.clone(),
                variants: entry.variants.clone(),
                honorific: entry.honorific.clone(),
                note: entry.note.clone(),
                visibility: handle.visibility,
                version: handle.version,
            });
            for (index, position) in entry.positions.iter().enumerate() {
                self.position(handle, &at.nth("positions", index), index, position);
            }
        }
    }

    fn position(&mut self, person: Handle<Person>, at: &At, index: usize, entry: &PositionEntry) {
        let handle = self.own(RecordKind::Position, at, person.id.tenant, person.visibility);
        let position = Position {
            id: handle.id,
            person: person.id,
            agency: self.agency(entry.agency.as_deref(), &at.field("agency")).map(|agency| agency.id),
            title: entry.title.clone(),
            order: order(index),
            from: self.date(entry.from.as_deref(), &at.field("from")),
            to: self.date(entry.to.as_deref(), &at.field("to")),
            visibility: person.visibility,
            version: 0,
        };
        self.lists.positions.push(position);
    }
}
