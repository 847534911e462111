//! The inputs of results.

use async_graphql::{Enum, ID, InputObject};
use domain::Outcome;

use crate::mutation::input::{PartyInput, PeriodInput, QuantityInput, Reader};
use crate::scalar::PartialDate;

/// A new result. It says something: a value, the words of a figure, a statement or names.
#[derive(Clone, Debug, InputObject)]
pub struct ResultCreateInput {
    /// The program of which it came.
    pub program: ID,
    /// Code of the indicator on which it is measured.
    pub indicator: String,
    /// The result, in your own words.
    pub label: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ResultDetails,
    /// Who brought it about (đơn vị thực hiện).
    pub contributors: Option<Vec<PartyInput>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a result. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct ResultUpdateInput {
    /// The result.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Code of the indicator on which it is measured.
    pub indicator: Option<String>,
    /// The result, in your own words.
    pub label: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ResultDetails,
    /// Who brought it about, in place of the stored list.
    pub contributors: Option<Vec<PartyInput>>,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<ResultField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a result.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ResultDetails {
    /// Its place in the text, from 1; a new one comes after all others when nothing is said.
    pub order: Option<i32>,
    /// The figure.
    pub quantity: Option<QuantityInput>,
    /// The finding of a qualitative result, in your own words.
    pub statement: Option<String>,
    /// The event where it was reported.
    pub event: Option<ID>,
    /// The time it covers.
    pub period: Option<PeriodInput>,
    /// The day a stock was counted.
    pub as_of: Option<PartialDate>,
    /// What it covers.
    pub scope: Option<String>,
    /// Where it took place, kinds of places.
    pub sites: Option<Vec<String>>,
    /// Who was reached.
    pub audience: Option<Vec<String>>,
    /// Named models or clubs.
    pub names: Option<Vec<String>>,
    /// The activity whose audience this counts.
    pub of_result: Option<ID>,
    /// The figure that this one is a part of.
    pub subset_of: Option<ID>,
    /// The figure that this one is a share of.
    pub denominator: Option<ID>,
}

/// A field of a result that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum ResultField {
    /// The figure: none is stated then, which is not zero.
    Quantity,
    /// The finding.
    Statement,
    /// The event where it was reported.
    Event,
    /// The time it covers.
    Period,
    /// The day a stock was counted.
    AsOf,
    /// What it covers.
    Scope,
    /// The activity whose audience this counts.
    OfResult,
    /// The figure that this one is a part of.
    SubsetOf,
    /// The figure that this one is a share of.
    Denominator,
}

impl ResultUpdateInput {
    /// Changes the result.
    pub(super) fn apply(&self, reader: &mut Reader, result: &mut Outcome) {
        for field in self.clear.iter().flatten() {
            match field {
                ResultField::Quantity => result.quantity = domain::Quantity::default(),
                ResultField::Statement => result.statement = None,
                ResultField::Event => result.event = None,
                ResultField::Period => result.period = None,
                ResultField::AsOf => result.as_of = None,
                ResultField::Scope => result.scope = None,
                ResultField::OfResult => result.of_result = None,
                ResultField::SubsetOf => result.subset_of = None,
                ResultField::Denominator => result.denominator = None,
            }
        }
        if let Some(indicator) = &self.indicator {
            result.indicator.clone_from(indicator);
        }
        if let Some(label) = &self.label {
            result.label = reader.text("label", label);
        }
        self.details.apply(reader, result);
    }
}

impl ResultDetails {
    /// Puts what is given into the result.
    pub(super) fn apply(&self, reader: &mut Reader, result: &mut Outcome) {
        if let Some(order) = self.order {
            result.order = order;
        }
        if let Some(quantity) = &self.quantity {
            result.quantity = reader.quantity("quantity", quantity);
        }
        reader.put_text("statement", &mut result.statement, self.statement.as_ref());
        reader.put_id("event", &mut result.event, self.event.as_ref());
        reader.put_period("period", &mut result.period, self.period.as_ref());
        if let Some(date) = &self.as_of {
            result.as_of = Some(date.0.clone());
        }
        reader.put_text("scope", &mut result.scope, self.scope.as_ref());
        for (field, slot, texts) in [
            ("sites", &mut result.sites, &self.sites),
            ("audience", &mut result.audience, &self.audience),
            ("names", &mut result.names, &self.names),
        ] {
            if let Some(texts) = texts {
                *slot = reader.texts(field, texts);
            }
        }
        reader.put_id("ofResult", &mut result.of_result, self.of_result.as_ref());
        reader.put_id("subsetOf", &mut result.subset_of, self.subset_of.as_ref());
        reader.put_id("denominator", &mut result.denominator, self.denominator.as_ref());
    }
}
