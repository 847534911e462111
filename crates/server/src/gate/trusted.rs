//! Documents that an operator has looked at: a file with their texts by SHA-256, as compilers of clients write it.

use std::collections::BTreeMap;
use std::path::Path;

use graphql::Hash;
use serde::Deserialize;

use crate::Failure;
use crate::settings::Mode;

/// The trusted documents, and what happens to others.
#[derive(Debug)]
pub struct Trusted {
    mode: Mode,
    documents: BTreeMap<Hash, String>,
}

/// A file as `relay-compiler` writes it, text by hash, or as Apollo's tools do.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    Apollo { operations: Vec<Operation> },
    Plain(BTreeMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Trusted {
    pub(super) fn read(mode: Mode, manifest: Option<&Path>) -> Result<Self, Failure> {
        let Some(file) = manifest else {
            if mode == Mode::Off {
                return Ok(Self { mode, documents: BTreeMap::new() });
            }
            return Err(Failure::usage("documents.mode needs a manifest", "name the file: documents.manifest = \"…\""));
        };
        let name = file.display();
        let text = std::fs::read_to_string(file).map_err(|error| {
            Failure::usage(
                format!("the manifest {name} cannot be read: {error}"),
                "name the file that lists the documents",
            )
        })?;
        Self::parse(mode, &text).map_err(|wrong| {
            let fix = "write a JSON object from the SHA-256 of each document, in hexadecimal digits, to its text";
            Failure::usage(format!("the manifest {name} is not right: {wrong}"), fix)
        })
    }

    fn parse(mode: Mode, text: &str) -> Result<Self, String> {
        let listed = match serde_json::from_str(text).map_err(|error| error.to_string())? {
            Manifest::Plain(documents) => documents,
            Manifest::Apollo { operations } => operations.into_iter().map(|one| (one.id, one.body)).collect(),
        };
        let mut documents = BTreeMap::new();
        let mut wrong = Vec::new();
        for (id, text) in listed {
            let hash = Hash::of(&text);
            if Hash::parse(&id) != Some(hash) {
                wrong.push(format!("{id:?} is not the SHA-256 of its document, {hash}"));
            }
            documents.insert(hash, text);
        }
        if wrong.is_empty() { Ok(Self { mode, documents }) } else { Err(wrong.join("; ")) }
    }

    /// The document with this hash.
    pub fn find(&self, hash: &Hash) -> Option<&str> {
        self.documents.get(hash).map(String::as_str)
    }

    /// Whether a document may be carried out.
    pub fn admits(&self, hash: &Hash) -> bool {
        if self.mode == Mode::Off || self.documents.contains_key(hash) {
            return true;
        }
        if self.mode == Mode::Log {
            tracing::warn!(document = %hash, "a document that is not in the manifest");
        }
        self.mode != Mode::Enforce
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let (known, other) = ("{ __typename }", "{ a }");
        let hash = Hash::of(known);
        let plain = format!("{{\"{hash}\": \"{known}\"}}");
        let apollo = format!(
            "{{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": \
             [{{\"id\": \"{hash}\", \"name\": \"A\", \"type\": \"query\", \"body\": \"{known}\"}}]}}"
        );
        for text in [plain, apollo] {
            let trusted = Trusted::parse(Mode::Enforce, &text).unwrap();
            assert_eq!(trusted.find(&hash), Some(known));
            assert!(trusted.admits(&hash) && !trusted.admits(&Hash::of(other)));
            assert!(Trusted { mode: Mode::Log, ..trusted }.admits(&Hash::of(other)));
        }
    }

    #[test]
    fn a_wrong_hash_is_told() {
        let text = format!("{{\"{}\": \"{{ a }}\"}}", Hash::of("{ b }"));
        let wrong = Trusted::parse(Mode::Off, &text).unwrap_err();
        assert!(wrong.contains(&Hash::of("{ a }").to_string()), "{wrong}");
        assert!(Trusted::parse(Mode::Off, "[]").is_err());
        assert!(Trusted::read(Mode::Enforce, None).is_err());
    }
}
