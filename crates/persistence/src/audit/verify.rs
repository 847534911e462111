//! Whether a chain is whole.

use domain::{AuditEntry, TenantId};
use sea_orm::sea_query::{ExprTrait, Order};

use super::{Head, digest};
use crate::filter::alias;
use crate::record::{col, every, read_all};
use crate::{StoreError, Tx};

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A number is missing.
    #[error("entry {0} is missing: somebody took it out, or cut the chain off")]
    Missing(i64),
    /// A digest does not fit.
    #[error("entry {number} does not fit the one before: it was changed, put in, or moved ({action} on {table})")]
    Forged {
        /// Which.
        number: i64,
        /// By what it says it was written.
        action: String,
        /// Of which table its record is.
        table: String,
    },
    /// More entries than the head says.
    #[error("the chain goes on after its end, entry {0}: the end was set back")]
    Beyond(i64),
    /// The last digest is another one.
    #[error("the last digest is not the one that was kept: the chain was written anew")]
    Head,
}

/// Entries that are read at a time when a chain is verified.
const BATCH: u64 = 2_000;

impl Tx {
    /// Reads a tenant's chain from its beginning, and says where it ends or the first thing that is wrong with it. `kept`
    /// is an end that somebody wrote down before: it must still be part of the chain.
    pub async fn verify_audit(
        &self,
        tenant: TenantId,
        kept: Option<&Head>,
    ) -> Result<Result<Head, Broken>, StoreError> {
        let end = self.audit_head(tenant, false).await?;
        let mut head = Head::default();
        loop {
            let mut select = every::<AuditEntry>(alias(0));
            select
                .cond_where(col(alias(0), "tenant_id").eq(tenant.0))
                .cond_where(col(alias(0), "number").gt(head.number))
                .order_by_expr(col(alias(0), "number"), Order::Asc)
                .limit(BATCH);
            let entries: Vec<AuditEntry> = read_all(&self.rows(&select).await?)?;
            let Some(last) = entries.last() else { break };
            if last.number > end.number {
                return Ok(Err(Broken::Beyond(end.number)));
            }
            for entry in &entries {
                if entry.number != head.number + 1 {
                    return Ok(Err(Broken::Missing(head.number + 1)));
                }
                if entry.digest != digest(&head.digest, entry) {
                    let (action, table) = (entry.action.clone(), entry.table.clone());
                    return Ok(Err(Broken::Forged { number: entry.number, action, table }));
                }
                head = Head { number: entry.number, digest: entry.digest.clone() };
                if kept.is_some_and(|kept| kept.number == head.number && kept.digest != head.digest) {
                    return Ok(Err(Broken::Head));
                }
            }
        }
        Ok(match kept {
            _ if head.number < end.number => Err(Broken::Missing(head.number + 1)),
            _ if head != end => Err(Broken::Head),
            Some(kept) if kept.number > head.number => Err(Broken::Missing(head.number + 1)),
            _ => Ok(head),
        })
    }
}
