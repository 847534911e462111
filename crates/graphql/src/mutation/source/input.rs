//! The inputs of sources.

use async_graphql::{Enum, ID, InputObject};
use domain::{Id, Source, Visibility};

use crate::enums::{Basis, SourceCoverage};
use crate::mutation::input::Reader;
use crate::scalar::PartialDate;

/// A new source, which begins as a draft that only its tenant's staff sees.
#[derive(Clone, Debug, InputObject)]
pub struct SourceCreateInput {
    /// The province (or the center) that it is about.
    pub tenant: ID,
    /// Publisher (cơ quan xuất bản).
    pub publisher: String,
    /// How much of it was seen.
    pub coverage: SourceCoverage,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: SourceDetails,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a source. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct SourceUpdateInput {
    /// The source.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Publisher (cơ quan xuất bản).
    pub publisher: Option<String>,
    /// How much of it was seen.
    pub coverage: Option<SourceCoverage>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: SourceDetails,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<SourceField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a source.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SourceDetails {
    /// Address: begins with https:// or http://.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When it was published.
    pub published_on: Option<PartialDate>,
    /// Local time of publication, `16:22` or `16:22:42`.
    pub published_at: Option<String>,
    /// Author or signature line.
    pub author: Option<String>,
    /// Photographer.
    pub photographer: Option<String>,
    /// Where the publisher took it from.
    pub syndicated_from: Option<String>,
    /// When the copy was taken.
    pub captured_on: Option<PartialDate>,
    /// Views that the page showed.
    pub views: Option<i32>,
    /// Attached recordings and pictures.
    pub media: Option<Vec<String>>,
    /// INFERRED when it does not name its province; STATED when nothing is said.
    pub tenant_basis: Option<Basis>,
    /// What the inference rests on, and what speaks against it.
    pub tenant_evidence: Option<Vec<String>>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A field of a source that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum SourceField {
    /// The address.
    Url,
    /// The headline.
    Title,
    /// When it was published.
    PublishedOn,
    /// The time of publication.
    PublishedAt,
    /// The author.
    Author,
    /// The photographer.
    Photographer,
    /// Where the publisher took it from.
    SyndicatedFrom,
    /// When the copy was taken.
    CapturedOn,
    /// The views.
    Views,
    /// The remarks.
    Note,
}

/// A record for which a source is to vouch.
#[derive(Clone, Debug, InputObject)]
pub struct SourceLinkInput {
    /// The source.
    pub source: ID,
    /// The program, agency, person, event or document; it may belong to another tenant.
    pub record: ID,
    /// INFERRED when the record was only concluded from the source, which is then not shown as its source. STATED when
    /// nothing is said.
    pub basis: Option<Basis>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// A record for which a source is no longer to vouch.
#[derive(Clone, Debug, InputObject)]
pub struct SourceUnlinkInput {
    /// The source.
    pub source: ID,
    /// The record.
    pub record: ID,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

impl SourceCreateInput {
    /// The source.
    pub(super) fn read(&self, reader: &mut Reader) -> Source {
        let id = Id::generate(reader.tenant("tenant", &self.tenant));
        let mut source = Source {
            id,
            dossier: Source::own_key(id),
            url: None,
            publisher: reader.text("publisher", &self.publisher),
            title: None,
            published_on: None,
            published_at: None,
            author: None,
            photographer: None,
            syndicated_from: None,
            coverage: self.coverage.into(),
            captured_on: None,
            views: None,
            media: Vec::new(),
            tenant_basis: domain::Basis::Stated,
            tenant_evidence: Vec::new(),
            note: None,
            digest: String::new(),
            visibility: Visibility::Draft,
            version: 0,
        };
        self.details.apply(reader, &mut source);
        source
    }
}

impl SourceUpdateInput {
    /// Changes the source.
    pub(super) fn apply(&self, reader: &mut Reader, source: &mut Source) {
        for field in self.clear.iter().flatten() {
            match field {
                SourceField::Url => source.url = None,
                SourceField::Title => source.title = None,
                SourceField::PublishedOn => source.published_on = None,
                SourceField::PublishedAt => source.published_at = None,
                SourceField::Author => source.author = None,
                SourceField::Photographer => source.photographer = None,
                SourceField::SyndicatedFrom => source.syndicated_from = None,
                SourceField::CapturedOn => source.captured_on = None,
                SourceField::Views => source.views = None,
                SourceField::Note => source.note = None,
            }
        }
        if let Some(publisher) = &self.publisher {
            source.publisher = reader.text("publisher", publisher);
        }
        if let Some(coverage) = self.coverage {
            source.coverage = coverage.into();
        }
        self.details.apply(reader, source);
    }
}

impl SourceDetails {
    fn apply(&self, reader: &mut Reader, source: &mut Source) {
        for (field, slot, text) in [
            ("url", &mut source.url, &self.url),
            ("title", &mut source.title, &self.title),
            ("publishedAt", &mut source.published_at, &self.published_at),
            ("author", &mut source.author, &self.author),
            ("photographer", &mut source.photographer, &self.photographer),
            ("syndicatedFrom", &mut source.syndicated_from, &self.syndicated_from),
            ("note", &mut source.note, &self.note),
        ] {
            reader.put_text(field, slot, text.as_ref());
        }
        for (slot, date) in
            [(&mut source.published_on, &self.published_on), (&mut source.captured_on, &self.captured_on)]
        {
            if let Some(date) = date {
                *slot = Some(date.0.clone());
            }
        }
        source.views = self.views.or(source.views);
        if let Some(media) = &self.media {
            source.media = reader.texts("media", media);
        }
        if let Some(basis) = self.tenant_basis {
            source.tenant_basis = basis.into();
        }
        if let Some(evidence) = &self.tenant_evidence {
            source.tenant_evidence = reader.texts("tenantEvidence", evidence);
        }
    }
}
