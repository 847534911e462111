//! The program around the graph: command line, configuration, import, HTTP and its log. It knows every other crate
//! and is known by none; what it must not know are tables and SQL.

pub mod auth;
pub mod cli;
pub mod clock;
pub mod database;
pub mod failure;
pub mod http;
pub mod import;
pub mod listen;
pub mod migrate;
pub mod output;
pub mod telemetry;

pub use clock::Clock;
pub use failure::Failure;
pub use http::router;

/// What the service needs to answer: handed to [`router`].
#[derive(Clone)]
pub struct App {
    /// The open database.
    pub store: persistence::Store,
    /// The graph.
    pub schema: graphql::Schema,
    /// What day it is.
    pub clock: Clock,
    /// Finds out who asks.
    pub auth: auth::Authenticator,
}
