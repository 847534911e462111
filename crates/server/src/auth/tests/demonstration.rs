//! The issuer of the demonstration.

use super::*;

#[tokio::test]
async fn it_is_believed_by_whom_it_was_shown_only() {
    let hand = Hand::new();
    let issuer = demo::Issuer::new(hand.clock()).unwrap();
    let token = issuer.token("linh", TenantId(2), &[Role::Admin, Role::Viewer], 60).unwrap();
    let who = Authenticator::demo(&issuer);
    let found = shown(&who, token.expose()).await.unwrap();
    assert_eq!(found.actor.principal.as_str(), "user:urn:phoihop:demo#linh");
    assert_eq!((found.actor.tenant, found.expires_at), (TenantId(2), NOW + 60));
    assert_eq!(found.actor.roles, BTreeSet::from([Role::Admin, Role::Viewer]));
    let another = Authenticator::demo(&demo::Issuer::new(hand.clock()).unwrap());
    assert_eq!(shown(&another, token.expose()).await, refused(Reason::Signature));
    hand.pass(90);
    assert_eq!(shown(&who, token.expose()).await, refused(Reason::Expired));
    assert!(issuer.token("linh", TenantId(4711), &[], 60).is_err());
    assert_eq!(format!("{token:?} {issuer:?}"), "… Issuer(urn:phoihop:demo)");
}
