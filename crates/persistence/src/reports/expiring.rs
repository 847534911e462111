//! Programs whose time runs out or has run out.

use chrono::{Days, NaiveDate};
use domain::Program;
use domain::event::EventKind;
use domain::link::LinkKind;
use domain::program::ProgramStatus;
use domain::reports::expiring::Expiry;

use super::code;
use crate::{Filter, Operand, Test, event, link, program};

/// Programs of which this is so on the day `as_of`; for those that run out, within so many days.
pub fn expiring(what: Expiry, as_of: NaiveDate, within: u32) -> Filter<Program> {
    let last = |test| Filter::test(program::PERIOD_LATEST, test);
    let status = |codes: &[ProgramStatus]| {
        Filter::test(program::STATUS, Test::In(codes.iter().map(|status| code(*status)).collect()))
    };
    let over = || last(Test::Lt(Operand::Date(as_of)));
    let both = &[ProgramStatus::Signed, ProgramStatus::Concluded];
    Filter::all(match what {
        Expiry::Expiring => {
            let end = as_of.checked_add_days(Days::new(within.into())).unwrap_or(NaiveDate::MAX);
            vec![
                status(&[ProgramStatus::Signed]),
                last(Test::Gte(Operand::Date(as_of))),
                last(Test::Lte(Operand::Date(end))),
            ]
        }
        Expiry::Expired => vec![status(both), over()],
        Expiry::ExpiredWithoutReview => {
            // What is concluded was reviewed.
            let reviewed = Filter::test(event::KIND, Test::Eq(code(EventKind::FinalReview)));
            vec![status(&[ProgramStatus::Signed]), over(), Filter::negated(Filter::some(event::OF_PROGRAM, reviewed))]
        }
        Expiry::ExpiredWithoutSuccessor => {
            vec![status(both), over(), Filter::negated(Filter::some(link::TO_PROGRAM, succeeds()))]
        }
    })
}

/// The links by which programs follow another one.
pub fn succeeds() -> Filter<domain::ProgramLink> {
    Filter::test(link::KIND, Test::In(vec![code(LinkKind::Renews), code(LinkKind::Merges)]))
}
