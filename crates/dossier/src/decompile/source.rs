//! The source: the article itself.

use domain::Basis;

use super::Decompiler;
use super::values::{code, date, unless};
use crate::format::{SourceEntry, TenantRef};

impl Decompiler<'_> {
    pub(super) fn source_tenant(&self) -> TenantRef {
        let source = &self.on_file.bundle.source;
        TenantRef {
            basis: unless(source.tenant_basis, Basis::Stated),
            evidence: source.tenant_evidence.clone(),
            ..self.tenant_ref(self.tenant)
        }
    }

    pub(super) fn source(&self) -> SourceEntry {
        let source = &self.on_file.bundle.source;
        SourceEntry {
            url: source.url.clone(),
            publisher: source.publisher.clone(),
            title: source.title.clone(),
            published_on: date(source.published_on.as_ref()),
            published_at: source.published_at.clone(),
            author: source.author.clone(),
            photographer: source.photographer.clone(),
            syndicated_from: source.syndicated_from.clone(),
            coverage: code(source.coverage),
            captured_on: date(source.captured_on.as_ref()),
            views: source.views,
            media: source.media.clone(),
            note: source.note.clone(),
        }
    }
}
