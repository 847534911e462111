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
    /// The indicator under which a center states how many provinces have a program.
    pub const PROVINCES_WITH_PROGRAM: &str = "PROVINCES_WITH_PROGRAM";

    /// The results on which it depends, by field.
    pub fn depends_on(&self) -> impl Iterator<Item = (&'static str, Id<Self>)> + use<> {
        let others = [("ofResult", self.of_result), ("subsetOf", self.subset_of), ("denominator", self.denominator)];
        others.into_iter().filter_map(|(field, other)| other.map(|other| (field, other)))
    }

    /// That it depends on itself by way of a field.
    pub fn circular(field: &str) -> Fault {
        Fault::new(
            field,
            "a result cannot depend on itself, nor on one that depends on it; one of them must stand alone",
            "kết quả không thể phụ thuộc chính nó hoặc kết quả phụ thuộc nó; một trong hai phải độc lập",
        )
    }

    /// The rules of a result.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> =
            [Fault::blank("label", &self.label), Fault::place(self.order)].into_iter().flatten().collect();
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
        faults.extend(self.depends_on().filter(|(_, other)| *other == self.id).map(|(field, _)| Self::circular(field)));
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    #[test]
    fn every_fault_of_a_result_is_told() {
        let id = Id::generate(TenantId(16));
        let result = Outcome {
            id,
            program: Id::generate(TenantId(16)),
            event: None,
            order: 0,
            indicator: "CASES_HANDLED".to_owned(),
            label: " ".to_owned(),
            quantity: Quantity::default(),
            statement: None,
            period: None,
            as_of: None,
            scope: None,
            sites: Vec::new(),
            audience: Vec::new(),
            names: Vec::new(),
            of_result: None,
            subset_of: Some(id),
            denominator: Some(Id::generate(TenantId(16))),
            visibility: Visibility::Draft,
            version: 0,
        };
        let fields: Vec<String> = result.faults().iter().map(|fault| fault.field().to_owned()).collect();
        assert_eq!(fields, ["label", "order", "quantity", "subsetOf"]);
        assert_eq!(result.depends_on().map(|(field, _)| field).collect::<Vec<_>>(), ["subsetOf", "denominator"]);
    }
}
