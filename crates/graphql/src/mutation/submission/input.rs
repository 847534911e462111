//! The inputs of submissions.

use async_graphql::{Enum, ID, InputObject};
use domain::{ReportRequest, Submission, SubmissionItem, Visibility};

use crate::mutation::input::{PeriodInput, QuantityInput, Reader, steps};
use crate::scalar::PartialDate;

/// What is answered to a report request. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct SubmissionSaveInput {
    /// The request (yêu cầu báo cáo).
    pub request: ID,
    /// The addressee that answers (đơn vị báo cáo); left out when it is the only one for which one acts.
    pub tenant: Option<ID>,
    /// The version of the draft that was read, or of the round that was given back; left out when there is none yet.
    pub version: Option<i32>,
    /// The addressee's program under which the figures stand (chương trình).
    pub program: Option<ID>,
    /// The account in words (thuyết minh).
    pub narrative: Option<String>,
    /// What is reported on each indicator (số liệu), in place of the stored list.
    pub items: Option<Vec<SubmissionItemInput>>,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<SubmissionField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// One figure or finding (số liệu báo cáo).
#[derive(Clone, Debug, InputObject)]
pub struct SubmissionItemInput {
    /// The item as it is stored, to keep or change it; left out for a new one.
    pub id: Option<ID>,
    /// Code of the indicator (chỉ tiêu).
    pub indicator: String,
    /// What is reported, in your own words (nội dung).
    pub label: String,
    /// The figure (số liệu); left out when there is none.
    pub quantity: Option<QuantityInput>,
    /// The finding of what has no figure, or why there is none (nhận định).
    pub statement: Option<String>,
    /// The time it covers (thời kỳ); the request's when neither this nor asOf is given.
    pub period: Option<PeriodInput>,
    /// The day a stock was counted (thời điểm thống kê).
    pub as_of: Option<PartialDate>,
}

/// A field of a submission that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum SubmissionField {
    /// The program.
    Program,
    /// The account in words.
    Narrative,
}

steps! {
    /// The draft that is handed in.
    SubmissionSubmitInput,
    /// The submission that is accepted.
    SubmissionAcceptInput,
}

/// The submission that is given back.
#[derive(Clone, Debug, InputObject)]
pub struct SubmissionReturnInput {
    /// The submission.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// What is to be mended (lý do).
    pub reason: String,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// The accepted submission whose figures become results.
#[derive(Clone, Debug, InputObject)]
pub struct SubmissionPublishResultsInput {
    /// The submission.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// The program under which they stand (chương trình), one of the addressee; the one that the submission names when
    /// nothing is said.
    pub program: Option<ID>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

impl SubmissionSaveInput {
    /// Puts what is given into the draft, items aside.
    pub(super) fn apply(&self, reader: &mut Reader, draft: &mut Submission) {
        for field in self.clear.iter().flatten() {
            match field {
                SubmissionField::Program => draft.program = None,
                SubmissionField::Narrative => draft.narrative = None,
            }
        }
        reader.put_id("program", &mut draft.program, self.program.as_ref());
        reader.put_text("narrative", &mut draft.narrative, self.narrative.as_ref());
    }
}

/// The items as they are to be, each with the id of a known one or a new one.
pub(super) fn items(
    reader: &mut Reader,
    (draft, asked): (&Submission, &ReportRequest),
    known: &[SubmissionItem],
    items: &[SubmissionItemInput],
) -> Vec<SubmissionItem> {
    let mut all = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        all.push(reader.under(&["items", &place.to_string()], |reader| {
            let quantity = item.quantity.as_ref().map(|quantity| reader.quantity("quantity", quantity));
            let mut read = SubmissionItem {
                id: reader.part(draft.id.tenant, known, item.id.as_ref()),
                submission: draft.id,
                order: i32::try_from(place + 1).unwrap_or(i32::MAX),
                indicator: item.indicator.clone(),
                label: reader.text("label", &item.label),
                quantity: quantity.unwrap_or_default(),
                statement: None,
                period: None,
                as_of: item.as_of.as_ref().map(|date| date.0.clone()),
                visibility: Visibility::Draft,
                version: 0,
            };
            reader.put_text("statement", &mut read.statement, item.statement.as_ref());
            if read.as_of.is_none() {
                read.period.clone_from(&asked.period);
            }
            reader.put_period("period", &mut read.period, item.period.as_ref());
            read
        }));
    }
    all
}
