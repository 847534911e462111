//! The inputs of programs.

use async_graphql::{Enum, ID, InputObject};
use domain::program::{NumberStatus as Status, ProgramStatus};
use domain::{Fault, Program};

use super::parts::ProgramLists;
use crate::enums::{AgencyLevel, Basis, NumberStatus, ProgramKind};
use crate::mutation::input::{DateInput, PeriodInput, Reader, steps};
use crate::mutation::perform::shows;
use crate::scalar::PartialDate;

/// A new program, which begins as a draft that only its tenant's staff sees.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramCreateInput {
    /// The province (or the center) whose program it is.
    pub tenant: ID,
    /// Kind of instrument.
    pub kind: ProgramKind,
    /// Vietnamese title.
    pub title: String,
    /// Level of the parties.
    pub level: AgencyLevel,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ProgramDetails,
    /// Its lists.
    #[graphql(flatten)]
    pub lists: ProgramLists,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a program. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramUpdateInput {
    /// The program.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Kind of instrument.
    pub kind: Option<ProgramKind>,
    /// Vietnamese title.
    pub title: Option<String>,
    /// Level of the parties.
    pub level: Option<AgencyLevel>,
    /// The day of signing, corrected. Only of a program that was signed.
    pub signed_on: Option<DateInput>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ProgramDetails,
    /// Its lists.
    #[graphql(flatten)]
    pub lists: ProgramLists,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<ProgramField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a program.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProgramDetails {
    /// Number, verbatim.
    pub number: Option<String>,
    /// What is known of the number; STATED with a number, `NOT_STATED` without, when nothing is said.
    pub number_status: Option<NumberStatus>,
    /// Other printings of the number, and other names.
    pub aliases: Option<Vec<String>>,
    /// English title.
    pub title_en: Option<String>,
    /// INFERRED when the title was put together from what a source says.
    pub title_basis: Option<Basis>,
    /// District or commune, for programs below the province.
    pub locality: Option<ID>,
    /// The time it is meant to run.
    pub period: Option<PeriodInput>,
    /// When it takes effect, where that differs.
    pub effective_from: Option<PartialDate>,
    /// How many cooperation areas the source counts, also when it does not list them.
    pub area_count: Option<i32>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A field of a program that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum ProgramField {
    /// The number; its status is `NOT_STATED` then.
    Number,
    /// The English title.
    TitleEn,
    /// The district or commune.
    Locality,
    /// The period.
    Period,
    /// When it takes effect.
    EffectiveFrom,
    /// How many areas are counted.
    AreaCount,
    /// The remarks.
    Note,
}

impl ProgramCreateInput {
    /// The program, as far as it is no list.
    pub(super) fn read(&self, reader: &mut Reader) -> Program {
        let tenant = reader.tenant("tenant", &self.tenant);
        let title = reader.text("title", &self.title);
        let mut program = Program::draft(tenant, self.kind.into(), title, self.level.into());
        self.details.apply(reader, &mut program);
        program
    }
}

impl ProgramUpdateInput {
    /// Changes the program.
    pub(super) fn apply(&self, reader: &mut Reader, program: &mut Program) {
        for field in self.clear.iter().flatten() {
            match field {
                ProgramField::Number => {
                    program.number = None;
                    program.number_status = Status::NotStated;
                }
                ProgramField::TitleEn => program.title_en = None,
                ProgramField::Locality => program.locality = None,
                ProgramField::Period => program.period = None,
                ProgramField::EffectiveFrom => program.effective_from = None,
                ProgramField::AreaCount => program.area_count = None,
                ProgramField::Note => program.note = None,
            }
        }
        if let Some(kind) = self.kind {
            program.kind = kind.into();
        }
        if let Some(title) = &self.title {
            program.title_vi = reader.text("title", title);
        }
        if let Some(level) = self.level {
            program.level = level.into();
        }
        if let Some(date) = &self.signed_on {
            if program.status == ProgramStatus::Draft {
                reader.faults.push(Fault::new(
                    "signedOn",
                    "it is not signed yet; sign it with programSign, which takes the day",
                    "chương trình chưa được ký; hãy ký bằng programSign, kèm ngày ký",
                ));
            } else {
                program.signed_on = Some(date.dated(reader, "signedOn"));
            }
        }
        self.details.apply(reader, program);
    }
}

impl ProgramDetails {
    /// Puts what is given into the program.
    pub(super) fn apply(&self, reader: &mut Reader, program: &mut Program) {
        if self.number.is_some() {
            reader.put_text("number", &mut program.number, self.number.as_ref());
            if program.number_status == Status::NotStated {
                program.number_status = Status::Stated;
            }
        }
        if let Some(status) = self.number_status {
            program.number_status = status.into();
        }
        if let Some(aliases) = &self.aliases {
            program.aliases = reader.texts("aliases", aliases);
        }
        reader.put_text("titleEn", &mut program.title_en, self.title_en.as_ref());
        if let Some(basis) = self.title_basis {
            program.title_basis = basis.into();
        }
        if let Some(id) = &self.locality {
            program.locality = Some(reader.id_of("locality", domain::RecordKind::Locality, id));
        }
        reader.put_period("period", &mut program.period, self.period.as_ref());
        if let Some(date) = &self.effective_from {
            program.effective_from = Some(date.0.clone());
        }
        if self.area_count.is_some() {
            program.area_count = self.area_count;
        }
        reader.put_text("note", &mut program.note, self.note.as_ref());
    }
}

steps! {
    /// The program that is taken back.
    ProgramWithdrawInput,
    /// The program that ran to its end.
    ProgramConcludeInput,
    /// The program that ended before its time.
    ProgramTerminateInput,
    /// The program whose last step was a mistake.
    ProgramReopenInput,
    /// The program that goes.
    ProgramDeleteInput,
}

/// That a program was signed.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramSignInput {
    /// The program.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// When it was signed; left out when nobody knows.
    pub signed_on: Option<DateInput>,
    /// Its number, which it mostly gets on signing.
    pub number: Option<String>,
    /// Who signed it, in place of the stored list.
    pub signatories: Option<Vec<crate::mutation::input::PartyInput>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

shows! {
    /// Who may see a program from now on.
    ProgramPublishInput,
}

/// A new instrument that amends another.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramAmendInput {
    /// The new instrument.
    #[graphql(flatten)]
    pub follow: ProgramFollowInput,
}

/// A new instrument that takes another's place.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramRenewInput {
    /// The new instrument.
    #[graphql(flatten)]
    pub follow: ProgramFollowInput,
}

/// A new instrument that amends or renews another: a draft, linked to it.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramFollowInput {
    /// The program that is amended or renewed.
    pub id: ID,
    /// Vietnamese title of the new one.
    pub title: String,
    /// Kind of the new one; that of the other when nothing is said.
    pub kind: Option<ProgramKind>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ProgramDetails,
    /// Its lists. Signatories and topics are those of the other when they are left out.
    #[graphql(flatten)]
    pub lists: ProgramLists,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}
