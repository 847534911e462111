//! Documents and what cites them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Party, TenantRef, codes, local_key, unsaid};

/// A document, found again by its number (any printing), or by its title when it has none.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// Kind.
    #[schemars(schema_with = "codes::<domain::document::DocumentKind>")]
    pub kind: String,
    /// Number, verbatim.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub number: Option<String>,
    /// Other printings and names.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub aliases: Vec<String>,
    /// Title.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub title: Option<String>,
    /// EDTF date.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub issued_on: Option<String>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub issuers: Vec<Party>,
    /// Its tenant, when it is not the dossier's.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub tenant: Option<TenantRef>,
    /// Remarks of the compilers.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub note: Option<String>,
}

/// A citation of a document.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CitationEntry {
    /// Local key of the document.
    pub document: String,
    /// `Điều 33`.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub article: Option<String>,
    /// What it is cited for.
    #[serde(default, skip_serializing_if = "unsaid")]
    pub cited_for: Option<String>,
}
