//! Whether a file has the shape of a dossier: known keys, the right types, known codes. Says each fault in our own
//! words, with the mend; the schema only finds it.

use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::Value;

use crate::format::Dossier;
use crate::nearest::did_you_mean;
use crate::problem::{Collector, clip, escape};
use crate::schema::{self, SCHEMA};
use crate::tree::Node;

// `None` only if the generated schema were no schema, which a test would notice.
static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| jsonschema::validator_for(&SCHEMA).ok());

/// Checks `value` and turns it into a dossier. With faults noted, the dossier (if any can still be made) has stand-ins
/// in their places, about which `problems` keeps silent from then on: good for looking at the rest, not for use.
pub(crate) fn check(mut value: Value, tree: &Node, problems: &mut Collector<'_>) -> Option<Dossier> {
    tree.texts("", &mut |pointer, text| {
        if text.is_empty() {
            problems.push(pointer, "is empty; leave the key out when there is nothing to say");
            problems.silence(pointer.to_owned());
        } else if text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
            problems.push(pointer, "holds a control character; remove it");
        }
    });
    if !value.is_object() {
        problems.push("", "a dossier is a mapping that begins with `format: phoihop/1`");
        return None;
    }
    let faults: Vec<Fault> = VALIDATOR.as_ref()?.iter_errors(&value).flat_map(|error| faults(&error)).collect();
    for fault in faults {
        problems.push(&fault.pointer, fault.message);
        mend(&mut value, &fault.pointer, fault.mend);
        problems.silence(fault.pointer);
    }
    // The schema knows no bounds of machine integers; this does.
    match serde_path_to_error::deserialize(&value) {
        Ok(dossier) => Some(dossier),
        Err(error) => {
            if problems.is_empty() {
                let pointer = pointer_of(error.path());
                problems.push(
                    &pointer,
                    format!("cannot be read: {}; write a whole number below two billion", error.inner()),
                );
            }
            None
        }
    }
}

struct Fault {
    pointer: String,
    message: String,
    mend: Mend,
}

#[derive(Clone, Copy)]
enum Mend {
    Remove,
    StandIn,
}

fn faults(error: &jsonschema::ValidationError<'_>) -> Vec<Fault> {
    let pointer = error.instance_path().as_str().to_owned();
    let instance: &Value = error.instance();
    let stand_in = |message: String| vec![Fault { pointer: pointer.clone(), message, mend: Mend::StandIn }];
    let kind = error.kind();
    if let ValidationErrorKind::AdditionalProperties { unexpected } = kind {
        return unknown_keys(&pointer, unexpected);
    }
    if let ValidationErrorKind::Required { property } = kind {
        return vec![missing_key(&pointer, property.as_str().unwrap_or_default())];
    }
    if let ValidationErrorKind::Type { kind } = kind {
        let wanted = match kind {
            TypeKind::Single(kind) => wanted(kind.as_str()),
            TypeKind::Multiple(_) => "a text or a number",
        };
        return stand_in(format!("{} stands here; write {wanted}", found(instance)));
    }
    if let ValidationErrorKind::Enum { options } = kind {
        return stand_in(not_an_option(instance, options));
    }
    if let ValidationErrorKind::AnyOf { .. } = kind {
        return stand_in(format!("{} stands here; write a number, with decimals as in \"0.25\"", found(instance)));
    }
    if let ValidationErrorKind::Pattern { pattern } = kind {
        let form = match pattern.as_str() {
            r"^phoihop/1$" => "this program reads the format phoihop/1; write `format: phoihop/1`",
            r"^[a-z0-9]+(-[a-z0-9]+)*$" => "use small letters without marks, digits and single hyphens",
            _ => "use letters without marks, digits, `-` and `_`",
        };
        return stand_in(format!("\"{}\" cannot stand here; {form}", clip(instance.as_str().unwrap_or_default())));
    }
    stand_in(format!("{}; see docs/dossier-format.md", clip(&error.masked().to_string())))
}

fn unknown_keys(parent: &str, unexpected: &[String]) -> Vec<Fault> {
    // A mapping with more strange keys than that is something else altogether, and guessing is slow.
    const GUESSES: usize = 100;
    let properties = schema::at(parent).map(schema::resolved).and_then(|schema| schema.get("properties"));
    let known: Vec<&str> =
        properties.and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let listed = format!("the keys here are {}", known.join(", "));
    let fault = |(index, key): (usize, &String)| {
        let guess = if index < GUESSES { did_you_mean(key, known.iter().copied()) } else { None };
        Fault {
            pointer: format!("{parent}/{}", escape(key)),
            message: format!("the key \"{}\" is unknown; {}", clip(key), guess.as_ref().unwrap_or(&listed)),
            mend: Mend::Remove,
        }
    };
    unexpected.iter().enumerate().map(fault).collect()
}

fn missing_key(parent: &str, key: &str) -> Fault {
    let pointer = format!("{parent}/{}", escape(key));
    let about = schema::at(&pointer).and_then(|schema| schema.get("description")).and_then(Value::as_str);
    let message = match about {
        Some(about) => format!("is missing; add it: {about}"),
        None => "is missing; add it".to_owned(),
    };
    Fault { pointer, message, mend: Mend::StandIn }
}

fn not_an_option(instance: &Value, options: &Value) -> String {
    let options: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let Some(text) = instance.as_str() else {
        return format!("{} stands here; write one of {}", found(instance), options.join(", "));
    };
    match did_you_mean(text, options.iter().copied()) {
        Some(mend) => format!("\"{}\" is not known here; {mend}", clip(text)),
        None => format!("\"{}\" is not known here; write one of {}", clip(text), options.join(", ")),
    }
}

fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the text \"{}\"", clip(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}

fn wanted(name: &str) -> &'static str {
    match name {
        "string" => "a text",
        "integer" => "a whole number, without quotes",
        "boolean" => "true or false, without quotes",
        "array" => "a list: one item a line, each after `- `",
        _ => "a mapping: one `key: value` a line",
    }
}

/// Puts a stand-in for the value at `pointer`, or takes the key away.
fn mend(value: &mut Value, pointer: &str, mend: Mend) {
    let Some((parent, token)) = pointer.rsplit_once('/') else { return };
    let key = crate::problem::unescape(token);
    let stand_in = schema::at(pointer).map(schema::placeholder).unwrap_or_default();
    match (value.pointer_mut(parent), mend) {
        (Some(Value::Object(entries)), Mend::Remove) => {
            entries.remove(&key);
        }
        (Some(Value::Object(entries)), Mend::StandIn) => {
            entries.insert(key, stand_in);
        }
        (Some(Value::Array(items)), _) => {
            if let Some(item) = key.parse().ok().and_then(|index: usize| items.get_mut(index)) {
                *item = stand_in;
            }
        }
        (Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None, _) => {}
    }
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let tokens = path.iter().map(|segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", escape(key)),
        Segment::Enum { variant } => format!("/{}", escape(variant)),
        Segment::Unknown => String::new(),
    });
    tokens.collect()
}
