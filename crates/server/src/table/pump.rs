//! A table being made: rows go into the writer, pieces go on to wherever the table goes, and somebody looks now and then
//! whether it may go on. What fails on the way ends it, so that a part is never taken for the whole.

use std::fs::File;
use std::io;
use std::time::Duration;

use async_graphql::Value;
use axum::body::Bytes;
use graphql::{Graph, Plan, Snapshot};
use persistence::listing::{Cell, Taker};
use tokio::time::Instant;

use super::format::{End, Writer};
use super::{Asked, Column, Source, Stopped, Table};

/// So often is looked whether it may go on.
const LOOK_AGAIN: Duration = Duration::from_secs(3);
/// So many rows are taken between two looks at the clock.
const ROWS: u64 = 1_024;

/// Where pieces go.
pub trait Sink: Send {
    /// Takes a piece.
    fn send(&mut self, piece: Bytes) -> impl Future<Output = Result<(), Stopped>> + Send;
}

/// Whoever looks after a table while it is made.
pub trait Watch: Send {
    /// Whether it may go on after so many rows.
    fn look(&mut self, rows: u64) -> impl Future<Output = Result<(), Stopped>> + Send;
    /// A page of a report was answered.
    fn paid(&mut self, graph: &Graph, plan: &Plan, data: &Value);
}

/// How much a table may be.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Rows.
    pub rows: u64,
    /// How long it may take: it holds a snapshot, and a connection with it.
    pub lasts: Duration,
}

/// Takes rows, writes them, and has it looked after.
pub struct Pump<W, S> {
    watch: W,
    sink: S,
    writer: Box<dyn Writer>,
    bounds: Bounds,
    /// Pieces that are not passed on yet, of a report several.
    ready: Vec<Bytes>,
    rows: u64,
    began: Instant,
    looked: Instant,
}

/// A table that was made.
pub struct Made<S> {
    /// How many rows it has.
    pub rows: u64,
    /// Where it went.
    pub sink: S,
    /// All of it, in formats that are complete only at the end.
    pub file: Option<File>,
}

impl<W: Watch, S: Sink> Pump<W, S> {
    /// Begins.
    pub fn new(writer: Box<dyn Writer>, watch: W, sink: S, bounds: Bounds) -> Self {
        let began = Instant::now();
        Self { watch, sink, writer, bounds, ready: Vec::new(), rows: 0, began, looked: began }
    }

    /// Makes the table in a snapshot, which ends before the last bytes are put together.
    pub async fn run(
        mut self,
        graph: &Graph,
        snapshot: Snapshot,
        (table, columns, asked): (&'static Table, &[&'static Column], &Asked),
    ) -> Result<Made<S>, Stopped> {
        let report = match &table.source {
            Source::Report(report) => report,
            Source::List(list) => {
                list.pour(snapshot.scope(), columns, asked, &mut self).await?;
                drop(snapshot);
                return self.end().await;
            }
        };
        let mut after: Option<String> = None;
        loop {
            let plan = report.plan(graph, table, asked, after.as_deref()).map_err(Stopped::Refused)?;
            let answer = graph.execute_in(&snapshot, &plan).await.response;
            self.watch.paid(graph, &plan, &answer.data);
            if answer.is_err() {
                return Err(Stopped::Refused(graphql::Refused { errors: answer.errors }));
            }
            let nothing = || table.parameters.iter().find(|one| one.required).map_or(table.name, |one| one.name);
            let root = report.root(&answer.data).ok_or_else(|| Stopped::Nothing(nothing()))?;
            report.rows(root, columns, &mut |cells| self.take(cells).map(|_full| ()))?;
            self.pass_on().await?;
            after = report.next(root);
            if after.is_none() {
                drop(snapshot);
                return self.end().await;
            }
        }
    }

    async fn end(mut self) -> Result<Made<S>, Stopped> {
        self.pass_on().await?;
        let (writer, rows) = (self.writer, self.rows);
        // A workbook is put together only now, and its compression takes a while.
        let end = tokio::task::spawn_blocking(move || writer.end(rows)).await.map_err(io::Error::other);
        let file = match end.flatten().map_err(Stopped::Unwritten)? {
            End::File(file) => Some(file),
            End::Rest(bytes) => {
                self.sink.send(bytes).await?;
                None
            }
        };
        Ok(Made { rows, sink: self.sink, file })
    }
}

impl<W: Watch, S: Sink> Taker for Pump<W, S> {
    type Error = Stopped;

    fn take(&mut self, cells: &[Cell<'_>]) -> Result<bool, Stopped> {
        if self.rows >= self.bounds.rows {
            return Err(Stopped::TooMany(self.bounds.rows));
        }
        self.rows += 1;
        self.writer.row(cells).map_err(Stopped::Unwritten)?;
        self.ready.extend(self.writer.piece().map_err(Stopped::Unwritten)?);
        Ok(!self.ready.is_empty() || self.rows.is_multiple_of(ROWS))
    }

    async fn pass_on(&mut self) -> Result<(), Stopped> {
        for piece in self.ready.drain(..) {
            self.sink.send(piece).await?;
        }
        if self.began.elapsed() > self.bounds.lasts {
            return Err(Stopped::Late);
        }
        if self.looked.elapsed() > LOOK_AGAIN {
            self.watch.look(self.rows).await?;
            self.looked = Instant::now();
        }
        Ok(())
    }
}
