//! Making a table for somebody: one snapshot for all of it, a turn among their requests, and the price of it.

use std::convert::Infallible;
use std::time::Duration;

use ::graphql::{ErrorCode, Quota, Refused, Snapshot};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use futures_util::stream;

use super::body::{self, Asker, Out};
use super::headers;
use crate::App;
use crate::http::caller::Caller;
use crate::http::entrance;
use crate::http::observe::RequestId;
use crate::http::refusal::Refusal;
use crate::table::dictionary::{self, Facts};
use crate::table::pump::{Bounds, Made, Pump};
use crate::table::{self, Asked, Column, Format, PRICE, Source, Stopped, Table};

/// So long a table may take: it holds a snapshot, and a connection with it.
const LONGEST: Duration = Duration::from_mins(15);

/// A table that somebody asks for.
pub(super) struct Make {
    pub(super) app: App,
    pub(super) caller: Caller,
    pub(super) id: RequestId,
    pub(super) table: &'static Table,
    pub(super) format: Format,
    pub(super) asked: Asked,
    /// The same as it was sent.
    pub(super) pairs: Vec<(String, String)>,
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
        let facts = Facts {
            today,
            reader: dictionary::reader(self.caller.actor.as_ref(), &snapshot).await.map_err(Stopped::Store)?,
            scratch: None,
        };
        let columns = self.table.chosen(&self.asked);
        let writer = self.format.writer(self.table, &columns, &self.asked, &facts).map_err(Stopped::Unwritten)?;
        let body = match &self.table.source {
            Source::Report(_) => {
                let limit = Duration::from_secs(class.request_seconds);
                let made = self.fill(snapshot, &columns, writer, Out::Kept(Vec::new()));
                let made = tokio::time::timeout(limit, made).await.unwrap_or(Err(Stopped::Late));
                whole(made.map_err(|stopped| self.refuse(stopped))?, &mut headers)
            }
            Source::List(_) => {
                let place = self.app.gate.download();
                let place = place.ok_or_else(|| busy("as many tables as can be are being read"))?;
                if self.format == Format::Xlsx {
                    let made = self.fill(snapshot, &columns, writer, Out::Kept(Vec::new())).await;
                    whole(made.map_err(|stopped| self.refuse(stopped))?, &mut headers)
                } else {
                    let made = async move |out: Out| {
                        // Until the last row is read.
                        let _held = (turn, place);
                        self.fill(snapshot, &columns, writer, out).await.map(|_sent| ())
                    };
                    body::streamed(made).await?
                }
            }
        };
        Ok((headers, body).into_response())
    }

    async fn fill(
        &self,
        snapshot: Snapshot,
        columns: &[&'static Column],
        writer: Box<dyn table::format::Writer>,
        out: Out,
    ) -> Result<Made<Out>, Stopped> {
        let settings = &self.app.gate.settings().export;
        let rows = match &self.table.source {
            Source::Report(_) => settings.report_rows,
            Source::List(_) if self.format == Format::Xlsx => settings.workbook_rows,
            Source::List(_) => u64::MAX,
        };
        let scope = snapshot.scope().clone();
        let asker = Asker { app: self.app.clone(), caller: self.caller.clone(), scope };
        let pump = Pump::new(writer, asker, out, Bounds { rows, lasts: LONGEST });
        pump.run(&self.app.graph, snapshot, (self.table, columns, &self.asked)).await
    }

    /// A table that is too long to be answered at once can be made in the background: the hint says how, word by word.
    fn refuse(&self, stopped: Stopped) -> Refusal {
        let (status, code, message) = if let Stopped::TooMany(most) = stopped {
            let message = format!("the table has more than {most} rows, the most that is answered at once");
            (StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooLarge, message)
        } else if matches!(stopped, Stopped::Late) {
            (StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Timeout, "the table took too long".to_owned())
        } else {
            return stopped.into();
        };
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let pairs = self.pairs.iter().map(|(name, value)| format!("{{name: {}, value: {}}}", text(name), text(value)));
        let hint = format!(
            "have it made in the background, with a token or an API key, and fetch it from fileUrl: \
             mutation {{ exportStart(input: {{table: {}, format: {}, parameters: [{}]}}) \
             {{ exportJob {{ id status fileUrl }} errors {{ message }} }} }}",
            text(self.table.name),
            self.format.name().to_uppercase(),
            pairs.collect::<Vec<_>>().join(", ")
        );
        let refusal = Refusal::of(status, Refused::advising(code, message, hint));
        if status == StatusCode::SERVICE_UNAVAILABLE { refusal.retry_after(1) } else { refusal }
    }

    /// Takes what every table costs. What is asked for is known, so that the worst that it could come to, many times what
    /// it does, is not taken beforehand.
    fn pay(&self) -> Result<(), Refusal> {
        let units = PRICE.min(self.caller.class(&self.app).cost_per_minute);
        entrance::spend(&self.app, &self.caller, units).map(|_quota| ())
    }
}

fn whole(made: Made<Out>, headers: &mut HeaderMap) -> Body {
    if let Some(file) = made.file {
        if let Ok(length) = file.metadata().map(|data| data.len()) {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        return body::of_file(file);
    }
    let Out::Kept(pieces) = made.sink else { return Body::empty() };
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
