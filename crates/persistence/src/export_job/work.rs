//! Working on export jobs, for whoever started them: a worker takes one on for a while, says from time to time that it is
//! still at it, and ends it. One whose worker is silent for too long is taken on by another. What a worker writes counts only
//! while the job is still its own.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ExportJob;
use domain::export_job::{ExportFailure, ExportStatus, MOST_ATTEMPTS};
use sea_orm::sea_query::{
    Alias, Condition, DeleteStatement, Expr, ExprTrait, LockBehavior, LockType, Order, SelectStatement, UpdateStatement,
};
use uuid::Uuid;

use super::{JOB, export_jobs, read, select, update};
use crate::codec::{self, column};
use crate::record::col;
use crate::session::{Purpose, Session};
use crate::{Store, StoreError};

/// So long a job is a worker's without a word of it.
const LEASE: TimeDelta = TimeDelta::seconds(20);
/// So long an ended job is shown.
const SHOWN: TimeDelta = TimeDelta::days(7);

/// Whoever makes files: a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worker(Uuid);

impl Worker {
    /// One that nobody else is.
    pub fn new() -> Self {
        Self(domain::Id::<ExportJob>::generate(domain::TenantId::NOWHERE).uuid)
    }
}

impl Default for Worker {
    fn default() -> Self {
        Self::new()
    }
}

fn own(name: &str) -> Expr {
    Expr::col(Alias::new(name))
}

/// Jobs that wait for a worker. Those at which one is oneself are not taken on anew, whatever the clock says.
fn waiting(busy: &[Uuid], now: DateTime<Utc>) -> Condition {
    let left = Condition::all()
        .add(col(JOB, "status").eq("RUNNING"))
        .add(col(JOB, "leased_until").lt(codec::moment_text(now)))
        .add_option((!busy.is_empty()).then(|| col(JOB, "id").is_not_in(busy.iter().copied())));
    Condition::any().add(col(JOB, "status").eq("QUEUED")).add(left)
}

/// The job as long as it is the worker's.
fn mine(job: &ExportJob, worker: Worker) -> UpdateStatement {
    let mut update = update(job);
    update.cond_where(own("status").eq("RUNNING")).cond_where(own("worker").eq(worker.0));
    update
}

fn no_lease(update: &mut UpdateStatement) {
    let nothing = [("worker", Expr::val(Option::<Uuid>::None)), ("leased_until", Expr::val(Option::<String>::None))];
    update.values(nothing.map(|(name, value)| (Alias::new(name), value)));
}

impl Store {
    async fn working(&self, purpose: Purpose) -> Result<Session, StoreError> {
        let pool = if purpose == Purpose::Read { self.reader() } else { self.writer() };
        Session::begin(pool, purpose, &["SELECT set_config('phoihop.jobs', 'worked', true)".to_owned()]).await
    }

    /// Takes on the job that has waited longest; `busy` are those at which the worker is.
    pub async fn claim_export(
        &self,
        worker: Worker,
        busy: &[Uuid],
        now: DateTime<Utc>,
    ) -> Result<Option<ExportJob>, StoreError> {
        let mut next = select();
        next.cond_where(waiting(busy, now))
            .order_by_expr(col(JOB, "created_at"), Order::Asc)
            .order_by_expr(col(JOB, "id"), Order::Asc)
            .limit(1);
        // Mostly there is none, and whoever writes need not be kept waiting for that.
        if self.working(Purpose::Read).await?.rows(&next).await?.is_empty() {
            return Ok(None);
        }
        next.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        loop {
            let session = self.working(Purpose::Write).await?;
            let rows = session.rows(&next).await?;
            let Some(row) = rows.first() else { return Ok(None) };
            let mut job = read(row)?;
            let exhausted = job.attempts >= MOST_ATTEMPTS;
            if exhausted {
                job.status = ExportStatus::Failed;
                job.finished_at = Some(now);
                job.failure = Some(ExportFailure {
                    code: "INTERNAL_SERVER_ERROR".to_owned(),
                    message: format!("the service ended {MOST_ATTEMPTS} times while the table was made"),
                    hint: Some("ask for less at once, a tenant or a period; tell the operator".to_owned()),
                });
            } else {
                job.status = ExportStatus::Running;
                job.attempts += 1;
                (job.rows, job.bytes, job.rows_total) = (0, 0, None);
                job.started_at = Some(now);
            }
            let mut update = update(&job);
            if exhausted {
                no_lease(&mut update);
            } else {
                lease(&mut update, worker, now);
            }
            session.execute(&update).await?;
            session.commit().await?;
            if !exhausted {
                return Ok(Some(job));
            }
        }
    }

