//! Brings a database to the form that this program knows, and tells when it has another one.

use std::collections::HashSet;
use std::fmt::Display;

use migrations::{Migrator, MigratorTrait};
use persistence::Store;

use crate::Failure;

/// Applies what is pending and answers its names; none when the database is up to date.
pub async fn up(store: &Store) -> Result<Vec<String>, Failure> {
    let pending = pending(store).await?;
    if !pending.is_empty() {
        Migrator::up(store.migrator(), None).await.map_err(|error| {
            Failure::new(
                format!("the database cannot be migrated: {error}"),
                "the user needs the right to create tables; nothing else may migrate it at the same time",
            )
        })?;
    }
    Ok(pending)
}

/// Fails unless the database has exactly the form that this program knows. Changes nothing.
pub async fn require_current(store: &Store) -> Result<(), Failure> {
    let pending = pending(store).await?;
    if pending.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("the database is older than this program: it lacks {}", pending.join(", ")),
        "run `phoihop migrate` with the same --data-dir or --database-url",
    ))
}

/// The names of the migrations that are not applied yet. Changes nothing.
pub async fn pending(store: &Store) -> Result<Vec<String>, Failure> {
    match Migrator::get_pending_migrations_read_only(store.migrator()).await {
        Ok(pending) => Ok(pending.iter().map(|one| one.name().to_owned()).collect()),
        // It fails alike for a migration that we do not know and for any other trouble.
        Err(error) => {
            let unknown = unknown(store).await?;
            if unknown.is_empty() {
                return Err(unreadable(error));
            }
            Err(Failure::new(
                format!("the database is newer than this program: it has {}", unknown.join(", ")),
                "use the version of the program that migrated it, or a later one",
            ))
        }
    }
}

/// The names of applied migrations that this program does not have.
async fn unknown(store: &Store) -> Result<Vec<String>, Failure> {
    let known: HashSet<String> =
        Migrator::get_migration_files().iter().map(|migration| migration.name().to_owned()).collect();
    let applied = Migrator::get_migration_models(store.migrator()).await.map_err(unreadable)?;
    Ok(applied.into_iter().map(|model| model.version).filter(|version| !known.contains(version)).collect())
}

fn unreadable(error: impl Display) -> Failure {
    Failure::new(
        format!("the state of the database cannot be read: {error}"),
        "check that --data-dir or --database-url names a database of phoihop",
    )
}
