//! A table on its way: rows go into the writer, pieces go to the reader. What fails on the way breaks the connection, so
//! that a part is never taken for the whole.

use std::fs::File;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use bytes::BytesMut;
use futures_util::stream::{self, BoxStream, Stream, StreamExt};
use persistence::listing::{Cell, Taker};
use tokio::io::AsyncReadExt as _;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::App;
use crate::auth::AuthError;
use crate::http::caller::Caller;
use crate::table::Stopped;
use crate::table::format::{End, Writer};

/// So many pieces wait for the reader.
const WAITING: usize = 4;
/// So often is looked whether the credentials still hold.
const LOOK_AGAIN: Duration = Duration::from_secs(3);
/// So long a table may take: it holds a snapshot, and a connection with it.
const LONGEST: Duration = Duration::from_mins(15);
/// So many rows are taken between two looks at the clock.
const ROWS: u64 = 1_024;

/// Where pieces go.
pub(super) enum Out {
    /// To the reader, as they come.
    Sent(mpsc::Sender<Result<Bytes, Stopped>>),
    /// Nowhere, until all of them are there.
    Kept(Vec<Bytes>),
}

/// Takes rows, writes them, and watches over it.
pub(super) struct Pump {
    app: App,
    caller: Caller,
    writer: Box<dyn Writer>,
    out: Out,
    ready: Option<Bytes>,
    rows: u64,
    most: u64,
    began: Instant,
    looked: Instant,
}

impl Pump {
    /// `most` rows may come.
    pub(super) fn new(app: App, caller: Caller, writer: Box<dyn Writer>, out: Out, most: u64) -> Self {
        let began = Instant::now();
        Self { app, caller, writer, out, ready: None, rows: 0, most, began, looked: began }
    }

    /// Ends the table.
    pub(super) async fn end(mut self) -> Result<(u64, Out, Option<File>), Stopped> {
        self.pass_on().await?;
        let (writer, rows) = (self.writer, self.rows);
        // A workbook is put together only now, and its compression takes a while.
        let end = tokio::task::spawn_blocking(move || writer.end(rows)).await.map_err(io::Error::other);
        let file = match end.flatten().map_err(Stopped::Unwritten)? {
            End::File(file) => Some(file),
            End::Rest(bytes) => {
                send(&mut self.out, bytes).await?;
                None
            }
        };
        Ok((rows, self.out, file))
    }
}

/// Whether the credentials are what they were. Whoever could show them before is believed while they cannot be checked.
async fn still_holds(app: &App, caller: &Caller) -> bool {
    let expires_at = match Caller::of(app, &caller.headers, caller.peer.as_ref()).await {
        Ok(now) if now.actor == caller.actor => now.expires_at,
        Ok(_) | Err(AuthError::Refused) => return false,
        Err(AuthError::Unavailable { .. }) => caller.expires_at,
    };
    expires_at.is_none_or(|end| app.clock.now() < end)
}

async fn send(out: &mut Out, piece: Bytes) -> Result<(), Stopped> {
    match out {
        Out::Sent(sender) => sender.send(Ok(piece)).await.map_err(|_closed| Stopped::Gone),
        Out::Kept(pieces) => {
            pieces.push(piece);
            Ok(())
        }
    }
}

impl Taker for Pump {
    type Error = Stopped;

    fn take(&mut self, cells: &[Cell<'_>]) -> Result<bool, Stopped> {
        if self.rows >= self.most {
            return Err(Stopped::TooMany(self.most));
        }
        self.rows += 1;
        self.writer.row(cells).map_err(Stopped::Unwritten)?;
        self.ready = self.writer.piece().map_err(Stopped::Unwritten)?;
        Ok(self.ready.is_some() || self.rows.is_multiple_of(ROWS))
    }

    async fn pass_on(&mut self) -> Result<(), Stopped> {
        if let Some(piece) = self.ready.take() {
            send(&mut self.out, piece).await?;
        }
        if self.began.elapsed() > LONGEST {
            return Err(Stopped::Late);
        }
        if self.looked.elapsed() > LOOK_AGAIN {
            if !still_holds(&self.app, &self.caller).await {
                return Err(Stopped::Revoked);
            }
            self.looked = Instant::now();
        }
        Ok(())
    }
}

/// The body that `made` fills, once it has begun: what fails before the first piece is told as such.
pub(super) async fn streamed<F>(made: impl FnOnce(Out) -> F) -> Result<Body, Stopped>
where
    F: Future<Output = Result<(), Stopped>> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(WAITING);
    let making = made(Out::Sent(sender.clone()));
    let making = async move {
        if let Err(stopped) = making.await {
            tracing::warn!(?stopped, "a table was cut off");
            sender.send(Err(stopped)).await.ok();
        }
    };
    let pieces = stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
    // No task of its own: when the reader goes, all of it goes.
    let mut all: BoxStream<'static, Result<Bytes, Stopped>> =
        stream::select(pieces, stream::once(making).filter_map(async |()| None)).boxed();
    let first = all.next().await.transpose()?;
    let failed = |stopped: Stopped| io::Error::other(format!("{stopped:?}"));
    Ok(Body::from_stream(stream::iter(first.map(Ok)).chain(all.map(move |piece| piece.map_err(failed)))))
}

/// The body that is in a file.
pub(super) fn of_file(file: File) -> Body {
    Body::from_stream(pieces_of(file))
}

fn pieces_of(file: File) -> impl Stream<Item = io::Result<Bytes>> {
    stream::unfold(Some(tokio::fs::File::from_std(file)), async |file| {
        let mut file = file?;
        let mut piece = BytesMut::with_capacity(64 * 1024);
        match file.read_buf(&mut piece).await {
            Ok(0) => None,
            Ok(_) => Some((Ok(piece.freeze()), Some(file))),
            Err(error) => Some((Err(error), None)),
        }
    })
}
