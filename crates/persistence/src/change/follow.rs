//! Following changes: those after a place, in the order in which they became visible. A change is shown to whoever may
//! see the record as it was then *and* as it is now; of one that is gone, as it was when it went.
//!
//! Two orders must not be mixed up. The place of a change, `(xid, seq)`, is the database's own and tells how much is
//! going on beyond what one may see, so it never leaves the service. What clients hold names the change by its record
//! ([`ChangeKey`]), and is looked up under their own eyes.

use chrono::{DateTime, Utc};
use domain::change::Operation;
use domain::{
    Agency, AgencyGroup, Award, Change, ChangeKey, Citation, Conflict, CooperationArea, Direction, Document, Event, Id,
    Involvement, Obligation, Outcome, Person, PlannedActivity, Position, Program, ProgramLink, RecordKind, Remark,
    ReportRequest, Source, Submission, SubmissionDecision, SubmissionItem, Target, TenantId,
};
use futures_util::future::try_join_all;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, SelectStatement};
use sea_orm::{DbBackend, QueryResult};

use crate::access::Holds;
use crate::codec::{self, column};
use crate::record::{Record, among, col};
use crate::{Loader, Scope, StoreError};

/// Where a change stands among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    xid: i64,
    seq: i64,
}

impl Place {
    /// Before the first change.
    pub const START: Self = Self { xid: 0, seq: 0 };
}

/// Which changes are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Only of records of these tenants; of all when empty.
    pub tenants: Vec<TenantId>,
    /// Only of these programs and of what belongs to them; of all when empty.
    pub programs: Vec<Id<Program>>,
}

/// Some changes in a row.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Each with its place.
    pub items: Vec<(Change, Place)>,
    /// Whether more may follow.
    pub more: bool,
}

/// How many rows are looked through at once, when the first ones were not enough.
const BATCH: u64 = 500;

/// How many times one looks again for more, once something is found.
const TURNS: usize = 8;

/// The row of `changes`, in the statements below.
const CHANGE: &str = "c";

/// Where a change stands; none when there is none that the actor may see.
pub async fn place(scope: &Scope, key: ChangeKey) -> Result<Option<Place>, StoreError> {
    let mut select = SelectStatement::new();
    select
        .exprs(["xid", "seq"].map(|name| col(CHANGE, name)))
        .from_as(Alias::new("changes"), Alias::new(CHANGE))
        .cond_where(scope.visible_in(Holds::ByKind, CHANGE))
        .cond_where(col(CHANGE, "tenant_id").eq(key.tenant.0))
        .cond_where(col(CHANGE, "id").eq(key.record))
        .cond_where(col(CHANGE, "number").eq(key.number))
        .cond_where(col(CHANGE, "record_kind").eq(codec::text(key.kind)));
    scope.rows(&select).await?.first().map(place_of).transpose()
}

/// The place after everything that the scope's snapshot can tell of. What comes later stands behind it, and so does what
/// is committed by now but may not be read yet. Knows what the actor may not see, and is told to nobody.
pub async fn end(scope: &Scope) -> Result<Place, StoreError> {
    let mut select = SelectStatement::new();
    if scope.backend() == DbBackend::Postgres {
        select
            .expr_as(Expr::cust(OLDEST_RUNNING), Alias::new("xid"))
            .expr_as(Expr::cust("0::bigint"), Alias::new("seq"));
    } else {
        select
            .exprs(["xid", "seq"].map(|name| col(CHANGE, name)))
            .from_as(Alias::new("changes"), Alias::new(CHANGE))
            .order_by_expr(col(CHANGE, "xid"), Order::Desc)
            .order_by_expr(col(CHANGE, "seq"), Order::Desc)
            .limit(1);
    }
    scope.rows(&select).await?.first().map_or(Ok(Place::START), place_of)
}

/// Tells one state of the database from another: the same text twice means that nothing was written in between, be it a
/// record, a grant or a catalog. Knows what the actor may not see, and is told to nobody as it is.
pub async fn version(scope: &Scope) -> Result<String, StoreError> {
    let mut select = SelectStatement::new();
    let expression = if scope.backend() == DbBackend::Postgres {
        "pg_current_snapshot()::text"
    } else {
        // One writer draws one number after the other, and whatever is not listed as a change is audited.
        "coalesce((SELECT c.seq FROM changes c ORDER BY c.xid DESC, c.seq DESC LIMIT 1), 0)
            || ':' || (SELECT coalesce(sum(number), 0) FROM audit_heads)"
    };
    select.expr_as(Expr::cust(expression), Alias::new("version"));
    scope.rows(&select).await?.first().map_or_else(|| Ok(String::new()), |row| column(row, "version"))
}

/// Every transaction below it is over.
const OLDEST_RUNNING: &str = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

/// The changes after a place, at most `limit`. Looks on until it has found one at least or has come to the end, since a
/// client can go on from a change that it has seen and from nowhere else.
pub async fn after(loader: &Loader, place: Place, filter: &ChangeFilter, limit: u32) -> Result<Changes, StoreError> {
    let wanted = usize::try_from(limit).map_err(|error| StoreError::Internal(error.to_string()))?;
    let mut changes = Changes::default();
    let (mut from, mut batch) = (place, u64::from(limit) + 1);
    for turn in 1.. {
        let rows = scan(loader.scope(), from, filter, batch).await?;
        let end = u64::try_from(rows.len()).unwrap_or(batch) < batch;
        // Asked for together, so that each kind is read in one statement.
        let standing = try_join_all(rows.iter().map(|(change, _)| stands(loader, change))).await?;
        from = rows.last().map_or(from, |(_, place)| *place);
        changes.items.extend(rows.into_iter().zip(standing).filter_map(|(row, stands)| stands.then_some(row)));
        changes.more = changes.items.len() > wanted || !end;
        if end || changes.items.len() > wanted || (turn >= TURNS && !changes.items.is_empty()) {
            break;
        }
        batch = BATCH;
    }
    changes.items.truncate(wanted);
    Ok(changes)
}

