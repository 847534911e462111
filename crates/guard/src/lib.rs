//! What every document must pass before the graph sees it: a look at its characters, its shape with every fragment in
//! its place, the schema's rules, its variables, and its price. In this order, so that each step can trust the ones
//! before it: the parser recurses into brackets, validation follows fragments, execution follows both.
//!
//! It knows the schema as text alone, and neither the network nor the database.

mod document;
mod lexer;
mod limits;
mod measure;
mod price;
mod problem;
mod suggest;
mod values;

#[cfg(test)]
mod tests;

use apollo_compiler::ast::{DirectiveList, FieldDefinition};
use apollo_compiler::introspection::check_max_depth;
use apollo_compiler::parser::Parser;
use apollo_compiler::schema::{Component, ExtendedType};
use apollo_compiler::validation::Valid;
use apollo_compiler::{Schema, name, ty};
use async_graphql_parser::types::ExecutableDocument;

pub use document::{Document, OperationKind, Plan};
pub use limits::Limits;
pub use price::Price;
pub use problem::{Code, Excess, Problem, Refusal};

/// Reads documents against one schema. Cheap to share behind a reference.
#[derive(Debug)]
pub struct Guard {
    schema: Valid<Schema>,
}

impl Guard {
    /// For a schema in the definition language; the message of what is wrong with it when it is none.
    pub fn new(sdl: &str) -> Result<Self, String> {
        let schema = Schema::parse_and_validate(sdl, "schema.graphql").map_err(|error| error.errors.to_string())?;
        Ok(Self { schema: describing_one_of(schema) })
    }

    /// How many values a request's text in JSON holds; refused when they are too many to be read.
    pub fn weigh(json: &[u8], limits: &Limits) -> Result<(), Refusal> {
        if values::count(json) <= limits.values {
            return Ok(());
        }
        let hint = "send fewer at once, in several requests";
        Err(Refusal::excess(Code::TooComplex, "values", limits.values, "the request has too many values", hint))
    }

    /// Reads a document. Whatever is refused here was neither followed nor executed.
    pub fn read(&self, text: &str, limits: &Limits) -> Result<Document, Refusal> {
        lexer::scan(text, limits)?;
        // The lexer has counted already; these limits stop whatever it took for something else than the parser does.
        let mut parser = Parser::new().recursion_limit(limits.nesting * 8 + 64).token_limit(limits.tokens * 4 + 64);
        let ast = parser.parse_ast(text, "document").map_err(|error| Refusal::syntax(&error.errors))?;
        let shape = measure::measure(&ast)?;
        shape.check(limits)?;
        let document =
            ast.to_executable_validate(&self.schema).map_err(|error| Refusal::invalid(&error.errors, &self.schema))?;
        values::literals(&self.schema, &document)?;
        for operation in document.operations.iter() {
            check_max_depth(&document, operation)
                .map_err(|error| Refusal::of(Code::TooDeep, error.message().to_string()))?;
        }
        let plain = misread(text).then(|| document.to_string());
        let parsed = parse(plain.as_deref().unwrap_or(text))?;
        Ok(Document::new(document, shape, parsed))
    }

    pub(crate) fn schema(&self) -> &Valid<Schema> {
        &self.schema
    }
}

/// The document as the library that executes it knows it.
fn parse(text: &str) -> Result<ExecutableDocument, Refusal> {
    async_graphql_parser::parse_query(text).map_err(|error| Refusal::unparsable(&error))
}

/// Whether that library misreads the text: two kinds of escapes in strings, which are rare. Then it gets the document in
/// plain words, and the places that its errors name are those of another layout.
fn misread(text: &str) -> bool {
    text.contains("\\u") || text.contains("\\\"\"\"")
}

/// Adds to the schema's description of itself what the library does not know yet: `__Type.isOneOf`.
fn describing_one_of(schema: Valid<Schema>) -> Valid<Schema> {
    let mut schema = schema.into_inner();
    if let Some(ExtendedType::Object(described)) = schema.types.get_mut("__Type") {
        let field = FieldDefinition {
            description: None,
            name: name!("isOneOf"),
            arguments: Vec::new(),
            ty: ty!(Boolean),
            directives: DirectiveList::default(),
        };
        described.make_mut().fields.insert(name!("isOneOf"), Component::new(field));
    }
    // One field of a type that is there cannot make it invalid.
    Valid::assume_valid(schema)
}
