//! An issuer in memory, for the demonstration and for tests: its key dies with the program. It knows nothing of the
//! people for whom it makes tokens.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::TenantId;
use domain::actor::Role;
use dossier::Reference;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;

use super::config::{AUDIENCE, ORGANIZATION_CLAIM, ROLES_CLAIM};
use super::issuer::{self, Source, Trust};
use super::jwk::KeySet;
use super::secret::Secret;
use crate::{Clock, Failure};

/// Its name: no address, so that no configuration can name it.
pub const URL: &str = "urn:phoihop:demo";

/// An issuer of tokens with a key of its own.
pub struct Issuer {
    clock: Clock,
    signing: EncodingKey,
    /// The public half, as a JSON Web Key Set.
    keys: Vec<u8>,
    organizations: BTreeMap<String, TenantId>,
}

impl Issuer {
    /// An issuer with a fresh key, for every tenant there is.
    pub fn new(clock: Clock) -> Result<Self, Failure> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let document = document.map_err(|fault| no_key(&fault))?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref());
        let pair = pair.map_err(|fault| no_key(&fault))?;
        // 4, and the two coordinates.
        let point = pair.public_key().as_ref().get(1..).unwrap_or_default();
        let (x, y) = point.split_at_checked(32).unwrap_or_default();
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        let keys = json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "demo", "x": x, "y": y }] });
        let tenants = &Reference::shipped()?.tenants;
        Ok(Self {
            clock,
            signing: EncodingKey::from_ec_der(document.as_ref()),
            keys: keys.to_string().into_bytes(),
            organizations: tenants.iter().map(|tenant| (tenant.key.clone(), tenant.id)).collect(),
        })
    }

    /// A token that says: this is `subject`, who is this in `tenant`, for so long.
    pub fn token(
        &self,
        subject: &str,
        tenant: TenantId,
        roles: &[Role],
        lifetime_seconds: i64,
    ) -> Result<Secret<String>, Failure> {
        let organization = self.organizations.iter().find(|(_, id)| **id == tenant).map(|(key, _)| key);
        let organization = organization
            .ok_or_else(|| Failure::new(format!("there is no tenant {tenant}"), "name one of the reference data"))?;
        let mut id = [0; 16];
        rand::fill(&mut id).map_err(|fault| no_key(&fault))?;
        let now = self.clock.now();
        let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
        let claims = json!({
            "iss": URL,
            "aud": AUDIENCE,
            "sub": subject,
            "client_id": "demo",
            "jti": URL_SAFE_NO_PAD.encode(id),
            "iat": now,
            "exp": now.saturating_add(lifetime_seconds),
            ORGANIZATION_CLAIM: organization,
            ROLES_CLAIM: roles,
        });
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some("demo".to_owned());
        jsonwebtoken::encode(&header, &claims, &self.signing)
            .map(Secret::new)
            .map_err(|fault| Failure::new(format!("no token can be signed: {fault}"), "report it"))
    }

    pub(super) const fn clock(&self) -> Clock {
        self.clock
    }

    /// The issuer as somebody who trusts it sees it.
    pub(super) fn trusted(&self) -> issuer::Issuer {
        let trust = Trust {
            url: URL.to_owned(),
            audience: AUDIENCE.to_owned(),
            organization_claim: ORGANIZATION_CLAIM.to_owned(),
            roles_claim: ROLES_CLAIM.to_owned(),
            organizations: self.organizations.clone(),
            roles: BTreeMap::new(),
        };
        // Our own text is a set of keys; were it none, no token would be accepted.
        let keys = KeySet::read(&self.keys, &trust).unwrap_or_default();
        issuer::Issuer::new(Arc::new(trust), Source::Fixed(keys))
    }
}

fn no_key(fault: &dyn fmt::Display) -> Failure {
    Failure::new(format!("no key can be made: {fault}"), "try again")
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issuer({URL})")
    }
}
