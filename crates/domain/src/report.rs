//! Report requests: what one tenant asks others to report by a due date, and what has come of it.

pub mod standing;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::fault::FaultCode;
use crate::{Fault, Id, Period, Program, TenantId, Visibility};

pub use standing::{Completeness, Standing, StandingState};

/// What a tenant asks others to report (yêu cầu báo cáo).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRequest {
    /// Key; its tenant is the one that asks.
    pub id: Id<ReportRequest>,
    /// The program that it is about; perhaps of another tenant.
    pub program: Option<Id<Program>>,
    /// What it is called.
    pub title: String,
    /// What is to be kept in mind.
    pub text: Option<String>,
    /// Codes of the indicators on which figures are wanted.
    pub indicators: Vec<String>,
    /// Whether an account in words is wanted.
    pub narrative: bool,
    /// The time that is to be reported on.
    pub period: Option<Period>,
    /// The last day for an answer.
    pub due: NaiveDate,
    /// Whether answers are still taken.
    pub status: ReportRequestStatus,
    /// Always INTERNAL: for those who ask and those who are asked.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// One tenant that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// Key; its tenant is the one that asks.
    pub id: Id<Addressee>,
    /// The request.
    pub request: Id<ReportRequest>,
    /// Who is asked.
    pub tenant: TenantId,
    /// Same as the request's.
    pub visibility: Visibility,
}

/// Whether answers are still taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ReportRequestStatus {
    /// Answers are taken, late ones too.
    Open,
    /// No more answers are taken.
    Closed,
}

/// What can be done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum RequestStep {
    /// Ask for something else, for another day, or other tenants.
    Update,
    /// Take no more answers.
    Close,
    /// Take answers again.
    Reopen,
    /// Prepare an answer or hand it in.
    Answer,
    /// Accept an answer.
    Accept,
    /// Give an answer back to be mended.
    Return,
}

/// So many tenants are asked at most.
pub const MOST_ADDRESSEES: usize = 100;

/// So many indicators are asked for at most, and so many items an answer has.
pub const MOST_ITEMS: usize = 100;

impl ReportRequestStatus {
    /// Where a request stands after a step.
    ///
    /// # Errors
    ///
    /// A fault that names the way out, where the step leads nowhere.
    pub fn after(self, step: RequestStep) -> Result<Self, Fault> {
        use ReportRequestStatus::{Closed, Open};
        match (self, step) {
            (Open, RequestStep::Update | RequestStep::Answer | RequestStep::Accept | RequestStep::Return)
            | (Closed, RequestStep::Reopen) => Ok(Open),
            (Open, RequestStep::Close) | (Closed, RequestStep::Accept) => Ok(Closed),
            (Open, RequestStep::Reopen) => Err(impossible(
                self,
                "answers are taken already; to take no more, use reportRequestClose",
                "yêu cầu đang mở; để ngừng nhận báo cáo, dùng reportRequestClose",
            )),
            (Closed, _) => Err(impossible(
                self,
                "whoever asked takes answers again with reportRequestReopen",
                "đơn vị yêu cầu có thể mở lại bằng reportRequestReopen",
            )),
        }
    }
}

fn impossible(status: ReportRequestStatus, way_out: &str, way_out_vi: &str) -> Fault {
    let name: &'static str = status.into();
    Fault::of(
        FaultCode::InvalidTransition,
        &["id"],
        format!("the request is {name}: {way_out}"),
        format!("yêu cầu báo cáo đang ở trạng thái {name}: {way_out_vi}"),
    )
}

