//! What is hidden and what is not there are alike to whoever writes: every id that an input of any mutation takes, tried
//! with hidden records of every kind and with ids of the same kind that nobody has. The answers are the same, byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::policy::{TYPES, least};
use super::staff;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor};

/// Every way to one id inside an input, the id being `@`.
fn ways(types: &BTreeMap<String, Value>, of: &Value, depth: usize) -> Vec<(String, Value)> {
    match of.text("kind") {
        "NON_NULL" => ways(types, of.at("ofType"), depth),
        "LIST" => {
            let inner = ways(types, of.at("ofType"), depth);
            inner.into_iter().map(|(path, value)| (format!("[]{path}"), json!([value]))).collect()
        }
        "SCALAR" if of["name"] == "ID" => vec![(String::new(), json!("@"))],
        "INPUT_OBJECT" if depth > 0 => {
            let mut all = Vec::new();
            let fields = types[of.text("name")].list("inputFields");
            let must: Value = fields
                .iter()
                .filter(|field| field.at("type").text("kind") == "NON_NULL")
                .map(|field| (field.text("name").to_owned(), least(types, field.at("type"))))
                .collect();
            let one_of = types[of.text("name")]["isOneOf"] == true;
            for field in fields {
                for (path, value) in ways(types, field.at("type"), depth - 1) {
                    let mut input = if one_of { json!({}) } else { must.clone() };
                    input[field.text("name")] = value;
                    all.push((format!(".{}{path}", field.text("name")), input));
                }
            }
            all
        }
        _ => Vec::new(),
    }
}

/// The same value with `@` and what stands for one's own tenant and program filled in.
fn filled(value: &Value, id: &str, own: &BTreeMap<&str, String>) -> Value {
    match value {
        Value::String(text) if text == "@" => json!(id),
        Value::Array(all) => all.iter().map(|one| filled(one, id, own)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| {
                let value = match own.get(name.as_str()) {
                    Some(mine) if value == "AQAAAAE" => json!(mine),
                    _ => filled(value, id, own),
                };
                (name.clone(), value)
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// An id of the same kind in the same tenant that nobody has.
fn nobodys(id: &str) -> String {
    let mut bytes = URL_SAFE_NO_PAD.decode(id).unwrap();
    for byte in bytes.iter_mut().skip(5) {
        *byte ^= 0x5a;
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

#[rstest]
#[tokio::test]
async fn hidden_and_absent_are_alike(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let keeper = staff(&[Role::Admin]);
    let hidden = world
        .data_as(
            &keeper,
            "{ programs(where: {visibility: {in: [DRAFT, INTERNAL]}}) { nodes { id tenant { id }
                 signatories { nodes { id agency { id } person { id } } } areas { nodes { id } } targets { nodes { id } }
                 results { nodes { id } } awards { nodes { id } } remarks { nodes { id } } directions { nodes { id } }
                 links { nodes { id } } sources { nodes { id } } conflicts { nodes { id } } events { nodes { id } } } }
               people { nodes { id } } events { nodes { id } } documents { nodes { id } } agencies { nodes { id } } }",
        )
        .await;
    let mut ids = BTreeSet::new();
    collect(&hidden, &mut ids);
    let outsider = actor("nghe-an", &[Role::Admin]);
    let mut unseen = Vec::new();
    for id in ids {
        let seen = world.data_as(&outsider, &format!("{{ node(id: {id:?}) {{ id }} }}")).await;
        if seen["node"].is_null() {
            unseen.push(id);
        }
    }
    assert!(unseen.len() > 8, "there is little to find: {unseen:?}");

    let own_tenant = world.tenant_gid("nghe-an").await;
    let input = json!({"tenant": own_tenant, "kind": "PLEDGE", "title": "Của mình", "level": "PROVINCE"});
    let program = world.changed(&outsider, "programCreate program { id }", input).await.text("program.id").to_owned();
    let own = BTreeMap::from([("tenant", own_tenant), ("program", program)]);

    let schema = world.data(TYPES).await;
    let types: BTreeMap<String, Value> =
        schema.list("__schema.types").iter().map(|one| (one.text("name").to_owned(), one.clone())).collect();
    let (mut tried, mut found) = (0, BTreeSet::new());
    for field in schema.list("__schema.mutationType.fields") {
        let (name, of) = (field.text("name"), field.at("args.0.type"));
        let query = format!(
            "mutation($i: {}!) {{ {name}(input: $i) {{ errors {{ code path message(locale: EN) }} }} }}",
            of.at("ofType").text("name")
        );
        for (path, template) in ways(&types, of, 4) {
            for id in &unseen {
                let mut answers = Vec::new();
                for id in [id.clone(), nobodys(id)] {
                    let input = filled(&template, &id, &own);
                    answers.push(world.ask_as(&outsider, &query, json!({ "i": input })).await);
                }
                assert_eq!(answers[0], answers[1], "{name}{path} tells that {id} is there");
                tried += 1;
                if answers[0].to_string().contains("NOT_FOUND") {
                    found.insert(format!("{name}{path}"));
                }
            }
        }
    }
    assert!(tried > 400, "{tried}");
    for way in
        ["programCreate.signatories[].agency", "programCreate.links[].document", "programSign.id", "grantApprove.id"]
    {
        assert!(found.contains(way), "{way} is not tried in earnest: {found:?}");
    }
}

fn collect(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if let (Value::String(id), "id") = (value, name.as_str()) {
                    into.insert(id.clone());
                } else {
                    collect(value, into);
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|one| collect(one, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
