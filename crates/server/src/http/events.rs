//! Answers as server-sent events, after the protocol graphql-sse in its mode of distinct connections: `next` with each
//! answer, then `complete`. Each change carries its cursor as the event's id, so that EventSource resumes by itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
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
) -> Response {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let answers = live::answers(app, caller, admitted, last, id.clone());
    let id = id.clone();
    stream_of(answers.map(move |answer| {
        // The connection keeps its place as long as it is listened to.
        let _place = &peer;
        next(&answer, &id)
    }))
}

fn next(answer: &Answer, id: &RequestId) -> Event {
    let event = Event::default().event("next").data(shape::text(&answer.response, id).unwrap_or_default());
    match &answer.cursor {
        Some(cursor) => event.id(cursor),
        None => event,
    }
}

fn stream_of(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    let complete = stream::once(async { Event::default().event("complete").data("") });
    let events = events.chain(complete).map(Ok::<_, Infallible>);
    Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}
