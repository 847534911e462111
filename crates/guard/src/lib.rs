//! What every document must pass before the graph sees it: a look at its characters, its shape with every fragment in
//! its place, the schema's rules, its variables, and its price. In this order, so that each step can trust the ones
//! before it: the parser recurses into brackets, validation follows fragments, execution follows both.
//!
//! It knows the schema as text alone, and neither the network nor the database.

mod document;
mod lexer;
mod limits;
mod measure;
mod one_of;
mod price;
mod problem;
mod suggest;

#[cfg(test)]
mod tests;

use apollo_compiler::Schema;
use apollo_compiler::introspection::check_max_depth;
use apollo_compiler::parser::Parser;
use apollo_compiler::validation::Valid;

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
        Ok(Self { schema })
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
        one_of::literals(&self.schema, &document)?;
        for operation in document.operations.iter() {
            check_max_depth(&document, operation)
                .map_err(|error| Refusal::of(Code::TooDeep, error.message().to_string()))?;
        }
        Ok(Document::new(document, shape))
    }

    pub(crate) fn schema(&self) -> &Valid<Schema> {
        &self.schema
    }
}
