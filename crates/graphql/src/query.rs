//! The root fields.

use async_graphql::{Context, ID, Object};
use futures_util::future::join_all;
use persistence::{
    Filter, Sort, agency, catalogue, document, event, involvement, person, program, result, source, tenant,
};

use crate::agency::{self as agencies, Agency, AgencyWhere};
use crate::catalogue::{Indicator, Region, Reorganization, Sector, Topic, TopicWhere, Unit};
use crate::connection::{Connection, NodeType, PageArgs, list, one};
use crate::document::{Document, DocumentWhere};
use crate::error::{Error, Result};
use crate::event::{Event, EventWhere};
use crate::filter::{Where, conditions};
use crate::global_id::GlobalId;
use crate::involvement::{Signatory, SignatoryWhere, only};
use crate::node::{self, Node};
use crate::order::{
    AgencyOrder, DocumentOrder, EventOrder, PersonOrder, ProgramOrder, ProvinceOrder, ResultOrder, SignatoryOrder,
    SourceOrder, sorts,
};
use crate::person::{Person, PersonWhere};
use crate::program::{Program, ProgramWhere};
use crate::request::request;
use crate::result::{Outcome, ResultWhere};
use crate::scalar::Date;
use crate::search::{SearchConnection, SearchType, Wanted, search};
use crate::source::{Source, SourceWhere};
use crate::tenant::{Central, Province, ProvinceBy, ProvinceWhere, existing_on, find, provinces_only};
use crate::viewer::Viewer;

/// How many ids `nodes` takes.
const MAX_NODES: usize = 100;

/// The entrance to the graph.
#[derive(Clone, Copy, Debug)]
pub struct Query;

async fn roots<W, T>(
    ctx: &Context<'_>,
    filter: Option<W>,
    also: Filter<T::Record>,
    order: Result<Vec<Sort<T::Record>>>,
    args: PageArgs,
) -> Result<Connection<T>>
where
    T: NodeType,
    W: Where<Record = T::Record>,
{
    list(ctx, Filter::all(vec![conditions(filter)?, also]), order?, args).await
}

