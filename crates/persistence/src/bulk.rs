//! Adding many records that are known to be new: without reading what is stored, and on PostgreSQL with a column a
//! parameter instead of a value a parameter. Otherwise as everywhere: behind both walls, with computed columns, search
//! entries, changes and shares.
//!
//! `COPY` would be faster still, but PostgreSQL refuses it on tables with row-level security.

mod array;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::atomic::Ordering;

use domain::change::Operation;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Agency, AgencyGroup, Bundle, Document, Event, Id, Person, Program, Source, TenantId};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, InsertStatement, SelectStatement};
use sea_orm::{ActiveModelTrait, ActiveValue, EntityTrait, IdenStatic, IntoActiveModel, Iterable, Order, Value};
use uuid::Uuid;

use crate::change::Listed;
use crate::codec;
use crate::edge::table_name;
use crate::filter::alias;
use crate::record::{Record, Stored, col};
use crate::write::{MAX_VALUES, SEARCH_COLUMNS, next_version, search_values};
use crate::{StoreError, Tx};
pub(crate) use array::Array;

/// Rows of one statement on PostgreSQL: with more of them memory grows and nothing else.
const ROWS: usize = 4_000;

/// New tables have no statistics: from small ones the planner would rather read every row, at each key that it checks,
/// and of large ones it would read each tenant's rows again for each program that is shared. Neither does it pay to
/// compile statements this short.
const PLANS: [&str; 3] = ["SET LOCAL enable_seqscan = off", "SET LOCAL enable_nestloop = off", "SET LOCAL jit = off"];

/// Rows as they stand in a table.
struct Rows {
    names: Vec<&'static str>,
    values: Vec<Vec<Value>>,
}

/// A transaction that adds many new records.
#[derive(Debug)]
pub struct Bulk {
    tx: Tx,
    /// Programs that others signed, so that something may have to be shared.
    signed: BTreeSet<Id<Program>>,
}

impl Bulk {
    /// Acts from now on as the staff of `tenant`.
    pub async fn act_for(&mut self, tenant: TenantId) -> Result<(), StoreError> {
        self.share().await?;
        self.tx.act_for(tenant, &[]).await
    }

    /// Adds a source, to which bundles lead back.
    pub async fn add_source(&self, source: &Source) -> Result<usize, StoreError> {
        self.tx.pour(std::slice::from_ref(source)).await
    }

    /// Adds the records of a bundle, all of which are new, except the source, which is there. Answers how many rows these
    /// are.
    pub async fn add_bundle(&mut self, bundle: &Bundle) -> Result<usize, StoreError> {
        let tx = &self.tx;
        let mut added = tx.pour(&bundle.agencies).await?;
        added += tx.pour(&bundle.agency_groups).await?;
        added += tx.pour(&bundle.agency_group_members).await?;
        added += tx.pour(&bundle.people).await?;
        added += tx.pour(&bundle.positions).await?;
        added += tx.pour(&bundle.documents).await?;
        added += tx.pour(&bundle.programs).await?;
        added += tx.pour(&bundle.program_topics).await?;
        added += tx.pour(&bundle.program_links).await?;
        added += tx.pour(&bundle.areas).await?;
        added += tx.pour(&bundle.targets).await?;
        added += tx.pour(&bundle.events).await?;
        added += tx.pour(&bundle.event_programs).await?;
        added += tx.pour(&bundle.results).await?;
        added += tx.pour(&bundle.awards).await?;
        added += tx.pour(&bundle.directions).await?;
        added += tx.pour(&bundle.obligations).await?;
        added += tx.pour(&bundle.planned_activities).await?;
        added += tx.pour(&bundle.remarks).await?;
        added += tx.pour(&bundle.citations).await?;
        added += tx.pour(&bundle.involvements).await?;
        added += tx.pour(&bundle.conflicts).await?;
        added += tx.pour(&bundle.provenances).await?;
        self.signed.extend(signed_abroad(bundle));
        Ok(added)
    }

    /// Keeps what was added, and wakes whoever follows changes.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.share().await?;
        self.tx.commit().await
    }

    /// Once for many programs: each of the statements has to be planned.
    async fn share(&mut self) -> Result<(), StoreError> {
        let programs: Vec<Id<Program>> = std::mem::take(&mut self.signed).into_iter().collect();
        self.tx.share(&programs).await
    }
}

