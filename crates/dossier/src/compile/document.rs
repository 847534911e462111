//! Documents, and the citations that lead to them.

use std::collections::BTreeMap;

use domain::bundle::DocumentNeed;
use domain::document::DocumentKind;
use domain::involvement::{InvolvementKind, Subject};
use domain::number::number_key;
use domain::{Citation, Document, Event, Id, Program, RecordKind, TenantId, Visibility};

use super::Compiler;
use super::ids::Need;
use super::place::{At, order};
use crate::format::CitationEntry;

/// Who cites.
#[derive(Clone, Copy)]
pub(super) enum Citing {
    Program(Id<Program>),
    Event(Id<Event>),
}

impl Compiler<'_> {
    pub(super) fn file_documents(&mut self) {
        let mut described: BTreeMap<(TenantId, &str, String), &str> = BTreeMap::new();
        for (index, entry) in self.dossier.documents.iter().enumerate() {
            let at = At::root().keyed("documents", index, &entry.key);
            if !self.fresh(self.documents.contains_key(entry.key.as_str()), &entry.key, &at) {
                continue;
            }
            let tenant = self.tenant_ref(entry.tenant.as_ref(), &at.field("tenant")).unwrap_or(self.tenant);
            if let Some(number) = &entry.number
                && let Some(twin) = described.insert((tenant, &entry.kind, number_key(number)), &entry.key)
            {
                let message = format!("is the number of documents/{twin} as well; keep one entry and refer to it");
                self.problems.push(&at.field("number"), message);
            }
            let need = Need::Document(DocumentNeed {
                path: at.path.clone(),
                tenant,
                number: entry.number.clone(),
                aliases: entry.aliases.clone(),
                title: entry.title.clone(),
            });
            let handle = self.shared(RecordKind::Document, &at, tenant, self.shared_visibility(tenant), need);
            self.documents.insert(&entry.key, handle);
        }
    }

    pub(super) fn documents(&mut self) {
        for (index, entry) in self.dossier.documents.iter().enumerate() {
            let at = At::root().keyed("documents", index, &entry.key);
            let Some(handle) = self.documents.get(entry.key.as_str()).copied().filter(|handle| handle.owned) else {
                continue;
            };
            let document = Document {
                id: handle.id,
                kind: self.code_or(Some(&entry.kind), &at.field("kind"), DocumentKind::Other),
                number: entry.number.clone(),
                aliases: entry.aliases.clone(),
                title_vi: entry.title.clone(),
                issued_on: self.date(entry.issued_on.as_deref(), &at.field("issuedOn")),
                note: entry.note.clone(),
                visibility: handle.visibility,
                version: handle.version,
            };
            self.faults(&at, document.faults());
            self.lists.documents.push(document);
            let subject = Subject::Document(handle.id);
            self.parties(&entry.issuers, &at, "issuers", InvolvementKind::Issuer, subject, handle.visibility);
        }
    }

    pub(super) fn citations(&mut self, entries: &[CitationEntry], of: &At, citing: Citing, visibility: Visibility) {
        let (program, event, tenant) = match citing {
            Citing::Program(id) => (Some(id), None, id.tenant),
            Citing::Event(id) => (None, Some(id), id.tenant),
        };
        for (index, entry) in entries.iter().enumerate() {
            let at = of.nth("citations", index);
            let Some(document) = self.document(Some(&entry.document), &at.field("document")) else { continue };
            let handle = self.own(RecordKind::Citation, &at, tenant, visibility);
            self.lists.citations.push(Citation {
                id: handle.id,
                program,
                event,
                document: document.id,
                article: entry.article.clone(),
                cited_for: entry.cited_for.clone(),
                order: order(index),
                visibility,
                version: 0,
            });
        }
    }
}
