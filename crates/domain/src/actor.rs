//! Who asks, and what their roles let them do. The one place that decides what a role may do; where a record may be
//! seen is decided by tenant, and stands in the store.

use std::collections::BTreeSet;
use std::fmt;

use strum::{Display, EnumIter, EnumString, IntoEnumIterator, IntoStaticStr};
use uuid::Uuid;

use crate::TenantId;

/// Somebody who has shown who they are. Whoever has not is no actor, and sees what is public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who it is.
    pub principal: Principal,
    /// The tenant for which they act; with it, every predecessor that it stewards.
    pub tenant: TenantId,
    /// What they are there.
    pub roles: BTreeSet<Role>,
    /// Which of the tenant's grants they may use.
    pub grants: GrantUse,
}

impl Actor {
    /// Whether one of the roles allows `action`. An API key reads, whatever its roles.
    pub fn may(&self, action: Action) -> bool {
        (action.reads() || !self.principal.is_key())
            && self.roles.iter().any(|role| allows(*role, self.tenant == TenantId::CENTRAL, action))
    }
}

/// A person or a program, named so that logs and audits tell any two apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Principal(String);

impl Principal {
    /// A subject of an issuer of tokens; subjects are unique within their issuer only.
    pub fn user(issuer: &str, subject: &str) -> Self {
        Self(format!("user:{issuer}#{subject}"))
    }

    /// An API key.
    pub fn key(id: Uuid) -> Self {
        Self(format!("key:{id}"))
    }

    /// Whoever works at the command line, with the database's own credentials.
    pub fn operator() -> Self {
        Self("operator".to_owned())
    }

    /// One that was written down.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of an API key.
    pub fn key_id(&self) -> Option<Uuid> {
        Uuid::try_parse(self.0.strip_prefix("key:")?).ok()
    }

    /// Whether it is an API key, as reporting tools have.
    pub fn is_key(&self) -> bool {
        self.0.starts_with("key:")
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What somebody is in a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
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

/// What one may want to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// Read the tenant's internal records.
    ReadInternal,
    /// Read the tenant's drafts.
    ReadDrafts,
    /// Read other tenants' internal records, as far as grants reach.
    UseGrants,
    /// Have a table made in the background: a file for oneself, which changes no record.
    Export,
    /// Create and change records.
    Edit,
    /// Make records public, or take them back.
    Publish,
    /// Ask another tenant for a grant.
    RequestGrants,
    /// Ask other tenants for reports.
    RequestReports,
    /// Approve and revoke grants to the tenant's records.
    DecideGrants,
    /// Create and revoke the tenant's API keys.
    ManageKeys,
    /// Change the catalogs that the whole state shares.
    EditCatalogs,
}

impl Action {
    /// Whether it changes no record.
    pub const fn reads(self) -> bool {
        matches!(self, Self::ReadInternal | Self::ReadDrafts | Self::UseGrants | Self::Export)
    }
}

/// Whether `role` allows `action`, in the central tenant or in a province.
pub const fn allows(role: Role, central: bool, action: Action) -> bool {
    match action {
        Action::ReadInternal | Action::UseGrants | Action::Export => true,
        Action::ReadDrafts => !matches!(role, Role::Reporter),
        Action::Edit => matches!(role, Role::Editor | Role::Publisher | Role::Admin),
        Action::Publish => matches!(role, Role::Publisher | Role::Admin),
        // The center's reporters compare provinces; whom they miss, they ask.
        Action::RequestGrants => matches!(role, Role::Admin) || (central && matches!(role, Role::Reporter)),
        // They also compile what was asked of the provinces.
        Action::RequestReports => {
            matches!(role, Role::Editor | Role::Publisher | Role::Admin) || (central && matches!(role, Role::Reporter))
        }
        Action::DecideGrants | Action::ManageKeys => matches!(role, Role::Admin),
        Action::EditCatalogs => central && matches!(role, Role::Admin),
    }
}

impl Action {
    /// The roles that allow it, in the central tenant or in a province.
    pub fn roles(self, central: bool) -> impl Iterator<Item = Role> {
        Role::iter().filter(move |role| allows(*role, central, self))
    }
}

/// Which of a tenant's grants somebody may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantUse {
    /// Every one that is in force: staff.
    All,
    /// These, as far as they are in force: API keys.
    Only(BTreeSet<Uuid>),
}

impl GrantUse {
    /// Whether `grant` is among them.
    pub fn includes(&self, grant: Uuid) -> bool {
        match self {
            Self::All => true,
            Self::Only(these) => these.contains(&grant),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole of [`allows`].
    fn table() -> String {
        let cell = |role, action| match (allows(role, false, action), allows(role, true, action)) {
            (true, true) => "yes",
            (false, true) => "center",
            (true, false) => "province",
            (false, false) => "-",
        };
        let line = |head: &str, cells: Vec<String>| {
            let cells = cells.iter().map(|cell| format!("{cell:<11}")).collect::<Vec<_>>().concat();
            format!("{head:<16}{cells}").trim_end().to_owned()
        };
        let mut lines = vec![line("ACTION", Role::iter().map(|role| role.to_string()).collect())];
        lines.extend(
            Action::iter().map(|action| {
                line(&action.to_string(), Role::iter().map(|role| cell(role, action).to_owned()).collect())
            }),
        );
        lines.join("\n")
    }

    #[test]
    fn what_roles_allow() {
        assert_eq!(
            table(),
            "\
ACTION          VIEWER     EDITOR     PUBLISHER  ADMIN      REPORTER
READ_INTERNAL   yes        yes        yes        yes        yes
READ_DRAFTS     yes        yes        yes        yes        -
USE_GRANTS      yes        yes        yes        yes        yes
EXPORT          yes        yes        yes        yes        yes
EDIT            -          yes        yes        yes        -
PUBLISH         -          -          yes        yes        -
REQUEST_GRANTS  -          -          -          yes        center
REQUEST_REPORTS -          yes        yes        yes        center
DECIDE_GRANTS   -          -          -          yes        -
MANAGE_KEYS     -          -          -          yes        -
EDIT_CATALOGS   -          -          -          center     -"
        );
    }

    #[test]
    fn roles_add_up_and_nobody_may_anything_without_one() {
        let with = |roles: &[Role]| Actor {
            principal: Principal::operator(),
            tenant: TenantId(7),
            roles: roles.iter().copied().collect(),
            grants: GrantUse::All,
        };
        assert!(!with(&[]).may(Action::ReadInternal));
        assert!(with(&[Role::Reporter, Role::Publisher]).may(Action::Publish));
        assert!(!with(&[Role::Admin]).may(Action::EditCatalogs), "the catalogs are the center's");
    }
}
