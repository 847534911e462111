//! The shared catalogues. Small, keyed by code, readable by everyone.

mod entry;
mod indicator;
mod region;
mod reorganization;
mod sector;
mod topic;
mod unit;

use serde_json::Value;

pub use entry::{Entry, add, keep, take};
pub use indicator::*;
pub use region::*;
pub use reorganization::*;
pub use sector::*;
pub use topic::*;
pub use unit::*;

fn string(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(ToOwned::to_owned)
}

fn strings(value: &Value, key: &str) -> Vec<String> {
    let texts = value.get(key).and_then(Value::as_array);
    texts.map(|list| list.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect()).unwrap_or_default()
}
