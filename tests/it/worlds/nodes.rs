//! Ids: of every hidden row, of nothing, and of rows posing as others. All of them answer null.

use serde_json::{Map, Value, json};

use super::ids;
use super::operations::{Operation, Workshop};

/// How many ids are asked for one by one in an operation.
const TOGETHER: usize = 15;

pub fn make(shop: &mut Workshop<'_>) {
    let hidden: Vec<(String, String)> =
        shop.samples.hidden.iter().map(|row| (row.table.clone(), row.id.clone())).collect();
    let absent: Vec<(String, String)> =
        ids::absent(&shop.samples.hidden).into_iter().map(|id| ("absent".to_owned(), id)).collect();
    for (number, some) in hidden.chunks(TOGETHER).chain(absent.chunks(TOGETHER)).enumerate() {
        let (mut declared, mut asked, mut variables) = (Vec::new(), Vec::new(), Map::new());
        for (index, (_, id)) in some.iter().enumerate() {
            declared.push(format!("$i{index}: ID!"));
            asked.push(format!("n{index}: node(id: $i{index}) {{ __typename id }}"));
            variables.insert(format!("i{index}"), json!(id));
        }
        let query = format!("query ({}) {{ {} }}", declared.join(", "), asked.join(" "));
        let name = format!("node {number} ({} …)", some[0].0);
        shop.made.push(Operation::new(name, query).with(Value::Object(variables)));
    }
    let query =
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Program { title } ... on Agency { name } } }";
    let every: Vec<&String> = hidden.iter().chain(&absent).map(|(_, id)| id).collect();
    for (number, ids) in every.chunks(50).enumerate() {
        // Between visible ones, so that a hidden row cannot shift them.
        let visible = shop.samples.reachable("Program");
        let mixed: Vec<&String> =
            visible.iter().take(2).chain(ids.iter().copied()).chain(visible.iter().take(1)).collect();
        shop.made.push(Operation::new(format!("nodes {number}"), query).with(json!({ "ids": mixed })));
    }
    // Each by itself as well, some of every table: an answer alone must not differ from one among others.
    let one = "query ($id: ID!) { node(id: $id) { __typename id } }";
    let mut before = ("", 0);
    for (table, id) in &hidden {
        before = if before.0 == table { (before.0, before.1 + 1) } else { (table, 0) };
        if before.1 < 3 {
            shop.made.push(Operation::new(format!("node alone ({table})"), one).with(json!({ "id": id })));
        }
    }
}
