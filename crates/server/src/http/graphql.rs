//! `POST /graphql`, after the specification "GraphQL over HTTP": JSON in, and out in the media type that the client
//! accepts, which also decides whether a refused document is an HTTP error.

use std::collections::BTreeMap;

use async_graphql::parser::types::DocumentOperations;
use async_graphql::{Extensions, Request, Response as Answer, ServerError, Value, Variables};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use graphql::Call;
use serde::{Deserialize, Serialize};

use super::MAX_BODY;
use super::guard::{self, Fault, MAX_NESTING};
use super::measure::{self, MAX_FRAGMENTS, MAX_SELECTIONS};
use super::observe::{Executed, RequestId};
use super::refusal::{Code, Refusal};
use crate::App;

/// The specification's own media type: the HTTP status says whether the document could be executed.
const GRAPHQL: &str = "application/graphql-response+json";
/// For clients that know nothing else: 200 whenever the answer is GraphQL's.
const JSON: &str = "application/json";

/// The body of a request. Other keys are for other servers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<Variables>,
    extensions: Option<Extensions>,
}

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

pub(super) async fn post(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let media = accepted(&headers);
    let actor = match app.auth.authenticate(&headers, &app.store).await {
        Ok(actor) => actor,
        Err(error) => return Refusal::from(error).with_media(media).into_response(),
    };
    let mut request = match read(&headers, body) {
        Ok(request) => request,
        Err(refusal) => return refusal.with_media(media).into_response(),
    };
    // Parses the document, once; one that does not parse is refused by the graph, with the place.
    if request.parsed_query().is_ok_and(|document| !measure::fits(document)) {
        let message = format!(
            "the document selects more than {MAX_SELECTIONS} fields or defines more than {MAX_FRAGMENTS} fragments; ask in \
             several requests"
        );
        return Refusal::new(StatusCode::BAD_REQUEST, Code::TooComplex, message).with_media(media).into_response();
    }
    let operation = operation_name(&mut request);
    let call = Call { actor, today: app.clock.today(), request_id: id.0 };
    let answer = graphql::execute(&app.schema, &app.store, call, request).await;
    let mut response = respond(&answer.response, media);
    response.extensions_mut().insert(Executed { operation, statements: answer.statements });
    response
}

/// The request, if it is one that may be executed.
fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Request, Refusal> {
    let bad = |message: String| Refusal::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message);
    if !is_json(headers) {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::BadUserInput,
            "send the request as JSON: content-type: application/json",
        ));
    }
    let bytes = body.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("the request has more than {MAX_BODY} bytes");
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge, message)
        } else {
            bad("the request's body ended too early".to_owned())
        }
    })?;
    let body: Body = serde_json::from_slice(&bytes).map_err(|error| {
        if bytes.trim_ascii_start().starts_with(b"[") {
            bad("a batch is not answered; send one request at a time".to_owned())
        } else if error.is_data() {
            bad(format!("the body is no GraphQL request: {error}"))
        } else {
            bad(format!("the body is not JSON: {error}"))
        }
    })?;
    let query = body.query.ok_or_else(|| bad("the body has no `query`".to_owned()))?;
    guard::check(&query).map_err(|fault| match fault {
        Fault::TooDeep => {
            let message = format!("brackets are nested deeper than {MAX_NESTING}");
            Refusal::new(StatusCode::BAD_REQUEST, Code::TooDeep, message)
        }
        Fault::OpenString => {
            Refusal::new(StatusCode::BAD_REQUEST, Code::ParseFailed, "a block string has no closing \"\"\"")
        }
    })?;
    let mut request = Request::new(query).variables(body.variables.unwrap_or_default());
    request.operation_name = body.operation_name;
    request.extensions = body.extensions.unwrap_or_default();
    Ok(request)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(Ok(text)) = headers.get(header::CONTENT_TYPE).map(HeaderValue::to_str) else {
        return false;
    };
    essence(text).eq_ignore_ascii_case(JSON)
}

