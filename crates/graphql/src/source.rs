//! Sources.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::RecordKind;
use persistence::{Filter, source, tenant};

use crate::agency::Agency;
use crate::connection::{Connection, NodeType, PageArgs, children};
use crate::document::Document;
use crate::enums::{Basis, SourceCoverage, Visibility};
use crate::error::Result;
use crate::event::Event;
use crate::filter::{CodeFilter, Conditions, DateFilter, ExactFilter, IdFilter, Nesting, TextFilter, Where};
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::may::RecordViewer;
use crate::person::Person;
use crate::program::Program;
use crate::scalar::PartialDate;
use crate::tenant::{ProvinceWhere, Tenant, tenant_of};

/// An article or page that records rest on.
#[derive(Clone, Debug)]
pub struct Source(pub Arc<domain::Source>);

impl NodeType for Source {
    type Record = domain::Source;
    const NAME: &'static str = "Source";

    fn wrap(record: Arc<domain::Source>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Source, self.0.id)
    }
}

/// An article or page that records rest on.
#[Object]
impl Source {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Frozen key of the dossier that holds its facts, unique within the tenant.
    async fn dossier(&self) -> &str {
        &self.0.dossier
    }

    /// Address, where it is known.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// Publisher.
    async fn publisher(&self) -> &str {
        &self.0.publisher
    }

    /// Headline.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// When it was published.
    async fn published_on(&self) -> Option<PartialDate> {
        self.0.published_on.clone().map(PartialDate)
    }

    /// Local time of publication, `16:22:42`.
    async fn published_at(&self) -> Option<&str> {
        self.0.published_at.as_deref()
    }

    /// Author or signature line.
    async fn author(&self) -> Option<&str> {
        self.0.author.as_deref()
    }

    /// Photographer.
    async fn photographer(&self) -> Option<&str> {
        self.0.photographer.as_deref()
    }

    /// Where the publisher took it from.
    async fn syndicated_from(&self) -> Option<&str> {
        self.0.syndicated_from.as_deref()
    }

    /// How much of it was seen.
    async fn coverage(&self) -> SourceCoverage {
        self.0.coverage.into()
    }

    /// When the copy was taken.
    async fn captured_on(&self) -> Option<PartialDate> {
        self.0.captured_on.clone().map(PartialDate)
    }

    /// Views that the page showed.
    async fn views(&self) -> Option<i32> {
        self.0.views
    }

    /// Attached recordings and pictures.
    async fn media(&self) -> &[String] {
        &self.0.media
    }

    /// Whether the article names its province, or we inferred it.
    async fn tenant_basis(&self) -> Basis {
        self.0.tenant_basis.into()
    }

    /// What the inference rests on, and what speaks against it.
    async fn tenant_evidence(&self) -> &[String] {
        &self.0.tenant_evidence
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who may see it.
    async fn visibility(&self) -> Visibility {
        self.0.visibility.into()
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What you may do with it, and why not (quyền thao tác).
    #[allow(clippy::unused_async, reason = "the library's fields are async")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<RecordViewer> {
        RecordViewer::of_source(ctx, &self.0)
    }

    /// What became of it, the latest first (nhật ký). For its tenant's own staff; empty for everybody else.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<HistoryEntry>>> {
        history(ctx, self.0.id, PageArgs::new(first, after, last, before)).await
    }

    /// The province (or the center) that the article is about.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// Programs that it tells of.
    async fn programs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Program>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, source::PROGRAMS, self.0.id, Filter::default(), args).await)
    }

    /// Agencies that it names.
    async fn agencies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Agency>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, source::AGENCIES, self.0.id, Filter::default(), args).await)
    }

    /// People that it names.
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Person>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, source::PEOPLE, self.0.id, Filter::default(), args).await)
    }

    /// Events that it tells of.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Event>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, source::EVENTS, self.0.id, Filter::default(), args).await)
    }

    /// Documents that it names.
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Document>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, source::DOCUMENTS, self.0.id, Filter::default(), args).await)
    }
}

/// Conditions on sources.
#[derive(Default, InputObject)]
pub struct SourceWhere {
    /// All of these.
    and: MaybeUndefined<Vec<SourceWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<SourceWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<SourceWhere>>,
    /// Global id.
    id: MaybeUndefined<IdFilter>,
    /// Key of the dossier.
    dossier: MaybeUndefined<ExactFilter>,
    /// Headline, or publisher where there is none.
    title: MaybeUndefined<TextFilter>,
    /// How much of the article was seen.
    coverage: MaybeUndefined<CodeFilter<SourceCoverage>>,
    /// When it was published.
    published_on: MaybeUndefined<DateFilter>,
    /// The tenant it is about.
    tenant: MaybeUndefined<Box<ProvinceWhere>>,
}

impl Where for SourceWhere {
    type Record = domain::Source;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Source>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.ids(RecordKind::Source, self.id)?;
        all.exact(source::DOSSIER, self.dossier)?;
        all.text(source::TITLE, self.title)?;
        all.code(source::COVERAGE, self.coverage)?;
        all.date(source::PUBLISHED_EARLIEST, source::PUBLISHED_LATEST, self.published_on)?;
        all.one(tenant::OF_SOURCE, self.tenant)?;
        Ok(all.done())
    }
}
