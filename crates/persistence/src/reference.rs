//! Storing the shipped catalogues.

use domain::{Indicator, Locality, Region, Reorganization, Sector, Tenant, TenantSuccession, Topic, Unit};

use crate::{Counts, StoreError, Tx};

/// The shipped catalogues, list by list.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each field is the list of the noun it is named after")]
pub struct ReferenceRows<'a> {
    pub regions: &'a [Region],
    pub tenants: &'a [Tenant],
    pub successions: &'a [TenantSuccession],
    pub localities: &'a [Locality],
    pub sectors: &'a [Sector],
    pub topics: &'a [Topic],
    pub units: &'a [Unit],
    pub indicators: &'a [Indicator],
    pub reorganizations: &'a [Reorganization],
}

impl Tx {
    /// Stores the shipped catalogues: adds what is new and updates what changed. Nothing is removed, since records may
    /// point to it.
    pub async fn put_reference(&self, rows: ReferenceRows<'_>) -> Result<Counts, StoreError> {
        let mut counts = self.put(rows.regions).await?;
        counts += self.put(rows.tenants).await?;
        counts += self.put(rows.successions).await?;
        self.put_stewardships(rows.successions).await?;
        counts += self.put_statutory_grant().await?;
        counts += self.put(rows.localities).await?;
        counts += self.put(rows.sectors).await?;
        counts += self.put(rows.topics).await?;
        counts += self.put(rows.units).await?;
        counts += self.put(rows.indicators).await?;
        counts += self.put(rows.reorganizations).await?;
        // They come with the program: nobody changed anything, and every database would begin with them.
        self.written().clear();
        Ok(counts)
    }
}
