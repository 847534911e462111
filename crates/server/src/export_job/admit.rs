//! Whether a job may be started: whether there is such a table, whether what is asked of it can be meant, and whether the
//! caller can pay.

use domain::Fault;
use domain::export_job::{ExportFormat, ExportWish};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use graphql::{Admitted, ErrorCode, Exports, NotAdmitted};
use persistence::Scope;

use crate::gate::Holder;
use crate::table::{self, Asked, Format, PRICE, Table, Wrong};
use crate::{App, settings};

/// A caller before the jobs.
#[derive(Clone)]
pub struct Admission {
    /// The service.
    pub app: App,
    /// Whose counts it goes on.
    pub holder: Holder,
    /// Their limits.
    pub class: settings::Class,
    /// The second since 1970 until which what they showed holds.
    pub shown_until: Option<i64>,
}

impl std::fmt::Debug for Admission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Admission").finish_non_exhaustive()
    }
}

/// What is meant by a wish.
pub fn read(wish: &ExportWish) -> Result<(&'static Table, Format, Asked), (&'static str, Wrong)> {
    let table = table::find(&wish.table).map_err(|wrong| ("table", wrong))?;
    let format = match wish.format {
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Xlsx => Format::Xlsx,
        ExportFormat::Ndjson => Format::Ndjson,
        ExportFormat::Json => Format::Json,
    };
    let asked = Asked::read(table, format, wish.parameters.clone()).map_err(|wrong| ("parameters", wrong))?;
    Ok((table, format, asked))
}

fn wrong(field: &str, Wrong(message): Wrong) -> NotAdmitted {
    let vi = format!("không đúng, xem GET /export: {message}");
    NotAdmitted::Wrong(Fault::new(field, message, vi))
}

fn later(code: ErrorCode, message: impl Into<String>, hint: &'static str) -> NotAdmitted {
    NotAdmitted::Refused { code, message: message.into(), hint }
}

impl Admission {
    /// Takes the price of a table.
    fn pay(&self) -> Result<(), NotAdmitted> {
        let units = PRICE.min(self.class.cost_per_minute);
        match self.app.gate.spend(&self.holder, &self.class, units) {
            Ok(_left) => Ok(()),
            Err(exhausted) => {
                let seconds = exhausted.retry_after_seconds;
                let message = format!("a table costs {units} units, which you have again in {seconds} s");
                Err(later(ErrorCode::RateLimited, message, "wait for as many seconds as the message says"))
            }
        }
    }
}

impl Exports for Admission {
    fn admit<'a>(&'a self, scope: &'a Scope, wish: &'a ExportWish) -> BoxFuture<'a, Result<Admitted, NotAdmitted>> {
        async move {
            let settings = self.app.gate.settings();
            if self.app.jobs.spool().is_none() {
                return Err(later(
                    ErrorCode::Unavailable,
                    "no tables are made in the background here",
                    "ask the operator to set export.directory; shorter tables are to be had at /export",
                ));
            }
            let (table, _, asked) = read(wish).map_err(|(field, fault)| wrong(field, fault))?;
            // Catalogs are everybody's, so it does not matter who looks.
            match table::check(scope, table, &asked).await {
                Ok(Ok(())) => {}
                Ok(Err(fault)) => return Err(wrong("parameters", fault)),
                Err(error) => {
                    tracing::warn!(%error, "catalogs cannot be read");
                    let hint = "try again in a moment";
                    return Err(later(ErrorCode::Unavailable, "the database is busy or away", hint));
                }
            }
            let (shown_until, most) = (self.shown_until.unwrap_or(i64::MAX), settings.export.per_caller);
            let admission = self.clone();
            Ok(Admitted { most, shown_until, pay: Box::new(move || admission.pay()) })
        }
        .boxed()
    }

    fn wake(&self) {
        self.app.jobs.wake();
    }
}
