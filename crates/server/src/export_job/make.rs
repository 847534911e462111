//! Making the file of one job: in one snapshot, with the rights of whoever asked as the database knows them by then.

use std::io::Read as _;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use async_graphql::Value;
use axum::body::Bytes;
use chrono::TimeDelta;
use domain::ExportJob;
use domain::export_job::ExportStatus;
use futures_util::FutureExt;
use graphql::{Call, Graph, Plan, Quota, Snapshot};

use super::failure::{is_passing, told};
use super::spool::{Part, Spool};
use super::{Admission, admit};
use crate::App;
use crate::auth::KeysUnavailable;
use crate::gate::Holder;
use crate::table::dictionary::{self, Facts};
use crate::table::pump::{Bounds, Pump, Sink as _, Watch};
use crate::table::{self, Format, Source, Stopped};

/// So long a file may take: it holds a snapshot, and a connection with it.
const LONGEST: Duration = Duration::from_hours(1);
/// Rows of a sheet under its head, says Excel.
const ROWS_OF_SHEET: u64 = 1_048_575;
/// So much of a workbook is copied at once.
const PIECE: usize = 64 * 1024;

/// How the making of a file ended.
enum Ended {
    /// It is there.
    Done(Box<ExportJob>),
    /// It cannot be made.
    Stopped(Stopped),
    /// The process ends: others go on.
    Leaving,
}

/// Makes the file of a job that was taken on, and writes down what became of it.
pub async fn make(app: App, spool: Spool, job: ExportJob) {
    let began = Instant::now();
    let (id, table, format, attempt) = (job.id.uuid, job.wish.table.clone(), job.wish.format, job.attempts);
    tracing::info!(%id, table, %format, attempt, "export begins");
    let ended = tokio::select! {
        () = app.stop.stopped() => Ended::Leaving,
        made = AssertUnwindSafe(run(&app, &spool, &job)).catch_unwind() => match made {
            Ok(Ok(done)) => Ended::Done(Box::new(done)),
            Ok(Err(stopped)) => Ended::Stopped(stopped),
            // The panic's own words are in the log already.
            Err(_panic) => Ended::Stopped(Stopped::Unwritten(std::io::Error::other("the making panicked"))),
        },
    };
    let now = app.clock.moment();
    let over = match ended {
        Ended::Done(done) => *done,
        Ended::Leaving => ExportJob { status: ExportStatus::Queued, ..job },
        Ended::Stopped(Stopped::Gone) => {
            tracing::info!(%id, "export given up");
            return;
        }
        Ended::Stopped(stopped) if is_passing(&stopped) => {
            // Nobody says that it is at it any more: it begins anew in a while, unless it has done so often enough.
            tracing::warn!(%id, ?stopped, "export interrupted");
            return;
        }
        Ended::Stopped(stopped) => {
            let failure = Some(told(stopped, format_of(&job)));
            ExportJob { status: ExportStatus::Failed, finished_at: Some(now), failure, ..job }
        }
    };
    let (status, rows, bytes, seconds) = (over.status, over.rows, over.bytes, began.elapsed().as_secs());
    let code = over.failure.as_ref().map(|failure| failure.code.clone());
    match app.store.end_export(&over, app.jobs.worker).await {
        Ok(true) => tracing::info!(%id, table, %status, rows, bytes, seconds, code, "export ended"),
        Ok(false) => spool.remove(&over),
        // The file is there and nobody knows: it goes with the next attempt.
        Err(error) => tracing::warn!(%id, %error, "the end of an export cannot be written down"),
    }
}

fn format_of(job: &ExportJob) -> Format {
    admit::read(&job.wish).map_or(Format::Csv, |(_, format, _)| format)
}

/// So often it is said that a job is still being made, whatever takes long about it.
const SAY: Duration = Duration::from_secs(5);

/// Whoever looks after a job.
#[derive(Clone)]
struct Keeper {
    app: App,
    job: ExportJob,
    total: Arc<OnceLock<i64>>,
    rows: Arc<AtomicU64>,
    written: Arc<AtomicU64>,
}

impl Keeper {
    /// Says from time to time that the job is still being made; ends when it may not be any more.
    async fn keep_saying(mut self) -> Stopped {
        loop {
            tokio::time::sleep(SAY).await;
            if let Err(stopped) = self.say().await {
                return stopped;
            }
        }
    }

    async fn say(&mut self) -> Result<(), Stopped> {
        self.job.rows_total = self.total.get().copied();
        self.job.rows = number(self.rows.load(Ordering::Relaxed));
        self.job.bytes = number(self.written.load(Ordering::Relaxed));
        let now = self.app.clock.moment();
        match self.app.store.renew_export(&self.job, self.app.jobs.worker, now).await {
            Ok(true) => {}
            // It was ended, or is another worker's by now.
            Ok(false) => return Err(Stopped::Gone),
            // Whether it is still ours is asked again in the end.
            Err(error) => tracing::warn!(%error, "the progress of an export cannot be written down"),
        }
        self.holds().await
    }

