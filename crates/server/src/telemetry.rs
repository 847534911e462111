//! The log: one line an event on standard error, for people on a terminal and as JSON otherwise. What a request asks
//! and what it is answered never comes into it.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// How much is logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Level {
    /// Nothing.
    Off,
    /// What failed.
    Error,
    /// What may fail soon as well.
    Warn,
    /// A line for each request as well.
    #[default]
    Info,
    /// What helps to find a fault.
    Debug,
    /// Everything.
    Trace,
}

impl Level {
    const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// Begins to log. Only the first call counts.
pub fn begin(level: Level) {
    let level = level.name();
    // Libraries stay at warnings: their details hold statements and texts of requests.
    let libraries = if matches!(level, "off" | "error") { level } else { "warn" };
    let ours = ["server", "graphql", "persistence", "dossier", "migrations"].map(|name| format!(",{name}={level}"));
    let filter = EnvFilter::new(format!("{libraries}{}", ours.concat()));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_target(false);
    if io::stderr().is_terminal() {
        log.try_init().ok();
    } else {
        log.json().flatten_event(true).try_init().ok();
    }
}
