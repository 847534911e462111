//! What the reports across provinces read, each in few statements, as far as whoever asks may see it. A report that lists
//! records is a filter on them; what it says of each is worked out for all rows of a page together.

mod awards;
pub mod cascade;
mod collaboration;
mod coverage;
pub mod expiring;
pub mod implementation;
pub mod inactive;
mod overlaps;
mod quality;
pub mod reorganization;
mod signer;
pub mod totals;

use domain::Program;
use domain::program::ProgramStatus;

use crate::{Filter, Operand, Test, codec, program};

/// Programs that were signed, whatever became of them.
fn signed() -> Filter<Program> {
    Filter::test(program::STATUS, Test::NotIn(vec![code(ProgramStatus::Draft)]))
}

fn code(code: impl Into<&'static str>) -> Operand {
    Operand::Text(codec::text(code))
}
