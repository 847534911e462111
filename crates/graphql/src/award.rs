//! Awards.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;
use persistence::involvement;

use crate::connection::{Connection, NodeType, PageArgs, all_children, one};
use crate::error::Result;
use crate::event::Event;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::{Involvement, only};
use crate::may::PartViewer;
use crate::program::Program;

/// An award or a batch of awards (khen thưởng). A count that is null was not stated; 0 means none.
#[derive(Clone, Debug)]
pub struct Award(pub Arc<domain::Award>);

impl NodeType for Award {
    type Record = domain::Award;
    const NAME: &'static str = "Award";

    fn wrap(record: Arc<domain::Award>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Award, self.0.id)
    }
}

/// An award or a batch of awards (khen thưởng). A count that is null was not stated; 0 means none.
#[Object]
impl Award {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What you may do with it, and why not (quyền thao tác).
    #[allow(clippy::unused_async, reason = "the library's fields are async")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<PartViewer> {
        PartViewer::of::<Self>(ctx, &self.0)
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

    /// Order in the text, from 1.
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// `Bằng khen`, `Giấy khen`, … as printed.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// How many collectives (tập thể); none when not stated.
    async fn collectives(&self) -> Option<i32> {
        self.0.collectives
    }

    /// How many individuals (cá nhân); none when not stated.
    async fn individuals(&self) -> Option<i32> {
        self.0.individuals
    }

    /// A total that mixes both.
    async fn mixed_total(&self) -> Option<i32> {
        self.0.mixed_total
    }

    /// What for.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Whether its recipients may be counted by another award of the same event too.
    async fn overlap_unknown(&self) -> bool {
        self.0.overlap_unknown
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// The program it was given for.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }

    /// The event where it was given.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<Event>> {
        one(ctx, self.0.event).await
    }

    /// Who gives it.
    async fn givers(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_AWARD, self.0.id, only("GIVER")).await)
    }

    /// Who hands it over for the giver.
    async fn presenters(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_AWARD, self.0.id, only("PRESENTER")).await)
    }

    /// Who receives it, as far as named.
    async fn recipients(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_AWARD, self.0.id, only("RECIPIENT")).await)
    }
}
