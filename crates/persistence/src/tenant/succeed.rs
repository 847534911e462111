//! Provinces that follow others. What ended keeps its records; whoever follows stewards them from then on.

use domain::tenant::succession::{FIRST_OWN_NUMBER, Succession};
use domain::{Fault, Tenant, TenantId, TenantSuccession};
use sea_orm::sea_query::{Alias, SelectStatement};

use crate::access::writing;
use crate::edit::{EditError, Edited};
use crate::filter::alias;
use crate::record::{Key, Record, among, every, read_all};
use crate::{StoreError, Tx};

/// Nobody else counts provinces meanwhile.
const LOCK: i64 = 7_044_603;

/// Ends provinces and begins those that follow them, which are given their numbers and keys. Answers the new ones.
pub async fn succeed(
    tx: &Tx,
    succession: &Succession,
    (from, mut to): (Vec<TenantId>, Vec<Tenant>),
    mut faults: Vec<Fault>,
) -> Edited<Vec<Tenant>> {
    tx.lock(LOCK).await?;
    let stored = tx.tenants().await?;
    let mut ending = Vec::with_capacity(from.len());
    for (place, id) in from.iter().enumerate() {
        let place = place.to_string();
        match stored.iter().find(|tenant| tenant.id == *id) {
            Some(_) if from.iter().filter(|other| *other == id).count() > 1 => {
                let fault = Fault::new("", "it stands in the list twice", "đơn vị xuất hiện hai lần trong danh sách");
                faults.push(fault.under(&["from", &place]));
            }
            Some(tenant) => ending.push(tenant.clone()),
            None => faults.push(Fault::not_found("").under(&["from", &place])),
        }
    }
    faults.extend(tx.unknown_regions(&to).await?);
    if ending.len() == from.len() {
        faults.extend(succession.faults(&ending, &to, tx.occasion().today));
    }
    if !faults.is_empty() {
        return Err(EditError::Faults(faults));
    }
    let last = stored.iter().map(|tenant| tenant.id.0).fold(FIRST_OWN_NUMBER, i32::max);
    let mut keys: Vec<String> = stored.into_iter().map(|tenant| tenant.key).collect();
    for (place, tenant) in (1..).zip(&mut to) {
        tenant.id = TenantId(last + place);
        tenant.key = succession.key(&tenant.slug, |key| keys.iter().any(|taken| taken == key));
        if keys.contains(&tenant.key) {
            let fault =
                Fault::new("slug", "a province of this name began that day", "đã có đơn vị cùng tên bắt đầu ngày đó");
            return Err(fault.under(&["to", &(place - 1).to_string()]).into());
        }
        keys.push(tenant.key.clone());
        tenant.valid_from = Some(succession.on);
    }
    let steps = succession.steps(&ending, &to);
    let ended: Vec<Tenant> = ending.into_iter().map(|tenant| succession.ended(tenant)).collect();
    // Their names stand in the search index, each as its own.
    let named: Vec<TenantId> = ended.iter().chain(&to).map(|tenant| tenant.id).collect();
    tx.settle(&[writing(&named)]).await?;
    tx.put(&ended).await?;
    tx.put(&to).await?;
    tx.put(&steps).await?;
    let all: Vec<TenantSuccession> = read_all(&tx.rows(&every::<TenantSuccession>(alias(0))).await?)?;
    tx.put_stewardships(&all).await?;
    Ok(to)
}

impl Tx {
    /// Every tenant there is.
    async fn tenants(&self) -> Result<Vec<Tenant>, StoreError> {
        read_all(&self.rows(&every::<Tenant>(alias(0))).await?)
    }

    /// Regions that the catalog does not have.
    async fn unknown_regions(&self, tenants: &[Tenant]) -> Result<Vec<Fault>, StoreError> {
        let mut select = SelectStatement::new();
        let codes: Vec<String> = tenants.iter().filter_map(|tenant| tenant.region.clone()).collect();
        select
            .column((Alias::new(alias(0)), Alias::new("code")))
            .from_as(<domain::Region as Record>::Entity::default(), Alias::new(alias(0)))
            .cond_where(among(alias(0), String::COLUMNS, &codes));
        let rows = self.rows(&select).await?;
        let known: Result<Vec<String>, _> = rows.iter().map(|row| crate::codec::column(row, "code")).collect();
        let known = known?;
        let unknown = |(place, tenant): (usize, &Tenant)| {
            let missing = tenant.region.as_ref().is_some_and(|code| !known.contains(code));
            missing.then(|| Fault::not_found("region").under(&["to", &place.to_string()]))
        };
        Ok(tenants.iter().enumerate().filter_map(unknown).collect())
    }
}
