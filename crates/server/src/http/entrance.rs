//! The one entrance, whatever the transport: from what a client asks to an operation that may be carried out, and to its
//! answer. Each step refuses by itself; the order is from cheap to dear.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Value, value};
use axum::http::StatusCode;
use chrono::{DateTime, SecondsFormat};
use graphql::{Answer, Call, Document, ErrorCode, Hash, OperationKind, Plan, Quota, Refused};
use serde::Deserialize;
use serde_json::Map;

use super::caller::Caller;
use super::observe::RequestId;
use super::refusal::Refusal;
use crate::App;
use crate::export_job::Admission;

/// What a client asks. Other keys are for other servers.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ask {
    pub(super) query: Option<String>,
    pub(super) document_id: Option<String>,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Option<Map<String, serde_json::Value>>,
    pub(super) extensions: Option<Map<String, serde_json::Value>>,
}

/// An operation that may be carried out once it is paid for.
#[derive(Debug)]
pub(super) struct Admitted {
    pub(super) plan: Plan,
}

impl Admitted {
    pub(super) fn kind(&self) -> OperationKind {
        self.plan.told().kind
    }

    /// The name of the operation, as the document has it: what the client sends beside it may be anything, and this goes
    /// to the log.
    pub(super) fn name(&self) -> Option<String> {
        // A name is ASCII.
        self.plan.told().name.clone().map(|mut name| {
            name.truncate(64);
            name
        })
    }
}

/// Decides whether a caller may have carried out what they ask. `kinds` are those that the transport carries out.
pub(super) fn admit(
    app: &App,
    caller: &Caller,
    ask: Ask,
    kinds: impl Fn(OperationKind) -> Result<(), Refusal>,
) -> Result<Admitted, Refusal> {
    let class = caller.class(app);
    // Whatever comes of it, looking at it costs something.
    spend(app, caller, 1)?;
    let document = document(app, caller, &ask).map_err(|refusal| suggesting(refusal, class.introspection))?;
    let plan = app
        .graph
        .plan(document, ask.operation_name, ask.variables.unwrap_or_default(), &class.document)
        .map_err(Refusal::document)?;
    let told = plan.told();
    kinds(told.kind)?;
    if told.introspects && !class.introspection {
        let hint = "ask for the schema with a token, or read its documentation";
        let message = "the schema is not open to you";
        return Err(Refusal::document(Refused::new(ErrorCode::GraphqlValidationFailed, message, Some(hint))));
    }
    Ok(Admitted { plan })
}

/// Takes the price of an operation from what the caller may spend; a part of it was taken when it was looked at.
pub(super) fn pay(app: &App, caller: &Caller, admitted: &Admitted) -> Result<Quota, Refusal> {
    let told = admitted.plan.told();
    let units = told.price.units;
    if told.dry_run {
        return Ok(app.gate.look(&caller.holder, caller.class(app), units));
    }
    Ok(Quota { cost: units, ..spend(app, caller, units.saturating_sub(1))? })
}

/// Refuses a request in JSON that holds too many values to be read.
pub(super) fn weigh(app: &App, caller: &Caller, json: &[u8]) -> Result<(), Refusal> {
    graphql::Graph::weigh(json, &caller.class(app).document).map_err(Refusal::document)
}

/// So long whoever asks too often waits for the refusal: to refuse costs something as well, and who tries again at once
/// would keep others waiting.
const SLOWED: Duration = Duration::from_millis(250);

/// Lets whoever was refused for asking too often wait.
pub(super) async fn slow_down(refusal: &Refusal) {
    if refusal.is_rate() {
        tokio::time::sleep(SLOWED).await;
    }
}

/// Takes units from what the caller may spend.
pub(super) fn spend(app: &App, caller: &Caller, units: u64) -> Result<Quota, Refusal> {
    let class = caller.class(app);
    app.gate.spend(&caller.holder, class, units).map_err(|exhausted| {
        let message = format!("more than {} units in a minute were asked for (cost_per_minute)", class.cost_per_minute);
        Refusal::hinting(
            StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::RateLimited,
            message,
            "wait for as many seconds as `Retry-After` says; smaller pages cost less",
        )
        .retry_after(exhausted.retry_after_seconds)
    })
}

fn suggesting(refusal: Refusal, open: bool) -> Refusal {
    refusal.map(|refused| refused.suggesting(open))
}

