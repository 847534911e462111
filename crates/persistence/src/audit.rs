//! The audit: every write of a record leaves an entry with how the record read before and after. The entries of a tenant
//! are a chain: each carries the digest of the one before, and the last digest stands in `audit_heads`, so that whoever
//! forges, takes out, moves or cuts off entries is found.
//!
//! Entries are gathered while a transaction works and written when it commits: whoever writes a chain holds its end, and
//! others of the same tenant wait no longer than a commit takes.

use std::collections::BTreeMap;

use domain::actor::Principal;
use domain::change::Operation;
use domain::{AuditEntry, Id, TenantId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, InsertStatement, OnConflict, SelectStatement, UpdateStatement};
use sea_orm::{EntityTrait, Iterable, ModelTrait, Value};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::Holds;
use crate::codec::{self, column};
use crate::edge::table_name;
use crate::record::{Key, Record, Stored, col};
use crate::{StoreError, Tx};

mod history;
mod verify;

pub use history::Audited;
pub use verify::Broken;

mod entries {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub number: i64,
        pub at: String,
        pub principal: String,
        pub acting: Option<i32>,
        pub action: String,
        pub record_table: String,
        pub record_id: Option<Uuid>,
        pub record_code: Option<String>,
        pub operation: String,
        pub before_row: Option<String>,
        pub after_row: Option<String>,
        pub digest: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for AuditEntry {
    type Entity = entries::Entity;
    type Key = Id<AuditEntry>;
    const HOLDS: Holds = Holds::Staff;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: entries::Model) -> Result<Self, StoreError> {
        let entries::Model {
            tenant_id,
            id,
            number,
            at,
            principal,
            acting,
            action,
            record_table,
            record_id,
            record_code,
            operation,
            before_row,
            after_row,
            digest,
        } = row;
        Ok(Self {
            id: Id::new(TenantId(tenant_id), id),
            number,
            at: codec::moment(&at)?,
            principal: Principal::stored(principal),
            acting: acting.map(TenantId),
            action,
            table: record_table,
            record: record_id,
            code: record_code,
            operation: codec::code("operation", &operation)?,
            before: before_row,
            after: after_row,
            digest,
        })
    }
}

/// What became of one row, until its place in the chain is known.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub tenant: TenantId,
    pub table: String,
    pub record: Option<Uuid>,
    pub code: Option<String>,
    pub operation: Operation,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Written {
    /// Whether both are of the same record.
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        (&self.table, self.record, &self.code) == (&other.table, other.record, &other.code)
    }

    /// Whether everybody sees the record now, or saw it before.
    pub(crate) fn is_public(&self) -> bool {
        let rows = [&self.before, &self.after].into_iter().flatten();
        rows.filter_map(|row| serde_json::from_str::<Json>(row).ok())
            .any(|row| row.get("visibility") == Some(&json!("PUBLIC")))
    }

    /// Between two rows of `R`, at least one of which is there.
    pub(crate) fn between<R: Stored>(
        key: &R::Key,
        before: Option<&<R::Entity as EntityTrait>::Model>,
        after: Option<&<R::Entity as EntityTrait>::Model>,
    ) -> Self {
        let record = if let Value::Uuid(Some(uuid)) = key.value() { Some(uuid) } else { None };
        let operation = match (before, after) {
            (None, _) => Operation::Created,
            (Some(_), Some(_)) => Operation::Updated,
            (Some(_), None) => Operation::Deleted,
        };
        // What belongs to no tenant is the center's.
        let tenant = key.tenant().unwrap_or(TenantId::CENTRAL);
        let text =
            |row: Option<&<R::Entity as EntityTrait>::Model>| row.map(|row| Json::Object(object::<R>(row)).to_string());
        Self {
            tenant,
            table: table_name::<R>(),
            record,
            code: code_of(key),
            operation,
            before: text(before),
            after: text(after),
        }
    }
}

/// What an entry calls a record that has no uuid.
pub(crate) fn code_of<K: Key>(key: &K) -> Option<String> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "keys are uuids, texts and numbers")]
    match key.value() {
        Value::Uuid(Some(_)) => None,
        Value::String(code) => code,
        other => Some(json_of(other).to_string()),
    }
}

