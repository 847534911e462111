//! The JSON Schema of the format: generated from the types of `format`, published for editors, and the first thing
//! that a file is checked against.
//!
//! An empty value or `null` means "left out" in a dossier, so the reader drops such keys before it checks, and the
//! schema speaks of no null.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use crate::format::Dossier;

/// The schema as a value, keys sorted.
pub(crate) static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = without_null(generator.into_root_schema_for::<Dossier>().to_value());
    if let Value::Object(root) = &mut schema {
        root.insert("$id".to_owned(), Value::from("urn:phoihop:dossier:1"));
        root.insert("title".to_owned(), Value::from("Dossier phoihop/1"));
    }
    sorted(schema)
});

/// The JSON Schema of `phoihop/1`: indented, keys sorted, the same text on every machine.
pub fn json_schema() -> String {
    format!("{:#}\n", *SCHEMA)
}

/// `value` with the keys of every object in alphabetical order, whatever order the map type keeps.
pub(crate) fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn without_null(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.into_iter().fold(Map::new(), |mut kept, (key, value)| {
            match (key.as_str(), without_null(value)) {
                ("type", Value::Array(types)) => {
                    let mut types: Vec<Value> = types.into_iter().filter(|name| name != "null").collect();
                    let single = if types.len() == 1 { types.pop() } else { None };
                    kept.insert(key, single.unwrap_or(Value::Array(types)));
                }
                ("anyOf", Value::Array(branches)) => {
                    let mut branches: Vec<Value> = branches
                        .into_iter()
                        .filter(|branch| branch.get("type") != Some(&Value::from("null")))
                        .collect();
                    match branches.pop() {
                        Some(Value::Object(only)) if branches.is_empty() => kept.extend(only),
                        last => {
                            branches.extend(last);
                            kept.insert(key, Value::Array(branches));
                        }
                    }
                }
                ("default", Value::Null) => {}
                // Doc comments break their lines for the source file's sake.
                ("description", Value::String(text)) => {
                    kept.insert(key, Value::from(text.split_whitespace().collect::<Vec<_>>().join(" ")));
                }
                (_, value) => {
                    kept.insert(key, value);
                }
            }
            kept
        })),
        Value::Array(items) => Value::Array(items.into_iter().map(without_null).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// The schema that `schema` refers to, or itself.
pub(crate) fn resolved(schema: &'static Value) -> &'static Value {
    match schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => SCHEMA.pointer(pointer).map_or(schema, resolved),
        None => schema,
    }
}

/// The schema of the value under `key` of an object with `schema`.
pub(crate) fn property(schema: &'static Value, key: &str) -> Option<&'static Value> {
    resolved(schema).get("properties")?.get(key)
}

/// The schema of the items of a list with `schema`.
pub(crate) fn item(schema: &'static Value) -> Option<&'static Value> {
    resolved(schema).get("items")
}

/// The schema of the value at a JSON pointer of a dossier, as far as the format knows that place.
pub(crate) fn at(pointer: &str) -> Option<&'static Value> {
    let root: &'static Value = &SCHEMA;
    pointer.split('/').skip(1).try_fold(root, |schema, token| {
        let token = crate::problem::unescape(token);
        property(schema, &token).or_else(|| item(schema))
    })
}

/// Whether `schema` admits values of the JSON type `name`.
pub(crate) fn admits(schema: &'static Value, name: &str) -> bool {
    let schema = resolved(schema);
    let named = match schema.get("type") {
        Some(Value::String(only)) => only == name,
        Some(Value::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    };
    named
        || schema
            .get("anyOf")
            .and_then(Value::as_array)
            .is_some_and(|branches| branches.iter().any(|branch| admits(branch, name)))
}

/// A value that `schema` admits, to stand in for a missing or wrong one while the rest of the file is looked at.
pub(crate) fn placeholder(schema: &'static Value) -> Value {
    let schema = resolved(schema);
    if let Some(first) = schema.get("enum").and_then(Value::as_array).and_then(|names| names.first()) {
        return first.clone();
    }
    if admits(schema, "object") {
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let entries = required.filter_map(|key| Some((key.to_owned(), placeholder(property(schema, key)?))));
        return Value::Object(entries.collect());
    }
    if admits(schema, "array") {
        return Value::Array(Vec::new());
    }
    if admits(schema, "boolean") {
        return Value::Bool(false);
    }
    if admits(schema, "integer") {
        return Value::from(1);
    }
    Value::from("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_the_generated_one() {
        assert!(
            json_schema() == include_str!("../phoihop-1.schema.json"),
            "the format changed: write it anew with `phoihop schema print --dossier > crates/dossier/phoihop-1.schema.json`"
        );
    }

    #[test]
    fn no_null_is_left() {
        assert!(!json_schema().contains("null"), "{}", json_schema());
    }

    #[test]
    fn places_have_schemas() {
        assert!(admits(at("/programs/0/results/2/quantity/value").unwrap(), "integer"));
        assert!(admits(at("/programs/0/title").unwrap(), "string"));
        assert!(at("/programs/0/titel").is_none());
        assert_eq!(placeholder(at("/tenant").unwrap()), serde_json::json!({ "slug": "?" }));
    }
}
