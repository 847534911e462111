//! A document that was read, and what one request makes of it.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::executable::{Operation, OperationType};
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::{JsonMap, JsonValue};
use apollo_compiler::validation::Valid;
use async_graphql_parser::types::ExecutableDocument as Parsed;
use async_graphql_value::ConstValue;
use serde_json::{Map, Value};

use crate::limits::Limits;
use crate::measure::Shape;
use crate::price::{self, Price};
use crate::problem::{Code, Refusal};
use crate::{Guard, lexer, values};

/// A document that fits the schema. May be kept: nothing in it depends on who asks, or on variables.
#[derive(Debug)]
pub struct Document {
    valid: Valid<ExecutableDocument>,
    shape: Shape,
    parsed: Parsed,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Changes.
    Mutation,
    /// Listens.
    Subscription,
}

/// One operation of a document with its variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What it does.
    pub kind: OperationKind,
    /// Its name in the document.
    pub name: Option<String>,
    /// What it could cost.
    pub price: Price,
    /// Whether it reads the schema.
    pub introspects: bool,
    /// Whether it reads nothing else.
    pub introspects_only: bool,
    /// Whether only its price is wanted: `rateLimit(dryRun: true)`.
    pub dry_run: bool,
}

impl Document {
    pub(crate) fn new(valid: Valid<ExecutableDocument>, shape: Shape, parsed: Parsed) -> Self {
        Self { valid, shape, parsed }
    }

    /// The document as the library that executes it knows it.
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// Refuses a document that somebody else was allowed to send, whose limits are wider.
    pub fn check(&self, text: &str, limits: &Limits) -> Result<(), Refusal> {
        lexer::scan(text, limits)?;
        self.shape.check(limits)
    }

    /// Chooses the operation, checks its variables and says what it costs.
    pub fn plan(
        &self,
        guard: &Guard,
        operation: Option<&str>,
        variables: &Map<String, Value>,
        limits: &Limits,
    ) -> Result<Plan, Refusal> {
        let operation = self.operation(operation)?;
        // What nobody declared is not looked at.
        let declared = operation.variables.iter().filter_map(|one| variables.get_key_value(one.name.as_str()));
        let given: JsonMap =
            declared.map(|(name, value)| (name.as_str().into(), JsonValue::from(value.clone()))).collect();
        let schema = guard.schema();
        let variables = coerce_variable_values(schema, operation, &given)
            .map_err(|error| Refusal::of(Code::BadUserInput, error.message().to_string()))?;
        values::variables(schema, operation, &variables)?;
        let price = price::asked(schema, &self.valid, &operation.selection_set, &variables);
        for (name, found, limit, what) in [
            ("nodes", price.nodes, limits.nodes, "the answer could have too many objects"),
            ("cost", price.units, limits.cost, "the operation costs too much"),
        ] {
            if found > limit {
                let hint = "ask for smaller pages with `first`, for fewer pages within pages, or in several requests";
                return Err(Refusal::excess(Code::TooComplex, name, limit, &format!("{what}, {found}"), hint));
            }
        }
        let introspection = |name: &str| matches!(name, "__schema" | "__type" | "_service");
        let mut roots = operation.root_fields(&self.valid).map(|field| field.name.as_str());
        Ok(Plan {
            kind: match operation.operation_type {
                OperationType::Query => OperationKind::Query,
                OperationType::Mutation => OperationKind::Mutation,
                OperationType::Subscription => OperationKind::Subscription,
            },
            name: operation.name.as_ref().map(ToString::to_string),
            price,
            introspects: operation.root_fields(&self.valid).any(|field| introspection(field.name.as_str())),
            introspects_only: roots.all(|name| introspection(name) || name == "__typename"),
            dry_run: operation.root_fields(&self.valid).any(|field| {
                field.name == "rateLimit"
                    && field.specified_argument_by_name("dryRun").is_some_and(|value| match value.as_variable() {
                        Some(variable) => variables.get(variable.as_str()).and_then(JsonValue::as_bool) == Some(true),
                        None => value.to_bool() == Some(true),
                    })
            }),
        })
    }

    /// What an operation did cost, by the `data` of its answer.
    pub fn spent(&self, guard: &Guard, operation: Option<&str>, data: &ConstValue) -> u64 {
        self.operation(operation)
            .map_or(0, |operation| price::spent(guard.schema(), &self.valid, &operation.selection_set, data))
    }

    fn operation(&self, name: Option<&str>) -> Result<&Operation, Refusal> {
        let found = self.valid.operations.get(name).map_err(|_error| {
            let message = match name {
                Some(name) => format!("the document has no operation named {name:?}"),
                None => "the document has several operations; say with `operationName` which one is meant".to_owned(),
            };
            Refusal::of(Code::OperationResolution, message)
        })?;
        Ok(found)
    }
}
