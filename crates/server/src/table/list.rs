//! Lists: every row that may be seen and fits, one a record, however many there are.

mod programs;
mod results;
mod signatories;

use std::collections::BTreeSet;

use graphql::Refused;
use persistence::listing::{self, CellKind, Listing, Taker};
use persistence::{Filter, Record, Scope};

use super::{Asked, Column, Language, Stopped, filter};

pub use programs::PROGRAMS;
pub use results::RESULTS;
pub use signatories::SIGNATORIES;

/// The lists there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Programs.
    Programs,
    /// Who signed what.
    Signatories,
    /// What came of programs.
    Results,
}

impl List {
    /// How the store reads the column of a name.
    pub fn kind(self, name: &str) -> Option<CellKind> {
        match self {
            Self::Programs => listing::PROGRAMS.kind(name),
            Self::Signatories => listing::SIGNATORIES.kind(name),
            Self::Results => listing::RESULTS.kind(name),
        }
    }

    /// The columns that the store reads.
    pub fn names(self) -> BTreeSet<&'static str> {
        match self {
            Self::Programs => listing::PROGRAMS.names().collect(),
            Self::Signatories => listing::SIGNATORIES.names().collect(),
            Self::Results => listing::RESULTS.names().collect(),
        }
    }

    /// How many rows fit.
    pub async fn count(self, scope: &Scope, asked: &Asked) -> Result<i64, Stopped> {
        Ok(match self {
            Self::Programs => {
                let filter = graphql::listing::programs(filter::programs(asked)).map_err(Stopped::Refused)?;
                listing::PROGRAMS.count(scope, &filter).await?
            }
            Self::Signatories => {
                let filter = graphql::listing::signatories(filter::signatories(asked)).map_err(Stopped::Refused)?;
                listing::SIGNATORIES.count(scope, &filter).await?
            }
            Self::Results => {
                let filter = graphql::listing::results(filter::results(asked)).map_err(Stopped::Refused)?;
                listing::RESULTS.count(scope, &filter).await?
            }
        })
    }

    /// Hands on every row that fits.
    pub async fn pour<T: Taker<Error = Stopped>>(
        self,
        scope: &Scope,
        columns: &[&Column],
        asked: &Asked,
        taker: &mut T,
    ) -> Result<(), Stopped> {
        match self {
            Self::Programs => {
                let filter = graphql::listing::programs(filter::programs(asked));
                pour(&listing::PROGRAMS, scope, columns, asked, filter, taker).await
            }
            Self::Signatories => {
                let filter = graphql::listing::signatories(filter::signatories(asked));
                pour(&listing::SIGNATORIES, scope, columns, asked, filter, taker).await
            }
            Self::Results => {
                let filter = graphql::listing::results(filter::results(asked));
                pour(&listing::RESULTS, scope, columns, asked, filter, taker).await
            }
        }
    }
}

async fn pour<R: Record, T: Taker<Error = Stopped>>(
    listing: &Listing<R>,
    scope: &Scope,
    columns: &[&Column],
    asked: &Asked,
    filter: Result<Filter<R>, Refused>,
    taker: &mut T,
) -> Result<(), Stopped> {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let filter = filter.map_err(Stopped::Refused)?;
    listing.pour(scope, (&names, asked.language == Language::En), &filter, taker).await
}
