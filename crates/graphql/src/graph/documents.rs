//! Documents that were read, by their hash. Nothing in them depends on who asks.

use std::sync::Arc;

use async_graphql::Value;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Selection};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use guard::Limits;

use crate::error::Refused;

/// SHA-256 of a document's text: two texts with the same hash are the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

impl Hash {
    /// That of a text.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// Reads 64 hexadecimal digits of either case, with or without `sha256:` before them.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("sha256:").unwrap_or(text);
        let mut bytes = [0; 32];
        if digits.len() != bytes.len() * 2 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A document that fits the schema, as the guard read it and as the library executes it.
#[derive(Debug)]
pub struct Document {
    hash: Hash,
    text: Box<str>,
    read: guard::Document,
}

impl Document {
    pub(super) fn new(hash: Hash, text: &str, read: guard::Document) -> Self {
        Self { hash, text: text.into(), read }
    }

    pub(super) const fn hash(&self) -> Hash {
        self.hash
    }

    /// Refuses it for a caller with other limits than those under which it was read.
    pub(super) fn check(&self, limits: &Limits) -> Result<(), Refused> {
        Ok(self.read.check(&self.text, limits)?)
    }

    pub(super) fn read(&self) -> &guard::Document {
        &self.read
    }

    pub(super) fn parsed(&self) -> &ExecutableDocument {
        self.read.parsed()
    }

    /// The document with nothing but one field at the root.
    pub(super) fn only(&self, name: &str) -> ExecutableDocument {
        let mut document = self.parsed().clone();
        let wanted = |selection: &Selection| {
            if let Selection::Field(field) = selection { field.node.name.node == name } else { false }
        };
        let operations: Vec<_> = match &mut document.operations {
            DocumentOperations::Single(operation) => vec![operation],
            DocumentOperations::Multiple(operations) => operations.values_mut().collect(),
        };
        for operation in operations {
            operation.node.selection_set.node.items.retain(|selection| wanted(&selection.node));
        }
        document
    }

    /// Whether every execution answers the same, where nothing but the schema is asked for: one operation, no variables.
    pub(super) fn is_constant(&self) -> bool {
        match &self.parsed().operations {
            DocumentOperations::Single(operation) => operation.node.variable_definitions.is_empty(),
            DocumentOperations::Multiple(operations) => {
                operations.len() == 1
                    && operations.values().all(|operation| operation.node.variable_definitions.is_empty())
            }
        }
    }
}

/// A bounded number of documents; those that are asked for stay.
pub struct Documents {
    cache: Cache<Hash, Arc<Document>>,
    /// What the schema answers about itself. An answer is much larger than its document.
    descriptions: Cache<Hash, Arc<Value>>,
}

/// So many descriptions are kept: clients have few ways to ask for them.
const DESCRIPTIONS: u64 = 8;

/// A document takes so many times the bytes of its text: it is kept in two forms.
const EXPANSION: usize = 100;

/// So many bytes all documents may take, roughly.
const CAPACITY: u64 = 24 * 1024 * 1024;

impl Documents {
    pub fn new() -> Self {
        let weigh = |_: &Hash, document: &Arc<Document>| {
            u32::try_from(document.text.len().saturating_mul(EXPANSION).saturating_add(4096)).unwrap_or(u32::MAX)
        };
        Self {
            cache: Cache::builder().max_capacity(CAPACITY).weigher(weigh).build(),
            descriptions: Cache::new(DESCRIPTIONS),
        }
    }

    pub fn find(&self, hash: &Hash) -> Option<Arc<Document>> {
        self.cache.get(hash)
    }

    pub fn keep(&self, document: Document) -> Arc<Document> {
        let document = Arc::new(document);
        self.cache.insert(document.hash, Arc::clone(&document));
        document
    }

    pub fn description(&self, hash: &Hash) -> Option<Arc<Value>> {
        self.descriptions.get(hash)
    }

    pub fn keep_description(&self, hash: Hash, description: &Value) {
        self.descriptions.insert(hash, Arc::new(description.clone()));
    }
}
