//! Submissions: what an addressee answers to a report request, round by round, and what the asking tenant decides.
//!
//! A round is the addressee's own row. Once handed in it is never changed: what is given back is mended in the next round.
//! The decision is a row of the tenant that asked. So each tenant writes its own rows, and where a submission stands
//! follows from both.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::actor::Principal;
use crate::fault::FaultCode;
use crate::report::MOST_ITEMS;
use crate::{Fault, Id, Outcome, PartialDate, Period, Program, Quantity, ReportRequest, Visibility};

/// One round of an addressee's answer (báo cáo gửi lên).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Key; its tenant is the addressee.
    pub id: Id<Submission>,
    /// The request.
    pub request: Id<ReportRequest>,
    /// Counts from 1; a submission that was given back is followed by another.
    pub round: i32,
    /// The addressee's program under which the figures stand.
    pub program: Option<Id<Program>>,
    /// The account in words.
    pub narrative: Option<String>,
    /// Whether it was handed in.
    pub status: SubmissionStatus,
    /// The day it was handed in.
    pub submitted_on: Option<NaiveDate>,
    /// The moment.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Who handed it in.
    pub submitted_by: Option<Principal>,
    /// DRAFT until it is handed in, INTERNAL then.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// One figure or finding of a submission.
#[derive(Clone, Debug, PartialEq)]
pub struct SubmissionItem {
    /// Key.
    pub id: Id<SubmissionItem>,
    /// The submission.
    pub submission: Id<Submission>,
    /// Order, from 1.
    pub order: i32,
    /// Indicator code.
    pub indicator: String,
    /// What is reported, in one's own words.
    pub label: String,
    /// The figure. No value means that none is stated, never zero.
    pub quantity: Quantity,
    /// The finding of what has no figure.
    pub statement: Option<String>,
    /// The time it covers.
    pub period: Option<Period>,
    /// The day a stock was counted.
    pub as_of: Option<PartialDate>,
    /// Same as the submission's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// What the tenant that asked says to a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionDecision {
    /// Key; its tenant is the one that asked.
    pub id: Id<SubmissionDecision>,
    /// The request.
    pub request: Id<ReportRequest>,
    /// What is decided on.
    pub submission: Id<Submission>,
    /// The version that was read.
    pub submission_version: i32,
    /// What was decided.
    pub verdict: Verdict,
    /// Why it was given back.
    pub reason: Option<String>,
    /// The day.
    pub decided_on: NaiveDate,
    /// The moment.
    pub decided_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Principal,
    /// Always INTERNAL: for those who asked and whoever answered.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// That an item of an accepted submission has become a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionResult {
    /// Key; its tenant is the addressee.
    pub id: Id<SubmissionResult>,
    /// The submission.
    pub submission: Id<Submission>,
    /// The item.
    pub item: Id<SubmissionItem>,
    /// The result.
    pub result: Id<Outcome>,
    /// Always INTERNAL.
    pub visibility: Visibility,
}

/// Whether a submission was handed in, as the addressee's row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SubmissionStatus {
    /// Being prepared; only the addressee's staff knows of it.
    Draft,
    /// Handed in, for good.
    Submitted,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    /// The figures stand.
    Accepted,
    /// They are to be mended.
    Returned,
}

/// Where a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SubmissionState {
    /// Being prepared.
    Draft,
    /// Handed in, and not decided on.
    Submitted,
    /// Accepted.
    Accepted,
    /// Given back to be mended.
    Returned,
}

/// What can be done with a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SubmissionStep {
    /// The addressee writes; after a return, in a new round.
    Save,
    /// The addressee hands it in.
    Submit,
    /// Whoever asked accepts it.
    Accept,
    /// Whoever asked gives it back.
    Return,
    /// The addressee makes its figures results of its program.
    PublishResults,
}

