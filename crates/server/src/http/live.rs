//! An operation's answers as they come, for the transports that can carry more than one: it ends when its subscription
//! ends, when the caller's credentials do, or when the process does.

use std::pin::pin;
use std::time::Duration;

use futures_util::stream::{BoxStream, StreamExt};
use graphql::{Answer, OperationKind};

use super::caller::Caller;
use super::entrance::{self, Admitted};
use super::observe::RequestId;
use crate::App;

/// The answers to an operation. `last` is the cursor of the last one that the client has, if it says so.
pub(super) fn answers(
    app: App,
    caller: Caller,
    admitted: Admitted,
    last: Option<String>,
    id: RequestId,
) -> BoxStream<'static, Answer> {
    if admitted.kind() != OperationKind::Subscription {
        return futures_util::stream::once(async move {
            entrance::answer(&app, &caller, &admitted, &id)
                .await
                .unwrap_or_else(|refusal| Answer::refused(refusal.into_refused()))
        })
        .boxed();
    }
    let call = entrance::call(&app, &caller, admitted.quota, &id);
    let answers = app.graph.subscribe(&app.store, call, &admitted.plan, last);
    let over = over(app, caller);
    answers.take_until(over).boxed()
}

/// Ends when the process does, or the caller's credentials.
async fn over(app: App, caller: Caller) {
    let mut stopping = pin!(app.stop.stopped());
    loop {
        let expired = caller.expires_at.is_some_and(|end| app.clock.now() >= end);
        if expired {
            return;
        }
        tokio::select! {
            () = &mut stopping => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}
