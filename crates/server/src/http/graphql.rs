//! `/graphql` over HTTP, after the specification "GraphQL over HTTP": POST with JSON, GET for queries that no web page can
//! send unasked, and answers in the media type that the client accepts. Subscriptions go on as events (`events.rs`), a
//! connection that wants to be a websocket as one (`socket.rs`).

use std::collections::HashMap;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::BytesMut;
use graphql::{ErrorCode, OperationKind};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;

use super::caller::{Caller, Peer};
use super::entrance::{self, Ask};
use super::media::{self, Accepts, Media};
use super::observe::{Executed, RequestId};
use super::refusal::Refusal;
use super::{events, shape, socket};
use crate::App;

/// Headers that make a browser ask first whether a page of another site may send them. Any of them will do; the names are
/// those that clients send already.
pub(super) const PREFLIGHT: [&str; 4] =
    ["graphql-require-preflight", "x-requested-with", "apollo-require-preflight", "x-apollo-operation-name"];

/// Every method; what is said depends on it.
pub(super) async fn any(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    peer: Option<Extension<Peer>>,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    let peer = peer.map(|Extension(peer)| peer);
    let (parts, body) = request.into_parts();
    let wants_socket =
        parts.headers.get(header::UPGRADE).is_some_and(|name| name.as_bytes().eq_ignore_ascii_case(b"websocket"));
    if wants_socket && parts.method == Method::GET {
        return match upgrade {
            Ok(upgrade) => socket::upgrade(app, upgrade, parts.headers, peer, &id),
            Err(rejection) => Refusal::bad(rejection.body_text()).respond(Media::Json, &id),
        };
    }
    let accepts = Accepts::of(&parts.headers);
    let media = accepts.answer.unwrap_or(Media::Json);
    let refuse = async |refusal: Refusal| {
        entrance::slow_down(&refusal).await;
        refusal.respond(media, &id)
    };
    if parts.method == Method::GET && accepts.page && parts.uri.query().is_none() {
        return Redirect::to("/").into_response();
    }
    if accepts.answer.is_none() && !accepts.events {
        let hint = "accept application/graphql-response+json, application/json or, for events, text/event-stream";
        let message = "none of the media types that you accept is spoken here";
        return refuse(Refusal::hinting(StatusCode::NOT_ACCEPTABLE, ErrorCode::BadUserInput, message, hint)).await;
    }
    let caller = match Caller::of(&app, &parts.headers, peer.as_ref()).await {
        Ok(caller) => caller,
        Err(error) => return refuse(error.into()).await,
    };
    let ask = match parts.method.clone() {
        Method::POST => posted(&app, &caller, &parts.headers, body).await,
        Method::GET => got(&app, &caller, &parts.headers, &parts.uri),
        other => {
            let message = format!("{other} is not answered at /graphql");
            Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotAllowed, message)
                .with_header(header::ALLOW, HeaderValue::from_static("GET, POST")))
        }
    };
    let kinds = |kind| carried_out(kind, &parts.method, accepts);
    let admitted = match ask.and_then(|ask| entrance::admit(&app, &caller, ask, kinds)) {
        Ok(admitted) => admitted,
        // Whoever listens for events hears of a refused document as of one.
        Err(refusal) if accepts.answer.is_none() && refusal.is_document() => return events::refused(refusal, &id),
        Err(refusal) => return refuse(refusal).await,
    };
    let operation = admitted.name();
    if admitted.kind() == OperationKind::Subscription || accepts.answer.is_none() {
        return match events::respond(app, caller, admitted, &parts.headers, peer, &id) {
            Ok(response) => response,
            Err(refusal) => refuse(refusal).await,
        };
    }
    let answer = match entrance::answer(&app, &caller, &admitted, &id).await {
        Ok(answer) => answer,
        Err(refusal) => return refuse(refusal).await,
    };
    let status = status(&answer.response, media);
    let mut response = shape::response(status, media, &answer.response, &id);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response.extensions_mut().insert(Executed { operation, statements: answer.statements });
    if response.body().size_hint().lower() > LONG {
        // Its thousands of values are taken apart while its text is sent.
        tokio::task::spawn_blocking(move || drop(answer));
    }
    response
}

/// Bytes from which on an answer is long.
const LONG: u64 = 256 * 1024;

/// Which kinds of operation are carried out, by method and by what the client accepts.
fn carried_out(kind: OperationKind, method: &Method, accepts: Accepts) -> Result<(), Refusal> {
    match kind {
        OperationKind::Query => Ok(()),
        OperationKind::Mutation if *method == Method::POST => Ok(()),
        OperationKind::Mutation => {
            let message = "a mutation is not carried out by GET";
            Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotAllowed, message)
                .with_header(header::ALLOW, HeaderValue::from_static("POST")))
        }
        OperationKind::Subscription if accepts.events => Ok(()),
        OperationKind::Subscription => {
            let hint = "accept text/event-stream, or open a websocket with the protocol graphql-transport-ws";
            let message = "a subscription has no single answer";
            Err(Refusal::hinting(StatusCode::NOT_ACCEPTABLE, ErrorCode::BadUserInput, message, hint))
        }
    }
}

