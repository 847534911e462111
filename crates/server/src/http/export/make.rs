//! Making a table for somebody: one snapshot for all of it, a turn among their requests, and the price of it.

use std::convert::Infallible;
use std::time::Duration;

use ::graphql::{ErrorCode, Plan, Quota, Snapshot};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use persistence::listing::Taker as _;

use super::body::{self, Out, Pump};
use super::headers;
use crate::App;
use crate::http::caller::Caller;
use crate::http::entrance;
use crate::http::observe::RequestId;
use crate::http::refusal::Refusal;
use crate::table::dictionary::Facts;
use crate::table::{self, Asked, Column, Format, Report, Source, Stopped, Table};

/// Rows of a report, which is whole before its first byte is sent.
const MOST_OF_REPORT: u64 = 100_000;
/// Rows of a list in a workbook.
const MOST_OF_WORKBOOK: u64 = 200_000;
/// What a table costs at least: it keeps a connection for a while. Reports cost what their answers do besides.
const PRICE: u64 = 100;

/// A table that somebody asks for.
pub(super) struct Make {
    pub(super) app: App,
    pub(super) caller: Caller,
    pub(super) id: RequestId,
    pub(super) table: &'static Table,
    pub(super) format: Format,
    pub(super) asked: Asked,
}

impl Make {
    pub(super) async fn respond(self, method: &Method, given: &HeaderMap) -> Result<Response, Refusal> {
        let class = self.caller.class(&self.app);
        let turn = self.app.gate.enter(&self.caller.holder, class, self.caller.actor.as_ref()).await;
        let turn = turn.ok_or_else(|| busy("too many requests are being carried out for you (in_flight)"))?;
        let today = self.app.clock.today();
        let call = entrance::call(&self.app, &self.caller, Quota::default(), &self.id);
        let snapshot = self.app.graph.snapshot(&self.app.store, call).await.map_err(Stopped::Refused)?;
        table::check(snapshot.scope(), self.table, &self.asked).await.map_err(Stopped::Store)??;
        let what = (self.table, self.format, &self.asked);
        let etag = headers::etag(&snapshot, (&self.caller, today), what).await.map_err(Stopped::Store)?;
        if headers::is_known(given, &etag) {
            return Ok((StatusCode::NOT_MODIFIED, headers::of_table(&etag)).into_response());
        }
        let mut headers = headers::of_file(&etag, self.table, self.format, &self.asked, today);
        if *method == Method::HEAD {
            // As long as it would be, which nobody knows yet.
            return Ok((headers, Body::from_stream(stream::empty::<Result<Bytes, Infallible>>())).into_response());
        }
        self.pay()?;
        let facts = Facts { today, reader: reader(&self.caller, &snapshot).await? };
        let columns = self.table.chosen(self.asked.labels);
        let writer = self.format.writer(self.table, &columns, &self.asked, &facts).map_err(Stopped::Unwritten)?;
        let body = match &self.table.source {
            Source::Report(report) => {
                let limit = Duration::from_secs(class.request_seconds);
                let pump = self.pump(writer, Out::Kept(Vec::new()), MOST_OF_REPORT);
                let made = self.report(&snapshot, report, &columns, pump);
                let made = tokio::time::timeout(limit, made).await.map_err(|_elapsed| entrance::timeout(limit))?;
                whole(made?, &mut headers)
            }
            Source::List(list) => {
                let list = *list;
                let place = self.app.gate.download();
                let place = place.ok_or_else(|| busy("as many tables as can be are being read"))?;
                let kept = self.format == Format::Xlsx;
                let most = if kept { MOST_OF_WORKBOOK } else { u64::MAX };
                let made = async move |out: Out| {
                    // Until the last row is read.
                    let _held = (turn, place);
                    let mut pump = self.pump(writer, out, most);
                    list.pour(snapshot.scope(), &columns, &self.asked, &mut pump).await?;
                    drop(snapshot);
                    pump.end().await
                };
                if kept {
                    whole(made(Out::Kept(Vec::new())).await?, &mut headers)
                } else {
                    body::streamed(async move |out| made(out).await.map(|_sent| ())).await?
                }
            }
        };
        Ok((headers, body).into_response())
    }

    fn pump(&self, writer: Box<dyn table::format::Writer>, out: Out, most: u64) -> Pump {
        Pump::new(self.app.clone(), self.caller.clone(), writer, out, most)
    }

    /// Follows a report to its last page.
    async fn report(
        &self,
        snapshot: &Snapshot,
        report: &Report,
        columns: &[&Column],
        mut pump: Pump,
    ) -> Result<Made, Stopped> {
        let graph = &self.app.graph;
        let mut after: Option<String> = None;
        loop {
            let plan = report.plan(graph, self.table, &self.asked, after.as_deref()).map_err(Stopped::Refused)?;
            let answer = graph.execute_in(snapshot, &plan).await.response;
            self.settle(&plan, &answer.data);
            if answer.is_err() {
                return Err(Stopped::Refused(::graphql::Refused { errors: answer.errors }));
            }
            let nothing =
                || self.table.parameters.iter().find(|one| one.required).map_or(self.table.name, |one| one.name);
            let root = report.root(&answer.data).ok_or_else(|| Stopped::Nothing(nothing()))?;
            report.rows(root, columns, &mut |cells| pump.take(cells).map(|_full| ()))?;
            pump.pass_on().await?;
            after = report.next(root);
            if after.is_none() {
                return pump.end().await;
            }
        }
    }

    /// Takes what every table costs. What is asked for is known, so that the worst that it could come to, many times what
    /// it does, is not taken beforehand.
    fn pay(&self) -> Result<(), Refusal> {
        let units = PRICE.min(self.caller.class(&self.app).cost_per_minute);
        entrance::spend(&self.app, &self.caller, units).map(|_quota| ())
    }

    /// Takes what a page was found to cost, or all that is left.
    fn settle(&self, plan: &Plan, data: &async_graphql::Value) {
        let (gate, holder, class) = (&self.app.gate, &self.caller.holder, self.caller.class(&self.app));
        let spent = self.app.graph.spent(plan, data);
        let left = gate.look(holder, class, 0).remaining;
        gate.spend(holder, class, spent.min(left)).ok();
    }
}

/// What has been made: how many rows, and where they are.
type Made = (u64, Out, Option<std::fs::File>);

fn whole((_rows, out, file): Made, headers: &mut HeaderMap) -> Body {
    if let Some(file) = file {
        if let Ok(length) = file.metadata().map(|data| data.len()) {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        return body::of_file(file);
    }
    let Out::Kept(pieces) = out else { return Body::empty() };
    let mut all = BytesMut::with_capacity(pieces.iter().map(Bytes::len).sum());
    for piece in &pieces {
        all.extend_from_slice(piece);
    }
    Body::from(all.freeze())
}

fn busy(message: &'static str) -> Refusal {
    let hint = "wait for the answers of earlier requests before sending more";
    Refusal::hinting(StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited, message, hint).retry_after(1)
}

/// For whom a file is, in words for people.
async fn reader(caller: &Caller, snapshot: &Snapshot) -> Result<String, Stopped> {
    let Some(actor) = &caller.actor else { return Ok("everybody: public data".to_owned()) };
    let tenants = snapshot.scope().tenants_of_all_time().await?;
    let tenant = tenants.into_iter().find(|one| one.id == actor.tenant).map(|one| one.name_vi).unwrap_or_default();
    let roles: Vec<String> = actor.roles.iter().map(ToString::to_string).collect();
    Ok(format!("{tenant} ({})", roles.join(", ")))
}
