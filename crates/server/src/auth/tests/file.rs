//! Keys from a file, which somebody replaces now and then.

use std::fs;
use std::path::Path;

use super::*;
use crate::auth::jwks_file::JwksFile;

fn trusted(path: &Path, hand: Hand) -> Authenticator {
    let trust = trust("https://a.example", &[("o", 7)]);
    let file = JwksFile::open(Arc::clone(&trust), path.to_owned(), hand.clock()).unwrap();
    Authenticator::with(vec![Issuer::new(trust, Source::File(file))], hand.clock())
}

fn token(signer: &Signer) -> String {
    signer.token(&signer.header(), &corpus::claims("https://a.example", "o"))
}

#[tokio::test]
async fn a_new_file_is_read_within_ten_seconds_and_a_broken_one_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.json");
    let (hand, old, new) = (Hand::new(), Signer::es256("old"), Signer::rs256("new"));
    fs::write(&path, jwks(&[&old])).unwrap();
    let who = trusted(&path, hand);
    assert!(shown(&who, &token(&old)).await.is_ok());
    fs::write(&path, jwks(&[&new])).unwrap();
    hand.pass(9);
    assert!(shown(&who, &token(&old)).await.is_ok());
    assert_eq!(shown(&who, &token(&new)).await, refused(Reason::KeyId));
    hand.pass(1);
    assert!(shown(&who, &token(&new)).await.is_ok());
    assert_eq!(shown(&who, &token(&old)).await, refused(Reason::KeyId));
    for broken in ["", "{\"keys\":", "[]", &format!("{}{}", jwks(&[&old]), " ".repeat(64 * 1024))] {
        fs::write(&path, broken).unwrap();
        hand.pass(10);
        assert!(shown(&who, &token(&new)).await.is_ok());
    }
    fs::remove_file(&path).unwrap();
    hand.pass(10);
    assert!(shown(&who, &token(&new)).await.is_ok());
    fs::write(&path, jwks(&[&old, &new])).unwrap();
    hand.pass(10);
    assert!(shown(&who, &token(&old)).await.is_ok() && shown(&who, &token(&new)).await.is_ok());
    fs::write(&path, jwks(&[])).unwrap();
    hand.pass(10);
    assert_eq!(shown(&who, &token(&new)).await, refused(Reason::KeyId), "no keys is what the file says");
}
