//! Events: conferences where programs are signed, launched or reviewed. One event can hold several instruments.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{Dated, Fault, Id, Program, Visibility};

/// What kind of event it is. The words sơ kết and tổng kết are used loosely; this is what took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum EventMode {
    /// In one room.
    InPerson,
    /// Only on line.
    Online,
    /// In one room, with remote points.
    Hybrid,
}

/// Part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TimeOfDay {
    /// Sáng.
    Morning,
    /// Chiều.
    Afternoon,
    /// Tối.
    Evening,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Key.
    pub id: Id<Event>,
    /// Kind.
    pub kind: EventKind,
    /// Name.
    pub name: String,
    /// Why the name is ours, where the source prints none.
    pub name_inferred: Option<String>,
    /// When.
    pub date: Option<Dated>,
    /// Part of the day.
    pub time_of_day: Option<TimeOfDay>,
    /// Where, in words.
    pub place: Option<String>,
    /// How people met.
    pub mode: Option<EventMode>,
    /// How many remote points (điểm cầu) took part.
    pub remote_point_count: Option<i32>,
    /// What the remote points were.
    pub remote_points: Option<String>,
    /// Items of the agenda, in our own words.
    pub agenda: Vec<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Event {
    /// The rules of an event.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(Fault::new(
                "name",
                "an event needs a name; where none is printed, describe it and give nameInferred",
                "sự kiện cần có tên; nếu nguồn không nêu, hãy mô tả và ghi nameInferred",
            ));
        }
        if self.remote_point_count.is_some_and(|count| count < 1) {
            faults.push(Fault::new(
                "remotePointCount",
                "leave the count out when the source states none",
                "bỏ trống số lượng khi nguồn không nêu",
            ));
        }
        faults
    }
}

/// A program that an event deals with.
#[derive(Clone, Debug, PartialEq)]
pub struct EventProgram {
    /// Key; its tenant is the event's.
    pub id: Id<EventProgram>,
    /// The event.
    pub event: Id<Event>,
    /// The program; may belong to another tenant.
    pub program: Id<Program>,
    /// Order, from 1.
    pub order: i32,
    /// Same as the event's.
    pub visibility: Visibility,
}
