//! `phoihop migrate`: creates or updates the tables, then loads the reference data.

use persistence::Counts;

use crate::database::{self, Expect};
use crate::{Failure, import, migrate, output};

/// The options of `migrate`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    database: database::Location,
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let store = options.database.open(Expect::Anything).await?;
    output::line(applied(&migrate::up(&store).await?))?;
    output::line(reference(import::load_reference(&store).await?))
}

/// What was applied, for people.
pub(super) fn applied(names: &[String]) -> String {
    if names.is_empty() {
        return "tables: up to date".to_owned();
    }
    names.iter().map(|name| format!("applied {name}")).collect::<Vec<_>>().join("\n")
}

/// What became of the reference data, for people.
pub(super) fn reference(counts: Counts) -> String {
    if counts.created + counts.updated == 0 {
        return "reference data: up to date".to_owned();
    }
    format!("reference data: {}", super::import::counted(counts))
}
