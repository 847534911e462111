//! Input objects of which exactly one field may be given (`@oneOf`), which the library that validates does not know yet.

use apollo_compiler::ast::{Type, Value};
use apollo_compiler::executable::{Operation, Selection, SelectionSet};
use apollo_compiler::response::{JsonMap, JsonValue};
use apollo_compiler::schema::{ExtendedType, InputObjectType};
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Name, Schema};

use crate::problem::{Code, Refusal};

/// Checks what stands in the document: one field, and nothing nullable in it.
pub fn literals(schema: &Schema, document: &Valid<ExecutableDocument>) -> Result<(), Refusal> {
    let sets = document.operations.iter().map(|operation| (Some(&**operation), &operation.selection_set));
    let fragments = document.fragments.values().map(|fragment| (None, &fragment.selection_set));
    for (operation, set) in sets.chain(fragments) {
        // A fragment may be spread by several operations; every one that declares the variable has to agree.
        let operations: Vec<&Operation> = match operation {
            Some(operation) => vec![operation],
            None => document.operations.iter().map(|operation| &**operation).collect(),
        };
        in_set(schema, &operations, set)?;
        for variable in operation.iter().flat_map(|operation| &operation.variables) {
            if let Some(value) = &variable.default_value {
                in_value(schema, &operations, &variable.ty, value)?;
            }
        }
    }
    Ok(())
}

fn in_set(schema: &Schema, operations: &[&Operation], set: &SelectionSet) -> Result<(), Refusal> {
    for selection in &set.selections {
        match selection {
            Selection::Field(field) => {
                for argument in &field.arguments {
                    if let Some(known) = field.definition.argument_by_name(&argument.name) {
                        in_value(schema, operations, &known.ty, &argument.value)?;
                    }
                }
                in_set(schema, operations, &field.selection_set)?;
            }
            Selection::InlineFragment(fragment) => in_set(schema, operations, &fragment.selection_set)?,
            Selection::FragmentSpread(_) => {}
        }
    }
    Ok(())
}

fn in_value(schema: &Schema, operations: &[&Operation], ty: &Type, value: &Value) -> Result<(), Refusal> {
    if let Value::List(items) = value {
        let inner = if ty.is_list() { ty.item_type() } else { ty };
        return items.iter().try_for_each(|item| in_value(schema, operations, inner, item));
    }
    let (Value::Object(fields), Some(object)) = (value, input_object(schema, ty.inner_named_type())) else {
        return Ok(());
    };
    if is_one_of(object) {
        let refuse = |why: &str| Err(refusal(Code::ValidationFailed, &object.name, why));
        let [(name, value)] = fields.as_slice() else { return refuse("exactly one of its fields must be given") };
        if value.is_null() {
            return refuse(&format!("{name} must not be null"));
        }
        if let Value::Variable(variable) = value.as_ref() {
            let declared = operations.iter().flat_map(|operation| &operation.variables);
            let mut declared = declared.filter(|one| one.name == *variable);
            if declared.any(|one| !one.ty.is_non_null()) {
                return refuse(&format!("variable ${variable} in {name} must be non-null"));
            }
        }
    }
    for (name, value) in fields {
        if let Some(field) = object.fields.get(name) {
            in_value(schema, operations, &field.ty, value)?;
        }
    }
    Ok(())
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

fn refusal(code: Code, name: &Name, why: &str) -> Refusal {
    Refusal::of(code, format!("{name}: {why}"))
}

fn is_one_of(object: &InputObjectType) -> bool {
    object.directives.has("oneOf")
}

fn input_object<'a>(schema: &'a Schema, name: &Name) -> Option<&'a InputObjectType> {
    if let Some(ExtendedType::InputObject(object)) = schema.types.get(name) { Some(object) } else { None }
}
