//! An issuer of tokens that the operator trusts: what it may say, and where its keys are.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::actor::{Principal, Role};
use domain::{Actor, TenantId};
use jsonwebtoken::errors::{Error, ErrorKind};

use super::discovery::Discovery;
use super::jwk::{Choice, Key, KeySet};
use super::jwks_file::JwksFile;
use super::members::Members;
use super::reason::{Denial, Reason};
use super::token::Token;
use super::{Identity, claims};
use crate::Clock;

/// What an issuer may say.
#[derive(Debug)]
pub(super) struct Trust {
    /// Its name, which is its address.
    pub(super) url: String,
    /// For whom its tokens must be.
    pub(super) audience: String,
    /// The claim that names the organization.
    pub(super) organization_claim: String,
    /// The claim that lists the roles.
    pub(super) roles_claim: String,
    /// Its organizations.
    pub(super) organizations: BTreeMap<String, TenantId>,
    /// Its own words for roles; empty when it uses ours.
    pub(super) roles: BTreeMap<String, Role>,
}

impl Trust {
    /// What the issuer means by `word`. With a table, our names count only if the table has them: in other houses an
    /// "admin" is somebody else.
    pub(super) fn role(&self, word: &str) -> Option<Role> {
        if self.roles.is_empty() { claims::role(word) } else { self.roles.get(word).copied() }
    }
}

/// Where keys come from.
pub(super) enum Source {
    /// The issuer's own address.
    Discovery(Discovery),
    /// A file that somebody keeps up to date.
    File(JwksFile),
    /// They never change.
    Fixed(KeySet),
}

/// An issuer that is trusted.
pub(super) struct Issuer {
    trust: Arc<Trust>,
    source: Source,
}

impl Issuer {
    pub(super) const fn new(trust: Arc<Trust>, source: Source) -> Self {
        Self { trust, source }
    }

    pub(super) fn url(&self) -> &str {
        &self.trust.url
    }

    /// Whether `iss` names it, character by character.
    pub(super) fn is(&self, iss: &str) -> bool {
        self.trust.url == iss
    }

    /// Whether somebody whom it has named may still act for their tenant.
    pub(super) fn speaks_for(&self, actor: &Actor) -> bool {
        let named = actor.principal.as_str().starts_with(Principal::user(&self.trust.url, "").as_str());
        named && self.trust.organizations.values().any(|tenant| *tenant == actor.tenant)
    }

    pub(super) async fn verify(&self, token: &Token<'_>, clock: Clock) -> Result<Identity, Denial> {
        let key = self.key(token).await?;
        let verified = jsonwebtoken::decode::<Members>(token.text, &key.decoding, &key.validation);
        let claims = verified.map_err(|error| reason(&error))?.claims;
        Ok(claims::identity(&claims, &self.trust, clock.now())?)
    }

    async fn key(&self, token: &Token<'_>) -> Result<Arc<Key>, Denial> {
        let (alg, kid) = (token.alg, token.kid.as_deref());
        let choice = match &self.source {
            Source::Discovery(discovery) => discovery.find(alg, kid).await?,
            Source::File(file) => file.find(alg, kid).await,
            Source::Fixed(keys) => keys.choose(alg, kid),
        };
        match choice {
            Choice::Found(key) => Ok(key),
            Choice::Unknown | Choice::Unclear => Err(Reason::KeyId.into()),
        }
    }
}

/// The library's errors hold texts of the token, so that only their kind goes on.
fn reason(error: &Error) -> Reason {
    if matches!(error.kind(), ErrorKind::InvalidSignature) {
        Reason::Signature
    } else if matches!(error.kind(), ErrorKind::InvalidAudience) {
        Reason::Audience
    } else {
        Reason::Claims
    }
}
