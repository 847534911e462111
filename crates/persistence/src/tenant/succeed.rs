//! Provinces that follow others. What ended keeps its records; whoever follows stewards them from then on.

use domain::tenant::succession::{FIRST_OWN_NUMBER, Succession};
use domain::{Fault, Tenant, TenantId, TenantSuccession};

use crate::Tx;
use crate::access::writing;
use crate::edit::{EditError, Edited, Reference};
use crate::filter::alias;
use crate::record::{every, read_all};

/// Nobody else counts provinces meanwhile.
const LOCK: i64 = 7_044_603;

/// Ends provinces and begins those that follow them, which are given their numbers and keys. Answers the new ones.
pub async fn succeed(
    tx: &Tx,
    succession: &Succession,
    (from, mut to): (Vec<TenantId>, Vec<Tenant>),
) -> Edited<Vec<Tenant>> {
    tx.lock(LOCK).await?;
    let stored: Vec<Tenant> = read_all(&tx.rows(&every::<Tenant>(alias(0))).await?)?;
    let mut faults = Vec::new();
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
    for (place, tenant) in to.iter().enumerate() {
        let region = tenant.region.iter().map(|code| Reference::code("region", "regions", code));
        let missing = tx.missing(region.collect()).await?;
        faults.extend(missing.into_iter().map(|fault| fault.under(&["to", &place.to_string()])));
    }
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
