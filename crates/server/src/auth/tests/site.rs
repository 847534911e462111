//! A small issuer on this machine, which publishes keys or fails to.

use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::{Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::*;
use crate::auth::discovery::Discovery;

/// How the site behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Good,
    Down,
    /// The description is elsewhere.
    MovedDescription,
    /// The keys are elsewhere.
    MovedKeys,
    TooLong,
    /// The description is another issuer's.
    AnotherIssuer,
    /// The keys are here, but under an address that we should not ask.
    KeysElsewhere(&'static str),
    NotJson,
}

pub(super) struct Site {
    pub(super) url: String,
    about: Arc<About>,
    server: JoinSet<()>,
}

struct About {
    mode: Mutex<Mode>,
    keys: Mutex<String>,
    /// How often the description was asked for.
    asked: AtomicUsize,
    /// A description takes a permit, and gives it back.
    gate: Semaphore,
}

impl Site {
    pub(super) async fn start(keys: &[&Signer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let about = Arc::new(About {
            mode: Mutex::new(Mode::Good),
            keys: Mutex::new(jwks(keys)),
            asked: AtomicUsize::new(0),
            gate: Semaphore::new(1),
        });
        let state = (url.clone(), Arc::clone(&about));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/elsewhere", get(description))
            .route("/keys", get(published))
            .route("/keys-elsewhere", get(published))
            .with_state(state);
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, about, server }
    }

    /// Somebody who trusts the site.
    pub(super) fn trusted(&self, hand: Hand) -> Authenticator {
        let trust = trust(&self.url, &[("o", 7)]);
        let discovery = Discovery::new(Arc::clone(&trust), None, hand.clock()).unwrap();
        Authenticator::with(vec![Issuer::new(trust, Source::Discovery(discovery))], hand.clock())
    }

    /// A token of the site that is good for two days.
    pub(super) fn token(&self, signer: &Signer) -> String {
        let mut claims = corpus::claims(&self.url, "o");
        claims["exp"] = json!(NOW + 200_000);
        signer.token(&signer.header(), &claims)
    }

    pub(super) fn asked(&self) -> usize {
        self.about.asked.load(Ordering::SeqCst)
    }

    pub(super) fn set(&self, mode: Mode) {
        *self.about.mode.lock().unwrap() = mode;
    }

    pub(super) fn publish(&self, keys: &[&Signer]) {
        *self.about.keys.lock().unwrap() = jwks(keys);
    }

    /// From now on the site keeps everybody waiting.
    pub(super) fn shut(&self) {
        self.about.gate.forget_permits(1);
    }

    pub(super) fn open(&self) {
        self.about.gate.add_permits(1);
    }

    /// No longer there at all.
    pub(super) async fn stop(mut self) {
        self.server.shutdown().await;
    }

    /// Until it was asked so often.
    pub(super) async fn until_asked(&self, times: usize) {
        while self.asked() < times {
            tokio::task::yield_now().await;
        }
    }
}

type Shown = State<(String, Arc<About>)>;

async fn description(State((url, about)): Shown, uri: axum::http::Uri) -> Response {
    about.asked.fetch_add(1, Ordering::SeqCst);
    drop(about.gate.acquire().await);
    let mode = *about.mode.lock().unwrap();
    let mut keys = format!("{url}/keys");
    let mut issuer = url;
    match mode {
        Mode::Down => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mode::MovedDescription if uri.path() != "/elsewhere" => {
            return Redirect::temporary("/elsewhere").into_response();
        }
        Mode::NotJson => return "<html>".into_response(),
        Mode::AnotherIssuer => issuer.push('/'),
        Mode::KeysElsewhere(address) => keys = keys.replace("http://127.0.0.1", address),
        Mode::Good | Mode::MovedDescription | Mode::MovedKeys | Mode::TooLong => {}
    }
    Json(json!({ "issuer": issuer, "jwks_uri": keys, "token_endpoint": "x" })).into_response()
}

async fn published(State((_, about)): Shown, uri: axum::http::Uri) -> Response {
    let keys = about.keys.lock().unwrap().clone();
    let mode = *about.mode.lock().unwrap();
    match mode {
        Mode::MovedKeys if uri.path() != "/keys-elsewhere" => Redirect::temporary("/keys-elsewhere").into_response(),
        // JSON may end with as much white space as it likes.
        Mode::TooLong => format!("{keys}{}", " ".repeat(64 * 1024)).into_response(),
        Mode::Good
        | Mode::Down
        | Mode::MovedDescription
        | Mode::MovedKeys
        | Mode::AnotherIssuer
        | Mode::KeysElsewhere(_)
        | Mode::NotJson => keys.into_response(),
    }
}
