//! Storing the shipped catalogues.

use std::collections::BTreeSet;

use domain::{Indicator, Locality, Region, Reorganization, Sector, Tenant, TenantId, TenantSuccession, Topic, Unit};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, SelectStatement};

use crate::audit::code_of;
use crate::codec::column;
use crate::edge::table_name;
use crate::record::Stored;
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
        counts += self.put_shipped(rows.tenants).await?;
        counts += self.put_shipped(rows.successions).await?;
        self.put_stewardships(rows.successions).await?;
        counts += self.put_statutory_grant().await?;
        counts += self.put(rows.localities).await?;
        counts += self.put_shipped(rows.sectors).await?;
        counts += self.put_shipped(rows.topics).await?;
        counts += self.put_shipped(rows.units).await?;
        counts += self.put_shipped(rows.indicators).await?;
        counts += self.put_shipped(rows.reorganizations).await?;
        // They come with the program: nobody changed anything, and every database would begin with them.
        self.written().clear();
        Ok(counts)
    }

    /// Stores entries as they come with the program, except those that somebody changed here: the center's own catalog
    /// is not undone by a newer program.
    async fn put_shipped<R: Stored>(&self, rows: &[R]) -> Result<Counts, StoreError> {
        let mut select = SelectStatement::new();
        select
            .distinct()
            .column(Alias::new("record_code"))
            .from(Alias::new("audit"))
            .cond_where(Expr::col(Alias::new("tenant_id")).eq(TenantId::CENTRAL.0))
            .cond_where(Expr::col(Alias::new("record_table")).eq(table_name::<R>()));
        let mut changed = BTreeSet::new();
        for row in self.rows(&select).await? {
            changed.extend(column::<Option<String>>(&row, "record_code")?);
        }
        let own = |row: &R| code_of(&row.key()).is_some_and(|code| changed.contains(&code));
        let rows: Vec<R> = rows.iter().filter(|row| !own(row)).cloned().collect();
        self.put(&rows).await
    }
}
