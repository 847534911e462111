//! Cooperation areas: what the parties agreed to work on together, in the order of the text.

use crate::{Fault, Id, Program, Visibility};

/// One area of cooperation (nội dung phối hợp).
#[derive(Clone, Debug, PartialEq)]
pub struct CooperationArea {
    /// Key.
    pub id: Id<CooperationArea>,
    /// The program.
    pub program: Id<Program>,
    /// Order in the text, from 1.
    pub order: i32,
    /// The area, in our own words.
    pub label: String,
    /// Topic code.
    pub topic: Option<String>,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl CooperationArea {
    /// The rules of a cooperation area.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        Fault::blank("label", &self.label).into_iter().collect()
    }
}
