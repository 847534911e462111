//! How tenants are named on the command line: by their frozen key, since names and slugs are shared by successive units.

use domain::{Tenant, TenantId};
use dossier::Reference;
use persistence::Store;

use crate::Failure;

/// The tenant with this key: `hung-yen:2025`, `trung-uong`.
pub(super) fn by_key(key: &str) -> Result<&'static Tenant, Failure> {
    let near = match Reference::shipped()?.tenant_by_key(key) {
        Ok(found) => return Ok(found),
        Err(near) => near,
    };
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
    Ok(Reference::shipped()?.tenant(id).map_or("?", |tenant| tenant.key.as_str()))
}

/// The tenant with this key, or every tenant of the database.
pub(super) async fn chosen(store: &Store, key: Option<&str>) -> Result<Vec<Tenant>, Failure> {
    let mut tenants = store.tenants().await?;
    if let Some(key) = key {
        tenants.retain(|tenant| tenant.key == key);
        if tenants.is_empty() {
            tenants.push(by_key(key)?.clone());
        }
    }
    Ok(tenants)
}
