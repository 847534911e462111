//! Districts.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::RecordKind;
use persistence::{Filter, locality};

use crate::agency::Agency;
use crate::connection::{Connection, NodeType, PageArgs, children};
use crate::error::Result;
use crate::global_id;
use crate::program::Program;
use crate::scalar::Date;
use crate::tenant::{Tenant, tenant_of};
use crate::value::Locale;

/// A district-level unit (huyện, quận, thị xã, thành phố thuộc tỉnh). The level was abolished on 2025-07-01.
#[derive(Clone, Debug)]
pub struct Locality(pub Arc<domain::Locality>);

impl NodeType for Locality {
    type Record = domain::Locality;
    const NAME: &'static str = "Locality";

    fn wrap(record: Arc<domain::Locality>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Locality, self.0.id)
    }
}

/// A district-level unit (huyện, quận, thị xã, thành phố thuộc tỉnh). The level was abolished on 2025-07-01.
#[Object]
impl Locality {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Code of the General Statistics Office, text with leading zeros.
    async fn gso_code(&self) -> Option<&str> {
        self.0.gso_code.as_deref()
    }

    /// `URBAN_DISTRICT`, `RURAL_DISTRICT`, `TOWN`, `PROVINCIAL_CITY`, `MUNICIPAL_CITY`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// Name without the kind.
    async fn short_name_vi(&self) -> &str {
        &self.0.short_name_vi
    }

    /// Spelling variants seen in sources.
    async fn variants(&self) -> &[String] {
        &self.0.variants
    }

    /// First day, where known.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// Last day, where it ended.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Full name: `Huyện Quỳnh Phụ`.
    async fn name(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.name_vi, self.0.name_en.as_deref())
    }

    /// The province (or the center) that it was recorded for.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.id.tenant).await
    }

    /// Agencies that work in it.
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
        Some(children(ctx, locality::AGENCIES, self.0.id, Filter::default(), args).await)
    }

    /// Programs of its level.
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
        Some(children(ctx, locality::PROGRAMS, self.0.id, Filter::default(), args).await)
    }
}
