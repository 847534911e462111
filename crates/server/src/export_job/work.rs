//! The task that makes the files of export jobs: it takes on what waits, so many at once, and removes what nobody may fetch
//! any more.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use persistence::StoreError;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::make::make;
use super::spool::Spool;
use crate::App;

/// So often is looked for jobs that another process was given, or has left.
const LOOK: Duration = Duration::from_secs(5);
/// So often is swept when nobody says that there is something to be swept.
const SWEEP: Duration = Duration::from_mins(1);

/// Makes files until the process is about to end. Nothing where there is no folder for them.
pub async fn work(app: App) {
    let Some(spool) = app.jobs.spool().cloned() else { return };
    let at_once = usize::try_from(app.gate.settings().export.at_once).unwrap_or(1);
    let mut making: JoinSet<Uuid> = JoinSet::new();
    let mut busy = BTreeSet::new();
    let mut swept: Option<Instant> = None;
    let mut pause = Duration::ZERO;
    loop {
        let mut woken = true;
        tokio::select! {
            biased;
            () = app.stop.stopped() => break,
            Some(ended) = making.join_next(), if !making.is_empty() => {
                match ended {
                    Ok(id) => { busy.remove(&id); }
                    Err(error) => tracing::error!(%error, "the making of an export broke off"),
                }
            }
            () = app.jobs.wake.notified() => {}
            () = sleep(pause) => woken = false,
        }
        pause = LOOK;
        if woken || swept.is_none_or(|swept| swept.elapsed() > SWEEP) {
            match sweep(&app, &spool).await {
                Ok(()) => swept = Some(Instant::now()),
                Err(error) => tracing::warn!(%error, "exports cannot be swept"),
            }
        }
        while making.len() < at_once {
            let asked: Vec<Uuid> = busy.iter().copied().collect();
            match app.store.claim_export(app.jobs.worker, &asked, app.clock.moment()).await {
                Ok(Some(job)) => {
                    let id = job.id.uuid;
                    busy.insert(id);
                    making.spawn(make(app.clone(), spool.clone(), job).map(move |()| id));
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(%error, "exports cannot be looked for");
                    break;
                }
            }
        }
    }
    // Each is told as well, and gives its job back.
    while making.join_next().await.is_some() {}
}

async fn sweep(app: &App, spool: &Spool) -> Result<(), StoreError> {
    app.store.expire_exports(app.clock.moment()).await?;
    let files = match spool.files() {
        Ok(files) => files,
        Err(error) => {
            tracing::warn!(%error, "the folder of exports cannot be read");
            return Ok(());
        }
    };
    if files.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = files.iter().map(|(id, ..)| *id).collect();
    let kept = app.store.kept_exports(&ids).await?;
    // Twice as long as any file is kept.
    let old = TimeDelta::hours(app.gate.settings().export.keep_hours.saturating_mul(2));
    Spool::sweep(files, &kept, old.to_std().unwrap_or(Duration::MAX));
    Ok(())
}
