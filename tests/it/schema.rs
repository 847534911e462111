//! The committed schemas are those that the program prints.

use std::fs;

use crate::harness::root;

#[track_caller]
fn committed(file: &str, printed: &str) {
    let path = root().join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}; run make schema"));
    // Not assert_eq: it would print both whole.
    let line = text.lines().zip(printed.lines()).position(|(left, right)| left != right);
    assert!(text == printed, "{file} differs from line {:?} on; run make schema", line.map(|index| index + 1));
}

#[test]
fn the_graphql_schema_is_committed() {
    committed("schema.graphql", &graphql::sdl());
}

#[test]
fn the_dossiers_schema_is_committed() {
    committed("crates/dossier/phoihop-1.schema.json", &dossier::json_schema());
}
