//! What every test stands on: a database of its own on either engine, and the real router to ask.
//!
//! A test says on which engine it runs and from what it starts, nothing else; how databases come to be is
//! `harness/engine.rs`.

mod answer;
mod dossiers;
mod engine;
mod feed;
mod jobs;
mod personas;
mod program;
mod raw;
mod rows;

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use domain::Actor;
use dossier::Problem;
use persistence::{Store, StoreOptions};
use sea_orm::DatabaseConnection;
use serde_json::{Value, json};
use server::auth::Authenticator;
use server::auth::demo::Issuer;
use server::export_job::Admission;
use server::gate::Holder;
use server::import::{ImportError, Imported};
use server::{App, Clock, Settings};
use tempfile::TempDir;
use tower::ServiceExt;

pub use answer::{At, codes, masked};
pub use dossiers::{SMALL, generated, sample};
pub use engine::{Database, Engine, connect};
pub use feed::{Feed, event};
pub use personas::{actor, tenant_id};
pub use program::{Service, program};
pub use rows::{Rows, execute_unprepared as try_execute, try_select};

/// The day on which every test stands.
pub const TODAY: &str = "2026-11-22";

/// Which walls stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walls {
    Both,
    /// Only the conditions in the statements.
    First,
    /// Only PostgreSQL's policies.
    Second,
    /// Neither, to see that there is something to be seen.
    None,
}

/// A database, and the service over it.
pub struct World {
    pub store: Store,
    pub database: Database,
    /// Past every wall.
    admin: DatabaseConnection,
    issuer: Issuer,
    app: App,
    /// Of what is made in the background.
    exports: TempDir,
}

impl World {
    /// Tables and reference data, no dossier.
    pub async fn empty(engine: Engine) -> Self {
        Self::over(engine.empty().await).await
    }

    /// Tables, reference data and the five sample dossiers.
    pub async fn seeded(engine: Engine) -> Self {
        Self::seeded_behind(engine, Walls::Both).await
    }

    /// No table at all.
    pub async fn bare(engine: Engine) -> Self {
        Self::over(engine.bare().await).await
    }

    /// The same as seeded, with one of the two walls taken down.
    pub async fn seeded_behind(engine: Engine, walls: Walls) -> Self {
        let world = Self::behind(engine.seeded().await, walls).await;
        world.settle().await;
        world
    }

    async fn over(database: Database) -> Self {
        Self::behind(database, Walls::Both).await
    }

    async fn behind(database: Database, walls: Walls) -> Self {
        // A superuser is held by no policy.
        let url = if matches!(walls, Walls::First | Walls::None) { &database.admin_url } else { &database.url };
        let store = Store::open(&StoreOptions::new(url)).await.expect("the database opens");
        let store = if matches!(walls, Walls::Second | Walls::None) { store.with_first_wall_open() } else { store };
        let admin = database.admin().await;
        let clock = Clock::fixed(TODAY.parse().unwrap());
        let issuer = Issuer::new(clock).unwrap();
        let auth = Authenticator::demo(&issuer);
        let exports = tempfile::tempdir().unwrap();
        let app = App::new(store.clone(), clock, auth, generous()).unwrap().keeping_exports_in(exports.path());
        Self { store, database, admin, issuer, app, exports }
    }

