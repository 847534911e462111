//! An operation's answers as they come, for the transports that can carry more than one: it ends when its subscription
//! ends, when the caller's credentials do, or when the process does.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::stream::{BoxStream, StreamExt};
use graphql::{Answer, Call, OperationKind, Quota};

use super::caller::Caller;
use super::entrance::{self, Admitted};
use super::observe::RequestId;
use super::refusal::Refusal;
use crate::App;
use crate::auth::AuthError;

/// The answers to an operation, unless it cannot be paid for. `last` is the cursor of the last one that the client has,
/// if it says so.
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
    let price = admitted.plan.told().price.units;
    let asks = {
        let (app, caller) = (app.clone(), caller.clone());
        move || caller.clone().again(app.clone(), price, quota, id.clone()).boxed()
    };
    let (plan, stop) = (admitted.plan.clone(), app.stop.clone());
    let answers = app.graph.subscribe(&app.store, Box::new(asks), admitted.plan, last);
    let answers = answers.inspect(move |answer| {
        let units = app.graph.spent(&plan, &answer.response.data).max(1);
        // There was enough before it was read; what others of the same caller have spent since is not its fault.
        app.gate.spend(&caller.holder, caller.class(&app), units).ok();
    });
    Ok(answers.take_until(async move { stop.stopped().await }).boxed())
}

impl Caller {
    /// On whose behalf the next event is read; nobody's, when the credentials are not what they were. Whoever has nothing
    /// left to spend gets it later: a subscription is slowed down, not ended, and what it may see is found out after that.
    async fn again(self, app: App, price: u64, quota: Quota, id: RequestId) -> Option<Call> {
        let class = self.class(&app);
        while app.gate.look(&self.holder, class, price).remaining < price.min(class.cost_per_minute) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
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
