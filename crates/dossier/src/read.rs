//! From the bytes of a file to a dossier that is whole in itself: shape, local references, values and the rules of
//! the domain. What only the store can tell comes later, see `needs`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use domain::{Bundle, bundle::Known, bundle::Needs};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::compile::Compiler;
use crate::format::Dossier;
use crate::problem::{Collector, Problems};
use crate::reference::Reference;
use crate::schema::sorted;
use crate::structure;
use crate::tree::{self, Expect, MAX_BYTES, Node};

/// A dossier without faults of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The dossier.
    pub dossier: Dossier,
    /// The file it came from, as the caller named it.
    pub file: String,
    /// SHA-256 of the dossier's canonical form in hexadecimal: keys sorted, empty ones left out, no comments.
    pub digest: String,
    tree: Node,
}

/// Reads a file of at most 4 MiB. A larger one is refused before it is read.
///
/// # Errors
///
/// A problem without a line: the file cannot be opened, or is too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Problems> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| Problems::one(&name, None, format!("the file cannot be read: {error}"));
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Problems::one(&name, None, "this is a directory; name the files in it"));
    }
    if metadata.len() > MAX_BYTES {
        return Err(tree::too_large(&name, metadata.len()));
    }
    let mut bytes = Vec::new();
    // A pipe says nothing of its size, and a file may grow while it is read.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Reads a dossier, YAML or JSON.
///
/// # Errors
///
/// All problems of the file at once, in the order of its lines.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Checked, Problems> {
    let reference = Reference::shipped()?;
    let (tree, noted) = tree::parse(file_name, bytes)?;
    let mut problems = Collector::new(file_name, &tree);
    for problem in noted {
        problems.add(problem);
    }
    let value = tree.value(Expect::Schema(Some(&crate::schema::SCHEMA)));
    let digest = digest(&value);
    let dossier = structure::check(value, &tree, &mut problems);
    let Some(dossier) = dossier else {
        problems.finish()?;
        return Err(Problems::one(file_name, None, "the file is no dossier; see docs/dossier-format.md"));
    };
    Compiler::asking(&dossier, &digest, reference, problems).needs()?;
    Ok(Checked { dossier, file: file_name.to_owned(), digest, tree })
}

fn digest(value: &Value) -> String {
    let canonical = sorted(value.clone()).to_string();
    format!("{:x}", Sha256::digest(canonical.as_bytes()))
}

impl Checked {
    /// A dossier that was no file of its own. Whoever makes it has checked its texts.
    pub(crate) fn new(dossier: Dossier, file: &str, tree: Node) -> Self {
        let digest = digest(&serde_json::to_value(&dossier).unwrap_or_default());
        Self { dossier, file: file.to_owned(), digest, tree }
    }

    /// Line and column, both from 1, of the value at a JSON pointer (`/programs/0/title`), or of the nearest thing
    /// around it.
    pub fn locate(&self, pointer: &str) -> (usize, usize) {
        self.tree.locate(pointer)
    }

    /// What the store must look up and hand out before [`compile`](Self::compile).
    ///
    /// # Errors
    ///
    /// Names and codes that `reference` does not have.
    pub fn needs(&self, reference: &Reference) -> Result<Needs, Problems> {
        Compiler::asking(&self.dossier, &self.digest, reference, self.collector()).needs()
    }

    /// The records of the dossier, with the ids that the store gave in answer to [`needs`](Self::needs).
    ///
    /// # Errors
    ///
    /// What the store could not find, and edges that would lead to another tenant where none may.
    pub fn compile(&self, reference: &Reference, known: &Known) -> Result<Bundle, Problems> {
        Compiler::given(&self.dossier, &self.digest, reference, known, self.collector()).bundle()
    }

    const fn collector(&self) -> Collector<'_> {
        Collector::new(self.file.as_str(), &self.tree)
    }
}