/// Target SQL: `SELECT … FROM changes c WHERE visible AND filter AND (c.xid, c.seq) > ($1, $2) AND c.xid < the oldest
/// running ORDER BY c.xid, c.seq LIMIT 21`.
async fn scan(
    scope: &Scope,
    from: Place,
    filter: &ChangeFilter,
    limit: u64,
) -> Result<Vec<(Change, Place)>, StoreError> {
    let mut select = SelectStatement::new();
    let place = Expr::tuple([col(CHANGE, "xid"), col(CHANGE, "seq")]);
    select
        .exprs(COLUMNS.map(|name| col(CHANGE, name)))
        .from_as(Alias::new("changes"), Alias::new(CHANGE))
        .cond_where(scope.visible_in(Holds::ByKind, CHANGE))
        .cond_where(place.gt(Expr::tuple([Expr::val(from.xid), Expr::val(from.seq)])))
        .order_by_expr(col(CHANGE, "xid"), Order::Asc)
        .order_by_expr(col(CHANGE, "seq"), Order::Asc)
        .limit(limit);
    if scope.backend() == DbBackend::Postgres {
        select.cond_where(col(CHANGE, "xid").lt(Expr::cust(OLDEST_RUNNING)));
    }
    if !filter.tenants.is_empty() {
        select.cond_where(col(CHANGE, "tenant_id").is_in(filter.tenants.iter().map(|tenant| tenant.0)));
    }
    if !filter.programs.is_empty() {
        select.cond_where(among(CHANGE, (Some("program_tenant_id"), "program_id"), &filter.programs));
    }
    scope.rows(&select).await?.iter().map(|row| Ok((read(row)?, place_of(row)?))).collect()
}

const COLUMNS: [&str; 9] = ["tenant_id", "id", "number", "record_kind", "kind", "operation", "at", "xid", "seq"];

fn place_of(row: &QueryResult) -> Result<Place, StoreError> {
    Ok(Place { xid: column(row, "xid")?, seq: column(row, "seq")? })
}

fn read(row: &QueryResult) -> Result<Change, StoreError> {
    let kind = codec::code("record_kind", &column::<String>(row, "record_kind")?)?;
    let detail: String = column(row, "kind")?;
    Ok(Change {
        key: ChangeKey {
            kind,
            tenant: TenantId(column(row, "tenant_id")?),
            record: column(row, "id")?,
            number: column(row, "number")?,
        },
        operation: codec::code("operation", &column::<String>(row, "operation")?)?,
        involvement: (kind == RecordKind::Involvement).then(|| codec::code("kind", &detail)).transpose()?,
        at: column::<DateTime<Utc>>(row, "at")?,
    })
}

/// Whether the actor may see the record as it is now. One that was deleted is as it was.
async fn stands(loader: &Loader, change: &Change) -> Result<bool, StoreError> {
    async fn seen<R: Record<Key = Id<R>>>(loader: &Loader, key: ChangeKey) -> Result<bool, StoreError> {
        Ok(loader.get::<R>(Id::new(key.tenant, key.record)).await?.is_some())
    }
    let key = change.key;
    if change.operation == Operation::Deleted {
        return Ok(true);
    }
    match key.kind {
        RecordKind::Agency => seen::<Agency>(loader, key).await,
        RecordKind::AgencyGroup => seen::<AgencyGroup>(loader, key).await,
        RecordKind::Award => seen::<Award>(loader, key).await,
        RecordKind::Citation => seen::<Citation>(loader, key).await,
        RecordKind::Conflict => seen::<Conflict>(loader, key).await,
        RecordKind::CooperationArea => seen::<CooperationArea>(loader, key).await,
        RecordKind::Direction => seen::<Direction>(loader, key).await,
        RecordKind::Document => seen::<Document>(loader, key).await,
        RecordKind::Event => seen::<Event>(loader, key).await,
        RecordKind::Involvement => seen::<Involvement>(loader, key).await,
        RecordKind::Obligation => seen::<Obligation>(loader, key).await,
        RecordKind::Person => seen::<Person>(loader, key).await,
        RecordKind::PlannedActivity => seen::<PlannedActivity>(loader, key).await,
        RecordKind::Position => seen::<Position>(loader, key).await,
        RecordKind::Program => seen::<Program>(loader, key).await,
        RecordKind::ProgramLink => seen::<ProgramLink>(loader, key).await,
        RecordKind::Remark => seen::<Remark>(loader, key).await,
        RecordKind::ReportRequest => seen::<ReportRequest>(loader, key).await,
        RecordKind::Result => seen::<Outcome>(loader, key).await,
        RecordKind::Source => seen::<Source>(loader, key).await,
        RecordKind::Submission => seen::<Submission>(loader, key).await,
        RecordKind::SubmissionDecision => seen::<SubmissionDecision>(loader, key).await,
        RecordKind::SubmissionItem => seen::<SubmissionItem>(loader, key).await,
        RecordKind::Target => seen::<Target>(loader, key).await,
        other @ (RecordKind::AgencyGroupMember
        | RecordKind::AgencySuccession
        | RecordKind::EventProgram
        | RecordKind::Grant
        | RecordKind::Locality
        | RecordKind::ProgramTopic
        | RecordKind::Tenant) => Err(StoreError::Internal(format!("a change of a {other} is listed"))),
    }
}
