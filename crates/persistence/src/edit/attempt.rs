//! Parts of a transaction that are carried out whole or not at all, while the transaction goes on.

use domain::Fault;

use super::{EditError, Edited};
use crate::{StoreError, Tx};

/// Carries out a part of a transaction. One that is refused leaves nothing behind: what is wrong is the answer.
pub async fn attempt<T>(
    tx: &Tx,
    work: impl Future<Output = Edited<T>> + Send,
) -> Result<Result<T, Vec<Fault>>, StoreError> {
    let point = tx.savepoint().await?;
    match work.await {
        Ok(done) => {
            tx.release(point).await?;
            Ok(Ok(done))
        }
        Err(EditError::Faults(faults)) => {
            tx.roll_back_to(point).await?;
            Ok(Err(faults))
        }
        Err(EditError::Store(error)) => Err(error),
    }
}
