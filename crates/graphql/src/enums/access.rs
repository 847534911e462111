//! What actors are, and what grants are made of.

use async_graphql::Enum;

/// What somebody is in a tenant.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::actor::Role")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Reads and prepares.
    Editor,
    /// Reads, prepares and makes public.
    Publisher,
    /// All of it, and decides who else may.
    Admin,
    /// Reads what is not a draft: people who compile figures, and their programs.
    Reporter,
}

/// What a grant opens.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::grant::DataSet")]
pub enum DataSet {
    /// Everything that is not about people: programs and what belongs to them, events, agencies, documents, sources.
    Programs,
    /// Who people are and which positions they hold.
    People,
}

/// Where a grant comes from.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::grant::GrantBasis")]
pub enum GrantBasis {
    /// It comes with the office: the center reads what the provinces keep among themselves.
    Statutory,
    /// One tenant asked, the other approved.
    Agreed,
}

/// How far a grant has come.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum GrantStatus {
    /// Asked for; opens nothing yet.
    Requested,
    /// In force, or about to be on its first day.
    Approved,
    /// Its last day is over.
    Expired,
    /// Taken back, refused, or withdrawn by whoever asked.
    Revoked,
}
