//! Events.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::RecordKind;
use persistence::{
    Filter, award, conflict, direction, document, event, involvement, program, remark, result, source, tenant,
};

use crate::award::Award;
use crate::conflict::Conflict;
use crate::connection::{Connection, NodeType, PageArgs, children};
use crate::direction::Direction;
use crate::document::Citation;
use crate::enums::{EventKind, EventMode, TimeOfDay, Visibility};
use crate::error::Result;
use crate::filter::{CodeFilter, Conditions, DateFilter, IdFilter, Nesting, RelationFilter, TextFilter, Where};
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::Attendance;
use crate::may::RecordViewer;
use crate::program::{Program, ProgramWhere};
use crate::remark::Remark;
use crate::result::Outcome;
use crate::source::Source;
use crate::tenant::{ProvinceWhere, Tenant, tenant_of};
use crate::value::DateStatement;

/// A conference or ceremony where programs are signed, launched or reviewed (hội nghị, lễ ký kết).
#[derive(Clone, Debug)]
pub struct Event(pub Arc<domain::Event>);

impl NodeType for Event {
    type Record = domain::Event;
    const NAME: &'static str = "Event";

    fn wrap(record: Arc<domain::Event>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Event, self.0.id)
    }
}

/// A conference or ceremony where programs are signed, launched or reviewed (hội nghị, lễ ký kết).
#[Object]
impl Event {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Kind.
    async fn kind(&self) -> EventKind {
        self.0.kind.into()
    }

    /// Name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Why the name is ours, where the source prints none.
    async fn name_inferred(&self) -> Option<&str> {
        self.0.name_inferred.as_deref()
    }

    /// When.
    async fn date(&self) -> Option<DateStatement> {
        self.0.date.as_ref().map(Into::into)
    }

    /// Part of the day.
    async fn time_of_day(&self) -> Option<TimeOfDay> {
        self.0.time_of_day.map(Into::into)
    }

    /// Where, in words.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// How people met.
    async fn mode(&self) -> Option<EventMode> {
        self.0.mode.map(Into::into)
    }

    /// How many remote points (điểm cầu) took part.
    async fn remote_point_count(&self) -> Option<i32> {
        self.0.remote_point_count
    }

    /// What the remote points were.
    async fn remote_points(&self) -> Option<&str> {
        self.0.remote_points.as_deref()
    }

    /// Items of the agenda, in our own words.
    async fn agenda(&self) -> &[String] {
        &self.0.agenda
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

    /// The province (or the center) that it was recorded for.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// The programs it deals with.
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
        Some(children(ctx, program::OF_EVENT, self.0.id, Filter::default(), args).await)
    }

    /// Who was there and as what, in printed order.
    async fn attendances(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Attendance>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, involvement::ATTENDANCES, self.0.id, Filter::default(), args).await)
    }

    /// Documents announced or studied there.
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
        Some(children(ctx, document::CITED_AT_EVENT, self.0.id, Filter::default(), args).await)
    }

    /// Results reported there.
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Outcome>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, result::OF_EVENT, self.0.id, Filter::default(), args).await)
    }

    /// Awards given there.
    async fn awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Award>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, award::OF_EVENT, self.0.id, Filter::default(), args).await)
    }

    /// What was directed there.
    async fn directions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Direction>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, direction::OF_EVENT, self.0.id, Filter::default(), args).await)
    }

    /// Remarks made there.
    async fn remarks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Remark>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, remark::OF_EVENT, self.0.id, Filter::default(), args).await)
    }

    /// The articles that tell of it.
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
        Some(children(ctx, source::OF_EVENT, self.0.id, Filter::default(), args).await)
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
        Some(children(ctx, conflict::OF_EVENT, self.0.id, Filter::default(), args).await)
    }
}

/// Conditions on events.
#[derive(Default, InputObject)]
pub struct EventWhere {
    /// All of these.
    and: MaybeUndefined<Vec<EventWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<EventWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<EventWhere>>,
    /// Global id.
    id: MaybeUndefined<IdFilter>,
    /// Kind of event.
    kind: MaybeUndefined<CodeFilter<EventKind>>,
    /// Name.
    name: MaybeUndefined<TextFilter>,
    /// When it was held.
    date: MaybeUndefined<DateFilter>,
    /// Its province (or the center).
    tenant: MaybeUndefined<Box<ProvinceWhere>>,
    /// The programs it deals with.
    programs: MaybeUndefined<Box<RelationFilter<ProgramWhere>>>,
}

impl Where for EventWhere {
    type Record = domain::Event;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Event>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.ids(RecordKind::Event, self.id)?;
        all.code(event::KIND, self.kind)?;
        all.text(event::NAME, self.name)?;
        all.date(event::HELD_EARLIEST, event::HELD_LATEST, self.date)?;
        all.one(tenant::OF_EVENT, self.tenant)?;
        all.many(program::OF_EVENT, self.programs)?;
        Ok(all.done())
    }
}
