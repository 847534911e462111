//! How tenants are named on the command line: by their frozen key, since names and slugs are shared by successive units.

use domain::{Tenant, TenantId};
use dossier::Reference;

use crate::Failure;

/// The tenant with this key: `hung-yen:2025`, `trung-uong`.
pub(super) fn by_key(key: &str) -> Result<&'static Tenant, Failure> {
    let tenants = &Reference::shipped()?.tenants;
    if let Some(found) = tenants.iter().find(|tenant| tenant.key == key) {
        return Ok(found);
    }
    let slug = key.split(':').next().unwrap_or(key);
    let near: Vec<&str> = tenants.iter().filter(|one| one.slug == slug).map(|one| one.key.as_str()).collect();
    let fix = if near.is_empty() {
        "keys are slug and version: thai-binh:pre2025, hung-yen:2025; the center is trung-uong; \
         `{ provinces(first: 100) { nodes { key } } }` lists them"
            .to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Err(Failure::usage(format!("no tenant has the key `{key}`"), fix))
}

/// The key of a tenant.
pub(super) fn key_of(id: TenantId) -> Result<&'static str, Failure> {
    let found = Reference::shipped()?.tenants.iter().find(|tenant| tenant.id == id);
    Ok(found.map_or("?", |tenant| tenant.key.as_str()))
}
