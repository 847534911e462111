//! `/export/jobs`: what became of a table that is made in the background, and its file, whole or in parts. Only whoever
//! started it is answered; to everybody else there is no such job.

use ::graphql::ErrorCode;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::ExportJob;
use domain::export_job::{ExportStatus, ExportWish};
use persistence::Scope;
use serde_json::{Value, json};
use tower_http::services::ServeFile;
use uuid::Uuid;

use super::{Shown, answer, headers, refused};
use crate::App;
use crate::export_job;
use crate::http::caller::Peer;
use crate::http::observe::RequestId;
use crate::http::refusal::Refusal;
use crate::table::Stopped;

/// When to ask again how far a job has come.
const SOON: u64 = 2;

pub(super) async fn told(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(job): Path<String>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    answer(&id, async {
        let (_, job) = find(&app, &headers, peer.as_deref(), &uri, &job).await?;
        let status = job.status_at(app.clock.moment());
        let mut response = Json(described(&job, status)).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status.is_open() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(SOON));
        }
        Ok(response)
    })
    .await
}

pub(super) async fn file(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(job): Path<String>,
    peer: Option<Extension<Peer>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let made = async {
        let (scope, job) = find(&app, &headers, peer.as_deref(), &uri, &job).await?;
        there(&job, job.status_at(app.clock.moment()))?;
        if job.access.as_ref() != Some(&scope.access_mark()) {
            return Err(Refusal::hinting(
                StatusCode::FORBIDDEN,
                ErrorCode::Forbidden,
                "what you may see is not what it was when the file was made",
                "start it again (exportStart): the new file has what you may see now",
            ));
        }
        drop(scope);
        send(&app, &job, &method, &headers).await
    };
    answer(&id, Box::pin(made)).await
}

/// Finds a job of whoever asks, with what they may see now.
async fn find(
    app: &App,
    headers: &HeaderMap,
    peer: Option<&Peer>,
    uri: &Uri,
    id: &str,
) -> Result<(Scope, ExportJob), Refusal> {
    let shown = Shown::of(app, headers, peer, uri).await?;
    shown.plain()?;
    let Some(actor) = shown.caller.actor else {
        return Err(Refusal::hinting(
            StatusCode::UNAUTHORIZED,
            ErrorCode::Unauthenticated,
            "only whoever started a job is answered about it",
            "send the token or API key with which it was started: Authorization: Bearer …",
        )
        .with_header(header::WWW_AUTHENTICATE, refused::BASIC));
    };
    let scope = app.store.begin_read(Some(actor), app.clock.today()).await.map_err(Stopped::Store)?;
    let found = match Uuid::try_parse(id) {
        Ok(id) => scope.export_job(id).await.map_err(Stopped::Store)?,
        Err(_) => None,
    };
    let job = found.ok_or_else(|| {
        Refusal::hinting(
            StatusCode::NOT_FOUND,
            ErrorCode::NotFound,
            "there is no such job, or it is not yours",
            "{ viewer { exportJobs { id status } } } lists yours",
        )
    })?;
    Ok((scope, job))
}

fn moment(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn path(job: &ExportJob) -> String {
    format!("/export/jobs/{}/file", job.id.uuid)
}

fn described(job: &ExportJob, status: ExportStatus) -> Value {
    let ExportWish { table, format, parameters } = &job.wish;
    let parameters: Vec<Value> =
        parameters.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let error = job
        .failure
        .as_ref()
        .map(|failure| json!({ "code": failure.code, "message": failure.message, "hint": failure.hint }));
    json!({
        "id": job.id.uuid,
        "table": table,
        "format": format.to_string().to_lowercase(),
        "parameters": parameters,
        "status": status.to_string(),
        "attempts": job.attempts,
        "rows": job.rows,
        "rows_total": job.rows_total,
        "bytes": job.bytes,
        "sha256": job.digest,
        "created_at": moment(job.created_at),
        "started_at": job.started_at.map(moment),
        "finished_at": job.finished_at.map(moment),
        "expires_at": job.expires_at.map(moment),
        "file": (status == ExportStatus::Done).then(|| path(job)),
        "error": error,
    })
}

/// Refuses what has no file, and says whether there will be one.
fn there(job: &ExportJob, status: ExportStatus) -> Result<(), Refusal> {
    let gone = |message: String| {
        let hint = "start it again: exportStart with the same table, format and parameters";
        Err(Refusal::hinting(StatusCode::GONE, ErrorCode::Gone, message, hint))
    };
    match status {
        ExportStatus::Done => Ok(()),
        ExportStatus::Queued | ExportStatus::Running => Err(Refusal::hinting(
            StatusCode::NOT_FOUND,
            ErrorCode::NotFound,
            format!("the file is not there yet: the job is {status}"),
            "ask again after as many seconds as `Retry-After` says",
        )
        .retry_after(SOON)),
        ExportStatus::Failed => {
            let why = job.failure.as_ref().map_or("it failed", |failure| failure.message.as_str());
            gone(format!("there is no file: {why}"))
        }
        ExportStatus::Expired => gone("the file was kept for its time, and is removed".to_owned()),
        ExportStatus::Canceled => gone("the job was canceled".to_owned()),
    }
}

/// Sends the file, or the part that is asked for.
async fn send(app: &App, job: &ExportJob, method: &Method, given: &HeaderMap) -> Result<Response, Refusal> {
    let missing = || {
        tracing::warn!(id = %job.id.uuid, "the file of an export is not in the folder");
        Refusal::hinting(
            StatusCode::GONE,
            ErrorCode::Gone,
            "the file is not on this server",
            "start it again; several servers need one export.directory, tell the operator",
        )
    };
    let spool = app.jobs.spool().ok_or_else(missing)?;
    let (table, format, asked) = export_job::read(&job.wish).map_err(|(_, wrong)| wrong)?;
    let etag = format!("\"{}\"", job.digest.as_deref().unwrap_or_default());
    let made_on = app.clock.day_of(job.finished_at.unwrap_or(job.created_at));
    let mut headers = headers::of_file(&etag, table, format, &asked, made_on);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if headers::is_known(given, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    // What the library knows of a file's age and mark is not passed on: the mark is ours.
    let mut request = Request::builder().method(method.clone()).uri("/");
    let same = |name: HeaderName| given.get(name).is_none_or(|mark| mark.as_bytes() == etag.as_bytes());
    // Units that nobody knows are passed over.
    let bytes = |range: &&HeaderValue| range.as_bytes().starts_with(b"bytes=") && same(header::IF_RANGE);
    if let Some(range) = given.get(header::RANGE).filter(bytes) {
        request = request.header(header::RANGE, range);
    }
    let request = request.body(Body::empty()).map_err(refused::fault)?;
    let sent = ServeFile::new(spool.file(job)).ignore_multi_range_requests(true).try_call(request).await;
    let sent = match sent {
        Ok(sent) if sent.status() == StatusCode::NOT_FOUND => return Err(missing()),
        Ok(sent) => sent,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(missing()),
        Err(error) => return Err(refused::fault(error)),
    };
    let (mut parts, body) = sent.into_parts();
    parts.headers.remove(header::LAST_MODIFIED);
    // Of a part that there is not, the type and the name of the whole say nothing.
    if parts.status == StatusCode::RANGE_NOT_SATISFIABLE {
        headers.remove(header::CONTENT_TYPE);
        headers.remove(header::CONTENT_DISPOSITION);
    }
    for (name, value) in headers {
        if let Some(name) = name {
            parts.headers.insert(name, value);
        }
    }
    Ok(Response::from_parts(parts, Body::new(body)))
}