impl Tx {
    /// The same transaction, for adding many new records.
    pub async fn into_bulk(self) -> Result<Bulk, StoreError> {
        self.settle(&PLANS.map(ToOwned::to_owned)).await?;
        Ok(Bulk { tx: self, signed: BTreeSet::new() })
    }

    /// The table of some record of `tenant` whose id is among `ids`; none when there is no such record. One must act for
    /// the tenant.
    pub async fn holding(&self, tenant: TenantId, ids: &[RangeInclusive<Uuid>]) -> Result<Option<String>, StoreError> {
        let mut select = SelectStatement::new();
        let holds = [
            self.holds::<Source>(tenant, ids),
            self.holds::<Agency>(tenant, ids),
            self.holds::<AgencyGroup>(tenant, ids),
            self.holds::<Person>(tenant, ids),
            self.holds::<Document>(tenant, ids),
            self.holds::<Program>(tenant, ids),
            self.holds::<Event>(tenant, ids),
        ];
        let (tables, exist): (Vec<String>, Vec<Expr>) = holds.into_iter().unzip();
        select.exprs(exist);
        for row in self.rows(&select).await? {
            for (index, table) in tables.iter().enumerate() {
                if row.try_get_by_index(index)? {
                    return Ok(Some(table.clone()));
                }
            }
        }
        Ok(None)
    }

    fn holds<R: Record>(&self, tenant: TenantId, ids: &[RangeInclusive<Uuid>]) -> (String, Expr) {
        let t = alias(0);
        let mut rows = SelectStatement::new();
        rows.expr(Expr::cust("1"))
            .from_as(R::Entity::default(), Alias::new(t))
            .cond_where(self.access().condition(R::HOLDS, t))
            .cond_where(col(t, "tenant_id").eq(tenant.0))
            .cond_where(
                ids.iter().fold(Condition::any(), |any, ids| any.add(col(t, "id").between(*ids.start(), *ids.end()))),
            );
        (table_name::<R>(), Expr::exists(rows))
    }

    async fn pour<R>(&self, records: &[R]) -> Result<usize, StoreError>
    where
        R: Stored<Key = Id<R>>,
        <R::Entity as EntityTrait>::Model: IntoActiveModel<<R::Entity as EntityTrait>::ActiveModel>,
    {
        let width = <<R::Entity as EntityTrait>::Column as Iterable>::iter().count() + 8;
        for records in records.chunks(ROWS.min(MAX_VALUES / width)) {
            for record in records {
                self.access().may_write(&record.writers())?;
            }
            let rows = rows(records);
            let changes = match R::LISTED {
                Some(listed) => Some(self.created(listed, &rows).await?),
                None => None,
            };
            self.insert(&table_name::<R>(), rows).await?;
            if let Some(changes) = changes {
                self.insert("changes", changes).await?;
                self.changed.store(true, Ordering::Relaxed);
            }
            let entries = records.iter().filter_map(Stored::searchable).map(|entry| search_values(&entry).to_vec());
            let entries = Rows { names: SEARCH_COLUMNS.to_vec(), values: entries.collect() };
            self.insert("search_entries", entries).await?;
        }
        Ok(records.len())
    }

    /// The changes that list new rows, each the first of its record. Made here, unlike those of rows that are stored: new
    /// tables have no statistics by which PostgreSQL would find these again.
    async fn created(&self, listed: Listed, rows: &Rows) -> Result<Rows, StoreError> {
        let mut names = vec![
            "tenant_id",
            "id",
            "visibility",
            "number",
            "record_kind",
            "kind",
            "operation",
            "program_tenant_id",
            "program_id",
        ];
        let mut seq = None;
        if !self.is_postgres() {
            names.push("seq");
            seq = Some(self.last_change().await?);
        }
        let place = |name: &str| rows.names.iter().position(|known| *known == name);
        let [tenant, id, visibility] = ["tenant_id", "id", "visibility"].map(place);
        let (program, by) = (listed.program.and_then(place), listed.by.and_then(place));
        let kind = || Value::from(codec::text(listed.kind));
        let change = |row: &Vec<Value>| {
            let value = |place: Option<usize>| place.and_then(|place| row.get(place)).cloned();
            let tenant = value(tenant)?;
            let program = value(program).unwrap_or(Value::Uuid(None));
            let within = if program == Value::Uuid(None) { Value::Int(None) } else { tenant.clone() };
            let mut change = vec![
                tenant,
                value(id)?,
                value(visibility)?,
                1.into(),
                kind(),
                value(by).unwrap_or_else(kind),
                codec::text(Operation::Created).into(),
                within,
                program,
            ];
            if let Some(seq) = &mut seq {
                *seq += 1;
                change.push((*seq).into());
            }
            Some(change)
        };
        Ok(Rows { names, values: rows.values.iter().filter_map(change).collect() })
    }

