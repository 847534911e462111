//! What a plain (unquoted) scalar stands for: the core schema of YAML 1.2, tamed by what the format wants at the
//! place. `2020` is a year where text is wanted and a number where a number is.

use serde_json::{Number, Value};

use super::Expect;
use crate::schema::admits;

pub(super) fn plain(text: &str, expect: Expect) -> Value {
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Value::Null;
    }
    let core = core(text);
    match expect {
        Expect::Text => Value::from(text),
        // Nothing is known of the place: say what YAML says, somebody else refuses the key.
        Expect::Schema(None) => core.unwrap_or_else(|| Value::from(text)),
        Expect::Schema(Some(schema)) => {
            let wanted = core.as_ref().is_some_and(|value| match value {
                Value::Bool(_) => admits(schema, "boolean"),
                Value::Number(number) if number.is_i64() => admits(schema, "integer") || admits(schema, "number"),
                Value::Number(_) => admits(schema, "number"),
                Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => false,
            });
            match core {
                Some(value) if wanted || !admits(schema, "string") => value,
                Some(_) | None => Value::from(text),
            }
        }
    }
}

/// The truth value or number that the core schema reads, if it reads one.
fn core(text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {}
    }
    // "inf" and "nan" parse as numbers in Rust and are words in YAML.
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return None;
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')) {
        return None;
    }
    if let Ok(integer) = text.parse::<i64>() {
        return Some(Value::from(integer));
    }
    text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::at;

    #[test]
    fn a_bare_year_is_text_where_text_is_wanted() {
        let title = Expect::Schema(at("/programs/0/title"));
        assert_eq!(plain("2020", title), json!("2020"));
        assert_eq!(plain("020", title), json!("020"));
        assert_eq!(plain("true", title), json!("true"));
        assert_eq!(plain("2020", Expect::Schema(at("/programs/0/areaCount"))), json!(2020));
        assert_eq!(plain("2020-02-25", Expect::Schema(None)), json!("2020-02-25"));
        assert_eq!(plain("1e3", Expect::Schema(None)), json!(1000.0));
        assert_eq!(plain("inf", Expect::Schema(None)), json!("inf"));
    }

    #[test]
    fn a_decimal_figure_keeps_its_digits() {
        let value = Expect::Schema(at("/programs/0/targets/0/quantity/value"));
        assert_eq!(plain("41000", value), json!(41000));
        assert_eq!(plain("0.250", value), json!("0.250"));
    }

    #[test]
    fn nothing_is_nothing() {
        for text in ["", "~", "null"] {
            assert_eq!(plain(text, Expect::Schema(at("/programs/0/title"))), Value::Null);
        }
    }
}
