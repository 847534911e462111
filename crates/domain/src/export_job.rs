//! Export jobs: tables that are made in the background for whoever asked, and kept as files for a while. A job is no record:
//! nobody but whoever started it, for the tenant for which they did, ever sees it.

use chrono::{DateTime, Utc};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::actor::Actor;
use crate::fault::FaultCode;
use crate::{Fault, Id};

/// The format of a table as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ExportFormat {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// A workbook of Excel.
    Xlsx,
    /// A JSON object a line.
    Ndjson,
    /// One JSON object.
    Json,
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ExportStatus {
    /// It waits for its turn.
    Queued,
    /// It is being made.
    Running,
    /// Its file can be fetched.
    Done,
    /// It ended without a file.
    Failed,
    /// Its file was there and is removed.
    Expired,
    /// Whoever started it ended it, or gave its file back.
    Canceled,
}

impl ExportStatus {
    /// Whether something is still to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// Why a job has no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportFailure {
    /// A code of the API's errors.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportWish {
    /// The table, by its name in addresses.
    pub table: String,
    /// As what file.
    pub format: ExportFormat,
    /// The parameters of the table, in the order in which they were given; a name may be repeated.
    pub parameters: Vec<(String, String)>,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportJob {
    /// Key; its tenant is the one for which it was started.
    pub id: Id<ExportJob>,
    /// On whose behalf the file is made: what they may see is worked out when it is.
    pub actor: Actor,
    /// The second since 1970 until which what they showed holds.
    pub shown_until: i64,
    /// What they want.
    pub wish: ExportWish,
    /// How far it has come.
    pub status: ExportStatus,
    /// How many times its making began.
    pub attempts: i32,
    /// Rows that are written.
    pub rows: i64,
    /// Rows that there will be, where that is known.
    pub rows_total: Option<i64>,
    /// Bytes that are written.
    pub bytes: i64,
    /// SHA-256 of the file, in hexadecimal digits.
    pub digest: Option<String>,
    /// What they could see when the file was made, as a mark that tells whether it is still so.
    pub access: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When its making began, the last time.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When its file is removed.
    pub expires_at: Option<DateTime<Utc>>,
    /// Why it has no file.
    pub failure: Option<ExportFailure>,
}

/// So many times the making of a file may begin.
pub const MOST_ATTEMPTS: i32 = 3;

impl ExportJob {
    /// A new job, unless there are as many as one may have: `open` are those of the same caller that have not ended.
    pub fn start(
        wish: ExportWish,
        actor: Actor,
        shown_until: i64,
        (open, most): (u64, u64),
        now: DateTime<Utc>,
    ) -> Result<Self, Fault> {
        if open >= most {
            return Err(Fault::of(
                FaultCode::InvalidTransition,
                &[],
                format!(
                    "{open} of your exports are waiting or being made already, which is the most; wait for one, or end it by exportCancel"
                ),
                format!(
                    "bạn đang có {open} lượt xuất chờ hoặc đang chạy, là mức tối đa; hãy đợi hoặc dừng một lượt bằng exportCancel"
                ),
            ));
        }
        Ok(Self {
            id: Id::generate(actor.tenant),
            actor,
            shown_until,
            wish,
            status: ExportStatus::Queued,
            attempts: 0,
            rows: 0,
            rows_total: None,
            bytes: 0,
            digest: None,
            access: None,
            created_at: now,
            started_at: None,
            finished_at: None,
            expires_at: None,
            failure: None,
        })
    }

    /// Ends it: what is being made stops, what was made goes. One that has no file any more stays as it is.
    pub fn cancel(&mut self, now: DateTime<Utc>) {
        match self.status {
            ExportStatus::Queued | ExportStatus::Running | ExportStatus::Done => {
                self.status = ExportStatus::Canceled;
                self.finished_at = Some(now);
                self.expires_at = None;
            }
            ExportStatus::Failed | ExportStatus::Expired | ExportStatus::Canceled => {}
        }
    }

    /// How far it has come, by the clock: a file that is past its time is not there, whether it was removed already or not.
    pub fn status_at(&self, now: DateTime<Utc>) -> ExportStatus {
        let over = self.expires_at.is_some_and(|end| end <= now);
        if self.status == ExportStatus::Done && over { ExportStatus::Expired } else { self.status }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::TenantId;
    use crate::actor::{GrantUse, Principal};

    fn start(open: u64) -> Result<ExportJob, Fault> {
        let wish = ExportWish { table: "results".to_owned(), format: ExportFormat::Csv, parameters: Vec::new() };
        let actor = Actor {
            principal: Principal::operator(),
            tenant: TenantId(7),
            roles: BTreeSet::new(),
            grants: GrantUse::All,
        };
        ExportJob::start(wish, actor, 0, (open, 3), DateTime::default())
    }

    #[test]
    fn one_may_have_so_many() {
        assert_eq!(start(2).unwrap().id.tenant, TenantId(7));
        let fault = start(3).unwrap_err();
        assert!(fault.message.contains('3') && fault.message.contains("exportCancel"), "{fault:?}");
    }

    #[test]
    fn what_has_no_file_is_not_canceled_any_more() {
        let now = DateTime::<Utc>::default();
        for status in [ExportStatus::Queued, ExportStatus::Running, ExportStatus::Done] {
            let mut job = ExportJob { status, ..start(0).unwrap() };
            job.cancel(now);
            assert_eq!((job.status, job.finished_at), (ExportStatus::Canceled, Some(now)));
        }
        for status in [ExportStatus::Failed, ExportStatus::Expired] {
            let mut job = ExportJob { status, ..start(0).unwrap() };
            job.cancel(now);
            assert_eq!((job.status, job.finished_at), (status, None));
        }
    }

    #[test]
    fn a_file_is_gone_when_its_time_is() {
        let now = DateTime::<Utc>::default();
        let job = ExportJob { status: ExportStatus::Done, expires_at: Some(now), ..start(0).unwrap() };
        assert_eq!(job.status_at(now), ExportStatus::Expired);
        assert_eq!(job.status_at(now - chrono::TimeDelta::seconds(1)), ExportStatus::Done);
    }
}
