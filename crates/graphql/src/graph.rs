//! The graph as the transports see it: a document is read once, whoever sends it how often, and becomes a plan, which is
//! executed in one snapshot of the database.

mod documents;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::{Response, Value};
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use guard::{Guard, Limits};
use persistence::{Loader, Scope, Store};
use serde_json::Map;
use tracing::Instrument;

pub use self::documents::{Document, Hash};
use crate::error::{self, Error, Refused};
use crate::request::{Call, Request};
use crate::subscription::{self, Caller};
use crate::{Schema, schema, sdl};

/// Everything that answers. Cheap to clone.
#[derive(Clone)]
pub struct Graph {
    inner: Arc<Inner>,
}

struct Inner {
    schema: Schema,
    guard: Guard,
    documents: documents::Documents,
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Graph").finish_non_exhaustive()
    }
}

/// One operation, ready to be executed.
#[derive(Clone, Debug)]
pub struct Plan {
    document: Arc<Document>,
    operation: Option<String>,
    variables: Map<String, serde_json::Value>,
    told: guard::Plan,
}

impl Plan {
    /// What kind of operation it is, its name and its price.
    pub fn told(&self) -> &guard::Plan {
        &self.told
    }

    pub(crate) fn request(&self) -> async_graphql::Request {
        // The text is parsed already, and errors quote nothing of it.
        let mut request = async_graphql::Request::new(String::new());
        request.operation_name.clone_from(&self.operation);
        let variables = serde_json::Value::Object(self.variables.clone());
        let mut request = request.variables(async_graphql::Variables::from_json(variables));
        let parsed = if self.told.dry_run { self.document.only("rateLimit") } else { self.document.parsed().clone() };
        request.set_parsed_query(parsed);
        request
    }
}

/// One snapshot of the database, as one actor may see it, for several queries.
#[derive(Clone, Debug)]
pub struct Snapshot {
    scope: Scope,
    call: Call,
}

impl Snapshot {
    /// What is read in it otherwise.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }
}

/// What came of a request.
#[derive(Debug)]
pub struct Answer {
    /// The response.
    pub response: Response,
    /// How many SQL statements it took.
    pub statements: u64,
    /// Whether it was carried out, or refused as a whole before.
    pub executed: bool,
    /// Where a subscription goes on after this answer.
    pub cursor: Option<String>,
}

impl Answer {
    /// The answer to a request that was not executed.
    pub fn refused(refused: Refused) -> Self {
        Self { response: Response::from_errors(refused.errors), statements: 0, executed: false, cursor: None }
    }
}

impl Graph {
    /// Builds the schema and what guards it.
    pub fn new() -> Result<Self, String> {
        let guard = Guard::new(&sdl())?;
        let schema = schema::build();
        Ok(Self { inner: Arc::new(Inner { schema, guard, documents: documents::Documents::new() }) })
    }

    /// Reads a document, or finds it read already.
    pub fn read(&self, text: &str, limits: &Limits) -> Result<Arc<Document>, Refused> {
        let hash = Hash::of(text);
        if let Some(known) = self.known(&hash, limits)? {
            return Ok(known);
        }
        let read = self.inner.guard.read(text, limits)?;
        Ok(self.inner.documents.keep(Document::new(hash, text, read)))
    }

    /// Refuses a request in JSON that holds too many values to be read.
    pub fn weigh(json: &[u8], limits: &Limits) -> Result<(), Refused> {
        Ok(Guard::weigh(json, limits)?)
    }

    /// A document that was read before, by its hash. It was read under somebody else's limits perhaps.
    pub fn known(&self, hash: &Hash, limits: &Limits) -> Result<Option<Arc<Document>>, Refused> {
        let Some(known) = self.inner.documents.find(hash) else { return Ok(None) };
        known.check(limits)?;
        Ok(Some(known))
    }

    /// Chooses the operation of a document, checks the variables and says what it costs.
    pub fn plan(
        &self,
        document: Arc<Document>,
        operation: Option<String>,
        variables: Map<String, serde_json::Value>,
        limits: &Limits,
    ) -> Result<Plan, Refused> {
        let told = document.read().plan(&self.inner.guard, operation.as_deref(), &variables, limits)?;
        Ok(Plan { document, operation, variables, told })
    }

