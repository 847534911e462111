//! Long tables under way: how many at once, and that one which cannot be sent to its end breaks, compressed too and whatever
//! it was that came to an end.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::actor::Role;
use domain::grant::DataSet;
use http_body_util::BodyExt as _;
use rstest::rstest;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;
use tower::ServiceExt;

use super::rights::key;
use crate::access::{granted, revoke};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{World, actor};

/// Longer than the time after which is looked again.
const LATER: Duration = Duration::from_millis(3_200);

/// Results that do not fit into what waits on the way, nor become small when they are compressed.
async fn long(engine: Engine) -> World {
    let world = World::seeded(engine).await;
    let digits = match engine {
        Sqlite => "hex(randomblob(150000))",
        Postgres => "(SELECT string_agg(md5(n::text || results.id::text), '') FROM generate_series(1, 9600) n)",
    };
    world.execute(&format!("UPDATE results SET label = {digits}")).await;
    world
}

/// A table that has begun.
async fn begun(world: &World, credential: &str) -> (StatusCode, Option<String>, Body) {
    let mut request = Request::get("/export/results.csv");
    if !credential.is_empty() {
        request = request.header("authorization", format!("Bearer {credential}"));
    }
    let response = Box::pin(world.router().oneshot(request.body(Body::empty()).unwrap())).await.unwrap();
    let wait = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
    (response.status(), wait, response.into_body())
}

/// Whether it came to its end, after so many bytes.
async fn rest(mut body: Body) -> (bool, usize) {
    let mut bytes = 0;
    loop {
        match body.frame().await {
            Some(Ok(frame)) => bytes += frame.data_ref().map_or(0, axum::body::Bytes::len),
            Some(Err(_)) => return (false, bytes),
            None => return (true, bytes),
        }
    }
}

#[rstest]
#[tokio::test]
async fn two_are_read_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = long(engine).await;
    let (first, _, one) = begun(&world, "").await;
    let (second, _, other) = begun(&world, "").await;
    assert_eq!((first, second), (StatusCode::OK, StatusCode::OK));
    let (third, wait, _) = begun(&world, "").await;
    assert_eq!((third, wait.as_deref()), (StatusCode::TOO_MANY_REQUESTS, Some("1")));
    // What is short keeps nobody waiting.
    assert_eq!(world.export("/awards.csv", &[]).await.status, StatusCode::OK);
    // Whoever goes leaves a place, and so does whoever has read all.
    drop(one);
    let (again, _, one) = begun(&world, "").await;
    assert_eq!(again, StatusCode::OK);
    let (whole, bytes) = rest(other).await;
    assert!(whole && bytes > 100_000, "{bytes}");
    assert_eq!(begun(&world, "").await.0, StatusCode::OK);
    drop(one);
}

#[rstest]
#[tokio::test]
async fn when_a_grant_is_revoked_no_more_comes(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = long(engine).await;
    let grant = granted(&world, &[DataSet::Programs], "2027-01-01").await;
    let [reader, other] = ["nghe-an", "son-la"].map(|tenant| world.token(&actor(tenant, &[Role::Viewer])));
    let (status, _, mut granted) = begun(&world, &reader).await;
    assert_eq!(status, StatusCode::OK);
    assert!(granted.frame().await.unwrap().is_ok());
    let (status, _, mut own) = begun(&world, &other).await;
    assert_eq!(status, StatusCode::OK);
    assert!(own.frame().await.unwrap().is_ok());
    revoke(&world, &grant).await;
    tokio::time::sleep(LATER).await;
    let (whole, bytes) = rest(granted).await;
    assert!(!whole, "it went on to its end after {bytes} bytes");
    // Whoever has lost nothing reads on.
    assert!(rest(own).await.0);
}

#[rstest]
#[tokio::test]
async fn what_breaks_is_no_whole_file_compressed_either(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = long(engine).await;
    let (secret, id) = key(&world).await;
    // What waits on the way is little, on either side.
    let listener = TcpSocket::new_v4().unwrap();
    listener.set_send_buffer_size(8_192).unwrap();
    listener.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = listener.listen(8).unwrap();
    let place = listener.local_addr().unwrap();
    let router = world.router();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    for (encoding, revoked) in [("gzip", false), ("gzip", true), ("identity", true)] {
        let (secret, id) = if encoding == "gzip" { (secret.clone(), id.clone()) } else { key(&world).await };
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(8_192).unwrap();
        let mut stream = socket.connect(place).await.unwrap();
        let request = format!(
            "GET /export/results.csv HTTP/1.1\r\nhost: {place}\r\nauthorization: Bearer {secret}\r\n\
             accept-encoding: {encoding}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = vec![0; 1_000];
        stream.read_exact(&mut bytes).await.unwrap();
        if revoked {
            world.changed(&actor("son-la", &[Role::Admin]), "apiKeyRevoke key", json!({ "key": id })).await;
            tokio::time::sleep(LATER).await;
        }
        let mut tail = Vec::new();
        // The end of the connection, or its being reset.
        stream.read_to_end(&mut tail).await.ok();
        bytes.extend(tail);
        let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head:.300}");
        assert_eq!(head.contains("content-encoding: gzip"), encoding == "gzip");
        assert!(head.contains("transfer-encoding: chunked"));
        // Without the last chunk no client takes the body for whole.
        assert_eq!(bytes.ends_with(b"\r\n0\r\n\r\n"), !revoked, "{encoding}, {} bytes", bytes.len());
    }
    serving.abort();
}
