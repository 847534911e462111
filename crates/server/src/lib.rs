//! The program around the graph: command line, configuration, import, HTTP and its log. It knows every other crate
//! and is known by none; what it must not know are tables and SQL.

pub mod auth;
pub mod cli;
pub mod clock;
pub mod database;
pub mod export;
pub mod export_job;
pub mod failure;
pub mod gate;
pub mod http;
pub mod import;
pub mod listen;
pub mod migrate;
pub mod output;
pub mod seed;
pub mod settings;
pub mod stop;
pub mod table;
pub mod telemetry;
pub mod totals;

pub use clock::Clock;
pub use failure::Failure;
pub use gate::Gate;
pub use http::router;
pub use settings::Settings;
pub use stop::Stop;

/// What the service needs to answer: handed to [`router`].
#[derive(Clone)]
pub struct App {
    /// The open database.
    pub store: persistence::Store,
    /// The graph.
    pub graph: graphql::Graph,
    /// What day it is.
    pub clock: Clock,
    /// Finds out who asks.
    pub auth: auth::Authenticator,
    /// Counts what callers spend.
    pub gate: Gate,
    /// What is made in the background.
    pub jobs: export_job::Jobs,
    /// Says when the process is about to end.
    pub stop: Stop,
}

impl App {
    /// The same with the files of exports in `folder`, unless the operator has named another.
    #[must_use]
    pub fn keeping_exports_in(self, folder: &std::path::Path) -> Self {
        Self { jobs: self.jobs.or_in(folder), ..self }
    }

    /// Puts a service together.
    pub fn new(
        store: persistence::Store,
        clock: Clock,
        auth: auth::Authenticator,
        settings: Settings,
    ) -> Result<Self, Failure> {
        let graph = graphql::Graph::new().map_err(|wrong| {
            Failure::new(
                format!("the schema is not right: {wrong}"),
                "this is a fault of the program; please report it",
            )
        })?;
        let jobs = export_job::Jobs::open(settings.export.directory.as_deref())?;
        Ok(Self { store, graph, clock, auth, gate: Gate::new(settings, clock)?, jobs, stop: Stop::default() })
    }
}
