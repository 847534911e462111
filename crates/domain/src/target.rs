//! Targets: what a program means to reach, with a period of their own.

use crate::{Fault, Id, Period, Program, Quantity, Visibility};

/// One target (IATI: target).
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Key.
    pub id: Id<Target>,
    /// The program.
    pub program: Id<Program>,
    /// Order in the text, from 1.
    pub order: i32,
    /// Indicator code.
    pub indicator: String,
    /// The target, in our own words.
    pub label: String,
    /// The figure; `AT_LEAST 60`.
    pub quantity: Quantity,
    /// Whether the source calls it an aspiration (phấn đấu) rather than an obligation.
    pub aspirational: bool,
    /// What the figure is a share or a count of.
    pub scope: Option<String>,
    /// When it is to be reached; may lie partly outside the program's period.
    pub period: Option<Period>,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Target {
    /// The rules of a target.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> =
            [Fault::blank("label", &self.label), Fault::place(self.order)].into_iter().flatten().collect();
        if self.quantity.value().is_none() && self.quantity.text().is_none() {
            faults.push(Fault::new(
                "quantity",
                "a target without a figure needs at least its words (quantity.text)",
                "chỉ tiêu không có con số thì ít nhất phải có lời văn (quantity.text)",
            ));
        }
        faults
    }
}
