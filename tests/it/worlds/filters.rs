//! Conditions: every field of every filter, with every operator, at most three types deep, about hidden values as well
//! as visible ones. A wall that is missing behind a filter shows in what the filter finds.

use serde_json::{Map, Value, json};

use super::operations::{Operation, Workshop};
use super::sdl::Input;
use super::selection::PAGE_INFO;

/// How many types a condition goes through.
const DEPTH: usize = 3;
/// How many conditions are tried in one operation.
const TOGETHER: usize = 8;

/// A condition and the way to it.
struct Tried {
    path: String,
    condition: Value,
}

pub fn make(shop: &mut Workshop<'_>) {
    let sdl = shop.sdl;
    for (root, _) in sdl.lists() {
        let Some(filter) = root.argument("where") else { continue };
        let input = &filter.typed.name;
        let mut tried = Vec::new();
        walk(shop, input, 1, "", &|inner| inner, &mut tried);
        combine(shop, &mut tried);
        for (number, together) in tried.chunks(TOGETHER).enumerate() {
            shop.made.push(operation(&root.name, input, number, together));
        }
    }
}

fn operation(list: &str, input: &str, number: usize, together: &[Tried]) -> Operation {
    let mut variables = Map::new();
    let (mut declared, mut asked) = (Vec::new(), Vec::new());
    for (index, one) in together.iter().enumerate() {
        variables.insert(format!("w{index}"), one.condition.clone());
        declared.push(format!("$w{index}: {input}"));
        // A count is another statement over the same condition; further in, where conditions are many, some are enough.
        let count = if one.path.matches('.').count() > 3 && index % 3 > 0 { "" } else { "totalCount { value }" };
        asked.push(format!(
            "w{index}: {list}(first: 3, where: $w{index}) {{ edges {{ cursor node {{ id }} }} {PAGE_INFO} {count} }}"
        ));
    }
    let name = format!("where {list} {number} ({} …)", together[0].path);
    let query = format!("query ({}) {{ {} }}", declared.join(", "), asked.join(" "));
    Operation::new(name, query).with(Value::Object(variables))
}

fn walk(
    shop: &mut Workshop<'_>,
    input: &str,
    depth: usize,
    path: &str,
    wrap: &dyn Fn(Value) -> Value,
    into: &mut Vec<Tried>,
) {
    let sdl = shop.sdl;
    if depth == 2 {
        joined(shop, input, path, wrap, into);
    }
    for field in &sdl.inputs[input] {
        let name = &field.name;
        let path = format!("{path}.{name}");
        if ["and", "or", "not"].contains(&name.as_str()) {
            continue;
        }
        let Some(operators) = sdl.inputs.get(&field.typed.name) else {
            for condition in scalars(shop, input, field, field) {
                into.push(Tried { path: path.clone(), condition: wrap(json!({ name: condition })) });
            }
            continue;
        };
        if field.typed.name.ends_with("Where") {
            let inside = |inner: Value| wrap(json!({ name: inner }));
            into.push(Tried { path: path.clone(), condition: inside(json!({})) });
            if depth < DEPTH {
                walk(shop, &field.typed.name, depth + 1, &path, &inside, into);
            }
            continue;
        }
        for operator in operators {
            let inside = |inner: Value| wrap(json!({ name: { &operator.name: inner } }));
            let path = format!("{path}.{}", operator.name);
            if sdl.inputs.contains_key(&operator.typed.name) {
                // `some` and `none` are tried alike at the top; below, either.
                if depth > 1 && !shop.dice.one_in(2) {
                    continue;
                }
                into.push(Tried { path: path.clone(), condition: inside(json!({})) });
                if depth < DEPTH {
                    walk(shop, &operator.typed.name, depth + 1, &path, &inside, into);
                }
                continue;
            }
            let mut values = scalars(shop, input, field, operator);
            // Further in, one value is enough: the value meets the same code.
            if depth > 1 {
                values.truncate(1);
            }
            // Deep down, some operators: relation and operator are joined by the same code everywhere.
            if depth == DEPTH && !shop.dice.one_in(6) {
                continue;
            }
            into.extend(values.into_iter().map(|value| Tried { path: path.clone(), condition: inside(value) }));
        }
    }
}

/// Some of a type's own conditions, joined inside the relation that leads to it.
fn joined(shop: &mut Workshop<'_>, input: &str, path: &str, wrap: &dyn Fn(Value) -> Value, into: &mut Vec<Tried>) {
    let mut alone = Vec::new();
    walk(shop, input, DEPTH, path, &|inner| inner, &mut alone);
    let mut any = || shop.dice.pick(&alone).condition.clone();
    for condition in [json!({ "not": any() }), json!({ "and": [any(), any()] }), json!({ "or": [any(), any()] })] {
        into.push(Tried { path: path.to_owned(), condition: wrap(condition) });
    }
}

/// Values for an operator, hidden ones first; `field` says what is compared.
fn scalars(shop: &mut Workshop<'_>, input: &str, field: &Input, operator: &Input) -> Vec<Value> {
    let scalar = operator.typed.name.as_str();
    let found: Vec<Value> = if let Some(codes) = shop.sdl.enums.get(scalar) {
        let first = shop.dice.below(codes.len());
        codes.iter().cycle().skip(first).take(codes.len()).map(|code| json!(code)).collect()
    } else if scalar == "Boolean" {
        vec![json!(true), json!(false)]
    } else if scalar == "ID" {
        let listed = input.strip_suffix("Where").unwrap();
        shop.samples.ids(listed).some(&mut shop.dice, 4).into_iter().map(Value::from).collect()
    } else {
        let values = shop.samples.values(input, &field.name, scalar);
        let texts = values.some(&mut shop.dice, 4);
        texts.iter().map(|text| Value::from(part(&operator.name, text))).collect()
    };
    if !operator.typed.list {
        return found;
    }
    let hidden = found.iter().take(1).cloned().collect::<Vec<_>>();
    vec![Value::from(hidden), Value::from(found), json!([])]
}

/// What an operator looks for in a text.
fn part(operator: &str, text: &str) -> String {
    match operator {
        "contains" => text.split_whitespace().last().unwrap_or(text).to_owned(),
        "startsWith" => text.chars().take(9).collect(),
        _ => text.to_owned(),
    }
}

/// Negates and joins conditions that were tried alone.
fn combine(shop: &mut Workshop<'_>, tried: &mut Vec<Tried>) {
    let alone: Vec<Value> = tried.iter().map(|one| one.condition.clone()).collect();
    for index in 0..alone.len().min(96) / 3 {
        let mut any = || shop.dice.pick(&alone).clone();
        let condition = match index % 4 {
            0 => json!({ "not": any() }),
            1 => json!({ "and": [any(), { "not": any() }] }),
            2 => json!({ "or": [any(), any()] }),
            _ => json!({ "not": { "or": [any(), any()] } }),
        };
        tried.push(Tried { path: "combined".to_owned(), condition });
    }
}
