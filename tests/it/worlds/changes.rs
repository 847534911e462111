//! Changes: the whole list page by page, those of some tenants and programs, and cursors of changes that only A′ knows.

use serde_json::json;

use super::ids::{self, RowId};
use super::operations::{Operation, Workshop};
use super::selection::PAGE_INFO;

pub fn make(shop: &mut Workshop<'_>) {
    let page = format!(
        "nodes {{ id type }} edges {{ cursor node {{ {} tenant {{ __typename id }} node {{ __typename id }} }} }} {PAGE_INFO}",
        shop.sdl.own("Change")
    );
    let query = format!(
        "query ($first: Int, $after: String, $tenants: [ID!], $programs: [ID!]) {{ \
         changes(first: $first, after: $after, tenants: $tenants, programs: $programs) {{ {page} }} }}"
    );
    let mut ask = |name: String, variables| {
        shop.made.push(Operation::new(name, &query).with(variables).forward("/data/changes"));
    };
    ask("changes whole".to_owned(), json!({ "first": 50 }));
    for id in &shop.samples.tenants {
        ask(format!("changes of {id}"), json!({ "first": 23, "tenants": [id] }));
    }
    let programs = shop.samples.ids("Program");
    for id in programs.hidden.iter().chain(programs.visible.iter().take(6)) {
        ask(format!("changes in {id}"), json!({ "first": 5, "programs": [id] }));
    }
    ask("changes in hidden programs".to_owned(), json!({ "first": 100, "programs": programs.hidden }));
    // Of every table some, as the first change and as one that there is not.
    let mut before = ("", 0);
    for row in &shop.samples.hidden {
        before = if before.0 == row.table { (before.0, before.1 + 1) } else { (&row.table, 0) };
        for number in [1, 2].into_iter().take(if before.1 < 3 { 2 } else { 0 }) {
            let after = cursor(row, number);
            let operation = Operation::new(format!("changes after a hidden one ({})", row.table), &query);
            shop.made.push(operation.with(json!({ "first": 3, "after": after })).refused());
        }
    }
    for (name, variables) in [
        ("page", json!({ "first": 101 })),
        ("cursor", json!({ "after": "kxqz" })),
        ("tenant", json!({ "tenants": ["x"] })),
        ("program", json!({ "programs": ["x"] })),
        ("programs", json!({ "programs": vec![&shop.samples.tenants[0]; 101] })),
    ] {
        shop.made.push(Operation::new(format!("changes {name}"), &query).with(variables).refused());
    }
}

/// The cursor of a row's change, made as the service makes it: an attacker may know how.
pub fn cursor(row: &RowId, number: i64) -> String {
    let (_, _, type_name) = ids::NODES.iter().find(|(table, ..)| *table == row.table).copied().unwrap_or(("", 0, ""));
    let mut kind = String::new();
    for letter in type_name.chars() {
        if letter.is_uppercase() && !kind.is_empty() {
            kind.push('_');
        }
        kind.push(letter.to_ascii_uppercase());
    }
    let order = "Change".bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mut bytes = vec![1];
    bytes.extend(order.to_be_bytes());
    let mut push = |tag: u8, value: &[u8]| {
        bytes.push(tag);
        bytes.extend(u32::try_from(value.len()).unwrap().to_be_bytes());
        bytes.extend(value);
    };
    push(2, kind.as_bytes());
    push(1, &i64::from(row.tenant).to_be_bytes());
    push(1, &number.to_be_bytes());
    push(5, &row.uuid);
    ids::encode(&bytes)
}
