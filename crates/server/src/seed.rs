//! Fills a database with invented records in the shapes of real ones, as many as asked for: for measuring, and for trying
//! things out. The same seed, scale and number of provinces make the same records, wherever and whenever.
//!
//! The center's records, with the agencies of every province, are one transaction; then each province is one, with its
//! source. So a province that has its source is complete, and an interrupted seeding goes on where it stopped.

mod agency;
mod award;
mod chance;
mod date;
mod direction;
mod document;
mod event;
mod id;
mod involvement;
mod person;
mod program;
mod remark;
mod result;
mod scribe;
#[cfg(test)]
mod tests;
mod unit;
mod words;

use chrono::NaiveDate;
use domain::involvement::InvolvementKind;
use domain::source::Coverage;
use domain::{Basis, Bundle, PartialDate, Source, Tenant, TenantId, Visibility};
use dossier::Reference;
use futures_util::{StreamExt, TryStreamExt, stream};
use persistence::{Bulk, Store};

use crate::Failure;
use chance::Chance;
use scribe::Scribe;
use unit::Unit;

/// Provinces that are written at once on PostgreSQL: one waits for the database while the others are thought up.
const WRITERS: usize = 3;

/// What is seeded.
#[derive(Debug)]
pub struct Plan {
    seed: u32,
    scale: u64,
    reference: &'static Reference,
    center: &'static Tenant,
    provinces: Vec<&'static Tenant>,
}

/// How much was seeded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Tenants that were complete already.
    pub skipped: usize,
    /// Programs.
    pub programs: usize,
    /// Signatories of programs.
    pub signatories: usize,
    /// Results.
    pub results: usize,
    /// Rows of every kind of record, these among them.
    pub rows: usize,
}

impl std::ops::AddAssign for Seeded {
    fn add_assign(&mut self, other: Self) {
        self.skipped += other.skipped;
        self.programs += other.programs;
        self.signatories += other.signatories;
        self.results += other.results;
        self.rows += other.rows;
    }
}

impl Plan {
    /// A plan for the first so many of the current provinces.
    pub fn new(provinces: usize, scale: u32, seed: u32) -> Result<Self, Failure> {
        let reference = Reference::shipped()?;
        let current = |tenant: &&Tenant| tenant.valid_to.is_none() && tenant.id != TenantId::CENTRAL;
        let all: Vec<&Tenant> = reference.tenants.iter().filter(current).collect();
        if provinces == 0 || provinces > all.len() || scale == 0 {
            return Err(Failure::usage(
                format!("{provinces} provinces at scale {scale} cannot be seeded"),
                format!("--provinces is 1 to {}, --scale at least 1", all.len()),
            ));
        }
        let Some(center) = reference.tenant(TenantId::CENTRAL) else {
            return Err(Failure::new("the reference data has no center", "install the program anew"));
        };
        let provinces = all.into_iter().take(provinces).collect();
        Ok(Self { seed, scale: u64::from(scale), reference, center, provinces })
    }

    /// How many steps [`run`] reports: the center, then each province.
    pub fn steps(&self) -> usize {
        1 + self.provinces.len()
    }

    /// The key of each tenant's source.
    fn key(&self) -> String {
        format!("seed-{}-scale-{}", self.seed, self.scale)
    }

    /// What stands in place of a dossier's digest: it tells one seeding from another.
    fn digest(&self) -> String {
        format!("{}-provinces-{}", self.key(), self.provinces.len())
    }

    fn programs_of(&self, tenant: &Tenant) -> u64 {
        self.scale * if tenant.id == TenantId::CENTRAL { program::CENTRAL } else { program::BLOCK }
    }

    fn chance(&self, tenant: &Tenant, noun: u64, number: u64) -> Chance {
        Chance::of(&[u64::from(self.seed), u64::from(tenant.id.0.unsigned_abs()), noun, number])
    }

    fn source(&self, unit: &Unit<'_>) -> Source {
        Source {
            id: scribe::source_id(unit),
            dossier: self.key(),
            url: None,
            publisher: "phoihop seed".to_owned(),
            title: Some(format!("Dữ liệu tự sinh cho {}: không có thật", unit.name)),
            published_on: NaiveDate::from_ymd_opt(2026, 10, 31).map(PartialDate::day),
            published_at: None,
            author: None,
            photographer: None,
            syndicated_from: None,
            coverage: Coverage::Full,
            captured_on: None,
            views: None,
            media: Vec::new(),
            tenant_basis: Basis::Stated,
            tenant_evidence: Vec::new(),
            note: Some("Everything that leads back to this source is invented, made by `phoihop seed`.".to_owned()),
            digest: self.digest(),
            visibility: Visibility::Public,
            version: 0,
        }
    }
}

