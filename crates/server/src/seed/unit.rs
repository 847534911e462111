//! A tenant as the seeding sees it: its name, its districts, its neighbors.

use domain::{Id, Locality, Tenant, TenantId};

use super::Plan;

/// A tenant to be filled.
pub struct Unit<'a> {
    /// What is being seeded.
    pub plan: &'a Plan,
    /// The tenant.
    pub tenant: &'static Tenant,
    /// Its name within a sentence: `tỉnh Sơn La`.
    pub name: String,
    /// Its districts, those of its predecessors among them: a province that began with the reform of 2025 has none.
    pub districts: Vec<&'static Locality>,
}

impl<'a> Unit<'a> {
    /// Gathers what is known of a tenant.
    pub fn new(plan: &'a Plan, tenant: &'static Tenant) -> Self {
        let mut tenants = vec![tenant.id];
        tenants.extend(
            domain::tenant::stewardships(&plan.reference.successions)
                .into_iter()
                .filter_map(|one| (one.steward == tenant.id).then_some(one.tenant)),
        );
        let districts = plan.reference.localities.iter().filter(|one| tenants.contains(&one.id.tenant)).collect();
        Self { plan, tenant, name: lower(&tenant.name_vi), districts }
    }

    /// Whether it is the center.
    pub fn is_central(&self) -> bool {
        self.tenant.id == TenantId::CENTRAL
    }

    /// What kind of unit it is: `tỉnh`, `thành phố`.
    pub fn kind(&self) -> &str {
        if self.name.starts_with("thành phố") { "thành phố" } else { "tỉnh" }
    }

    /// The other provinces, the next ones first.
    pub fn neighbors(&self) -> impl Iterator<Item = &'static Tenant> {
        let provinces = &self.plan.provinces;
        let place = provinces.iter().position(|one| one.id == self.tenant.id).unwrap_or(0);
        provinces.iter().cycle().skip(place + 1).take(provinces.len().saturating_sub(1)).copied()
    }

    /// The key of a district, which only its own tenant may refer to.
    pub fn locality(&self, district: &Locality) -> Option<Id<Locality>> {
        (district.id.tenant == self.tenant.id).then_some(district.id)
    }
}

/// A name within a sentence: `Huyện Quỳnh Phụ` is `huyện Quỳnh Phụ`.
pub fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// A number that is known to be small.
pub fn small(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
