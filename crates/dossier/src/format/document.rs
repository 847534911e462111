//! Documents and what cites them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Party, TenantRef, codes, local_key};

/// A document, found again by its number (any printing), or by its title when it has none.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentEntry {
    /// Local key: letters, digits, `-` and `_`.
    #[schemars(schema_with = "local_key")]
    pub key: String,
    /// Kind.
    #[schemars(schema_with = "codes::<domain::document::DocumentKind>")]
    pub kind: String,
    /// Number, verbatim.
    pub number: Option<String>,
    /// Other printings and names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Title.
    pub title: Option<String>,
    /// EDTF date.
    pub issued_on: Option<String>,
    /// Who issued it.
    #[serde(default)]
    pub issuers: Vec<Party>,
    /// Its tenant, when it is not the dossier's.
    pub tenant: Option<TenantRef>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A citation of a document.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CitationEntry {
    /// Local key of the document.
    pub document: String,
    /// `Điều 33`.
    pub article: Option<String>,
    /// What it is cited for.
    pub cited_for: Option<String>,
}
