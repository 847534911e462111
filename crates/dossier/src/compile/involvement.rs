//! Parties: who stands in which relation to what.

use domain::involvement::{InvolvementKind, Role, Subject};
use domain::{Basis, Dated, Involvement, RecordKind, TenantId, Visibility};

use super::Compiler;
use super::place::{At, order};
use super::values::lookup;
use crate::format::Party;

const fn tenant_of(subject: Subject) -> TenantId {
    match subject {
        Subject::Program(id) => id.tenant,
        Subject::Event(id) => id.tenant,
        Subject::Direction(id) => id.tenant,
        Subject::Result(id) => id.tenant,
        Subject::Award(id) => id.tenant,
        Subject::Document(id) => id.tenant,
        Subject::Area(id) => id.tenant,
    }
}

impl Compiler<'_> {
    /// The parties under `list` of the record at `of`.
    pub(super) fn parties(
        &mut self,
        parties: &[Party],
        of: &At,
        list: &str,
        kind: InvolvementKind,
        subject: Subject,
        visibility: Visibility,
    ) {
        for (index, party) in parties.iter().enumerate() {
            self.party(party, &of.nth(list, index), order(index), kind, subject, visibility);
        }
    }

    fn party(
        &mut self,
        entry: &Party,
        at: &At,
        order: i32,
        kind: InvolvementKind,
        subject: Subject,
        visibility: Visibility,
    ) {
        let tenant = tenant_of(subject);
        let agency = self.agency(entry.agency.as_deref(), &at.field("agency"));
        let pointer = at.field("group");
        let group = lookup(&self.groups, &mut self.problems, entry.group.as_deref(), &pointer, "groups");
        let group = group.filter(|group| self.same_tenant(group.id.tenant, tenant, &pointer, "the group"));
        let pointer = at.field("person");
        let person = lookup(&self.people, &mut self.problems, entry.person.as_deref(), &pointer, "people");
        let person = person.filter(|person| self.same_tenant(person.id.tenant, tenant, &pointer, "the person"));
        // What was named and not found was reported; the rules would only say it once more.
        let found = agency.is_some() == entry.agency.is_some()
            && group.is_some() == entry.group.is_some()
            && person.is_some() == entry.person.is_some();
        let roles: Vec<Option<Role>> = entry
            .roles
            .iter()
            .enumerate()
            .map(|(index, role)| self.code(role, &at.field(&format!("roles/{index}"))))
            .collect();
        let signed_on = self.date(entry.signed_on.as_deref(), &at.field("signedOn"));
        let handle = self.own(RecordKind::Involvement, at, tenant, visibility);
        let involvement = Involvement {
            id: handle.id,
            subject,
            kind,
            roles: roles.into_iter().flatten().collect(),
            agency: agency.map(|agency| agency.id),
            group: group.map(|group| group.id),
            person: person.map(|person| person.id),
            label: entry.label.clone(),
            positions: entry.positions.clone(),
            rank: entry.rank.clone(),
            representation: entry.representation.clone(),
            capacity: entry.capacity.clone(),
            signed_on: signed_on.map(|date| Dated { date, inferred: None }),
            basis: self.code_or(entry.basis.as_deref(), &at.field("basis"), Basis::Stated),
            reason: entry.reason.clone(),
            order,
            note: entry.note.clone(),
            visibility,
            version: 0,
        };
        if found {
            self.faults(at, involvement.faults());
        }
        self.lists.involvements.push(involvement);
    }
}