    /// The number of the last change. On SQLite the writer counts.
    async fn last_change(&self) -> Result<i64, StoreError> {
        let mut select = SelectStatement::new();
        select
            .column(Alias::new("seq"))
            .from(Alias::new("changes"))
            .order_by_expr(Expr::col(Alias::new("xid")), Order::Desc)
            .order_by_expr(Expr::col(Alias::new("seq")), Order::Desc)
            .limit(1);
        self.rows(&select).await?.first().map_or(Ok(0), |row| codec::column(row, "seq"))
    }

    async fn insert(&self, table: &str, rows: Rows) -> Result<(), StoreError> {
        if rows.values.is_empty() {
            return Ok(());
        }
        if self.is_postgres() {
            return self.insert_arrays(table, rows).await;
        }
        let mut insert = InsertStatement::new();
        insert.into_table(Alias::new(table)).columns(rows.names.into_iter().map(Alias::new));
        for row in rows.values {
            insert.values(row.into_iter().map(Into::into)).map_err(|error| StoreError::Internal(error.to_string()))?;
        }
        self.execute(&insert).await?;
        Ok(())
    }

    /// Target SQL: `INSERT INTO targets (tenant_id, id, …) SELECT * FROM unnest($1, $2, …)`.
    async fn insert_arrays(&self, table: &str, rows: Rows) -> Result<(), StoreError> {
        let mut arrays = Vec::with_capacity(rows.names.len());
        for value in rows.values.first().into_iter().flatten() {
            arrays.push(Array::like(value, rows.values.len())?);
        }
        for row in rows.values {
            for (array, value) in arrays.iter_mut().zip(row) {
                array.push(value)?;
            }
        }
        let names: Vec<String> = rows.names.iter().map(|name| format!("\"{name}\"")).collect();
        let places: Vec<String> = (1..=arrays.len()).map(|number| format!("${number}")).collect();
        let (names, places) = (names.join(", "), places.join(", "));
        self.execute_with(format!("INSERT INTO {table} ({names}) SELECT * FROM unnest({places})"), arrays).await
    }
}

/// The rows of records, the first version of each.
fn rows<R: Stored>(records: &[R]) -> Rows
where
    <R::Entity as EntityTrait>::Model: IntoActiveModel<<R::Entity as EntityTrait>::ActiveModel>,
{
    let mut names = Vec::new();
    let mut values = Vec::with_capacity(records.len());
    for record in records {
        let mut row = record.row();
        next_version::<R>(&mut row);
        let mut active = row.into_active_model();
        let mut row = Vec::with_capacity(names.len());
        let first = names.is_empty();
        for column in <<R::Entity as EntityTrait>::Column as Iterable>::iter() {
            if let ActiveValue::Set(value) | ActiveValue::Unchanged(value) = active.take(column) {
                row.push(value);
                if first {
                    names.push(column.as_str());
                }
            }
        }
        for (name, value) in record.computed() {
            row.push(value);
            if first {
                names.push(name);
            }
        }
        values.push(row);
    }
    Rows { names, values }
}

/// The programs that may be shared with another tenant. Who is in a group is not looked up here.
fn signed_abroad(bundle: &Bundle) -> impl Iterator<Item = Id<Program>> {
    let signed = bundle.involvements.iter().filter(|one| one.kind == InvolvementKind::Signatory);
    let abroad =
        signed.filter(|one| one.group.is_some() || one.agency.is_some_and(|agency| agency.tenant != one.id.tenant));
    abroad.filter_map(|one| if let Subject::Program(program) = one.subject { Some(program) } else { None })
}
