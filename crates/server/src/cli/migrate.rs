//! `phoihop migrate`: creates or updates the tables, then loads the reference data.

use migrations::roles;
use persistence::{Counts, Store};

use crate::database::{self, Expect};
use crate::migrate::Migrated;
use crate::{Failure, import, migrate, output};

/// The options of `migrate`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    database: database::Location,
}

pub(super) async fn run(options: &Options) -> Result<(), Failure> {
    let options = options.database.options(Expect::Anything).await?;
    let migrated = migrate::up(&options).await?;
    output::line(told(&migrated))?;
    let store = Store::open(&migrate::owning(&options)).await?;
    output::line(reference(import::load_reference(&store).await?))?;
    if migrated.roles.backup_missing {
        let (backup, read) = (roles::BACKUP, "pg_read_all_data");
        output::note(format!(
            "note: only a superuser can make the role for dumps: CREATE ROLE {backup} LOGIN BYPASSRLS; GRANT {read} TO \
             {backup}; a dump as another role misses rows"
        ));
    }
    Ok(())
}

/// What was done, for people.
pub(super) fn told(migrated: &Migrated) -> String {
    let roles = migrated.roles.created.iter().map(|name| format!("made the role {name}"));
    let applied = migrated.applied.iter().map(|name| format!("applied {name}"));
    let reordered = migrated.reordered.then(|| "put the changes of another server in order".to_owned());
    let lines: Vec<String> = roles.chain(applied).chain(reordered).collect();
    if lines.is_empty() { "tables: up to date".to_owned() } else { lines.join("\n") }
}

/// What became of the reference data, for people.
pub(super) fn reference(counts: Counts) -> String {
    if counts.created + counts.updated == 0 {
        return "reference data: up to date".to_owned();
    }
    format!("reference data: {}", super::import::counted(counts))
}
