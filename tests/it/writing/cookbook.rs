//! The cookbook's life of a program, carried out from the first step to the last, by whom each step says.

use std::collections::BTreeMap;
use std::fs;

use domain::Actor;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor, masked, root};

/// Who asks, by the first line of a file.
fn asker(query: &str) -> Actor {
    let line = query.lines().next().unwrap().strip_prefix("# as: ").expect("the first line says who asks");
    let (tenant, role) = line.split_once(' ').unwrap();
    actor(tenant, &[role.parse().unwrap()])
}

/// The variables with what earlier answers gave.
fn filled(value: &Value, known: &BTreeMap<String, Value>) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('@') {
            Some(name) => known.get(name).unwrap_or_else(|| panic!("nothing is known of {name}")).clone(),
            None => value.clone(),
        },
        Value::Array(all) => all.iter().map(|one| filled(one, known)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), filled(value, known))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

#[rstest]
#[tokio::test]
async fn a_program_lives_as_the_cookbook_says(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    known.insert("tenant.id".to_owned(), json!(world.tenant_gid("hung-yen:2025").await));
    let found = world
        .data(
            "{ union: agencies(first: 1, where: {sector: {eq: \"WOMENS_UNION\"}, tenant: {slug: {eq: \"thai-binh\"}}}) { nodes { id } }
               police: agencies(first: 1, where: {sector: {eq: \"POLICE\"}, tenant: {slug: {eq: \"thai-binh\"}}}) { nodes { id } }
               parent: programs(first: 1, where: {number: {eq: \"11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC\"}}) { nodes { id } } }",
        )
        .await;
    for name in ["union", "police", "parent"] {
        known.insert(format!("{name}.id"), found.at(&format!("{name}.nodes.0.id")).clone());
    }
    let mut files: Vec<_> = fs::read_dir(root().join("docs/cookbook/life"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "graphql"))
        .collect();
    files.sort();
    assert!(files.len() >= 9);
    let mut answers = Vec::new();
    for file in files {
        let query = fs::read_to_string(&file).unwrap();
        let variables: Value = serde_json::from_str(&fs::read_to_string(file.with_extension("json")).unwrap()).unwrap();
        let mut answer = world.ask_as(&asker(&query), &query, filled(&variables, &known)).await;
        assert_eq!(answer.get("errors"), None, "{}\n{answer:#}", file.display());
        let data = answer["data"].take();
        for payload in data.as_object().unwrap().values() {
            assert_eq!(payload.get("errors").unwrap_or(&json!([])), &json!([]), "{}\n{data:#}", file.display());
            for (name, record) in payload.as_object().into_iter().flatten().filter(|(_, value)| value.is_object()) {
                for field in ["id", "version"] {
                    if let Some(value) = record.get(field) {
                        known.insert(format!("{name}.{field}"), value.clone());
                    }
                }
            }
        }
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        // Columns hold ids as they are.
        if name == "08-history" {
            let actions: Vec<_> = data.list("node.history.nodes").iter().map(|one| one["action"].clone()).collect();
            answers.push(json!({ "step": name, "answer": actions }));
        } else {
            answers.push(json!({ "step": name, "answer": masked(&data) }));
        }
    }
    insta::assert_json_snapshot!("life", answers);
}
