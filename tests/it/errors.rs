//! Errors that no resolver raises, and input that is meant to hurt: each answers with its code, and the service goes on.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{World, codes};

#[rstest]
#[tokio::test]
async fn documents_that_are_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    for (query, code) in [
        ("{ programs {", "GRAPHQL_PARSE_FAILED"),
        ("{ nothingLikeIt }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ programs(first: \"two\") { nodes { id } } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ programs { nodes { phase(asOf: \"someday\") } } }", "BAD_USER_INPUT"),
        ("{ provinces(asOf: \"2020-02-30\") { nodes { slug } } }", "BAD_USER_INPUT"),
    ] {
        let answer = world.ask(query, json!({})).await;
        assert_eq!(codes(&answer), [code], "{query}\n{answer:#}");
    }
}

#[rstest]
#[tokio::test]
async fn filters_that_are_meant_to_hurt(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = "query ($where: ProgramWhere!) { programs(where: $where) { totalCount { value } } }";
    let wide: Vec<Value> = (0..1000).map(|_| json!({ "openEnded": true })).collect();
    let deep = (0..20).fold(json!({}), |inner, _| json!({ "not": inner }));
    let branch = |inner: Value| json!({ "or": vec![inner; 8] });
    let bushy = branch(branch(branch(json!({ "openEnded": true }))));
    let long = json!({ "title": { "contains": "a".repeat(5_000) } });
    let null_byte = json!({ "tenant": { "slug": { "eq": "a\u{0}b" } } });
    for filter in [json!({ "or": wide }), json!({ "and": wide }), deep, bushy, long, null_byte] {
        let answer = world.ask(query, json!({ "where": filter })).await;
        assert_eq!(codes(&answer), ["BAD_USER_INPUT"], "{answer:#}");
    }
    let answer = world.ask_ok(query, json!({ "where": {} })).await;
    assert_eq!(answer["programs"]["totalCount"]["value"], 8, "the service goes on");
}
