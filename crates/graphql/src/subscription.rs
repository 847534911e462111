//! Subscriptions. A subscription is no long request: each event is a request of its own, in a snapshot of its own, begun
//! for whoever asks as they are then. So what was revoked is revoked, and nothing is open while nothing happens.
//!
//! The same document serves twice. When a subscription opens, the root field reads its arguments and leaves them in a
//! slot; for an event it yields the one change that it is handed.

use std::sync::{Arc, OnceLock};

use async_graphql::{Context, ID, Subscription as Subscribed};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, Stream, StreamExt};
use persistence::change::{self, ChangeFilter, Place};
use persistence::{Loader, Store, StoreError, Wakes};
use tracing::Instrument;

use crate::change::{Change, Wanted, cursor_of};
use crate::error::{Error, Refused, Result};
use crate::graph::{Answer, Plan, masked};
use crate::request::{Call, Request, request};
use crate::schema::Schema;

/// What a subscription's root field is to do.
#[derive(Clone, Debug)]
pub enum Feed {
    /// Nothing: the request is no subscription.
    None,
    /// Say what it wants to follow, and from where: after this cursor, if there is one, whatever its arguments say.
    Opening(Arc<OnceLock<Following>>, Option<String>),
    /// Yield this.
    Event(domain::Change),
}

/// What a subscription follows, and how far it has come.
#[derive(Clone, Debug)]
pub struct Following {
    filter: ChangeFilter,
    place: Place,
}

/// What happens.
#[derive(Clone, Copy, Debug)]
pub struct Subscription;

/// Nothing or one event.
type Events = stream::Iter<std::option::IntoIter<Change>>;

/// What happens, from now on.
#[Subscribed]
impl Subscription {
    /// What is created, changed and deleted, as far as the caller may see it at that moment. Each change comes at least
    /// once. After an interruption, go on with `after`: nothing is left out.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Go on after this cursor of a change; from now on when nothing is said.")] after: Option<
            String,
        >,
        #[graphql(desc = "Only changes of records of these tenants, at most 100.")] tenants: Option<Vec<ID>>,
        #[graphql(desc = "Only changes of these programs and of what belongs to them, at most 100.")] programs: Option<
            Vec<ID>,
        >,
    ) -> Result<Events> {
        let request = request(ctx)?;
        let event = match &request.feed {
            Feed::Event(change) => Some(Change(*change)),
            Feed::Opening(slot, last) => {
                let after = last.clone().or(after);
                let loader = request.loader();
                let scope = loader.scope();
                let (filter, place) = Wanted { after, tenants, programs }.read(scope).await?;
                let place = match place {
                    Some(place) => place,
                    None => change::end(scope).await?,
                };
                if slot.set(Following { filter, place }).is_err() {
                    return Err(Error::bad_input("a subscription has one root field; open one for each"));
                }
                None
            }
            Feed::None => return Err(Error::bad_input("subscribe over a transport that carries events")),
        };
        Ok(stream::iter(event))
    }
}

/// Says on whose behalf the next event is read: asked before each, so that a token that has ended and a key that was
/// revoked end the subscription. None ends it.
pub type Caller = Box<dyn Fn() -> BoxFuture<'static, Option<Call>> + Send + Sync>;

/// Opens a subscription: an answer for each event, each with its cursor. What is wrong with its arguments is the only
/// answer. `last` is the cursor of the last event that the client has, where its transport says so.
pub fn subscribe(
    schema: &Schema,
    store: &Store,
    caller: Caller,
    plan: Plan,
    last: Option<String>,
) -> impl Stream<Item = Answer> + Send + use<> {
    let subscriber = Subscriber {
        schema: schema.clone(),
        store: store.clone(),
        caller,
        plan,
        last,
        wakes: store.wakes(),
        state: State::Opening,
    };
    stream::unfold(subscriber, |mut subscriber| async move { Some((subscriber.next().await?, subscriber)) })
}

struct Subscriber {
    schema: Schema,
    store: Store,
    caller: Caller,
    plan: Plan,
    last: Option<String>,
    wakes: Wakes,
    state: State,
}

enum State {
    Opening,
    Following(Following),
    Over,
}

impl Subscriber {
    async fn next(&mut self) -> Option<Answer> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Over => return None,
            State::Following(following) => self.state = State::Following(following),
            State::Opening => {
                if let Some(answer) = self.open().await? {
                    return Some(answer);
                }
            }
        }
        loop {
            let call = (self.caller)().await?;
            match self.event(call).await {
                Ok(Some(answer)) => return Some(answer),
                Ok(None) => self.wakes.next().await,
                Err(StoreError::Unavailable(cause)) => {
                    tracing::warn!(cause, "a subscription waits for the database");
                    self.wakes.next().await;
                }
                Err(error) => {
                    self.state = State::Over;
                    return Some(Answer::refused(Error::from(error).into()));
                }
            }
        }
    }

    /// Reads the arguments. Answers when there is nothing to follow.
    async fn open(&mut self) -> Option<Option<Answer>> {
        let call = (self.caller)().await?;
        let loader = match self.store.begin_read(call.actor.clone(), call.today).await {
            Ok(scope) => Loader::new(scope),
            Err(error) => return Some(Some(Answer::refused(Error::from(error).into()))),
        };
        let (slot, last) = (Arc::new(OnceLock::new()), self.last.take());
        let answer = self.execute(loader, call, Feed::Opening(Arc::clone(&slot), last)).await;
        // What went wrong is no event of it: it did not begin. A query is answered at once.
        let answer = answer.map(|answer| {
            if answer.response.is_ok() {
                return answer;
            }
            let mut errors = answer.response.errors;
            for error in &mut errors {
                error.path.clear();
            }
            Answer::refused(Refused { errors })
        });
        if answer.is_none() {
            let following = Arc::into_inner(slot).and_then(OnceLock::into_inner)?;
            self.state = State::Following(following);
        }
        Some(answer)
    }

    /// The next change that whoever asks may see, if there is one: found and answered in one snapshot.
    async fn event(&mut self, call: Call) -> std::result::Result<Option<Answer>, StoreError> {
        let State::Following(Following { filter, place }) = &self.state else { return Ok(None) };
        let (filter, place) = (filter.clone(), *place);
        let scope = self.store.begin_read(call.actor.clone(), call.today).await?;
        let loader = Loader::new(scope.clone());
        let found = change::after(&loader, place, &filter, 1).await?;
        let Some((change, place)) = found.items.into_iter().next() else {
            // What stands before the end is behind us, seen or not.
            let place = place.max(change::end(&scope).await?);
            self.state = State::Following(Following { filter, place });
            return Ok(None);
        };
        drop(scope);
        let answer = self.execute(loader, call, Feed::Event(change)).await;
        self.state = State::Following(Following { filter, place });
        Ok(answer.map(|answer| Answer { cursor: Some(cursor_of(change.key)), ..answer }))
    }

    async fn execute(&self, loader: Loader, call: Call, feed: Feed) -> Option<Answer> {
        let scope = loader.scope().clone();
        let span = tracing::info_span!("graphql", request = call.request_id);
        let request = self.plan.request().data(Request::new(loader, &call).feeding(feed));
        let mut responses = self.schema.execute_stream(request);
        // Nothing at all is what a subscription that opens answers.
        let response = masked(responses.next()).instrument(span).await?;
        Some(Answer { response, statements: scope.statements(), executed: true, cursor: None })
    }
}
