//! People and their positions.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::RecordKind;
use persistence::{Filter, conflict, involvement, person, source, tenant};

use crate::agency::Agency;
use crate::conflict::Conflict;
use crate::connection::{Connection, NodeType, PageArgs, all_children, children, one};
use crate::enums::Visibility;
use crate::error::Result;
use crate::filter::{Conditions, IdFilter, Nesting, TextFilter, Where};
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::{Attendance, Involvement, Signatory, only};
use crate::may::RecordViewer;
use crate::scalar::PartialDate;
use crate::source::Source;
use crate::tenant::{ProvinceWhere, Tenant, tenant_of};

/// A person named by a source. Namesakes are never merged.
#[derive(Clone, Debug)]
pub struct Person(pub Arc<domain::Person>);

impl NodeType for Person {
    type Record = domain::Person;
    const NAME: &'static str = "Person";

    fn wrap(record: Arc<domain::Person>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Person, self.0.id)
    }
}

/// A person named by a source. Namesakes are never merged.
#[Object]
impl Person {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Name as first printed.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Other spellings of the same person's name (Thủy, Thuỷ).
    async fn variants(&self) -> &[String] {
        &self.0.variants
    }

    /// `Bà`, `Ông`, `Đồng chí` where a source prints one that tells something.
    async fn honorific(&self) -> Option<&str> {
        self.0.honorific.as_deref()
    }

    /// What keeps this person apart from namesakes.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who may see the record.
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

    /// Posts held, in printed order.
    async fn positions(&self, ctx: &Context<'_>) -> Option<Result<Vec<Position>>> {
        Some(all_children(ctx, person::POSITIONS, self.0.id, Filter::default()).await)
    }

    /// Events the person took part in.
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
        Some(children(ctx, involvement::OF_PERSON, self.0.id, only("ATTENDANCE"), args).await)
    }

    /// What the person signed by name. Most signatures name none.
    async fn signatures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Signatory>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, involvement::OF_PERSON, self.0.id, only("SIGNATORY"), args).await)
    }

    /// Everything the person is involved in.
    async fn involvements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Involvement>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, involvement::OF_PERSON, self.0.id, Filter::default(), args).await)
    }

    /// The articles that name the person.
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
        Some(children(ctx, source::OF_PERSON, self.0.id, Filter::default(), args).await)
    }

    /// Where sources disagree about the person.
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
        Some(children(ctx, conflict::OF_PERSON, self.0.id, Filter::default(), args).await)
    }
}

/// A post that a person holds (chức vụ). A rank such as Đại tá is not a position.
#[derive(Clone, Debug)]
pub struct Position(pub Arc<domain::Position>);

impl NodeType for Position {
    type Record = domain::Position;
    const NAME: &'static str = "Position";

    fn wrap(record: Arc<domain::Position>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Position, self.0.id)
    }
}

/// A post that a person holds (chức vụ). A rank such as Đại tá is not a position.
#[Object]
impl Position {
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

    /// Title as printed.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Printed order, from 1.
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// Held from.
    async fn from(&self) -> Option<PartialDate> {
        self.0.from.clone().map(PartialDate)
    }

    /// Held until.
    async fn to(&self) -> Option<PartialDate> {
        self.0.to.clone().map(PartialDate)
    }

    /// Who holds it.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        one(ctx, Some(self.0.person)).await
    }

    /// Where, when the agency is known.
    async fn agency(&self, ctx: &Context<'_>) -> Option<Result<Agency>> {
        one(ctx, self.0.agency).await
    }
}

/// Conditions on people.
#[derive(Default, InputObject)]
pub struct PersonWhere {
    /// All of these.
    and: MaybeUndefined<Vec<PersonWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<PersonWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<PersonWhere>>,
    /// Global id.
    id: MaybeUndefined<IdFilter>,
    /// Any spelling of the name.
    name: MaybeUndefined<TextFilter>,
    /// The province (or the center) that the person was recorded for.
    tenant: MaybeUndefined<Box<ProvinceWhere>>,
}

impl Where for PersonWhere {
    type Record = domain::Person;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Person>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.ids(RecordKind::Person, self.id)?;
        all.names(person::NAMES, self.name)?;
        all.one(tenant::OF_PERSON, self.tenant)?;
        Ok(all.done())
    }
}
