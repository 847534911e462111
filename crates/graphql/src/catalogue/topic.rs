//! Topics.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use persistence::{Filter, area, catalogue};

use crate::area::CooperationArea;
use crate::connection::{Connection, NodeType, PageArgs, children};
use crate::error::Result;
use crate::filter::{Conditions, ExactFilter, Nesting, TextFilter, Where};
use crate::global_id::{self, Catalogue};
use crate::history::{HistoryEntry, history_of_entry};
use crate::program::Program;
use crate::value::Locale;

/// A subject that programs deal with.
#[derive(Clone, Debug)]
pub struct Topic(pub Arc<domain::Topic>);

impl NodeType for Topic {
    type Record = domain::Topic;
    const NAME: &'static str = "Topic";

    fn wrap(record: Arc<domain::Topic>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::catalogue(Catalogue::Topic, &self.0.code)
    }
}

/// A subject that programs deal with.
#[Object]
impl Topic {
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

    /// Code: `DOMESTIC_VIOLENCE`.
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

    /// Programs on the topic, the latest signed first.
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
        Some(children(ctx, catalogue::PROGRAMS_OF_TOPIC, self.0.code.clone(), Filter::default(), args).await)
    }

    /// Cooperation areas on the topic.
    async fn areas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<CooperationArea>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, area::OF_TOPIC, self.0.code.clone(), Filter::default(), args).await)
    }
}

/// Conditions on topics.
#[derive(Default, InputObject)]
pub struct TopicWhere {
    /// All of these.
    and: MaybeUndefined<Vec<TopicWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<TopicWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<TopicWhere>>,
    /// Code.
    code: MaybeUndefined<ExactFilter>,
    /// Vietnamese name.
    name: MaybeUndefined<TextFilter>,
}

impl Where for TopicWhere {
    type Record = domain::Topic;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Topic>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.exact(catalogue::TOPIC_CODE, self.code)?;
        all.text(catalogue::TOPIC_NAME, self.name)?;
        Ok(all.done())
    }
}
