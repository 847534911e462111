//! Results: what came of a program. Called `Outcome` in code, because `Result` is Rust's; `Result` in the API.

use crate::{Event, Fault, Id, PartialDate, Period, Program, Quantity, Visibility};

/// One reported figure or finding (IATI: actual).
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Key.
    pub id: Id<Outcome>,
    /// The program.
    pub program: Id<Program>,
    /// The event where it was reported.
    pub event: Option<Id<Event>>,
    /// Order in the text, from 1.
    pub order: i32,
    /// Indicator code.
    pub indicator: String,
    /// The result, in our own words.
    pub label: String,
    /// The figure. No value means that none was stated, never zero.
    pub quantity: Quantity,
    /// The finding of a qualitative result, in our own words.
    pub statement: Option<String>,
    /// The time it covers.
    pub period: Option<Period>,
    /// The day a stock was counted.
    pub as_of: Option<PartialDate>,
    /// What it covers.
    pub scope: Option<String>,
    /// Where it took place, kinds of places.
    pub sites: Vec<String>,
    /// Who was reached.
    pub audience: Vec<String>,
    /// Named models or clubs.
    pub names: Vec<String>,
    /// The activity whose audience this counts.
    pub of_result: Option<Id<Outcome>>,
    /// The figure that this one is a part of; the two never add up.
    pub subset_of: Option<Id<Outcome>>,
    /// The figure that this one is a share of.
    pub denominator: Option<Id<Outcome>>,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Outcome {
    /// The rules of a result.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.quantity.value().is_none()
            && self.quantity.text().is_none()
            && self.statement.is_none()
            && self.names.is_empty()
        {
            faults.push(Fault::new(
                "quantity",
                "a result says something: a value, the words of the figure, a statement or names",
                "kết quả phải nói điều gì đó: con số, lời văn của con số, nhận định hoặc tên gọi",
            ));
        }
        if [self.of_result, self.subset_of, self.denominator].contains(&Some(self.id)) {
            faults.push(Fault::new(
                "ofResult",
                "a result cannot depend on itself",
                "kết quả không thể phụ thuộc chính nó",
            ));
        }
        faults
    }
}
