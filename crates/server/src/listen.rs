//! Opens the port, serves until the process is told to stop, and lets running requests end.

use std::future::IntoFuture;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use crate::{Failure, output};

/// Requests still running so long after the signal are cut off; none may take longer than `http::TIMEOUT`.
const DRAIN: Duration = Duration::from_secs(12);

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
pub async fn serve(listener: TcpListener, router: Router) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("serving failed: {error}"), "start the program again");
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    output::line(format!("listening on http://{address}"))?;

    let (stop, mut stopped) = watch::channel(());
    let told = async move {
        stopped.changed().await.ok();
    };
    let served = axum::serve(listener, router).with_graceful_shutdown(told).into_future();
    let watched = async {
        next(&mut interrupt, &mut terminate).await;
        tracing::info!("stopping");
        stop.send_replace(());
        tokio::select! {
            () = next(&mut interrupt, &mut terminate) => {}
            () = tokio::time::sleep(DRAIN) => {}
        }
        tracing::warn!("requests were cut off");
    };
    tokio::select! {
        result = served => result.map_err(failed),
        () = watched => Ok(()),
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
