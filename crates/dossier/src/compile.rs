//! From a dossier to records of the domain.
//!
//! One pass serves three ends. Without ids at hand it *asks*: every record that wants an id is noted as a need, and
//! stand-ins let the rules of the domain be checked all the same. With the store's answer it *compiles*: the same
//! walk yields the records. So what is asked for and what is compiled cannot drift apart.
//!
//! Whose visibility a record has:
//! - source, groups, people, and agencies and documents of the dossier's tenant: the dossier's. Whoever is named only in
//!   a draft must not be seen. The store makes an agency public as soon as a public dossier names it.
//! - what is added to other tenants: PUBLIC; a dossier that is not public adds nothing there.
//! - programs and events: the dossier's. Whoever saw one and not the dossier would see parties without names, and people
//!   named only in what they may not see.
//! - what is added to a program of another dossier of the tenant: the program's, which the dossier's must not be narrower than.
//! - what a mutation has shown to more or fewer since: as it is, until the dossier's own visibility changes.
//! - everything else: that of the record it belongs to. Provenances and conflicts: the narrower one of the record's
//!   and the dossier's, since they tell what this dossier says.

mod agency;
mod award;
mod conflict;
mod direction;
mod document;
mod event;
mod ids;
mod involvement;
mod person;
mod place;
mod program;
mod remark;
mod result;
mod source;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use domain::bundle::{Known, Needs};
use domain::link::LinkTarget;
use domain::{Agency, AgencyGroup, Basis, Bundle, Document, Event, Person, Program, RecordKind, TenantId, Visibility};
use uuid::Uuid;

use crate::format::Dossier;
use crate::problem::{Collector, Problems};
use crate::reference::Reference;
use ids::{Handle, Ids};
use place::At;

/// Where a record of the dossier ended up.
#[derive(Clone, Copy, Debug)]
struct Filed {
    kind: RecordKind,
    tenant: TenantId,
    uuid: Uuid,
    visibility: Visibility,
}

pub(crate) struct Compiler<'a> {
    dossier: &'a Dossier,
    digest: &'a str,
    reference: &'a Reference,
    ids: Ids<'a>,
    problems: Collector<'a>,
    tenant: TenantId,
    visibility: Visibility,
    source: Handle<domain::Source>,
    agencies: BTreeMap<&'a str, Handle<Agency>>,
    groups: BTreeMap<&'a str, Handle<AgencyGroup>>,
    people: BTreeMap<&'a str, Handle<Person>>,
    documents: BTreeMap<&'a str, Handle<Document>>,
    programs: BTreeMap<&'a str, Handle<Program>>,
    events: BTreeMap<&'a str, Handle<Event>>,
    /// By record path.
    filed: BTreeMap<String, Filed>,
    /// JSON pointers by record path.
    pointers: BTreeMap<String, String>,
    lists: Lists,
}

/// The lists of a [`Bundle`] while they grow.
type Lists = values::Growing;

impl<'a> Compiler<'a> {
    /// Walks without ids, to learn which are needed.
    pub(crate) fn asking(
        dossier: &'a Dossier,
        digest: &'a str,
        reference: &'a Reference,
        problems: Collector<'a>,
    ) -> Self {
        Self::new(dossier, digest, reference, Ids::asking(&dossier.key), problems)
    }

    /// Walks with the ids of `known`.
    pub(crate) fn given(
        dossier: &'a Dossier,
        digest: &'a str,
        reference: &'a Reference,
        known: &'a Known,
        problems: Collector<'a>,
    ) -> Self {
        Self::new(dossier, digest, reference, Ids::Given(known), problems)
    }

    fn new(
        dossier: &'a Dossier,
        digest: &'a str,
        reference: &'a Reference,
        ids: Ids<'a>,
        problems: Collector<'a>,
    ) -> Self {
        Self {
            dossier,
            digest,
            reference,
            ids,
            problems,
            tenant: TenantId::CENTRAL,
            visibility: Visibility::Public,
            source: Handle::nowhere(TenantId::CENTRAL),
            agencies: BTreeMap::new(),
            groups: BTreeMap::new(),
            people: BTreeMap::new(),
            documents: BTreeMap::new(),
            programs: BTreeMap::new(),
            events: BTreeMap::new(),
            filed: BTreeMap::new(),
            pointers: BTreeMap::new(),
            lists: Lists::default(),
        }
    }

    /// What must be looked up and handed out.
    pub(crate) fn needs(mut self) -> Result<Needs, Problems> {
        self.walk();
        self.problems.finish()?;
        Ok(self.ids.needs(self.tenant, self.visibility))
    }

    /// The records.
    pub(crate) fn bundle(mut self) -> Result<Bundle, Problems> {
        let source = self.walk();
        for (path, message) in self.ids.complaints() {
            let pointer = self.pointers.get(path).cloned().unwrap_or_default();
            self.problems.push(&pointer, message);
        }
        self.mark_inferred();
        self.problems.finish()?;
        Ok(self.lists.into_bundle(source))
    }

    /// Everything that can be referred to gets its id first, because references lead forwards as well.
    fn walk(&mut self) -> domain::Source {
        self.tenant = self.tenant_ref(Some(&self.dossier.tenant), "/tenant").unwrap_or(TenantId::CENTRAL);
        self.visibility = self.code_or(self.dossier.visibility.as_deref(), "/visibility", Visibility::Public);
        let source = self.source();
        self.file_agencies();
        self.file_groups();
        self.file_people();
        self.file_documents();
        self.file_programs();
        self.file_events();
        self.agencies();
        self.groups();
        self.people();
        self.documents();
        self.events();
        self.programs();
        self.awards();
        self.directions();
        self.remarks();
        self.conflicts();
        source
    }

    /// The visibility of what the whole state shares.
    fn shared_visibility(&self, tenant: TenantId) -> Visibility {
        if tenant == self.tenant { self.visibility } else { Visibility::Public }
    }

    /// Files the record at `at` so that conflicts and provenances find it.
    fn enter(&mut self, at: &At, filed: Filed, owner: bool) {
        self.pointers.insert(at.path.clone(), at.pointer.clone());
        self.filed.insert(at.path.clone(), filed);
        let provenance = domain::Provenance {
            id: self.ids.provenance(self.tenant),
            source: self.source.id,
            path: at.path.clone(),
            kind: filed.kind,
            record_tenant: filed.tenant,
            record: filed.uuid,
            owner,
            version: None,
            basis: Basis::Stated,
            visibility: filed.visibility.min(self.visibility),
        };
        self.lists.provenances.push(provenance);
    }

    /// A program of another tenant that every link to it infers: the article does not speak of it, so it is no source of
    /// the program, nor of what belongs to it.
    fn mark_inferred(&mut self) {
        let foreign = self.programs.iter().filter(|(_, program)| program.id.tenant != self.tenant);
        let only_inferred = foreign.filter(|(_, program)| {
            let links = self.lists.program_links.iter().filter(|link| link.to == LinkTarget::Program(program.id));
            links.clone().next().is_some() && links.clone().all(|link| link.basis == Basis::Inferred)
        });
        let keys: BTreeSet<&str> = only_inferred.map(|(key, _)| *key).collect();
        for provenance in &mut self.lists.provenances {
            let mut parts = provenance.path.split('/');
            if parts.next() == Some("programs") && parts.next().is_some_and(|key| keys.contains(key)) {
                provenance.basis = Basis::Inferred;
            }
        }
    }
}