/// A row as JSON, by column.
fn object<R: Record>(row: &<R::Entity as EntityTrait>::Model) -> Map<String, Json> {
    let columns = <<R::Entity as EntityTrait>::Column as Iterable>::iter();
    columns.map(|column| (sea_orm::IdenStatic::as_str(&column).to_owned(), json_of(row.get(column)))).collect()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the library has many types of values, of which columns have few")]
fn json_of(value: Value) -> Json {
    match value {
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::BigInt(value) => json!(value),
        Value::String(value) => json!(value),
        Value::Uuid(value) => json!(value.map(|uuid| uuid.to_string())),
        Value::ChronoDate(value) => json!(value.map(|day| day.to_string())),
        // No stated column has another type; a new one shows itself in the audit, and harms nothing.
        other => json!(format!("{other:?}")),
    }
}

/// The digest of an entry: SHA-256 over a JSON list of the digest before and everything that the entry says.
fn digest(before: &str, entry: &AuditEntry) -> String {
    let operation: &'static str = entry.operation.into();
    let said = json!([
        before,
        entry.id.tenant.0,
        entry.id.uuid.to_string(),
        entry.number,
        codec::moment_text(entry.at),
        entry.principal.as_str(),
        entry.acting.map(|tenant| tenant.0),
        entry.action,
        entry.table,
        entry.record.map(|uuid| uuid.to_string()),
        entry.code,
        operation,
        entry.before,
        entry.after,
    ]);
    format!("{:x}", Sha256::digest(said.to_string()))
}

/// Where a chain ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The number of the last entry; 0 before the first.
    pub number: i64,
    /// Its digest; nothing before the first.
    pub digest: String,
}

impl Tx {
    /// Writes the entries that were gathered, each at the end of its tenant's chain.
    pub(crate) async fn write_audit(&self) -> Result<(), StoreError> {
        let written = std::mem::take(&mut *self.written());
        let mut tenants: BTreeMap<TenantId, Vec<Written>> = BTreeMap::new();
        for one in written {
            tenants.entry(one.tenant).or_default().push(one);
        }
        // In the order of their numbers: two transactions that write the same chains never wait for each other.
        for (tenant, written) in tenants {
            let mut head = self.audit_head(tenant, true).await?;
            let mut entries = Vec::with_capacity(written.len());
            for one in written {
                let mut entry = AuditEntry {
                    id: Id::generate(tenant),
                    number: head.number + 1,
                    at: self.occasion().at,
                    principal: self.principal(),
                    acting: self.on_behalf_of(),
                    action: self.occasion().action.to_owned(),
                    table: one.table,
                    record: one.record,
                    code: one.code,
                    operation: one.operation,
                    before: one.before,
                    after: one.after,
                    digest: String::new(),
                };
                entry.digest = digest(&head.digest, &entry);
                head = Head { number: entry.number, digest: entry.digest.clone() };
                entries.push(entry);
            }
            for entries in entries.chunks(1_000) {
                self.execute(&insert(entries)?).await?;
            }
            let mut update = UpdateStatement::new();
            update
                .table(Alias::new("audit_heads"))
                .value(Alias::new("number"), head.number)
                .value(Alias::new("digest"), head.digest)
                .cond_where(Expr::col(Alias::new("tenant_id")).eq(tenant.0));
            self.execute(&update).await?;
        }
        Ok(())
    }

    /// Where a tenant's chain ends; held until the transaction does, for whoever goes on from there.
    pub async fn audit_head(&self, tenant: TenantId, hold: bool) -> Result<Head, StoreError> {
        let mut select = SelectStatement::new();
        select
            .columns(["number", "digest"].map(|name| (Alias::new("h"), Alias::new(name))))
            .from_as(Alias::new("audit_heads"), Alias::new("h"))
            .cond_where(col("h", "tenant_id").eq(tenant.0));
        if hold {
            let mut begin = InsertStatement::new();
            begin
                .into_table(Alias::new("audit_heads"))
                .columns(["tenant_id", "number", "digest"].map(Alias::new))
                .values([tenant.0.into(), 0_i64.into(), "".into()])
                .map_err(|error| StoreError::Internal(error.to_string()))?
                .on_conflict(OnConflict::column(Alias::new("tenant_id")).do_nothing().to_owned());
            self.execute(&begin).await?;
            select.lock_exclusive();
        }
        let rows = self.rows(&select).await?;
        let Some(row) = rows.first() else { return Ok(Head::default()) };
        Ok(Head { number: column(row, "number")?, digest: column(row, "digest")? })
    }
}

fn insert(entries: &[AuditEntry]) -> Result<InsertStatement, StoreError> {
    let columns = [
        "tenant_id",
        "id",
        "number",
        "at",
        "principal",
        "acting",
        "action",
        "record_table",
        "record_id",
        "record_code",
        "operation",
        "before_row",
        "after_row",
        "digest",
    ];
    let mut insert = InsertStatement::new();
    insert.into_table(Alias::new("audit")).columns(columns.map(Alias::new));
    for entry in entries {
        let values: [Value; 14] = [
            entry.id.tenant.0.into(),
            entry.id.uuid.into(),
            entry.number.into(),
            codec::moment_text(entry.at).into(),
            entry.principal.as_str().into(),
            entry.acting.map(|tenant| tenant.0).into(),
            entry.action.as_str().into(),
            entry.table.as_str().into(),
            entry.record.into(),
            entry.code.clone().into(),
            codec::text(entry.operation).into(),
            entry.before.clone().into(),
            entry.after.clone().into(),
            entry.digest.as_str().into(),
        ];
        insert.values(values.map(Into::into)).map_err(|error| StoreError::Internal(error.to_string()))?;
    }
    Ok(insert)
}
