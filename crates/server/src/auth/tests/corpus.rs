//! Forged, broken and misplaced tokens, each with the reason for which it must be refused: one that were refused for
//! another reason would not try what it is meant to try.

use super::signer::{encode, hs256};
use super::*;

pub(super) const A: &str = "https://a.example";
pub(super) const B: &str = "https://b.example";

/// Two issuers. A has a key of each kind; B's key is called like A's.
pub(super) struct World {
    pub(super) es: Signer,
    pub(super) rs: Signer,
    pub(super) ed: Signer,
    pub(super) b: Signer,
    stranger: Signer,
    pub(super) who: Authenticator,
}

impl World {
    pub(super) fn new(clock: Clock) -> Self {
        let (es, rs, ed) = (Signer::es256("es"), Signer::rs256("rs"), Signer::eddsa("ed"));
        let (second, b, stranger) = (Signer::es256("second"), Signer::es256("es"), Signer::es256("es"));
        let mut encryption = Signer::es256("encryption").public();
        encryption["use"] = json!("enc");
        let mut keys: Value = serde_json::from_str(&jwks(&[&es, &rs, &ed, &second])).unwrap();
        let list = keys["keys"].as_array_mut().unwrap();
        list.push(json!({ "kty": "oct", "k": encode("canary-shared-secret"), "kid": "oct", "alg": "HS256" }));
        list.push(encryption);
        let a = trust(A, &[("so-noi-vu", 7)]);
        let b_trust = trust(B, &[("cong-an", 9)]);
        let a_keys = KeySet::read(keys.to_string().as_bytes(), &a).unwrap();
        let b_keys = KeySet::read(jwks(&[&b]).as_bytes(), &b_trust).unwrap();
        let issuers = vec![Issuer::new(a, Source::Fixed(a_keys)), Issuer::new(b_trust, Source::Fixed(b_keys))];
        Self { es, rs, ed, b, stranger, who: Authenticator::with(issuers, clock) }
    }

    /// A proper token of A.
    pub(super) fn good(&self) -> String {
        self.es.token(&self.es.header(), &claims(A, "so-noi-vu"))
    }

    /// A token of A with other claims; null takes one away.
    pub(super) fn with(&self, changes: Value) -> String {
        self.es.token(&self.es.header(), &changed(claims(A, "so-noi-vu"), changes))
    }

    /// A token of A with another header.
    fn headed(&self, changes: Value) -> String {
        self.es.token(&changed(self.es.header(), changes), &claims(A, "so-noi-vu"))
    }
}

/// The claims of a proper token at [`NOW`].
pub(super) fn claims(issuer: &str, organization: &str) -> Value {
    json!({
        "iss": issuer, "aud": "urn:phoihop:api", "sub": "canary-subject", "iat": NOW - 10, "exp": NOW + 300,
        "org": organization, "roles": ["EDITOR"], "name": "canary-name", "client_id": "canary-client",
    })
}

fn changed(mut object: Value, changes: Value) -> Value {
    let Value::Object(changes) = changes else { panic!("no object") };
    for (name, value) in changes {
        if value.is_null() {
            object.as_object_mut().unwrap().remove(&name);
        } else {
            object[name] = value;
        }
    }
    object
}

pub(super) fn all(world: &World) -> Vec<(&'static str, String, Reason)> {
    [shapes(world), headers(world), signatures(world), times(world), names(world)].concat()
}

