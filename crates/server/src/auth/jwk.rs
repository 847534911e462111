//! The public keys of an issuer (RFC 7517): which of them may verify tokens, and which one verifies a given token.
//! It does not know where they come from.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::Value;

use super::issuer::Trust;

/// Bits of the shortest RSA modulus that is taken.
const MIN_RSA_BITS: usize = 2048;

/// How a token may be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alg {
    Es256,
    Rs256,
    EdDsa,
}

impl Alg {
    pub(super) fn parse(name: &str) -> Option<Self> {
        [Self::Es256, Self::Rs256, Self::EdDsa].into_iter().find(|alg| alg.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
            Self::EdDsa => "EdDSA",
        }
    }

    const fn algorithm(self) -> Algorithm {
        match self {
            Self::Es256 => Algorithm::ES256,
            Self::Rs256 => Algorithm::RS256,
            Self::EdDsa => Algorithm::EdDSA,
        }
    }
}

/// One key, and everything that a token signed with it must hold.
pub(super) struct Key {
    kid: Option<String>,
    alg: Alg,
    pub(super) decoding: DecodingKey,
    pub(super) validation: Validation,
}

/// The keys of an issuer at one time.
#[derive(Default)]
pub(super) struct KeySet {
    keys: Vec<Arc<Key>>,
}

/// What a set of keys says to a token.
pub(super) enum Choice {
    /// This key verifies it.
    Found(Arc<Key>),
    /// No key of the set is meant; a newer set may have it.
    Unknown,
    /// The token does not say which of several keys is meant, or says it wrongly.
    Unclear,
}

impl KeySet {
    /// Reads a set. Keys that cannot verify tokens are left out; what is no set at all is an error.
    pub(super) fn read(bytes: &[u8], trust: &Trust) -> Result<Self, &'static str> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Value>,
        }
        let set: Set = serde_json::from_slice(bytes).ok().ok_or("it is no JSON Web Key Set")?;
        Ok(Self { keys: set.keys.into_iter().filter_map(|key| usable(key, trust)).map(Arc::new).collect() })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(super) fn choose(&self, alg: Alg, kid: Option<&str>) -> Choice {
        let known = |key: &&Arc<Key>| kid.is_none_or(|kid| key.kid.as_deref() == Some(kid));
        let mut meant = self.keys.iter().filter(known).filter(|key| key.alg == alg);
        match (meant.next(), meant.next()) {
            (Some(key), None) => Choice::Found(Arc::clone(key)),
            (Some(_), Some(_)) => Choice::Unclear,
            // The key's own algorithm counts, never the token's.
            (None, _) if kid.is_some() && self.keys.iter().any(|key| known(&key)) => Choice::Unclear,
            (None, _) => Choice::Unknown,
        }
    }
}

/// A key as its issuer publishes it.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
    /// The private part.
    d: Option<Value>,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
}

fn usable(key: Value, trust: &Trust) -> Option<Key> {
    let key: Jwk = serde_json::from_value(key).ok()?;
    let (alg, decoding) = match (key.kty.as_str(), key.crv.as_deref()) {
        ("EC", Some("P-256")) => (Alg::Es256, ec(&key)?),
        ("RSA", _) => (Alg::Rs256, rsa(&key)?),
        ("OKP", Some("Ed25519")) => (Alg::EdDsa, ed(&key)?),
        // Symmetric keys above all: whoever verifies with one can sign with it.
        _ => return None,
    };
    let for_signatures = key.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
        && key.key_ops.as_ref().is_none_or(|operations| operations.iter().any(|one| one == "verify"));
    // A private key that was published is anybody's.
    let private = key.d.is_some();
    let same_alg = key.alg.as_deref().is_none_or(|named| named == alg.name());
    (for_signatures && !private && same_alg).then(|| Key {
        kid: key.kid,
        alg,
        decoding,
        validation: validation(alg, trust),
    })
}

/// What jsonwebtoken checks. The times are left to us: it would ask the machine's clock.
fn validation(alg: Alg, trust: &Trust) -> Validation {
    let mut validation = Validation::new(alg.algorithm());
    // A claim that is not named here passes when it is missing.
    validation.set_required_spec_claims(&["aud", "exp", "iss", "sub"]);
    validation.set_audience(&[&trust.audience]);
    validation.set_issuer(&[&trust.url]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

fn ec(key: &Jwk) -> Option<DecodingKey> {
    let (x, y) = (key.x.as_deref()?, key.y.as_deref()?);
    let whole = decode(x)?.len() == 32 && decode(y)?.len() == 32;
    DecodingKey::from_ec_components(x, y).ok().filter(|_| whole)
}

fn ed(key: &Jwk) -> Option<DecodingKey> {
    let x = key.x.as_deref()?;
    DecodingKey::from_ed_components(x).ok().filter(|_| decode(x).is_some_and(|bytes| bytes.len() == 32))
}

fn rsa(key: &Jwk) -> Option<DecodingKey> {
    let (n, e) = (decode(key.n.as_deref()?)?, decode(key.e.as_deref()?)?);
    let significant = n.iter().skip_while(|byte| **byte == 0).count();
    let unused = n.iter().find(|byte| **byte != 0).map_or(0, |byte| byte.leading_zeros() as usize);
    (significant * 8 - unused >= MIN_RSA_BITS).then(|| DecodingKey::from_rsa_raw_components(&n, &e))
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