/// The document that is meant: by its text, by the hash of a text that was sent before, or by its name in the manifest.
fn document(app: &App, caller: &Caller, ask: &Ask) -> Result<Arc<Document>, Refusal> {
    let limits = &caller.class(app).document;
    let trusted = app.gate.trusted();
    let not_trusted = || {
        let message = "this document is not among those that are carried out here";
        Refusal::document(Refused::new(
            ErrorCode::DocumentNotTrusted,
            message,
            Some("ask the operator to add it to the manifest"),
        ))
    };
    if let Some(id) = &ask.document_id {
        if ask.query.is_some() {
            return Err(Refusal::bad("send `query` or `documentId`, not both"));
        }
        let text = Hash::parse(id).and_then(|hash| trusted.find(&hash)).ok_or_else(not_trusted)?;
        return app.graph.read(text, limits).map_err(Refusal::document);
    }
    let persisted = persisted(ask)?;
    if let (None, Some(hash)) = (&ask.query, persisted) {
        if let Some(text) = trusted.find(&hash) {
            return app.graph.read(text, limits).map_err(Refusal::document);
        }
        let known = app.graph.known(&hash, limits).map_err(Refusal::document)?.filter(|_| trusted.admits(&hash));
        // Clients look for these very words, and send the text then.
        return known
            .ok_or_else(|| Refusal::new(StatusCode::OK, ErrorCode::PersistedQueryNotFound, "PersistedQueryNotFound"));
    }
    let Some(text) = &ask.query else { return Err(Refusal::bad("the request has no `query`")) };
    let hash = Hash::of(text);
    if persisted.is_some_and(|claimed| claimed != hash) {
        return Err(Refusal::bad("`extensions.persistedQuery.sha256Hash` is not the SHA-256 of `query`"));
    }
    if !trusted.admits(&hash) {
        return Err(not_trusted());
    }
    app.graph.read(text, limits).map_err(Refusal::document)
}

/// The hash of an automatic persisted query.
fn persisted(ask: &Ask) -> Result<Option<Hash>, Refusal> {
    let Some(persisted) = ask.extensions.as_ref().and_then(|extensions| extensions.get("persistedQuery")) else {
        return Ok(None);
    };
    let hash = persisted.get("sha256Hash").and_then(serde_json::Value::as_str).and_then(Hash::parse);
    hash.map(Some)
        .ok_or_else(|| Refusal::bad("`extensions.persistedQuery.sha256Hash` is no SHA-256 in hexadecimal digits"))
}

/// Carries out a query.
pub(super) async fn answer(app: &App, caller: &Caller, admitted: &Admitted, id: &RequestId) -> Result<Answer, Refusal> {
    let class = caller.class(app);
    let limit = Duration::from_secs(class.request_seconds);
    let turn = app.gate.enter(&caller.holder, class, caller.actor.as_ref()).await;
    let _turn = turn.ok_or_else(|| {
        let hint = "wait for the answers of earlier requests before sending more";
        let message = "too many requests are being carried out for you (in_flight)";
        Refusal::hinting(StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited, message, hint).retry_after(1)
    })?;
    // Only now, so that what waits for a turn holds back nothing.
    let quota = pay(app, caller, admitted)?;
    let execution = app.graph.execute(&app.store, call(app, caller, quota, id), &admitted.plan);
    let mut answer = tokio::time::timeout(limit, execution).await.map_err(|_elapsed| timeout(limit))?;
    settle(app, caller, &admitted.plan, quota, &mut answer);
    Ok(answer)
}

/// On whose behalf an operation is carried out.
pub(super) fn call(app: &App, caller: &Caller, quota: Quota, id: &RequestId) -> Call {
    let (today, now) = (app.clock.today(), app.clock.moment());
    Call {
        actor: caller.actor.clone(),
        today,
        now,
        request_id: id.0.clone(),
        quota,
        new_secret: crate::auth::new_secret,
        exports: Arc::new(Admission {
            app: app.clone(),
            holder: caller.holder.clone(),
            class: caller.class(app).clone(),
            shown_until: caller.expires_at,
        }),
    }
}

/// Something took too long.
pub(super) fn timeout(limit: Duration) -> Refusal {
    let message = format!("the request took longer than {} s", limit.as_secs());
    Refusal::hinting(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Timeout, message, "ask for less at once")
        .retry_after(1)
}

/// Gives back what an answer did not need, and says so in it.
fn settle(app: &App, caller: &Caller, plan: &Plan, quota: Quota, answer: &mut Answer) {
    let actual = app.graph.spent(plan, &answer.response.data).max(1);
    let class = caller.class(app);
    let remaining = if plan.told().dry_run {
        quota.remaining
    } else if let Some(more) = actual.checked_sub(quota.cost).filter(|more| *more > 0) {
        // Plain lists can be longer than they were taken for.
        app.gate.spend(&caller.holder, class, more).map_or(0, |quota| quota.remaining)
    } else {
        app.gate.give_back(&caller.holder, class, quota.cost.saturating_sub(actual))
    };
    let reset_at = DateTime::from_timestamp(quota.reset_at, 0).unwrap_or_default();
    let cost: Value = value!({
        "requested": quota.cost,
        "actual": actual,
        "limit": quota.limit,
        "remaining": remaining,
        "resetAt": reset_at.to_rfc3339_opts(SecondsFormat::Secs, true),
    });
    answer.response.extensions.insert("cost".to_owned(), cost);
}
