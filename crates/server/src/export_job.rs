//! Export jobs: tables that are made in the background, by a task of the service, with the rights of whoever asked as they
//! are when it is made; and the folder where their files are kept for a while. What a job is stands in the domain, who sees
//! it in the store, and how a table is made in `crate::table`.

mod admit;
mod failure;
mod make;
mod spool;
mod work;

use std::path::Path;
use std::sync::Arc;

use persistence::export_job::Worker;
use tokio::sync::Notify;

use crate::Failure;

pub use self::admit::{Admission, read};
pub use self::spool::Spool;
pub use self::work::work;

/// What the service knows of its jobs. Cheap to clone; the clones share it.
#[derive(Clone, Debug)]
pub struct Jobs {
    /// Where files are kept; none: no tables are made in the background here.
    spool: Option<Spool>,
    worker: Worker,
    wake: Arc<Notify>,
}

impl Jobs {
    /// With files in the folder that the operator has named, if any.
    ///
    /// # Errors
    ///
    /// The folder cannot be used.
    pub fn open(directory: Option<&Path>) -> Result<Self, Failure> {
        let spool = directory.map(Spool::open).transpose().map_err(|(folder, error)| {
            Failure::new(
                format!("export.directory: {folder} cannot be used: {error}"),
                "name a folder that the service may create or write to",
            )
        })?;
        Ok(Self { spool, worker: Worker::new(), wake: Arc::default() })
    }

    /// The same, in `folder` when the operator has named none. One that cannot be used is none.
    #[must_use]
    pub fn or_in(self, folder: &Path) -> Self {
        if self.spool.is_some() {
            return self;
        }
        let spool = Spool::open_own(folder).map_err(|(folder, error)| {
            tracing::warn!(folder, %error, "no tables are made in the background: set export.directory");
        });
        Self { spool: spool.ok(), ..self }
    }

    /// Where files are kept.
    pub fn spool(&self) -> Option<&Spool> {
        self.spool.as_ref()
    }

    /// Says that there is something to be done.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}
