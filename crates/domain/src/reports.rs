//! What central and provincial bodies want to know across provinces. Here is what follows from records by thought alone;
//! `crates/persistence/src/reports/` reads what it takes.

pub mod awards;
pub mod boundaries;
pub mod cascade;
pub mod collaboration;
pub mod coverage;
pub mod expiring;
pub mod implementation;
pub mod overlaps;
pub mod progress;
pub mod quality;
pub mod reorganization;
pub mod totals;
