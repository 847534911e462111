//! Report requests and whom they ask. Seen by the tenant that asks, and by each tenant that is asked; an addressee sees
//! of the addressees only itself.

use chrono::NaiveDate;
use domain::fault::FaultCode;
use domain::report::RequestStep;
use domain::{Addressee, Fault, Id, Program, RecordKind, ReportRequest, Tenant, TenantId, Visibility, text};
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own, shared};
use crate::edit::{self, EditError, Editable, Edited, Reference};
use crate::filter::alias;
use crate::record::{Record, Stored, among, col, every, read_all};
use crate::{Edge, Field, Sort, StoreError, Tx};

mod requests {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_requests")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_tenant_id: Option<i32>,
        pub program_id: Option<Uuid>,
        pub title: String,
        pub text: Option<String>,
        pub indicators: String,
        pub narrative: bool,
        pub period_start: Option<String>,
        pub period_end: Option<String>,
        pub open_ended: bool,
        pub due: Date,
        pub status: String,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for ReportRequest {
    type Entity = requests::Entity;
    type Key = Id<ReportRequest>;
    const HOLDS: Holds = Holds::Between;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: requests::Model) -> Result<Self, StoreError> {
        let requests::Model {
            tenant_id,
            id,
            visibility,
            program_tenant_id,
            program_id,
            title,
            text,
            indicators,
            narrative,
            period_start,
            period_end,
            open_ended,
            due,
            status,
            version,
        } = row;
        Ok(Self {
            id: Id::new(TenantId(tenant_id), id),
            program: program_tenant_id.zip(program_id).map(|(tenant, id)| Id::new(TenantId(tenant), id)),
            title,
            text,
            indicators: codec::list("indicators", &indicators)?,
            narrative,
            period: codec::period(period_start.as_deref(), period_end.as_deref(), open_ended)?,
            due,
            status: codec::code("status", &status)?,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for ReportRequest {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::ReportRequest));

    fn row(&self) -> requests::Model {
        let (period_start, period_end, open_ended) = codec::period_columns(self.period.as_ref());
        requests::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_tenant_id: self.program.map(|id| id.tenant.0),
            program_id: self.program.map(|id| id.uuid),
            title: self.title.clone(),
            text: self.text.clone(),
            indicators: codec::json(&self.indicators),
            narrative: self.narrative,
            period_start,
            period_end,
            open_ended,
            due: self.due,
            status: codec::text(self.status),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("title_fold", text::fold(&self.title).into())]
    }
}

impl Editable for ReportRequest {
    const KIND: RecordKind = RecordKind::ReportRequest;
    const SHARED_BY_PROGRAMS: bool = false;

    fn faults(&self) -> Vec<Fault> {
        ReportRequest::faults(self)
    }

