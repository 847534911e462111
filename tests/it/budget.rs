//! What a query costs: the number of SQL statements depends on the query, never on how many rows it answers.

use rstest::rstest;
use serde_json::json;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, generated};

/// Nested queries with `$first` parents, and the statements they may cost at most.
const QUERIES: [(&str, u64, &str); 12] = [
    (
        "programs, signatories, agencies, sectors, people, positions",
        8,
        "programs(first: $first, where: $where) { nodes { id title signatories { nodes { agency { name sector { code } } group { label }
           person { name positions { title agency { name } } } } } } }",
    ),
    (
        "events with attendances and programs",
        6,
        "events(first: $first) { nodes { kind attendances { nodes { roles agency { name } person { name } } } programs { nodes { title } } } }",
    ),
    (
        "provinces, programs, topics",
        3,
        "provinces(first: $first, asOf: \"2022-06-01\", where: {kind: {notIn: []}}) { nodes { slug programs { nodes { title topics { code } } } } }",
    ),
    (
        "nested counts",
        6,
        "programs(first: $first) { totalCount { value } nodes { signatories { totalCount { value } } areas { totalCount { value } } } }",
    ),
    (
        "the first and the last of each parent",
        3,
        "programs(first: $first) { nodes { first: signatories(first: 1) { nodes { order } } last: signatories(last: 1) { nodes { order } } } }",
    ),
    (
        "links in both directions",
        5,
        "programs(first: $first) { nodes { implements { program { title } } executedBy { sourceProgram { title } } backlinks { nodes { kind } } } }",
    ),
    (
        "figures",
        8,
        "programs(first: $first) { nodes { results { nodes { quantity { value unit { code } } ofResult { label } audienceResults { nodes { label } }
           contributors { agency { name } } } } } }",
    ),
    (
        "directions, obligations, awards, remarks",
        12,
        "programs(first: $first) { nodes { directions { nodes { text actors { person { name } } addressees { group { label } } obligations { kind } } }
           awards { nodes { givers { agency { name } } recipients { agency { name } } } } remarks { nodes { text } } } }",
    ),
    (
        "agencies and what they take part in",
        8,
        "agencies(first: $first) { nodes { name tenant { slug } parent { name } children { nodes { name } } signatures { nodes { program { title } } }
           groups { nodes { label } } positions { nodes { person { name } } } } }",
    ),
    (
        "documents with issuers and citations",
        5,
        "documents(first: $first) { nodes { number issuers { agency { name } } citations { nodes { article program { title } } } } }",
    ),
    (
        "sources and what they say",
        6,
        "sources(first: $first) { nodes { title programs { nodes { title } } agencies { nodes { name } } people { nodes { name } } events { nodes { kind } } } }",
    ),
    (
        "search",
        3,
        "search(text: \"so\", types: [AGENCY], first: $first) { nodes { ... on Agency { name sector { code } } } }",
    ),
];

#[rstest]
#[tokio::test]
async fn one_parent_costs_as_much_as_fifty(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let files = generated(50);
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    world.import(&files).await;
    let counts = world.data("{ programs { totalCount { value } } agencies { totalCount { value } } }").await;
    assert_eq!(
        (counts.at("programs.totalCount.value"), counts.at("agencies.totalCount.value")),
        (&json!(100), &json!(150))
    );
    let mut wrong = Vec::new();
    for (name, most, selection) in QUERIES {
        let variables = if selection.contains("$where") { ", $where: ProgramWhere" } else { "" };
        let query = format!("query ($first: Int{variables}) {{ {selection} }}");
        // The parents with the most children come first, so that even one of them asks for everything.
        let filter = json!({ "kind": { "eq": "COORDINATION_PROGRAM" } });
        let cost = async |first: i32| world.statements(&query, json!({ "first": first, "where": filter })).await;
        let (one, twenty, fifty) = (cost(1).await, cost(20).await, cost(50).await);
        if one != fifty || twenty != fifty || fifty > most {
            wrong.push(format!("{name}: {one} statements for 1, {twenty} for 20, {fifty} for 50, at most {most}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[rstest]
#[tokio::test]
async fn what_is_not_selected_costs_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    for (query, expected) in [
        ("{ __typename }", 0),
        ("{ programs { nodes { id } } }", 1),
        ("{ programs { totalCount { value } nodes { id } } }", 2),
        ("{ programs { nodes { id signatories { pageInfo { hasNextPage } } } } }", 2),
        ("{ programs { nodes { tenant { slug } } } a: programs { nodes { tenant { name } } } }", 3),
    ] {
        assert_eq!(world.statements(query, json!({})).await, expected, "{query}");
    }
}
