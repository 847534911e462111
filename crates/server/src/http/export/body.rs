//! A table on its way: pieces go to the reader as they come, and it is looked now and then whether whoever asked may still
//! have it. What fails on the way breaks the connection, so that a part is never taken for the whole.

use std::fs::File;
use std::io;

use async_graphql::Value;
use axum::body::{Body, Bytes};
use bytes::BytesMut;
use futures_util::stream::{self, BoxStream, Stream, StreamExt};
use graphql::{Graph, Plan};
use persistence::{Scope, StoreError};
use tokio::io::AsyncReadExt as _;
use tokio::sync::mpsc;

use crate::App;
use crate::auth::AuthError;
use crate::http::caller::Caller;
use crate::table::Stopped;
use crate::table::pump::{Sink, Watch};

/// So many pieces wait for the reader.
const WAITING: usize = 4;

/// Where pieces go.
pub(super) enum Out {
    /// To the reader, as they come.
    Sent(mpsc::Sender<Result<Bytes, Stopped>>),
    /// Nowhere, until all of them are there.
    Kept(Vec<Bytes>),
}

impl Sink for Out {
    async fn send(&mut self, piece: Bytes) -> Result<(), Stopped> {
        match self {
            Self::Sent(sender) => sender.send(Ok(piece)).await.map_err(|_closed| Stopped::Gone),
            Self::Kept(pieces) => {
                pieces.push(piece);
                Ok(())
            }
        }
    }
}

/// Whoever asked, looked after while they are answered.
pub(super) struct Asker {
    pub(super) app: App,
    pub(super) caller: Caller,
    /// What the table is read in.
    pub(super) scope: Scope,
}

impl Watch for Asker {
    async fn look(&mut self, _rows: u64) -> Result<(), Stopped> {
        let seen = match self.scope.still_holds(self.app.clock.today()).await {
            // Nobody could look.
            Err(StoreError::Unavailable(_)) => true,
            seen => seen?,
        };
        if seen && still_holds(&self.app, &self.caller).await { Ok(()) } else { Err(Stopped::Revoked) }
    }

    /// What a page was found to cost, or all that is left.
    fn paid(&mut self, graph: &Graph, plan: &Plan, data: &Value) {
        let class = self.caller.class(&self.app);
        self.app.gate.settle(&self.caller.holder, class, graph.spent(plan, data));
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
