//! Lists of codes about programs, documents and figures.

use async_graphql::Enum;

use super::Code;

/// Whether figures of an indicator count what happened or what exists.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::catalogue::IndicatorKind")]
pub enum IndicatorKind {
    /// What happened within a period; sums over time.
    Flow,
    /// What exists on a day; never sums over time.
    Stock,
    /// A share; never sums at all.
    Ratio,
    /// Words, no figure.
    Qualitative,
}

/// How figures of an indicator may be put together.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::catalogue::Aggregation")]
pub enum Aggregation {
    /// They add up.
    Sum,
    /// The latest counts.
    Latest,
    /// They do not combine.
    None,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::catalogue::Trend")]
pub enum IndicatorDirection {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither.
    None,
}

/// What kind of instrument it is. The word drifts within one article; this is the kind of the text that was signed.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::program::ProgramKind")]
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
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::program::NumberStatus")]
pub enum NumberStatus {
    /// Printed in full.
    Stated,
    /// Printed in part ("số 09").
    Partial,
    /// Not printed.
    NotStated,
}

/// Where a program stands.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::program::ProgramStatus")]
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

/// How one instrument relates to another (ELI: `based_on`, `amends`, …).
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::link::LinkKind")]
pub enum LinkKind {
    /// Carries out a higher instrument at its own level.
    Implements,
    /// A pledge or yearly plan that carries out an instrument of the same parties.
    Executes,
    /// Follows an instrument that ran out.
    Renews,
    /// Changes an instrument in force.
    Amends,
    /// Takes the place of several instruments.
    Merges,
    /// Only refers to it.
    Cites,
}

/// What kind of document it is.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::document::DocumentKind")]
pub enum DocumentKind {
    /// Luật, bộ luật.
    Law,
    /// Nghị quyết.
    Resolution,
    /// Chỉ thị.
    Directive,
    /// Quyết định.
    Decision,
    /// Kết luận.
    Conclusion,
    /// Thông tư.
    Circular,
    /// Kế hoạch.
    Plan,
    /// Chương trình hành động.
    ActionProgram,
    /// Chiến lược.
    Strategy,
    /// Đề án.
    Scheme,
    /// Công văn.
    OfficialLetter,
    /// Hướng dẫn.
    Guideline,
    /// Báo cáo.
    Report,
    /// Anything else.
    Other,
}

/// How a value relates to the truth, by what the source says.
///
/// From strongest to weakest: `Exact`; the lower bounds `Over`, `AtLeast`; the upper bounds `Nearly`, `AtMost`;
/// `About`; `Magnitude`; `Unquantified`. Lower and upper bounds are no stronger or weaker than each other.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::quantity::Qualifier")]
pub enum Qualifier {
    /// The value itself.
    Exact,
    /// More than the value ("trên 41.000").
    Over,
    /// A little less than the value ("gần 500").
    Nearly,
    /// Around the value ("khoảng 300").
    About,
    /// The value or more ("ít nhất 2").
    AtLeast,
    /// The value or less ("không quá 5").
    AtMost,
    /// Only its order is said ("hàng nghìn"); the value, if any, stands for it.
    Magnitude,
    /// Something is said to exist, without any figure ("nhiều").
    Unquantified,
}

/// Where a day stands in a period.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::period::Phase")]
pub enum ProgramPhase {
    /// It has not started.
    Upcoming,
    /// It has started and has a stated end, not yet passed.
    InForce,
    /// Its end has passed.
    Expired,
    /// It has started and has no end.
    OpenEnded,
    /// What is stated does not decide.
    Unknown,
}

impl Code for IndicatorKind {
    fn code(self) -> String {
        domain::catalogue::IndicatorKind::from(self).to_string()
    }
}

impl Code for ProgramKind {
    fn code(self) -> String {
        domain::program::ProgramKind::from(self).to_string()
    }
}

impl Code for NumberStatus {
    fn code(self) -> String {
        domain::program::NumberStatus::from(self).to_string()
    }
}

impl Code for ProgramStatus {
    fn code(self) -> String {
        domain::program::ProgramStatus::from(self).to_string()
    }
}

impl Code for LinkKind {
    fn code(self) -> String {
        domain::link::LinkKind::from(self).to_string()
    }
}

impl Code for DocumentKind {
    fn code(self) -> String {
        domain::document::DocumentKind::from(self).to_string()
    }
}

impl Code for Qualifier {
    fn code(self) -> String {
        domain::quantity::Qualifier::from(self).to_string()
    }
}
