//! A file in parts: put together they are the whole, and a part of another file is never taken for one of this.

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{reader, refusal};
use crate::harness::Engine::Sqlite;
use crate::harness::{At, World};

#[tokio::test]
async fn parts_are_the_whole() {
    let world = World::seeded(Sqlite).await;
    let token = world.token(&reader());
    let _worker = world.working();
    let id = world.started(&token, json!({"table": "results", "format": "CSV"})).await;
    let done = world.until(&token, &id, "DONE").await;
    let path = format!("{id}/file");
    // Nobody compresses it on the way: parts would not fit together.
    let whole = world.fetch(Some(&token), &path, &[("accept-encoding", "gzip")]).await;
    let length = whole.bytes.len();
    let etag = format!("\"{}\"", done.text("sha256"));
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!((whole.header("etag"), whole.header("accept-ranges")), (etag.as_str(), "bytes"));
    assert_eq!((whole.header("content-length"), whole.header("content-encoding")), (length.to_string().as_str(), ""));
    assert_eq!((whole.header("last-modified"), whole.header("vary")), ("", "authorization"));

    let mut parts = Vec::new();
    for begin in (0..length).step_by(1_000) {
        let range = format!("bytes={begin}-{}", begin + 999);
        let part = world.fetch(Some(&token), &path, &[("range", &range), ("if-range", &etag)]).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.header("content-range"), format!("bytes {begin}-{}/{length}", (begin + 999).min(length - 1)));
        assert_eq!(part.header("etag"), etag);
        parts.extend(part.bytes);
    }
    assert_eq!(parts, whole.bytes);
    let last = world.fetch(Some(&token), &path, &[("range", "bytes=-7")]).await;
    assert_eq!(last.bytes, whole.bytes[length - 7..]);

    for (headers, status) in [
        (vec![("range", "bytes=99999999-")], 416),
        (vec![("range", "bytes=0-0"), ("if-range", "\"another\"")], 200),
        (vec![("range", "bytes=0-0,5-6")], 200),
        (vec![("range", "lines=1-2")], 200),
        (vec![("if-none-match", etag.as_str())], 304),
        (vec![("if-none-match", "\"another\"")], 200),
        // The age of the file on this server is nobody's business.
        (vec![("if-modified-since", "Sat, 01 Jan 2050 00:00:00 GMT")], 200),
    ] {
        let answer = world.fetch(Some(&token), &path, &headers).await;
        assert_eq!(answer.status.as_u16(), status, "{headers:?}");
        match status {
            200 => assert_eq!(answer.bytes, whole.bytes, "{headers:?}"),
            416 => assert_eq!(answer.header("content-range"), format!("bytes */{length}")),
            _ => assert_eq!(answer.bytes, [0; 0], "{headers:?}"),
        }
    }
    let bearer = format!("Bearer {token}");
    let head = world.export_by(Method::HEAD, &format!("/jobs/{path}"), &[("authorization", &bearer)]).await;
    assert_eq!((head.status, head.header("content-length")), (StatusCode::OK, length.to_string().as_str()));
    assert_eq!(head.bytes, [0; 0]);

    // Where the file is not, it is said so.
    std::fs::remove_file(world.exports().join(format!("{id}-1"))).unwrap();
    assert_eq!(refusal(&world.fetch(Some(&token), &path, &[]).await), (410, "GONE".to_owned()));
}
