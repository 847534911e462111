//! An operation's answers as they come, for the transports that can carry more than one: it ends when its subscription
//! ends, when the caller's credentials do, or when the process does.

use futures_util::FutureExt;
use futures_util::stream::{BoxStream, StreamExt};
use graphql::{Answer, Call, OperationKind, Quota};

use super::caller::Caller;
use super::entrance::{self, Admitted};
use super::observe::RequestId;
use super::refusal::Refusal;
use crate::App;
use crate::auth::AuthError;

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
    let answers = {
        let (store, graph) = (app.store.clone(), app.graph.clone());
        let app = app.clone();
        let asks = move || caller.clone().again(app.clone(), quota, id.clone()).boxed();
        graph.subscribe(&store, Box::new(asks), admitted.plan, last)
    };
    let stop = app.stop.clone();
    Ok(answers.take_until(async move { stop.stopped().await }).boxed())
}

impl Caller {
    /// On whose behalf the next event is read; nobody's, when the credentials are not what they were.
    async fn again(self, app: App, quota: Quota, id: RequestId) -> Option<Call> {
        let caller = match Self::of(&app, &self.headers, self.peer.as_ref()).await {
            Ok(caller) => caller,
            Err(AuthError::Refused) => return None,
            // Whoever could show it before is believed while it cannot be checked.
            Err(AuthError::Unavailable { .. }) => self,
        };
        let expired = caller.expires_at.is_some_and(|end| app.clock.now() >= end);
        (!expired).then(|| entrance::call(&app, &caller, quota, &id))
    }
}
