//! Figures: quantities, targets and results.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Party, PeriodEntry, codes, local_key, unsaid};

/// A figure as the source gives it. No value means that none was stated; 0 means none.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuantityEntry {
    /// The number, at most four decimals; write it as a number or as text ("0.25").
    #[serde(default, skip_serializing_if = "unsaid")]
    pub value: Option<Number>,
    /// EXACT (default with a value), OVER (trên, hơn), NEARLY (gần), ABOUT (khoảng), `AT_LEAST` (ít nhất), `AT_MOST`
    /// (tối đa), MAGNITUDE (hàng nghìn), UNQUANTIFIED (đa số, nhiều; default without a value).
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "codes::<domain::quantity::Qualifier>")]
    pub qualifier: Option<String>,
    /// The words of the figure only: `trên 41.000 lượt`.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub text: Option<String>,
}

/// A number, written as one or as text.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// A decimal number in text, so that no digit is lost.
    Text(String),
}

/// A target.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TargetEntry {
    /// Indicator code, see the indicators catalogue.
    pub indicator: String,
    /// The target, in your own words.
    pub label: String,
    /// The figure.
    pub quantity: QuantityEntry,
    /// True when the source calls it an aspiration (phấn đấu).
    #[serde(default, skip_serializing_if = "unsaid")]
    pub aspirational: bool,
    /// What the figure is a share or a count of.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub scope: Option<String>,
    /// When it is to be reached.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub period: Option<PeriodEntry>,
}

/// A result.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResultEntry {
    /// Local key, needed only when another result refers to this one.
    #[serde(default, skip_serializing_if = "unsaid")]
    #[schemars(schema_with = "local_key")]
    pub key: Option<String>,
    /// Indicator code.
    pub indicator: String,
    /// The result, in your own words.
    pub label: String,
    /// The figure.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub quantity: Option<QuantityEntry>,
    /// The finding of a qualitative result, in your own words.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub statement: Option<String>,
    /// The time it covers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub period: Option<PeriodEntry>,
    /// EDTF date on which a stock was counted.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub as_of: Option<String>,
    /// What it covers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub scope: Option<String>,
    /// Kinds of places.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub sites: Vec<String>,
    /// Who was reached.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub audience: Vec<String>,
    /// Named models or clubs.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub names: Vec<String>,
    /// Key of the activity whose audience this counts.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub of_result: Option<String>,
    /// Key of the figure that this one is a part of.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub subset_of: Option<String>,
    /// Key of the figure that this one is a share of.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub denominator: Option<String>,
    /// Who brought it about.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub contributors: Vec<Party>,
    /// Local key of the event where it was reported.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub event: Option<String>,
}
