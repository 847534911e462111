//! What the service must do, seen from outside: each test drives the real router, command line or import over a real
//! database, on SQLite and on PostgreSQL. What one crate does by itself is tested in that crate.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "in a test a panic is the failed assertion, and the database is looked at past every wall"
)]

mod access;
mod budget;
mod canary;
mod changes;
mod cli;
mod cookbook;
mod errors;
mod export;
mod export_jobs;
mod filters;
mod harness;
mod import;
mod migrations;
mod paging;
mod readme;
mod reports;
mod samples;
mod schema;
mod seeding;
mod seeds;
mod snapshot;
mod tables;
mod tidy;
mod visibility;
mod walls;
mod worlds;
mod writing;
