//! Waking whoever follows changes, as soon as a transaction that made some is committed: in this process at once; on
//! PostgreSQL also by a notification, for which one connection a process listens; on SQLite by looking at the file now and
//! then. All of it is only a reason to look. Whoever waits looks from time to time anyway, so a lost one costs seconds.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sea_orm::DbBackend;
use sea_orm::sea_query::{Alias, Expr, Order, SelectStatement};
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::StoreError;
use crate::codec::column;
use crate::session::{Pool, Purpose, Session};

/// The channel of PostgreSQL's notifications.
const CHANNEL: &str = "phoihop_changes";

/// What a transaction that made changes says before it is committed.
pub(crate) const NOTIFY: &str = "NOTIFY phoihop_changes";

/// How often one looks at SQLite's file for what another process wrote.
const GLANCE: Duration = Duration::from_millis(250);

/// When to look again after having been woken: what was committed just now may not be readable yet, as long as an older
/// transaction runs.
const LOOKS: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];

/// When to look without having been woken.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long to wait before connecting again.
const RETRY: Duration = Duration::from_secs(2);

/// What transactions ring, and what rings for those of other processes.
#[derive(Clone, Debug)]
pub(crate) struct Bell {
    rung: watch::Sender<()>,
    /// Ends with the last store.
    listening: Arc<Mutex<JoinSet<()>>>,
}

impl Default for Bell {
    fn default() -> Self {
        Self { rung: watch::Sender::new(()), listening: Arc::default() }
    }
}

impl Bell {
    pub(crate) fn ring(&self) {
        self.rung.send_replace(());
    }

    /// Begins to listen for other processes, once.
    pub(crate) fn wakes(&self, pool: &Pool) -> Wakes {
        let rung = self.rung.subscribe();
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        if listening.is_empty() {
            if pool.connection.get_database_backend() != DbBackend::Postgres {
                listening.spawn(watch_file(pool.clone(), self.rung.clone()));
            } else if pool.prepared {
                listening.spawn(listen(pool.clone(), self.rung.clone()));
            }
            // Behind a pooler that hands out connections by the transaction nobody can listen.
        }
        Wakes { rung, looks: LOOKS.len() }
    }
}

/// Tells when it is worth looking for changes.
#[derive(Debug)]
pub struct Wakes {
    rung: watch::Receiver<()>,
    looks: usize,
}

impl Wakes {
    /// Waits until it is worth looking again.
    pub async fn next(&mut self) {
        let patience = LOOKS.get(self.looks).copied().unwrap_or(PATIENCE);
        match timeout(patience, self.rung.changed()).await {
            Ok(Ok(())) => self.looks = 0,
            // The store is gone; whoever looks will be told.
            Ok(Err(_)) => sleep(patience).await,
            Err(_) => self.looks = self.looks.saturating_add(1),
        }
    }
}

/// Rings for every notification, for ever. A connection of its own: it would be missed among the readers'.
async fn listen(pool: Pool, rung: watch::Sender<()>) {
    let options = pool.connection.get_postgres_connection_pool().connect_options();
    let own = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let own = own.connect_lazy_with((*options).clone());
    loop {
        if let Err(error) = hear(&own, &rung).await {
            tracing::warn!(%error, "cannot listen for changes");
        }
        sleep(RETRY).await;
    }
}

async fn hear(pool: &sqlx::PgPool, rung: &watch::Sender<()>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // Also before the first notification, and when the connection was lost and made again: something may have been
        // missed.
        rung.send_replace(());
        listener.try_recv().await?;
    }
}

/// Rings when the file has more changes than before.
async fn watch_file(pool: Pool, rung: watch::Sender<()>) {
    let mut known = None;
    loop {
        if rung.receiver_count() > 0 {
            match last(&pool).await {
                Ok(last) if last != known => {
                    known = last;
                    rung.send_replace(());
                }
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "cannot look for changes"),
            }
        }
        sleep(GLANCE).await;
    }
}

async fn last(pool: &Pool) -> Result<Option<i64>, StoreError> {
    let mut select = SelectStatement::new();
    select
        .column(Alias::new("seq"))
        .from(Alias::new("changes"))
        .order_by_expr(Expr::col(Alias::new("xid")), Order::Desc)
        .order_by_expr(Expr::col(Alias::new("seq")), Order::Desc)
        .limit(1);
    let session = Session::begin(pool, Purpose::Read, &[]).await?;
    session.rows(&select).await?.first().map(|row| column(row, "seq")).transpose()
}
