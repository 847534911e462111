//! What is refused, and in which words.

use axum::http::{Method, StatusCode};

use crate::harness::Engine::Sqlite;
use crate::harness::{At, World};

#[tokio::test]
async fn whoever_asks_wrongly_is_told_what_to_write() {
    let world = World::empty(Sqlite).await;
    for (path, status, words) in [
        ("/result.csv", 404, "there is no table \"result\"; did you mean \"results\"?; known: programs,"),
        ("/results.xls", 404, "there is no format \"xls\"; did you mean \"xlsx\"?; known: csv, xlsx, ndjson, json"),
        ("/results", 404, "there is no format \"\""),
        ("/results/columns.xml", 404, "there is no file \"columns.xml\"; did you mean"),
        ("/result/columns.csv", 404, "there is no table \"result\""),
        ("/results.csv?tennant=x", 400, "there is no parameter \"tennant\"; did you mean \"tenant\"?; known: program,"),
        ("/results.csv?tenant=son-laa", 400, "tenant: there is no tenant \"son-laa\"; did you mean \"son-la\"?"),
        ("/results.csv?topic=WOMAN", 400, "topic: there is no topic \"WOMAN\"; did you mean \"WOMEN\"?"),
        ("/results.csv?sector=POLIZE", 400, "did you mean \"POLICE\"?"),
        ("/results.csv?region=x", 400, "region: there is no region \"x\"; known: bac-trung-bo,"),
        ("/results.csv?from=2020-13-01", 400, "from: \"2020-13-01\" is no day; write it as 2020-02-25"),
        ("/results.csv?from=2020-01-01&from=2020-01-02", 400, "from: it is given twice"),
        ("/results.csv?labels=codes", 400, "labels: there is no value \"codes\"; did you mean \"code\"?"),
        ("/results.json?bom=1", 400, "bom: it is for csv alone"),
        ("/coverage.csv", 400, "of: it is missing; give a global id"),
        ("/coverage.csv?of=x", 400, "is not an id"),
        ("/coverage.csv?of=x&tenant=son-la", 400, "there is no parameter \"tenant\""),
        ("?lang=vi", 400, "lang: nothing can be chosen here"),
        ("/results/columns.json?lang=vi", 400, "lang: nothing can be chosen here"),
    ] {
        let refused = world.export(path, &[]).await;
        let error = refused.json();
        assert_eq!(refused.status.as_u16(), status, "{path}: {error:#}");
        let message = error.text("errors.0.message");
        assert!(message.contains(words), "{path}: {message}");
        assert_eq!(refused.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_secret_in_an_address_is_refused_before_it_is_looked_at() {
    let world = World::empty(Sqlite).await;
    for path in
        ["?token=s3cr3t", "/results.csv?access_token=s3cr3t", "/results.csv?tenant=x&KEY=s3cr3t", "/x/y?api_key=s3cr3t"]
    {
        let refused = world.export(path, &[]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(refused.text().contains("a token or key never stands in an address"), "{}", refused.text());
        assert!(!refused.text().contains("s3cr3t"));
    }
}

#[tokio::test]
async fn a_table_is_only_read() {
    let world = World::empty(Sqlite).await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        for path in ["", "/results.csv", "/results/columns.json"] {
            let refused = world.export_by(method.clone(), path, &[]).await;
            assert_eq!(
                (refused.status, refused.header("allow")),
                (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"),
                "{method} {path}"
            );
        }
    }
}
