//! Provinces and the center.

use async_graphql::{Context, Object};
use persistence::{Filter, tenant};

use super::roots;
use crate::connection::{Connection, PageArgs, one};
use crate::error::Result;
use crate::order::{ProvinceOrder, sorts};
use crate::request::{Request, request};
use crate::scalar::Date;
use crate::tenant::{Central, Province, ProvinceBy, ProvinceWhere, existing_on, find, provinces_only};

/// A part of [`super::Query`].
#[derive(Clone, Copy, Debug, Default)]
pub struct TenantQuery;

/// A part of the entrance.
#[Object]
impl TenantQuery {
    /// The central bodies (trung ương).
    async fn central(&self, ctx: &Context<'_>) -> Option<Result<Central>> {
        Some(one::<Province>(ctx, Some(domain::TenantId::CENTRAL)).await?.map(|found| Central(found.0)))
    }

    /// One province, as it was on a day. Names and GSO codes are reused: `hung-yen` today is another unit than
    /// `hung-yen` in 2020.
    async fn province(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which province.")] by: ProvinceBy,
        #[graphql(desc = "On which day; today when nothing is said.")] as_of: Option<Date>,
    ) -> Option<Result<Province>> {
        find(ctx, by, as_of).await.transpose()
    }

    /// Provinces and municipalities as they were on a day: 63 before 2025-07-01, 34 since.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn provinces(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<ProvinceWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<ProvinceOrder>>,
        #[graphql(desc = "Only versions that existed on this day; today when nothing is said.")] as_of: Option<Date>,
        #[graphql(default_with = "Some(false)", desc = "Every version there ever was, whatever the day.")] all_versions: Option<bool>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Province>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        let mut also = vec![provinces_only()];
        if !all_versions.unwrap_or_default() {
            match as_of.map_or_else(|| request(ctx).map(Request::today), |day| Ok(day.0)) {
                Ok(day) => also.push(existing_on(day)),
                Err(error) => return Some(Err(error)),
            }
        }
        Some(roots(ctx, filter, Filter::all(also), sorts(order_by, tenant::BY_NAME), args).await)
    }
}
