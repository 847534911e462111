//! Export jobs: tables that the service makes in the background. The graph knows them by name alone; what tables there are,
//! and how one is made, is the service's to know.

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::Fault;
use domain::export_job::{ExportFailure, ExportWish};
use futures_util::future::BoxFuture;
use persistence::Scope;
use uuid::Uuid;

use crate::enums::{ExportFormat, ExportStatus};
use crate::error::{ErrorCode, Result};
use crate::request::request;
use crate::scalar::DateTime;

/// What makes tables.
pub trait Exports: std::fmt::Debug + Send + Sync {
    /// Looks whether such a table can be made for the caller.
    fn admit<'a>(
        &'a self,
        scope: &'a Scope,
        wish: &'a ExportWish,
    ) -> BoxFuture<'a, std::result::Result<Admitted, NotAdmitted>>;

    /// Says that there is something to be done.
    fn wake(&self);
}

/// A job may be started.
pub struct Admitted {
    /// So many one caller may have that have not ended.
    pub most: u64,
    /// The second since 1970 until which what the caller showed holds.
    pub shown_until: i64,
    /// Takes the price, once it is known that the job is not started already.
    pub pay: Box<dyn FnOnce() -> std::result::Result<(), NotAdmitted> + Send>,
}

impl std::fmt::Debug for Admitted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Admitted").finish_non_exhaustive()
    }
}

/// A job may not be started.
#[derive(Clone, Debug)]
pub enum NotAdmitted {
    /// Something in it is wrong.
    Wrong(Fault),
    /// Not now, whatever is in it.
    Refused {
        /// Which kind of refusal it is.
        code: ErrorCode,
        /// Why.
        message: String,
        /// What to do.
        hint: &'static str,
    },
}

/// A parameter of a table, as in the query string of `/export`.
#[derive(Clone, Debug, SimpleObject)]
pub struct ExportParameter {
    /// Its name.
    name: String,
    /// Its value.
    value: String,
}

/// Why a table was not made.
#[derive(Clone, Debug, SimpleObject)]
pub struct ExportJobError {
    /// A code, as in `extensions.code`.
    code: String,
    /// What happened.
    message: String,
    /// What to do about it.
    hint: Option<String>,
}

/// A table that is made in the background (xuất dữ liệu), and its file. Only whoever started it sees it.
#[derive(Clone, Debug)]
pub struct ExportJob(pub domain::ExportJob);

fn number(value: i64) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// A table that is made in the background (xuất dữ liệu), and its file. Only whoever started it sees it.
#[Object]
impl ExportJob {
    /// Its id, also in `/export/jobs/{id}`.
    async fn id(&self) -> ID {
        ID(self.0.id.uuid.to_string())
    }

    /// The table, one of those that `/export` lists.
    async fn table(&self) -> &str {
        &self.0.wish.table
    }

    /// The format of the file.
    async fn format(&self) -> ExportFormat {
        self.0.wish.format.into()
    }

    /// The parameters, as they were given.
    async fn parameters(&self) -> Vec<ExportParameter> {
        let pairs = self.0.wish.parameters.iter();
        pairs.map(|(name, value)| ExportParameter { name: name.clone(), value: value.clone() }).collect()
    }

    /// How far it has come.
    async fn status(&self, ctx: &Context<'_>) -> Option<Result<ExportStatus>> {
        Some(request(ctx).map(|request| self.0.status_at(request.now()).into()))
    }

    /// How many times its making began: more than once when the service ended meanwhile.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Rows that are written.
    async fn rows(&self) -> i32 {
        number(self.0.rows)
    }

    /// Rows that there will be. Null where nobody knows beforehand, as of most reports.
    async fn rows_total(&self) -> Option<i32> {
        self.0.rows_total.map(number)
    }

    /// Bytes that are written.
    async fn bytes(&self) -> i32 {
        number(self.0.bytes)
    }

    /// The SHA-256 of the file, in hexadecimal digits. Null until it is there.
    async fn sha256(&self) -> Option<&str> {
        self.0.digest.as_deref()
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When its making began, the last time. Null while it waits.
    async fn started_at(&self) -> Option<DateTime> {
        self.0.started_at.map(DateTime)
    }

    /// When it ended. Null until then.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// When its file is removed. Null while there is none.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }

    /// The path of the file on this service, to be fetched with the same credentials. Null unless the status is DONE.
    async fn file_url(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let now = match request(ctx) {
            Ok(request) => request.now(),
            Err(error) => return Some(Err(error)),
        };
        let done = self.0.status_at(now) == domain::export_job::ExportStatus::Done;
        done.then(|| Ok(format!("/export/jobs/{}/file", self.0.id.uuid)))
    }

    /// Why there is no file. Null unless the status is FAILED.
    async fn error(&self) -> Option<ExportJobError> {
        let ExportFailure { code, message, hint } = self.0.failure.clone()?;
        Some(ExportJobError { code, message, hint })
    }
}

/// A job of whoever asks, by its id. What is no id names no job.
pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<ExportJob>> {
    let Ok(id) = Uuid::try_parse(id) else { return Ok(None) };
    Ok(request(ctx)?.loader().scope().export_job(id).await?.map(ExportJob))
}

/// The jobs of whoever asks.
pub async fn all(ctx: &Context<'_>) -> Result<Vec<ExportJob>> {
    Ok(request(ctx)?.loader().scope().export_jobs().await?.into_iter().map(ExportJob).collect())
}
