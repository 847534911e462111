//! Links from programs to programs and documents.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::link::LinkTarget;
use domain::{Id, RecordKind};
use persistence::{Filter, Operand, Test, link};

use crate::connection::{Connection, NodeType, PageArgs, one};
use crate::document::{Document, DocumentWhere};
use crate::enums::{Basis, LinkKind};
use crate::error::Result;
use crate::filter::{CodeFilter, Conditions, Nesting, Where};
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::program::{Program, ProgramWhere};

/// A link from a program to another program or to a document: a Party decision or a law can be the parent of a program.
#[derive(Clone, Debug)]
pub struct ProgramLink(pub Arc<domain::ProgramLink>);

impl NodeType for ProgramLink {
    type Record = domain::ProgramLink;
    const NAME: &'static str = "ProgramLink";

    fn wrap(record: Arc<domain::ProgramLink>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::ProgramLink, self.0.id)
    }
}

/// A link from a program to another program or to a document: a Party decision or a law can be the parent of a program.
#[Object]
impl ProgramLink {
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

    /// What it means.
    async fn kind(&self) -> LinkKind {
        self.0.kind.into()
    }

    /// Stated by the source or inferred.
    async fn basis(&self) -> Basis {
        self.0.basis.into()
    }

    /// Why it was inferred.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Where the link starts.
    async fn source_program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.from)).await
    }

    /// The program it points to; null when it points to a document.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, program_of(&self.0)).await
    }

    /// The document it points to; null when it points to a program.
    async fn document(&self, ctx: &Context<'_>) -> Option<Result<Document>> {
        one(ctx, document_of(&self.0)).await
    }
}

/// Links of one kind.
pub fn link_kind(code: &str) -> Filter<domain::ProgramLink> {
    Filter::test(link::KIND, Test::Eq(Operand::Text(code.to_owned())))
}

fn program_of(link: &domain::ProgramLink) -> Option<Id<domain::Program>> {
    if let LinkTarget::Program(id) = link.to { Some(id) } else { None }
}

fn document_of(link: &domain::ProgramLink) -> Option<Id<domain::Document>> {
    if let LinkTarget::Document(id) = link.to { Some(id) } else { None }
}

/// Conditions on links that start from a program.
#[derive(Default, InputObject)]
pub struct ProgramLinkWhere {
    /// All of these.
    and: MaybeUndefined<Vec<ProgramLinkWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<ProgramLinkWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<ProgramLinkWhere>>,
    /// What the link means.
    kind: MaybeUndefined<CodeFilter<LinkKind>>,
    /// Stated or inferred.
    basis: MaybeUndefined<CodeFilter<Basis>>,
    /// The program it points to.
    program: MaybeUndefined<Box<ProgramWhere>>,
    /// The document it points to.
    document: MaybeUndefined<Box<DocumentWhere>>,
}

impl Where for ProgramLinkWhere {
    type Record = domain::ProgramLink;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::ProgramLink>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.code(link::KIND, self.kind)?;
        all.code(link::BASIS, self.basis)?;
        all.one(link::TO, self.program)?;
        all.one(link::TO_DOC, self.document)?;
        Ok(all.done())
    }
}
