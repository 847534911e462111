//! `/graphql` as a websocket, after the protocol graphql-transport-ws: one connection, one caller, several operations at
//! once. Whatever goes wrong has a close code of its own.

mod message;

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::StreamExt;
use graphql::{Answer, ErrorCode, OperationKind};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use self::message::{In, Out};
use super::caller::{Caller, Peer, origin_allowed};
use super::entrance::{self, Ask};
use super::live;
use super::media::Media;
use super::observe::RequestId;
use super::refusal::Refusal;
use super::shape;
use crate::App;
use crate::auth::AuthError;

/// The name of the protocol.
const PROTOCOL: &str = "graphql-transport-ws";

/// So long a connection may take to say who it is.
const INIT: Duration = Duration::from_secs(5);

/// A message may have so many bytes.
const LARGEST: usize = 64 * 1024;

/// So many answers wait for a client that reads slowly; operations pause then.
const QUEUED: usize = 256;

/// So long one message may take to be sent; then the client is cut off.
const PATIENCE: Duration = Duration::from_secs(10);

/// Credentials are shown again after so long: they may have been taken back.
const RECHECKED: u32 = 30;

/// After so many seconds a client is asked whether it is still there, and after so long without a word it is not.
const PINGED: u32 = 25;
const SILENT: Duration = Duration::from_mins(1);

