//! The well-formed neighbors of the forged tokens: what lies just inside is accepted.

use super::corpus::{A, B, World, claims};
use super::*;

#[tokio::test]
async fn what_lies_just_inside_is_accepted() {
    let world = World::new(Hand::new().clock());
    let with = |changes| world.with(changes);
    for (name, token) in [
        ("over for 29 seconds", with(json!({ "exp": NOW - 29 }))),
        ("not yet for 29 seconds", with(json!({ "nbf": NOW + 29 }))),
        ("issued in 29 seconds", with(json!({ "iat": NOW + 29 }))),
        ("audiences, ours among them", with(json!({ "aud": ["urn:other", "urn:phoihop:api"] }))),
        ("the longest subject", with(json!({ "sub": "ư".repeat(255) }))),
        ("roles as a text", with(json!({ "roles": "viewer EDITOR unknown" }))),
        ("roles, one of them known", with(json!({ "roles": ["unknown", "Editor"] }))),
        ("RS256", world.rs.token(&world.rs.header(), &claims(A, "so-noi-vu"))),
        ("EdDSA", world.ed.token(&world.ed.header(), &claims(A, "so-noi-vu"))),
        ("the other issuer", world.b.token(&world.b.header(), &claims(B, "cong-an"))),
        (
            "no kid, one key of the kind",
            world.rs.token(&json!({ "alg": "RS256", "typ": "at+jwt" }), &claims(A, "so-noi-vu")),
        ),
        (
            "the long typ",
            world
                .es
                .token(&json!({ "alg": "ES256", "kid": "es", "typ": "Application/AT+JWT" }), &claims(A, "so-noi-vu")),
        ),
    ] {
        let found = shown(&world.who, &token).await;
        assert!(found.as_ref().is_ok_and(|found| found.actor.roles.contains(&Role::Editor)), "{name}: {found:?}");
    }
}

#[tokio::test]
async fn who_it_is_and_how_long() {
    let world = World::new(Hand::new().clock());
    let token = world.b.token(&world.b.header(), &claims(B, "cong-an"));
    let found = shown(&world.who, &token).await.unwrap();
    assert_eq!(found.expires_at, NOW + 300);
    assert_eq!(found.actor.principal.as_str(), "user:https://b.example#canary-subject");
    assert_eq!((found.actor.tenant, found.actor.grants), (TenantId(9), domain::actor::GrantUse::All));
}

#[tokio::test]
async fn a_token_ages() {
    let hand = Hand::new();
    let world = World::new(hand.clock());
    let token = world.good();
    hand.pass(-41);
    assert_eq!(shown(&world.who, &token).await, refused(Reason::IssuedLater), "our clock is slow");
    hand.pass(1);
    assert!(shown(&world.who, &token).await.is_ok());
    hand.pass(40 + 329);
    assert!(shown(&world.who, &token).await.is_ok());
    hand.pass(1);
    assert_eq!(shown(&world.who, &token).await, refused(Reason::Expired));
}

#[tokio::test]
async fn an_issuers_own_words_replace_ours() {
    let signer = Signer::es256("k");
    let mut own = trust(A, &[("o", 7)]);
    Arc::get_mut(&mut own).unwrap().roles = BTreeMap::from([("can-bo".to_owned(), Role::Editor)]);
    let who = fixed(own, &jwks(&[&signer]), Hand::new().clock());
    let with = |roles: Value| {
        let mut claims = claims(A, "o");
        claims["roles"] = roles;
        signer.token(&signer.header(), &claims)
    };
    let found = shown(&who, &with(json!(["can-bo", "ADMIN"]))).await.unwrap();
    assert_eq!(found.actor.roles, BTreeSet::from([Role::Editor]));
    assert_eq!(shown(&who, &with(json!(["ADMIN", "CAN-BO"]))).await, refused(Reason::Roles));
}

#[tokio::test]
async fn keys_that_may_not_verify_are_left_out() {
    let es = Signer::es256("k");
    let token = es.token(&es.header(), &claims(A, "o"));
    let clock = Hand::new().clock();
    let public = es.public();
    let with = |name: &str, value: Value| {
        let mut key = public.clone();
        key[name] = value;
        json!({ "keys": [key, { "kty": "unknown" }, 1] }).to_string()
    };
    for (name, keys, accepted) in [
        ("as it is", with("x5c", json!([])), true),
        ("key_ops verify", with("key_ops", json!(["verify"])), true),
        ("for encryption", with("use", json!("enc")), false),
        ("key_ops sign", with("key_ops", json!(["sign"])), false),
        ("another alg", with("alg", json!("ES384")), false),
        ("another curve", with("crv", json!("P-384")), false),
        ("private", with("d", json!("AAAA")), false),
        ("short", with("x", json!("AAAA")), false),
    ] {
        let found = shown(&fixed(trust(A, &[("o", 7)]), &keys, clock), &token).await;
        assert_eq!(found.is_ok(), accepted, "{name}: {found:?}");
    }
    let twice = json!({ "keys": [public, Signer::es256("k").public()] }).to_string();
    assert_eq!(shown(&fixed(trust(A, &[("o", 7)]), &twice, clock), &token).await, refused(Reason::KeyId), "two keys k");
}

#[tokio::test]
async fn a_short_rsa_key_is_left_out() {
    let rs = Signer::rs256("k");
    let token = rs.token(&rs.header(), &claims(A, "o"));
    let n = vec![0xff; 256];
    for (length, usable) in [(256, true), (255, false), (128, false)] {
        let mut key = rs.public();
        key["n"] = json!(signer::encode(&n[..length]));
        let keys = json!({ "keys": [key] }).to_string();
        let expected = if usable { Reason::Signature } else { Reason::KeyId };
        let who = fixed(trust(A, &[("o", 7)]), &keys, Hand::new().clock());
        assert_eq!(shown(&who, &token).await, refused(expected), "{length} bytes");
    }
}
