//! Agencies.

mod filter;
mod group;
mod succession;

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;
use persistence::{Filter, agency, conflict, involvement, person, source};

use crate::catalogue::{Reorganization, Sector, reorganizations_of};
use crate::conflict::Conflict;
use crate::connection::{Connection, NodeType, PageArgs, all_children, children, one};
use crate::enums::{AgencyLevel, Visibility};
use crate::error::Result;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::involvement::{Attendance, Involvement, Participant, Signatory, only};
use crate::locality::Locality;
use crate::may::AgencyViewer;
use crate::person::Position;
use crate::scalar::PartialDate;
use crate::source::Source;
use crate::tenant::{Tenant, tenant_of};
use crate::value::Locale;

pub use filter::{AgencyWhere, existing_on};
pub use group::AgencyGroup;
pub use succession::AgencySuccession;

/// A body that signs, takes part, or is asked to act (cơ quan, đơn vị).
#[derive(Clone, Debug)]
pub struct Agency(pub Arc<domain::Agency>);

impl NodeType for Agency {
    type Record = domain::Agency;
    const NAME: &'static str = "Agency";

    fn wrap(record: Arc<domain::Agency>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Agency, self.0.id)
    }
}

/// A body that signs, takes part, or is asked to act (cơ quan, đơn vị).
#[Object]
impl Agency {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Level.
    async fn level(&self) -> AgencyLevel {
        self.0.level.into()
    }

    /// Short form: `Hội LHPN tỉnh`.
    async fn short_name(&self) -> Option<&str> {
        self.0.short_name.as_deref()
    }

    /// Other names and spellings met in sources.
    async fn aliases(&self) -> &[String] {
        &self.0.aliases
    }

    /// When it began to exist.
    async fn valid_from(&self) -> Option<PartialDate> {
        self.0.valid_from.clone().map(PartialDate)
    }

    /// When it ceased to exist.
    async fn valid_to(&self) -> Option<PartialDate> {
        self.0.valid_to.clone().map(PartialDate)
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
    async fn viewer(&self, ctx: &Context<'_>) -> Result<AgencyViewer> {
        AgencyViewer::of(ctx, &self.0)
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

    /// Name in full.
    async fn name(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.name_vi, self.0.name_en.as_deref())
    }

    /// Its sector (ngành); null for bodies without one.
    async fn sector(&self, ctx: &Context<'_>) -> Option<Result<Sector>> {
        one(ctx, self.0.sector.clone()).await
    }

    /// The province (or the center) that it was recorded for.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// The district it works in.
    async fn locality(&self, ctx: &Context<'_>) -> Option<Result<Locality>> {
        one(ctx, self.0.locality).await
    }

    /// The agency that it is a part of.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Agency>> {
        one(ctx, self.0.parent).await
    }

    /// The agencies inside it.
    async fn children(
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
        Some(children(ctx, agency::CHILDREN, self.0.id, Filter::default(), args).await)
    }

    /// Collective parties that it is known to be in.
    async fn groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<AgencyGroup>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, agency::GROUPS, self.0.id, Filter::default(), args).await)
    }

    /// What it signed.
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
        Some(children(ctx, involvement::OF_AGENCY, self.0.id, only("SIGNATORY"), args).await)
    }

    /// Programs in which it has another role.
    async fn participations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Participant>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, involvement::OF_AGENCY, self.0.id, only("PARTICIPANT"), args).await)
    }

    /// Events it took part in.
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
        Some(children(ctx, involvement::OF_AGENCY, self.0.id, only("ATTENDANCE"), args).await)
    }

    /// Everything it is involved in.
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
        Some(children(ctx, involvement::OF_AGENCY, self.0.id, Filter::default(), args).await)
    }

    /// Positions that people hold in it.
    async fn positions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Position>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, person::OF_AGENCY, self.0.id, Filter::default(), args).await)
    }

    /// What took over from it.
    async fn successors(&self, ctx: &Context<'_>) -> Option<Result<Vec<AgencySuccession>>> {
        Some(all_children(ctx, agency::SUCCESSORS, self.0.id, Filter::default()).await)
    }

    /// What it took over from.
    async fn predecessors(&self, ctx: &Context<'_>) -> Option<Result<Vec<AgencySuccession>>> {
        Some(all_children(ctx, agency::PREDECESSORS, self.0.id, Filter::default()).await)
    }

    /// Dated facts about its sector being merged, split or abolished, in its province or everywhere.
    async fn reorganizations(&self, ctx: &Context<'_>) -> Option<Result<Vec<Reorganization>>> {
        Some(reorganizations(ctx, &self.0).await)
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
        Some(children(ctx, source::OF_AGENCY, self.0.id, Filter::default(), args).await)
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
        Some(children(ctx, conflict::OF_AGENCY, self.0.id, Filter::default(), args).await)
    }
}

/// The dated facts that touched an agency's sector, in its province or everywhere.
async fn reorganizations(ctx: &Context<'_>, agency: &domain::Agency) -> Result<Vec<Reorganization>> {
    match &agency.sector {
        Some(sector) => reorganizations_of(ctx, sector, Some(agency.id.tenant)).await,
        None => Ok(Vec::new()),
    }
}
