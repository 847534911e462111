//! `phoihop schema print` and `phoihop schema check`: the program's schemas, and whether a committed file still is one.

use std::fs;
use std::path::PathBuf;

use clap::Subcommand;
use similar::TextDiff;

use crate::{Failure, output};

/// So many lines of a difference are shown; whoever wants all of it asks git.
const SHOWN: usize = 40;

/// What to do with the schema.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the GraphQL schema
    Print {
        /// The JSON Schema of dossiers instead
        #[arg(long)]
        dossier: bool,
    },
    /// Fail when a file differs from what `schema print` prints
    Check {
        /// The JSON Schema of dossiers instead
        #[arg(long)]
        dossier: bool,
        /// The file to compare [default: schema.graphql, with --dossier crates/dossier/phoihop-1.schema.json]
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Print { dossier } => output::raw(&schema(*dossier)),
        Command::Check { dossier, file } => {
            let committed = if *dossier { "crates/dossier/phoihop-1.schema.json" } else { "schema.graphql" };
            check(&schema(*dossier), &file.clone().unwrap_or_else(|| committed.into()))
        }
    }
}

fn schema(dossier: bool) -> String {
    if dossier { dossier::json_schema() } else { graphql::sdl() }
}

fn check(schema: &str, file: &PathBuf) -> Result<(), Failure> {
    let shown = file.display().to_string();
    let committed = fs::read_to_string(file).map_err(|error| {
        Failure::new(
            format!("{shown} cannot be read: {error}"),
            "run this in the repository, or name the file: --file FILE",
        )
    })?;
    match difference(&committed, schema, &shown) {
        None => output::line(format!("{shown} is up to date")),
        Some(difference) => {
            output::line(difference)?;
            Err(Failure::new(format!("{shown} is not what the program prints"), "make schema"))
        }
    }
}

/// The first lines of how the committed text must change; none when it need not.
fn difference(committed: &str, schema: &str, file: &str) -> Option<String> {
    if committed == schema {
        return None;
    }
    let diff = TextDiff::from_lines(committed, schema);
    let text = diff.unified_diff().context_radius(2).header(file, "the program").to_string();
    let more = text.lines().count().saturating_sub(SHOWN);
    let cut = (more > 0).then(|| format!("… {more} more lines"));
    let lines: Vec<&str> = text.lines().take(SHOWN).chain(cut.as_deref()).collect();
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_shown_and_cut() {
        assert_eq!(difference("a\nb\n", "a\nb\n", "f"), None);
        assert_eq!(difference("a\nb\n", "a\nc\n", "f").unwrap(), "--- f\n+++ the program\n@@ -1,2 +1,2 @@\n a\n-b\n+c");
        let long = difference("", &"x\n".repeat(100), "f").unwrap();
        assert_eq!(long.lines().count(), SHOWN + 1);
        assert!(long.ends_with("… 63 more lines"), "{long}");
    }

    #[test]
    fn the_printed_schema_passes_the_check() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("schema.graphql");
        assert!(check("x\n", &file).unwrap_err().message.contains("cannot be read"));
        fs::write(&file, schema(false)).unwrap();
        assert_eq!(check(&schema(false), &file), Ok(()));
        assert_eq!(check("x\n", &file).unwrap_err().fix, "make schema");
    }
}
