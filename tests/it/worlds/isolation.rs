//! Each root field by itself: a question that hidden rows would answer if nothing hid them. It must not show the
//! canary to anybody, and does show it once the rows are public, so it is the right question. A new root field fails
//! here until it has one.

use std::collections::BTreeSet;

use rstest::rstest;
use serde_json::{Value, json};

use super::Worlds;
use super::hidden::CANARY;
use super::ids::{self, RowId};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::World;

/// How a root field is tried.
enum Case {
    /// It shows rows of tenants, itself or through what it lists.
    Shows(&'static str),
    /// It shows nothing that a tenant hides here, and no more when rows become public.
    Shared(&'static str),
}

use Case::{Shared, Shows};

/// `$id` and `$ids` are those of hidden programs.
const CASES: [(&str, Case); 34] = [
    (
        "_entities",
        Shows(
            "query ($id: ID!) { _entities(representations: [{__typename: \"Program\", id: $id}]) { ... on Program { title } } }",
        ),
    ),
    ("_service", Shared("{ _service { sdl } }")),
    ("rateLimit", Shared("{ rateLimit { cost limit remaining resetAt nodeLimit } }")),
    ("agencies", Shows("{ agencies(where: {name: {contains: \"kxqz\"}}) { nodes { name } } }")),
    (
        "changes",
        Shows(
            "query ($ids: [ID!]!) { changes(programs: $ids, first: 100) { nodes { node { ... on Program { title } } } } }",
        ),
    ),
    (
        "central",
        Shows(
            "{ central { programs(first: 50) { nodes { title } } events { nodes { name } } people { nodes { name } } } }",
        ),
    ),
    ("documents", Shows("{ documents(first: 100) { nodes { number title } } }")),
    ("events", Shows("{ events(first: 100) { nodes { name attendances { nodes { positions } } } } }")),
    // Its starter's alone.
    ("exportJob", Shared("query ($id: ID!) { exportJob(id: $id) { table parameters { value } fileUrl } }")),
    (
        "indicators",
        Shows("{ indicators(first: 100) { nodes { results { nodes { label } } targets { nodes { label } } } } }"),
    ),
    ("node", Shows("query ($id: ID!) { node(id: $id) { __typename ... on Program { title } } }")),
    ("nodes", Shows("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Program { title } } }")),
    ("people", Shows("{ people(first: 100) { nodes { name positions { title } } } }")),
    ("programs", Shows("{ programs(first: 100) { nodes { title } } }")),
    (
        "province",
        Shows("{ province(by: {slug: \"thai-binh\"}, asOf: \"2022-06-01\") { programs { nodes { title } } } }"),
    ),
    ("provinces", Shows("{ provinces(allVersions: true, first: 100) { nodes { programs { nodes { title } } } } }")),
    (
        "regions",
        Shows("{ regions { nodes { provinces(first: 50) { nodes { versions { programs { nodes { title } } } } } } } }"),
    ),
    (
        "reorganizations",
        Shared(
            "{ reorganizations(first: 100) { nodes { scope { ... on Province { programs { nodes { title } } } } } } }",
        ),
    ),
    ("report", Shows("query ($id: ID!) { report { coverage(of: $id) { program { title } } } }")),
    // Never public.
    (
        "reportRequests",
        Shared(
            "{ reportRequests(first: 100) { nodes { title text submissions { nodes { narrative items { label } decision { reason } } } } } }",
        ),
    ),
    ("results", Shows("{ results(where: {value: {gte: \"77000\"}}) { nodes { label } } }")),
    (
        "search",
        Shows("{ search(text: \"bi mat\", first: 100) { nodes { ... on Program { title } ... on Agency { name } } } }"),
    ),
    ("sectors", Shows("{ sectors(first: 100) { nodes { agencies(first: 100) { nodes { name } } } } }")),
    ("signatories", Shows("{ signatories(first: 100) { nodes { label program { title } } } }")),
    ("sources", Shows("{ sources(first: 100) { nodes { title dossier } } }")),
    ("topics", Shows("{ topics(first: 100) { nodes { programs { nodes { title } } areas { nodes { label } } } } }")),
    ("units", Shows("{ units(first: 100) { nodes { indicators { nodes { results { nodes { label } } } } } } }")),
    // Shows what the asking actor may see, whatever becomes public.
    (
        "viewer",
        Shared("{ viewer { principal tenant { id } grants { nodes { purpose } } grantsGiven { nodes { purpose } } } }"),
    ),
    // Reached from public rows, whatever the root.
    ("agencies", Shows("{ agencies(first: 100) { nodes { signatures { nodes { program { title } } } } } }")),
    ("agencies", Shows("{ agencies(first: 100) { nodes { attendances { nodes { event { name } } } } } }")),
    (
        "agencies",
        Shows("{ agencies(first: 100) { nodes { positions { nodes { title } } groups { nodes { label } } } } }"),
    ),
    ("agencies", Shows("{ agencies(first: 100) { nodes { conflicts { nodes { values { value } } } } } }")),
    ("documents", Shows("{ documents { nodes { backlinks { nodes { note } } citations { nodes { citedFor } } } } }")),
    ("programs", Shows("{ programs { nodes { backlinks { nodes { reason sourceProgram { title } } } } } }")),
];

/// Makes everything public, past every wall.
async fn publish(world: &World) {
    let rows = world.rows().await;
    // Parents take their children along.
    let parents = ["sources", "agencies", "agency_groups", "people", "documents", "programs", "events"];
    let alone = ["changes", "conflicts", "provenances", "search_entries"];
    for table in parents.iter().chain(&alone) {
        assert!(rows.0[*table].columns.contains("visibility"), "{table}");
        world.execute(&format!("UPDATE {table} SET visibility = 'PUBLIC'")).await;
    }
}

async fn shows_canary(world: &World, query: &str, hidden: &[RowId], asks_as: Option<&str>) -> bool {
    let programs: Vec<&String> = hidden.iter().filter(|row| row.table == "programs").map(|row| &row.id).collect();
    let variables = if query.contains("$ids") {
        json!({ "ids": programs })
    } else if query.contains("$id") {
        json!({ "id": programs[0] })
    } else {
        Value::Null
    };
    let (_, body) = world.body(query, &variables, asks_as).await;
    let body = String::from_utf8(body).unwrap();
    assert!(!body.starts_with("{\"errors\""), "{query}\n{body}");
    body.contains(CANARY)
}

#[rstest]
#[tokio::test]
async fn no_root_field_shows_what_is_hidden(#[values(Sqlite, Postgres)] engine: Engine) {
    let worlds = Worlds::hiding(engine).await;
    let known: BTreeSet<RowId> = ids::rows(&worlds.a, engine).await.into_iter().collect();
    let hidden: Vec<RowId> =
        ids::rows(&worlds.b, engine).await.into_iter().filter(|row| !known.contains(row)).collect();
    for (root, case) in &CASES {
        let (Shows(query) | Shared(query)) = case;
        assert!(!shows_canary(&worlds.b, query, &hidden, None).await, "{root} shows what is hidden: {query}");
    }
    publish(&worlds.b).await;
    for (root, case) in &CASES {
        if let Shows(query) = case {
            assert!(shows_canary(&worlds.b, query, &hidden, None).await, "{root} would show nothing: {query}");
        }
    }
}

#[test]
fn every_root_field_has_a_case() {
    let sdl = super::sdl::Sdl::read();
    let roots: BTreeSet<&str> = sdl.roots().iter().map(|root| root.name.as_str()).collect();
    let tried: BTreeSet<&str> = CASES.iter().map(|(root, _)| *root).collect();
    assert_eq!(tried, roots, "each root field has a case in worlds/isolation.rs, and each case a root field");
}
