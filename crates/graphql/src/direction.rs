//! Directions, obligations and planned activities.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;
use persistence::{Filter, direction, involvement};

use crate::connection::{Connection, NodeType, PageArgs, all_children, one};
use crate::enums::ObligationKind;
use crate::error::Result;
use crate::event::Event;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::{Involvement, only};
use crate::may::PartViewer;
use crate::program::Program;
use crate::scalar::PartialDate;
use crate::value::Period;

/// Something that was directed or announced (chỉ đạo, phương hướng).
#[derive(Clone, Debug)]
pub struct Direction(pub Arc<domain::Direction>);

impl NodeType for Direction {
    type Record = domain::Direction;
    const NAME: &'static str = "Direction";

    fn wrap(record: Arc<domain::Direction>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Direction, self.0.id)
    }
}

/// Something that was directed or announced (chỉ đạo, phương hướng).
#[Object]
impl Direction {
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

    /// What is to be done, in our own words.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// For which time.
    async fn period(&self) -> Option<Period> {
        self.0.period.as_ref().map(Into::into)
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }

    /// The event where it was given.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<Event>> {
        one(ctx, self.0.event).await
    }

    /// Who directs.
    async fn actors(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_DIRECTION, self.0.id, only("ACTOR")).await)
    }

    /// Who is to act.
    async fn addressees(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_DIRECTION, self.0.id, only("ADDRESSEE")).await)
    }

    /// Who acts with them.
    async fn partners(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_DIRECTION, self.0.id, only("PARTNER")).await)
    }

    /// The obligations that it opens.
    async fn obligations(&self, ctx: &Context<'_>) -> Option<Result<Vec<Obligation>>> {
        Some(all_children(ctx, direction::OBLIGATIONS, self.0.id, Filter::default()).await)
    }
}

/// A direction that can be fulfilled, and by what (nghĩa vụ phát sinh từ chỉ đạo).
#[derive(Clone, Debug)]
pub struct Obligation(pub Arc<domain::Obligation>);

impl NodeType for Obligation {
    type Record = domain::Obligation;
    const NAME: &'static str = "Obligation";

    fn wrap(record: Arc<domain::Obligation>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Obligation, self.0.id)
    }
}

/// A direction that can be fulfilled, and by what (nghĩa vụ phát sinh từ chỉ đạo).
#[Object]
impl Obligation {
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

    /// What it asks for.
    async fn kind(&self) -> ObligationKind {
        self.0.kind.into()
    }

    /// Due when, where stated.
    async fn due(&self) -> Option<PartialDate> {
        self.0.due.clone().map(PartialDate)
    }

    /// The direction that opened it.
    async fn direction(&self, ctx: &Context<'_>) -> Option<Result<Direction>> {
        one(ctx, Some(self.0.direction)).await
    }

    /// The program it belongs to.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }

    /// Whether nothing is recorded that fulfills it. Not the same as: nothing was done.
    async fn open(&self, ctx: &Context<'_>) -> Option<Result<bool>> {
        // By what the caller may see: a hidden program fulfills nothing for them.
        let fulfilled_by = one::<Program>(ctx, self.0.fulfilled_by).await.transpose();
        Some(fulfilled_by.map(|program| program.is_none()))
    }

    /// The program that fulfilled it.
    async fn fulfilled_by(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, self.0.fulfilled_by).await
    }
}

/// An activity planned around a named day.
#[derive(Clone, Debug)]
pub struct PlannedActivity(pub Arc<domain::PlannedActivity>);

impl NodeType for PlannedActivity {
    type Record = domain::PlannedActivity;
    const NAME: &'static str = "PlannedActivity";

    fn wrap(record: Arc<domain::PlannedActivity>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::PlannedActivity, self.0.id)
    }
}

/// An activity planned around a named day.
#[Object]
impl PlannedActivity {
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

    /// Order in the text, from 1.
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// What is planned, in our own words.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Name of the day.
    async fn occasion(&self) -> &str {
        &self.0.occasion
    }

    /// The day on which the occasion falls.
    async fn day(&self) -> PartialDate {
        PartialDate(self.0.day.clone())
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }
}
