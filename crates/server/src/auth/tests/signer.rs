//! Keys that sign anything, also what is no token.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PSS_SHA256, RsaEncoding, RsaPublicKeyComponents,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

enum Pair {
    Es(Vec<u8>),
    Rs(rsa::KeyPair),
    Ed(Ed25519KeyPair),
}

/// A key pair with a name.
pub(super) struct Signer {
    kid: String,
    pair: Pair,
}

impl Signer {
    pub(super) fn es256(kid: &str) -> Self {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        Self { kid: kid.to_owned(), pair: Pair::Es(document.as_ref().to_vec()) }
    }

    pub(super) fn rs256(kid: &str) -> Self {
        Self { kid: kid.to_owned(), pair: Pair::Rs(rsa::KeyPair::generate(rsa::KeySize::Rsa2048).unwrap()) }
    }

    pub(super) fn eddsa(kid: &str) -> Self {
        Self { kid: kid.to_owned(), pair: Pair::Ed(Ed25519KeyPair::generate().unwrap()) }
    }

    /// The public half as a JSON Web Key.
    pub(super) fn public(&self) -> Value {
        match &self.pair {
            Pair::Es(document) => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document).unwrap();
                let point = pair.public_key().as_ref();
                let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
                json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": self.kid, "use": "sig", "alg": "ES256" })
            }
            Pair::Rs(pair) => {
                let public = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                json!({ "kty": "RSA", "n": encode(public.n), "e": encode(public.e), "kid": self.kid })
            }
            Pair::Ed(pair) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": encode(pair.public_key()), "kid": self.kid })
            }
        }
    }

    /// The header of a proper token.
    pub(super) fn header(&self) -> Value {
        let alg = match &self.pair {
            Pair::Es(_) => "ES256",
            Pair::Rs(_) => "RS256",
            Pair::Ed(_) => "EdDSA",
        };
        json!({ "alg": alg, "typ": "at+jwt", "kid": self.kid })
    }

    pub(super) fn token(&self, header: &Value, claims: &Value) -> String {
        self.token_of(&header.to_string(), &claims.to_string())
    }

    /// A token of texts that need not be JSON.
    pub(super) fn token_of(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature = match &self.pair {
            Pair::Es(document) => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document).unwrap();
                pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec()
            }
            Pair::Rs(pair) => rsa_sign(pair, &RSA_PKCS1_SHA256, &message),
            Pair::Ed(pair) => pair.sign(message.as_bytes()).as_ref().to_vec(),
        };
        format!("{message}.{}", encode(signature))
    }

    /// The same, with the signature that ES256 has everywhere else.
    pub(super) fn der_token(&self, header: &Value, claims: &Value) -> String {
        let Pair::Es(document) = &self.pair else { panic!("not an ES256 key") };
        let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document).unwrap();
        let signature = pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
        format!("{message}.{}", encode(signature))
    }

    /// Another algorithm of the same key, properly signed.
    pub(super) fn other_rsa(&self, alg: &str, claims: &Value) -> String {
        let Pair::Rs(pair) = &self.pair else { panic!("not an RSA key") };
        let encoding: &'static dyn RsaEncoding = match alg {
            "RS384" => &RSA_PKCS1_SHA384,
            "PS256" => &RSA_PSS_SHA256,
            _ => panic!("{alg}"),
        };
        let header = json!({ "alg": alg, "typ": "at+jwt", "kid": self.kid });
        let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = rsa_sign(pair, encoding, &message);
        format!("{message}.{}", encode(signature))
    }
}

fn rsa_sign(pair: &rsa::KeyPair, encoding: &'static dyn RsaEncoding, message: &str) -> Vec<u8> {
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
    signature
}

/// Signed with a shared secret.
pub(super) fn hs256(secret: &[u8], header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    format!("{message}.{}", encode(aws_lc_rs::hmac::sign(&key, message.as_bytes())))
}
