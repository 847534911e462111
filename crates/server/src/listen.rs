//! Opens the port, serves until the process is told to stop, and lets running requests end.

mod place;

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

pub use self::place::Place;
use self::place::Shares;
use crate::http::{Peer, router};
use crate::{App, Failure, Stop, export_job, output, totals};

/// A client may let an answer wait for so long without taking any of it.
const UNREAD: Duration = Duration::from_secs(30);

/// A request's line and headers may have so many bytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// Requests still running so long after the signal are cut off.
const DRAIN: Duration = Duration::from_secs(20);

/// Reads `HOST:PORT`, where the host is an address or `localhost`.
pub fn address(text: &str) -> Result<SocketAddr, String> {
    if let Some(port) = text.strip_prefix("localhost:").and_then(|port| port.parse().ok()) {
        return Ok((Ipv4Addr::LOCALHOST, port).into());
    }
    text.parse().map_err(|_error| {
        "expected ADDRESS:PORT, as in 127.0.0.1:8080 or [::1]:8080; port 0 picks a free one".to_owned()
    })
}

/// Takes the port.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let kind = error.kind();
        if kind == ErrorKind::AddrInUse {
            let free = SocketAddr::new(address.ip(), 0);
            Failure::new(
                format!("port {} of {} is in use", address.port(), address.ip()),
                format!("stop the program that has it, or let a free one be picked: --listen {free}"),
            )
        } else if kind == ErrorKind::PermissionDenied {
            Failure::new(
                format!("port {} may not be opened by this user", address.port()),
                "choose one from 1024 on: --listen 127.0.0.1:8080",
            )
        } else if kind == ErrorKind::AddrNotAvailable {
            Failure::new(
                format!("{} is no address of this machine", address.ip()),
                "choose one of its own: --listen 127.0.0.1:8080",
            )
        } else {
            Failure::new(format!("{address} cannot be opened: {error}"), "choose another: --listen 127.0.0.1:8080")
        }
    })
}

/// Announces the address on standard output and serves until SIGINT or SIGTERM. A second signal ends it at once.
pub async fn serve(listener: TcpListener, app: App) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("serving failed: {error}"), "start the program again");
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    output::line(format!("listening on http://{address}"))?;

    // What is under way at the end is undone, or begun anew by the next process.
    let mut behind = JoinSet::new();
    behind.spawn(totals::keep(app.clone()));
    behind.spawn(export_job::work(app.clone()));
    let mut connections = JoinSet::new();
    let all = app.gate.settings().http.connections;
    let places = Arc::new(Semaphore::new(all));
    tokio::select! {
        () = accept(&listener, &app, &places, &mut connections) => {}
        () = next(&mut interrupt, &mut terminate) => {}
    }
    tracing::info!("stopping");
    // Nobody new comes in; whoever is in is told, and may finish.
    drop(listener);
    app.stop.stop();
    tokio::select! {
        () = left(connections, behind, &places, all) => return Ok(()),
        () = next(&mut interrupt, &mut terminate) => {}
        () = tokio::time::sleep(DRAIN) => {}
    }
    tracing::warn!("requests were cut off");
    Ok(())
}

/// Waits until everybody has left, and what is made in the background is put aside. Those that went on as websockets have a
/// place and no task here.
async fn left(mut connections: JoinSet<()>, mut behind: JoinSet<()>, places: &Semaphore, all: usize) {
    while connections.join_next().await.is_some() {}
    while behind.join_next().await.is_some() {}
    places.acquire_many(u32::try_from(all).unwrap_or(u32::MAX)).await.ok();
}

/// Takes connections for ever, so many at once; further ones wait in the system's queue.
async fn accept(listener: &TcpListener, app: &App, places: &Arc<Semaphore>, connections: &mut JoinSet<()>) {
    let http = &app.gate.settings().http;
    let receive = Duration::from_secs(http.receive_seconds);
    let router = router(app.clone());
    let shares = Shares::default();
    loop {
        let Ok(place) = Arc::clone(places).acquire_owned().await else { return };
        let (stream, address) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Files or memory are short: others may give some back.
                tracing::warn!(%error, "a connection cannot be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        stream.set_nodelay(true).ok();
        let proxy = http.trusted_proxies.iter().any(|proxy| proxy.contains(&address.ip().to_canonical()));
        // Whoever has that many already is let go without a word.
        let Some(share) = shares.take(address.ip(), if proxy { usize::MAX } else { http.connections_per_address })
        else {
            continue;
        };
        let peer = Peer { address, place: Arc::new(Place { _place: place, _share: share }) };
        connections.spawn(converse(stream, peer, router.clone(), app.stop.clone(), receive));
        while connections.try_join_next().is_some() {}
    }
}

/// Serves one connection until either side has enough.
async fn converse(stream: TcpStream, peer: Peer, router: Router, stop: Stop, receive: Duration) {
    let address = peer.address;
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer.clone());
        request
    });
    let mut http = http1::Builder::new();
    // Headers that trickle in byte by byte hold a place for no longer than this.
    http.timer(TokioTimer::new()).header_read_timeout(receive).max_buf_size(LONGEST_HEAD);
    // Whoever does not read their answers holds a place for no longer than this.
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(UNREAD));
    let stream = TokioIo::new(Box::pin(stream));
    let connection = http.serve_connection(stream, TowerToHyperService::new(service)).with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.stopped() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%address, %error, "a connection ended");
    }
}

async fn next(interrupt: &mut Signal, terminate: &mut Signal) {
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_a_port() {
        assert_eq!(address("127.0.0.1:0").unwrap().port(), 0);
        assert_eq!(address("localhost:8080").unwrap(), address("127.0.0.1:8080").unwrap());
        assert!(address("[::1]:80").unwrap().ip().is_loopback());
        for wrong in ["8080", ":8080", "127.0.0.1", "127.0.0.1:99999", "example.org:80", "http://127.0.0.1:80"] {
            assert!(address(wrong).unwrap_err().contains("127.0.0.1:8080"), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_taken_port_is_named() {
        let first = bind(address("127.0.0.1:0").unwrap()).await.unwrap();
        let taken = first.local_addr().unwrap();
        let failure = bind(taken).await.unwrap_err();
        assert!(failure.message.contains(&taken.port().to_string()), "{failure}");
        assert!(failure.message.contains("in use") && failure.fix.contains("127.0.0.1:0"), "{failure}");
    }
}
