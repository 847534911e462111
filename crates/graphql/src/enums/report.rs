//! Lists of codes about report requests and what is answered to them.

use async_graphql::Enum;

use super::Code;

/// Whether a report request still takes answers (trạng thái yêu cầu báo cáo).
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::report::ReportRequestStatus")]
pub enum ReportRequestStatus {
    /// Answers are taken, late ones too (đang mở).
    Open,
    /// No more answers are taken (đã đóng).
    Closed,
}

impl Code for ReportRequestStatus {
    fn code(self) -> String {
        domain::report::ReportRequestStatus::from(self).to_string()
    }
}

/// How far an addressee of a report request has come (tình trạng báo cáo).
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::report::StandingState")]
pub enum ReportState {
    /// Nothing was handed in (chưa gửi).
    Missing,
    /// Handed in, and not decided on (đã gửi).
    Submitted,
    /// Given back to be mended (bị trả lại).
    Returned,
    /// Accepted (đã chấp nhận).
    Accepted,
}

/// Where a submission stands (trạng thái báo cáo).
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::submission::SubmissionState")]
pub enum SubmissionState {
    /// Being prepared; only its tenant's staff knows of it (bản nháp).
    Draft,
    /// Handed in, and not decided on (đã gửi).
    Submitted,
    /// Accepted (đã chấp nhận).
    Accepted,
    /// Given back to be mended in the next round (bị trả lại).
    Returned,
}

/// What was decided on a submission (kết quả xử lý).
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::submission::Verdict")]
pub enum SubmissionVerdict {
    /// The figures stand (chấp nhận).
    Accepted,
    /// They are to be mended (trả lại).
    Returned,
}
