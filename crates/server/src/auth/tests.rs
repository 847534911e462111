//! Credentials of every kind, good and forged. Issuers are made here: keys, tokens that need not make sense, and a
//! small server that publishes keys or fails to.

mod api_keys;
mod corpus;
mod demonstration;
mod file;
mod forged;
mod keys;
mod settings;
mod signer;
mod site;
mod twins;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::{HeaderMap, HeaderValue, header};
use domain::actor::{Principal, Role};
use domain::{ApiKey, TenantId};
use serde_json::{Value, json};
use uuid::Uuid;

use self::signer::Signer;
use super::issuer::{Issuer, Source, Trust};
use super::jwk::KeySet;
use super::reason::{Denial, Reason};
use super::*;

/// The time at which the tests stand: noon in Vietnam.
const NOW: i64 = 1_767_243_600;

/// A clock at [`NOW`] that the test moves.
#[derive(Clone, Copy)]
struct Hand(&'static AtomicI64);

impl Hand {
    fn new() -> Self {
        Self(Box::leak(Box::new(AtomicI64::new(NOW))))
    }

    fn clock(self) -> Clock {
        Clock::by_hand(self.0)
    }

    fn pass(self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

/// API keys in memory; none: they cannot be looked up.
struct Kept(Option<Vec<ApiKey>>);

impl Keys for Kept {
    async fn find(&self, id: Uuid) -> Result<Option<ApiKey>, KeysUnavailable> {
        let all = self.0.as_ref().ok_or(KeysUnavailable)?;
        Ok(all.iter().find(|key| key.id.uuid == id).cloned())
    }
}

const NO_KEYS: Kept = Kept(Some(Vec::new()));

fn trust(url: &str, organizations: &[(&str, i32)]) -> Arc<Trust> {
    Arc::new(Trust {
        url: url.to_owned(),
        audience: "urn:phoihop:api".to_owned(),
        organization_claim: "org".to_owned(),
        roles_claim: "roles".to_owned(),
        organizations: organizations.iter().map(|(name, id)| ((*name).to_owned(), TenantId(*id))).collect(),
        roles: BTreeMap::new(),
    })
}

/// A set of the public halves.
fn jwks(signers: &[&Signer]) -> String {
    json!({ "keys": signers.iter().map(|signer| signer.public()).collect::<Vec<_>>() }).to_string()
}

/// An authenticator that trusts one issuer with keys that never change.
fn fixed(trust: Arc<Trust>, keys: &str, clock: Clock) -> Authenticator {
    let keys = KeySet::read(keys.as_bytes(), &trust).unwrap();
    Authenticator::with(vec![Issuer::new(trust, Source::Fixed(keys))], clock)
}

fn bearer(token: &str) -> HeaderMap {
    HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).unwrap())])
}

/// As [`Authenticator::identify`], but with the reason that only the log is told.
async fn shown(who: &Authenticator, token: &str) -> Result<Identity, Denial> {
    let headers = bearer(token);
    who.check(&headers[header::AUTHORIZATION], &NO_KEYS).await
}

fn refused(reason: Reason) -> Result<Identity, Denial> {
    Err(Denial::Refused(reason))
}

impl Authenticator {
    /// As [`identify`](Self::identify), without until when that holds.
    async fn authenticate(&self, headers: &HeaderMap, keys: &impl Keys) -> Result<Option<Actor>, AuthError> {
        Ok(self.identify(headers, keys).await?.map(|identity| identity.actor))
    }
}

#[tokio::test]
async fn nobody_is_anonymous_and_nobody_is_trusted() {
    let none = Authenticator::none();
    assert_eq!(none.authenticate(&HeaderMap::new(), &NO_KEYS).await, Ok(None));
    assert_eq!(none.authenticate(&bearer("a.b.c"), &NO_KEYS).await, Err(AuthError::Refused));
    assert_eq!(shown(&none, "a.b.c").await, refused(Reason::NobodyTrusted));
}

#[tokio::test]
async fn one_header_of_a_known_scheme() {
    let signer = Signer::es256("k");
    let who = fixed(trust("https://a.example", &[("o", 7)]), &jwks(&[&signer]), Hand::new().clock());
    let token = signer.token(&signer.header(), &corpus::claims("https://a.example", "o"));
    let at = |text: &str| HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_str(text).unwrap())]);
    for good in ["Bearer", "bearer", "BEARER"] {
        let found = who.authenticate(&at(&format!("{good} {token}")), &NO_KEYS).await.unwrap().unwrap();
        assert_eq!(found.principal, Principal::user("https://a.example", "canary-subject"));
        assert_eq!((found.tenant, found.roles), (TenantId(7), BTreeSet::from([Role::Editor])));
    }
    for bad in ["", "Bearer", "Token x", "Digest x", "Bearerx y", &token, &format!("Basic {token}")] {
        assert_eq!(who.authenticate(&at(bad), &NO_KEYS).await, Err(AuthError::Refused), "{bad}");
    }
    let mut twice = bearer(&token);
    twice.append(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).unwrap());
    assert_eq!(who.authenticate(&twice, &NO_KEYS).await, Err(AuthError::Refused));
    let bytes = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_bytes(b"Bearer \xff").unwrap())]);
    assert_eq!(who.authenticate(&bytes, &NO_KEYS).await, Err(AuthError::Refused));
}

/// Text of a JSON value.
fn text(value: &Value) -> String {
    value.to_string()
}
