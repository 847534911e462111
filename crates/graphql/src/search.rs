//! Search over the folded names of everything that has one.

use async_graphql::{Context, Enum, ID, SimpleObject, Union};
use domain::{Id, RecordKind, TenantId};
use persistence::{Hit, SearchRequest};

use crate::agency::Agency;
use crate::connection::{PageInfo, one, page_size};
use crate::document::Document;
use crate::error::{Error, ErrorCode, Result};
use crate::event::Event;
use crate::global_id::GlobalId;
use crate::locality::Locality;
use crate::person::Person;
use crate::program::Program;
use crate::request::request;
use crate::source::Source;
use crate::tenant::{Province, Tenant};

/// What can be found by name.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum SearchType {
    /// Agencies.
    Agency,
    /// Documents.
    Document,
    /// Events.
    Event,
    /// Districts.
    Locality,
    /// People.
    Person,
    /// Programs.
    Program,
    /// Provinces, all versions, and the center.
    Province,
    /// Articles.
    Source,
}

impl From<SearchType> for RecordKind {
    fn from(kind: SearchType) -> Self {
        match kind {
            SearchType::Agency => Self::Agency,
            SearchType::Document => Self::Document,
            SearchType::Event => Self::Event,
            SearchType::Locality => Self::Locality,
            SearchType::Person => Self::Person,
            SearchType::Program => Self::Program,
            SearchType::Province => Self::Tenant,
            SearchType::Source => Self::Source,
        }
    }
}

/// A record found by name.
#[derive(Clone, Union)]
#[allow(missing_docs, reason = "each variant is the type it is named after")]
pub enum SearchResult {
    Agency(Agency),
    Central(crate::tenant::Central),
    Document(Document),
    Event(Event),
    Locality(Locality),
    Person(Person),
    Program(Program),
    Province(Province),
    Source(Source),
}

/// Records found by name, the best first.
#[derive(SimpleObject)]
pub struct SearchConnection {
    /// The records with their cursors.
    edges: Vec<SearchEdge>,
    /// The records.
    nodes: Vec<Option<SearchResult>>,
    /// Whether there is more, and where it begins.
    page_info: PageInfo,
}

/// A record found, and its place.
#[derive(SimpleObject)]
pub struct SearchEdge {
    /// The record.
    node: Option<SearchResult>,
    /// Its place; pass it as `after` to the same search.
    cursor: String,
}

/// Which records to find.
pub struct Wanted {
    /// The words.
    pub text: String,
    /// Only these types.
    pub types: Option<Vec<SearchType>>,
    /// Only these tenants.
    pub tenants: Option<Vec<ID>>,
    /// How many.
    pub first: i32,
    /// After this place.
    pub after: Option<String>,
}

/// How long a search text may be.
const MAX_TEXT: usize = 200;

/// Finds records.
pub async fn search(ctx: &Context<'_>, wanted: Wanted) -> Result<SearchConnection> {
    let count = page_size(wanted.first)?;
    if wanted.text.chars().count() > MAX_TEXT {
        return Err(Error::bad_input(format!("a search text has at most {MAX_TEXT} characters")));
    }
    let offset = wanted.after.as_deref().map_or(Ok(0), place)?;
    let tenants: Vec<TenantId> = match wanted.tenants {
        None => Vec::new(),
        // An id of something else names no tenant, and a search in no tenant finds nothing.
        Some(ids) => {
            let ids = ids.iter().map(GlobalId::parse).collect::<Result<Vec<_>>>()?;
            ids.iter().map(|id| id.as_tenant().unwrap_or(TenantId::NOWHERE)).collect()
        }
    };
    let request_ = SearchRequest {
        text: wanted.text,
        kinds: wanted.types.unwrap_or_default().into_iter().map(Into::into).collect(),
        tenants,
        count,
        offset,
    };
    let mut hits = request(ctx)?.loader().scope().search(&request_).await?;
    let wanted = usize::try_from(count).unwrap_or(1);
    let more = hits.len() > wanted;
    hits.truncate(wanted);
    // Asked for together, so that each type is read in one statement.
    let loaded = futures_util::future::try_join_all(hits.iter().map(|hit| load(ctx, *hit))).await?;
    let cursors: Vec<String> = (offset + 1..).map(|place| format!("s{place}")).take(hits.len()).collect();
    Ok(SearchConnection {
        page_info: PageInfo::of(more, offset > 0, cursors.first().cloned(), cursors.last().cloned()),
        nodes: loaded.clone(),
        edges: loaded.into_iter().zip(cursors).map(|(node, cursor)| SearchEdge { node, cursor }).collect(),
    })
}

/// A cursor of a search is a place in its ranking.
fn place(cursor: &str) -> Result<u32> {
    cursor.strip_prefix('s').and_then(|place| place.parse().ok()).filter(|place| *place <= 10_000).ok_or_else(|| {
        Error::new(
            ErrorCode::CursorInvalid,
            "the cursor does not belong to a search",
            "take cursors from the same search, or start without one",
        )
    })
}

async fn load(ctx: &Context<'_>, hit: Hit) -> Result<Option<SearchResult>> {
    async fn found<T: crate::connection::NodeType>(
        ctx: &Context<'_>,
        key: <T::Record as persistence::Record>::Key,
        wrap: impl FnOnce(T) -> SearchResult,
    ) -> Result<Option<SearchResult>> {
        Ok(one::<T>(ctx, Some(key)).await.transpose()?.map(wrap))
    }
    let (tenant, id) = (hit.tenant, hit.id);
    match hit.kind {
        RecordKind::Agency => found(ctx, Id::new(tenant, id), SearchResult::Agency).await,
        RecordKind::Document => found(ctx, Id::new(tenant, id), SearchResult::Document).await,
        RecordKind::Event => found(ctx, Id::new(tenant, id), SearchResult::Event).await,
        RecordKind::Locality => found(ctx, Id::new(tenant, id), SearchResult::Locality).await,
        RecordKind::Person => found(ctx, Id::new(tenant, id), SearchResult::Person).await,
        RecordKind::Program => found(ctx, Id::new(tenant, id), SearchResult::Program).await,
        RecordKind::Source => found(ctx, Id::new(tenant, id), SearchResult::Source).await,
        RecordKind::Tenant => {
            let wrap = |province: Province| match Tenant::wrap(province.0) {
                Tenant::Province(province) => SearchResult::Province(province),
                Tenant::Central(central) => SearchResult::Central(central),
            };
            found(ctx, hit.as_tenant(), wrap).await
        }
        other @ (RecordKind::AgencyGroup
        | RecordKind::AgencyGroupMember
        | RecordKind::AgencySuccession
        | RecordKind::Award
        | RecordKind::Citation
        | RecordKind::Conflict
        | RecordKind::CooperationArea
        | RecordKind::Direction
        | RecordKind::EventProgram
        | RecordKind::Grant
        | RecordKind::Involvement
        | RecordKind::Obligation
        | RecordKind::PlannedActivity
        | RecordKind::Position
        | RecordKind::ProgramLink
        | RecordKind::ProgramTopic
        | RecordKind::Remark
        | RecordKind::ReportRequest
        | RecordKind::Result
        | RecordKind::Submission
        | RecordKind::SubmissionDecision
        | RecordKind::SubmissionItem
        | RecordKind::Target) => Err(Error::internal(&format!("a search found a {other}"))),
    }
}
