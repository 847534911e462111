//! Brings a database to the form that this program knows, and tells when it has another one.

use std::fmt::Display;

use migrations::roles::{self, Prepared};
use migrations::{Migrator, MigratorTrait, order};
use persistence::{Owner, Store, StoreOptions};

use crate::Failure;

/// What was done to a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migrated {
    /// The migrations that were applied.
    pub applied: Vec<String>,
    /// PostgreSQL's roles that were made, and what could not be.
    pub roles: Prepared,
    /// Whether the changes came from another server and were put in order anew.
    pub reordered: bool,
}

/// Makes the roles that are missing and applies the migrations that are pending, as the tables' owner.
pub async fn up(options: &StoreOptions) -> Result<Migrated, Failure> {
    let mut migrated = Migrated::default();
    let mut owner = Owner::open(options).await?;
    if owner.has_roles() {
        migrated.roles = roles::prepare(owner.connection()).await.map_err(not_prepared)?;
        owner = as_owner(options).await?;
    }
    migrated.applied = pending(&Store::open(&owning(options)).await?).await?;
    if !migrated.applied.is_empty() {
        Migrator::up(owner.connection(), None).await.map_err(|error| {
            Failure::new(
                format!("the database cannot be migrated: {error}"),
                "the user needs the right to create tables; nothing else may migrate it at the same time",
            )
        })?;
    }
    roles::show_migrations(owner.connection()).await.map_err(not_prepared)?;
    migrated.reordered = order::mend(owner.connection()).await.map_err(|error| {
        Failure::new(
            format!("the changes cannot be put in order: {error}"),
            "migrate while nobody reads or writes the database",
        )
    })?;
    Ok(migrated)
}

async fn as_owner(options: &StoreOptions) -> Result<Owner, Failure> {
    Owner::open(&owning(options)).await.map_err(|error| {
        let fix = format!("grant the role to the user of the URL: GRANT {} TO …", roles::OWNER);
        Failure::new(format!("the role {} cannot be taken on: {error}", roles::OWNER), fix)
    })
}

/// The same database as the tables' owner; on SQLite everybody is.
pub fn owning(options: &StoreOptions) -> StoreOptions {
    if options.url.starts_with("sqlite:") { options.clone() } else { options.clone().with_role(roles::OWNER) }
}

fn not_prepared(error: impl Display) -> Failure {
    Failure::new(
        format!("the roles cannot be made: {error}"),
        "migrate as a superuser, or as the database's owner with the right CREATEROLE; docs/operating.md lists what an \
         administrator can prepare instead",
    )
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
async fn pending(store: &Store) -> Result<Vec<String>, Failure> {
    let applied = store.applied_migrations().await.map_err(|error| {
        Failure::new(
            format!("the state of the database cannot be read: {error}"),
            "check that --data-dir or --database-url names a database of phoihop",
        )
    })?;
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let unknown: Vec<String> = applied.iter().filter(|name| !known.contains(name)).cloned().collect();
    if !unknown.is_empty() {
        return Err(Failure::new(
            format!("the database is newer than this program: it has {}", unknown.join(", ")),
            "use the version of the program that migrated it, or a later one",
        ));
    }
    Ok(known.into_iter().filter(|name| !applied.contains(name)).collect())
}
