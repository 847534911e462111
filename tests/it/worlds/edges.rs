//! Ways from row to row: every field of every type of node, asked of rows that hidden rows point to first, since there
//! a hole would show.

use serde_json::json;

use super::operations::{Operation, Workshop};
use super::sdl::Field;
use super::selection::PAGE_INFO;

/// Of so many rows everything is asked that hangs on them.
const CLOSELY: usize = 4;
/// Of so many rows in one operation it is asked what there is.
const BROADLY: usize = 50;

pub fn make(shop: &mut Workshop<'_>) {
    let sdl = shop.sdl;
    for type_name in &sdl.abstracts["Node"] {
        let ids = shop.samples.reachable(type_name);
        own(shop, type_name, &ids);
        for field in sdl.edges(type_name) {
            closely(shop, type_name, field, &ids);
            if sdl.connected(&field.typed.name).is_some() {
                page_by_page(shop, type_name, field, &ids[0]);
            }
        }
        broadly(shop, type_name, &ids);
    }
}

/// Every value of every row.
fn own(shop: &mut Workshop<'_>, type_name: &str, ids: &[String]) {
    let query = format!(
        "query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id ... on {type_name} {{ {} }} }} }}",
        shop.sdl.own(type_name)
    );
    for (number, ids) in ids.chunks(100).enumerate() {
        shop.made.push(Operation::new(format!("own {type_name} {number}"), &query).with(json!({ "ids": ids })));
    }
}

/// One edge of some rows, with the values and the edges of what it leads to.
fn closely(shop: &mut Workshop<'_>, type_name: &str, field: &Field, ids: &[String]) {
    let sdl = shop.sdl;
    let some: Vec<&String> = ids.iter().take(CLOSELY).collect();
    let edge = sdl.edge(field, "first: 3", 1000, |target| sdl.with_edges(target));
    let query =
        format!("query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename ... on {type_name} {{ id {edge} }} }} }}");
    shop.made.push(Operation::new(format!("edge {type_name}.{}", field.name), query).with(json!({ "ids": some })));
}

/// Every edge of all rows: which rows it leads to, and how many.
fn broadly(shop: &mut Workshop<'_>, type_name: &str, ids: &[String]) {
    let sdl = shop.sdl;
    let edges: Vec<&Field> = sdl.edges(type_name).collect();
    for (part, edges) in edges.chunks(4).enumerate() {
        let each: Vec<String> =
            edges.iter().map(|field| sdl.edge(field, "first: 4", 10_000, |_| String::new())).collect();
        let query =
            format!("query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_name} {{ {} }} }} }}", each.join(" "));
        for (number, ids) in ids.chunks(BROADLY).enumerate().take(3) {
            let name = format!("edges {type_name} {part} of {number}");
            shop.made.push(Operation::new(name, &query).with(json!({ "ids": ids })));
        }
    }
}

/// A list below one row, followed to both ends.
fn page_by_page(shop: &mut Workshop<'_>, type_name: &str, field: &Field, id: &str) {
    let name = &field.name;
    let list = |page: &str| {
        format!(
            "node(id: $id) {{ ... on {type_name} {{ {name}({page}) {{ edges {{ cursor node {{ id }} }} {PAGE_INFO} \
             totalCount {{ value }} }} }} }}"
        )
    };
    let pointer = format!("/data/node/{name}");
    let forward = format!("query ($id: ID!, $after: String) {{ {} }}", list("first: 2, after: $after"));
    let backward = format!("query ($id: ID!, $before: String) {{ {} }}", list("last: 3, before: $before"));
    let walk = |way: &str, query: String| {
        Operation::new(format!("pages {type_name}.{name} {way}"), query).with(json!({ "id": id }))
    };
    shop.made.push(walk("forward", forward).forward(&pointer));
    shop.made.push(walk("backward", backward).backward(&pointer));
}