    /// The answer to a query, errors included, through the router; without what differs from one request to the next.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .body(Body::from(body))
            .unwrap();
        let response = Box::pin(self.router().oneshot(request)).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{query}");
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        lasting(serde_json::from_slice(&bytes).unwrap())
    }

    /// The service itself.
    pub fn router(&self) -> axum::Router {
        server::router(self.app.clone())
    }

    /// The data of an answer that must have no errors.
    pub async fn ask_ok(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.ask(query, variables).await;
        assert_eq!(answer.get("errors"), None, "{query}\n{answer:#}");
        answer["data"].take()
    }

    /// The same for a query without variables.
    pub async fn data(&self, query: &str) -> Value {
        self.ask_ok(query, json!({})).await
    }

    /// The codes of the errors of a query that must have some.
    pub async fn refused(&self, query: &str, variables: Value) -> Vec<String> {
        let answer = self.ask(query, variables).await;
        let codes = codes(&answer);
        assert!(!codes.is_empty(), "{query}\n{answer:#}");
        codes
    }

    /// How many SQL statements a query costs, which must have no errors.
    pub async fn statements(&self, query: &str, variables: Value) -> u64 {
        let answer = self.carry_out(None, query, variables).await;
        assert!(answer.response.is_ok(), "{query}\n{:#?}", answer.response.errors);
        answer.statements
    }

    /// What the graph answers to somebody, or nobody in particular, without the transport.
    pub async fn carry_out(&self, actor: Option<&Actor>, query: &str, variables: Value) -> graphql::Answer {
        match self.plan(query, variables) {
            Ok(plan) => self.app.graph.execute(&self.store, self.call(actor), &plan).await,
            Err(refused) => graphql::Answer::refused(refused),
        }
    }

    fn call(&self, actor: Option<&Actor>) -> graphql::Call {
        let class = self.app.gate.class(actor).clone();
        let holder = Holder::of(actor, IpAddr::V4(Ipv4Addr::LOCALHOST));
        let exports = Arc::new(Admission { app: self.app.clone(), holder, class, shown_until: None });
        graphql::Call { exports, ..call(actor) }
    }

    /// A query, ready to be carried out.
    pub fn plan(&self, query: &str, variables: Value) -> Result<graphql::Plan, graphql::Refused> {
        let limits = &self.app.gate.settings().limits.user.document;
        let variables = if let Value::Object(variables) = variables { variables } else { serde_json::Map::new() };
        self.app.graph.plan(self.app.graph.read(query, limits)?, None, variables, limits)
    }

    /// Imports dossiers, each a file's name and text, and answers what became of them.
    pub async fn import(&self, files: &[(&str, &str)]) -> Vec<Imported> {
        self.try_import(files).await.unwrap_or_else(|error| panic!("{error:#?}"))
    }

    /// Imports one dossier.
    pub async fn import_one(&self, text: &str) -> Imported {
        self.import(&[("test.yaml", text)]).await.remove(0)
    }

    /// What is wrong with dossiers that must not be imported.
    pub async fn problems(&self, files: &[(&str, &str)]) -> Vec<Problem> {
        match self.try_import(files).await {
            Err(ImportError::Problems(problems)) => problems,
            other => panic!("the files must be refused: {other:#?}"),
        }
    }

    async fn try_import(&self, files: &[(&str, &str)]) -> Result<Vec<Imported>, ImportError> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        server::import::import(&self.store, files, server::import::Manner::default(), &|_| ()).await
    }

    /// Every row of every table.
    pub async fn rows(&self) -> Rows {
        Rows::read(&self.admin).await
    }

    /// Runs a statement past every wall.
    pub async fn execute(&self, sql: &str) {
        rows::execute(&self.admin, sql).await;
    }

    /// Runs a query past every wall; each value as text.
    pub async fn select(&self, sql: &str) -> Vec<Vec<String>> {
        rows::select(&self.admin, sql).await
    }
}

/// On whose behalf a test asks.
pub fn call(actor: Option<&Actor>) -> graphql::Call {
    graphql::Call {
        actor: actor.cloned(),
        today: TODAY.parse().unwrap(),
        now: Clock::fixed(TODAY.parse().unwrap()).moment(),
        request_id: "test".to_owned(),
        quota: graphql::Quota::default(),
        new_secret: server::auth::new_secret,
        exports: Arc::new(jobs::NoExports),
    }
}

/// When a test writes, and by what.
pub fn occasion(action: &'static str) -> persistence::Occasion {
    Clock::fixed(TODAY.parse().unwrap()).occasion(action)
}

/// Limits that no test meets by chance; those that are about limits set their own.
pub fn generous() -> Settings {
    let mut settings = Settings::default();
    let limits = &mut settings.limits;
    limits.in_flight_per_tenant = 1_000;
    for class in [&mut limits.anonymous, &mut limits.user, &mut limits.key] {
        class.cost_per_minute = 1 << 50;
        class.in_flight = 1_000;
        class.document.cost = 1 << 40;
        class.document.nodes = 1 << 40;
        class.document.values = 1 << 40;
        class.document.aliases = 500;
        class.document.root_fields = 500;
    }
    settings
}

/// An answer without what it cost and without the request's id.
fn lasting(mut answer: Value) -> Value {
    if let Some(answer) = answer.as_object_mut() {
        answer.remove("extensions");
    }
    for error in answer.get_mut("errors").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(extensions) = error.get_mut("extensions").and_then(Value::as_object_mut) {
            extensions.remove("requestId");
        }
    }
    answer
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
