//! What an operation costs: beforehand by what it could answer, afterwards by what it did answer.
//!
//! A leaf is free, an object costs 1, a page 2, a count 5, a search 10, `__typename` and an alias 1, reading the schema a
//! flat price. What lies in a list is multiplied by how many it can hold: `first` or `last` of a page, the number of ids
//! that were given, else [`PLAIN_LIST`]. All figures saturate.

use std::collections::HashMap;

use apollo_compiler::ast::{Argument, Value};
use apollo_compiler::executable::{Field, SelectionSet};
use apollo_compiler::response::JsonMap;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Name, Node, Schema};
use async_graphql_value::ConstValue;
use async_graphql_value::indexmap::IndexMap;

/// Units, and how many objects the answer may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// What it costs.
    pub units: u64,
    /// Objects in the answer.
    pub nodes: u64,
}

const OBJECT: u64 = 1;
const PAGE: u64 = 2;
const COUNT: u64 = 5;
const SEARCH: u64 = 10;
const NAMED: u64 = 1;
/// The whole schema is large, though it is worked out once for each document.
const SCHEMA: u64 = 500;
const SCHEMA_TYPE: u64 = 20;

const DEFAULT_PAGE: u64 = 20;
const LARGEST_PAGE: u64 = 100;
/// Lists that are no pages are short by nature: names, topics, predecessors.
const PLAIN_LIST: u64 = 10;

impl Price {
    const fn plus(self, other: Self) -> Self {
        Self { units: self.units.saturating_add(other.units), nodes: self.nodes.saturating_add(other.nodes) }
    }

    const fn times(self, count: u64) -> Self {
        Self { units: self.units.saturating_mul(count), nodes: self.nodes.saturating_mul(count) }
    }

    const fn units(units: u64) -> Self {
        Self { units, nodes: 0 }
    }
}

/// What the operation could cost.
pub fn asked(schema: &Schema, document: &Valid<ExecutableDocument>, set: &SelectionSet, variables: &JsonMap) -> Price {
    Asked { schema, document, variables, known: HashMap::new() }.set(set, 1)
}

struct Asked<'a> {
    schema: &'a Schema,
    document: &'a Valid<ExecutableDocument>,
    variables: &'a JsonMap,
    /// By fragment and the size of the page in which it is spread.
    known: HashMap<(&'a Name, u64), Price>,
}

impl<'a> Asked<'a> {
    /// The price of a set for one object; `page` is how many rows the object has, when it is a page.
    fn set(&mut self, set: &'a SelectionSet, page: u64) -> Price {
        use apollo_compiler::executable::Selection::{Field, FragmentSpread, InlineFragment};
        let mut sum = Price::default();
        for selection in &set.selections {
            let price = match selection {
                Field(field) => self.field(&set.ty, field, page),
                InlineFragment(fragment) => self.set(&fragment.selection_set, page),
                FragmentSpread(spread) => {
                    let key = (&spread.fragment_name, page);
                    match (self.known.get(&key), self.document.fragments.get(&spread.fragment_name)) {
                        (Some(price), _) => *price,
                        (None, Some(fragment)) => {
                            let price = self.set(&fragment.selection_set, page);
                            self.known.insert(key, price);
                            price
                        }
                        (None, None) => Price::default(),
                    }
                }
            };
            sum = sum.plus(price);
        }
        sum
    }

    fn field(&mut self, parent: &Name, field: &'a Node<Field>, page: u64) -> Price {
        let own = own_price(self.schema, parent, field);
        if field.selection_set.selections.is_empty() || flat(&field.name) {
            return own;
        }
        let rows = self.rows(field);
        let inner = self.set(&field.selection_set, rows);
        let count = match field.name.as_str() {
            "edges" | "nodes" if is_page(self.schema, parent) => page,
            _ if field.definition.ty.is_list() => {
                let given =
                    ["ids", "representations"].into_iter().find_map(|name| self.argument(&field.arguments, name));
                match given {
                    Some(Given::Many(count)) => count,
                    Some(Given::One(_)) | None => PLAIN_LIST,
                }
            }
            _ => 1,
        };
        own.plus(inner.times(count)).plus(own_objects(self.schema, parent, field).times(count))
    }

    /// How many rows a page holds that this field asks for.
    fn rows(&self, field: &Field) -> u64 {
        ["first", "last"]
            .into_iter()
            .find_map(|name| match self.argument(&field.arguments, name) {
                // What is below 1 or above the largest page is refused when it is asked for.
                Some(Given::One(count)) => Some(u64::try_from(count).unwrap_or(1).clamp(1, LARGEST_PAGE)),
                Some(Given::Many(_)) | None => None,
            })
            .unwrap_or(DEFAULT_PAGE)
    }

