//! Answers as server-sent events, after the protocol graphql-sse in its mode of distinct connections: `next` with each
//! answer, then `complete`. Each change carries its cursor as the event's id, so that `EventSource` resumes by itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use graphql::Answer;

use super::caller::{Caller, Peer};
use super::entrance::Admitted;
use super::live;
use super::observe::RequestId;
use super::refusal::Refusal;
use super::shape;
use crate::App;

/// A connection on which nothing happens says so now and then, or somebody between would close it.
const ALIVE: Duration = Duration::from_secs(12);

/// A refused document, as the one event.
pub(super) fn refused(refusal: Refusal, id: &RequestId) -> Response {
    stream_of(stream::iter([next(&Answer::refused(refusal.into_refused()), id)]))
}

/// What an operation answers, as it comes.
pub(super) fn respond(
    app: App,
    caller: Caller,
    admitted: Admitted,
    headers: &HeaderMap,
    peer: Option<Peer>,
    id: &RequestId,
) -> Result<Response, Refusal> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let answers = live::answers(app, caller, admitted, last, id.clone())?;
    let id = id.clone();
    Ok(stream_of(answers.map(move |answer| {
        // The connection keeps its place as long as it is listened to.
        let _place = &peer;
        next(&answer, &id)
    })))
}

/// An answer as an event. It is one line: JSON escapes what would begin another.
fn next(answer: &Answer, id: &RequestId) -> String {
    let data = shape::text(&answer.response, id).unwrap_or_default();
    let cursor = answer.cursor.as_ref().map(|cursor| format!("id: {cursor}\n")).unwrap_or_default();
    format!("event: next\n{cursor}data: {data}\n\n")
}

/// The last event. Without a line of data it would be none.
const COMPLETE: &str = "event: complete\ndata:\n\n";

/// Says nothing.
const COMMENT: &str = ":\n\n";

fn stream_of(events: impl Stream<Item = String> + Send + 'static) -> Response {
    let text = stream::unfold(Some(events.boxed()), |events| async {
        let mut events = events?;
        match tokio::time::timeout(ALIVE, events.next()).await {
            Ok(Some(event)) => Some((event, Some(events))),
            Ok(None) => Some((COMPLETE.to_owned(), None)),
            Err(_quiet) => Some((COMMENT.to_owned(), Some(events))),
        }
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // Some proxies would collect events before they pass them on.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, Body::from_stream(text.map(Ok::<_, Infallible>))).into_response()
}
