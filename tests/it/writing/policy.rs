//! Who may call which mutation: every mutation of the schema, every role.

use std::collections::BTreeMap;

use domain::Actor;
use domain::actor::Role;
use serde_json::{Value, json};

use crate::harness::Engine::Sqlite;
use crate::harness::{At, World, actor, codes};

const ROLES: [Role; 5] = [Role::Viewer, Role::Editor, Role::Publisher, Role::Admin, Role::Reporter];

pub const TYPES: &str = "{ __schema { mutationType { fields { name args { type { ...T } } } } types { name kind isOneOf enumValues { name } inputFields { name type { ...T } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// The least value of an input type: what must be there, and nothing that exists.
pub fn least(types: &BTreeMap<String, Value>, of: &Value) -> Value {
    match of.text("kind") {
        "NON_NULL" => match of.at("ofType").text("kind") {
            "LIST" => json!([]),
            "ENUM" => types[of.at("ofType").text("name")].at("enumValues.0.name").clone(),
            "INPUT_OBJECT" => {
                let input = &types[of.at("ofType").text("name")];
                let fields = input.list("inputFields");
                if input["isOneOf"] == true {
                    let first = &fields[0];
                    let value = least(types, &json!({ "kind": "NON_NULL", "ofType": first.at("type") }));
                    return json!({ first.text("name"): value });
                }
                let must = fields.iter().filter(|field| field.at("type").text("kind") == "NON_NULL");
                must.map(|field| (field.text("name").to_owned(), least(types, field.at("type")))).collect()
            }
            _ => match of.at("ofType").text("name") {
                "Int" => json!(1),
                "Boolean" => json!(false),
                "Date" | "PartialDate" => json!("2026-11-22"),
                // A tenant's, so that what is wrong is what it says, not that it is no id.
                "ID" => json!("AQAAAAE"),
                _ => json!("x"),
            },
        },
        _ => Value::Null,
    }
}

/// Whether somebody is let in: what is wrong with the input is another matter.
async fn admitted(world: &World, actor: Option<&Actor>, name: &str, input: &str, value: &Value) -> bool {
    let query = format!("mutation($i: {input}!) {{ {name}(input: $i) {{ errors {{ code }} }} }}");
    let answer = world.carry_out(actor, &query, json!({ "i": value })).await;
    let answer = serde_json::to_value(answer.response).unwrap();
    match codes(&answer).first().map(String::as_str) {
        Some("FORBIDDEN" | "UNAUTHENTICATED") => false,
        None => true,
        Some(other) => panic!("{name}: {other}\n{answer:#}"),
    }
}

#[tokio::test]
async fn who_may_call_what() {
    let world = World::empty(Sqlite).await;
    let schema = world.data(TYPES).await;
    let types: BTreeMap<String, Value> =
        schema.list("__schema.types").iter().map(|one| (one.text("name").to_owned(), one.clone())).collect();
    let mut lines = vec![format!(
        "{:<26}{}",
        "MUTATION",
        ROLES.iter().map(|role| format!("{:<11}", role.to_string())).collect::<Vec<_>>().concat().trim_end()
    )];
    for field in schema.list("__schema.mutationType.fields") {
        let name = field.text("name");
        let of = field.at("args.0.type");
        let input = of.at("ofType").text("name");
        let value = least(&types, of);
        assert!(!admitted(&world, None, name, input, &value).await, "nobody in particular may call {name}");
        let mut cells = Vec::new();
        for role in ROLES {
            let province = admitted(&world, Some(&actor("hung-yen:2025", &[role])), name, input, &value).await;
            let center = admitted(&world, Some(&actor("trung-uong", &[role])), name, input, &value).await;
            let cell = match (province, center) {
                (true, true) => "yes",
                (false, true) => "center",
                (true, false) => "province",
                (false, false) => "-",
            };
            cells.push(format!("{cell:<11}"));
        }
        lines.push(format!("{name:<26}{}", cells.concat().trim_end()));
    }
    insta::assert_snapshot!(lines.join("\n"));
}
