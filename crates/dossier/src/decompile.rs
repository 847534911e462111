//! From stored records back to a dossier: the inverse of `compile`, file by file.
//!
//! Local keys and places come from the provenances (`programs/main/signatories/1`); keyed entries stand in the order in
//! which they were first described, the others in their own. What the dossier only names is described as the store has it, so
//! that it is found again. Reading the result gives the same records; what is not stored (comments, the wording of a
//! tenant's day) is not written.

mod agency;
mod award;
mod conflict;
mod direction;
mod document;
mod event;
mod involvement;
mod person;
mod program;
mod records;
mod remark;
mod result;
mod source;
mod values;

use std::collections::{BTreeMap, HashMap};

use domain::bundle::OnFile;
use domain::{Id, Provenance, RecordKind, TenantId, Visibility};
use uuid::Uuid;

use crate::format::{Dossier, FORMAT};
use crate::reference::Reference;
use records::Records;

/// A dossier as the store has it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The dossier.
    pub dossier: Dossier,
    /// What it cannot say, a sentence each: records lead to others that no dossier describes.
    pub notes: Vec<String>,
}

/// Makes a dossier of stored records.
pub fn restore(on_file: &OnFile, reference: &Reference) -> Restored {
    let mut decompiler = Decompiler::new(on_file, reference);
    let dossier = decompiler.dossier();
    decompiler.note_hidden();
    decompiler.note_added();
    Restored { dossier, notes: decompiler.notes }
}

/// A record, whatever it is.
type Record = (RecordKind, TenantId, Uuid);

struct Decompiler<'a> {
    on_file: &'a OnFile,
    reference: &'a Reference,
    tenant: TenantId,
    records: Records<'a>,
    /// By what they belong to and in which list.
    lists: HashMap<(&'a str, &'a str), Vec<Place<'a>>>,
    paths: BTreeMap<&'a str, &'a Provenance>,
    /// Local keys, or results' places, by record.
    keys: HashMap<Record, String>,
    notes: Vec<String>,
}

/// A record at its place.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// Its local key, or its number.
    key: &'a str,
    provenance: &'a Provenance,
}

impl<'a> Decompiler<'a> {
    fn new(on_file: &'a OnFile, reference: &'a Reference) -> Self {
        let bundle = &on_file.bundle;
        let mut provenances: Vec<&Provenance> = bundle.provenances.iter().collect();
        // Ids carry their time: the order in which the dossier first described its records.
        provenances.sort_by_key(|one| one.id);
        let mut lists: HashMap<(&str, &str), Vec<Place<'_>>> = HashMap::new();
        let mut keys = HashMap::new();
        for provenance in &provenances {
            let Some((list, key)) = provenance.path.rsplit_once('/') else { continue };
            let (of, list) = list.rsplit_once('/').unwrap_or(("", list));
            lists.entry((of, list)).or_default().push(Place { key, provenance });
            if of.is_empty() {
                keys.insert((provenance.kind, provenance.record_tenant, provenance.record), key.to_owned());
            }
        }
        Self {
            on_file,
            reference,
            tenant: bundle.source.id.tenant,
            records: Records::of(bundle),
            lists,
            paths: provenances.into_iter().map(|one| (one.path.as_str(), one)).collect(),
            keys,
            notes: Vec::new(),
        }
    }

    fn dossier(&mut self) -> Dossier {
        self.name_strangers();
        Dossier {
            format: FORMAT.to_owned(),
            key: self.on_file.bundle.source.dossier.clone(),
            tenant: self.source_tenant(),
            visibility: values::unless(self.on_file.bundle.source.visibility, domain::Visibility::Public),
            source: self.source(),
            agencies: self.agencies(),
            groups: self.groups(),
            people: self.people(),
            documents: self.documents(),
            programs: self.programs(),
            events: self.events(),
            awards: self.awards(),
            directions: self.directions(),
            remarks: self.remarks(),
            conflicts: self.conflicts(),
        }
    }

    /// Gives local keys to what the records lead to and the dossier did not name so far.
    fn name_strangers(&mut self) {
        let bundle = &self.on_file.bundle;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let agencies = bundle.agencies.iter().map(|one| ("agency", RecordKind::Agency, one.id.tenant, one.id.uuid));
        let people = bundle.people.iter().map(|one| ("person", RecordKind::Person, one.id.tenant, one.id.uuid));
        let documents =
            bundle.documents.iter().map(|one| ("document", RecordKind::Document, one.id.tenant, one.id.uuid));
        let programs = bundle.programs.iter().map(|one| ("program", RecordKind::Program, one.id.tenant, one.id.uuid));
        let all = agencies.chain(people).chain(documents).chain(programs);
        let mut strangers: Vec<_> = all.filter(|one| !self.keys.contains_key(&(one.1, one.2, one.3))).collect();
        strangers.sort_by_key(|one| one.3);
        for (word, kind, tenant, uuid) in strangers {
            let key = loop {
                let count = counts.entry(word).or_default();
                *count += 1;
                let key = format!("{word}-{count}");
                if !self.keys.iter().any(|(record, taken)| record.0 == kind && *taken == key) {
                    break key;
                }
            };
            self.keys.insert((kind, tenant, uuid), key);
        }
    }

