//! Looking into answers.

use std::collections::HashMap;

use serde_json::Value;

/// Short ways into an answer; each fails loudly where the answer has another shape.
pub trait At {
    /// The value at a path: `program.signatories.nodes.0`.
    fn at(&self, path: &str) -> &Value;

    /// The list at a path.
    fn list(&self, path: &str) -> &[Value];

    /// The texts at the path `field` of each entry of the list at `path`.
    fn texts(&self, path: &str, field: &str) -> Vec<String>;

    /// The text at a path.
    fn text(&self, path: &str) -> &str;
}

impl At for Value {
    #[track_caller]
    fn at(&self, path: &str) -> &Value {
        let pointer = if path.is_empty() { String::new() } else { format!("/{}", path.replace('.', "/")) };
        self.pointer(&pointer).unwrap_or_else(|| panic!("nothing at {path} in {self:#}"))
    }

    #[track_caller]
    fn list(&self, path: &str) -> &[Value] {
        self.at(path).as_array().unwrap_or_else(|| panic!("no list at {path} in {self:#}"))
    }

    #[track_caller]
    fn texts(&self, path: &str, field: &str) -> Vec<String> {
        self.list(path).iter().map(|one| one.text(field).to_owned()).collect()
    }

    #[track_caller]
    fn text(&self, path: &str) -> &str {
        self.at(path).as_str().unwrap_or_else(|| panic!("no text at {path} in {self:#}"))
    }
}

/// The codes of an answer's errors.
pub fn codes(answer: &Value) -> Vec<String> {
    let code = |error: &Value| error["extensions"]["code"].as_str().unwrap_or("none").to_owned();
    answer["errors"].as_array().map(|errors| errors.iter().map(code).collect()).unwrap_or_default()
}

/// The answer with every id, cursor and moment replaced by a name that is the same on every database: `id-1`,
/// `cursor-1`, in order of appearance.
pub fn masked(answer: &Value) -> Value {
    let mut names = Names::default();
    names.masked("", answer)
}

#[derive(Default)]
struct Names {
    known: HashMap<String, String>,
    ids: usize,
    cursors: usize,
}

impl Names {
    fn masked(&mut self, key: &str, value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                fields.iter().map(|(key, value)| (key.clone(), self.masked(key, value))).collect::<Value>()
            }
            Value::Array(entries) => entries.iter().map(|entry| self.masked(key, entry)).collect::<Value>(),
            Value::String(text) => Value::String(self.name(key, text)),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    fn name(&mut self, key: &str, text: &str) -> String {
        if key == "at" {
            return "moment".to_owned();
        }
        let lower = key.to_ascii_lowercase();
        let (kind, count) = match lower.as_str() {
            "cursor" | "startcursor" | "endcursor" => ("cursor", &mut self.cursors),
            _ if lower == "id" || key.ends_with("Id") => ("id", &mut self.ids),
            _ => return text.to_owned(),
        };
        self.known
            .entry(text.to_owned())
            .or_insert_with(|| {
                *count += 1;
                format!("{kind}-{count}")
            })
            .clone()
    }
}
