//! The source: the article itself.

use chrono::NaiveTime;
use domain::source::Coverage;
use domain::{Basis, RecordKind, Source};

use super::Compiler;
use super::place::At;
use crate::problem::clip;

impl Compiler<'_> {
    pub(super) fn source(&mut self) -> Source {
        let (entry, tenant) = (&self.dossier.source, &self.dossier.tenant);
        let at = At::root().part("source");
        // Its own provenance names it, so it must be known before it is filed.
        let handle = self.own_source(&at);
        if let Some(url) = &entry.url
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            let message = format!("\"{}\" is not a web address; begin it with https:// or http://", clip(url));
            self.problems.push(&at.field("url"), message);
        }
        if let Some(time) = &entry.published_at
            && NaiveTime::parse_from_str(time, "%H:%M:%S").is_err()
            && NaiveTime::parse_from_str(time, "%H:%M").is_err()
        {
            let message = format!("\"{}\" is not a time of day; write it as 16:22 or 16:22:42", clip(time));
            self.problems.push(&at.field("publishedAt"), message);
        }
        if entry.views.is_some_and(|views| views < 0) {
            self.problems.push(&at.field("views"), "a count is 0 or more; leave it out when it is not shown");
        }
        let tenant_basis = self.code_or(tenant.basis.as_deref(), "/tenant/basis", Basis::Stated);
        if tenant_basis == Basis::Inferred && tenant.evidence.is_empty() {
            self.problems.push("/tenant/basis", "what is inferred needs its reasons; add them under evidence");
        }
        Source {
            id: handle,
            dossier: self.dossier.key.clone(),
            url: entry.url.clone(),
            publisher: entry.publisher.clone(),
            title: entry.title.clone(),
            published_on: self.date(entry.published_on.as_deref(), &at.field("publishedOn")),
            published_at: entry.published_at.clone(),
            author: entry.author.clone(),
            photographer: entry.photographer.clone(),
            syndicated_from: entry.syndicated_from.clone(),
            coverage: self.code_or(Some(&entry.coverage), &at.field("coverage"), Coverage::Excerpt),
            captured_on: self.date(entry.captured_on.as_deref(), &at.field("capturedOn")),
            views: entry.views,
            media: entry.media.clone(),
            tenant_basis,
            tenant_evidence: tenant.evidence.clone(),
            note: entry.note.clone(),
            digest: self.digest.to_owned(),
            visibility: self.visibility,
            version: self.source.version,
        }
    }

    fn own_source(&mut self, at: &At) -> domain::Id<Source> {
        self.source = self.own(RecordKind::Source, at, self.tenant, self.visibility);
        for provenance in &mut self.lists.provenances {
            provenance.source = self.source.id;
        }
        self.source.id
    }
}
