//! Documents, and the citations that lead to them.

use domain::RecordKind;

use super::Decompiler;
use super::values::{code, date};
use crate::format::{CitationEntry, DocumentEntry};

impl Decompiler<'_> {
    pub(super) fn documents(&mut self) -> Vec<DocumentEntry> {
        let entries = self.keyed("documents", RecordKind::Document, &self.on_file.bundle.documents, |one| one.id);
        let mut written = Vec::with_capacity(entries.len());
        for entry in entries {
            let document = entry.record;
            written.push(DocumentEntry {
                kind: code(document.kind),
                number: document.number.clone(),
                aliases: document.aliases.clone(),
                title: document.title_vi.clone(),
                issued_on: date(document.issued_on.as_ref()),
                issuers: self.parties(&entry.path, "issuers"),
                tenant: self.other_tenant(document.id.tenant),
                note: document.note.clone().filter(|_| entry.owned),
                key: entry.key,
            });
        }
        written
    }

    pub(super) fn citations(&mut self, of: &str) -> Vec<CitationEntry> {
        let mut written = Vec::new();
        for (path, citation) in self.nth(of, "citations", &self.records.citations, |one| one.order) {
            let Some(document) = self.key_of(RecordKind::Document, Some(citation.document), path) else { continue };
            written.push(CitationEntry {
                document,
                article: citation.article.clone(),
                cited_for: citation.cited_for.clone(),
            });
        }
        written
    }
}
