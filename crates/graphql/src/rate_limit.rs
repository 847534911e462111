//! What the caller may still ask for.

use async_graphql::SimpleObject;

use crate::request::Quota;
use crate::scalar::DateTime;

/// What the caller may ask for in a minute, in units: an object costs 1, a page 2, a count 5, a search 10; what lies in a
/// page is multiplied by `first`. What an answer did not need is given back; `extensions.cost` of each answer says so.
#[derive(SimpleObject)]
pub struct RateLimit {
    /// What this operation costs at most.
    cost: i32,
    /// Units a minute.
    limit: i32,
    /// Units left, before what this operation does not need is given back.
    remaining: i32,
    /// When all of them are back, if nothing else is asked.
    reset_at: DateTime,
    /// Objects that one answer may have.
    node_limit: i32,
}

impl From<Quota> for RateLimit {
    fn from(quota: Quota) -> Self {
        let number = |value: u64| i32::try_from(value).unwrap_or(i32::MAX);
        Self {
            cost: number(quota.cost),
            limit: number(quota.limit),
            remaining: number(quota.remaining),
            reset_at: DateTime(chrono::DateTime::from_timestamp(quota.reset_at, 0).unwrap_or_default()),
            node_limit: number(quota.nodes),
        }
    }
}
