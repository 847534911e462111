//! Tenants: the interface that provinces and the center share.

mod central;
mod filter;
mod province;
mod succession;

use std::sync::Arc;

use async_graphql::{Context, ID, Interface};
use domain::TenantId;

use crate::connection::one;
use crate::error::Result;
use crate::value::Locale;

pub use central::Central;
pub use filter::{ProvinceBy, ProvinceWhere, existing_on, find, provinces_only};
pub use province::Province;
pub use succession::TenantSuccession;

/// The owner of records: a version of a province, or the center.
#[derive(Clone, Debug, Interface)]
#[expect(clippy::duplicated_attributes, reason = "each field and argument has a type of its own")]
#[graphql(
    field(name = "id", ty = "ID", desc = "Global id."),
    field(name = "key", ty = "&str", desc = "Frozen text key of the version: `thai-binh:pre2025`."),
    field(name = "slug", ty = "&str", desc = "URL name; successive versions of a province may share it."),
    field(
        name = "name",
        ty = "&str",
        desc = "Full name.",
        arg(name = "locale", ty = "Option<Locale>", default_with = "Some(Locale::Vi)", desc = "Language.")
    )
)]
pub enum Tenant {
    /// A province.
    Province(Province),
    /// The center.
    Central(Central),
}

impl Tenant {
    /// The type that fits.
    pub fn wrap(tenant: Arc<domain::Tenant>) -> Self {
        if tenant.id == TenantId::CENTRAL { Self::Central(Central(tenant)) } else { Self::Province(Province(tenant)) }
    }
}

/// The tenant of a record.
pub async fn tenant_of(ctx: &Context<'_>, id: TenantId) -> Option<Result<Tenant>> {
    Some(one::<Province>(ctx, Some(id)).await?.map(|province| Tenant::wrap(province.0)))
}