    /// What a plan did cost, by what it answered.
    pub fn spent(&self, plan: &Plan, data: &Value) -> u64 {
        plan.document.read().spent(&self.inner.guard, plan.operation.as_deref(), data)
    }

    /// Executes a plan in one snapshot of the database.
    pub async fn execute(&self, store: &Store, call: Call, plan: &Plan) -> Answer {
        if plan.told.introspects_only {
            return self.introspect(plan).await;
        }
        let writes = plan.told.kind == guard::OperationKind::Mutation;
        // A mutation begins to read when it has written.
        let actor = call.actor.clone().filter(|_| !writes);
        let scope = match store.begin_read(actor, call.today).await {
            Ok(scope) => scope,
            Err(error) => return Answer::refused(Error::from(error).into()),
        };
        let request = Request::new(Loader::new(scope.clone()), &call);
        self.carry_out(plan, if writes { request.writing(store) } else { request }, &scope).await
    }

    /// Begins a snapshot in which several queries are carried out, one after the other.
    pub async fn snapshot(&self, store: &Store, call: Call) -> Result<Snapshot, Refused> {
        let scope = store.begin_read(call.actor.clone(), call.today).await.map_err(Error::from)?;
        Ok(Snapshot { scope, call })
    }

    /// Executes a query in a snapshot that has begun.
    pub async fn execute_in(&self, snapshot: &Snapshot, plan: &Plan) -> Answer {
        if plan.told.kind != guard::OperationKind::Query {
            return Answer::refused(Error::internal("only queries are executed in a snapshot").into());
        }
        // What one page has read is of no use to the next one, and would be kept until the last.
        let request = Request::new(Loader::new(snapshot.scope.clone()), &snapshot.call);
        self.carry_out(plan, request, &snapshot.scope).await
    }

    async fn carry_out(&self, plan: &Plan, request: Request, scope: &Scope) -> Answer {
        let span = tracing::info_span!("graphql", request = request.id());
        let response = masked(self.inner.schema.execute(plan.request().data(request))).instrument(span).await;
        Answer { response, statements: scope.statements(), executed: true, cursor: None }
    }

    /// Carries out a subscription: an answer for each event, each read on behalf of whoever `caller` says asks by then.
    /// `last` is the cursor of the last event that the client has, where its transport says so.
    pub fn subscribe(
        &self,
        store: &Store,
        caller: Caller,
        plan: Plan,
        last: Option<String>,
    ) -> BoxStream<'static, Answer> {
        subscription::subscribe(&self.inner.schema, store, caller, plan, last).boxed()
    }

    /// The schema's description of itself, which asks nobody and is the same for everybody.
    async fn introspect(&self, plan: &Plan) -> Answer {
        let hash = plan.document.hash();
        let documents = &self.inner.documents;
        let constant = plan.document.is_constant();
        if let Some(known) = constant.then(|| documents.description(&hash)).flatten() {
            let response = Response::new(Value::clone(&known));
            return Answer { response, statements: 0, executed: true, cursor: None };
        }
        let mut response = masked(self.inner.schema.execute(plan.request())).await;
        schema::describe(&mut response.data);
        if constant && response.is_ok() {
            documents.keep_description(hash, &response.data);
        }
        Answer { response, statements: 0, executed: true, cursor: None }
    }
}

/// A fault of ours in a resolver ends the request, not the process, and tells nobody what it was.
pub(crate) async fn masked<R: Masked>(execution: impl Future<Output = R>) -> R {
    let response = AssertUnwindSafe(execution).catch_unwind().await.unwrap_or_else(|panic| {
        let cause = panic.downcast_ref::<&str>().map(ToString::to_string);
        let cause = cause.or_else(|| panic.downcast_ref::<String>().cloned());
        let error = Error::internal(cause.as_deref().unwrap_or("a resolver panicked"));
        R::from(Response::from_errors(Refused::from(error).errors))
    });
    response.change(|response| error::with_codes(&mut response.errors))
}

/// A response, or none.
pub(crate) trait Masked: From<Response> {
    fn change(self, change: impl FnOnce(&mut Response)) -> Self;
}

impl Masked for Response {
    fn change(mut self, change: impl FnOnce(&mut Response)) -> Self {
        change(&mut self);
        self
    }
}

impl Masked for Option<Response> {
    fn change(mut self, change: impl FnOnce(&mut Response)) -> Self {
        self.as_mut().map(change);
        self
    }
}

#[cfg(test)]
mod tests;
