//! Agencies and groups.

use domain::RecordKind;

use super::Decompiler;
use super::values::{code, date};
use crate::format::{AgencyEntry, GroupEntry};

impl Decompiler<'_> {
    pub(super) fn agencies(&mut self) -> Vec<AgencyEntry> {
        let agencies = &self.on_file.bundle.agencies;
        let entries = self.keyed("agencies", RecordKind::Agency, agencies, |one| one.id);
        let mut written = Vec::with_capacity(entries.len());
        for entry in entries {
            let agency = entry.record;
            // Of another's agency the parent is said only where it is at hand anyway.
            let known = |id: &domain::Id<_>| self.keys.contains_key(&(RecordKind::Agency, id.tenant, id.uuid));
            let parent = agency.parent.filter(|id| entry.owned || known(id));
            written.push(AgencyEntry {
                name: agency.name_vi.clone(),
                name_en: agency.name_en.clone(),
                short_name: agency.short_name.clone(),
                aliases: agency.aliases.clone(),
                sector: agency.sector.clone(),
                level: code(agency.level),
                tenant: self.other_tenant(agency.id.tenant),
                locality: self.locality(agency.locality),
                parent: self.key_of(RecordKind::Agency, parent, &entry.path),
                valid_from: date(agency.valid_from.as_ref()),
                valid_to: date(agency.valid_to.as_ref()),
                note: agency.note.clone().filter(|_| entry.owned),
                key: entry.key,
            });
        }
        written
    }

    pub(super) fn groups(&mut self) -> Vec<GroupEntry> {
        let groups = &self.on_file.bundle.agency_groups;
        let entries = self.keyed("groups", RecordKind::AgencyGroup, groups, |one| one.id);
        let mut written = Vec::with_capacity(entries.len());
        for entry in entries {
            let group = entry.record;
            let mut members = Vec::new();
            for place in self.lists.get(&(entry.path.as_str(), "members")).cloned().unwrap_or_default() {
                let id = domain::Id::new(place.provenance.record_tenant, place.provenance.record);
                let agency = self.records.members.get(&id).map(|member| member.agency);
                members.extend(self.key_of(RecordKind::Agency, agency, &place.provenance.path));
            }
            written.push(GroupEntry {
                label: group.label.clone(),
                sector: group.sector.clone(),
                level: group.level.map(code),
                count: group.count,
                members,
                note: group.note.clone(),
                key: entry.key,
            });
        }
        written
    }
}