/// A media type without its parameters.
fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}

/// The first of our two media types that the client names, or the specification's own.
fn accepted(headers: &HeaderMap) -> &'static str {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find_map(|range| match essence(range).to_ascii_lowercase().as_str() {
            GRAPHQL => Some(GRAPHQL),
            JSON => Some(JSON),
            _ => None,
        })
        .unwrap_or(GRAPHQL)
}

/// The name of the operation that will be executed, taken from the document: what the client sends beside it may be
/// anything, and this goes to the log. Parses the document, which is then not parsed again.
fn operation_name(request: &mut Request) -> Option<String> {
    const LONG: usize = 64;
    let wanted = request.operation_name.clone();
    let name = match (&request.parsed_query().ok()?.operations, wanted) {
        (DocumentOperations::Multiple(all), Some(wanted)) => {
            all.keys().find(|name| name.as_str() == wanted).map(ToString::to_string)
        }
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all.keys().next().map(ToString::to_string),
        (DocumentOperations::Single(_), _) | (DocumentOperations::Multiple(_), None) => None,
    };
    name.map(|mut name| {
        // A name is ASCII.
        name.truncate(LONG);
        name
    })
}

fn respond(answer: &Answer, media: &'static str) -> Response {
    // An error of a field has the field's path; what concerns the document as a whole has none.
    let refused =
        answer.data == Value::Null && answer.is_err() && answer.errors.iter().all(|error| error.path.is_empty());
    let shape = Shape {
        errors: &answer.errors,
        data: (!refused).then_some(&answer.data),
        extensions: Some(&answer.extensions).filter(|extensions| !extensions.is_empty()),
    };
    let Ok(body) = serde_json::to_vec(&shape) else {
        return Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, "the answer cannot be written as JSON")
            .with_media(media)
            .into_response();
    };
    let status = if refused && media == GRAPHQL { status(&answer.errors) } else { StatusCode::OK };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, body).into_response()
}

/// The status of a document that was not executed: whose fault it was.
fn status(errors: &[ServerError]) -> StatusCode {
    let code = errors.iter().find_map(|error| error.extensions.as_ref()?.get("code"));
    match code {
        Some(Value::String(code)) if code == "INTERNAL_SERVER_ERROR" => StatusCode::INTERNAL_SERVER_ERROR,
        Some(Value::String(code)) if code == "UNAVAILABLE" || code == "TIMEOUT" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(accept: &str) -> &'static str {
        let mut headers = HeaderMap::new();
        if !accept.is_empty() {
            headers.insert(header::ACCEPT, accept.parse().unwrap());
        }
        accepted(&headers)
    }

    #[test]
    fn the_client_chooses_the_media_type() {
        assert_eq!(accepting("application/graphql-response+json, application/json;q=0.9"), GRAPHQL);
        assert_eq!(accepting("Application/JSON; charset=utf-8, */*"), JSON);
        assert_eq!(accepting("text/html, application/json"), JSON);
        for any in ["", "*/*", "text/html"] {
            assert_eq!(accepting(any), GRAPHQL);
        }
    }

    #[test]
    fn the_name_comes_from_the_document() {
        let name = |query: &str, wanted: Option<&str>| {
            let mut request = Request::new(query);
            request.operation_name = wanted.map(str::to_owned);
            operation_name(&mut request)
        };
        assert_eq!(name("query Programs { a }", None).as_deref(), Some("Programs"));
        assert_eq!(name("query A { a } query B { a }", Some("B")).as_deref(), Some("B"));
        assert_eq!(name("query A { a }", Some("Nguyễn Văn A\n")), None);
        assert_eq!(name("query A { a } query B { a }", None), None);
        assert_eq!(name("{ a }", Some("A")), None);
        assert_eq!(name("query {", None), None);
        assert_eq!(name(&format!("query {} {{ a }}", "A".repeat(100)), None).unwrap().len(), 64);
    }
}
