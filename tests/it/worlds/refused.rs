//! Questions that are refused: the refusal must not depend on hidden rows either. And cursors bent to point at hidden
//! rows, which are no mistake that the service could see.

use serde_json::json;

use super::ids;
use super::operations::{Operation, Workshop};
use super::selection::PAGE_INFO;

pub fn make(shop: &mut Workshop<'_>) {
    let sdl = shop.sdl;
    let hidden = shop.samples.hidden[0].id.clone();
    let cut = &hidden[..hidden.len() - 3];
    for id in ["", "x", "AQ", "//", "kxqz", cut] {
        let query = "query ($id: ID!) { node(id: $id) { id } }";
        shop.made.push(Operation::new(format!("malformed id {id}"), query).with(json!({ "id": id })).refused());
        let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let mixed = json!({ "ids": [hidden, id] });
        shop.made.push(Operation::new(format!("malformed id {id} among others"), query).with(mixed).refused());
    }
    let many = json!({ "ids": vec![&hidden; 101] });
    shop.made
        .push(Operation::new("too many ids", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }").with(many).refused());
    for (root, _) in sdl.lists().filter(|(root, _)| root.takes("last")) {
        let name = &root.name;
        for arguments in [
            "first: 101",
            "last: 101",
            "first: 0",
            "first: -1",
            "first: 3, last: 3",
            "after: \"kxqz\"",
            "before: \"AQ\"",
            // A cursor of no order.
            "after: \"AQAAAAAFAAAAEFpaWlpaWlpaWlpaWlpaWlo\"",
            "first: \"two\"",
            "nothing: 1",
        ] {
            let query = format!("{{ {name}({arguments}) {{ nodes {{ id }} totalCount {{ value }} }} }}");
            shop.made.push(Operation::new(format!("{name} {arguments}"), query).refused());
        }
        let query = format!("{{ {name} {{ totalCount(max: 0) {{ value }} }} }}");
        shop.made.push(Operation::new(format!("{name} count to nothing"), query).refused());
        if root.takes("orderBy") {
            for arguments in ["orderBy: [{field: KXQZ}]", "offset: -1", "offset: 1, last: 1"] {
                let query = format!("{{ {name}({arguments}) {{ nodes {{ id }} }} }}");
                shop.made.push(Operation::new(format!("{name} {arguments}"), query).refused());
            }
        }
        if let Some(filter) = root.argument("where").filter(|_| root.takes("orderBy")) {
            let query = format!("query ($w: {}) {{ {name}(where: $w) {{ nodes {{ id }} }} }}", filter.text);
            let operation = Operation::new(format!("{name} where null"), query).with(json!({ "w": { "not": null } }));
            shop.made.push(operation.refused());
        }
    }
    for (name, query) in [
        ("search too long", format!("{{ search(text: \"{}\") {{ nodes {{ __typename }} }} }}", "kxqz ".repeat(50))),
        ("search cursor", "{ search(text: \"kxqz\", after: \"kxqz\") { nodes { __typename } } }".to_owned()),
        ("search page", "{ search(text: \"kxqz\", first: 101) { nodes { __typename } } }".to_owned()),
        ("search tenant", "{ search(text: \"kxqz\", tenants: [\"x\"]) { nodes { __typename } } }".to_owned()),
        ("province by nothing", "{ province(by: {}) { id } }".to_owned()),
        ("province by two", "{ province(by: {slug: \"thai-binh\", key: \"kxqz\"}) { id } }".to_owned()),
        ("unknown field", "{ programs { nodes { kxqz } } }".to_owned()),
        ("no document", "{ programs { kxqz".to_owned()),
    ] {
        shop.made.push(Operation::new(name, query).refused());
    }
    bent(shop);
}

/// Cursors of visible rows of each list, bent to hidden rows of the same table.
fn bent(shop: &mut Workshop<'_>) {
    for (list, cursors) in &shop.samples.cursors {
        let table = if list == "signatories" { "involvements" } else { list.as_str() };
        let rows: Vec<_> = shop.samples.hidden.iter().filter(|row| row.table == table).collect();
        if rows.is_empty() {
            continue;
        }
        for (number, cursor) in cursors.iter().enumerate() {
            let row = *shop.dice.pick(&rows);
            let bent = ids::spliced(cursor, row);
            for arguments in ["first: 3, after: $c", "last: 3, before: $c"] {
                let query = format!(
                    "query ($c: String) {{ {list}({arguments}) {{ edges {{ cursor node {{ id }} }} {PAGE_INFO} }} }}"
                );
                let name = format!("bent cursor {list} {number} {arguments}");
                shop.made.push(Operation::new(name, query).with(json!({ "c": bent })));
            }
        }
    }
}
