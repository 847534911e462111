//! Root lists: every order both ways, from both ends, with offsets, counts and days, and page by page to the end.

use serde_json::json;

use super::operations::{Operation, Workshop};
use super::sdl::{Field, Sdl};
use super::selection::PAGE_INFO;

/// Which rows, and where they stand.
const ROWS: &str = "edges { cursor node { id } }";

pub fn make(shop: &mut Workshop<'_>) {
    let sdl = shop.sdl;
    for (root, listed) in sdl.lists().filter(|(root, _)| root.takes("last")) {
        whole(shop, root, listed);
        for (index, order) in orders(sdl, root).iter().enumerate() {
            ordered(shop, root, listed, order, index);
        }
        for (name, values) in days_and_switches(shop, root) {
            for value in values {
                let query = format!(
                    "{{ {0}({name}: {value}, first: 7) {{ nodes {{ id }} {PAGE_INFO} totalCount {{ value }} }} }}",
                    root.name
                );
                shop.made.push(Operation::new(format!("list {} {name} {value}", root.name), query));
            }
        }
    }
}

fn whole(shop: &mut Workshop<'_>, root: &Field, listed: &str) {
    let name = &root.name;
    let own = shop.sdl.own(listed);
    let query = format!(
        "query ($after: String) {{ {name}(first: 50, after: $after) {{ nodes {{ {own} }} {ROWS} {PAGE_INFO} \
         totalCount {{ value precision }} }} }}"
    );
    shop.made.push(Operation::new(format!("list {name} whole"), query).forward(format!("/data/{name}")));
    let query = format!(
        "query ($before: String) {{ {name}(last: 30, before: $before) {{ nodes {{ id }} {ROWS} {PAGE_INFO} }} }}"
    );
    shop.made.push(Operation::new(format!("list {name} backwards"), query).backward(format!("/data/{name}")));
    let counts: Vec<String> = [1, 2, 5, 17, 100, 10_000]
        .iter()
        .map(|max| format!("c{max}: totalCount(max: {max}) {{ value precision }}"))
        .collect();
    shop.made.push(Operation::new(format!("list {name} counts"), format!("{{ {name} {{ {} }} }}", counts.join(" "))));
    if root.takes("offset") {
        for offset in [0, 1, 3, 10, 50, 1000] {
            let query =
                format!("{{ {name}(first: 4, offset: {offset}) {{ edges {{ cursor node {{ id }} }} {PAGE_INFO} }} }}");
            shop.made.push(Operation::new(format!("list {name} offset {offset}"), query));
        }
    }
}

/// Every way to sort a list: each field both ways, and pairs of fields.
fn orders(sdl: &Sdl, root: &Field) -> Vec<String> {
    let Some(order) = root.argument("orderBy") else { return Vec::new() };
    let field = sdl.inputs[&order.typed.name].iter().find(|input| input.name == "field").unwrap();
    let fields = &sdl.enums[&field.typed.name];
    let one = |field: &str, direction: &str| format!("{{field: {field}, direction: {direction}}}");
    let mut orders: Vec<String> = Vec::new();
    for field in fields {
        orders.push(format!("[{}]", one(field, "ASC")));
        orders.push(format!("[{}]", one(field, "DESC")));
        let others = fields.iter().filter(|other| *other != field);
        orders.extend(others.map(|other| format!("[{}, {}]", one(field, "DESC"), one(other, "ASC"))));
    }
    orders
}

fn ordered(shop: &mut Workshop<'_>, root: &Field, listed: &str, order: &str, index: usize) {
    let name = &root.name;
    // Small pages cross more borders; a hidden row just behind one shows in hasNextPage.
    let size = if shop.samples.ids(listed).hidden.is_empty() { 40 } else { 3 + index % 5 };
    let query = format!(
        "query ($after: String) {{ {name}(orderBy: {order}, first: {size}, after: $after) {{ {ROWS} {PAGE_INFO} \
         totalCount {{ value }} }} }}"
    );
    shop.made.push(Operation::new(format!("list {name} by {order}"), query).forward(format!("/data/{name}")));
    let query = format!(
        "{{ {name}(orderBy: {order}, last: {size}) {{ {ROWS} {PAGE_INFO} }} \
         o: {name}(orderBy: {order}, first: {size}, offset: 2) {{ {ROWS} {PAGE_INFO} }} }}"
    );
    shop.made.push(Operation::new(format!("list {name} ends by {order}"), query));
}

/// What a list's other arguments can be.
fn days_and_switches(shop: &mut Workshop<'_>, root: &Field) -> Vec<(String, Vec<String>)> {
    let days = shop.samples.values("", "", "Date").some(&mut shop.dice, 6);
    let known = ["first", "after", "last", "before", "offset", "where", "orderBy"];
    let others = root.arguments.iter().filter(|argument| !known.contains(&argument.name.as_str()));
    others
        .map(|argument| {
            let values = match argument.typed.name.as_str() {
                "Date" => days.iter().map(|day| json!(day).to_string()).collect(),
                "Boolean" => vec!["true".to_owned(), "false".to_owned()],
                other => panic!("say in worlds/lists.rs what {}({}: {other}) can be", root.name, argument.name),
            };
            (argument.name.clone(), values)
        })
        .collect()
}
