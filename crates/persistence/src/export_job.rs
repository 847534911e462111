//! Export jobs. Whoever asks for one finds it by their own name, which both walls compare (`holder`); the task that makes the
//! files acts for nobody and sees nothing but jobs. What a file holds is read through a scope, as everything is.

mod work;

use chrono::{DateTime, Utc};
use domain::actor::{GrantUse, Principal, Role};
use domain::export_job::{ExportFailure, ExportWish};
use domain::{Actor, ExportJob, Id, TenantId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, InsertStatement, Order, SelectStatement, UpdateStatement};
use sea_orm::{FromQueryResult, Iterable, QueryResult, Value};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::codec;
use crate::codec::column;
use crate::record::col;
use crate::{Scope, StoreError, Tx};

pub use work::Worker;

mod export_jobs {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "export_jobs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub principal: String,
        pub roles: String,
        pub grants: Option<String>,
        pub shown_until: i64,
        pub table_name: String,
        pub format: String,
        pub parameters: String,
        pub status: String,
        pub attempts: i32,
        pub row_count: i64,
        pub row_total: Option<i64>,
        pub byte_count: i64,
        pub digest: Option<String>,
        pub access: Option<String>,
        pub created_at: String,
        pub started_at: Option<String>,
        pub finished_at: Option<String>,
        pub expires_at: Option<String>,
        pub failure_code: Option<String>,
        pub failure_message: Option<String>,
        pub failure_hint: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// So many jobs one is shown, the latest.
const SHOWN: u64 = 50;

/// The table, as statements know it.
const JOB: &str = "j";

fn read(row: &QueryResult) -> Result<ExportJob, StoreError> {
    let export_jobs::Model {
        tenant_id,
        id,
        principal,
        roles,
        grants,
        shown_until,
        table_name: table,
        format,
        parameters,
        status,
        attempts,
        row_count: rows,
        row_total: rows_total,
        byte_count: bytes,
        digest,
        access,
        created_at,
        started_at,
        finished_at,
        expires_at,
        failure_code,
        failure_message,
        failure_hint: hint,
    } = export_jobs::Model::from_query_result(row, "")?;
    let roles: Vec<String> = codec::list("roles", &roles)?;
    let grants = match grants {
        None => GrantUse::All,
        Some(grants) => GrantUse::Only(codec::list("grants", &grants)?),
    };
    let moment = |text: Option<String>| text.as_deref().map(codec::moment).transpose();
    Ok(ExportJob {
        id: Id::new(TenantId(tenant_id), id),
        actor: Actor {
            principal: Principal::stored(principal),
            tenant: TenantId(tenant_id),
            roles: roles.iter().map(|role| codec::code::<Role>("role", role)).collect::<Result<_, _>>()?,
            grants,
        },
        shown_until,
        wish: ExportWish {
            table,
            format: codec::code("format", &format)?,
            parameters: codec::list("parameters", &parameters)?,
        },
        status: codec::code("status", &status)?,
        attempts,
        rows,
        rows_total,
        bytes,
        digest,
        access,
        created_at: codec::moment(&created_at)?,
        started_at: moment(started_at)?,
        finished_at: moment(finished_at)?,
        expires_at: moment(expires_at)?,
        failure: failure_code.zip(failure_message).map(|(code, message)| ExportFailure { code, message, hint }),
    })
}

/// What never changes of a job.
fn wished(job: &ExportJob) -> Vec<(&'static str, Value)> {
    let ExportJob { id, actor, shown_until, wish: ExportWish { table, format, parameters }, created_at, .. } = job;
    let roles: Vec<String> = actor.roles.iter().map(ToString::to_string).collect();
    let grants = match &actor.grants {
        GrantUse::All => None,
        GrantUse::Only(these) => Some(codec::json(these)),
    };
    vec![
        ("tenant_id", id.tenant.0.into()),
        ("id", id.uuid.into()),
        ("holder", holder(actor).into()),
        ("principal", actor.principal.as_str().into()),
        ("roles", codec::json(&roles).into()),
        ("grants", grants.into()),
        ("shown_until", (*shown_until).into()),
        ("table_name", table.as_str().into()),
        ("format", codec::text(*format).into()),
        ("parameters", codec::json(parameters).into()),
        ("created_at", codec::moment_text(*created_at).into()),
    ]
}

/// How far it has come.
fn come(job: &ExportJob) -> Vec<(&'static str, Value)> {
    let moment = |moment: Option<DateTime<Utc>>| Value::from(moment.map(codec::moment_text));
    let failure = job.failure.as_ref();
    vec![
        ("status", codec::text(job.status).into()),
        ("attempts", job.attempts.into()),
        ("row_count", job.rows.into()),
        ("row_total", job.rows_total.into()),
        ("byte_count", job.bytes.into()),
        ("digest", job.digest.clone().into()),
        ("access", job.access.clone().into()),
        ("started_at", moment(job.started_at)),
        ("finished_at", moment(job.finished_at)),
        ("expires_at", moment(job.expires_at)),
        ("failure_code", failure.map(|failure| failure.code.clone()).into()),
        ("failure_message", failure.map(|failure| failure.message.clone()).into()),
        ("failure_hint", failure.and_then(|failure| failure.hint.clone()).into()),
    ]
}

/// Names whoever acts for a tenant, by a digest: what PostgreSQL is told has no text of a token in it.
fn holder(actor: &Actor) -> Uuid {
    let digest = Sha256::digest(format!("{}\n{}", actor.tenant, actor.principal));
    let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// Tells the second wall who asks for their own jobs.
fn held(holder: Uuid) -> String {
    format!("SELECT set_config('phoihop.holder', '{holder}', true)")
}

fn select() -> SelectStatement {
    let mut select = SelectStatement::new();
    select.from_as(export_jobs::Entity, Alias::new(JOB));
    for column in export_jobs::Column::iter() {
        select.column((Alias::new(JOB), column));
    }
    select
}

fn of(holder: Uuid) -> SelectStatement {
    let mut select = select();
    select.cond_where(col(JOB, "holder").eq(holder));
    select
}

/// Writes down how far a job has come.
fn update(job: &ExportJob) -> UpdateStatement {
    let mut update = UpdateStatement::new();
    update
        .table(Alias::new("export_jobs"))
        .values(come(job).into_iter().map(|(name, value)| (Alias::new(name), Expr::val(value))))
        .cond_where(Expr::col(Alias::new("tenant_id")).eq(job.id.tenant.0))
        .cond_where(Expr::col(Alias::new("id")).eq(job.id.uuid));
    update
}

impl Scope {
    /// A job of whoever reads.
    pub async fn export_job(&self, id: Uuid) -> Result<Option<ExportJob>, StoreError> {
        let Some(actor) = self.actor() else { return Ok(None) };
        let mut select = of(holder(actor));
        select.cond_where(col(JOB, "id").eq(id));
        self.settle(&[held(holder(actor))]).await?;
        self.rows(&select).await?.first().map(read).transpose()
    }

    /// The jobs of whoever reads, the latest first.
    pub async fn export_jobs(&self) -> Result<Vec<ExportJob>, StoreError> {
        let Some(actor) = self.actor() else { return Ok(Vec::new()) };
        let mut select = of(holder(actor));
        select
            .order_by_expr(col(JOB, "created_at"), Order::Desc)
            .order_by_expr(col(JOB, "id"), Order::Desc)
            .limit(SHOWN);
        self.settle(&[held(holder(actor))]).await?;
        self.rows(&select).await?.iter().map(read).collect()
    }
}

impl Tx {
    /// How many jobs of whoever acts have not ended. Nobody else starts one for them until the transaction ends.
    pub async fn open_exports(&self) -> Result<u64, StoreError> {
        let holder = self.hold().await?;
        let (head, _) = holder.as_u64_pair();
        self.lock(i64::from_ne_bytes(head.to_ne_bytes())).await?;
        let mut select = SelectStatement::new();
        select
            .expr_as(Expr::cust("count(*)"), Alias::new("n"))
            .from_as(export_jobs::Entity, Alias::new(JOB))
            .cond_where(col(JOB, "holder").eq(holder))
            .cond_where(col(JOB, "status").is_in(["QUEUED", "RUNNING"]));
        let rows = self.rows(&select).await?;
        let open: i64 = rows.first().map_or(Ok(0), |row| column(row, "n"))?;
        Ok(u64::try_from(open).unwrap_or_default())
    }

    /// Stores a new job of whoever acts.
    pub async fn put_export(&self, job: &ExportJob) -> Result<(), StoreError> {
        self.hold().await?;
        let (names, values): (Vec<_>, Vec<_>) = wished(job).into_iter().chain(come(job)).unzip();
        let mut insert = InsertStatement::new();
        insert
            .into_table(Alias::new("export_jobs"))
            .columns(names.into_iter().map(Alias::new))
            .values(values.into_iter().map(Into::into))
            .map_err(|error| StoreError::Internal(error.to_string()))?;
        self.execute(&insert).await.map(|_rows| ())
    }

    /// A job of whoever acts, to be ended: it stays as it is until the transaction is over.
    pub async fn export_job(&self, id: Uuid) -> Result<Option<ExportJob>, StoreError> {
        let mut select = of(self.hold().await?);
        select.cond_where(col(JOB, "id").eq(id)).lock_exclusive();
        self.rows(&select).await?.first().map(read).transpose()
    }

    /// Writes down that a job of whoever acts was ended.
    pub async fn keep_export(&self, job: &ExportJob) -> Result<(), StoreError> {
        let mut update = update(job);
        update.cond_where(Expr::col(Alias::new("holder")).eq(self.hold().await?));
        self.execute(&update).await.map(|_rows| ())
    }

    async fn hold(&self) -> Result<Uuid, StoreError> {
        let actor = self.actor().ok_or_else(|| StoreError::Denied("a job is somebody's".to_owned()))?;
        let holder = holder(actor);
        self.settle(&[held(holder)]).await?;
        Ok(holder)
    }
}
