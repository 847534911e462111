//! The README's tour tells the truth: each query in it is asked, and the answer below it must be the service's own.

use serde_json::{Value, json};

use crate::harness::{Engine, World};

/// The blocks of one language, in order, each with its place in the text.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<(usize, &'a str)> {
    let fence = format!("```{language}\n");
    text.match_indices(&fence)
        .map(|(at, _)| {
            let block = &text[at + fence.len()..];
            (at, &block[..block.find("\n```").expect("the block is closed")])
        })
        .collect()
}

#[tokio::test]
async fn the_tour_quotes_real_answers() {
    let readme = include_str!("../../README.md");
    let (queries, answers) = (blocks(readme, "graphql"), blocks(readme, "json"));
    assert!(queries.len() >= 5, "the tour has {} queries", queries.len());
    assert_eq!(queries.len(), answers.len(), "each query is followed by its answer");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        // What `make run` imports.
        let world = World::empty(engine).await;
        let samples = dossier::samples().map(|(name, bytes)| (name, bytes.into_owned())).collect();
        server::import::import(&world.store, samples, server::import::Manner::default(), &|_| ()).await.unwrap();
        for ((at, query), (below, answer)) in queries.iter().zip(&answers) {
            assert!(at < below, "the answer stands below its query:\n{query}");
            let quoted: Value = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error} in\n{answer}"));
            let real = world.ask_ok(query, json!({})).await;
            assert_eq!(real, quoted, "{engine:?}\n{query}\nanswers\n{real:#}");
        }
    }
}
