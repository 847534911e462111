//! One operation reads from one snapshot: a page, its counts and its nested lists agree with each other, whatever is
//! written meanwhile.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World};

/// A dossier of `size` programs, each with `size` areas, and everything named after `size`.
fn dossier(size: usize) -> String {
    let (head, _) = SMALL.split_once("programs:\n").unwrap();
    let mut text = format!("{head}programs:\n");
    for program in 0..size {
        let areas: Vec<String> = (0..size).map(|area| format!("{{label: {size} việc {area}}}")).collect();
        write!(
            text,
            "  - {{key: p{program}, kind: PLEDGE, title: \"{size} chương trình {program}\", level: PROVINCE,
     signatories: [{{agency: police}}], areas: [{}]}}\n",
            areas.join(", ")
        )
        .unwrap();
    }
    text
}

const QUERY: &str = r#"{
    before: programs { totalCount { value } }
    programs(first: 100) { nodes { title areas(first: 100) { nodes { label program { title } } totalCount { value } } } totalCount { value } }
    search(text: "chuong trinh", first: 100) { nodes { ... on Program { title } } }
    agencies { nodes { signatures(first: 100) { nodes { program { title areas { totalCount { value } } } } totalCount { value } } } }
    after: programs { totalCount { value } }
}"#;

/// How many programs there were, once everything in the answer agrees on it.
fn agreed(data: &Value) -> u64 {
    let size = data.at("before.totalCount.value").as_u64().unwrap();
    let prefix = format!("{size} ");
    let is = |text: &str| assert!(text.starts_with(&prefix), "{text:?} is not of {size} in {data:#}");
    assert_eq!((data.at("after.totalCount.value"), data.at("programs.totalCount.value")), (&json!(size), &json!(size)));
    for titles in [data.texts("programs.nodes", "title"), data.texts("search.nodes", "title")] {
        assert_eq!(titles.len() as u64, size, "{data:#}");
        for title in &titles {
            is(title);
        }
    }
    for program in data.list("programs.nodes") {
        assert_eq!(program.at("areas.totalCount.value"), size);
        assert_eq!(program.list("areas.nodes").len() as u64, size);
        for area in program.list("areas.nodes") {
            is(area.text("label"));
            is(area.text("program.title"));
        }
    }
    let signatures = data.at("agencies.nodes.0.signatures");
    assert_eq!(signatures.at("totalCount.value"), size);
    for signature in signatures.list("nodes") {
        is(signature.text("program.title"));
        assert_eq!(signature.at("program.areas.totalCount.value"), size);
    }
    size
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_agrees_with_itself_while_others_write(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&dossier(1)).await;
    let done = AtomicBool::new(false);
    let write = async {
        for turn in 0..40 {
            world.import_one(&dossier(1 + turn * 5 % 7)).await;
        }
        done.store(true, Ordering::Relaxed);
    };
    let read = async {
        let (mut seen, mut asked) = (BTreeSet::new(), 0);
        while !done.load(Ordering::Relaxed) {
            seen.insert(agreed(&world.data(QUERY).await));
            asked += 1;
            tokio::task::yield_now().await;
        }
        (seen, asked)
    };
    let ((), (seen, asked)) = tokio::join!(write, read);
    assert!(seen.len() > 2 && asked > 10, "the answers must meet the writes: {seen:?} in {asked}");
}
