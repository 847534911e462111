//! Agencies and groups.

use std::collections::BTreeMap;

use domain::bundle::AgencyNeed;
use domain::text::fold;
use domain::{Agency, AgencyGroup, AgencyGroupMember, AgencyLevel, RecordKind, TenantId};

use super::ids::Need;
use super::place::{At, parents_first};
use super::{Compiler, Handle};

impl Compiler<'_> {
    pub(super) fn file_agencies(&mut self) {
        let mut described: BTreeMap<(TenantId, AgencyLevel, String), &str> = BTreeMap::new();
        for (index, entry) in self.dossier.agencies.iter().enumerate() {
            let at = At::root().keyed("agencies", index, &entry.key);
            if !self.fresh(self.agencies.contains_key(entry.key.as_str()), &entry.key, &at) {
                continue;
            }
            let tenant = self.tenant_ref(entry.tenant.as_ref(), &at.field("tenant"));
            let level = self.code_or(Some(&entry.level), &at.field("level"), AgencyLevel::Province);
            if level == AgencyLevel::Central && tenant.is_some_and(|tenant| tenant != TenantId::CENTRAL) {
                self.problems.push(
                    &at.field("level"),
                    "a CENTRAL agency belongs to the center; add `tenant: {slug: trung-uong}`",
                );
            }
            let tenant = tenant.unwrap_or(self.tenant);
            let names: Vec<String> = std::iter::once(&entry.name).chain(&entry.aliases).cloned().collect();
            let twin = names.iter().find_map(|name| described.get(&(tenant, level, fold(name))));
            if let Some(twin) = twin {
                let message =
                    format!("has a name of agencies/{twin}; keep one entry, or take the name from one of them");
                self.problems.push(&at.field("name"), message);
            }
            described.extend(names.iter().map(|name| ((tenant, level, fold(name)), entry.key.as_str())));
            let need = Need::Agency(AgencyNeed { path: at.path.clone(), tenant, level, names });
            let handle = self.shared(RecordKind::Agency, &at, tenant, self.shared_visibility(tenant), need);
            self.agencies.insert(&entry.key, handle);
        }
    }

    pub(super) fn agencies(&mut self) {
        let mut agencies = Vec::new();
        for (index, entry) in self.dossier.agencies.iter().enumerate() {
            let at = At::root().keyed("agencies", index, &entry.key);
            let Some(handle) = self.agencies.get(entry.key.as_str()).copied().filter(|handle| handle.owned) else {
                continue;
            };
            let tenant = handle.id.tenant;
            let pointer = at.field("parent");
            let parent = self.agency(entry.parent.as_deref(), &pointer).map(|parent| parent.id);
            let parent = parent.filter(|id| self.same_tenant(id.tenant, tenant, &pointer, "the parent"));
            let agency = Agency {
                id: handle.id,
                sector: self.sector(entry.sector.as_deref(), &at),
                level: self.code_or(Some(&entry.level), &at.field("level"), AgencyLevel::Province),
                name_vi: entry.name.clone(),
                name_en: entry.name_en.clone(),
                short_name: entry.short_name.clone(),
                aliases: entry.aliases.clone(),
                locality: self.locality(entry.locality.as_deref(), &at, tenant),
                parent,
                valid_from: self.date(entry.valid_from.as_deref(), &at.field("validFrom")),
                valid_to: self.date(entry.valid_to.as_deref(), &at.field("validTo")),
                note: entry.note.clone(),
                visibility: handle.visibility,
                version: handle.version,
            };
            self.faults(&at, agency.faults());
            agencies.push((at, agency));
        }
        let (sorted, circular) =
            parents_first(agencies, |agency| agency.id.uuid, |agency| vec![agency.parent.map(|id| id.uuid)]);
        for at in circular {
            self.problems.push(&at.field("parent"), "leads back to this agency; one of them must be the outermost");
        }
        self.lists.agencies = sorted;
    }

    pub(super) fn file_groups(&mut self) {
        for (index, entry) in self.dossier.groups.iter().enumerate() {
            let at = At::root().keyed("groups", index, &entry.key);
            if self.fresh(self.groups.contains_key(entry.key.as_str()), &entry.key, &at) {
                let handle = self.own(RecordKind::AgencyGroup, &at, self.tenant, self.visibility);
                self.groups.insert(&entry.key, handle);
            }
        }
    }

    pub(super) fn groups(&mut self) {
        for (index, entry) in self.dossier.groups.iter().enumerate() {
            let at = At::root().keyed("groups", index, &entry.key);
            let Some(handle) = self.groups.get(entry.key.as_str()).copied() else { continue };
            let group = AgencyGroup {
                id: handle.id,
                label: entry.label.clone(),
                sector: self.sector(entry.sector.as_deref(), &at),
                level: self.optional_code(entry.level.as_deref(), &at.field("level")),
                count: entry.count,
                note: entry.note.clone(),
                visibility: handle.visibility,
                version: 0,
            };
            self.faults(&at, group.faults());
            self.lists.agency_groups.push(group);
            for (index, key) in entry.members.iter().enumerate() {
                self.member(handle, &at.keyed("members", index, key), key);
            }
        }
    }

    fn member(&mut self, group: Handle<AgencyGroup>, at: &At, key: &str) {
        let Some(agency) = self.agency(Some(key), &at.pointer) else { return };
        let handle = self.own(RecordKind::AgencyGroupMember, at, group.id.tenant, group.visibility);
        self.lists.agency_group_members.push(AgencyGroupMember {
            id: handle.id,
            group: group.id,
            agency: agency.id,
            visibility: group.visibility,
        });
    }

    /// Whether a local key is used for the first time in its list.
    pub(super) fn fresh(&mut self, used: bool, key: &str, at: &At) -> bool {
        if used {
            self.problems
                .push(&at.field("key"), format!("the key \"{key}\" is used twice in this list; rename one of them"));
        }
        !used
    }
}
