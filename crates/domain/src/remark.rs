//! Remarks: aims, significance and limitations that a source states about a program.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{Event, Fault, Id, Program, Visibility};

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
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

/// One remark.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Key.
    pub id: Id<Remark>,
    /// The program.
    pub program: Id<Program>,
    /// The event where it was made.
    pub event: Option<Id<Event>>,
    /// Order in the text, from 1.
    pub order: i32,
    /// What it is about.
    pub kind: RemarkKind,
    /// The remark, in our own words.
    pub text: String,
    /// False when the source says that there are such things but not which: not the same as an empty list.
    pub specified: bool,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Remark {
    /// The rules of a remark.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        [Fault::blank("text", &self.text), Fault::place(self.order)].into_iter().flatten().collect()
    }
}
