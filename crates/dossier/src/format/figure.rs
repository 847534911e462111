//! Figures: quantities, targets and results.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Party, PeriodEntry, codes, local_key};

/// A figure as the source gives it. No value means that none was stated; 0 means none.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuantityEntry {
    /// The number, at most four decimals; write it as a number or as text ("0.25").
    pub value: Option<Number>,
    /// EXACT (default with a value), OVER (trên, hơn), NEARLY (gần), ABOUT (khoảng), `AT_LEAST` (ít nhất), `AT_MOST`
    /// (tối đa), MAGNITUDE (hàng nghìn), UNQUANTIFIED (đa số, nhiều; default without a value).
    #[serde(default)]
    #[schemars(schema_with = "codes::<domain::quantity::Qualifier>")]
    pub qualifier: Option<String>,
    /// The words of the figure only: `trên 41.000 lượt`.
    pub text: Option<String>,
}

/// A number, written as one or as text.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// A decimal number in text, so that no digit is lost.
    Text(String),
}

/// A target.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TargetEntry {
    /// Indicator code, see the indicators catalogue.
    pub indicator: String,
    /// The target, in your own words.
    pub label: String,
    /// The figure.
    pub quantity: QuantityEntry,
    /// True when the source calls it an aspiration (phấn đấu).
    #[serde(default)]
    pub aspirational: bool,
    /// What the figure is a share or a count of.
    pub scope: Option<String>,
    /// When it is to be reached.
    pub period: Option<PeriodEntry>,
}

/// A result.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResultEntry {
    /// Local key, needed only when another result refers to this one.
    #[serde(default)]
    #[schemars(schema_with = "local_key")]
    pub key: Option<String>,
    /// Indicator code.
    pub indicator: String,
    /// The result, in your own words.
    pub label: String,
    /// The figure.
    pub quantity: Option<QuantityEntry>,
    /// The finding of a qualitative result, in your own words.
    pub statement: Option<String>,
    /// The time it covers.
    pub period: Option<PeriodEntry>,
    /// EDTF date on which a stock was counted.
    pub as_of: Option<String>,
    /// What it covers.
    pub scope: Option<String>,
    /// Kinds of places.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Who was reached.
    #[serde(default)]
    pub audience: Vec<String>,
    /// Named models or clubs.
    #[serde(default)]
    pub names: Vec<String>,
    /// Key of the activity whose audience this counts.
    pub of_result: Option<String>,
    /// Key of the figure that this one is a part of.
    pub subset_of: Option<String>,
    /// Key of the figure that this one is a share of.
    pub denominator: Option<String>,
    /// Who brought it about.
    #[serde(default)]
    pub contributors: Vec<Party>,
    /// Local key of the event where it was reported.
    pub event: Option<String>,
}