    /// The entries of a keyed list of the dossier: known ones in the order in which they were described, then the rest.
    fn keyed<T>(&self, list: &str, kind: RecordKind, all: &'a [T], id: impl Fn(&T) -> Id<T>) -> Vec<Keyed<'a, T>> {
        let by_id: HashMap<Id<T>, &'a T> = all.iter().map(|record| (id(record), record)).collect();
        let places = self.lists.get(&("", list)).into_iter().flatten();
        let mut entries: Vec<Keyed<'a, T>> = places
            .filter_map(|place| {
                let id = Id::new(place.provenance.record_tenant, place.provenance.record);
                let record = by_id.get(&id).copied()?;
                let path = place.provenance.path.clone();
                Some(Keyed { key: place.key.to_owned(), path, record, owned: place.provenance.owner })
            })
            .collect();
        let mut rest: Vec<&'a T> =
            all.iter().filter(|one| !entries.iter().any(|entry| id(entry.record) == id(one))).collect();
        rest.sort_by_key(|one| id(one));
        entries.extend(rest.into_iter().filter_map(|record| {
            let id = id(record);
            let key = self.keys.get(&(kind, id.tenant, id.uuid))?.clone();
            Some(Keyed { path: format!("{list}/{key}"), key, record, owned: false })
        }));
        entries
    }

    /// The entries of a list of the record at `of`, in their order, with their paths.
    fn nth<T>(
        &self,
        of: &str,
        list: &str,
        records: &HashMap<Id<T>, &'a T>,
        order: impl Fn(&T) -> i32,
    ) -> Vec<(&'a str, &'a T)> {
        let places = self.lists.get(&(of, list)).into_iter().flatten();
        let mut found: Vec<(i32, usize, &'a str, &'a T)> = places
            .filter_map(|place| {
                let record = records.get(&Id::new(place.provenance.record_tenant, place.provenance.record))?;
                let nth = place.key.parse().unwrap_or(usize::MAX);
                Some((order(record), nth, place.provenance.path.as_str(), *record))
            })
            .collect();
        found.sort_by_key(|(order, nth, ..)| (*order, *nth));
        found.into_iter().map(|(.., path, record)| (path, record)).collect()
    }

    /// Tells of what is seen by fewer than the dossier, which has one visibility for all of it.
    fn note_hidden(&mut self) {
        let bundle = &self.on_file.bundle;
        let of = bundle.source.visibility;
        let hidden: HashMap<Uuid, Visibility> = (bundle.agencies.iter().map(|one| (one.id.uuid, one.visibility)))
            .chain(bundle.agency_groups.iter().map(|one| (one.id.uuid, one.visibility)))
            .chain(bundle.documents.iter().map(|one| (one.id.uuid, one.visibility)))
            .chain(bundle.events.iter().map(|one| (one.id.uuid, one.visibility)))
            .chain(bundle.people.iter().map(|one| (one.id.uuid, one.visibility)))
            .chain(bundle.programs.iter().map(|one| (one.id.uuid, one.visibility)))
            .filter(|(_, visibility)| *visibility < of)
            .collect();
        for (path, provenance) in &self.paths {
            let own = provenance.owner && provenance.kind.has_own_visibility();
            if let Some(visibility) = hidden.get(&provenance.record).filter(|_| own) {
                self.notes.push(format!("{path}: is {visibility} here, and would be {of} where the file is new"));
            }
        }
    }

    /// Tells of what belongs to the dossier's programs and stands in no file.
    fn note_added(&mut self) {
        for (kind, count) in &self.on_file.added {
            let kind = values::code(*kind).to_lowercase().replace('_', " ");
            self.notes.push(format!(
                "programs: {count} of kind {kind} were added here since, not by a dossier; they are not in the file"
            ));
        }
    }

    /// The local key of a record; none, with a note, when the dossier has no entry for it.
    fn key_of<T>(&mut self, kind: RecordKind, id: Option<Id<T>>, from: &str) -> Option<String> {
        let id = id?;
        let key = self.keys.get(&(kind, id.tenant, id.uuid)).cloned();
        if key.is_none() {
            let what = values::code(kind).to_lowercase().replace('_', " ");
            self.notes.push(format!(
                "{from}: leads to a record ({what} {}) that this dossier cannot describe; the reference is left out",
                id.uuid
            ));
        }
        key
    }
}

/// An entry of a keyed list.
struct Keyed<'a, T> {
    key: String,
    path: String,
    record: &'a T,
    /// Whether it is this dossier's to say what it is.
    owned: bool,
}