/// Why a connection is closed.
type Close = (u16, &'static str);

const BAD_MESSAGE: Close = (4400, "Invalid message");
const NOT_ACKNOWLEDGED: Close = (4401, "Unauthorized");
const NOT_ACCEPTED: Close = (4401, "The token is not accepted");
const EXPIRED: Close = (4401, "The token has expired");
const FORBIDDEN: Close = (4403, "Forbidden");
const NO_INIT: Close = (4408, "Connection initialisation timeout");
const TWICE: Close = (4409, "Subscriber already exists");
const INIT_TWICE: Close = (4429, "Too many initialisation requests");
const TOO_MANY: Close = (4429, "Too many operations");
const TOO_SLOW: Close = (4429, "Too slow");
const TOO_LARGE: Close = (1009, "A message has at most 64 KiB");
const NOT_TEXT: Close = (1007, "A message is UTF-8");
const LEAVING: Close = (1001, "The service is stopping");
const LATER: Close = (1013, "The token cannot be checked at present; try again later");

/// Answers the handshake; the rest goes on when the connection is a websocket.
pub(super) fn upgrade(
    app: App,
    upgrade: WebSocketUpgrade,
    headers: HeaderMap,
    peer: Option<Peer>,
    id: &RequestId,
) -> Response {
    let upgrade =
        upgrade.protocols([PROTOCOL]).max_message_size(LARGEST).max_frame_size(LARGEST).read_buffer_size(8 * 1024);
    if upgrade.selected_protocol().is_none() {
        let message = format!("the websocket's protocol is {PROTOCOL}");
        return Refusal::bad(message).respond(Media::Json, id);
    }
    upgrade.on_upgrade(move |socket| async move {
        Connection::begin(app, socket, headers, peer).run().await;
    })
}

/// What happens on a connection.
enum Event {
    Received(Message),
    /// What was received cannot be read.
    Broken(axum::Error),
    /// An operation has something to say.
    Said(Said),
    Gone,
    Late,
    Tick,
    Stopping,
}

/// What an operation says. A client may give the id of one that it has ended to another, so each has a number as well.
struct Said {
    number: u64,
    out: Out,
}

struct Operation {
    number: u64,
    task: AbortHandle,
}

struct Connection {
    app: App,
    socket: WebSocket,
    headers: HeaderMap,
    peer: Option<Peer>,
    /// None until the connection has been acknowledged.
    caller: Option<Caller>,
    deadline: Instant,
    /// When something was last received.
    heard: Instant,
    ticks: u32,
    operations: HashMap<String, Operation>,
    numbers: u64,
    tasks: JoinSet<()>,
    say: mpsc::Sender<Said>,
    said: mpsc::Receiver<Said>,
}

impl Connection {
    fn begin(app: App, socket: WebSocket, headers: HeaderMap, peer: Option<Peer>) -> Self {
        let (say, said) = mpsc::channel(QUEUED);
        Self {
            app,
            socket,
            headers,
            peer,
            caller: None,
            deadline: Instant::now() + INIT,
            heard: Instant::now(),
            ticks: 0,
            operations: HashMap::new(),
            numbers: 0,
            tasks: JoinSet::new(),
            say,
            said,
        }
    }

    async fn run(mut self) {
        let close = if origin_allowed(&self.app, &self.headers) { self.converse().await } else { Some(FORBIDDEN) };
        self.tasks.abort_all();
        if let Some((code, reason)) = close {
            let frame = CloseFrame { code, reason: reason.into() };
            timeout(PATIENCE, self.socket.send(Message::Close(Some(frame)))).await.ok();
            // The other side's own close frame, so that the connection ends cleanly.
            timeout(Duration::from_secs(1), async { while let Some(Ok(_)) = self.socket.recv().await {} }).await.ok();
        }
    }

    /// Goes on until there is a reason to close, or nobody to close with.
    async fn converse(&mut self) -> Option<Close> {
        let stop = self.app.stop.clone();
        let mut stopping = std::pin::pin!(stop.stopped());
        let mut ticks = interval(Duration::from_secs(1));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            let event = tokio::select! {
                received = self.socket.recv() => match received {
                    Some(Ok(message)) => Event::Received(message),
                    Some(Err(error)) => Event::Broken(error),
                    None => Event::Gone,
                },
                Some(said) = self.said.recv() => Event::Said(said),
                () = sleep_until(self.deadline), if self.caller.is_none() => Event::Late,
                _ = ticks.tick() => Event::Tick,
                () = &mut stopping => Event::Stopping,
            };
            // Operations that ended leave nothing behind.
            while self.tasks.try_join_next().is_some() {}
            let step = match event {
                Event::Received(message) => self.received(message).await,
                Event::Said(said) => self.pass_on(said).await,
                Event::Tick => self.still_welcome().await,
                Event::Late => Err(Some(NO_INIT)),
                Event::Stopping => Err(Some(LEAVING)),
                Event::Broken(error) => Err(broken(&error)),
                Event::Gone => Err(None),
            };
            if let Err(close) = step {
                return close;
            }
        }
    }

    async fn received(&mut self, message: Message) -> Result<(), Option<Close>> {
        let text = match message {
            Message::Text(text) => text,
            // The library answers the protocol's own pings.
            Message::Ping(_) | Message::Pong(_) => {
                self.heard = Instant::now();
                return Ok(());
            }
            Message::Close(_) => return Err(None),
            Message::Binary(_) => return Err(Some(BAD_MESSAGE)),
        };
        self.heard = Instant::now();
        let heavy = self.caller.as_ref().and_then(|caller| entrance::weigh(&self.app, caller, text.as_bytes()).err());
        match serde_json::from_str(&text).map_err(|_error| Some(BAD_MESSAGE))? {
            In::ConnectionInit { payload } => self.initialize(payload).await,
            In::Ping { payload } => self.send(&Out::Pong { payload }).await,
            In::Pong { .. } => Ok(()),
            In::Subscribe { id, payload } => match heavy {
                Some(refusal) => self.refuse(id, refusal, &RequestId::next()).await,
                None => self.subscribe(id, payload).await,
            },
            In::Complete { id } => {
                if let Some(operation) = self.operations.remove(&id) {
                    operation.task.abort();
                }
                Ok(())
            }
        }
    }

    async fn initialize(
        &mut self,
        payload: Option<serde_json::Map<String, serde_json::Value>>,
    ) -> Result<(), Option<Close>> {
        if self.caller.is_some() {
            return Err(Some(INIT_TWICE));
        }
        // A browser cannot send a header with the handshake.
        let shown = payload.iter().flatten().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        if let Some((_, token)) = shown {
            let token = token.as_str().and_then(|token| HeaderValue::from_str(token).ok()).ok_or(Some(NOT_ACCEPTED))?;
            self.headers.insert(header::AUTHORIZATION, token);
        }
        self.caller = Some(identify(&self.app, &self.headers, self.peer.as_ref()).await?);
        self.send(&Out::ConnectionAck).await
    }

    /// Whether the caller is still who they were.
    async fn still_welcome(&mut self) -> Result<(), Option<Close>> {
        self.ticks = self.ticks.wrapping_add(1);
        if self.heard.elapsed() > SILENT {
            return Err(None);
        }
        if self.ticks.is_multiple_of(PINGED) {
            let ping = self.socket.send(Message::Ping(Vec::new().into()));
            timeout(PATIENCE, ping).await.map_err(|_elapsed| Some(TOO_SLOW))?.map_err(|_gone| None)?;
        }
        let Some(expires_at) = self.caller.as_ref().and_then(|caller| caller.expires_at) else { return Ok(()) };
        if self.app.clock.now() >= expires_at {
            return Err(Some(EXPIRED));
        }
        if self.ticks.is_multiple_of(RECHECKED) {
            let found = identify(&self.app, &self.headers, self.peer.as_ref()).await;
            // Whoever could show it before is believed while it cannot be checked.
            if let Err(Some(NOT_ACCEPTED)) = found {
                return Err(Some(NOT_ACCEPTED));
            }
        }
        Ok(())
    }

    async fn subscribe(&mut self, id: String, ask: Ask) -> Result<(), Option<Close>> {
        let Some(caller) = self.caller.clone() else { return Err(Some(NOT_ACKNOWLEDGED)) };
        if self.operations.contains_key(&id) {
            return Err(Some(TWICE));
        }
        let full = self.operations.len() >= caller.class(&self.app).subscriptions;
        let request = RequestId::next();
        let begun = entrance::admit(&self.app, &caller, ask, |_: OperationKind| Ok(())).and_then(|admitted| {
            let listens = admitted.kind() == OperationKind::Subscription;
            if full && !listens {
                let message = "too many operations are being carried out on this connection (subscriptions)";
                return Err(Refusal::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited, message));
            }
            tracing::info!(request = request.0, operation = admitted.name(), "websocket operation");
            Ok((listens, live::answers(self.app.clone(), caller, admitted, None, request.clone())?))
        });
        let mut answers = match begun {
            // Whoever listens to so much goes on for ever.
            Ok((true, _)) if full => return Err(Some(TOO_MANY)),
            Ok((_, answers)) => answers,
            Err(refusal) => return self.refuse(id, refusal, &request).await,
        };
        self.numbers += 1;
        let (number, say, own) = (self.numbers, self.say.clone(), id.clone());
        let task = self.tasks.spawn(async move {
            while let Some(answer) = answers.next().await {
                let out = said(&own, &answer, &request);
                let last = matches!(out, Out::Error { .. });
                if say.send(Said { number, out }).await.is_err() || last {
                    return;
                }
            }
            say.send(Said { number, out: Out::Complete { id: own } }).await.ok();
        });
        self.operations.insert(id, Operation { number, task });
        Ok(())
    }

    async fn refuse(&mut self, id: String, refusal: Refusal, request: &RequestId) -> Result<(), Option<Close>> {
        entrance::slow_down(&refusal).await;
        let errors = shape::errors(&refusal.into_refused().errors, request);
        self.send(&Out::Error { id, payload: errors }).await
    }

    /// Passes on what an operation says, unless the client has ended it meanwhile.
    async fn pass_on(&mut self, said: Said) -> Result<(), Option<Close>> {
        let (Out::Next { id, .. } | Out::Error { id, .. } | Out::Complete { id }) = &said.out else { return Ok(()) };
        if self.operations.get(id).is_none_or(|operation| operation.number != said.number) {
            return Ok(());
        }
        if !matches!(said.out, Out::Next { .. }) {
            self.operations.remove(id);
        }
        self.send(&said.out).await
    }

    async fn send(&mut self, out: &Out) -> Result<(), Option<Close>> {
        let text = serde_json::to_string(out).map_err(|_error| None)?;
        match timeout(PATIENCE, self.socket.send(Message::Text(text.into()))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(None),
            Err(_) => Err(Some(TOO_SLOW)),
        }
    }
}

async fn identify(app: &App, headers: &HeaderMap, peer: Option<&Peer>) -> Result<Caller, Option<Close>> {
    Caller::of(app, headers, peer).await.map_err(|error| match error {
        AuthError::Refused => Some(NOT_ACCEPTED),
        AuthError::Unavailable { .. } => Some(LATER),
    })
}

/// How to end after a message that the library could not read; none when there is nobody to tell.
fn broken(error: &axum::Error) -> Option<Close> {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        match error.downcast_ref::<tungstenite::Error>() {
            Some(tungstenite::Error::Capacity(_)) => return Some(TOO_LARGE),
            Some(tungstenite::Error::Utf8(_)) => return Some(NOT_TEXT),
            Some(_) | None => cause = error.source(),
        }
    }
    None
}

fn said(id: &str, answer: &Answer, request: &RequestId) -> Out {
    let id = id.to_owned();
    if shape::is_refused(&answer.response) {
        return Out::Error { id, payload: shape::errors(&answer.response.errors, request) };
    }
    match shape::raw(&answer.response, request) {
        Some(payload) => Out::Next { id, payload },
        None => Out::Error { id, payload: Vec::new() },
    }
}
