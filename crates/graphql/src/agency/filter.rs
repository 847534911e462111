//! Conditions on agencies.

use async_graphql::{InputObject, MaybeUndefined};
use chrono::NaiveDate;
use domain::RecordKind;
use persistence::{Filter, Operand, Test, agency, involvement, tenant};

use crate::enums::AgencyLevel;
use crate::error::Result;
use crate::filter::{CodeFilter, Conditions, ExactFilter, IdFilter, Nesting, RelationFilter, TextFilter, Where};
use crate::involvement::SignatoryWhere;
use crate::tenant::ProvinceWhere;

/// Conditions on agencies.
#[derive(Default, InputObject)]
pub struct AgencyWhere {
    /// All of these.
    and: MaybeUndefined<Vec<AgencyWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<AgencyWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<AgencyWhere>>,
    /// Global id.
    id: MaybeUndefined<IdFilter>,
    /// Any of its names.
    name: MaybeUndefined<TextFilter>,
    /// Level.
    level: MaybeUndefined<CodeFilter<AgencyLevel>>,
    /// Sector code.
    sector: MaybeUndefined<ExactFilter>,
    /// Its province (or the center).
    tenant: MaybeUndefined<Box<ProvinceWhere>>,
    /// What it signed.
    signatures: MaybeUndefined<Box<RelationFilter<SignatoryWhere>>>,
}

impl Where for AgencyWhere {
    type Record = domain::Agency;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Agency>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.ids(RecordKind::Agency, self.id)?;
        all.names(agency::NAMES, self.name)?;
        all.code(agency::LEVEL, self.level)?;
        all.exact(agency::SECTOR, self.sector)?;
        all.one(tenant::OF_AGENCY, self.tenant)?;
        all.many(involvement::OF_AGENCY.signatories(), self.signatures)?;
        Ok(all.done())
    }
}

/// Agencies that existed on a day as far as is known, of tenants that did.
pub fn existing_on(day: NaiveDate) -> Filter<domain::Agency> {
    let unknown_or =
        |field, test| Filter::any(vec![Filter::test(field, Test::IsNull(true)), Filter::test(field, test)]);
    Filter::all(vec![
        unknown_or(agency::VALID_FROM, Test::Lte(Operand::Date(day))),
        unknown_or(agency::VALID_TO, Test::Gte(Operand::Date(day))),
        Filter::some(tenant::OF_AGENCY, crate::tenant::existing_on(day)),
    ])
}
