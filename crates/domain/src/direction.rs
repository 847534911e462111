//! Directions, the obligations they open, and planned activities.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::fault::FaultCode;
use crate::program::ProgramStatus;
use crate::{Event, Fault, Id, PartialDate, Period, Program, Visibility};

/// Something that was directed or announced. Who directs, whom, and with whom are its involvements.
#[derive(Clone, Debug, PartialEq)]
pub struct Direction {
    /// Key.
    pub id: Id<Direction>,
    /// The program.
    pub program: Id<Program>,
    /// The event where it was given.
    pub event: Option<Id<Event>>,
    /// Order in the text, from 1.
    pub order: i32,
    /// What is to be done, in our own words.
    pub text: String,
    /// For which time.
    pub period: Option<Period>,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// What kind of deed an obligation asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ObligationKind {
    /// Lower levels are to sign their own.
    Cascade,
    /// A yearly plan.
    AnnualPlan,
    /// Regular reviews.
    PeriodicReview,
    /// Anything else.
    Other,
}

/// A direction that can be fulfilled, and by what. Open until something is recorded that fulfills it.
#[derive(Clone, Debug, PartialEq)]
pub struct Obligation {
    /// Key.
    pub id: Id<Obligation>,
    /// The direction that opened it.
    pub direction: Id<Direction>,
    /// The program it belongs to.
    pub program: Id<Program>,
    /// What it asks for.
    pub kind: ObligationKind,
    /// Due when, where stated.
    pub due: Option<PartialDate>,
    /// The program that fulfilled it.
    pub fulfilled_by: Option<Id<Program>>,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// An activity planned around a named day (8/3, 20/10).
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedActivity {
    /// Key.
    pub id: Id<PlannedActivity>,
    /// The program.
    pub program: Id<Program>,
    /// Order in the text, from 1.
    pub order: i32,
    /// What is planned, in our own words.
    pub label: String,
    /// Name of the day.
    pub occasion: String,
    /// The day on which the occasion falls.
    pub day: PartialDate,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Direction {
    /// The rules of a direction.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        [Fault::blank("text", &self.text), Fault::place(self.order)].into_iter().flatten().collect()
    }
}

impl Obligation {
    /// Records what fulfilled it.
    ///
    /// # Errors
    ///
    /// A fault that names the way out: it is fulfilled already, or the program cannot have fulfilled it.
    pub fn fulfill(&mut self, by: &Program) -> Result<(), Fault> {
        if self.fulfilled_by.is_some() {
            return Err(Fault::of(
                FaultCode::InvalidTransition,
                &["id"],
                "it is fulfilled already: take that back with obligationReopen first",
                "nghĩa vụ đã được thực hiện: hãy hủy ghi nhận bằng obligationReopen trước",
            ));
        }
        if by.id == self.program {
            return Err(Fault::new(
                "program",
                "the program that opened it does not fulfill it; give the one that was signed because of it",
                "chương trình đặt ra nghĩa vụ không tự thực hiện nghĩa vụ đó; hãy nêu chương trình được ký theo chỉ đạo",
            ));
        }
        if by.status == ProgramStatus::Draft {
            return Err(Fault::of(
                FaultCode::InvalidTransition,
                &["program"],
                "nobody has signed this program yet, and a draft fulfills nothing: sign it first (programSign)",
                "chương trình này chưa được ký nên chưa thực hiện được nghĩa vụ nào: hãy ký trước (programSign)",
            ));
        }
        self.fulfilled_by = Some(by.id);
        Ok(())
    }

    /// Takes back what was recorded to have fulfilled it.
    ///
    /// # Errors
    ///
    /// A fault that names the way out: it is open.
    pub fn reopen(&mut self) -> Result<(), Fault> {
        if self.fulfilled_by.take().is_some() {
            return Ok(());
        }
        Err(Fault::of(
            FaultCode::InvalidTransition,
            &["id"],
            "it is open, and there is nothing to take back: record what fulfills it with obligationFulfill",
            "nghĩa vụ đang mở, không có gì để hủy: hãy ghi nhận việc thực hiện bằng obligationFulfill",
        ))
    }
}

impl PlannedActivity {
    /// The rules of a planned activity.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        [Fault::blank("label", &self.label), Fault::blank("occasion", &self.occasion)].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AgencyLevel, Basis, TenantId};

    fn program(status: ProgramStatus) -> Program {
        Program {
            id: Id::generate(TenantId(16)),
            kind: crate::program::ProgramKind::CoordinationProgram,
            number: None,
            number_status: crate::program::NumberStatus::NotStated,
            aliases: Vec::new(),
            title_vi: "Chương trình".to_owned(),
            title_en: None,
            title_basis: Basis::Stated,
            level: AgencyLevel::Province,
            locality: None,
            period: None,
            signed_on: None,
            effective_from: None,
            status,
            area_count: None,
            note: None,
            visibility: Visibility::Draft,
            version: 1,
        }
    }

    #[test]
    fn an_obligation_is_fulfilled_once_by_a_signed_program_that_did_not_open_it() {
        let (own, draft) = (program(ProgramStatus::Signed), program(ProgramStatus::Draft));
        let signed = program(ProgramStatus::Signed);
        let mut open = Obligation {
            id: Id::generate(TenantId(16)),
            direction: Id::generate(TenantId(16)),
            program: own.id,
            kind: ObligationKind::Cascade,
            due: None,
            fulfilled_by: None,
            visibility: Visibility::Draft,
            version: 1,
        };
        assert_eq!(open.fulfill(&own).unwrap_err().field(), "program");
        assert_eq!(open.fulfill(&draft).unwrap_err().code, FaultCode::InvalidTransition);
        assert!(open.reopen().unwrap_err().message.contains("obligationFulfill"));
        open.fulfill(&signed).unwrap();
        assert!(open.fulfill(&signed).unwrap_err().message.contains("obligationReopen"));
        open.reopen().unwrap();
        assert_eq!(open.fulfilled_by, None);
    }
}
