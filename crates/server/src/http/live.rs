//! An operation's answers as they come, for the transports that can carry more than one: it ends when its subscription
//! ends, when the caller's credentials do, or when the process does.

use std::pin::pin;
use std::time::Duration;

use futures_util::stream::{BoxStream, StreamExt};
use graphql::{Answer, OperationKind};

use super::caller::Caller;
use super::entrance::{self, Admitted};
use super::observe::RequestId;
use super::refusal::Refusal;
use crate::App;

/// The answers to an operation, unless it cannot be paid for. `last` is the cursor of the last one that the client has, if it says so.
pub(super) fn answers(
    app: App,
    caller: Caller,
    admitted: Admitted,
    last: Option<String>,
    id: RequestId,
) -> Result<BoxStream<'static, Answer>, Refusal> {
    if admitted.kind() != OperationKind::Subscription {
        let answer = async move {
            let answer = entrance::answer(&app, &caller, &admitted, &id).await;
            match answer {
                Ok(answer) => answer,
                Err(refusal) => {
                    entrance::slow_down(&refusal).await;
                    Answer::refused(refusal.into_refused())
                }
            }
        };
        return Ok(futures_util::stream::once(answer).boxed());
    }
    let quota = entrance::pay(&app, &caller, &admitted)?;
    let call = entrance::call(&app, &caller, quota, &id);
    let answers = app.graph.subscribe(&app.store, call, &admitted.plan, last);
    let over = over(app, caller);
    Ok(answers.take_until(over).boxed())
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
