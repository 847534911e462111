//! `/export`: tables for spreadsheets and BI tools, over the same rights as the graph. Only reads, by GET and HEAD; what a
//! table is, is `crate::table`'s to know.

mod body;
mod headers;
mod job;
mod make;
mod refused;

use ::graphql::ErrorCode;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use strum::IntoEnumIterator as _;

use super::caller::{Caller, Peer};
use super::entrance;
use super::media::Media;
use super::observe::RequestId;
use super::refusal::Refusal;
use crate::App;
use crate::table::{self, Asked, Format, Table, Wrong, dictionary};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/export", get(tables))
        .route("/export/{file}", get(rows))
        .route("/export/{table}/{file}", get(columns))
        .route("/export/jobs/{id}", get(job::told))
        .route("/export/jobs/{id}/file", get(job::file))
}

/// What every request shows.
struct Shown {
    caller: Caller,
    pairs: Vec<(String, String)>,
}

impl Shown {
    /// Finds out who asks, and takes the price of looking at the request.
    async fn of(app: &App, headers: &HeaderMap, peer: Option<&Peer>, uri: &Uri) -> Result<Self, Refusal> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|error| Refusal::bad(format!("the URL's parameters cannot be read: {}", error.body_text())))?;
        table::no_secrets(&pairs)?;
        let caller = Caller::of(app, headers, peer).await.map_err(refused::unknown)?;
        entrance::spend(app, &caller, 1)?;
        Ok(Self { caller, pairs })
    }

    /// Refuses parameters where there are none.
    fn plain(&self) -> Result<(), Refusal> {
        match self.pairs.first() {
            None => Ok(()),
            Some((name, _)) => Err(Wrong(format!("{name}: nothing can be chosen here")).into()),
        }
    }
}

async fn answer(id: &RequestId, made: impl Future<Output = Result<Response, Refusal>>) -> Response {
    match made.await {
        Ok(response) => response,
        Err(refusal) => {
            entrance::slow_down(&refusal).await;
            let mut response = refusal.respond(Media::Json, id);
            response.headers_mut().append(header::VARY, headers::AUTHORIZATION);
            response
        }
    }
}

async fn tables(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    answer(&id, async {
        Shown::of(&app, &headers, peer.as_deref(), &uri).await?.plain()?;
        Ok(Json(dictionary::tables()).into_response())
    })
    .await
}

async fn columns(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path((name, file)): Path<(String, String)>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    answer(&id, async {
        Shown::of(&app, &headers, peer.as_deref(), &uri).await?.plain()?;
        let table = table::find(&name).map_err(absent)?;
        match file.as_str() {
            "columns.json" => Ok(Json(dictionary::json(table)).into_response()),
            "columns.csv" => {
                let text = dictionary::csv(table).map_err(refused::fault)?;
                Ok(([(header::CONTENT_TYPE, Format::Csv.content_type())], text).into_response())
            }
            other => Err(absent(Wrong::unknown("file", other, &["columns.json", "columns.csv"]))),
        }
    })
    .await
}

async fn rows(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(file): Path<String>,
    peer: Option<Extension<Peer>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let made = async {
        let Shown { caller, pairs } = Shown::of(&app, &headers, peer.as_deref(), &uri).await?;
        let (table, format) = named(&file)?;
        let asked = Asked::read(table, format, pairs.clone())?;
        let make = make::Make { app: app.clone(), caller, id: id.clone(), table, format, asked, pairs };
        make.respond(&method, &headers).await
    };
    answer(&id, Box::pin(made)).await
}

/// The table and the format that a file's name means.
fn named(file: &str) -> Result<(&'static Table, Format), Refusal> {
    let (name, end) = file.rsplit_once('.').unwrap_or((file, ""));
    let table = table::find(name).map_err(absent)?;
    let known: Vec<&str> = Format::iter().map(Format::name).collect();
    let format = end.parse().map_err(|_unknown| absent(Wrong::unknown("format", end, &known)))?;
    Ok((table, format))
}

fn absent(Wrong(message): Wrong) -> Refusal {
    let hint = "GET /export lists the tables with their parameters and formats";
    Refusal::hinting(StatusCode::NOT_FOUND, ErrorCode::NotFound, message, hint)
}
