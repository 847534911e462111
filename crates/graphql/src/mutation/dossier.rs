//! Dossiers: what `phoihop import` does, for whoever asks, with their rights.

use std::sync::{Arc, OnceLock};

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::actor::Action;
use domain::{Fault, RecordKind};
use futures_util::FutureExt;
use import::{Checked, Clash, Imported, Problem, Problems, Reference, Refusal};
use persistence::edit::{EditError, Edited};
use persistence::{StoreError, Tx};
use serde::{Deserialize, Serialize};

use super::input::Reader;
use super::perform::{Order, Outcome, UserError, perform_text};
use crate::connection::by_global_id;
use crate::error::{Error, Result};
use crate::global_id;
use crate::request::request;
use crate::source::Source;

/// A dossier (hồ sơ) that is to be stored: what one article or event says, in the format `phoihop/1`.
#[derive(Clone, Debug, InputObject)]
pub struct DossierImportInput {
    /// The dossier, YAML or JSON.
    content: String,
    /// What the file is called, for whoever reads what is wrong with it; `dossier` when nothing is said.
    name: Option<String>,
    /// Whether everything is done and then undone, to see what would come of it.
    dry_run: Option<bool>,
    /// Whether the dossier is written over what somebody changed since it was last imported. Otherwise such an import is
    /// refused, and lists each of these records.
    overwrite: Option<bool>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    idempotency_key: Option<String>,
}

/// What came of `dossierImport`.
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct DossierImportPayload {
    /// The dossier as a source, as it is then. Null when nothing was done and it was not there before.
    source: Option<Source>,
    /// What was written; of a dry run, what would be. Null when nothing was done, or the very same dossier was there already.
    counts: Option<DossierCounts>,
    /// Whether the very same dossier was there already, comments and spacing aside. Then nothing was written.
    unchanged: bool,
    /// Everything that is wrong with the dossier, in the order of its lines.
    problems: Vec<DossierProblem>,
    /// Everything that is wrong with the input. Empty when it was done.
    errors: Vec<UserError>,
}

/// How many records a dossier has written, those that are a part of others counted too.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, SimpleObject)]
pub struct DossierCounts {
    /// New ones.
    created: i32,
    /// Those that read otherwise now.
    updated: i32,
    /// Those that were so already.
    unchanged: i32,
    /// Those that the dossier described before and no longer does; what others could see was hidden instead.
    deleted: i32,
}

/// Something in a dossier that its author can mend.
#[derive(Clone, Debug, SimpleObject)]
pub struct DossierProblem {
    /// The line, from 1. Null when it is not at any line.
    line: Option<i32>,
    /// The place within the dossier: `programs[0].signedOn`. Empty for the dossier as a whole.
    path: String,
    /// What is wrong and how to mend it, one sentence in English.
    message: String,
}

impl From<Problem> for DossierProblem {
    fn from(problem: Problem) -> Self {
        let Problem { file: _, line, path, message } = problem;
        Self { line: line.map(count), path, message }
    }
}

/// What is kept for whoever repeats the request.
#[derive(Serialize, Deserialize)]
struct Answer {
    source: String,
    counts: Option<DossierCounts>,
}

