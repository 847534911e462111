//! Provinces as they were, seen within the boundaries of another day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{Tenant, TenantId, TenantSuccession};

/// For each tenant, the version that holds its territory on `day`: itself, or what follows it by then. One that was split
/// stays itself, since nobody can say which part a record belongs to; so does one that began later.
pub fn within(tenants: &[Tenant], steps: &[TenantSuccession], day: NaiveDate) -> BTreeMap<TenantId, TenantId> {
    tenants.iter().map(|tenant| (tenant.id, follow(tenant.id, steps, day))).collect()
}

fn follow(tenant: TenantId, steps: &[TenantSuccession], day: NaiveDate) -> TenantId {
    let mut now = tenant;
    // No chain is longer than there are steps; damaged data must not turn for ever.
    for _ in steps {
        let mut next = steps.iter().filter(|step| step.from == now && step.on <= day);
        match (next.next(), next.next()) {
            (Some(step), None) => now = step.to,
            (None, _) | (Some(_), Some(_)) => break,
        }
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::SuccessionKind;

    #[test]
    fn chains_are_followed_until_the_day_and_not_through_splits() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let step = |from, to, year| TenantSuccession {
            from: TenantId(from),
            to: TenantId(to),
            on: day(year),
            kind: SuccessionKind::Merge,
            legal_basis: None,
        };
        // 1 and 2 became 3, which became 4; 5 was split into 6 and 7; 8 and 9 form a ring.
        let steps = [
            step(1, 3, 2020),
            step(2, 3, 2020),
            step(3, 4, 2025),
            step(5, 6, 2020),
            step(5, 7, 2020),
            step(8, 9, 2020),
            step(9, 8, 2020),
        ];
        let on = |tenant, year| follow(TenantId(tenant), &steps, day(year)).0;
        assert_eq!((on(1, 2019), on(1, 2020), on(2, 2025)), (1, 3, 4));
        assert_eq!(on(5, 2025), 5);
        assert!([8, 9].contains(&on(8, 2025)));
    }
}
