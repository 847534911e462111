//! Provinces: what one version of a province is, and what was recorded for it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use persistence::{Filter, report, tenant};

use crate::agency::Agency;
use crate::catalogue::Region;
use crate::connection::{Connection, NodeType, PageArgs, all_children, children, one};
use crate::enums::{Basis, TenantKind};
use crate::error::Result;
use crate::event::Event;
use crate::global_id;
use crate::locality::Locality;
use crate::person::Person;
use crate::program::Program;
use crate::report::ReportRequest;
use crate::request::{Request, request};
use crate::scalar::Date;
use crate::source::Source;
use crate::tenant::{TenantSuccession, succession::versions_on};
use crate::value::Locale;

/// One version of a province or municipality (tỉnh, thành phố). A merged province is a version that ended; its records stay under it.
#[derive(Clone, Debug)]
pub struct Province(pub Arc<domain::Tenant>);

impl NodeType for Province {
    type Record = domain::Tenant;
    const NAME: &'static str = "Province";

    fn wrap(record: Arc<domain::Tenant>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::tenant(self.0.id)
    }
}

/// One version of a province or municipality (tỉnh, thành phố). A merged province is a version that ended; its records stay under it.
#[Object]
impl Province {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Frozen text key of the version: `thai-binh:pre2025`.
    pub async fn key(&self) -> &str {
        &self.0.key
    }

    /// URL name; shared by successive versions: `hung-yen`.
    pub async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Two-digit code of the General Statistics Office, valid only together with a date.
    async fn gso_code(&self) -> Option<&str> {
        self.0.gso_code.as_deref()
    }

    /// ISO 3166-2 code, where one was assigned to this version.
    async fn iso_code(&self) -> Option<&str> {
        self.0.iso_code.as_deref()
    }

    /// First day of this version; none when it predates the records.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// Last day of this version; none while it exists.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// Seat of the administration, where known.
    async fn seat(&self) -> Option<&str> {
        self.0.seat.as_deref()
    }

    /// District-level units on 2025-03-01, where known.
    async fn district_count(&self) -> Option<i32> {
        self.0.district_count
    }

    /// Commune-level units, where known.
    async fn commune_count(&self) -> Option<i32> {
        self.0.commune_count
    }

    /// Legal act that created or ended this version.
    async fn legal_source(&self) -> Option<&str> {
        self.0.legal_source.as_deref()
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Full name: `Tỉnh Thái Bình`.
    pub async fn name(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.name_vi, Some(self.0.name_en.as_str()))
    }

    /// Name without the kind: `Thái Bình`.
    async fn short_name(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.short_name_vi, Some(self.0.short_name_en.as_str()))
    }

    /// PROVINCE or MUNICIPALITY.
    async fn kind(&self) -> TenantKind {
        self.0.kind.into()
    }

    /// Its region (vùng).
    async fn region(&self, ctx: &Context<'_>) -> Option<Result<Region>> {
        one(ctx, self.0.region.clone()).await
    }

    /// Whether the region was stated by a source or inferred.
    async fn region_basis(&self) -> Option<Basis> {
        self.0.region_basis.map(Into::into)
    }

    /// The versions that cover its territory on a day: itself, its successors or its predecessors.
    async fn versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when nothing is said.")] as_of: Option<Date>,
    ) -> Option<Result<Vec<Province>>> {
        let day = as_of.map_or_else(|| request(ctx).map(Request::today), |day| Ok(day.0));
        match day {
            Ok(day) => Some(versions_on(ctx, &self.0, day).await),
            Err(error) => Some(Err(error)),
        }
    }

    /// The steps that led to this version.
    async fn predecessors(&self, ctx: &Context<'_>) -> Option<Result<Vec<TenantSuccession>>> {
        Some(all_children(ctx, tenant::PREDECESSIONS, self.0.id, Filter::default()).await)
    }

    /// The steps that led on from this version; empty while it exists.
    async fn successors(&self, ctx: &Context<'_>) -> Option<Result<Vec<TenantSuccession>>> {
        Some(all_children(ctx, tenant::SUCCESSIONS, self.0.id, Filter::default()).await)
    }

    /// Agencies recorded for it, by name.
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
        Some(children(ctx, tenant::AGENCIES, self.0.id, Filter::default(), args).await)
    }

    /// Programs recorded for it, the latest signed first.
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
        Some(children(ctx, tenant::PROGRAMS, self.0.id, Filter::default(), args).await)
    }

    /// Events recorded for it, the latest first.
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
        Some(children(ctx, tenant::EVENTS, self.0.id, Filter::default(), args).await)
    }

    /// People recorded for it, by name.
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
        Some(children(ctx, tenant::PEOPLE, self.0.id, Filter::default(), args).await)
    }

    /// Articles about it, the latest first.
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
        Some(children(ctx, tenant::SOURCES, self.0.id, Filter::default(), args).await)
    }

    /// What it is asked to report (yêu cầu báo cáo), the latest due first, as far as one may know.
    async fn report_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ReportRequest>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, report::OF_TENANT, self.0.id, Filter::default(), args).await)
    }

    /// Its districts (until 2025-06-30), by name.
    async fn localities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Locality>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, tenant::LOCALITIES, self.0.id, Filter::default(), args).await)
    }
}
