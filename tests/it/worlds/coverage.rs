//! Which parts of the schema the operations use. What no operation uses is where a leak would stay unseen.

use std::collections::BTreeSet;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{Field as Asked, Selection, SelectionSet};
use serde_json::Value;

use super::operations::Operation;
use super::sdl::{Input, Sdl};

/// Everything that an operation can use: `Query.programs`, `Query.programs(where)`, `ProgramWhere.title`, and the codes
/// of orders and of the search.
pub fn usable(sdl: &Sdl) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    // What only mutations answer is tried in `writing/hidden.rs`.
    let written = |name: &str| {
        ["Mutation", "Subscription", "UserError", "BulkItem", "DossierCounts", "DossierProblem"].contains(&name)
            || name.ends_with("Payload")
    };
    for (name, fields) in sdl.outputs.iter().filter(|(name, _)| !written(name)) {
        for field in fields {
            all.insert(format!("{name}.{}", field.name));
            let arguments = field.arguments.iter();
            all.extend(arguments.map(|argument| format!("{name}.{}({})", field.name, argument.name)));
        }
    }
    let mut read = BTreeSet::new();
    let asked = sdl.outputs.iter().filter(|(name, _)| *name != "Mutation").flat_map(|(_, fields)| fields);
    for input in asked.flat_map(|field| &field.arguments) {
        reachable(sdl, &input.typed.name, &mut read);
    }
    for name in read {
        if let Some(fields) = sdl.inputs.get(&name) {
            all.extend(fields.iter().map(|field| format!("{name}.{}", field.name)));
        }
        let chosen = name.ends_with("OrderField") || ["OrderDirection", "SearchType"].contains(&name.as_str());
        if let Some(codes) = sdl.enums.get(&name).filter(|_| chosen) {
            all.extend(codes.iter().map(|code| format!("{name}.{code}")));
        }
    }
    all
}

/// The input types that the arguments of reads lead to.
fn reachable(sdl: &Sdl, name: &str, into: &mut BTreeSet<String>) {
    if into.insert(name.to_owned()) {
        for field in sdl.inputs.get(name).map_or(&[][..], Vec::as_slice) {
            reachable(sdl, &field.typed.name, into);
        }
    }
}

/// What the operations use, those that are refused left out.
pub fn used(sdl: &Sdl, operations: &[Operation]) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for operation in operations.iter().filter(|operation| !operation.refused) {
        let document = parse_query(&operation.query).unwrap_or_else(|error| panic!("{}: {error}", operation.query));
        for (_, definition) in document.operations.iter() {
            let mut walk = Walk { sdl, operation, used: &mut used };
            walk.selections("Query", &definition.node.selection_set.node);
        }
    }
    used
}

struct Walk<'a> {
    sdl: &'a Sdl,
    operation: &'a Operation,
    used: &'a mut BTreeSet<String>,
}

impl Walk<'_> {
    fn selections(&mut self, type_name: &str, set: &SelectionSet) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.field(type_name, &field.node),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|condition| condition.node.on.node.to_string());
                    self.selections(on.as_deref().unwrap_or(type_name), &fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => panic!("{} is not generated", spread.node.fragment_name.node),
            }
        }
    }

    fn field(&mut self, type_name: &str, asked: &Asked) {
        let name = asked.name.node.as_str();
        if name == "__typename" {
            return;
        }
        let Some(field) = self.sdl.fields(type_name).iter().find(|field| field.name == name) else {
            panic!("{type_name} has no {name}: {}", self.operation.query);
        };
        self.used.insert(format!("{type_name}.{name}"));
        for (argument, value) in &asked.arguments {
            let input = field.argument(argument.node.as_str()).unwrap();
            // What is no constant is a variable; one that is left out has no value.
            let constant = value.node.clone().into_const().map(|value| value.into_json().unwrap());
            let variable = value.node.to_string();
            let given = constant.or_else(|| self.operation.variables.get(variable.trim_start_matches('$')).cloned());
            if let Some(value) = given {
                self.used.insert(format!("{type_name}.{name}({})", input.name));
                self.input(input, &value);
            } else if self.operation.walk.is_some() {
                // Set from the second page on.
                self.used.insert(format!("{type_name}.{name}({})", input.name));
            }
        }
        self.selections(&field.typed.name, &asked.selection_set.node);
    }

    fn input(&mut self, input: &Input, value: &Value) {
        let type_name = &input.typed.name;
        match value {
            Value::Array(list) => list.iter().for_each(|one| self.input(input, one)),
            Value::Object(fields) => {
                // A scalar may take an object of any shape.
                let Some(known) = self.sdl.inputs.get(type_name) else { return };
                for (name, value) in fields {
                    self.used.insert(format!("{type_name}.{name}"));
                    self.input(known.iter().find(|field| field.name == *name).unwrap(), value);
                }
            }
            Value::String(code) if self.sdl.enums.contains_key(type_name) => {
                self.used.insert(format!("{type_name}.{code}"));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
