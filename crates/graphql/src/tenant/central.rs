//! The center.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use persistence::{Filter, tenant};

use crate::agency::Agency;
use crate::connection::{Connection, NodeType, PageArgs, children};
use crate::error::Result;
use crate::event::Event;
use crate::global_id;
use crate::person::Person;
use crate::program::Program;
use crate::source::Source;
use crate::value::Locale;

/// The central bodies (trung ương), which own the shared catalogues.
#[derive(Clone, Debug)]
pub struct Central(pub Arc<domain::Tenant>);

impl NodeType for Central {
    type Record = domain::Tenant;
    const NAME: &'static str = "Central";

    fn wrap(record: Arc<domain::Tenant>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::tenant(self.0.id)
    }
}

/// The central bodies (trung ương), which own the shared catalogues.
#[Object]
impl Central {
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

    /// Name: `Trung ương`.
    pub async fn name(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.name_vi, Some(self.0.name_en.as_str()))
    }

    /// Central agencies, by name.
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

    /// Central programs, the latest signed first.
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

    /// Events recorded for the center, the latest first.
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

    /// People recorded for the center, by name.
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

    /// Articles about the center, the latest first.
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
}
