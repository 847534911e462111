//! Answers as JSON, the same over every transport: each error with the request's id, and no `data` where nothing was
//! executed.

use std::collections::BTreeMap;

use async_graphql::{Response as Answer, ServerError, Value};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::media::Media;
use super::observe::RequestId;

/// An answer of the graph. A document that was not executed has no `data`, not even null.
#[derive(Debug, Serialize)]
struct Shape<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<&'a BTreeMap<String, Value>>,
}

/// Whether nothing was executed: an error of a field has the field's path, what concerns the document as a whole has none.
pub(super) fn is_refused(answer: &Answer) -> bool {
    answer.data == Value::Null && answer.is_err() && answer.errors.iter().all(|error| error.path.is_empty())
}

/// The errors, each with the request's id.
pub(super) fn errors(errors: &[ServerError], id: &RequestId) -> Vec<ServerError> {
    let mut errors = errors.to_vec();
    for error in &mut errors {
        error.extensions.get_or_insert_default().set("requestId", id.0.as_str());
    }
    errors
}

/// The text of an answer; none when it cannot be written, which no value of ours can cause.
pub(super) fn text(answer: &Answer, id: &RequestId) -> Option<String> {
    let errors = errors(&answer.errors, id);
    let shape = Shape {
        errors: &errors,
        data: (!is_refused(answer)).then_some(&answer.data),
        extensions: (!answer.extensions.is_empty()).then_some(&answer.extensions),
    };
    serde_json::to_string(&shape).map_err(|error| tracing::error!(%error, "an answer cannot be written")).ok()
}

/// The same as a part of another text.
pub(super) fn raw(answer: &Answer, id: &RequestId) -> Option<Box<serde_json::value::RawValue>> {
    serde_json::value::RawValue::from_string(text(answer, id)?).ok()
}

/// A response with an answer.
pub(super) fn response(status: StatusCode, media: Media, answer: &Answer, id: &RequestId) -> Response {
    let (status, text) = match text(answer, id) {
        Some(text) => (status, text),
        None => (StatusCode::INTERNAL_SERVER_ERROR, String::new()),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media.content_type())),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::VARY, HeaderValue::from_static("accept")),
    ];
    (status, headers, text).into_response()
}