type Cases = Vec<(&'static str, String, Reason)>;

fn shapes(world: &World) -> Cases {
    let good = world.good();
    let parts: Vec<&str> = good.split('.').collect();
    let (header, payload, signature) = (parts[0], parts[1], parts[2]);
    let padded = format!("{header}.{payload}.{signature}==");
    let claims = text(&claims(A, "so-noi-vu"));
    let head = text(&world.es.header());
    vec![
        ("nothing", String::new(), Reason::Shape),
        ("no token", "canary-token".to_owned(), Reason::Shape),
        ("two parts", format!("{header}.{payload}"), Reason::Shape),
        ("no signature", format!("{header}.{payload}."), Reason::Shape),
        ("no header", format!(".{payload}.{signature}"), Reason::Shape),
        ("four parts", format!("{good}.{signature}"), Reason::Shape),
        ("five parts, as if encrypted", format!("{good}.{signature}.{signature}"), Reason::Shape),
        ("a dot at the end", format!("{good}."), Reason::Shape),
        ("space before", format!(" {good}"), Reason::Header),
        ("space inside", format!("{header}. {payload}.{signature}"), Reason::Shape),
        ("space after", format!("{good} x"), Reason::Claims),
        ("padding", padded, Reason::Claims),
        ("the other base64", format!("{header}.{payload}.{}", "+/".repeat(43)), Reason::Claims),
        ("too long", world.with(json!({ "x": "x".repeat(8 * 1024) })), Reason::TooLong),
        ("cut off", good[..good.len() - 1].to_owned(), Reason::Claims),
        ("cut off by a byte", format!("{header}.{payload}.{}", &signature[..84]), Reason::Signature),
        ("header is no JSON", world.es.token_of("canary", &claims), Reason::Header),
        ("header is a list", world.es.token_of("[]", &claims), Reason::Header),
        ("claims are no JSON", world.es.token_of(&head, "canary"), Reason::Shape),
        ("claims are a list", world.es.token_of(&head, "[]"), Reason::Shape),
        ("claims twice over", world.es.token_of(&head, &format!("{claims}{claims}")), Reason::Shape),
        (
            "a claim twice",
            world.es.token_of(&head, &claims.replacen('{', "{\"sub\":\"canary-other\",", 1)),
            Reason::Shape,
        ),
        ("a role twice", world.es.token_of(&head, &claims.replacen('{', "{\"roles\":[\"ADMIN\"],", 1)), Reason::Shape),
        ("a header twice", world.es.token_of(&head.replacen('{', "{\"alg\":\"none\",", 1), &claims), Reason::Header),
        ("deeply nested", world.es.token_of(&head, &format!("{{\"a\":{}", "[".repeat(2000))), Reason::Shape),
    ]
}

fn headers(world: &World) -> Cases {
    let jwk = world.stranger.public();
    let embedded = changed(world.stranger.header(), json!({ "jwk": jwk }));
    let good = claims(A, "so-noi-vu");
    vec![
        ("typ JWT", world.headed(json!({ "typ": "JWT" })), Reason::Type),
        ("no typ", world.headed(json!({ "typ": null })), Reason::Type),
        ("typ of an id token", world.headed(json!({ "typ": "id+jwt" })), Reason::Type),
        ("typ of a logout token", world.headed(json!({ "typ": "logout+jwt" })), Reason::Type),
        ("typ a list", world.headed(json!({ "typ": ["at+jwt"] })), Reason::Type),
        ("its own key", world.stranger.token(&embedded, &good), Reason::Header),
        ("jku", world.headed(json!({ "jku": "https://canary.example/jwks" })), Reason::Header),
        ("x5u", world.headed(json!({ "x5u": "https://canary.example/x5u" })), Reason::Header),
        ("crit", world.headed(json!({ "crit": ["exp"] })), Reason::Header),
        ("crit, empty", world.headed(json!({ "crit": [] })), Reason::Header),
        ("kid unknown", world.headed(json!({ "kid": "canary-kid" })), Reason::KeyId),
        ("kid of an RSA key", world.headed(json!({ "kid": "rs" })), Reason::KeyId),
        ("kid of a shared secret", world.headed(json!({ "kid": "oct" })), Reason::KeyId),
        ("kid of a key for encryption", world.headed(json!({ "kid": "encryption" })), Reason::KeyId),
        ("kid a path", world.headed(json!({ "kid": "../../../dev/null" })), Reason::KeyId),
        ("kid a number", world.headed(json!({ "kid": 1 })), Reason::KeyId),
        ("kid absent among several", world.headed(json!({ "kid": null })), Reason::KeyId),
        ("kid of another key of A", world.headed(json!({ "kid": "second" })), Reason::Signature),
    ]
}

fn signatures(world: &World) -> Cases {
    let good = world.good();
    let parts: Vec<&str> = good.split('.').collect();
    let (header, payload, signature) = (parts[0], parts[1], parts[2]);
    let claims = claims(A, "so-noi-vu");
    let admin = changed(claims.clone(), json!({ "roles": ["ADMIN"] }));
    let n = world.rs.public()["n"].as_str().unwrap().to_owned();
    let hs = |kid: &str| json!({ "alg": "HS256", "typ": "at+jwt", "kid": kid });
    let unsigned = |alg: &str| {
        let header = json!({ "alg": alg, "typ": "at+jwt", "kid": "es" });
        format!("{}.{payload}.{signature}", encode(text(&header)))
    };
    vec![
        ("alg none", unsigned("none"), Reason::Algorithm),
        ("alg None", unsigned("None"), Reason::Algorithm),
        ("alg nOnE", unsigned("nOnE"), Reason::Algorithm),
        ("alg empty", unsigned(""), Reason::Algorithm),
        ("alg in small letters", world.headed(json!({ "alg": "es256" })), Reason::Algorithm),
        ("alg absent", world.headed(json!({ "alg": null })), Reason::Algorithm),
        ("alg a list", world.headed(json!({ "alg": ["ES256"] })), Reason::Algorithm),
        ("HS256 with the public RSA key", hs256(n.as_bytes(), &hs("rs"), &claims), Reason::Algorithm),
        ("HS256 with the set of keys", hs256(jwks(&[&world.rs]).as_bytes(), &hs("rs"), &claims), Reason::Algorithm),
        ("HS256 with the shared secret", hs256(b"canary-shared-secret", &hs("oct"), &claims), Reason::Algorithm),
        ("RS384 with the RS256 key", world.rs.other_rsa("RS384", &claims), Reason::Algorithm),
        ("PS256 with the RS256 key", world.rs.other_rsa("PS256", &claims), Reason::Algorithm),
        ("ES256 said to be RS256", world.headed(json!({ "alg": "RS256" })), Reason::KeyId),
        ("ES256 said to be EdDSA", world.headed(json!({ "alg": "EdDSA" })), Reason::KeyId),
        ("somebody else's key", world.stranger.token(&world.es.header(), &claims), Reason::Signature),
        ("B's key for A", world.b.token(&world.es.header(), &claims), Reason::Signature),
        ("tampered claims", format!("{header}.{}.{signature}", encode(text(&admin))), Reason::Signature),
        (
            "tampered header",
            format!("{}.{payload}.{signature}", encode(text(&changed(world.es.header(), json!({ "a": 1 }))))),
            Reason::Signature,
        ),
        (
            "signature of another token",
            format!("{header}.{payload}.{}", world.with(json!({ "sub": "b" })).rsplit('.').next().unwrap()),
            Reason::Signature,
        ),
        ("signature of zeros", format!("{header}.{payload}.{}", encode([0; 64])), Reason::Signature),
        ("signature of DER", world.es.der_token(&world.es.header(), &claims), Reason::Signature),
        ("signature too long", format!("{header}.{payload}.{}", encode([1; 65])), Reason::Signature),
    ]
}

fn times(world: &World) -> Cases {
    let with = |changes| world.with(changes);
    vec![
        ("over for 30 seconds", with(json!({ "exp": NOW - 30 })), Reason::Expired),
        ("over for a year", with(json!({ "exp": NOW - 31_536_000 })), Reason::Expired),
        ("exp 0", with(json!({ "exp": 0 })), Reason::Expired),
        ("not yet for 31 seconds", with(json!({ "nbf": NOW + 31 })), Reason::NotYet),
        ("issued in 31 seconds", with(json!({ "iat": NOW + 31 })), Reason::IssuedLater),
        ("exp absent", with(json!({ "exp": null })), Reason::Claims),
        ("exp a text", with(json!({ "exp": (NOW + 300).to_string() })), Reason::Claims),
        ("exp a fraction", with(json!({ "exp": 1_767_243_900.5 })), Reason::Claims),
        ("exp negative", with(json!({ "exp": -1 })), Reason::Claims),
        ("exp huge", with(json!({ "exp": 1e300 })), Reason::Claims),
        ("exp beyond the calendar", with(json!({ "exp": u64::MAX })), Reason::Claims),
        ("exp true", with(json!({ "exp": true })), Reason::Claims),
        ("iat absent", with(json!({ "iat": null })), Reason::Claims),
        ("iat a text", with(json!({ "iat": "0" })), Reason::Claims),
        ("nbf a text", with(json!({ "nbf": "0" })), Reason::Claims),
    ]
}

fn names(world: &World) -> Cases {
    let with = |changes| world.with(changes);
    let b = |claims: &Value| world.b.token(&world.b.header(), claims);
    vec![
        ("iss absent", with(json!({ "iss": null })), Reason::Issuer),
        ("iss with a slash", with(json!({ "iss": "https://a.example/" })), Reason::Issuer),
        ("iss in capitals", with(json!({ "iss": "https://A.example" })), Reason::Issuer),
        ("iss unknown", with(json!({ "iss": "https://canary.example" })), Reason::Issuer),
        ("iss a list", with(json!({ "iss": [A] })), Reason::Issuer),
        ("iss of B, signed by A", with(json!({ "iss": B })), Reason::Signature),
        ("aud absent", with(json!({ "aud": null })), Reason::Claims),
        ("aud of others", with(json!({ "aud": "urn:canary:api" })), Reason::Audience),
        ("aud an empty list", with(json!({ "aud": [] })), Reason::Audience),
        ("aud a list of others", with(json!({ "aud": ["urn:canary:api", "urn:phoihop"] })), Reason::Audience),
        ("aud a list in a list", with(json!({ "aud": [["urn:phoihop:api"]] })), Reason::Claims),
        ("aud an object", with(json!({ "aud": { "urn:phoihop:api": true } })), Reason::Claims),
        ("aud with a space", with(json!({ "aud": "urn:phoihop:api other" })), Reason::Audience),
        ("sub absent", with(json!({ "sub": null })), Reason::Claims),
        ("sub empty", with(json!({ "sub": "" })), Reason::Subject),
        ("sub an object", with(json!({ "sub": { "id": "canary" } })), Reason::Claims),
        ("sub a number", with(json!({ "sub": 1 })), Reason::Claims),
        ("sub too long", with(json!({ "sub": "ư".repeat(256) })), Reason::Subject),
        ("sub with a line break", with(json!({ "sub": "canary\nsubject" })), Reason::Subject),
        ("org absent", with(json!({ "org": null })), Reason::Organization),
        ("org unknown", with(json!({ "org": "canary-org" })), Reason::Organization),
        ("org of B", with(json!({ "org": "cong-an" })), Reason::Organization),
        ("org a list", with(json!({ "org": ["so-noi-vu"] })), Reason::Organization),
        ("org a number", with(json!({ "org": 7 })), Reason::Organization),
        ("org of A, said by B", b(&claims(B, "so-noi-vu")), Reason::Organization),
        ("roles absent", with(json!({ "roles": null })), Reason::Roles),
        ("roles empty", with(json!({ "roles": [] })), Reason::Roles),
        ("roles unknown", with(json!({ "roles": ["canary-role", "ROOT"] })), Reason::Roles),
        ("roles an object", with(json!({ "roles": { "ADMIN": true } })), Reason::Roles),
        ("roles of numbers", with(json!({ "roles": ["ADMIN", 1] })), Reason::Roles),
        ("roles an empty text", with(json!({ "roles": "" })), Reason::Roles),
        ("roles with commas", with(json!({ "roles": "ADMIN,EDITOR" })), Reason::Roles),
    ]
}
