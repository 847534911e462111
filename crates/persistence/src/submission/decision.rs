//! Decisions: rows of the tenant that asked, about rows of the tenant that answered. Added, and never changed.

use domain::actor::Principal;
use domain::report::RequestStep;
use domain::submission::{SubmissionStep, Verdict};
use domain::{Id, RecordKind, ReportRequest, Submission, SubmissionDecision, TenantId, Visibility};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec;
use crate::edge::{Via, across, own};
use crate::edit::{EditError, Edited};
use crate::filter::alias;
use crate::record::{Record, Stored, among, every, read_all};
use crate::report::own_request;
use crate::{Edge, StoreError, Tx};

mod decisions {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submission_decisions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub request_id: Uuid,
        pub submission_tenant_id: i32,
        pub submission_id: Uuid,
        pub submission_version: i32,
        pub verdict: String,
        pub reason: Option<String>,
        pub decided_on: Date,
        pub decided_at: String,
        pub decided_by: String,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for SubmissionDecision {
    type Entity = decisions::Entity;
    type Key = Id<SubmissionDecision>;
    const HOLDS: Holds = Holds::Between;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: decisions::Model) -> Result<Self, StoreError> {
        let decisions::Model {
            tenant_id,
            id,
            visibility,
            request_id,
            submission_tenant_id,
            submission_id,
            submission_version,
            verdict,
            reason,
            decided_on,
            decided_at,
            decided_by,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            request: Id::new(tenant, request_id),
            submission: Id::new(TenantId(submission_tenant_id), submission_id),
            submission_version,
            verdict: codec::code("verdict", &verdict)?,
            reason,
            decided_on,
            decided_at: codec::moment(&decided_at)?,
            decided_by: Principal::stored(decided_by),
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for SubmissionDecision {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::SubmissionDecision));

    fn row(&self) -> decisions::Model {
        decisions::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            request_id: self.request.uuid,
            submission_tenant_id: self.submission.tenant.0,
            submission_id: self.submission.uuid,
            submission_version: self.submission_version,
            verdict: codec::text(self.verdict),
            reason: self.reason.clone(),
            decided_on: self.decided_on,
            decided_at: codec::moment_text(self.decided_at),
            decided_by: self.decided_by.to_string(),
            version: self.version,
        }
    }
}

/// The decision on a submission.
pub const DECISION: Edge<Submission, SubmissionDecision> =
    Edge::new("submission.decision", Via::Child(across("submission_tenant_id", "submission_id")));
/// The decisions on what was answered to a request.
pub const DECISIONS: Edge<ReportRequest, SubmissionDecision> =
    Edge::new("reportRequest.decisions", Via::Child(own("request_id")));

/// The decision on a submission as it is now, as far as one may know of it.
pub async fn decision(tx: &Tx, submission: &Submission) -> Result<Option<SubmissionDecision>, StoreError> {
    let t = alias(0);
    let mut select = every::<SubmissionDecision>(t);
    select
        .cond_where(among(t, (Some("submission_tenant_id"), "submission_id"), &[submission.id]))
        .cond_where(tx.access().condition(SubmissionDecision::HOLDS, t));
    let found: Vec<SubmissionDecision> = read_all(&tx.rows(&select).await?)?;
    Ok(found.into_iter().find(|one| one.stands_for(submission)))
}

/// Decides on a submission: a row of whoever asked, which whoever answered sees too.
pub async fn decide(tx: &Tx, submission: &Submission, verdict: Verdict, reason: Option<String>) -> Edited<()> {
    let (step, of_request) = match verdict {
        Verdict::Accepted => (SubmissionStep::Accept, RequestStep::Accept),
        Verdict::Returned => (SubmissionStep::Return, RequestStep::Return),
    };
    // Held, so that two who decide at once decide one after the other.
    let request = own_request(tx, submission.request, of_request).await?;
    super::state(tx, submission).await?.after(step)?;
    let decision = SubmissionDecision {
        id: Id::generate(request.id.tenant),
        request: request.id,
        submission: submission.id,
        submission_version: submission.version,
        verdict,
        reason,
        decided_on: tx.occasion().today,
        decided_at: tx.occasion().at,
        decided_by: tx.principal(),
        visibility: Visibility::Internal,
        version: 0,
    };
    let faults = decision.faults();
    if !faults.is_empty() {
        return Err(EditError::Faults(faults));
    }
    tx.put(std::slice::from_ref(&decision)).await?;
    tx.show(request.id, &[decision.id], submission.id.tenant).await?;
    Ok(())
}
