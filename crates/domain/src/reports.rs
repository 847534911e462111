//! What central and provincial bodies want to know across provinces. Here is what follows from records by thought alone;
//! `crates/persistence/src/reports/` reads what it takes.

pub mod coverage;
