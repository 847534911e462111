//! Keeps the sums of results up to date while the service runs. Nobody waits for it: what has not been added up yet is
//! read from the results themselves.

use std::time::Duration;

use domain::TenantId;
use persistence::change;
use persistence::reports::totals::{Renew, Verified};
use persistence::{Store, StoreError};

use crate::{App, Clock};

/// Indicators of one transaction: on SQLite others wait meanwhile.
const BATCH: u64 = 8;
/// Changes come in bursts: the first of one waits so long for the rest.
const PAUSE: Duration = Duration::from_secs(2);
/// How long to wait after a failure.
const RETRY: Duration = Duration::from_secs(30);

/// Adds up anew whatever changes, until the process is about to end.
pub async fn keep(app: App) {
    tokio::select! {
        () = keep_on(&app.store, app.clock) => {}
        () = app.stop.stopped() => {}
    }
}

async fn keep_on(store: &Store, clock: Clock) {
    let mut wakes = store.wakes();
    let mut known = None;
    loop {
        match look(store, clock, &mut known).await {
            Ok(()) => {
                wakes.next().await;
                tokio::time::sleep(PAUSE).await;
            }
            Err(StoreError::Denied(_)) => {
                tracing::debug!("may only read: somebody else has to keep the sums of results");
                return;
            }
            Err(error) => {
                tracing::warn!(%error, "the sums of results are not kept; reports add up the results instead");
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

/// Renews what has a mark, unless nothing was written since the last time.
async fn look(store: &Store, clock: Clock, known: &mut Option<String>) -> Result<(), StoreError> {
    // Before looking: what is written meanwhile is found the next time.
    let version = change::version(&store.begin_read(None, clock.today()).await?).await?;
    if known.as_ref() == Some(&version) {
        return Ok(());
    }
    let started = clock.uptime();
    let mut renewed = 0;
    let mut failed = None;
    for tenant in store.tenants().await? {
        match renew(store, clock, tenant.id, Renew::Marked(BATCH)).await {
            Ok(batch) => renewed += batch,
            Err(error @ (StoreError::Denied(_) | StoreError::Unavailable(_))) => return Err(error),
            // The others need not wait for this one.
            Err(error) => failed = Some(error),
        }
    }
    if renewed > 0 {
        let seconds = (clock.uptime().saturating_sub(started)).as_secs_f32();
        tracing::debug!(renewed, seconds, "sums of results renewed");
    }
    if let Some(error) = failed {
        return Err(error);
    }
    *known = Some(version);
    Ok(())
}

/// Adds up the results of one tenant anew, as staff of it. Answers of how many indicators it did.
pub async fn renew(store: &Store, clock: Clock, tenant: TenantId, which: Renew) -> Result<usize, StoreError> {
    let mut renewed = 0;
    loop {
        let mut tx = store.begin_operation(clock.occasion("totals")).await?;
        tx.act_for(tenant, &[]).await?;
        let batch = tx.renew_totals(tenant, which).await?;
        tx.commit().await?;
        renewed += batch;
        if batch == 0 || which == Renew::All {
            return Ok(renewed);
        }
    }
}

/// Compares the sums of one tenant with its results.
pub async fn verify(store: &Store, clock: Clock, tenant: TenantId) -> Result<Verified, StoreError> {
    let mut tx = store.begin_operation(clock.occasion("totals")).await?;
    tx.act_for(tenant, &[]).await?;
    tx.verify_totals(tenant).await
}
