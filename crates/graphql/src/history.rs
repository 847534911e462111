//! History: what became of a record, from the audit. Only the tenant's own staff reads it.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::{AuditEntry, Id};
use persistence::Filter;
use persistence::audit::Audited;
use serde_json::{Map, Value};

use crate::change::ChangeOperation;
use crate::connection::{Connection, NodeType, PageArgs, children};
use crate::error::{Error, Result};
use crate::scalar::DateTime;
use crate::tenant::{Tenant, tenant_of};

/// One write of a record (nhật ký): who, when, by what, and what was different.
#[derive(Clone, Debug)]
pub struct HistoryEntry(Arc<AuditEntry>);

impl NodeType for HistoryEntry {
    type Record = AuditEntry;
    const NAME: &'static str = "HistoryEntry";

    fn wrap(record: Arc<AuditEntry>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        ID(self.0.id.uuid.to_string())
    }
}

/// One write of a record (nhật ký): who, when, by what, and what was different.
#[Object]
impl HistoryEntry {
    /// Tells it from every other; it is no node.
    async fn id(&self) -> ID {
        self.global_id()
    }

    /// Its place in the audit of the tenant, which is one chain: numbers without gaps, from 1.
    async fn number(&self) -> String {
        self.0.number.to_string()
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Who, in words that tell any two apart: `user:<issuer>#<subject>`; `operator` at the command line.
    async fn principal(&self) -> &str {
        self.0.principal.as_str()
    }

    /// The tenant for which they acted. Null at the command line.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.acting?).await
    }

    /// By what: the mutation (`programSign`) or the command (`import`).
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// What became of the record.
    async fn operation(&self) -> ChangeOperation {
        self.0.operation.into()
    }

    /// The fields that were different, as they are stored, in the order of their names.
    async fn changes(&self) -> Option<Result<Vec<FieldChange>>> {
        Some(differences(&self.0))
    }
}

/// A field that was different. Values are JSON; null is one that said nothing, or that there was no record.
#[derive(Clone, Debug, SimpleObject)]
pub struct FieldChange {
    /// The column: `signed_on`.
    field: String,
    /// Its value before.
    before: Option<String>,
    /// Its value after.
    after: Option<String>,
}

fn differences(entry: &AuditEntry) -> Result<Vec<FieldChange>> {
    let read = |text: &Option<String>| -> Result<Map<String, Value>> {
        let Some(text) = text else { return Ok(Map::new()) };
        serde_json::from_str(text).map_err(|error| Error::internal(&format!("an audited row is not JSON: {error}")))
    };
    let (before, after) = (read(&entry.before)?, read(&entry.after)?);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text = |value: Option<&Value>| value.filter(|value| !value.is_null()).map(Value::to_string);
    let change = |name: &&String| {
        let (before, after) = (text(before.get(*name)), text(after.get(*name)));
        (before != after).then(|| FieldChange { field: (*name).clone(), before, after })
    };
    Ok(names.iter().filter_map(change).collect())
}

/// What became of a record, the latest first.
pub async fn history<R: Audited<Key = Id<R>>>(
    ctx: &Context<'_>,
    id: Id<R>,
    args: PageArgs,
) -> Option<Result<Connection<HistoryEntry>>> {
    Some(children(ctx, R::HISTORY, id, Filter::default(), args).await)
}

/// What became of an entry of a catalog, the latest first.
pub async fn history_of_entry<R: Audited<Key = String>>(
    ctx: &Context<'_>,
    entry: &R,
    args: PageArgs,
) -> Option<Result<Connection<HistoryEntry>>> {
    Some(children(ctx, R::HISTORY, entry.key(), Filter::default(), args).await)
}
