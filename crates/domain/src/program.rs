//! Programs: every instrument that agencies agree on, from a joint resolution to a pledge.

pub mod transition;

use chrono::NaiveDate;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{AgencyLevel, Basis, Dated, Fault, Id, Locality, PartialDate, Period, TenantId, Visibility, period};

/// What kind of instrument it is. The word drifts within one article; this is the kind of the text that was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ProgramKind {
    /// Chương trình phối hợp.
    CoordinationProgram,
    /// Kế hoạch phối hợp.
    CoordinationPlan,
    /// Quy chế phối hợp.
    CoordinationRegulation,
    /// Nghị quyết liên tịch.
    JointResolution,
    /// Giao ước, ký cam kết.
    Pledge,
    /// Biên bản ghi nhớ.
    Memorandum,
    /// Thỏa thuận hợp tác.
    Agreement,
    /// Chương trình công tác năm.
    AnnualPlan,
    /// Đề án.
    Scheme,
    /// Dự án.
    Project,
    /// Chương trình hành động.
    ActionProgram,
    /// Anything else.
    Other,
}

/// What is known of an instrument's number. 83 of 97 real ones have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum NumberStatus {
    /// Printed in full.
    Stated,
    /// Printed in part ("số 09").
    Partial,
    /// Not printed.
    NotStated,
}

/// Where a program stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ProgramStatus {
    /// Not signed yet.
    Draft,
    /// Signed or issued.
    Signed,
    /// Ran to its end and was reviewed.
    Concluded,
    /// Ended before its time.
    Terminated,
}

/// An instrument of coordination.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// Key; its tenant is the province (or the centre) it was recorded for.
    pub id: Id<Program>,
    /// Kind of instrument.
    pub kind: ProgramKind,
    /// Number, verbatim: `11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC`. Never a key.
    pub number: Option<String>,
    /// What is known of the number.
    pub number_status: NumberStatus,
    /// Other printings of the number, and other names.
    pub aliases: Vec<String>,
    /// Vietnamese title.
    pub title_vi: String,
    /// English title.
    pub title_en: Option<String>,
    /// Whether the title was printed or put together from what the source says.
    pub title_basis: Basis,
    /// Level of the parties.
    pub level: AgencyLevel,
    /// District or commune, below the province.
    pub locality: Option<Id<Locality>>,
    /// The time it is meant to run.
    pub period: Option<Period>,
    /// When it was signed.
    pub signed_on: Option<Dated>,
    /// When it takes effect, where that differs.
    pub effective_from: Option<PartialDate>,
    /// Where it stands.
    pub status: ProgramStatus,
    /// How many cooperation areas the source counts, also when it does not list them.
    pub area_count: Option<i32>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Program {
    /// A draft of which nothing else is known yet.
    pub fn draft(tenant: TenantId, kind: ProgramKind, title_vi: String, level: AgencyLevel) -> Self {
        Self {
            id: Id::generate(tenant),
            kind,
            number: None,
            number_status: NumberStatus::NotStated,
            aliases: Vec::new(),
            title_vi,
            title_en: None,
            title_basis: Basis::Stated,
            level,
            locality: None,
            period: None,
            signed_on: None,
            effective_from: None,
            status: ProgramStatus::Draft,
            area_count: None,
            note: None,
            visibility: Visibility::Draft,
            version: 0,
        }
    }

    /// Where the program stands in time on `as_of`.
    #[must_use]
    pub fn phase(&self, as_of: NaiveDate) -> period::Phase {
        period::phase(self.period.as_ref(), as_of)
    }

    /// The rules of a program.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.title_vi.trim().is_empty() {
            faults.push(Fault::new(
                "title",
                "a program needs a title; where none is printed, describe it and set titleBasis: INFERRED",
                "chương trình cần có tên; nếu nguồn không nêu, hãy mô tả và đặt titleBasis: INFERRED",
            ));
        }
        match (self.number_status, &self.number) {
            (NumberStatus::NotStated, Some(_)) => {
                faults.push(Fault::new(
                    "numberStatus",
                    "the number is given, so its status is STATED or PARTIAL",
                    "đã có số hiệu, nên numberStatus là STATED hoặc PARTIAL",
                ));
            }
            (NumberStatus::Stated | NumberStatus::Partial, None) => {
                faults.push(Fault::new(
                    "number",
                    "numberStatus says that a number is printed: give it, or set NOT_STATED",
                    "numberStatus cho biết có số hiệu: hãy ghi số hiệu, hoặc đặt NOT_STATED",
                ));
            }
            _ => {}
        }
        if self.status == ProgramStatus::Draft && self.signed_on.is_some() {
            faults.push(Fault::new(
                "status",
                "a program with a signing date is not a DRAFT; set SIGNED",
                "chương trình có ngày ký thì không còn là DRAFT; hãy đặt SIGNED",
            ));
        }
        if self.area_count.is_some_and(|count| count < 1) {
            faults.push(Fault::new(
                "areaCount",
                "leave the count out when the source states none",
                "bỏ trống số lượng khi nguồn không nêu",
            ));
        }
        faults
    }
}

/// A topic of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramTopic {
    /// Key.
    pub id: Id<ProgramTopic>,
    /// The program.
    pub program: Id<Program>,
    /// Topic code.
    pub topic: String,
    /// Order in the source, from 1.
    pub order: i32,
    /// Same as the program's.
    pub visibility: Visibility,
}