    /// Whether what was shown still holds. Whoever could show it before is believed while it cannot be checked.
    async fn holds(&self) -> Result<(), Stopped> {
        let ExportJob { actor, shown_until, .. } = &self.job;
        match self.app.auth.holds(actor, *shown_until, &self.app.store).await {
            Ok(true) | Err(KeysUnavailable) => Ok(()),
            Ok(false) => Err(Stopped::Revoked),
        }
    }
}

impl Watch for Keeper {
    async fn look(&mut self, rows: u64) -> Result<(), Stopped> {
        self.rows.store(rows, Ordering::Relaxed);
        self.say().await
    }

    fn paid(&mut self, graph: &Graph, plan: &Plan, data: &Value) {
        let holder = Holder::Principal(self.job.actor.principal.as_str().to_owned());
        let class = self.app.gate.class(Some(&self.job.actor));
        self.app.gate.settle(&holder, class, graph.spent(plan, data));
    }
}

fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// On whose behalf the table is read.
fn call(app: &App, job: &ExportJob) -> Call {
    let holder = Holder::Principal(job.actor.principal.as_str().to_owned());
    let class = app.gate.class(Some(&job.actor)).clone();
    let exports = Admission { app: app.clone(), holder, class, shown_until: Some(job.shown_until) };
    Call {
        actor: Some(job.actor.clone()),
        today: app.clock.today(),
        now: app.clock.moment(),
        request_id: job.id.uuid.to_string(),
        quota: Quota::default(),
        new_secret: crate::auth::new_secret,
        exports: Arc::new(exports),
    }
}

async fn run(app: &App, spool: &Spool, job: &ExportJob) -> Result<ExportJob, Stopped> {
    let part = spool.begin(job, app.gate.settings().export.max_bytes).map_err(Stopped::Unwritten)?;
    let (total, rows, written) = (Arc::default(), Arc::default(), part.written());
    let keeper = Keeper { app: app.clone(), job: job.clone(), total, rows, written };
    keeper.holds().await?;
    // A database may think for long before the first row, and a workbook is put together after the last.
    tokio::select! {
        filled = fill(keeper.clone(), spool, part) => filled,
        stopped = keeper.keep_saying() => Err(stopped),
    }
}

async fn fill(mut keeper: Keeper, spool: &Spool, part: Part) -> Result<ExportJob, Stopped> {
    let Keeper { app, job, .. } = &keeper.clone();
    let (table, format, asked) = admit::read(&job.wish).map_err(|(_, wrong)| Stopped::Wrong(wrong))?;
    let snapshot = app.graph.snapshot(&app.store, call(app, job)).await.map_err(Stopped::Refused)?;
    table::check(snapshot.scope(), table, &asked).await?.map_err(Stopped::Wrong)?;
    let access = snapshot.scope().access_mark();
    let rows = if format == Format::Xlsx { ROWS_OF_SHEET } else { u64::MAX };
    if let Source::List(list) = &table.source {
        let total = list.count(snapshot.scope(), &asked).await?;
        if u64::try_from(total).unwrap_or_default() > rows {
            return Err(Stopped::TooMany(rows));
        }
        keeper.total.set(total).ok();
        keeper.look(0).await?;
    }
    let facts = facts(app, job, &snapshot, spool).await?;
    let columns = table.chosen(&asked);
    let writer = format.writer(table, &columns, &asked, &facts).map_err(Stopped::Unwritten)?;
    let bounds = Bounds { rows, lasts: LONGEST };
    let made =
        Pump::new(writer, keeper.clone(), part, bounds).run(&app.graph, snapshot, (table, &columns, &asked)).await?;
    let (rows, mut part) = (made.rows, made.sink);
    if let Some(file) = made.file {
        copy(file, &mut part).await?;
    }
    keeper.look(rows).await?;
    let (bytes, digest) = part.finish(&spool.file(job)).await.map_err(Stopped::Unwritten)?;
    let now = app.clock.moment();
    Ok(ExportJob {
        status: ExportStatus::Done,
        rows: number(rows),
        rows_total: Some(number(rows)),
        bytes: number(bytes),
        digest: Some(digest),
        access: Some(access),
        finished_at: Some(now),
        expires_at: Some(now + TimeDelta::hours(app.gate.settings().export.keep_hours)),
        ..job.clone()
    })
}

/// A workbook was put together elsewhere.
async fn copy(mut file: std::fs::File, part: &mut Part) -> Result<(), Stopped> {
    loop {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).map_err(Stopped::Unwritten)?;
        if read == 0 {
            return Ok(());
        }
        piece.truncate(read);
        part.send(Bytes::from(piece)).await?;
    }
}

async fn facts(app: &App, job: &ExportJob, snapshot: &Snapshot, spool: &Spool) -> Result<Facts, Stopped> {
    let reader = dictionary::reader(Some(&job.actor), snapshot).await?;
    Ok(Facts { today: app.clock.today(), reader, scratch: Some(spool.folder().to_owned()) })
}