impl SubmissionState {
    /// Where a submission stands that has this status and these decisions.
    pub fn of(status: SubmissionStatus, verdict: Option<Verdict>) -> Self {
        match (status, verdict) {
            (SubmissionStatus::Draft, _) => Self::Draft,
            (SubmissionStatus::Submitted, None) => Self::Submitted,
            (SubmissionStatus::Submitted, Some(Verdict::Accepted)) => Self::Accepted,
            (SubmissionStatus::Submitted, Some(Verdict::Returned)) => Self::Returned,
        }
    }

    /// Where a submission stands after a step. Of one that was given back, SAVE begins the next round.
    ///
    /// # Errors
    ///
    /// A fault that names the way out, where the step leads nowhere.
    pub fn after(self, step: SubmissionStep) -> Result<Self, Fault> {
        use SubmissionState::{Accepted, Draft, Returned, Submitted};
        match (self, step) {
            (Draft | Returned, SubmissionStep::Save) => Ok(Draft),
            (Draft, SubmissionStep::Submit) => Ok(Submitted),
            (Submitted, SubmissionStep::Accept) | (Accepted, SubmissionStep::PublishResults) => Ok(Accepted),
            (Submitted, SubmissionStep::Return) => Ok(Returned),
            (Draft, _) => Err(impossible(
                self,
                "it was not handed in; the addressee does that with submissionSubmit",
                "báo cáo chưa được gửi; đơn vị báo cáo gửi bằng submissionSubmit",
            )),
            (Submitted, _) => Err(impossible(
                self,
                "it waits for whoever asked, who uses submissionAccept or submissionReturn",
                "báo cáo đang chờ đơn vị yêu cầu xử lý bằng submissionAccept hoặc submissionReturn",
            )),
            (Accepted, _) => Err(impossible(
                self,
                "what was accepted stands, and becomes results by submissionPublishResults; ask for other figures with another reportRequestCreate",
                "báo cáo đã được chấp nhận và có thể thành kết quả bằng submissionPublishResults; cần số liệu khác thì tạo yêu cầu mới bằng reportRequestCreate",
            )),
            (Returned, _) => Err(impossible(
                self,
                "the addressee mends it with submissionSave, which begins the next round, and hands that in with submissionSubmit",
                "đơn vị báo cáo sửa bằng submissionSave (mở lượt mới), rồi gửi lại bằng submissionSubmit",
            )),
        }
    }
}

fn impossible(state: SubmissionState, way_out: &str, way_out_vi: &str) -> Fault {
    let name: &'static str = state.into();
    Fault::of(
        FaultCode::InvalidTransition,
        &["id"],
        format!("the submission is {name}: {way_out}"),
        format!("báo cáo đang ở trạng thái {name}: {way_out_vi}"),
    )
}

impl Submission {
    /// The rules of a submission, which may be a draft of which nothing is known yet.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.program.is_some_and(|program| program.tenant != self.id.tenant) {
            faults.push(Fault::new(
                "program",
                "figures stand under a program of the tenant that reports them; take one of your own",
                "số liệu phải thuộc chương trình của chính đơn vị báo cáo; hãy chọn chương trình của đơn vị mình",
            ));
        }
        faults
    }

    /// What is missing in a submission that is to be handed in.
    pub fn missing(&self, request: &ReportRequest, items: &[SubmissionItem]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let told: BTreeSet<&str> = items.iter().map(|item| item.indicator.as_str()).collect();
        let open: Vec<&str> =
            request.indicators.iter().map(String::as_str).filter(|code| !told.contains(code)).collect();
        if !open.is_empty() {
            let open = open.join(", ");
            faults.push(Fault::new(
                "items",
                format!(
                    "nothing is said on {open}; where there is no figure, save an item that says so in its statement"
                ),
                format!("chưa báo cáo {open}; nếu không có số liệu, hãy lưu một mục nêu rõ điều đó trong statement"),
            ));
        }
        if request.narrative && self.narrative.is_none() {
            faults.push(Fault::new(
                "narrative",
                "an account in words is wanted; save it first (submissionSave, narrative)",
                "yêu cầu có phần thuyết minh; hãy lưu trước (submissionSave, narrative)",
            ));
        }
        faults
    }

    /// What is wrong with the number of items.
    pub fn too_many(items: usize) -> Option<Fault> {
        (items > MOST_ITEMS).then(|| {
            Fault::new(
                "items",
                format!("a submission has at most {MOST_ITEMS} items"),
                format!("một báo cáo có nhiều nhất {MOST_ITEMS} mục"),
            )
        })
    }
}