    fn references(&self) -> Vec<Reference> {
        let indicators = self.indicators.iter().map(|code| Reference::code("indicators", "indicators", code));
        indicators.chain(Reference::maybe("program", RecordKind::Program, self.program)).collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

mod addressees {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_request_addressees")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub request_id: Uuid,
        pub addressee_tenant_id: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Addressee {
    type Entity = addressees::Entity;
    type Key = Id<Addressee>;
    const HOLDS: Holds = Holds::Between;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: addressees::Model) -> Result<Self, StoreError> {
        let addressees::Model { tenant_id, id, visibility, request_id, addressee_tenant_id } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            request: Id::new(tenant, request_id),
            tenant: TenantId(addressee_tenant_id),
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for Addressee {
    fn row(&self) -> addressees::Model {
        addressees::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            request_id: self.request.uuid,
            addressee_tenant_id: self.tenant.0,
        }
    }
}

/// Last day for an answer.
pub const DUE: Field<ReportRequest> = Field::new("due");
/// Whether answers are taken.
pub const STATUS: Field<ReportRequest> = Field::new("status");
/// Folded title.
pub const TITLE: Field<ReportRequest> = Field::new("title_fold");
/// By the last day for an answer.
pub const BY_DUE: Sort<ReportRequest> = Sort::by("due", false);

/// The tenant that asks.
pub const TENANT: Edge<ReportRequest, Tenant> = Edge::new("reportRequest.tenant", Via::Parent(shared("tenant_id")));
/// The program that a request is about.
pub const PROGRAM: Edge<ReportRequest, Program> =
    Edge::new("reportRequest.program", Via::Parent(across("program_tenant_id", "program_id")));
/// Requests about a program.
pub const OF_PROGRAM: Edge<Program, ReportRequest> =
    Edge::new("program.reportRequests", Via::Child(across("program_tenant_id", "program_id"))).order(&[("due", true)]);
/// Whom a request asks.
pub const ADDRESSEES: Edge<ReportRequest, Addressee> =
    Edge::new("reportRequest.addressees", Via::Child(own("request_id"))).order(&[("addressee_tenant_id", false)]);
/// The same, as tenants.
pub const ASKED: Edge<ReportRequest, Tenant> = Edge::new(
    "reportRequest.asked",
    Via::Through {
        table: "report_request_addressees",
        holds: Holds::Between,
        parent: own("request_id"),
        child: shared("addressee_tenant_id"),
        only: None,
    },
);
/// Requests that ask a tenant.
pub const OF_TENANT: Edge<Tenant, ReportRequest> = Edge::new(
    "tenant.reportRequests",
    Via::Through {
        table: "report_request_addressees",
        holds: Holds::Between,
        parent: shared("addressee_tenant_id"),
        child: own("request_id"),
        only: None,
    },
)
.order(&[("due", true)]);

/// Whom a request asks, as far as whoever acts may know.
pub async fn addressees(tx: &Tx, request: Id<ReportRequest>) -> Result<Vec<Addressee>, StoreError> {
    let t = alias(0);
    let mut select = every::<Addressee>(t);
    select
        .cond_where(among(t, (Some("tenant_id"), "request_id"), &[request]))
        .cond_where(tx.access().condition(Addressee::HOLDS, t))
        .order_by_expr(col(t, "addressee_tenant_id"), sea_orm::Order::Asc);
    read_all(&tx.rows(&select).await?)
}

/// Everything that is wrong with a request beside what it is by itself: with asking these tenants, if others than now are
/// wanted, and with the day, if it is another than `before`.
pub async fn check(
    tx: &Tx,
    request: &ReportRequest,
    before: Option<NaiveDate>,
    wanted: Option<&[TenantId]>,
) -> Result<Vec<Fault>, StoreError> {
    let mut faults: Vec<Fault> = Vec::new();
    if before != Some(request.due) {
        faults.extend(request.due_fault(tx.occasion().today));
    }
    if let Some(wanted) = wanted {
        faults.extend(check_addressees(tx, request, wanted).await?);
    }
    Ok(faults)
}

async fn check_addressees(tx: &Tx, request: &ReportRequest, wanted: &[TenantId]) -> Result<Vec<Fault>, StoreError> {
    let mut faults = request.addressee_faults(wanted);
    let stored: Vec<TenantId> = addressees(tx, request.id).await?.into_iter().map(|one| one.tenant).collect();
    let t = alias(0);
    let mut select = every::<Tenant>(t);
    select.cond_where(col(t, "id").is_in(wanted.iter().map(|tenant| tenant.0)));
    let known: Vec<Tenant> = read_all(&tx.rows(&select).await?)?;
    for (place, tenant) in wanted.iter().enumerate().filter(|(_, tenant)| !stored.contains(tenant)) {
        let place = place.to_string();
        let fault = match known.iter().find(|one| one.id == *tenant).map(|one| one.valid_to) {
            None => Fault::not_found(""),
            Some(Some(last)) if last < tx.occasion().today => ended(last),
            Some(_) => continue,
        };
        faults.push(fault.under(&["addressees", &place]));
    }
    let gone: Vec<TenantId> = stored.into_iter().filter(|tenant| !wanted.contains(tenant)).collect();
    if !gone.is_empty() && crate::submission::any_of(tx, request.id, &gone).await? {
        faults.push(Fault::of(
            FaultCode::InUse,
            &["addressees"],
            "who has answered already stays an addressee; leave them in the list",
            "đơn vị đã gửi báo cáo thì vẫn là đơn vị nhận yêu cầu; hãy giữ trong danh sách",
        ));
    }
    Ok(faults)
}

fn ended(last: NaiveDate) -> Fault {
    Fault::new(
        "",
        format!("the unit ended on {last}; ask its successor"),
        format!("đơn vị đã kết thúc ngày {last}; hãy gửi cho đơn vị kế thừa"),
    )
}

/// Has a request ask these tenants, which were checked, and shows it to them.
pub async fn address(tx: &Tx, request: &ReportRequest, wanted: &[TenantId]) -> Edited<()> {
    let stored = addressees(tx, request.id).await?;
    let (kept, gone): (Vec<_>, Vec<_>) = stored.into_iter().partition(|one| wanted.contains(&one.tenant));
    let new: Vec<Addressee> = wanted
        .iter()
        .filter(|tenant| kept.iter().all(|one| one.tenant != **tenant))
        .map(|tenant| Addressee {
            id: Id::generate(request.id.tenant),
            request: request.id,
            tenant: *tenant,
            visibility: request.visibility,
        })
        .collect();
    for one in &gone {
        tx.show_no_more(request.id, one.tenant).await?;
    }
    tx.delete::<Addressee>(&gone.iter().map(Record::key).collect::<Vec<_>>()).await?;
    tx.put(&new).await?;
    if !gone.is_empty() || !new.is_empty() {
        tx.revise::<ReportRequest>(&request.id).await?;
    }
    for one in &new {
        tx.show(request.id, &[request.id], one.tenant).await?;
        tx.show(request.id, &[one.id], one.tenant).await?;
    }
    Ok(())
}

/// The request that an answer is about, as whoever acts may see it, if it allows the step.
pub async fn asked(tx: &Tx, id: Id<ReportRequest>, step: RequestStep) -> Edited<ReportRequest> {
    let t = alias(0);
    let mut select = every::<ReportRequest>(t);
    select
        .cond_where(among(t, (Some("tenant_id"), "id"), &[id]))
        .cond_where(tx.access().condition(ReportRequest::HOLDS, t));
    let found: Option<ReportRequest> = read_all(&tx.rows(&select).await?)?.into_iter().next();
    let Some(request) = found else { return Err(Fault::not_found("request").into()) };
    match request.status.after(step) {
        Ok(_) => Ok(request),
        Err(fault) => Err(EditError::Faults(vec![Fault { path: vec!["request".to_owned()], ..fault }])),
    }
}

/// Takes a request that is to be decided on by whoever asked; held until the transaction ends.
pub async fn own_request(tx: &Tx, id: Id<ReportRequest>, step: RequestStep) -> Edited<ReportRequest> {
    match edit::find(tx, id).await? {
        Some(request) if tx.access().writes(id.tenant) => {
            request.status.after(step)?;
            Ok(request)
        }
        Some(_) | None => Err(Fault::of(
            FaultCode::Forbidden,
            &["id"],
            "only whoever asked decides on what was handed in",
            "chỉ đơn vị yêu cầu được xử lý báo cáo đã gửi",
        )
        .into()),
    }
}

/// The addressee for which whoever acts answers: the one named, else the only one.
pub async fn answering(tx: &Tx, request: &ReportRequest, named: Option<TenantId>) -> Edited<TenantId> {
    let asked = addressees(tx, request.id).await?;
    let mut own: Vec<TenantId> =
        asked.into_iter().map(|one| one.tenant).filter(|tenant| tx.access().writes(*tenant)).collect();
    if let Some(named) = named {
        own.retain(|tenant| *tenant == named);
    }
    match own.as_slice() {
        [one] => Ok(*one),
        [] => Err(Fault::of(
            FaultCode::Forbidden,
            &[if named.is_some() { "tenant" } else { "request" }],
            "only those whom the request asks answer it",
            "chỉ đơn vị được yêu cầu mới gửi báo cáo",
        )
        .into()),
        _ => Err(Fault::new(
            "tenant",
            "the request asks several tenants for which you act: name the one that answers",
            "yêu cầu gửi cho nhiều đơn vị mà bạn phụ trách: hãy nêu đơn vị báo cáo",
        )
        .into()),
    }
}

/// The rows of an answer to a request.
pub(crate) fn of_request(t: &'static str, request: Id<ReportRequest>) -> Condition {
    among(t, (Some("request_tenant_id"), "request_id"), &[request])
}