/// What is told while a seeding runs: a tenant is complete, or was so before (none).
pub type Progress<'a> = dyn Fn(&Tenant, Option<Seeded>) + Sync + 'a;

/// Seeds a database that holds nothing but the reference data and what an earlier run of the same plan left; with `force`
/// whatever else it holds.
pub async fn run(store: &Store, plan: &Plan, force: bool, progress: &Progress<'_>) -> Result<Seeded, Failure> {
    crate::import::require_reference(store).await?;
    refuse_mixture(store, plan, force).await?;
    let mut total = center(store, plan, progress).await?;
    let writers = if store.engine() == "SQLite" { 1 } else { WRITERS };
    let provinces = stream::iter(plan.provinces.iter().map(|tenant| province(store, plan, tenant, progress)));
    let mut provinces = provinces.buffer_unordered(writers);
    while let Some(seeded) = provinces.try_next().await? {
        total += seeded;
    }
    Ok(total)
}

/// Invented records must not stand among real ones, nor among those of another seeding, whose ids they may have.
async fn refuse_mixture(store: &Store, plan: &Plan, force: bool) -> Result<(), Failure> {
    let mut tx = store.begin_operation(crate::Clock::system().occasion("seed")).await?;
    tx.act_for(TenantId::CENTRAL, &[]).await?;
    let begun = tx.dossier_digest(TenantId::CENTRAL, &plan.key()).await?.as_deref() == Some(plan.digest().as_str());
    for tenant in &plan.reference.tenants {
        tx.act_for(tenant.id, &[]).await?;
        if !begun && tx.holding(tenant.id, &[id::seeded()]).await?.is_some() {
            return Err(Failure::new(
                "the database holds records of another seeding",
                "repeat it with the same --provinces, --scale and --seed, or name a database without seeded records",
            ));
        }
        if force {
            continue;
        }
        if let Some(table) = tx.holding(tenant.id, &id::others()).await? {
            return Err(Failure::new(
                format!("the database holds records that were not seeded: {table} of {}", tenant.name_vi),
                "name a database of its own for seeded records, which are invented; --force mixes them with the others \
                 for ever",
            ));
        }
    }
    Ok(())
}

/// The center's records, and everything of the provinces to which other tenants refer: their agencies.
async fn center(store: &Store, plan: &Plan, progress: &Progress<'_>) -> Result<Seeded, Failure> {
    let unit = Unit::new(plan, plan.center);
    let Some(mut bulk) = begin(store, &unit).await? else {
        progress(plan.center, None);
        return Ok(Seeded { skipped: 1, ..Seeded::default() });
    };
    let mut seeded = Seeded::default();
    for tenant in plan.provinces.iter().copied().chain([plan.center]) {
        bulk.act_for(tenant.id).await?;
        let unit = Unit::new(plan, tenant);
        let agencies = Bundle { agencies: agency::all(&unit), ..scribe::blank(&plan.source(&unit)) };
        seeded.rows += bulk.add_bundle(&agencies).await?;
    }
    seeded += write(bulk, &unit).await?;
    progress(plan.center, Some(seeded));
    Ok(seeded)
}

async fn province(
    store: &Store,
    plan: &Plan,
    tenant: &'static Tenant,
    progress: &Progress<'_>,
) -> Result<Seeded, Failure> {
    let unit = Unit::new(plan, tenant);
    let Some(bulk) = begin(store, &unit).await? else {
        progress(tenant, None);
        return Ok(Seeded { skipped: 1, ..Seeded::default() });
    };
    let seeded = write(bulk, &unit).await?;
    progress(tenant, Some(seeded));
    Ok(seeded)
}

/// Begins to write a unit; none when it is complete.
async fn begin(store: &Store, unit: &Unit<'_>) -> Result<Option<Bulk>, Failure> {
    let mut tx = store.begin_operation(crate::Clock::system().occasion("seed")).await?;
    tx.act_for(unit.tenant.id, &[]).await?;
    if tx.dossier_digest(unit.tenant.id, &unit.plan.key()).await?.is_some() {
        return Ok(None);
    }
    Ok(Some(tx.into_bulk().await?))
}

async fn write(mut bulk: Bulk, unit: &Unit<'_>) -> Result<Seeded, Failure> {
    let mut seeded = Seeded { rows: bulk.add_source(&unit.plan.source(unit)).await?, ..Seeded::default() };
    for bundle in Scribe::new(unit) {
        seeded.rows += bulk.add_bundle(&bundle).await?;
        seeded.programs += bundle.programs.len();
        seeded.signatories += bundle.involvements.iter().filter(|one| one.kind == InvolvementKind::Signatory).count();
        seeded.results += bundle.results.len();
    }
    bulk.commit().await?;
    Ok(seeded)
}
