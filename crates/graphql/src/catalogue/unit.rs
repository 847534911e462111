//! Units of measure.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use persistence::{Filter, catalogue};

use crate::catalogue::Indicator;
use crate::connection::{Connection, NodeType, PageArgs, children};
use crate::error::Result;
use crate::global_id::{self, Catalogue};
use crate::history::{HistoryEntry, history_of_entry};
use crate::value::Locale;

/// A unit of measure. Attendances (lượt người) are not persons (người).
#[derive(Clone, Debug)]
pub struct Unit(pub Arc<domain::Unit>);

impl NodeType for Unit {
    type Record = domain::Unit;
    const NAME: &'static str = "Unit";

    fn wrap(record: Arc<domain::Unit>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::catalogue(Catalogue::Unit, &self.0.code)
    }
}

/// A unit of measure. Attendances (lượt người) are not persons (người).
#[Object]
impl Unit {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What became of it, the latest first (nhật ký). For the center's own staff; empty for everybody else.
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
        history_of_entry(ctx, &*self.0, PageArgs::new(first, after, last, before)).await
    }

    /// Code: `ATTENDANCE`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Words of sources that mean it.
    async fn variants(&self) -> &[String] {
        &self.0.variants
    }

    /// Name.
    async fn name(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.name_vi, Some(self.0.name_en.as_str()))
    }

    /// Indicators measured in it.
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Indicator>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, catalogue::INDICATORS_OF_UNIT, self.0.code.clone(), Filter::default(), args).await)
    }
}
