//! Rules about values that the library which validates leaves out: a field of an input object is given once, exactly one
//! of an object that says so (`@oneOf`), and a variable inside of a list or an object must fit its place there.

use apollo_compiler::ast::{Type, Value};
use apollo_compiler::executable::{Operation, Selection, SelectionSet};
use apollo_compiler::response::{JsonMap, JsonValue};
use apollo_compiler::schema::{ExtendedType, InputObjectType};
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Name, Schema};

use crate::problem::{Code, Refusal};

/// Checks what stands in the document.
pub fn literals(schema: &Schema, document: &Valid<ExecutableDocument>) -> Result<(), Refusal> {
    let all: Vec<&Operation> = document.operations.iter().map(|operation| &**operation).collect();
    for operation in &all {
        let check = Check { schema, operations: std::slice::from_ref(operation) };
        check.set(&operation.selection_set)?;
        for variable in &operation.variables {
            if let Some(value) = &variable.default_value {
                check.value(&variable.ty, value)?;
            }
        }
    }
    // A fragment may be spread by several operations; every one that declares a variable has to agree.
    let check = Check { schema, operations: &all };
    document.fragments.values().try_for_each(|fragment| check.set(&fragment.selection_set))
}

struct Check<'a> {
    schema: &'a Schema,
    operations: &'a [&'a Operation],
}

impl Check<'_> {
    fn set(&self, set: &SelectionSet) -> Result<(), Refusal> {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    for argument in &field.arguments {
                        if let Some(known) = field.definition.argument_by_name(&argument.name) {
                            self.value(&known.ty, &argument.value)?;
                        }
                    }
                    self.set(&field.selection_set)?;
                }
                Selection::InlineFragment(fragment) => self.set(&fragment.selection_set)?,
                Selection::FragmentSpread(_) => {}
            }
        }
        Ok(())
    }

    /// Checks a value and what lies in it; the value itself, where it is a variable, is the library's to check.
    fn value(&self, ty: &Type, value: &Value) -> Result<(), Refusal> {
        if let Value::List(items) = value {
            let inner = if ty.is_list() { ty.item_type() } else { ty };
            return items.iter().try_for_each(|item| self.inner(inner, false, item));
        }
        let Value::Object(fields) = value else { return Ok(()) };
        for (position, (name, _)) in fields.iter().enumerate() {
            if fields.iter().take(position).any(|(before, _)| before == name) {
                let message = format!("There can be only one input field named \"{name}\".");
                return Err(Refusal::of(Code::ValidationFailed, message));
            }
        }
        let Some(object) = input_object(self.schema, ty.inner_named_type()) else {
            // A scalar takes what it likes, of any shape.
            return fields.iter().try_for_each(|(_, value)| self.value(ty, value));
        };
        if is_one_of(object) {
            self.exactly_one(&object.name, fields.iter().map(|(name, value)| (name, &**value)))?;
        }
        for (name, value) in fields {
            if let Some(field) = object.fields.get(name) {
                self.inner(&field.ty, field.default_value.is_some(), value)?;
            }
        }
        Ok(())
    }

    /// Checks what lies in a list or an object.
    fn inner(&self, ty: &Type, has_default: bool, value: &Value) -> Result<(), Refusal> {
        let Value::Variable(name) = value else { return self.value(ty, value) };
        for variable in self.declared(name) {
            let has_default = has_default || variable.default_value.as_ref().is_some_and(|value| !value.is_null());
            let place = if ty.is_non_null() && has_default { ty.clone().nullable() } else { ty.clone() };
            if !fits(&variable.ty, &place) {
                let message = format!(
                    "Variable \"${name}\" of type \"{}\" used in position expecting type \"{ty}\".",
                    variable.ty
                );
                return Err(Refusal::of(Code::ValidationFailed, message));
            }
        }
        Ok(())
    }

    fn exactly_one<'v>(
        &self,
        object: &Name,
        mut fields: impl Iterator<Item = (&'v Name, &'v Value)>,
    ) -> Result<(), Refusal> {
        let refuse = |why: &str| Err(refusal(Code::ValidationFailed, object, why));
        let (Some((name, value)), None) = (fields.next(), fields.next()) else {
            return refuse("exactly one of its fields must be given");
        };
        if value.is_null() {
            return refuse(&format!("{name} must not be null"));
        }
        if let Value::Variable(variable) = value
            && self.declared(variable).any(|one| !one.ty.is_non_null())
        {
            return refuse(&format!("variable ${variable} in {name} must be non-null"));
        }
        Ok(())
    }

    fn declared(&self, name: &Name) -> impl Iterator<Item = &apollo_compiler::ast::VariableDefinition> {
        let declared = self.operations.iter().flat_map(|operation| &operation.variables);
        declared.filter(move |one| one.name == *name).map(|one| &**one)
    }
}

/// Whether every value of one type is one of the other.
fn fits(given: &Type, place: &Type) -> bool {
    match (given.is_non_null(), place.is_non_null()) {
        (false, true) => false,
        _ if given.is_list() != place.is_list() => false,
        _ if given.is_list() => fits(given.item_type(), place.item_type()),
        _ => given.inner_named_type() == place.inner_named_type(),
    }
}

/// Checks the values of variables.
pub fn variables(schema: &Schema, operation: &Operation, values: &JsonMap) -> Result<(), Refusal> {
    for variable in &operation.variables {
        if let Some(value) = values.get(variable.name.as_str()) {
            in_json(schema, &variable.ty, value)?;
        }
    }
    Ok(())
}

fn in_json(schema: &Schema, ty: &Type, value: &JsonValue) -> Result<(), Refusal> {
    if let Some(items) = value.as_array() {
        return items.iter().try_for_each(|item| in_json(schema, ty, item));
    }
    let (Some(fields), Some(object)) = (value.as_object(), input_object(schema, ty.inner_named_type())) else {
        return Ok(());
    };
    if is_one_of(object) && (fields.len() != 1 || fields.values().any(JsonValue::is_null)) {
        return Err(refusal(Code::BadUserInput, &object.name, "exactly one of its fields must be given, and not null"));
    }
    for (name, value) in fields {
        if let Some(field) = object.fields.get(name.as_str()) {
            in_json(schema, &field.ty, value)?;
        }
    }
    Ok(())
}

/// How many values a text in JSON holds, names of fields included, without building any: what stands between signs
/// outside of strings.
pub fn count(json: &[u8]) -> u64 {
    let mut count: u64 = 0;
    let mut inside = false;
    let mut escaped = false;
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b',' | b':' | b'[' | b'{' if !inside => count += 1,
            _ => {}
        }
    }
    count
}

fn refusal(code: Code, name: &Name, why: &str) -> Refusal {
    Refusal::of(code, format!("{name}: {why}"))
}

fn is_one_of(object: &InputObjectType) -> bool {
    object.directives.has("oneOf")
}

fn input_object<'a>(schema: &'a Schema, name: &Name) -> Option<&'a InputObjectType> {
    if let Some(ExtendedType::InputObject(object)) = schema.types.get(name) { Some(object) } else { None }
}
