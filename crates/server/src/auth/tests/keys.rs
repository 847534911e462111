//! When the keys of an issuer are fetched, and which fetched ones count.

use super::site::{Mode, Site};
use super::*;

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;

fn unavailable(found: &Result<Identity, Denial>) -> bool {
    matches!(found, Err(Denial::Unavailable { .. }))
}

#[tokio::test]
async fn nothing_is_fetched_before_it_is_needed_and_then_once() {
    let (hand, signer) = (Hand::new(), Signer::es256("k"));
    let site = Site::start(&[&signer]).await;
    let who = site.trusted(hand);
    assert_eq!(who.authenticate(&HeaderMap::new(), &NO_KEYS).await, Ok(None));
    assert_eq!(shown(&who, "a.b.c").await, refused(Reason::Header));
    assert_eq!(site.asked(), 0);
    let token = site.token(&signer);
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (who, token) = (who.clone(), token.clone());
        all.spawn(async move { shown(&who, &token).await });
    }
    assert!(all.join_all().await.iter().all(Result::is_ok));
    assert_eq!(site.asked(), 1);
    hand.pass(10 * MINUTE - 1);
    assert!(shown(&who, &token).await.is_ok());
    assert_eq!(site.asked(), 1);
    hand.pass(1);
    assert!(shown(&who, &token).await.is_ok());
    assert_eq!(site.asked(), 2);
}

#[tokio::test]
async fn keys_are_changed() {
    let (hand, old, new) = (Hand::new(), Signer::es256("old"), Signer::es256("new"));
    let site = Site::start(&[&old]).await;
    let who = site.trusted(hand);
    let (old_token, new_token) = (site.token(&old), site.token(&new));
    assert!(shown(&who, &old_token).await.is_ok());
    site.publish(&[&old, &new]);
    assert!(shown(&who, &new_token).await.is_ok(), "an unknown key is asked for at once");
    assert_eq!(site.asked(), 2);
    site.publish(&[&new]);
    hand.pass(10 * MINUTE - 1);
    assert!(shown(&who, &old_token).await.is_ok(), "until the keys are old");
    hand.pass(1);
    assert_eq!(shown(&who, &old_token).await, refused(Reason::KeyId));
    assert!(shown(&who, &new_token).await.is_ok());
    assert_eq!(site.asked(), 3);
}

#[tokio::test]
async fn a_flood_of_unknown_keys_fetches_twice_a_minute() {
    let (hand, signer) = (Hand::new(), Signer::es256("k"));
    let site = Site::start(&[&signer]).await;
    let who = site.trusted(hand);
    for kid in 0..20 {
        let token = site.token(&Signer::es256(&kid.to_string()));
        assert_eq!(shown(&who, &token).await, refused(Reason::KeyId));
    }
    assert_eq!(site.asked(), 2, "the first fetch, and one for the unknown key");
    for second in 1..=60 {
        hand.pass(1);
        let token = site.token(&Signer::es256(&format!("at-{second}")));
        assert_eq!(shown(&who, &token).await, refused(Reason::KeyId));
    }
    assert_eq!(site.asked(), 4);
    assert!(shown(&who, &site.token(&signer)).await.is_ok());
}

#[tokio::test]
async fn old_keys_are_good_for_a_day_while_the_issuer_is_down() {
    let (hand, signer) = (Hand::new(), Signer::es256("k"));
    let site = Site::start(&[&signer]).await;
    let who = site.trusted(hand);
    let token = site.token(&signer);
    assert!(shown(&who, &token).await.is_ok());
    site.set(Mode::Down);
    hand.pass(11 * MINUTE);
    for _ in 0..5 {
        assert!(shown(&who, &token).await.is_ok());
    }
    assert_eq!(site.asked(), 2, "it is tried once in a while");
    hand.pass(30);
    assert!(shown(&who, &token).await.is_ok());
    assert_eq!(site.asked(), 3);
    hand.pass(24 * HOUR - 11 * MINUTE - 31);
    assert!(shown(&who, &token).await.is_ok(), "a day but a second");
    hand.pass(1);
    assert!(unavailable(&shown(&who, &token).await));
    assert!(unavailable(&shown(&who, &site.token(&Signer::es256("other"))).await), "forged or not: nobody knows");
    site.set(Mode::Good);
    hand.pass(5);
    assert!(shown(&who, &token).await.is_ok());
}

#[tokio::test]
async fn an_issuer_that_never_answered_says_when_to_try_again() {
    let (hand, signer) = (Hand::new(), Signer::es256("k"));
    let site = Site::start(&[&signer]).await;
    let who = site.trusted(hand);
    let token = site.token(&signer);
    let (url, later) = (site.url.clone(), site.token(&signer));
    site.stop().await;
    assert_eq!(shown(&who, &token).await, Err(Denial::Unavailable { retry_after_seconds: 5 }));
    hand.pass(2);
    assert_eq!(shown(&who, &later).await, Err(Denial::Unavailable { retry_after_seconds: 3 }));
    assert!(url.starts_with("http://127.0.0.1:"));
}

#[tokio::test]
async fn what_is_not_as_it_should_be_is_no_set_of_keys() {
    let signer = Signer::es256("k");
    for mode in [
        Mode::Down,
        Mode::MovedDescription,
        Mode::MovedKeys,
        Mode::TooLong,
        Mode::AnotherIssuer,
        Mode::KeysElsewhere("http://0.0.0.0"),
        Mode::KeysElsewhere("file://127.0.0.1"),
        Mode::KeysElsewhere("nowhere"),
        Mode::NotJson,
    ] {
        let hand = Hand::new();
        let site = Site::start(&[&signer]).await;
        let who = site.trusted(hand);
        site.set(mode);
        let token = site.token(&signer);
        assert!(unavailable(&shown(&who, &token).await), "{mode:?}");
        assert_eq!(site.asked(), 1, "{mode:?}");
        site.set(Mode::Good);
        hand.pass(5);
        assert!(shown(&who, &token).await.is_ok(), "{mode:?}");
    }
}

#[tokio::test]
async fn known_keys_do_not_wait_for_newer_ones() {
    let (hand, signer) = (Hand::new(), Signer::es256("k"));
    let site = Site::start(&[&signer]).await;
    let who = site.trusted(hand);
    let token = site.token(&signer);
    assert!(shown(&who, &token).await.is_ok());
    hand.pass(11 * MINUTE);
    site.shut();
    let mut first = tokio::task::JoinSet::new();
    first.spawn({
        let (who, token) = (who.clone(), token.clone());
        async move { shown(&who, &token).await }
    });
    site.until_asked(2).await;
    assert!(shown(&who, &token).await.is_ok(), "while the first one is waiting");
    assert!(first.try_join_next().is_none());
    site.open();
    assert!(first.join_next().await.unwrap().unwrap().is_ok());
    assert_eq!(site.asked(), 2);
}

#[tokio::test]
async fn a_fetch_outlives_the_request_that_began_it() {
    let (hand, signer) = (Hand::new(), Signer::es256("k"));
    let site = Site::start(&[&signer]).await;
    let who = site.trusted(hand);
    let token = site.token(&signer);
    site.shut();
    let mut first = tokio::task::JoinSet::new();
    first.spawn({
        let (who, token) = (who.clone(), token.clone());
        async move { shown(&who, &token).await }
    });
    site.until_asked(1).await;
    first.shutdown().await;
    site.open();
    assert!(shown(&who, &token).await.is_ok());
    assert_eq!(site.asked(), 1);
}
