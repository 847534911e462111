//! Parties: who stands in which relation to what.

use domain::{Basis, RecordKind};

use super::Decompiler;
use super::values::{code, date, unless};
use crate::format::Party;

impl Decompiler<'_> {
    /// The parties in `list` of the record at the path `of`.
    pub(super) fn parties(&mut self, of: &str, list: &str) -> Vec<Party> {
        let mut written = Vec::new();
        for (path, party) in self.nth(of, list, &self.records.involvements, |one| one.order) {
            let entry = Party {
                agency: self.key_of(RecordKind::Agency, party.agency, path),
                group: self.key_of(RecordKind::AgencyGroup, party.group, path),
                person: self.key_of(RecordKind::Person, party.person, path),
                label: party.label.clone(),
                roles: party.roles.iter().map(|role| code(*role)).collect(),
                positions: party.positions.clone(),
                rank: party.rank.clone(),
                representation: party.representation.clone(),
                capacity: party.capacity.clone(),
                signed_on: date(party.signed_on.as_ref().map(|one| &one.date)),
                basis: unless(party.basis, Basis::Stated),
                reason: party.reason.clone(),
                note: party.note.clone(),
            };
            // What led only to somebody who cannot be described says nothing any more.
            if entry.agency.is_some() || entry.group.is_some() || entry.person.is_some() || entry.label.is_some() {
                written.push(entry);
            }
        }
        written
    }
}
