//! The database schema, one change a file, in order. Both engines run the same list; where they need different words
//! (trigram indexes), the difference stands inside the migration.
//!
//! A migration is frozen once released: it may name no type of the domain, whose lists change later.

pub mod order;
pub mod roles;
mod table;
mod wall;

mod m20261122_000001_create_catalogues;
mod m20261122_000002_create_access;
mod m20261122_000003_create_agencies;
mod m20261122_000004_create_programs;
mod m20261122_000005_create_events;
mod m20261122_000006_create_involvements;
mod m20261122_000007_create_sources;
mod m20261122_000008_create_search;
mod m20261122_000009_create_changes;
mod m20261122_000010_create_audit;
mod m20261122_000011_create_report_requests;
mod m20261122_000012_create_totals;
mod m20261122_000013_create_export_jobs;
mod m20261122_000014_create_report_views;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// The ordered list.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_catalogues::Migration),
            Box::new(m20261122_000002_create_access::Migration),
            Box::new(m20261122_000003_create_agencies::Migration),
            Box::new(m20261122_000004_create_programs::Migration),
            Box::new(m20261122_000005_create_events::Migration),
            Box::new(m20261122_000006_create_involvements::Migration),
            Box::new(m20261122_000007_create_sources::Migration),
            Box::new(m20261122_000008_create_search::Migration),
            Box::new(m20261122_000009_create_changes::Migration),
            Box::new(m20261122_000010_create_audit::Migration),
            Box::new(m20261122_000011_create_report_requests::Migration),
            Box::new(m20261122_000012_create_totals::Migration),
            Box::new(m20261122_000013_create_export_jobs::Migration),
            Box::new(m20261122_000014_create_report_views::Migration),
        ]
    }
}
