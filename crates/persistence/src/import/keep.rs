//! What an import leaves as it is: a source whose file only says the same in another way, and what somebody has decided.

use std::collections::HashMap;

use domain::{Conflict, Id, Source};
use sea_orm::sea_query::{Alias, UpdateStatement};

use crate::record::{Key, Record, among_columns};
use crate::{Counts, StoreError, Tx};

impl Tx {
    /// The digest is of the file, not of what it says: to have written the same in another way is no change.
    pub(super) async fn put_source(&self, source: &Source) -> Result<Counts, StoreError> {
        let known = self.source(source.id.tenant, &source.dossier).await?;
        let digest = known.map_or_else(|| source.digest.clone(), |known| known.digest);
        let counts = self.put(&[Source { digest: digest.clone(), ..source.clone() }]).await?;
        if digest != source.digest {
            let mut update = UpdateStatement::new();
            update
                .table(Alias::new("sources"))
                .value(Alias::new("digest"), source.digest.as_str())
                .cond_where(among_columns(<Id<Source> as Key>::COLUMNS, &[source.id]));
            self.execute(&update).await?;
        }
        Ok(counts)
    }

    /// Keeps which side of a disagreement somebody has preferred, as long as its sides are the same.
    pub(super) async fn as_resolved(&self, conflicts: &[Conflict]) -> Result<Vec<Conflict>, StoreError> {
        let keys: Vec<Id<Conflict>> = conflicts.iter().map(Record::key).collect();
        let stored = if keys.is_empty() { HashMap::new() } else { self.stored::<Conflict>(&keys).await? };
        let mut conflicts = conflicts.to_vec();
        for conflict in &mut conflicts {
            let Some(row) = stored.get(&conflict.id) else { continue };
            let known = Conflict::read(row.clone())?;
            if known.values == conflict.values {
                conflict.preferred = known.preferred;
            }
        }
        Ok(conflicts)
    }
}
