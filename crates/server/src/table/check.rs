//! Whether what a request names is in the catalogs: a slip would make an empty table, which looks like an answer.

use domain::{Indicator, Region, Sector, Topic};
use persistence::{Loader, Scope, StoreError};

use super::{Asked, Table, Takes, Wrong};

/// Refuses names that no catalog has. What may be hidden from whoever asks, programs for one, is not looked up.
pub async fn check(scope: &Scope, table: &Table, asked: &Asked) -> Result<Result<(), Wrong>, StoreError> {
    let loader = Loader::new(scope.clone());
    for parameter in table.parameters {
        let given = asked.of(parameter.name);
        if given.is_empty() {
            continue;
        }
        let known: Vec<String> = match parameter.takes {
            Takes::Topic => loader.all::<Topic>().await?.iter().map(|one| one.code.clone()).collect(),
            Takes::Sector => loader.all::<Sector>().await?.iter().map(|one| one.code.clone()).collect(),
            Takes::Region => loader.all::<Region>().await?.iter().map(|one| one.code.clone()).collect(),
            Takes::Indicator => loader.all::<Indicator>().await?.iter().map(|one| one.code.clone()).collect(),
            Takes::Tenant => {
                let mut slugs: Vec<String> =
                    scope.tenants_of_all_time().await?.into_iter().map(|one| one.slug).collect();
                slugs.sort_unstable();
                slugs.dedup();
                slugs
            }
            Takes::Id | Takes::Program | Takes::Day | Takes::Measure | Takes::Dimension => continue,
        };
        if let Some(name) = given.iter().find(|name| !known.contains(name)) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let Wrong(message) = Wrong::unknown(parameter.name, name, &known);
            return Ok(Err(Wrong(format!("{}: {message}", parameter.name))));
        }
    }
    Ok(Ok(()))
}
