//! Submissions: the addressee's rows. While a draft, its staff alone sees one; once handed in, whoever asked sees it too,
//! and nobody else.

mod decision;
mod item;
mod publish;

use domain::actor::Principal;
use domain::submission::{SubmissionState, SubmissionStatus};
use domain::{Fault, Id, Program, RecordKind, ReportRequest, Submission, SubmissionItem, TenantId, Visibility};
use sea_orm::sea_query::ExprTrait;

use crate::access::Holds;
use crate::change::Listed;
use crate::codec;
use crate::edge::{Via, across, own};
use crate::edit::{self, Editable, Edited, Reference, erase_of};
use crate::filter::alias;
use crate::record::{Record, Stored, col, every, read_all};
use crate::report::of_request;
use crate::{Edge, StoreError, Tx};

pub use decision::{DECISION, DECISIONS, decide, decision};
pub use item::{ITEM_RESULT, ITEMS, OF_RESULT, RESULTS};
pub use publish::publish;

mod submissions {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submissions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub request_tenant_id: i32,
        pub request_id: Uuid,
        pub round: i32,
        pub program_id: Option<Uuid>,
        pub narrative: Option<String>,
        pub status: String,
        pub submitted_on: Option<Date>,
        pub submitted_at: Option<String>,
        pub submitted_by: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Submission {
    type Entity = submissions::Entity;
    type Key = Id<Submission>;
    const HOLDS: Holds = Holds::Between;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: submissions::Model) -> Result<Self, StoreError> {
        let submissions::Model {
            tenant_id,
            id,
            visibility,
            request_tenant_id,
            request_id,
            round,
            program_id,
            narrative,
            status,
            submitted_on,
            submitted_at,
            submitted_by,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            request: Id::new(TenantId(request_tenant_id), request_id),
            round,
            program: program_id.map(|id| Id::new(tenant, id)),
            narrative,
            status: codec::code("status", &status)?,
            submitted_on,
            submitted_at: submitted_at.as_deref().map(codec::moment).transpose()?,
            submitted_by: submitted_by.map(Principal::stored),
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Submission {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Submission).within("program_id"));

    fn row(&self) -> submissions::Model {
        submissions::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            request_tenant_id: self.request.tenant.0,
            request_id: self.request.uuid,
            round: self.round,
            program_id: self.program.map(|id| id.uuid),
            narrative: self.narrative.clone(),
            status: codec::text(self.status),
            submitted_on: self.submitted_on,
            submitted_at: self.submitted_at.map(codec::moment_text),
            submitted_by: self.submitted_by.as_ref().map(Principal::to_string),
            version: self.version,
        }
    }
}

impl Editable for Submission {
    const KIND: RecordKind = RecordKind::Submission;
    const SHARED_BY_PROGRAMS: bool = false;

    fn faults(&self) -> Vec<Fault> {
        Submission::faults(self)
    }

    fn references(&self) -> Vec<Reference> {
        let request = Reference::record("request", RecordKind::ReportRequest, self.request);
        [request].into_iter().chain(Reference::maybe("program", RecordKind::Program, self.program)).collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<SubmissionItem, _>(tx, "submission_id", ids).await
    }
}

/// What was answered to a request, as far as one may see it.
pub const OF_REQUEST: Edge<ReportRequest, Submission> =
    Edge::new("reportRequest.submissions", Via::Child(across("request_tenant_id", "request_id")))
        .order(&[("tenant_id", false), ("round", false)]);
/// What was reported under a program.
pub const OF_PROGRAM: Edge<Program, Submission> =
    Edge::new("program.submissions", Via::Child(own("program_id"))).order(&[("submitted_on", true)]);

/// Whether one of these tenants has handed something in, as far as one may know.
pub(crate) async fn any_of(tx: &Tx, request: Id<ReportRequest>, tenants: &[TenantId]) -> Result<bool, StoreError> {
    let t = alias(0);
    let mut select = every::<Submission>(t);
    select
        .cond_where(of_request(t, request))
        .cond_where(col(t, "tenant_id").is_in(tenants.iter().map(|tenant| tenant.0)))
        .cond_where(col(t, "status").eq("SUBMITTED"))
        .cond_where(tx.access().condition(Submission::HOLDS, t))
        .limit(1);
    Ok(!tx.rows(&select).await?.is_empty())
}

/// The latest round of a tenant's answer to a request; nobody else begins one until the transaction ends.
pub async fn latest(tx: &Tx, request: Id<ReportRequest>, tenant: TenantId) -> Result<Option<Submission>, StoreError> {
    let (high, low) = request.uuid.as_u64_pair();
    tx.lock((high ^ low.rotate_left(1)).cast_signed() ^ i64::from(tenant.0)).await?;
    let t = alias(0);
    let mut select = every::<Submission>(t);
    select
        .cond_where(of_request(t, request))
        .cond_where(col(t, "tenant_id").eq(tenant.0))
        .cond_where(tx.access().condition(Submission::HOLDS, t))
        .order_by_expr(col(t, "round"), sea_orm::Order::Desc)
        .limit(1)
        // Whoever hands it in meanwhile holds the row; what they did is read then.
        .lock_exclusive();
    Ok(read_all(&tx.rows(&select).await?)?.into_iter().next())
}

/// Where a submission stands, as far as one may know.
pub async fn state(tx: &Tx, submission: &Submission) -> Result<SubmissionState, StoreError> {
    let verdict = decision(tx, submission).await?.map(|one| one.verdict);
    Ok(SubmissionState::of(submission.status, verdict))
}

/// Stores a submission as handed in, and shows it to whoever asked.
pub async fn hand_in(tx: &Tx, submission: Submission, faults: Vec<Fault>) -> Edited<Submission> {
    let before = submission.visibility;
    let handed_in = Submission {
        status: SubmissionStatus::Submitted,
        submitted_on: Some(tx.occasion().today),
        submitted_at: Some(tx.occasion().at),
        submitted_by: Some(tx.principal()),
        visibility: Visibility::Internal,
        ..submission
    };
    let handed_in = edit::keep(tx, before, handed_in, faults).await?;
    let reader = handed_in.request.tenant;
    tx.show(handed_in.id, &[handed_in.id], reader).await?;
    let items: Vec<SubmissionItem> = edit::parts(tx, ("submission_id", handed_in.id), None).await?;
    tx.show(handed_in.id, &items.iter().map(Record::key).collect::<Vec<_>>(), reader).await?;
    Ok(handed_in)
}
