//! Export jobs: long tables are made in the background. Starting one changes no record, so whoever reads may, with a token or
//! an API key.

use std::sync::{Arc, OnceLock};

use async_graphql::{Context, ID, InputObject, Object};
use domain::actor::Action;
use domain::export_job::ExportWish;
use domain::{Actor, Fault};
use futures_util::FutureExt;
use persistence::edit::EditError;
use uuid::Uuid;

use super::perform::{Order, UserError, payloads, perform_text};
use crate::enums::ExportFormat;
use crate::error::{Error, Result};
use crate::export_job::{self, Admitted, ExportJob, NotAdmitted};
use crate::request::{Request, request};

payloads! {
    ExportJob as export_job;
    /// What came of `exportStart`.
    ExportStartPayload,
    /// What came of `exportCancel`.
    ExportCancelPayload,
}

/// A parameter of a table, as in the query string of `/export`: `{name: "tenant", value: "son-la"}`.
#[derive(Clone, Debug, InputObject)]
pub struct ExportParameterInput {
    /// Its name.
    name: String,
    /// Its value. Several of a name mean any of them.
    value: String,
}

/// A table that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct ExportStartInput {
    /// The table, one of those that `/export` lists: `results`.
    table: String,
    /// As what file.
    format: ExportFormat,
    /// What one asks of it, as `/export` lists it; all of it when nothing is said.
    parameters: Option<Vec<ExportParameterInput>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    idempotency_key: Option<String>,
}

/// A job that is to end.
#[derive(Clone, Debug, InputObject)]
pub struct ExportCancelInput {
    /// The job.
    id: ID,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    idempotency_key: Option<String>,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ExportJobMutation;

/// A part of what changes the graph.
#[Object]
impl ExportJobMutation {
    /// Has a table made in the background (xuất dữ liệu): its file is kept for a while and fetched from `fileUrl`. It holds
    /// what one may see when it is made. Needs any role; an API key may.
    async fn export_start(&self, ctx: &Context<'_>, input: ExportStartInput) -> Option<Result<ExportStartPayload>> {
        Some(start(ctx, input).await.map(Into::into))
    }

    /// Ends a job of one's own, and removes its file. One that has ended without a file stays as it is. Needs any role; an API
    /// key may.
    async fn export_cancel(&self, ctx: &Context<'_>, input: ExportCancelInput) -> Option<Result<ExportCancelPayload>> {
        Some(cancel(ctx, input).await.map(Into::into))
    }
}

type Done = (Option<ExportJob>, Vec<UserError>);

async fn start(ctx: &Context<'_>, input: ExportStartInput) -> Result<Done> {
    let request = request(ctx)?;
    let ExportStartInput { table, format, parameters, idempotency_key } = input;
    let parameters = parameters.into_iter().flatten().map(|one| (one.name, one.value)).collect();
    let wish = ExportWish { table, format: format.into(), parameters };
    // Whoever may not is refused below, whatever they ask for.
    let asks = request.actor().filter(|actor| actor.may(Action::Export)).cloned();
    let admitted = match &asks {
        Some(actor) => Some((actor.clone(), admit(request, &wish).await?)),
        None => None,
    };
    let order = Order::new("exportStart", Action::Export, idempotency_key);
    let now = request.now();
    let refused = Arc::new(OnceLock::new());
    let refuse = Arc::clone(&refused);
    let done = perform_text(ctx, order, move |tx| {
        async move {
            let (actor, admitted): (Actor, _) = admitted.ok_or_else(|| EditError::Faults(Vec::new()))?;
            let Admitted { most, shown_until, pay } = admitted?;
            let job = domain::ExportJob::start(wish, actor, shown_until, (tx.open_exports().await?, most), now)?;
            // A request that is repeated does not come here, and is not paid again.
            if let Err(not_admitted) = pay() {
                return Err(told(not_admitted).unwrap_or_else(|error| {
                    // Faults have no room for a refusal's code: it is told below, and nothing is kept.
                    refuse.set(error).ok();
                    EditError::Faults(Vec::new())
                }));
            }
            tx.put_export(&job).await?;
            Ok(job.id.uuid.to_string())
        }
        .boxed()
    });
    let done = done.await?;
    if let Some(error) = refused.get() {
        return Err(Error::clone(error));
    }
    answer(ctx, done.split()).await
}

/// What is wrong with the wish is told with whatever else is wrong.
async fn admit(request: &Request, wish: &ExportWish) -> Result<std::result::Result<Admitted, EditError>> {
    match request.exports().admit(request.loader().scope(), wish).await {
        Ok(admitted) => Ok(Ok(admitted)),
        Err(not_admitted) => told(not_admitted).map(Err),
    }
}

fn told(not_admitted: NotAdmitted) -> Result<EditError> {
    match not_admitted {
        NotAdmitted::Wrong(fault) => Ok(EditError::from(fault)),
        NotAdmitted::Refused { code, message, hint } => Err(Error::new(code, message, hint)),
    }
}

async fn cancel(ctx: &Context<'_>, input: ExportCancelInput) -> Result<Done> {
    let now = request(ctx)?.now();
    let order = Order::new("exportCancel", Action::Export, input.idempotency_key);
    let done = perform_text(ctx, order, move |tx| {
        async move {
            let found = match Uuid::try_parse(&input.id) {
                Ok(id) => tx.export_job(id).await?,
                Err(_) => None,
            };
            let Some(mut job) = found else { return Err(Fault::not_found("id").into()) };
            job.cancel(now);
            tx.keep_export(&job).await?;
            Ok(job.id.uuid.to_string())
        }
        .boxed()
    });
    answer(ctx, done.await?.split()).await
}

async fn answer(ctx: &Context<'_>, (id, errors): (Option<String>, Vec<UserError>)) -> Result<Done> {
    let Some(id) = id else { return Ok((None, errors)) };
    request(ctx)?.exports().wake();
    Ok((export_job::find(ctx, &id).await?, errors))
}