impl SubmissionItem {
    /// The rules of an item.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Fault::blank("label", &self.label).into_iter().collect();
        if self.quantity.value().is_none() && self.quantity.text().is_none() && self.statement.is_none() {
            faults.push(Fault::new(
                "quantity",
                "an item says something: a value, the words of the figure, or a statement",
                "mỗi mục phải nêu điều gì đó: con số, lời văn của con số, hoặc nhận định",
            ));
        }
        faults
    }

    /// The result that an accepted item is, under a program of the addressee.
    pub fn result(&self, program: Id<Program>, order: i32) -> Outcome {
        Outcome {
            id: Id::generate(program.tenant),
            program,
            event: None,
            order,
            indicator: self.indicator.clone(),
            label: self.label.clone(),
            quantity: self.quantity.clone(),
            statement: self.statement.clone(),
            period: self.period.clone(),
            as_of: self.as_of.clone(),
            scope: None,
            sites: Vec::new(),
            audience: Vec::new(),
            names: Vec::new(),
            of_result: None,
            subset_of: None,
            denominator: None,
            visibility: Visibility::Draft,
            version: 0,
        }
    }
}

impl SubmissionDecision {
    /// Whether it is about the submission as it is now.
    pub fn stands_for(&self, submission: &Submission) -> bool {
        self.submission == submission.id && self.submission_version == submission.version
    }

    /// The rules of a decision.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        if self.verdict == Verdict::Returned && self.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
            return vec![Fault::new("reason", "say what is to be mended", "hãy nêu nội dung cần chỉnh sửa")];
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    /// The whole of [`SubmissionState::after`].
    #[test]
    fn where_steps_lead() {
        let mut lines = vec![format!("{:<17}{:<11}{:<11}{:<11}RETURNED", "STEP", "DRAFT", "SUBMITTED", "ACCEPTED")];
        for step in SubmissionStep::iter() {
            let cells = SubmissionState::iter().map(|state| state.after(step).map_or("-".into(), |to| to.to_string()));
            let cells = cells.map(|cell| format!("{cell:<11}")).collect::<Vec<_>>().concat();
            lines.push(format!("{:<17}{cells}", step.to_string()).trim_end().to_owned());
        }
        assert_eq!(
            lines.join("\n"),
            "\
STEP             DRAFT      SUBMITTED  ACCEPTED   RETURNED
SAVE             DRAFT      -          -          DRAFT
SUBMIT           SUBMITTED  -          -          -
ACCEPT           -          ACCEPTED   -          -
RETURN           -          RETURNED   -          -
PUBLISH_RESULTS  -          -          ACCEPTED   -"
        );
    }

    #[test]
    fn every_refusal_names_the_way_out() {
        for (state, step) in
            SubmissionState::iter().flat_map(|state| SubmissionStep::iter().map(move |step| (state, step)))
        {
            let Err(fault) = state.after(step) else { continue };
            assert_eq!(fault.code, FaultCode::InvalidTransition);
            for message in [&fault.message, &fault.message_vi] {
                assert!(["submissionS", "submissionAccept", "submissionP"].iter().any(|way| message.contains(way)));
            }
        }
    }

    #[test]
    fn where_it_stands_follows_from_both_rows() {
        use SubmissionStatus::{Draft, Submitted};
        assert_eq!(SubmissionState::of(Draft, None), SubmissionState::Draft);
        assert_eq!(SubmissionState::of(Submitted, None), SubmissionState::Submitted);
        assert_eq!(SubmissionState::of(Submitted, Some(Verdict::Accepted)), SubmissionState::Accepted);
        assert_eq!(SubmissionState::of(Submitted, Some(Verdict::Returned)), SubmissionState::Returned);
    }
}
