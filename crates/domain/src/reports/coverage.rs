//! Coverage: which provinces have a program that implements another one, as of a day and within the boundaries of another.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::tenant::TenantKind;
use crate::{Program, Tenant, TenantId, TenantSuccession};

/// Whether a province has signed, as far as it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum CoverageState {
    /// It has, or each of its predecessors had.
    Signed,
    /// Some of its predecessors had.
    PartlySigned,
    /// Nobody has recorded it, which does not mean that there is none.
    NotRecorded,
}

/// A province, with those that it follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered<P> {
    /// The version of the province.
    pub tenant: TenantId,
    /// Whether it has signed.
    pub state: CoverageState,
    /// What it has signed itself.
    pub programs: Vec<P>,
    /// The versions that came before it, one step back.
    pub predecessors: Vec<Self>,
}

/// Whether a program belongs into a list as of a day: unless it was surely signed later, or never. Where the day is not
/// known, the program is no less there.
pub fn counts_on(program: &Program, as_of: NaiveDate) -> bool {
    let later = program.signed_on.as_ref().and_then(|on| on.date.earliest()).is_some_and(|first| first > as_of);
    program.status != crate::program::ProgramStatus::Draft && !later
}

/// The provinces that existed on the day `boundaries`, each with the programs that it and its predecessors have signed.
pub fn coverage<P: Clone>(
    provinces: &[Tenant],
    steps: &[TenantSuccession],
    boundaries: NaiveDate,
    signed: &BTreeMap<TenantId, Vec<P>>,
) -> Vec<Covered<P>> {
    let there = provinces.iter().filter(|one| one.kind != TenantKind::Central && one.existed_on(boundaries));
    // No chain is longer than there are steps; damaged data must not turn for ever.
    there.map(|one| covered(one.id, steps, signed, steps.len())).collect()
}

fn covered<P: Clone>(
    tenant: TenantId,
    steps: &[TenantSuccession],
    signed: &BTreeMap<TenantId, Vec<P>>,
    depth: usize,
) -> Covered<P> {
    let before = steps.iter().filter(|step| step.to == tenant && depth > 0);
    let predecessors: Vec<Covered<P>> = before.map(|step| covered(step.from, steps, signed, depth - 1)).collect();
    let programs = signed.get(&tenant).cloned().unwrap_or_default();
    let has = |state: CoverageState| predecessors.iter().any(|one| one.state == state);
    let state = if !programs.is_empty() {
        CoverageState::Signed
    } else if has(CoverageState::PartlySigned) || (has(CoverageState::Signed) && has(CoverageState::NotRecorded)) {
        CoverageState::PartlySigned
    } else if has(CoverageState::Signed) {
        CoverageState::Signed
    } else {
        CoverageState::NotRecorded
    };
    Covered { tenant, state, programs, predecessors }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::SuccessionKind;

    fn step(from: i32, to: i32) -> TenantSuccession {
        let (from, to, on) = (TenantId(from), TenantId(to), NaiveDate::MIN);
        TenantSuccession { from, to, on, kind: SuccessionKind::Merge, legal_basis: None }
    }

    fn state(tenant: i32, steps: &[TenantSuccession], signed: &[i32]) -> CoverageState {
        let signed = signed.iter().map(|id| (TenantId(*id), vec![()])).collect();
        covered(TenantId(tenant), steps, &signed, steps.len()).state
    }

    #[test]
    fn a_province_has_what_all_its_predecessors_had() {
        use CoverageState::{NotRecorded, PartlySigned, Signed};
        // 1 and 2 became 3; 3 and 4 became 5.
        let steps = [step(1, 3), step(2, 3), step(3, 5), step(4, 5)];
        assert_eq!(state(3, &steps, &[]), NotRecorded);
        assert_eq!(state(3, &steps, &[1]), PartlySigned);
        assert_eq!(state(3, &steps, &[1, 2]), Signed);
        assert_eq!(state(3, &steps, &[3]), Signed);
        assert_eq!(state(5, &steps, &[1]), PartlySigned);
        assert_eq!(state(5, &steps, &[3]), PartlySigned);
        assert_eq!(state(5, &steps, &[1, 2, 4]), Signed);
        // A ring, which nobody should write.
        assert_eq!(state(8, &[step(8, 9), step(9, 8)], &[9]), Signed);
    }
}
