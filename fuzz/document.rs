//! Any bytes as a document: the guard refuses it or prices each of its operations, and what it lets through the parser of
//! the library that executes survives.

#![no_main]

use std::sync::LazyLock;

use guard::{Guard, Limits};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};

static GUARD: LazyLock<Guard> = LazyLock::new(|| Guard::new(include_str!("../schema.graphql")).expect("the schema is sound"));

/// Values for whatever variables a document declares.
static VARIABLES: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let values = json!({ "first": 100, "n": i64::MAX, "id": "x", "ids": ["x"], "where": {}, "a": null });
    values.as_object().cloned().unwrap_or_default()
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let limits = Limits::default();
    let document = match GUARD.read(text, &limits) {
        Ok(document) => document,
        Err(refusal) => {
            assert!(!refusal.problems.is_empty(), "a refusal has a reason");
            return;
        }
    };
    // What passes under these limits passes again, and under wider ones.
    document.check(text, &limits).expect("the same limits");
    async_graphql_parser::parse_query(text).ok();
    let dear = Limits { cost: u64::MAX, nodes: u64::MAX, ..limits.clone() };
    for name in [None, Some("A"), Some("Q"), Some("Query")] {
        let Ok(plan) = document.plan(&GUARD, name, &VARIABLES, &dear) else { continue };
        let within = document.plan(&GUARD, name, &VARIABLES, &limits).is_ok();
        assert_eq!(within, plan.price.units <= limits.cost && plan.price.nodes <= limits.nodes, "{:?}", plan.price);
    }
});
