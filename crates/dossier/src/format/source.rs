//! The article, and where sources disagree.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{codes, unsaid};

/// The article.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceEntry {
    /// Address.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub url: Option<String>,
    /// Publisher.
    pub publisher: String,
    /// Headline.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub title: Option<String>,
    /// EDTF date of publication.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub published_on: Option<String>,
    /// Local time of publication, `16:22:42`.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub published_at: Option<String>,
    /// Author or signature line.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub author: Option<String>,
    /// Photographer.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub photographer: Option<String>,
    /// Where the publisher took it from.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub syndicated_from: Option<String>,
    /// FULL: the whole article was seen. EXCERPT: only a part, so absence proves nothing.
    #[schemars(schema_with = "codes::<domain::source::Coverage>")]
    pub coverage: String,
    /// EDTF date on which the copy was taken.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub captured_on: Option<String>,
    /// Views that the page showed.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub views: Option<i32>,
    /// Attached recordings and pictures.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub media: Vec<String>,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// A disagreement between sources.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConflictEntry {
    /// The record: `programs/main`, `events/signing`, `agencies/police`, `documents/x`, `people/y`.
    pub record: String,
    /// The field.
    pub field: String,
    /// What each source says.
    pub values: Vec<ConflictValueEntry>,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// One side of a disagreement.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConflictValueEntry {
    /// The value.
    pub value: String,
    /// The source, in words.
    pub source: String,
}
