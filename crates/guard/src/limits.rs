//! How large a document may be, for one class of callers.

use serde::{Deserialize, Serialize};

/// How large a document may be. The names are those of the configuration and of errors.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Limits {
    /// Bytes of the text.
    pub document_bytes: usize,
    /// Lexical tokens.
    pub tokens: usize,
    /// Brackets of any kind, open at once.
    pub nesting: usize,
    /// Fields within fields, fragments in their place.
    pub depth: u64,
    /// Fields and spreads, fragments in their place.
    pub selections: u64,
    /// Aliases, fragments in their place.
    pub aliases: u64,
    /// Fields at the root, fragments in their place.
    pub root_fields: u64,
    /// The same for a mutation, whose fields are carried out one after the other.
    pub mutation_fields: u64,
    /// Directives, fragments in their place.
    pub directives: u64,
    /// Operations.
    pub operations: usize,
    /// Fragments.
    pub fragments: usize,
    /// Values in a request's JSON, names of fields included.
    pub values: u64,
    /// Objects that the answer may have.
    pub nodes: u64,
    /// Price of one operation.
    pub cost: u64,
}

impl Default for Limits {
    /// For callers who have not said who they are.
    fn default() -> Self {
        Self {
            document_bytes: 16 * 1024,
            tokens: 2_000,
            nesting: 32,
            depth: 14,
            selections: 2_000,
            aliases: 30,
            root_fields: 20,
            mutation_fields: 5,
            directives: 20,
            operations: 5,
            fragments: 50,
            values: 1_000,
            nodes: 5_000,
            cost: 5_000,
        }
    }
}
