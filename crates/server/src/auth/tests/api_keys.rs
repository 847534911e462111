//! API keys, as text and as credentials.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::key::KeyRequest;

use super::*;

/// A key that is live for ten days from [`NOW`] on, and its text.
fn key() -> (ApiKey, Secret<String>) {
    let secret = api_key::NewSecret::generate().unwrap();
    let today = Hand::new().clock().today();
    let wanted = KeyRequest {
        tenant: TenantId(7),
        name: "Power BI".to_owned(),
        grants: BTreeSet::from([Uuid::from_u128(3)]),
        valid_to: today + chrono::Days::new(10),
    };
    let key = ApiKey::create(wanted, secret.digest(), &[], Principal::operator(), today).unwrap();
    let text = secret.text(key.id.uuid);
    (key, text)
}

fn basic(text: &str) -> HeaderMap {
    let value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(text))).unwrap();
    HeaderMap::from_iter([(header::AUTHORIZATION, value)])
}

async fn reason(who: &Authenticator, headers: &HeaderMap, keys: &Kept) -> Option<Denial> {
    who.check(&headers[header::AUTHORIZATION], keys).await.err()
}

#[test]
fn the_text_of_a_key() {
    let (key, text) = key();
    let text = text.expose();
    assert!(text.starts_with(&format!("phk_{}_", key.id.uuid.simple())), "{text}");
    assert_eq!(text.len(), 4 + 32 + 1 + 64);
    assert_eq!(key.digest.len(), 64);
    assert!(api_key::NewSecret::generate().unwrap().digest() != key.digest);
}

#[tokio::test]
async fn a_key_is_its_actor() {
    let hand = Hand::new();
    let who = Authenticator::with(Vec::new(), hand.clock());
    let (key, text) = key();
    let keys = Kept(Some(vec![key.clone()]));
    for headers in
        [bearer(text.expose()), basic(&format!("anybody:{}", text.expose())), basic(&format!(":{}", text.expose()))]
    {
        assert_eq!(who.authenticate(&headers, &keys).await, Ok(Some(key.actor())));
    }
    let found = who.identify(&bearer(text.expose()), &keys).await.unwrap().unwrap();
    // Noon of the first day, and the rest of eleven days.
    assert_eq!(found.expires_at, NOW + 12 * 3600 + 10 * 86_400);
    hand.pass(found.expires_at - NOW - 1);
    assert_eq!(who.identify(&bearer(text.expose()), &keys).await, Ok(Some(found)));
    hand.pass(1);
    assert_eq!(reason(&who, &bearer(text.expose()), &keys).await, Some(Denial::Refused(Reason::ApiKeyOver)));
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let who = Authenticator::with(Vec::new(), Hand::new().clock());
    let (key, text) = key();
    let (other, other_text) = self::key();
    let text = text.expose().as_str();
    let keys = Kept(Some(vec![key.clone(), ApiKey { revoked_by: Some(Principal::operator()), ..other }]));
    let (id, secret) = text[4..].split_once('_').unwrap();
    let zeros = "0".repeat(64);
    for (name, shown, expected) in [
        ("wrong secret", format!("phk_{id}_{zeros}"), Reason::ApiKey),
        ("unknown id", format!("phk_{}_{secret}", Uuid::from_u128(1).simple()), Reason::ApiKey),
        ("the digest instead", format!("phk_{id}_{}", key.digest), Reason::ApiKey),
        ("revoked", other_text.expose().clone(), Reason::ApiKeyOver),
        ("no secret", format!("phk_{id}_"), Reason::ApiKeyShape),
        ("no id", format!("phk__{secret}"), Reason::ApiKeyShape),
        ("id with dashes", format!("phk_{}_{secret}", key.id.uuid), Reason::ApiKeyShape),
        ("in capitals", text.to_uppercase().replace("PHK", "phk"), Reason::ApiKeyShape),
        ("longer", format!("{text}0"), Reason::ApiKeyShape),
        ("with a space", format!("{text} "), Reason::ApiKeyShape),
    ] {
        for headers in [bearer(&shown), basic(&format!("x:{shown}"))] {
            let found = reason(&who, &headers, &keys).await;
            // Spaces at the end of a header belong to nobody.
            assert!(found == Some(Denial::Refused(expected)), "{name}: {found:?}");
        }
    }
    for text in [text, "", "phk_", &format!("{text}:")] {
        let found = reason(&who, &basic(text), &keys).await;
        assert_eq!(found, Some(Denial::Refused(Reason::ApiKeyShape)), "a user without a password");
    }
    assert_eq!(reason(&who, &basic("user:password"), &keys).await, Some(Denial::Refused(Reason::ApiKeyShape)));
}

#[tokio::test]
async fn keys_that_cannot_be_looked_up_are_worth_another_try() {
    let who = Authenticator::with(Vec::new(), Hand::new().clock());
    let (_, text) = key();
    let found = who.authenticate(&bearer(text.expose()), &Kept(None)).await;
    assert_eq!(found, Err(AuthError::Unavailable { retry_after_seconds: 1 }));
}

#[tokio::test]
async fn without_an_authenticator_keys_open_nothing() {
    let (key, text) = key();
    let found = Authenticator::none().authenticate(&bearer(text.expose()), &Kept(Some(vec![key]))).await;
    assert_eq!(found, Err(AuthError::Refused));
}
