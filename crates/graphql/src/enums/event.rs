//! Lists of codes about events and what is said at them.

use async_graphql::Enum;

use super::Code;

/// What kind of event it is. The words sơ kết and tổng kết are used loosely; this is what took place.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::event::EventKind")]
pub enum EventKind {
    /// Lễ ký kết.
    Signing,
    /// Ký giao ước.
    Pledge,
    /// Triển khai, quán triệt.
    Dissemination,
    /// Tổng kết năm.
    AnnualReview,
    /// Sơ kết.
    InterimReview,
    /// Tổng kết.
    FinalReview,
    /// Biểu dương, tôn vinh.
    Commendation,
    /// Ra mắt.
    Launch,
    /// Hội thảo, tọa đàm.
    Seminar,
    /// Anything else.
    Other,
}

/// How people met.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::event::EventMode")]
pub enum EventMode {
    /// In one room.
    InPerson,
    /// Only on line.
    Online,
    /// In one room, with remote points.
    Hybrid,
}

/// Part of the day.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::event::TimeOfDay")]
pub enum TimeOfDay {
    /// Sáng.
    Morning,
    /// Chiều.
    Afternoon,
    /// Tối.
    Evening,
}

/// What kind of deed an obligation asks for.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::direction::ObligationKind")]
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

/// What a remark is about.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::remark::RemarkKind")]
pub enum RemarkKind {
    /// What the program is for.
    Aim,
    /// Why it matters.
    Significance,
    /// What fell short (hạn chế).
    Limitation,
    /// Anything else.
    Other,
}

impl Code for EventKind {
    fn code(self) -> String {
        domain::event::EventKind::from(self).to_string()
    }
}

impl Code for ObligationKind {
    fn code(self) -> String {
        domain::direction::ObligationKind::from(self).to_string()
    }
}

impl Code for RemarkKind {
    fn code(self) -> String {
        domain::remark::RemarkKind::from(self).to_string()
    }
}
