//! Indicators.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use persistence::{Filter, catalogue};

use crate::catalogue::Unit;
use crate::connection::{Connection, NodeType, PageArgs, children, one};
use crate::enums::{Aggregation, IndicatorDirection, IndicatorKind};
use crate::error::Result;
use crate::global_id::{self, Catalogue};
use crate::history::{HistoryEntry, history_of_entry};
use crate::result::Outcome;
use crate::target::Target;
use crate::value::Locale;

/// Something that is measured (chỉ tiêu).
#[derive(Clone, Debug)]
pub struct Indicator(pub Arc<domain::Indicator>);

impl NodeType for Indicator {
    type Record = domain::Indicator;
    const NAME: &'static str = "Indicator";

    fn wrap(record: Arc<domain::Indicator>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::catalogue(Catalogue::Indicator, &self.0.code)
    }
}

/// Something that is measured (chỉ tiêu).
#[Object]
impl Indicator {
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

    /// Code: `TRAINING_CLASSES`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Flow, stock, ratio or words.
    async fn kind(&self) -> IndicatorKind {
        self.0.kind.into()
    }

    /// How figures combine.
    async fn aggregation(&self) -> Aggregation {
        self.0.aggregation.into()
    }

    /// Which way is better.
    async fn direction(&self) -> IndicatorDirection {
        self.0.direction.into()
    }

    /// Label.
    async fn label(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.label_vi, Some(self.0.label_en.as_str()))
    }

    /// Its unit; null for qualitative indicators.
    async fn unit(&self, ctx: &Context<'_>) -> Option<Result<Unit>> {
        one(ctx, self.0.unit.clone()).await
    }

    /// Results reported on it.
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
        Some(children(ctx, catalogue::RESULTS_OF_INDICATOR, self.0.code.clone(), Filter::default(), args).await)
    }

    /// Targets set on it.
    async fn targets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Target>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, catalogue::TARGETS_OF_INDICATOR, self.0.code.clone(), Filter::default(), args).await)
    }
}