    fn argument(&self, arguments: &[Node<Argument>], name: &str) -> Option<Given> {
        let argument = arguments.iter().find(|argument| argument.name == name)?;
        match argument.value.as_ref() {
            Value::Int(number) => Some(Given::One(number.try_to_i32().map_or(i64::MAX, i64::from))),
            Value::List(items) => Some(Given::Many(u64::try_from(items.len()).unwrap_or(u64::MAX))),
            Value::Variable(variable) => {
                let value = self.variables.get(variable.as_str())?;
                match value.as_array() {
                    Some(items) => Some(Given::Many(u64::try_from(items.len()).unwrap_or(u64::MAX))),
                    None => value.as_i64().map(Given::One),
                }
            }
            Value::Null
            | Value::Enum(_)
            | Value::String(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Object(_) => None,
        }
    }
}

/// What stands in an argument.
enum Given {
    One(i64),
    Many(u64),
}

/// What an operation did cost, by its answer. A field that answered null costs what it costs to find that out.
pub fn spent(schema: &Schema, document: &Valid<ExecutableDocument>, set: &SelectionSet, answer: &ConstValue) -> u64 {
    let mut objects = Vec::new();
    add_objects(answer, &mut objects);
    of_objects(schema, document, set, &objects)
}

type Object = IndexMap<async_graphql_value::Name, ConstValue>;

/// What a set did cost for all objects of which it was asked: what its fields are is looked up once, however many they are.
fn of_objects(schema: &Schema, document: &Valid<ExecutableDocument>, set: &SelectionSet, objects: &[&Object]) -> u64 {
    use apollo_compiler::executable::Selection::{Field, FragmentSpread, InlineFragment};
    if objects.is_empty() {
        return 0;
    }
    set.selections.iter().fold(0, |sum: u64, selection| {
        let part = match selection {
            Field(field) => of_field(schema, document, (&set.ty, field), objects),
            InlineFragment(fragment) => of_objects(schema, document, &fragment.selection_set, objects),
            FragmentSpread(spread) => document
                .fragments
                .get(&spread.fragment_name)
                .map_or(0, |fragment| of_objects(schema, document, &fragment.selection_set, objects)),
        };
        sum.saturating_add(part)
    })
}

fn of_field(
    schema: &Schema,
    document: &Valid<ExecutableDocument>,
    (parent, field): (&Name, &Field),
    objects: &[&Object],
) -> u64 {
    let own = own_price(schema, parent, field).units;
    let leaf = flat(&field.name) || field.selection_set.selections.is_empty();
    if leaf && own == 0 {
        return 0;
    }
    let key = field.response_key().as_str();
    let (mut answered, mut inner) = (0_u64, Vec::new());
    for value in objects.iter().filter_map(|object| object.get(key)) {
        answered += 1;
        if !leaf {
            add_objects(value, &mut inner);
        }
    }
    let count = u64::try_from(inner.len()).unwrap_or(u64::MAX);
    own.saturating_mul(answered)
        .saturating_add(own_objects(schema, parent, field).units.saturating_mul(count))
        .saturating_add(of_objects(schema, document, &field.selection_set, &inner))
}

/// Adds the objects of a value, those in lists too.
fn add_objects<'a>(value: &'a ConstValue, into: &mut Vec<&'a Object>) {
    match value {
        ConstValue::List(items) => items.iter().for_each(|item| add_objects(item, into)),
        ConstValue::Object(object) => into.push(object),
        ConstValue::Null
        | ConstValue::Boolean(_)
        | ConstValue::Number(_)
        | ConstValue::String(_)
        | ConstValue::Enum(_)
        | ConstValue::Binary(_) => {}
    }
}

/// What a field costs by itself, whatever lies below it.
fn own_price(schema: &Schema, parent: &Name, field: &Field) -> Price {
    let alias = if field.alias.is_some() { NAMED } else { 0 };
    let own = match field.name.as_str() {
        "__typename" => NAMED,
        "__schema" | "_service" => SCHEMA,
        "__type" => SCHEMA_TYPE,
        "totalCount" if is_page(schema, parent) => COUNT,
        "search" if schema.schema_definition.query.as_ref().is_some_and(|query| query.name == *parent) => SEARCH,
        _ => 0,
    };
    Price::units(alias + own)
}

/// What each object costs that a field answers. The envelope of a row, and what belongs to a page, come with the page.
fn own_objects(schema: &Schema, parent: &Name, field: &Field) -> Price {
    let named = field.definition.ty.inner_named_type();
    if is_page(schema, named) {
        Price { units: PAGE, nodes: 0 }
    } else if is_page(schema, parent) && field.name != "nodes" {
        Price::default()
    } else {
        Price { units: OBJECT, nodes: 1 }
    }
}

/// A part of a longer list, by the Relay specification.
fn is_page(schema: &Schema, name: &Name) -> bool {
    if let Some(ExtendedType::Object(object)) = schema.types.get(name) {
        return object.fields.contains_key("pageInfo") && object.fields.contains_key("edges");
    }
    false
}

/// The schema itself has one price, since each document's answer is worked out once.
fn flat(name: &Name) -> bool {
    matches!(name.as_str(), "__schema" | "__type" | "_service")
}
