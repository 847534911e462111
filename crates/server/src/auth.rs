//! Who asks: turns the header `Authorization` into an [`Actor`], once, before anything is executed.
//!
//! Two kinds of credentials are known: access tokens of the issuers that the operator has named, and API keys. The
//! rules are in `docs/authentication.md`. This module decides who somebody is, never what they may do, and knows
//! neither the graph nor the store: API keys come through [`Keys`].

pub mod api_key;
mod claims;
mod config;
mod credential;
pub mod demo;
mod discovery;
mod issuer;
mod jwk;
mod jwks_file;
mod members;
mod reason;
mod secret;
mod token;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use domain::{Actor, ApiKey, Tenant};
use dossier::Reference;
use persistence::Store;
use uuid::Uuid;

use self::credential::Credential;
use self::issuer::Issuer;
use self::reason::{Denial, Reason};
use crate::{Clock, Failure};

pub use self::secret::Secret;

/// Finds out who asks. Cheap to clone; the clones share the keys that they have fetched.
#[derive(Clone)]
pub struct Authenticator {
    /// None: nobody can show who they are.
    inner: Option<Arc<Inner>>,
}

struct Inner {
    clock: Clock,
    /// A handful at most, so a list.
    issuers: Vec<Issuer>,
}

/// Somebody who has shown who they are, and until when that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who it is.
    pub actor: Actor,
    /// The second since 1970 from which on it must be shown anew: what lasts longer than a request ends then.
    pub expires_at: i64,
}

/// Why a request with credentials is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// The credentials are not accepted. Why, only the log says: each answer more would help whoever tries them out.
    Refused,
    /// They cannot be checked at present.
    Unavailable {
        /// When another try is worth it.
        retry_after_seconds: u64,
    },
}

/// The API keys cannot be looked up at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeysUnavailable;

/// Where API keys are kept.
pub trait Keys: Sync {
    /// The key with `id`, of whichever tenant, also one that is over or revoked.
    fn find(&self, id: Uuid) -> impl Future<Output = Result<Option<ApiKey>, KeysUnavailable>> + Send;
}

impl Keys for Store {
    async fn find(&self, id: Uuid) -> Result<Option<ApiKey>, KeysUnavailable> {
        self.find_key(id).await.map_err(|error| {
            tracing::warn!(cause = %error, "API keys cannot be looked up");
            KeysUnavailable
        })
    }
}

impl Authenticator {
    /// Nobody can show who they are: requests without credentials are anonymous, those with any are refused.
    pub const fn none() -> Self {
        Self { inner: None }
    }

    /// Trusts the issuers that a file names, see `docs/authentication.md`, and API keys. A file that names none makes
    /// API keys the only credentials. Organizations are among `tenants`.
    ///
    /// # Errors
    ///
    /// A failure that lists every problem of the file, with its line and what to write instead.
    pub fn from_file(path: &Path, clock: Clock, tenants: Vec<Tenant>) -> Result<Self, Failure> {
        let reference = Reference { tenants, ..Reference::shipped()?.clone() };
        Ok(Self::with(config::read(path, clock, &reference)?, clock))
    }

    /// Trusts the issuer of the demonstration, and API keys.
    pub fn demo(issuer: &demo::Issuer) -> Self {
        Self::with(vec![issuer.trusted()], issuer.clock())
    }

    fn with(issuers: Vec<Issuer>, clock: Clock) -> Self {
        Self { inner: Some(Arc::new(Inner { clock, issuers })) }
    }

    /// Who sends a request with these headers, and until when that holds; none when they do not say.
    pub async fn identify(&self, headers: &HeaderMap, keys: &impl Keys) -> Result<Option<Identity>, AuthError> {
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        let Some(value) = values.next() else {
            return Ok(None);
        };
        // Which of several counts is for proxies and servers to disagree on.
        let found = match values.next() {
            None => self.check(value, keys).await,
            Some(_) => Err(Reason::SeveralHeaders.into()),
        };
        found.map(Some).map_err(Denial::tell)
    }

    /// Whether what somebody has shown until that second still holds, without their showing it again: a key that was not
    /// revoked meanwhile, a token that has not ended, of an issuer that is still trusted to speak for their tenant.
    pub async fn holds(&self, actor: &Actor, until: i64, keys: &impl Keys) -> Result<bool, KeysUnavailable> {
        let Some(inner) = &self.inner else { return Ok(false) };
        if inner.clock.now() >= until {
            return Ok(false);
        }
        match actor.principal.key_id() {
            Some(id) => {
                let key = keys.find(id).await?;
                Ok(key.is_some_and(|key| key.live(inner.clock.today()) && key.actor() == *actor))
            }
            None => Ok(inner.issuers.iter().any(|issuer| issuer.speaks_for(actor))),
        }
    }

    async fn check(&self, value: &HeaderValue, keys: &impl Keys) -> Result<Identity, Denial> {
        let Some(inner) = &self.inner else {
            return Err(Reason::NobodyTrusted.into());
        };
        match credential::read(value)? {
            Credential::Key(shown) => api_key::check(&shown, keys, inner.clock).await,
            Credential::Token(text) => {
                let token = token::read(text)?;
                // The issuer is not verified yet: it only says whose keys are to verify it.
                let issuer = inner.issuers.iter().find(|issuer| issuer.is(&token.issuer)).ok_or(Reason::Issuer)?;
                issuer.verify(&token, inner.clock).await
            }
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let issuers = self.inner.iter().flat_map(|inner| inner.issuers.iter().map(Issuer::url));
        f.write_str("Authenticator ")?;
        f.debug_list().entries(issuers).finish()
    }
}

/// The secret of a new API key; none when the machine gives no random numbers.
pub fn new_secret() -> Option<graphql::NewSecret> {
    let secret = api_key::NewSecret::generate().ok()?;
    let digest = secret.digest();
    Some(graphql::NewSecret { digest, text: Box::new(move |id| secret.text(id).expose().clone()) })
}

#[cfg(test)]
mod tests;
