//! Documents and their hashes, and faults of ours. What the graph answers is tested with the whole service.

use super::*;

#[test]
fn the_schema_is_one_for_both() {
    Graph::new().unwrap();
}

#[test]
fn a_hash_is_read_in_every_spelling() {
    let hash = Hash::of("{ __typename }");
    let hex = hash.to_string();
    assert_eq!(Hash::parse(&hex), Some(hash));
    assert_eq!(Hash::parse(&format!("sha256:{}", hex.to_uppercase())), Some(hash));
    for wrong in ["", "sha256:", &hex[1..], &format!("{hex}0"), &format!("é{}", &hex[2..])] {
        assert_eq!(Hash::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_document_is_read_once() {
    let graph = Graph::new().unwrap();
    let limits = Limits::default();
    let first = graph.read("{ __typename }", &limits).unwrap();
    assert!(Arc::ptr_eq(&first, &graph.read("{ __typename }", &limits).unwrap()));
    let known = |text: &str, limits: &Limits| graph.known(&Hash::of(text), limits);
    assert!(known("{ __typename }", &limits).unwrap().is_some());
    assert!(known("{ __typename  }", &limits).unwrap().is_none());
    let narrow = Limits { tokens: 2, ..limits };
    assert_eq!(known("{ __typename }", &narrow).unwrap_err().code(), Some("QUERY_TOO_COMPLEX"));
    assert_eq!(graph.read("{ __typename }", &narrow).unwrap_err().code(), Some("QUERY_TOO_COMPLEX"));
}

#[tokio::test]
async fn a_panic_is_masked() {
    let fault = async || -> Response { panic!("the secret of the house") };
    let response = masked(fault()).await;
    let text = serde_json::to_string(&response).unwrap();
    assert!(text.contains("INTERNAL_SERVER_ERROR") && !text.contains("secret"), "{text}");
}

#[test]
fn escapes_are_understood() {
    let graph = Graph::new().unwrap();
    for id in [r#""\u{1F600}""#, r#""\uD83D\uDE00""#, r#""\u00e9""#, r#""""\"""x""""#] {
        let read = graph.read(&format!("{{ node(id: {id}) {{ id }} }}"), &Limits::default());
        assert!(read.is_ok(), "{id}: {:?}", read.err());
    }
}
