//! Regions.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use persistence::{Filter, tenant};

use crate::connection::{Connection, NodeType, PageArgs, children};
use crate::error::Result;
use crate::global_id::{self, Catalogue};
use crate::tenant::Province;
use crate::value::Locale;

/// A region of provinces (vùng).
#[derive(Clone, Debug)]
pub struct Region(pub Arc<domain::Region>);

impl NodeType for Region {
    type Record = domain::Region;
    const NAME: &'static str = "Region";

    fn wrap(record: Arc<domain::Region>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::catalogue(Catalogue::Region, &self.0.code)
    }
}

/// A region of provinces (vùng).
#[Object]
impl Region {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Code: `red-river-delta`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The division it belongs to.
    async fn division(&self) -> Option<&str> {
        self.0.division.as_deref()
    }

    /// Name.
    async fn name(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.name_vi, Some(self.0.name_en.as_str()))
    }

    /// Its provinces, all versions, by name.
    async fn provinces(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Province>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, tenant::OF_REGION, self.0.code.clone(), Filter::default(), args).await)
    }
}
