//! Programs: the type and what a program is; what hangs on it is in `edges`.

mod edges;
mod filter;
mod lag;
mod reports;

use std::sync::Arc;

use async_graphql::{Context, ID, MergedObject, Object};
use domain::RecordKind;
use persistence::{Filter, catalogue};

use crate::catalogue::Topic;
use crate::connection::{Connection, NodeType, PageArgs, all_children, one};
use crate::enums::{AgencyLevel, Basis, NumberStatus, ProgramKind, ProgramPhase, ProgramStatus, Visibility};
use crate::error::Result;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::locality::Locality;
use edges::ProgramEdges;
use reports::ProgramReports;

use crate::may::ProgramViewer;
use crate::request::{Request, request};
use crate::scalar::{Date, PartialDate};
use crate::tenant::{Tenant, tenant_of};
use crate::value::{DateStatement, Locale, Period};
pub use filter::ProgramWhere;

/// An instrument of coordination between agencies: program, plan, regulation, joint resolution, pledge… (chương trình, kế hoạch, quy chế phối hợp, nghị quyết liên tịch, giao ước).
#[derive(Clone, Debug, MergedObject)]
pub struct Program(ProgramFields, ProgramEdges, ProgramReports);

impl Program {
    /// The record behind the type.
    pub fn record(&self) -> &domain::Program {
        &self.0.0
    }

    /// Global id, for the `Node` interface.
    pub async fn id(&self, ctx: &Context<'_>) -> async_graphql::Result<ID> {
        self.0.id(ctx).await
    }
}

impl NodeType for Program {
    type Record = domain::Program;
    const NAME: &'static str = "Program";

    fn wrap(record: Arc<domain::Program>) -> Self {
        let edges = ProgramEdges::new(Arc::clone(&record));
        Self(ProgramFields(Arc::clone(&record)), edges, ProgramReports::new(record))
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Program, self.record().id)
    }
}

/// What a program is.
#[derive(Clone, Debug)]
pub struct ProgramFields(Arc<domain::Program>);

/// What a program is.
#[Object]
impl ProgramFields {
    /// Global id.
    pub async fn id(&self) -> ID {
        global_id::record(RecordKind::Program, self.0.id)
    }

    /// Kind of instrument.
    async fn kind(&self) -> ProgramKind {
        self.0.kind.into()
    }

    /// Number, verbatim: `11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC`. Never a key.
    async fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }

    /// What is known of the number.
    async fn number_status(&self) -> NumberStatus {
        self.0.number_status.into()
    }

    /// Other printings of the number, and other names.
    async fn aliases(&self) -> &[String] {
        &self.0.aliases
    }

    /// Whether the title was printed or put together from what the source says.
    async fn title_basis(&self) -> Basis {
        self.0.title_basis.into()
    }

    /// Level of the parties.
    async fn level(&self) -> AgencyLevel {
        self.0.level.into()
    }

    /// The time it is meant to run.
    async fn period(&self) -> Option<Period> {
        self.0.period.as_ref().map(Into::into)
    }

    /// When it was signed.
    async fn signed_on(&self) -> Option<DateStatement> {
        self.0.signed_on.as_ref().map(Into::into)
    }

    /// When it takes effect, where that differs.
    async fn effective_from(&self) -> Option<PartialDate> {
        self.0.effective_from.clone().map(PartialDate)
    }

    /// Where it stands.
    async fn status(&self) -> ProgramStatus {
        self.0.status.into()
    }

    /// How many cooperation areas the source counts, also when it does not list them.
    async fn area_count(&self) -> Option<i32> {
        self.0.area_count
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
    async fn viewer(&self, ctx: &Context<'_>) -> Result<ProgramViewer> {
        ProgramViewer::of(ctx, &self.0)
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

    /// Title.
    async fn title(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.title_vi, self.0.title_en.as_deref())
    }

    /// The province (or the center) that it was recorded for.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// District, for programs below the province.
    async fn locality(&self, ctx: &Context<'_>) -> Option<Result<Locality>> {
        one(ctx, self.0.locality).await
    }

    /// Where it stands in time: on `asOf`, or today.
    async fn phase(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when nothing is said.")] as_of: Option<Date>,
    ) -> Option<Result<ProgramPhase>> {
        let today = as_of.map_or_else(|| request(ctx).map(Request::today), |day| Ok(day.0));
        Some(today.map(|today| self.0.phase(today).into()))
    }

    /// Its topics.
    async fn topics(&self, ctx: &Context<'_>) -> Option<Result<Vec<Topic>>> {
        Some(all_children(ctx, catalogue::TOPICS_OF_PROGRAM, self.0.id, Filter::default()).await)
    }
}
