//! Results.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use domain::RecordKind;
use persistence::{Filter, involvement, result, submission};

use crate::catalogue::Indicator;
use crate::connection::{Connection, NodeType, PageArgs, all_children, children, one};
use crate::enums::Qualifier;
use crate::error::Result;
use crate::event::Event;
use crate::filter::{CodeFilter, Conditions, DateFilter, DecimalFilter, ExactFilter, Nesting, Where};
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::Involvement;
use crate::may::PartViewer;
use crate::program::{Program, ProgramWhere};
use crate::scalar::PartialDate;
use crate::submission::Submission;
use crate::value::{Period, Quantity};

/// What came of a program (kết quả).
#[derive(Clone, Debug)]
pub struct Outcome(pub Arc<domain::Outcome>);

impl NodeType for Outcome {
    type Record = domain::Outcome;
    const NAME: &'static str = "Result";

    fn wrap(record: Arc<domain::Outcome>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Result, self.0.id)
    }
}

/// What came of a program (kết quả).
#[Object(name = "Result")]
impl Outcome {
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

    /// The result, in our own words.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The figure. No value means that none was stated, never zero.
    async fn quantity(&self) -> Quantity {
        Quantity::new(&self.0.quantity, &self.0.indicator)
    }

    /// The finding of a qualitative result, in our own words.
    async fn statement(&self) -> Option<&str> {
        self.0.statement.as_deref()
    }

    /// The time it covers.
    async fn period(&self) -> Option<Period> {
        self.0.period.as_ref().map(Into::into)
    }

    /// The day a stock was counted.
    async fn as_of(&self) -> Option<PartialDate> {
        self.0.as_of.clone().map(PartialDate)
    }

    /// What it covers.
    async fn scope(&self) -> Option<&str> {
        self.0.scope.as_deref()
    }

    /// Where it took place, kinds of places.
    async fn sites(&self) -> &[String] {
        &self.0.sites
    }

    /// Who was reached.
    async fn audience(&self) -> &[String] {
        &self.0.audience
    }

    /// Named models or clubs.
    async fn names(&self) -> &[String] {
        &self.0.names
    }

    /// The program.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, Some(self.0.program)).await
    }

    /// The event where it was reported.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<Event>> {
        one(ctx, self.0.event).await
    }

    /// What is measured.
    async fn indicator(&self, ctx: &Context<'_>) -> Option<Result<Indicator>> {
        one(ctx, Some(self.0.indicator.clone())).await
    }

    /// The activity whose audience this counts.
    async fn of_result(&self, ctx: &Context<'_>) -> Option<Result<Outcome>> {
        one(ctx, self.0.of_result).await
    }

    /// The figure that this one is a part of; the two never add up.
    async fn subset_of(&self, ctx: &Context<'_>) -> Option<Result<Outcome>> {
        one(ctx, self.0.subset_of).await
    }

    /// The figure that this one is a share of.
    async fn denominator(&self, ctx: &Context<'_>) -> Option<Result<Outcome>> {
        one(ctx, self.0.denominator).await
    }

    /// The audience figures of this activity.
    async fn audience_results(
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
        Some(children(ctx, result::AUDIENCE, self.0.id, Filter::default(), args).await)
    }

    /// The parts of this figure.
    async fn subsets(
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
        Some(children(ctx, result::SUBSETS, self.0.id, Filter::default(), args).await)
    }

    /// The submission by which it was reported and accepted (báo cáo): who reported it, and who accepted it when. For the
    /// tenant that reported and the one that asked; null for everybody else, and where it has another source.
    async fn submission(&self, ctx: &Context<'_>) -> Option<Result<Submission>> {
        let found: Result<Vec<Submission>> =
            all_children(ctx, submission::OF_RESULT, self.0.id, Filter::default()).await;
        found.map(|all| all.into_iter().next()).transpose()
    }

    /// Who brought it about.
    async fn contributors(&self, ctx: &Context<'_>) -> Option<Result<Vec<Involvement>>> {
        Some(all_children(ctx, involvement::OF_RESULT, self.0.id, Filter::default()).await)
    }
}

/// Conditions on results.
#[derive(Default, InputObject)]
pub struct ResultWhere {
    /// All of these.
    and: MaybeUndefined<Vec<ResultWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<ResultWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<ResultWhere>>,
    /// Indicator code.
    indicator: MaybeUndefined<ExactFilter>,
    /// The number.
    value: MaybeUndefined<DecimalFilter>,
    /// How the number is meant.
    qualifier: MaybeUndefined<CodeFilter<Qualifier>>,
    /// First day that it covers.
    period_start: MaybeUndefined<DateFilter>,
    /// Last day that it covers.
    period_end: MaybeUndefined<DateFilter>,
    /// Its program.
    program: MaybeUndefined<Box<ProgramWhere>>,
}

impl Where for ResultWhere {
    type Record = domain::Outcome;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Outcome>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.exact(result::INDICATOR, self.indicator)?;
        all.decimal(result::VALUE_E4, self.value)?;
        all.code(result::QUALIFIER, self.qualifier)?;
        all.date(result::PERIOD_EARLIEST, result::PERIOD_EARLIEST, self.period_start)?;
        all.date(result::PERIOD_LATEST, result::PERIOD_LATEST, self.period_end)?;
        all.one(result::PROGRAM, self.program)?;
        Ok(all.done())
    }
}
