//! Documents and citations.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::RecordKind;
use persistence::{Filter, conflict, document, involvement, link, source, tenant};

use crate::conflict::Conflict;
use crate::connection::{Connection, NodeType, PageArgs, all_children, children, one};
use crate::enums::{DocumentKind, Visibility};
use crate::error::Result;
use crate::event::Event;
use crate::filter::{CodeFilter, Conditions, DateFilter, IdFilter, Nesting, NumberFilter, TextFilter, Where};
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::Involvement;
use crate::link::{ProgramLink, link_kind};
use crate::may::RecordViewer;
use crate::program::Program;
use crate::scalar::PartialDate;
use crate::source::Source;
use crate::tenant::{ProvinceWhere, Tenant, tenant_of};

/// A law, resolution, directive, decision… (văn bản).
#[derive(Clone, Debug)]
pub struct Document(pub Arc<domain::Document>);

impl NodeType for Document {
    type Record = domain::Document;
    const NAME: &'static str = "Document";

    fn wrap(record: Arc<domain::Document>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Document, self.0.id)
    }
}

/// A law, resolution, directive, decision… (văn bản).
#[Object]
impl Document {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Kind.
    async fn kind(&self) -> DocumentKind {
        self.0.kind.into()
    }

    /// Number, verbatim: `238-QĐ/TW`. Never a key.
    async fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }

    /// Other printings of the number and other names.
    async fn aliases(&self) -> &[String] {
        &self.0.aliases
    }

    /// When it was issued.
    async fn issued_on(&self) -> Option<PartialDate> {
        self.0.issued_on.clone().map(PartialDate)
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
        RecordViewer::of::<Self>(ctx, &self.0)
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

    /// Title; null when none is known.
    async fn title(&self) -> Option<&str> {
        self.0.title_vi.as_deref()
    }

    /// The province (or the center) that it was recorded for.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// Who issued it.
    async fn issuers(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_DOCUMENT, self.0.id, Filter::default()).await)
    }

    /// Where it is cited.
    async fn citations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Citation>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, document::CITATIONS, self.0.id, Filter::default(), args).await)
    }

    /// The programs that implement it.
    async fn implemented_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ProgramLink>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, link::TO_DOCUMENT, self.0.id, link_kind("IMPLEMENTS"), args).await)
    }

    /// Links from programs.
    async fn backlinks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ProgramLink>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, link::TO_DOCUMENT, self.0.id, Filter::default(), args).await)
    }

    /// The articles that name it.
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Source>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, source::OF_DOCUMENT, self.0.id, Filter::default(), args).await)
    }

    /// Where sources disagree about it.
    async fn conflicts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Conflict>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, conflict::OF_DOCUMENT, self.0.id, Filter::default(), args).await)
    }
}

/// A program or an event referring to a document.
#[derive(Clone, Debug)]
pub struct Citation(pub Arc<domain::Citation>);

impl NodeType for Citation {
    type Record = domain::Citation;
    const NAME: &'static str = "Citation";

    fn wrap(record: Arc<domain::Citation>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Citation, self.0.id)
    }
}

/// A program or an event referring to a document.
#[Object]
impl Citation {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
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

    /// Article: `Điều 33`.
    async fn article(&self) -> Option<&str> {
        self.0.article.as_deref()
    }

    /// What it is cited for, in our own words.
    async fn cited_for(&self) -> Option<&str> {
        self.0.cited_for.as_deref()
    }

    /// Order in the text, from 1.
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// The citing program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, self.0.program).await
    }

    /// The citing event.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<Event>> {
        one(ctx, self.0.event).await
    }

    /// The document.
    async fn document(&self, ctx: &Context<'_>) -> Option<Result<Document>> {
        one(ctx, Some(self.0.document)).await
    }
}

/// Conditions on documents.
#[derive(Default, InputObject)]
pub struct DocumentWhere {
    /// All of these.
    and: MaybeUndefined<Vec<DocumentWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<DocumentWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<DocumentWhere>>,
    /// Global id.
    id: MaybeUndefined<IdFilter>,
    /// Kind of document.
    kind: MaybeUndefined<CodeFilter<DocumentKind>>,
    /// Number, in any printing.
    number: MaybeUndefined<NumberFilter>,
    /// Title.
    title: MaybeUndefined<TextFilter>,
    /// When it was issued.
    issued_on: MaybeUndefined<DateFilter>,
    /// The tenant it was recorded for.
    tenant: MaybeUndefined<Box<ProvinceWhere>>,
}

impl Where for DocumentWhere {
    type Record = domain::Document;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Document>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.ids(RecordKind::Document, self.id)?;
        all.code(document::KIND, self.kind)?;
        all.number(document::NUMBER_KEYS, self.number)?;
        all.text(document::TITLE, self.title)?;
        all.date(document::ISSUED_EARLIEST, document::ISSUED_LATEST, self.issued_on)?;
        all.one(tenant::OF_DOCUMENT, self.tenant)?;
        Ok(all.done())
    }
}
