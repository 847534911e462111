//! The life of a program: what can be done with it from where it stands, and who may see it then.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use super::{Program, ProgramStatus};
use crate::fault::FaultCode;
use crate::{Fault, Visibility};

/// What can be done with a program as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Step {
    /// Its parties have signed it.
    Sign,
    /// Another instrument changes it.
    Amend,
    /// Another instrument takes its place.
    Renew,
    /// It ran to its end and was reviewed.
    Conclude,
    /// It ended before its time.
    Terminate,
    /// The last step was a mistake.
    Reopen,
}

impl ProgramStatus {
    /// Where a program stands after a step.
    ///
    /// # Errors
    ///
    /// A fault that names the way out, where the step leads nowhere.
    pub fn after(self, step: Step) -> Result<Self, Fault> {
        use ProgramStatus::{Concluded, Draft, Signed, Terminated};
        match (self, step) {
            (Draft, Step::Sign) | (Concluded | Terminated, Step::Reopen) | (Signed, Step::Amend | Step::Renew) => {
                Ok(Signed)
            }
            (Signed, Step::Reopen) => Ok(Draft),
            (Signed, Step::Conclude) | (Concluded, Step::Renew) => Ok(Concluded),
            (Signed, Step::Terminate) | (Terminated, Step::Renew) => Ok(Terminated),
            (Draft, _) => Err(impossible(
                self,
                "sign it first (programSign); until then change it with programUpdate",
                "hãy ký trước (programSign); trước đó sửa bằng programUpdate",
            )),
            (Signed, Step::Sign) => Err(impossible(
                self,
                "it is signed already; correct the day with programUpdate, or take the signature back with programReopen",
                "chương trình đã ký; sửa ngày bằng programUpdate, hoặc hủy việc ký bằng programReopen",
            )),
            (Concluded | Terminated, _) => Err(impossible(
                self,
                "it has ended; take that back with programReopen, or record its successor with programRenew",
                "chương trình đã kết thúc; mở lại bằng programReopen, hoặc ghi chương trình kế tiếp bằng programRenew",
            )),
        }
    }
}

impl Program {
    /// Takes a step.
    ///
    /// # Errors
    ///
    /// A fault that names the way out, where the step leads nowhere.
    pub fn step(&mut self, step: Step) -> Result<(), Fault> {
        let status = self.status.after(step)?;
        if status == ProgramStatus::Draft {
            if self.visibility == Visibility::Public {
                return Err(impossible_to_show(
                    self.visibility,
                    "what nobody has signed is not for everybody; take it back first (programWithdraw)",
                    "chương trình chưa ký thì không công khai; hãy thu hồi trước (programWithdraw)",
                ));
            }
            self.signed_on = None;
        }
        self.status = status;
        Ok(())
    }

    /// Shows it as widely as `to` from now on. What nobody has signed is no program yet, and not for everybody's eyes.
    ///
    /// # Errors
    ///
    /// A fault that names the way out.
    pub fn shown(&mut self, to: Visibility) -> Result<(), Fault> {
        let from = self.visibility;
        let to = from.shown(to)?;
        if self.status == ProgramStatus::Draft && to == Visibility::Public {
            return Err(impossible_to_show(
                from,
                "nobody has signed it; sign it first (programSign), or show it to its parties with visibility: INTERNAL",
                "chương trình chưa được ký; hãy ký trước (programSign), hoặc chỉ chia sẻ với các bên bằng visibility: INTERNAL",
            ));
        }
        self.visibility = to;
        Ok(())
    }
}

fn impossible(status: ProgramStatus, way_out: &str, way_out_vi: &str) -> Fault {
    let name: &'static str = status.into();
    told(name, "status", way_out, way_out_vi)
}

fn impossible_to_show(visibility: Visibility, way_out: &str, way_out_vi: &str) -> Fault {
    let name: &'static str = visibility.into();
    told(name, "visibility", way_out, way_out_vi)
}

fn told(now: &str, what: &str, way_out: &str, way_out_vi: &str) -> Fault {
    Fault::of(
        FaultCode::InvalidTransition,
        &["id"],
        format!("the program's {what} is {now}: {way_out}"),
        format!("{what} của chương trình là {now}: {way_out_vi}"),
    )
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::super::ProgramKind;
    use super::*;
    use crate::{AgencyLevel, TenantId};

    /// The whole of [`ProgramStatus::after`].
    #[test]
    fn where_steps_lead() {
        let mut lines = vec![format!("{:<11}{:<12}{:<12}{:<12}TERMINATED", "STEP", "DRAFT", "SIGNED", "CONCLUDED")];
        for step in Step::iter() {
            let cells = ProgramStatus::iter().map(|status| status.after(step).map_or("-".into(), |to| to.to_string()));
            let cells = cells.map(|cell| format!("{cell:<12}")).collect::<Vec<_>>().concat();
            lines.push(format!("{:<11}{cells}", step.to_string()).trim_end().to_owned());
        }
        assert_eq!(
            lines.join("\n"),
            "\
STEP       DRAFT       SIGNED      CONCLUDED   TERMINATED
SIGN       SIGNED      -           -           -
AMEND      -           SIGNED      -           -
RENEW      -           SIGNED      CONCLUDED   TERMINATED
CONCLUDE   -           CONCLUDED   -           -
TERMINATE  -           TERMINATED  -           -
REOPEN     -           DRAFT       SIGNED      SIGNED"
        );
    }

    #[test]
    fn every_refusal_names_the_way_out() {
        for (status, step) in ProgramStatus::iter().flat_map(|status| Step::iter().map(move |step| (status, step))) {
            let Err(fault) = status.after(step) else { continue };
            assert_eq!(fault.code, FaultCode::InvalidTransition);
            assert!(fault.message.contains("program") && fault.message.contains(": "), "{}", fault.message);
            assert!(["programSign", "programUpdate", "programReopen"].iter().any(|way| fault.message.contains(way)));
        }
    }

    fn program(status: ProgramStatus, visibility: Visibility) -> Program {
        let title = "Chương trình".to_owned();
        let (kind, level) = (ProgramKind::Pledge, AgencyLevel::Province);
        Program { status, visibility, ..Program::draft(TenantId(7), kind, title, level) }
    }

    #[test]
    fn what_nobody_signed_is_not_public() {
        use Visibility::{Draft, Internal, Public};
        assert!(program(ProgramStatus::Draft, Draft).shown(Public).is_err());
        assert!(program(ProgramStatus::Draft, Draft).shown(Internal).is_ok());
        assert!(program(ProgramStatus::Signed, Public).shown(Draft).is_ok());
        assert!(program(ProgramStatus::Signed, Public).shown(Public).is_err());
        let mut signed = program(ProgramStatus::Signed, Public);
        assert_eq!(signed.step(Step::Reopen).unwrap_err().code, FaultCode::InvalidTransition);
        assert_eq!(signed.status, ProgramStatus::Signed);
    }

    #[test]
    fn a_signature_that_is_taken_back_leaves_no_day() {
        let date = crate::PartialDate::parse("2026-03-08").unwrap();
        let mut signed = program(ProgramStatus::Signed, Visibility::Internal);
        signed.signed_on = Some(crate::Dated { date, inferred: None });
        signed.step(Step::Reopen).unwrap();
        assert_eq!((signed.status, signed.signed_on), (ProgramStatus::Draft, None));
    }
}
