//! Requests that may be repeated: what was answered under an idempotency key is kept with the effect, in the same
//! transaction, for a day. Whoever repeats the request gets the same answer, and nothing is done twice.

use chrono::TimeDelta;
use domain::TenantId;
use sea_orm::sea_query::{
    Alias, DeleteStatement, Expr, ExprTrait, InsertStatement, OnConflict, SelectStatement, UpdateStatement,
};

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::codec::{self, column};
use crate::record::col;
use crate::{StoreError, Tx};

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// What is known of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Once {
    /// It is new: to be carried out.
    First,
    /// It was carried out, with this answer.
    Repeated(String),
    /// The key was used for another request.
    Changed,
}

impl Tx {
    /// Claims an idempotency key of whoever acts for a request with this digest. Waits for another transaction that has
    /// claimed it and is not over.
    pub async fn once(&self, key: &str, digest: &str) -> Result<Once, StoreError> {
        let tenant = self.on_behalf_of().unwrap_or(TenantId::CENTRAL);
        let (id, now) = (self.answer_id(key), self.occasion().at);
        let mut forget = DeleteStatement::new();
        forget
            .from_table(Alias::new("answers"))
            .cond_where(Expr::col(Alias::new("tenant_id")).eq(tenant.0))
            .cond_where(Expr::col(Alias::new("at")).lt(codec::moment_text(now - KEPT)));
        self.execute(&forget).await?;
        let mut claim = InsertStatement::new();
        claim
            .into_table(Alias::new("answers"))
            .columns(["tenant_id", "id", "digest", "at"].map(Alias::new))
            .values([tenant.0.into(), id.into(), digest.into(), codec::moment_text(now).into()])
            .map_err(|error| StoreError::Internal(error.to_string()))?
            .on_conflict(OnConflict::columns(["tenant_id", "id"].map(Alias::new)).do_nothing().to_owned());
        if self.execute(&claim).await? > 0 {
            return Ok(Once::First);
        }
        let mut select = SelectStatement::new();
        select
            .columns(["digest", "answer"].map(|name| (Alias::new("a"), Alias::new(name))))
            .from_as(Alias::new("answers"), Alias::new("a"))
            .cond_where(col("a", "tenant_id").eq(tenant.0))
            .cond_where(col("a", "id").eq(id));
        let rows = self.rows(&select).await?;
        let Some(row) = rows.first() else { return Ok(Once::First) };
        let known: String = column(row, "digest")?;
        if known != digest {
            return Ok(Once::Changed);
        }
        let answer: Option<String> = column(row, "answer")?;
        answer.map(Once::Repeated).ok_or_else(|| StoreError::Internal("a request has a key and no answer".to_owned()))
    }

    /// Keeps the answer under a key that was claimed.
    pub async fn answer(&self, key: &str, answer: &str) -> Result<(), StoreError> {
        let tenant = self.on_behalf_of().unwrap_or(TenantId::CENTRAL);
        let mut update = UpdateStatement::new();
        update
            .table(Alias::new("answers"))
            .value(Alias::new("answer"), answer)
            .cond_where(Expr::col(Alias::new("tenant_id")).eq(tenant.0))
            .cond_where(Expr::col(Alias::new("id")).eq(self.answer_id(key)));
        self.execute(&update).await?;
        Ok(())
    }

    /// Names a key of whoever acts: two of them may choose the same.
    fn answer_id(&self, key: &str) -> Uuid {
        let digest = Sha256::digest(format!("{}\n{key}", self.principal()));
        let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
        Builder::from_custom_bytes(bytes).into_uuid()
    }
}
