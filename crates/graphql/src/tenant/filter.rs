//! Conditions on provinces, and naming one.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, OneofObject};
use chrono::NaiveDate;
use domain::TenantId;
use persistence::{Filter, Operand, PageRequest, Slice, Test, tenant};

use crate::enums::TenantKind;
use crate::error::Result;
use crate::filter::{CodeFilter, Conditions, DateFilter, ExactFilter, Nesting, TextFilter, Where};
use crate::global_id::GlobalId;
use crate::request::request;
use crate::scalar::Date;
use crate::tenant::Province;

/// One way to name a province. Give exactly one.
#[derive(OneofObject)]
pub enum ProvinceBy {
    /// Its global id.
    Id(ID),
    /// Its URL name and a day; today when no day is given.
    Slug(String),
    /// Its frozen key, `thai-binh:pre2025`.
    Key(String),
    /// Its GSO code; the code alone does not tell which province, so mind the day.
    GsoCode(String),
}

/// Conditions on provinces.
#[derive(Default, InputObject)]
pub struct ProvinceWhere {
    /// All of these.
    and: MaybeUndefined<Vec<ProvinceWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<ProvinceWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<ProvinceWhere>>,
    /// URL name.
    slug: MaybeUndefined<ExactFilter>,
    /// Name without the kind.
    name: MaybeUndefined<TextFilter>,
    /// PROVINCE, MUNICIPALITY or CENTRAL.
    kind: MaybeUndefined<CodeFilter<TenantKind>>,
    /// GSO code; mind the day.
    gso_code: MaybeUndefined<ExactFilter>,
    /// ISO 3166-2 code.
    iso_code: MaybeUndefined<ExactFilter>,
    /// Region code.
    region: MaybeUndefined<ExactFilter>,
    /// First day of the version.
    valid_from: MaybeUndefined<DateFilter>,
    /// Last day of the version.
    valid_to: MaybeUndefined<DateFilter>,
}

impl Where for ProvinceWhere {
    type Record = domain::Tenant;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Tenant>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.exact(tenant::SLUG, self.slug)?;
        all.text(tenant::NAME, self.name)?;
        all.code(tenant::KIND, self.kind)?;
        all.exact(tenant::GSO_CODE, self.gso_code)?;
        all.exact(tenant::ISO_CODE, self.iso_code)?;
        all.exact(tenant::REGION, self.region)?;
        all.date(tenant::VALID_FROM, tenant::VALID_FROM, self.valid_from)?;
        all.date(tenant::VALID_TO, tenant::VALID_TO, self.valid_to)?;
        Ok(all.done())
    }
}

/// Versions that existed on a day.
pub fn existing_on(day: NaiveDate) -> Filter<domain::Tenant> {
    let day = || Operand::Date(day);
    Filter::all(vec![
        Filter::any(vec![
            Filter::test(tenant::VALID_FROM, Test::IsNull(true)),
            Filter::test(tenant::VALID_FROM, Test::Lte(day())),
        ]),
        Filter::any(vec![
            Filter::test(tenant::VALID_TO, Test::IsNull(true)),
            Filter::test(tenant::VALID_TO, Test::Gte(day())),
        ]),
    ])
}

/// Everything but the center.
pub fn provinces_only() -> Filter<domain::Tenant> {
    Filter::negated(Filter::keys(vec![TenantId::CENTRAL]))
}

/// The province that a name means on a day.
pub async fn find(ctx: &Context<'_>, by: ProvinceBy, as_of: Option<Date>) -> Result<Option<Province>> {
    let request = request(ctx)?;
    let day = as_of.map_or(request.today(), |day| day.0);
    let exact = |field, text: String| Filter::test(field, Test::Eq(Operand::Text(text)));
    let filter = match by {
        ProvinceBy::Id(id) => Filter::keys(GlobalId::parse(&id)?.as_tenant().into_iter().collect()),
        ProvinceBy::Key(key) => exact(tenant::KEY, key),
        ProvinceBy::Slug(slug) => Filter::all(vec![exact(tenant::SLUG, slug), existing_on(day)]),
        ProvinceBy::GsoCode(code) => Filter::all(vec![exact(tenant::GSO_CODE, code), existing_on(day)]),
    };
    let wanted = PageRequest {
        filter: Filter::all(vec![filter, provinces_only()]),
        order: vec![tenant::BY_NAME],
        slice: Slice { count: 1, ..Slice::default() },
    };
    let page = request.loader().scope().page(&wanted).await?;
    Ok(page.items.into_iter().next().map(|(record, _)| Province(record)))
}
