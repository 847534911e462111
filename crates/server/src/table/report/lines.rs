//! From an answer of the graph to rows: lists within each other become lines, fields become cells.

use std::fmt;

use async_graphql::Value;
use persistence::listing::Cell;

use super::{Lines, Report};
use crate::table::{Column, Kind};

/// An answer that is not as the entry says: a fault of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit(String);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What stands between the values of a list.
const BETWEEN: &str = ";";

/// A value of a row; those that have to be made live as long as the row.
enum Found<'a> {
    Ready(Cell<'a>),
    Made(String),
}

impl Found<'_> {
    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Ready(cell) => *cell,
            Self::Made(text) => Cell::Text(text),
        }
    }
}

/// What paths begin with, the innermost last.
type Parts<'a> = Vec<(&'static str, &'a Value)>;

impl Report {
    /// The report in an answer; none when there is nothing to be seen.
    pub fn root<'a>(&self, data: &'a Value) -> Option<&'a Value> {
        let root = self.root.split('.').try_fold(data, |value, name| field(value, name))?;
        (*root != Value::Null).then_some(root)
    }

    /// Where the next page begins; none after the last one.
    pub fn next(&self, root: &Value) -> Option<String> {
        let info = field(root, "pageInfo").filter(|_| self.paged)?;
        match (field(info, "hasNextPage"), field(info, "endCursor")) {
            (Some(Value::Boolean(true)), Some(Value::String(cursor))) => Some(cursor.clone()),
            _ => None,
        }
    }

    /// Hands on the rows of an answer, all that come of it at once.
    pub fn rows<E: From<Unfit>>(
        &self,
        root: &Value,
        columns: &[&Column],
        each: &mut dyn FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        for lines in self.lines {
            within(&mut vec![("root", root)], lines, columns, each)?;
        }
        Ok(())
    }
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    if let Value::Object(fields) = value { fields.get(name) } else { None }
}

fn within<'a, E: From<Unfit>>(
    parts: &mut Parts<'a>,
    lines: Lines,
    columns: &[&Column],
    each: &mut dyn FnMut(&[Cell<'_>]) -> Result<(), E>,
) -> Result<(), E> {
    let Some(((name, path), inner)) = lines.split_first() else { return row(parts, columns, each) };
    let (path, always) = path.strip_suffix('?').map_or((*path, false), |path| (path, true));
    match list(parts, path)? {
        [] if always => within(parts, inner, columns, each),
        elements => elements.iter().try_for_each(|element| {
            parts.push((name, element));
            let done = within(parts, inner, columns, each);
            parts.pop();
            done
        }),
    }
}

fn list<'a>(parts: &Parts<'a>, path: &str) -> Result<&'a [Value], Unfit> {
    let (part, rest) = path.split_once('.').unwrap_or((path, ""));
    let start = parts.iter().rev().find(|(name, _)| *name == part).map(|(_, value)| *value);
    let found = start.and_then(|start| rest.split('.').try_fold(start, |value, name| field(value, name)));
    match found {
        Some(Value::List(elements)) => Ok(elements),
        Some(Value::Null) => Ok(&[]),
        _ => Err(Unfit(format!("there is no list {path}"))),
    }
}

fn row<E: From<Unfit>>(
    parts: &Parts<'_>,
    columns: &[&Column],
    each: &mut dyn FnMut(&[Cell<'_>]) -> Result<(), E>,
) -> Result<(), E> {
    let found = columns.iter().map(|column| found(parts, column)).collect::<Result<Vec<_>, _>>()?;
    each(&found.iter().map(Found::cell).collect::<Vec<_>>())
}

fn found<'a>(parts: &Parts<'a>, column: &Column) -> Result<Found<'a>, Unfit> {
    let (part, rest) = column.at.split_once('.').unwrap_or((column.at, ""));
    // A kind of line, or one without an element, does not have every part.
    let Some((_, value)) = parts.iter().rev().find(|(name, _)| *name == part) else {
        return Ok(Found::Ready(Cell::Null));
    };
    let mut values = vec![*value];
    let mut listed = false;
    for name in rest.split('.') {
        let mut next = Vec::with_capacity(values.len());
        for value in values {
            if let Value::List(elements) = value {
                listed = true;
                next.extend(elements.iter().filter_map(|element| field(element, name)));
            } else if *value != Value::Null {
                next.push(field(value, name).ok_or_else(|| Unfit(format!("there is no {}", column.at)))?);
            }
        }
        values = next;
    }
    let only = if let [only] = values.as_slice() { Some(*only) } else { None };
    if let (Some(Value::List(elements)), false) = (only, listed) {
        (values, listed) = (elements.iter().collect(), true);
    }
    match values.as_slice() {
        [] => Ok(Found::Ready(Cell::Null)),
        [value] if !listed => scalar(value, column),
        several => Ok(Found::Made(several.iter().map(|value| words(value)).collect::<Vec<_>>().join(BETWEEN))),
    }
}

fn scalar<'a>(value: &'a Value, column: &Column) -> Result<Found<'a>, Unfit> {
    let cell = match (value, column.kind) {
        (Value::Null, _) => Cell::Null,
        (Value::Boolean(yes), Kind::Boolean) => Cell::Flag(*yes),
        (Value::Number(number), Kind::Integer | Kind::Decimal) => match number.as_i64() {
            Some(number) => Cell::Int(number),
            None => return Ok(Found::Made(number.to_string())),
        },
        (Value::String(text), Kind::Decimal | Kind::Text | Kind::Code | Kind::Id | Kind::Date | Kind::PartialDate) => {
            Cell::Text(text)
        }
        (Value::Enum(code), Kind::Text | Kind::Code) => Cell::Text(code.as_str()),
        (_, kind) => return Err(Unfit(format!("{} is no {kind:?}", column.at))),
    };
    Ok(Found::Ready(cell))
}

fn words(value: &Value) -> String {
    if let Value::String(text) = value { text.clone() } else { value.to_string() }
}