impl ReportRequest {
    /// The rules of a request.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Fault::blank("title", &self.title).into_iter().collect();
        if self.indicators.is_empty() && !self.narrative {
            faults.push(Fault::new(
                "indicators",
                "ask for something: name indicators, or set narrative: true for an account in words",
                "hãy nêu nội dung cần báo cáo: chọn chỉ tiêu, hoặc đặt narrative: true để yêu cầu báo cáo bằng lời",
            ));
        }
        let distinct: BTreeSet<&String> = self.indicators.iter().collect();
        if distinct.len() != self.indicators.len() || self.indicators.len() > MOST_ITEMS {
            faults.push(Fault::new(
                "indicators",
                format!("name each indicator once, and at most {MOST_ITEMS}"),
                format!("mỗi chỉ tiêu nêu một lần, nhiều nhất {MOST_ITEMS} chỉ tiêu"),
            ));
        }
        faults
    }

    /// What is wrong with a day by which answers are newly wanted.
    pub fn due_fault(&self, today: NaiveDate) -> Option<Fault> {
        (self.due < today).then(|| {
            Fault::new(
                "due",
                format!("the day is over: take {today} or a later one"),
                format!("hạn báo cáo đã qua: hãy chọn ngày {today} hoặc muộn hơn"),
            )
        })
    }

    /// What is wrong with asking these tenants.
    pub fn addressee_faults(&self, tenants: &[TenantId]) -> Vec<Fault> {
        let mut faults = Vec::new();
        if tenants.is_empty() || tenants.len() > MOST_ADDRESSEES {
            faults.push(Fault::new(
                "addressees",
                format!("ask at least one tenant, and at most {MOST_ADDRESSEES}"),
                format!("hãy nêu ít nhất một đơn vị nhận yêu cầu, nhiều nhất {MOST_ADDRESSEES} đơn vị"),
            ));
        }
        for (place, tenant) in tenants.iter().enumerate() {
            let fault = if *tenant == self.id.tenant {
                Fault::new(
                    "",
                    "a tenant does not ask itself; leave it out",
                    "đơn vị không gửi yêu cầu cho chính mình; hãy bỏ ra khỏi danh sách",
                )
            } else if tenants.iter().take(place).any(|other| other == tenant) {
                let (message, message_vi) = ("the tenant stands twice in the list", "đơn vị xuất hiện hai lần");
                Fault::new("", message, message_vi)
            } else {
                continue;
            };
            let place = place.to_string();
            faults.push(fault.under(&["addressees", &place]));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;

    fn asked() -> ReportRequest {
        ReportRequest {
            id: Id::new(TenantId(1), Uuid::nil()),
            program: None,
            title: "Báo cáo năm".to_owned(),
            text: None,
            indicators: vec!["CASES".to_owned()],
            narrative: false,
            period: None,
            due: "2026-12-15".parse().unwrap(),
            status: ReportRequestStatus::Open,
            visibility: Visibility::Internal,
            version: 0,
        }
    }

    /// The whole of [`ReportRequestStatus::after`].
    #[test]
    fn where_steps_lead() {
        let mut lines = vec![format!("{:<8}{:<8}CLOSED", "STEP", "OPEN")];
        for step in RequestStep::iter() {
            let cells =
                ReportRequestStatus::iter().map(|status| status.after(step).map_or("-".into(), |to| to.to_string()));
            let cells = cells.map(|cell| format!("{cell:<8}")).collect::<Vec<_>>().concat();
            lines.push(format!("{:<8}{cells}", step.to_string()).trim_end().to_owned());
        }
        assert_eq!(
            lines.join("\n"),
            "\
STEP    OPEN    CLOSED
UPDATE  OPEN    -
CLOSE   CLOSED  -
REOPEN  -       OPEN
ANSWER  OPEN    -
ACCEPT  OPEN    CLOSED
RETURN  OPEN    -"
        );
    }

    #[test]
    fn every_refusal_names_the_way_out() {
        for (status, step) in
            ReportRequestStatus::iter().flat_map(|status| RequestStep::iter().map(move |step| (status, step)))
        {
            let Err(fault) = status.after(step) else { continue };
            assert_eq!(fault.code, FaultCode::InvalidTransition);
            assert!(fault.message.contains("reportRequest"), "{}", fault.message);
            assert!(fault.message_vi.contains("reportRequest"), "{}", fault.message_vi);
        }
    }

    #[test]
    fn a_request_asks_for_something_once() {
        assert_eq!(asked().faults(), []);
        let fields = |request: ReportRequest| -> Vec<String> {
            request.faults().iter().map(|fault| fault.field().to_owned()).collect()
        };
        let nothing = ReportRequest { indicators: Vec::new(), title: " ".to_owned(), ..asked() };
        assert_eq!(fields(nothing.clone()), ["title", "indicators"]);
        assert_eq!(fields(ReportRequest { narrative: true, title: "x".to_owned(), ..nothing }), [""; 0]);
        let twice = vec!["CASES".to_owned(), "CASES".to_owned()];
        assert_eq!(fields(ReportRequest { indicators: twice, ..asked() }), ["indicators"]);
        assert!(asked().due_fault("2026-12-15".parse().unwrap()).is_none());
        assert!(asked().due_fault("2026-12-16".parse().unwrap()).is_some());
    }

    #[test]
    fn others_are_asked_each_once() {
        let paths = |tenants: &[i32]| -> Vec<String> {
            let tenants: Vec<TenantId> = tenants.iter().map(|number| TenantId(*number)).collect();
            asked().addressee_faults(&tenants).iter().map(|fault| fault.path.join(".")).collect()
        };
        assert_eq!(paths(&[2, 3]), [""; 0]);
        assert_eq!(paths(&[]), ["addressees"]);
        assert_eq!(paths(&[2, 1, 2]), ["addressees.1", "addressees.2"]);
        assert_eq!(paths(&(2..103).collect::<Vec<_>>()), ["addressees"]);
    }
}
