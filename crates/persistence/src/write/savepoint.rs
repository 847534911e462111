//! Points to which a transaction can go back without ending: on the database, and in what it has gathered for its end.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use domain::{Id, Program};

use super::{Tx, lock};
use crate::StoreError;

/// Where a transaction stood.
#[derive(Debug)]
pub(crate) struct Savepoint {
    written: usize,
    touched: BTreeSet<Id<Program>>,
    changed: bool,
}

impl Tx {
    /// Remembers where the transaction stands. Points are left in the opposite order.
    pub(crate) async fn savepoint(&self) -> Result<Savepoint, StoreError> {
        self.session.command("SAVEPOINT here").await?;
        let written = self.written().len();
        let touched = lock(&self.touched).clone();
        Ok(Savepoint { written, touched, changed: self.changed.load(Ordering::Relaxed) })
    }

    /// Goes on from what was done since, which stays.
    pub(crate) async fn release(&self, point: Savepoint) -> Result<(), StoreError> {
        let Savepoint { .. } = point;
        self.session.command("RELEASE SAVEPOINT here").await
    }

    /// Undoes what was done since, also after a statement has failed.
    pub(crate) async fn roll_back_to(&self, point: Savepoint) -> Result<(), StoreError> {
        self.session.command("ROLLBACK TO SAVEPOINT here").await?;
        self.session.command("RELEASE SAVEPOINT here").await?;
        self.written().truncate(point.written);
        *lock(&self.touched) = point.touched;
        self.changed.store(point.changed, Ordering::Relaxed);
        Ok(())
    }
}
