//! Every operation of the cookbook, on both engines: what it answers and how many statements it costs, held as
//! snapshots. Ids differ from import to import and are replaced by names.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::harness::Engine::{Postgres, Sqlite};
use crate::harness::{World, masked, root};

/// So many examples the cookbook has at least.
const LEAST: usize = 15;

/// The snapshot of what each operation costs.
const STATEMENTS: &str = "statements";

/// The operations: name, document, variables.
fn operations() -> Vec<(String, String, Value)> {
    let folder = root().join("docs/cookbook");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("docs/cookbook: {error}"))
        .filter_map(|entry| {
            entry.unwrap().file_name().into_string().unwrap().strip_suffix(".graphql").map(str::to_owned)
        })
        .collect();
    names.sort();
    let read = |name: String| {
        let query = fs::read_to_string(folder.join(format!("{name}.graphql"))).unwrap();
        let variables = match fs::read_to_string(folder.join(format!("{name}.json"))) {
            Ok(text) => serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}.json: {error}")),
            Err(_none) => json!({}),
        };
        (name, query, variables)
    };
    names.into_iter().map(read).collect()
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[tokio::test]
async fn every_operation_answers_the_same_on_both_engines() {
    let operations = operations();
    assert!(operations.len() >= LEAST, "the cookbook has only {} operations", operations.len());
    let (sqlite, postgres) = (World::seeded(Sqlite).await, World::seeded(Postgres).await);
    for (name, query, variables) in operations {
        let here = masked(&sqlite.ask_ok(&query, variables.clone()).await);
        let there = masked(&postgres.ask_ok(&query, variables).await);
        assert_eq!(here, there, "{name} differs between SQLite and PostgreSQL");
        settings().bind(|| insta::assert_json_snapshot!(name.as_str(), here));
    }
}

#[tokio::test]
async fn every_operation_costs_what_it_did() {
    let (sqlite, postgres) = (World::seeded(Sqlite).await, World::seeded(Postgres).await);
    let (mut here, mut there) = (BTreeMap::new(), BTreeMap::new());
    for (name, query, variables) in operations() {
        here.insert(name.clone(), sqlite.statements(&query, variables.clone()).await);
        there.insert(name, postgres.statements(&query, variables).await);
    }
    assert_eq!(here, there, "SQLite and PostgreSQL cost differently");
    settings().bind(|| insta::assert_json_snapshot!(STATEMENTS, here));
}

#[test]
fn every_snapshot_has_its_operation() {
    let snapshots = fs::read_dir(root().join("tests/it/snapshots")).unwrap();
    let stale: Vec<_> = snapshots
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".snap").map(str::to_owned))
        // Other tests' snapshots are named after their modules.
        .filter(|name| {
            !name.starts_with("it__")
                && name != STATEMENTS
                && !root().join(format!("docs/cookbook/{name}.graphql")).exists()
        })
        .collect();
    assert!(stale.is_empty(), "snapshots of operations that are gone: {stale:?}");
}

/// Whoever reads the cookbook has no token yet.
#[test]
fn every_operation_is_within_the_limits_of_anybody() {
    let graph = graphql::Graph::new().unwrap();
    let limits = graphql::Limits::default();
    for (name, query, variables) in operations() {
        let document = graph.read(&query, &limits).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
        let variables = variables.as_object().cloned().unwrap_or_default();
        let plan = graph.plan(document, None, variables, &limits);
        let plan = plan.unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
        // Several of them fit into a minute.
        assert!(plan.told().price.units <= limits.cost * 3 / 5, "{name} costs {}", plan.told().price.units);
    }
}