/// What a POST asks.
async fn posted(app: &App, caller: &Caller, headers: &HeaderMap, body: Body) -> Result<Ask, Refusal> {
    if !media::is_json(headers) {
        let message = "the request is not JSON in UTF-8";
        let hint = "send it with content-type: application/json";
        return Err(Refusal::hinting(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadUserInput, message, hint));
    }
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
        let message = "a compressed request is not read";
        let hint = "send it as it is";
        return Err(Refusal::hinting(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadUserInput, message, hint));
    }
    let bytes = received(app, caller, headers, body).await?;
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Refusal::bad("a batch is not answered; send one request at a time"));
    }
    entrance::weigh(app, caller, &bytes)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        if error.is_data() {
            Refusal::bad(format!("the body is no GraphQL request: {error}"))
        } else {
            Refusal::bad(format!("the body is not JSON: {error}"))
        }
    })
}

/// The body, counted while it comes in.
async fn received(app: &App, caller: &Caller, headers: &HeaderMap, mut body: Body) -> Result<Bytes, Refusal> {
    let most = caller.class(app).body_bytes;
    let close = (header::CONNECTION, HeaderValue::from_static("close"));
    let too_large = || {
        let message = format!("the request has more than {most} bytes (body_bytes)");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooLarge, message)
            .with_header(close.0.clone(), close.1.clone())
    };
    let patience = Duration::from_secs(app.gate.settings().http.receive_seconds);
    let deadline = tokio::time::Instant::now() + patience;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(length) = announced.filter(|length: &usize| *length > most) {
        // Whoever asks first whether to send hears no; what is very long is not waited for.
        if !headers.contains_key(header::EXPECT) && length <= THROWN_AWAY {
            thrown_away(&mut body).await;
        }
        return Err(too_large());
    }
    let mut bytes = BytesMut::new();
    loop {
        match tokio::time::timeout_at(deadline, body.frame()).await {
            Ok(None) => return Ok(bytes.freeze()),
            Ok(Some(Ok(frame))) => bytes.extend_from_slice(frame.data_ref().map_or(&[], |data| data)),
            Ok(Some(Err(_))) => return Err(Refusal::bad("the request's body ended too early")),
            Err(_elapsed) => {
                let seconds = patience.as_secs();
                let message = format!("the request's body did not arrive within {seconds} s (receive_seconds)");
                let refusal = Refusal::new(StatusCode::REQUEST_TIMEOUT, ErrorCode::Timeout, message);
                return Err(refusal.with_header(close.0, close.1));
            }
        }
        if bytes.len() > most {
            thrown_away(&mut body).await;
            return Err(too_large());
        }
    }
}

/// So many bytes of a request that is too large are read on.
const THROWN_AWAY: usize = 2 * 1024 * 1024;

/// Reads on for a moment without keeping anything: whoever is sending hears no answer before they have sent, and a
/// connection that is closed on them would lose it.
async fn thrown_away(body: &mut Body) {
    let reading = async {
        let mut thrown = 0;
        while let Some(Ok(frame)) = body.frame().await {
            thrown += frame.data_ref().map_or(0, Bytes::len);
            if thrown > THROWN_AWAY {
                break;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(1), reading).await.ok();
}

/// What a GET asks.
fn got(app: &App, caller: &Caller, headers: &HeaderMap, uri: &axum::http::Uri) -> Result<Ask, Refusal> {
    let Query(mut parameters) = Query::<HashMap<String, String>>::try_from_uri(uri)
        .map_err(|error| Refusal::bad(format!("the URL's parameters cannot be read: {}", error.body_text())))?;
    let asked_first = PREFLIGHT.iter().any(|name| headers.get(*name).is_some_and(|value| !value.is_empty()));
    if !asked_first && !parameters.contains_key("documentId") {
        let message = "a GET needs a header that no page of another site can send unasked, or a documentId";
        let hint = "add the header graphql-require-preflight: 1, or send the query by POST";
        return Err(Refusal::hinting(StatusCode::FORBIDDEN, ErrorCode::Forbidden, message, hint));
    }
    Ok(Ask {
        query: parameters.remove("query"),
        document_id: parameters.remove("documentId"),
        operation_name: parameters.remove("operationName"),
        variables: object(app, caller, &mut parameters, "variables")?,
        extensions: object(app, caller, &mut parameters, "extensions")?,
    })
}

fn object<T: DeserializeOwned>(
    app: &App,
    caller: &Caller,
    parameters: &mut HashMap<String, String>,
    name: &str,
) -> Result<Option<T>, Refusal> {
    let Some(text) = parameters.remove(name) else { return Ok(None) };
    entrance::weigh(app, caller, text.as_bytes())?;
    serde_json::from_str(&text)
        .map_err(|error| Refusal::bad(format!("the parameter {name} is no JSON object: {error}")))
}

/// The status of an answer: what is our fault has its own in every media type.
fn status(answer: &async_graphql::Response, media: Media) -> StatusCode {
    if !shape::is_refused(answer) {
        return StatusCode::OK;
    }
    let code = answer.errors.first().and_then(|error| error.extensions.as_ref()?.get("code"));
    let is = |known: ErrorCode| code == Some(&async_graphql::Value::from(<&str>::from(known)));
    if is(ErrorCode::InternalServerError) {
        StatusCode::INTERNAL_SERVER_ERROR
    } else if is(ErrorCode::Unavailable) {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        media.status_of_refused()
    }
}
