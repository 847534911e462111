//! What is made in the background: a service that makes nothing, one that does, and tables that take a while.

use std::path::Path;

use domain::export_job::ExportWish;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use graphql::{Admitted, ErrorCode, Exports, NotAdmitted};
use persistence::Scope;
use server::Settings;
use tokio::task::JoinSet;

use super::{Engine, World};

/// Makes nothing.
#[derive(Debug)]
pub struct NoExports;

impl Exports for NoExports {
    fn admit<'a>(&'a self, _: &'a Scope, _: &'a ExportWish) -> BoxFuture<'a, Result<Admitted, NotAdmitted>> {
        let refused = NotAdmitted::Refused { code: ErrorCode::Unavailable, message: String::new(), hint: "" };
        async move { Err(refused) }.boxed()
    }

    fn wake(&self) {}
}

impl World {
    /// Makes what is waiting, until this is dropped.
    pub fn working(&self) -> JoinSet<()> {
        let mut worker = JoinSet::new();
        worker.spawn(server::export_job::work(self.app.clone()));
        worker
    }

    /// Says that the process is about to end.
    pub fn stop(&self) {
        self.app.stop.stop();
    }

    /// Where files are.
    pub fn exports(&self) -> &Path {
        self.exports.path()
    }

    /// The same with other settings.
    pub fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.app.gate.settings().clone();
        change(&mut settings);
        let server::App { store, clock, auth, .. } = self.app;
        self.app = server::App::new(store, clock, auth, settings).unwrap().keeping_exports_in(self.exports.path());
        self
    }

    /// So many results more, all of one public program.
    pub async fn with_many_results(self, engine: Engine, count: u32) -> Self {
        let columns = self.rows().await.0["results"].columns.clone();
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        let (id, numbers) = if engine == Engine::Sqlite {
            let numbers = format!(
                "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {count}) SELECT n FROM g"
            );
            ("randomblob(16)", numbers)
        } else {
            ("gen_random_uuid()", format!("SELECT n FROM generate_series(1, {count}) g(n)"))
        };
        let values: Vec<&str> = names.iter().map(|name| if *name == "id" { id } else { name }).collect();
        let (names, values) = (names.join(", "), values.join(", "));
        let one = "SELECT * FROM results WHERE visibility = 'PUBLIC' ORDER BY tenant_id, id LIMIT 1";
        self.execute(&format!("INSERT INTO results ({names}) SELECT {values} FROM ({one}) r, ({numbers}) g")).await;
        self
    }
}
