//! Conditions on signatories.

use async_graphql::{InputObject, MaybeUndefined};
use domain::RecordKind;
use persistence::{Filter, involvement};

use crate::agency::AgencyWhere;
use crate::enums::Basis;
use crate::error::Result;
use crate::filter::{CodeFilter, Conditions, IdFilter, Nesting, Where};
use crate::person::PersonWhere;
use crate::program::ProgramWhere;

/// Conditions on signatories.
#[derive(Default, InputObject)]
pub struct SignatoryWhere {
    /// All of these.
    and: MaybeUndefined<Vec<SignatoryWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<SignatoryWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<SignatoryWhere>>,
    /// Global id.
    id: MaybeUndefined<IdFilter>,
    /// The office.
    agency: MaybeUndefined<Box<AgencyWhere>>,
    /// The person.
    person: MaybeUndefined<Box<PersonWhere>>,
    /// Whether a person is named.
    person_named: MaybeUndefined<bool>,
    /// Whether the party is a collective one.
    collective: MaybeUndefined<bool>,
    /// Stated or inferred.
    basis: MaybeUndefined<CodeFilter<Basis>>,
    /// What it signed.
    program: MaybeUndefined<Box<ProgramWhere>>,
}

impl Where for SignatoryWhere {
    type Record = domain::Involvement;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Involvement>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.ids(RecordKind::Involvement, self.id)?;
        all.one(involvement::AGENCY, self.agency)?;
        all.one(involvement::PERSON, self.person)?;
        all.linked(involvement::PERSON, self.person_named)?;
        all.linked(involvement::GROUP, self.collective)?;
        all.code(involvement::BASIS, self.basis)?;
        all.one(involvement::PROGRAM, self.program)?;
        Ok(all.done())
    }
}
