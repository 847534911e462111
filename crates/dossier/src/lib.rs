//! Dossiers: the file format `phoihop/1`, the reference data and the sample dossiers that ship with the product.
//!
//! One dossier is what one article or event says. A file goes through three steps, each of which lists all problems
//! it finds at once:
//!
//! 1. [`read()`]: bytes to a [`Checked`] dossier. Shape, local references, values, catalogues and the rules of the
//!    domain. No store is asked, so this is also how an editor or a check in CI judges a file.
//! 2. [`Checked::needs`]: what the store must look up and hand out.
//! 3. [`Checked::compile`]: with the store's answer, the [`domain::Bundle`] to be stored in one transaction.
//!
//! And back: [`restore`] makes a dossier of the records that the store has of it now, [`write()`] makes it a file.
//!
//! A table of results ([`table`]) becomes a dossier as well.
//!
//! It must not know a database or a web framework.

mod compile;
mod decompile;
pub mod nearest;
mod problem;
mod read;
mod schema;
mod structure;
mod tree;
mod write;

pub mod format;
pub mod reference;
pub mod table;

use std::borrow::Cow;

use rust_embed::RustEmbed;

pub use decompile::{Restored, restore};
pub use problem::{Problem, Problems};
pub use read::{Checked, read, read_file};
pub use reference::Reference;
pub use schema::json_schema;
pub use write::write;

#[derive(RustEmbed)]
#[folder = "samples/"]
struct Samples;

/// The sample dossiers that ship with the product: file name and content. Those that others refer to come first, since the
/// first to describe a record owns it: the five seeds, then the center's, then the provinces'.
pub fn samples() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    let mut names: Vec<_> = Samples::iter().filter(|name| name.ends_with(".yaml")).collect();
    let rank = |name: &str| match name.split('-').next() {
        Some("seed") => 0,
        Some("trung") => 1,
        _ => 2,
    };
    names.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.cmp(other)));
    names.into_iter().filter_map(|name| Samples::get(&name).map(|file| (name.into_owned(), file.data)))
}

#[cfg(test)]
mod tests;
