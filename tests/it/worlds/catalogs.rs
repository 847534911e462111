//! What everybody shares (provinces, the center, catalogs) and the ways from there to rows; and the search.

use serde_json::json;

use super::operations::{Operation, Workshop};
use super::sdl::Field;
use super::selection::PAGE_INFO;

pub fn make(shop: &mut Workshop<'_>) {
    provinces(shop);
    singletons(shop);
    catalogs(shop);
    search(shop);
}

/// What a type's edges lead to, and how many there are.
fn counts(shop: &Workshop<'_>, type_name: &str) -> String {
    let sdl = shop.sdl;
    let each: Vec<String> =
        sdl.edges(type_name).map(|field| sdl.edge(field, "first: 3", 500, |_| String::new())).collect();
    each.join(" ")
}

fn provinces(shop: &mut Workshop<'_>) {
    let selected = format!("id slug {}", counts(shop, "Province"));
    let days = shop.samples.values("", "", "Date").some(&mut shop.dice, 4);
    let by = |name: &str, field: &str| (name.to_owned(), shop.samples.values("ProvinceBy", field, "String"));
    let mut ways = vec![by("key", "key")];
    for name in ["slug", "gsoCode"] {
        ways.push((name.to_owned(), shop.samples.values("ProvinceWhere", name, "String")));
    }
    for (name, values) in ways {
        for value in values.visible.iter().chain(["kxqz".to_owned()].iter()) {
            for day in days.iter().take(2).chain(["2022-06-01".to_owned()].iter()) {
                let query = format!(
                    "query ($by: ProvinceBy!, $asOf: Date) {{ province(by: $by, asOf: $asOf) {{ {selected} }} }}"
                );
                let operation = Operation::new(format!("province {name} {value} {day}"), query);
                shop.made.push(operation.with(json!({ "by": { &name: value }, "asOf": day })));
            }
        }
    }
    for id in &shop.samples.tenants {
        let query = format!("query ($by: ProvinceBy!) {{ province(by: $by) {{ {selected} }} }}");
        shop.made.push(Operation::new(format!("province id {id}"), query).with(json!({ "by": { "id": id } })));
    }
}

/// Roots that are one object: the center, and who asks.
fn singletons(shop: &mut Workshop<'_>) {
    let sdl = shop.sdl;
    // What stands behind the reports takes arguments, see across.rs.
    let alone = |root: &&Field| {
        root.arguments.is_empty() && sdl.outputs.contains_key(&root.typed.name) && root.name != "report"
    };
    for root in sdl.roots().iter().filter(alone) {
        let (name, type_name) = (&root.name, &root.typed.name);
        let query = format!("{{ {name} {{ {} {} }} }}", sdl.own(type_name), counts(shop, type_name));
        shop.made.push(Operation::new(format!("one {name}"), query));
        for field in sdl.edges(type_name) {
            let edge = sdl.edge(field, "first: 10", 1000, |target| sdl.own(target));
            shop.made.push(Operation::new(format!("one {name}.{}", field.name), format!("{{ {name} {{ {edge} }} }}")));
            if sdl.connected(&field.typed.name).is_some() {
                let list =
                    |page: &str| format!("{name} {{ {}({page}) {{ edges {{ cursor }} {PAGE_INFO} }} }}", field.name);
                let pointer = format!("/data/{name}/{}", field.name);
                let query = format!("query ($after: String) {{ {} }}", list("first: 2, after: $after"));
                shop.made.push(Operation::new(format!("one {name}.{} forward", field.name), query).forward(&pointer));
                let query = format!("query ($before: String) {{ {} }}", list("last: 2, before: $before"));
                shop.made.push(Operation::new(format!("one {name}.{} backward", field.name), query).backward(&pointer));
            }
        }
    }
}

/// Each catalog's entries with what hangs on them; two edges at once where there is a list between.
fn catalogs(shop: &mut Workshop<'_>) {
    let sdl = shop.sdl;
    for (root, listed) in sdl.lists().filter(|(root, _)| !root.takes("orderBy") && root.takes("last")) {
        for field in sdl.edges(listed) {
            let edge = sdl.edge(field, "first: 5", 1000, |_| String::new());
            let query = format!(
                "query ($after: String) {{ {0}(first: 25, after: $after) {{ nodes {{ id {edge} }} \
                 pageInfo {{ hasNextPage endCursor }} }} }}",
                root.name
            );
            let name = format!("catalog {}.{}", root.name, field.name);
            shop.made.push(Operation::new(name, query).forward(format!("/data/{}", root.name)));
        }
    }
}

fn search(shop: &mut Workshop<'_>) {
    let root: &Field = shop.sdl.roots().iter().find(|root| root.name == "search").expect("there is a search");
    let types = shop.sdl.enums[&root.argument("types").unwrap().typed.name].clone();
    let words = shop.samples.values("", "", "words");
    let whole = words.some(&mut shop.dice, 60);
    let mut texts: Vec<String> = Vec::new();
    for text in &whole {
        let line = text.lines().next().unwrap_or_default();
        texts.push(line.chars().take(190).collect());
        texts.extend(line.split_whitespace().last().map(str::to_owned));
        texts.push(line.chars().take(6).collect());
    }
    texts.extend(
        ["kxqz", "bi mat", "BÍƯMẬT", "bíưmật kx", "cong an", "phu nu", "a", "7711", "%", "_"].map(str::to_owned),
    );
    texts.sort();
    texts.dedup();
    let members: Vec<String> =
        shop.sdl.abstracts["SearchResult"].iter().map(|member| format!("... on {member} {{ id }}")).collect();
    let page = format!(
        "nodes {{ __typename {0} }} edges {{ cursor node {{ __typename {0} }} }} {1}",
        members.join(" "),
        PAGE_INFO
    );
    let query = format!(
        "query ($text: String!, $types: [SearchType!], $tenants: [ID!], $first: Int, $after: String) {{ \
         search(text: $text, types: $types, tenants: $tenants, first: $first, after: $after) {{ {page} }} }}"
    );
    for (index, text) in texts.iter().enumerate() {
        // What a few letters find is much, and read at once.
        let mut variables = json!({ "text": text, "first": if text.chars().count() > 6 { 10 } else { 100 } });
        if index % 3 == 1 {
            variables["types"] = json!([shop.dice.pick(&types), shop.dice.pick(&types)]);
        }
        if index % 4 == 1 {
            variables["tenants"] = json!([shop.dice.pick(&shop.samples.tenants), shop.samples.tenants[0]]);
        }
        shop.made.push(Operation::new(format!("search {text}"), &query).with(variables).forward("/data/search"));
    }
    for kind in &types {
        for text in ["kxqz", "phu nu"] {
            let variables = json!({ "text": text, "types": [kind] });
            let operation = Operation::new(format!("search {text} {kind}"), &query).with(variables);
            shop.made.push(operation.forward("/data/search"));
        }
    }
    for id in &shop.samples.tenants {
        for text in ["kxqz", "cong an"] {
            let variables = json!({ "text": text, "tenants": [id] });
            let operation = Operation::new(format!("search {text} in {id}"), &query).with(variables);
            shop.made.push(operation.forward("/data/search"));
        }
    }
}