impl From<Imported> for Answer {
    fn from(imported: Imported) -> Self {
        let counts = imported.counts.map(|counts| {
            let persistence::Counts { created, updated, unchanged, deleted } = counts;
            let [created, updated, unchanged, deleted] = [created, updated, unchanged, deleted].map(count);
            DossierCounts { created, updated, unchanged, deleted }
        });
        Self { source: global_id::record(RecordKind::Source, imported.source).to_string(), counts }
    }
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct DossierMutation;

/// A part of what changes the graph.
#[Object]
impl DossierMutation {
    /// Stores everything that a dossier (hồ sơ) says, as `phoihop import` does (nhập hồ sơ): records that it describes are made,
    /// corrected, or taken back when it no longer describes them. Needs EDITOR; for a public dossier or records that are
    /// public, PUBLISHER. Of other tenants it may name what one may see, and adds nothing there.
    async fn dossier_import(
        &self,
        ctx: &Context<'_>,
        input: DossierImportInput,
    ) -> Option<Result<DossierImportPayload>> {
        Some(carry_out(ctx, input).await)
    }
}

async fn carry_out(ctx: &Context<'_>, input: DossierImportInput) -> Result<DossierImportPayload> {
    let dry_run = input.dry_run.unwrap_or(false);
    let order = Order { dry_run, ..Order::new("dossierImport", Action::Edit, input.idempotency_key.clone()) };
    let found = Arc::new(OnceLock::new());
    let noted = Arc::clone(&found);
    let outcome = perform_text(ctx, order, move |tx| {
        async move {
            match store(tx, &input).await {
                Ok(answer) => Ok(answer),
                Err(Wrong::Edit(error)) => Err(error),
                Err(Wrong::Problems(name, problems)) => {
                    let fault = refused(&name, problems.0.len());
                    // It is empty until now.
                    let _ = noted.set(problems);
                    Err(fault.into())
                }
            }
        }
        .boxed()
    });
    let (text, errors) = match outcome.await? {
        Outcome::Done(text) => (text, Vec::new()),
        Outcome::Tried(text) => {
            request(ctx)?.renew().await?;
            (text, Vec::new())
        }
        Outcome::Refused(errors) => {
            let problems = found.get().map_or(&[][..], |problems| &problems.0);
            let problems = problems.iter().cloned().map(Into::into).collect();
            return Ok(DossierImportPayload { problems, errors, ..DossierImportPayload::default() });
        }
    };
    let Answer { source, counts } = serde_json::from_str(&text).map_err(|error| Error::internal(&error.to_string()))?;
    let source = by_global_id::<Source>(ctx, &ID(source)).await?;
    let unchanged = counts.is_none();
    Ok(DossierImportPayload { source, counts, unchanged, problems: Vec::new(), errors })
}

/// Why a dossier was not stored.
enum Wrong {
    /// Everything that is wrong with the file of that name.
    Problems(String, Problems),
    /// Anything else.
    Edit(EditError),
}

impl<E: Into<EditError>> From<E> for Wrong {
    fn from(error: E) -> Self {
        Self::Edit(error.into())
    }
}

async fn store(tx: &Tx, input: &DossierImportInput) -> std::result::Result<String, Wrong> {
    let name = name(input)?;
    let wrong = |problems| Wrong::Problems(name.clone(), problems);
    let checked: Checked = import::read(&name, input.content.as_bytes()).map_err(wrong)?;
    let needs = checked.needs(Reference::shipped().map_err(wrong)?).map_err(wrong)?;
    tx.begin_import().await?;
    let clash = Clash::overwriting(input.overwrite == Some(true));
    let imported = import::put(tx, &checked, &needs, clash).await.map_err(|refusal| match refusal {
        Refusal::Problems(problems) => wrong(problems),
        Refusal::Fault(fault) => fault.under(&["content"]).into(),
        Refusal::Store(StoreError::Referred(cause)) => {
            tracing::debug!(cause, "a dossier takes away what others refer to");
            in_use().into()
        }
        Refusal::Store(error) => error.into(),
    })?;
    Ok(serde_json::to_string(&Answer::from(imported)).map_err(|error| StoreError::Internal(error.to_string()))?)
}

/// What the file is called.
fn name(input: &DossierImportInput) -> Edited<String> {
    let mut reader = Reader::default();
    let mut name = None;
    reader.put_text("name", &mut name, input.name.as_ref());
    if name.as_ref().is_some_and(|name| name.len() > 200) {
        reader.faults.push(Fault::new("name", "a name has at most 200 bytes", "tên tệp dài tối đa 200 byte"));
    }
    reader.done()?;
    Ok(name.unwrap_or_else(|| "dossier".to_owned()))
}

fn refused(name: &str, problems: usize) -> Fault {
    let are = if problems == 1 { "is 1 problem" } else { &format!("are {problems} problems") };
    Fault::new(
        "content",
        format!("there {are} in {name}, nothing was stored; mend what `problems` lists, then import again"),
        format!("{name} có {problems} lỗi, chưa lưu gì; hãy sửa các lỗi nêu ở `problems` rồi nhập lại"),
    )
}

fn in_use() -> Fault {
    Fault::of(
        domain::fault::FaultCode::InUse,
        &["content"],
        "other records refer to something that the dossier no longer describes; leave it in, or take those references out first",
        "hồ sơ khác đang dẫn chiếu đến nội dung mà hồ sơ này không còn mô tả; hãy giữ lại hoặc bỏ các dẫn chiếu đó trước",
    )
}

/// A count as GraphQL has it.
fn count(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
