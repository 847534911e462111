//! How much is known of the programs of each province.

use std::collections::BTreeMap;

use async_graphql::{ComplexObject, Context, SimpleObject};
use chrono::NaiveDate;
use domain::reports::boundaries;
use domain::reports::quality::Quality as Known;
use domain::{TenantId, TenantSuccession};

use crate::error::Result;
use crate::filter::conditions;
use crate::program::ProgramWhere;
use crate::reports::awards::number;
use crate::reports::day;
use crate::request::request;
use crate::scalar::Date;
use crate::tenant::{Tenant, tenant_of};

/// A part of something that is counted.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct Share {
    /// How many.
    count: i32,
    /// Of how many.
    of: i32,
    /// The one by the other, 0 to 1; null of nothing.
    ratio: Option<f64>,
}

impl Share {
    fn new(count: u64, of: u64) -> Self {
        let (count, of) = (number(count), number(of));
        Self { count, of, ratio: (of > 0).then(|| f64::from(count) / f64::from(of)) }
    }
}

/// How much is known of the programs of a province or the center, and what is not.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct DataQuality {
    #[graphql(skip)]
    tenant: TenantId,
    /// How many programs were recorded.
    programs: i32,
    /// Those without a number.
    without_number: Share,
    /// Those without a signing day, not even a year.
    without_date: Share,
    /// Those without a period.
    without_period: Share,
    /// Those without a signatory.
    without_signatory: Share,
    /// Those without a signatory of whom a person is named: mostly offices sign.
    without_named_signer: Share,
    /// Those that no source vouches for.
    without_source: Share,
    /// How often sources disagree about records of the tenant.
    conflicts: i32,
    /// How many of these disagreements are not resolved.
    open_conflicts: i32,
    /// The day on which the tenant's newest source was published; null where no source has a day.
    newest_source_on: Option<Date>,
    /// Days from that day to `asOf`.
    newest_source_days: Option<i32>,
}

/// What takes further reading.
#[ComplexObject]
impl DataQuality {
    /// The province, or the center.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.tenant).await
    }
}

fn row(of: &Known, as_of: NaiveDate) -> DataQuality {
    let share = |count| Share::new(count, of.programs);
    let days = |day: NaiveDate| i32::try_from(as_of.signed_duration_since(day).num_days()).ok();
    DataQuality {
        tenant: of.tenant,
        programs: number(of.programs),
        without_number: share(of.without_number),
        without_date: share(of.without_date),
        without_period: share(of.without_period),
        without_signatory: share(of.without_signatory),
        without_named_signer: share(of.without_named_signer),
        without_source: share(of.without_source),
        conflicts: number(of.conflicts),
        open_conflicts: number(of.open_conflicts),
        newest_source_on: of.newest_source.map(Date),
        newest_source_days: of.newest_source.and_then(days),
    }
}

/// The report, by name.
pub async fn quality(
    ctx: &Context<'_>,
    filter: Option<ProgramWhere>,
    (as_of, boundaries): (Option<Date>, Option<Date>),
) -> Result<Vec<DataQuality>> {
    let as_of = day(ctx, as_of)?;
    let loader = request(ctx)?.loader();
    let scope = loader.scope();
    let found = scope.quality(conditions(filter)?).await?;
    let tenants = scope.tenants_of_all_time().await?;
    let steps: Vec<TenantSuccession> = loader.all().await?.iter().map(|step| TenantSuccession::clone(step)).collect();
    let now = boundaries.map(|day| boundaries::within(&tenants, &steps, day.0)).unwrap_or_default();
    let mut rows: BTreeMap<TenantId, Known> = BTreeMap::new();
    for one in found {
        let tenant = now.get(&one.tenant).copied().unwrap_or(one.tenant);
        rows.entry(tenant).or_insert_with(|| Known::of(tenant)).merge(&one);
    }
    Ok(tenants.iter().filter_map(|tenant| rows.get(&tenant.id)).map(|one| row(one, as_of)).collect())
}
