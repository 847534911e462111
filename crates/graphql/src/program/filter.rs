//! Conditions on programs.

use async_graphql::{InputObject, MaybeUndefined};
use domain::RecordKind;
use persistence::{Filter, catalogue, event, involvement, link, program, result, tenant};

use crate::catalogue::TopicWhere;
use crate::enums::{AgencyLevel, NumberStatus, ProgramKind, ProgramStatus, Visibility};
use crate::error::Result;
use crate::event::EventWhere;
use crate::filter::{
    CodeFilter, Conditions, DateFilter, IdFilter, Nesting, NumberFilter, RelationFilter, TextFilter, Where,
};
use crate::involvement::SignatoryWhere;
use crate::link::ProgramLinkWhere;
use crate::result::ResultWhere;
use crate::tenant::ProvinceWhere;

/// Conditions on programs.
#[derive(Default, InputObject)]
pub struct ProgramWhere {
    /// All of these.
    and: MaybeUndefined<Vec<ProgramWhere>>,
    /// At least one of these.
    or: MaybeUndefined<Vec<ProgramWhere>>,
    /// Not this. A field that is unknown fits neither a condition nor its opposite; use isNull for it.
    not: MaybeUndefined<Box<ProgramWhere>>,
    /// Global id.
    id: MaybeUndefined<IdFilter>,
    /// Title.
    title: MaybeUndefined<TextFilter>,
    /// Number, in any printing.
    number: MaybeUndefined<NumberFilter>,
    /// What is known of the number.
    number_status: MaybeUndefined<CodeFilter<NumberStatus>>,
    /// Kind of instrument.
    kind: MaybeUndefined<CodeFilter<ProgramKind>>,
    /// Level of the parties.
    level: MaybeUndefined<CodeFilter<AgencyLevel>>,
    /// Where it stands.
    status: MaybeUndefined<CodeFilter<ProgramStatus>>,
    /// Who may see it.
    visibility: MaybeUndefined<CodeFilter<Visibility>>,
    /// When it was signed.
    signed_on: MaybeUndefined<DateFilter>,
    /// First day of its period.
    period_start: MaybeUndefined<DateFilter>,
    /// Last day of its period.
    period_end: MaybeUndefined<DateFilter>,
    /// Whether it runs without end.
    open_ended: MaybeUndefined<bool>,
    /// Its province (or the center).
    tenant: MaybeUndefined<Box<ProvinceWhere>>,
    /// Its topics.
    topics: MaybeUndefined<Box<RelationFilter<TopicWhere>>>,
    /// Who signed it.
    signatories: MaybeUndefined<Box<RelationFilter<SignatoryWhere>>>,
    /// Links to programs and documents.
    links: MaybeUndefined<Box<RelationFilter<ProgramLinkWhere>>>,
    /// Events that deal with it.
    events: MaybeUndefined<Box<RelationFilter<EventWhere>>>,
    /// What came of it.
    results: MaybeUndefined<Box<RelationFilter<ResultWhere>>>,
}

impl Where for ProgramWhere {
    type Record = domain::Program;

    fn filter(self, within: &Nesting<'_>) -> Result<Filter<domain::Program>> {
        let mut all = Conditions::new(within)?;
        all.logic(self.and, self.or, self.not)?;
        all.ids(RecordKind::Program, self.id)?;
        all.text(program::TITLE, self.title)?;
        all.number(program::NUMBER_KEYS, self.number)?;
        all.code(program::NUMBER_STATUS, self.number_status)?;
        all.code(program::KIND, self.kind)?;
        all.code(program::LEVEL, self.level)?;
        all.code(program::STATUS, self.status)?;
        all.code(program::VISIBILITY, self.visibility)?;
        all.date(program::SIGNED_EARLIEST, program::SIGNED_LATEST, self.signed_on)?;
        all.date(program::PERIOD_EARLIEST, program::PERIOD_EARLIEST, self.period_start)?;
        all.date(program::PERIOD_LATEST, program::PERIOD_LATEST, self.period_end)?;
        all.flag(program::OPEN_ENDED, self.open_ended)?;
        all.one(tenant::OF_PROGRAM, self.tenant)?;
        all.many(catalogue::TOPICS_OF_PROGRAM, self.topics)?;
        all.many(involvement::SIGNATORIES, self.signatories)?;
        all.many(link::OF_PROGRAM, self.links)?;
        all.many(event::OF_PROGRAM, self.events)?;
        all.many(result::OF_PROGRAM, self.results)?;
        Ok(all.done())
    }
}
