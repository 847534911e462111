//! Changes as they come: subscriptions, asked of the graph itself, and waiting until what was written may be read.

use std::pin::Pin;
use std::time::Duration;

use domain::Actor;
use futures_util::future::ready;
use futures_util::stream::{Stream, once};
use futures_util::{FutureExt, StreamExt};
use graphql::Answer;
use serde_json::Value;

use super::{Engine, World, call};

/// An open subscription.
pub type Feed = Pin<Box<dyn Stream<Item = Answer> + Send>>;

/// The next event and its cursor; none when nothing comes for a while.
pub async fn event(feed: &mut Feed, patience: Duration) -> Option<(Value, Option<String>)> {
    let answer = tokio::time::timeout(patience, feed.next()).await.ok()??;
    Some((serde_json::to_value(answer.response).unwrap(), answer.cursor))
}

impl World {
    /// Subscribes on somebody's behalf.
    pub fn follow(&self, actor: Option<&Actor>, query: &str, variables: Value) -> Feed {
        let actor = actor.cloned();
        let asks = move || ready(Some(call(actor.as_ref()))).boxed();
        match self.plan(query, variables) {
            Ok(plan) => self.app.graph.subscribe(&self.store, Box::new(asks), plan, None),
            Err(refused) => once(ready(Answer::refused(refused))).boxed(),
        }
    }

    /// Waits until every change that was made may be read: on PostgreSQL until each transaction of the server that began
    /// earlier is over, those of other tests included.
    pub async fn settle(&self) {
        if self.store.engine() != "PostgreSQL" {
            return;
        }
        let waiting =
            "SELECT count(*)::text FROM changes WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
        for _ in 0..600 {
            if self.select(waiting).await == [["0"]] {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("a transaction runs for half a minute");
    }

    /// Runs the program's import in a process of its own.
    pub async fn import_elsewhere(&self, text: &str) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("elsewhere.yaml");
        std::fs::write(&file, text).unwrap();
        let (file, url) = (file.display().to_string(), self.database.url.clone());
        let run = tokio::task::spawn_blocking(move || super::program(&["import", "--database-url", &url, &file]));
        run.await.unwrap().succeeded();
    }
}

impl Engine {
    /// How long to wait for an event: on PostgreSQL other tests' transactions may hold it up.
    pub fn patience(self) -> Duration {
        match self {
            Self::Sqlite => Duration::from_secs(2),
            Self::Postgres => Duration::from_mins(2),
        }
    }
}