    /// Says that a job is still being made, and how far it has come. False: it is the worker's no longer.
    pub async fn renew_export(&self, job: &ExportJob, worker: Worker, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let mut update = mine(job, worker);
        lease(&mut update, worker, now);
        self.write_export(&update).await
    }

    /// Ends a job, or gives it back to be made anew. False: it was the worker's no longer, and stays as it is.
    pub async fn end_export(&self, job: &ExportJob, worker: Worker) -> Result<bool, StoreError> {
        let mut update = mine(job, worker);
        no_lease(&mut update);
        self.write_export(&update).await
    }

    async fn write_export(&self, update: &UpdateStatement) -> Result<bool, StoreError> {
        let session = self.working(Purpose::Write).await?;
        let touched = session.execute(update).await?;
        session.commit().await?;
        Ok(touched > 0)
    }

    /// Marks the jobs whose files are past their time, and forgets those that ended long ago.
    pub async fn expire_exports(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let over = || own("status").eq("DONE").and(own("expires_at").lte(codec::moment_text(now)));
        let old = || {
            let ended = own("finished_at").lt(codec::moment_text(now - SHOWN));
            own("status").is_in(["FAILED", "EXPIRED", "CANCELED"]).and(ended)
        };
        let mut some = SelectStatement::new();
        some.expr(Expr::cust("1")).from(export_jobs::Entity).cond_where(over().or(old())).limit(1);
        if self.working(Purpose::Read).await?.rows(&some).await?.is_empty() {
            return Ok(());
        }
        let (mut expire, mut forget) = (UpdateStatement::new(), DeleteStatement::new());
        expire.table(Alias::new("export_jobs")).value(Alias::new("status"), "EXPIRED").cond_where(over());
        forget.from_table(Alias::new("export_jobs")).cond_where(old());
        let session = self.working(Purpose::Write).await?;
        session.execute(&expire).await?;
        session.execute(&forget).await?;
        session.commit().await
    }

    /// Of these jobs those that there are, each with the attempt whose file is kept, or being made.
    pub async fn kept_exports(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, Option<i32>>, StoreError> {
        let mut kept = HashMap::new();
        for ids in ids.chunks(1_000) {
            let mut select = SelectStatement::new();
            select
                .exprs([col(JOB, "id"), col(JOB, "attempts"), col(JOB, "status")])
                .from_as(export_jobs::Entity, Alias::new(JOB))
                .cond_where(col(JOB, "id").is_in(ids.iter().copied()));
            for row in self.working(Purpose::Read).await?.rows(&select).await? {
                let status: String = column(&row, "status")?;
                let attempt: i32 = column(&row, "attempts")?;
                kept.insert(column(&row, "id")?, ["RUNNING", "DONE"].contains(&status.as_str()).then_some(attempt));
            }
        }
        Ok(kept)
    }
}

fn lease(update: &mut UpdateStatement, worker: Worker, now: DateTime<Utc>) {
    let until = codec::moment_text(now + LEASE);
    update.values(
        [("worker", Expr::val(worker.0)), ("leased_until", Expr::val(until))]
            .map(|(name, value)| (Alias::new(name), value)),
    );
}