/// The entrance to the graph.
#[Object]
impl Query {
    /// The record that a global id names; null when there is none, or none that the caller may see.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Global id.")] id: ID) -> Option<Result<Node>> {
        match GlobalId::parse(&id) {
            Ok(id) => node::load(ctx, id).await,
            Err(error) => Some(Err(error)),
        }
    }

    /// The records that global ids name, in the order of the ids; null in the place of each that there is none for.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Result<Node>>>> {
        if ids.len() > MAX_NODES {
            return Err(Error::bad_input(format!("nodes takes at most {MAX_NODES} ids, {} were given", ids.len())));
        }
        let load = |id| async move {
            match GlobalId::parse(id) {
                Ok(id) => node::load(ctx, id).await,
                Err(error) => Some(Err(error)),
            }
        };
        Ok(join_all(ids.iter().map(load)).await)
    }

    /// Who asks, as the service understood it.
    #[allow(clippy::unused_async, reason = "the library's fields are async")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        Ok(Viewer::of(request(ctx)?.loader.scope()))
    }

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
            match as_of.map_or_else(|| request(ctx).map(|request| request.today), |day| Ok(day.0)) {
                Ok(day) => also.push(existing_on(day)),
                Err(error) => return Some(Err(error)),
            }
        }
        Some(roots(ctx, filter, Filter::all(also), sorts(order_by, tenant::BY_NAME), args).await)
    }

    /// Agencies of every level and province.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn agencies(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<AgencyWhere>,
        #[graphql(
            desc = "Only agencies, and of provinces, that existed on this day; all there ever were when nothing is said."
        )]
        as_of: Option<Date>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<AgencyOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Agency>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        let also = as_of.map_or_else(Filter::default, |day| agencies::existing_on(day.0));
        Some(roots(ctx, filter, also, sorts(order_by, agency::BY_NAME), args).await)
    }

    /// Programs, plans, regulations, pledges… of every level and province; the latest signed first.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn programs(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<ProgramOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Program>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, program::BY_SIGNED_ON.direction(true)), args).await)
    }

    /// Who signed what.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn signatories(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<SignatoryWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<SignatoryOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Signatory>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, only("SIGNATORY"), sorts(order_by, involvement::BY_POSITION), args).await)
    }

    /// People named by sources; namesakes are separate people.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<PersonWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<PersonOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Person>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, person::BY_NAME), args).await)
    }

    /// Conferences and ceremonies; the latest first.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<EventWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<EventOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Event>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, event::BY_DATE.direction(true)), args).await)
    }

    /// Laws, resolutions, directives, decisions that programs rest on.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<DocumentWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<DocumentOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Document>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, document::BY_TITLE), args).await)
    }

    /// What came of programs.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<ResultWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<ResultOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Outcome>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(roots(ctx, filter, Filter::default(), sorts(order_by, result::BY_PERIOD_END.direction(true)), args).await)
    }

    /// Articles that records rest on; the latest first.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<SourceWhere>,
        #[graphql(desc = "In this order; ties are broken by id.")] order_by: Option<Vec<SourceOrder>>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Leave out this many from the beginning.")] offset: Option<i32>,
    ) -> Option<Result<Connection<Source>>> {
        let args = PageArgs::new(first, after, last, before).offset(offset);
        Some(
            roots(ctx, filter, Filter::default(), sorts(order_by, source::BY_PUBLISHED_ON.direction(true)), args).await,
        )
    }

    /// Regions (vùng).
    async fn regions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Region>>> {
        let filter = Filter::default();
        Some(list(ctx, filter, vec![catalogue::REGIONS_BY_CODE], PageArgs::new(first, after, last, before)).await)
    }

    /// Sectors (ngành), by Vietnamese name.
    async fn sectors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Sector>>> {
        let filter = Filter::default();
        Some(list(ctx, filter, vec![catalogue::SECTORS_BY_NAME], PageArgs::new(first, after, last, before)).await)
    }

    /// Topics, by Vietnamese name.
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only what fits.")] filter: Option<TopicWhere>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Topic>>> {
        let filter = match conditions(filter) {
            Ok(filter) => filter,
            Err(error) => return Some(Err(error)),
        };
        Some(list(ctx, filter, vec![catalogue::TOPICS_BY_NAME], PageArgs::new(first, after, last, before)).await)
    }

    /// Indicators (chỉ tiêu), by Vietnamese label.
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
        let filter = Filter::default();
        Some(list(ctx, filter, vec![catalogue::INDICATORS_BY_NAME], PageArgs::new(first, after, last, before)).await)
    }

    /// Units of measure, by Vietnamese name.
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Unit>>> {
        let filter = Filter::default();
        Some(list(ctx, filter, vec![catalogue::UNITS_BY_NAME], PageArgs::new(first, after, last, before)).await)
    }

    /// Dated facts about agencies being merged, split or abolished, by day.
    async fn reorganizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Reorganization>>> {
        let filter = Filter::default();
        Some(
            list(ctx, filter, vec![catalogue::REORGANIZATIONS_BY_DAY], PageArgs::new(first, after, last, before)).await,
        )
    }

    /// Finds records by name. Case and Vietnamese marks do not matter; every word must occur; whole names come first.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words, at most 200 characters.")] text: String,
        #[graphql(desc = "Only these types.")] types: Option<Vec<SearchType>>,
        #[graphql(desc = "Only records of these tenants.")] tenants: Option<Vec<ID>>,
        #[graphql(default_with = "Some(20)", desc = "At most this many, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
    ) -> Option<Result<SearchConnection>> {
        Some(search(ctx, Wanted { text, types, tenants, first: first.unwrap_or(20), after }).await)
    }
}
