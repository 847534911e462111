//! What an edit looks at besides the record itself: what it refers to, what shares it, who has seen it.

use domain::{Conflict, Fault, Id, Program, RecordKind, TenantId, Visibility};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, LockType, SelectStatement};
use uuid::Uuid;

use super::Editable;
use crate::access::Holds;
use crate::codec::{self, column};
use crate::record::{Key, Record, among, col};
use crate::{StoreError, Tx};

/// That a field leads to a record or to an entry of a catalog.
#[derive(Clone, Debug)]
pub struct Reference {
    field: &'static str,
    to: Target,
    /// The tenant whose records alone can stand here.
    within: Option<TenantId>,
}

#[derive(Clone, Debug)]
enum Target {
    Record(RecordKind, TenantId, Uuid),
    Code(&'static str, String),
}

impl Reference {
    /// To a record.
    pub(crate) fn record<R>(field: &'static str, kind: RecordKind, id: Id<R>) -> Self {
        Self { field, to: Target::Record(kind, id.tenant, id.uuid), within: None }
    }

    /// To a record, where there is one.
    pub(crate) fn maybe<R>(field: &'static str, kind: RecordKind, id: Option<Id<R>>) -> Option<Self> {
        id.map(|id| Self::record(field, kind, id))
    }

    /// To an entry of a catalog.
    pub(crate) fn code(field: &'static str, table: &'static str, code: &str) -> Self {
        Self { field, to: Target::Code(table, code.to_owned()), within: None }
    }

    /// The field of the input.
    pub(super) const fn field(&self) -> &'static str {
        self.field
    }

    /// Only to a record of this tenant: the column that holds it has no tenant of its own.
    pub(crate) fn within(self, tenant: TenantId) -> Self {
        Self { within: Some(tenant), ..self }
    }

    /// That it leads to a record of another tenant, where only one of the record's own can stand.
    fn abroad(&self) -> Option<Fault> {
        let Target::Record(_, tenant, _) = &self.to else { return None };
        self.within.is_some_and(|within| within != *tenant).then(|| {
            Fault::new(
                self.field,
                "it belongs to another tenant, and only a record of the same tenant can stand here",
                "hồ sơ này thuộc đơn vị khác; ở đây chỉ dùng được hồ sơ của cùng đơn vị",
            )
        })
    }

    /// That it leads to nothing.
    pub(crate) fn missing(&self) -> Fault {
        match &self.to {
            Target::Record(..) => Fault::not_found(self.field),
            Target::Code(table, code) => Fault::of(
                domain::fault::FaultCode::NotFound,
                &[self.field],
                format!("the catalog of {table} has no entry {code:?}; read the codes it has from the field {table}"),
                format!("danh mục {table} không có mã {code:?}; hãy đọc các mã từ trường {table}"),
            ),
        }
    }
}

/// Where records of a kind are stored.
const fn table(kind: RecordKind) -> (&'static str, Holds) {
    let name = match kind {
        RecordKind::Agency => "agencies",
        RecordKind::AgencyGroup => "agency_groups",
        RecordKind::AgencyGroupMember => "agency_group_members",
        RecordKind::AgencySuccession => "agency_successions",
        RecordKind::Award => "awards",
        RecordKind::Citation => "citations",
        RecordKind::Conflict => return ("conflicts", Holds::ByKind),
        RecordKind::CooperationArea => "cooperation_areas",
        RecordKind::Direction => "directions",
        RecordKind::Document => "documents",
        RecordKind::Event => "events",
        RecordKind::EventProgram => "event_programs",
        RecordKind::Grant => "grants",
        RecordKind::Involvement => "involvements",
        RecordKind::Locality => "localities",
        RecordKind::Obligation => "obligations",
        RecordKind::Person => return ("people", Holds::PEOPLE),
        RecordKind::PlannedActivity => "planned_activities",
        RecordKind::Position => return ("positions", Holds::PEOPLE),
        RecordKind::Program => "programs",
        RecordKind::ProgramLink => "program_links",
        RecordKind::ProgramTopic => "program_topics",
        RecordKind::Remark => "remarks",
        RecordKind::ReportRequest => return ("report_requests", Holds::Between),
        RecordKind::Result => "results",
        RecordKind::Source => "sources",
        RecordKind::Submission => return ("submissions", Holds::Between),
        RecordKind::SubmissionDecision => return ("submission_decisions", Holds::Between),
        RecordKind::SubmissionItem => return ("submission_items", Holds::Between),
        RecordKind::Target => "targets",
        RecordKind::Tenant => "tenants",
    };
    (name, Holds::RECORDS)
}

impl Tx {
    /// How visible a record is that one may see.
    pub(crate) async fn sight(
        &self,
        kind: RecordKind,
        tenant: TenantId,
        id: Uuid,
        hold: bool,
    ) -> Result<Option<Visibility>, StoreError> {
        let (table, holds) = table(kind);
        let mut select = SelectStatement::new();
        select
            .column((Alias::new("t"), Alias::new("visibility")))
            .from_as(Alias::new(table), Alias::new("t"))
            .cond_where(col("t", "tenant_id").eq(tenant.0))
            .cond_where(col("t", "id").eq(id))
            .cond_where(self.access().condition(holds, "t"));
        if hold {
            select.lock(LockType::KeyShare);
        }
        let rows = self.rows(&select).await?;
        rows.first().map(|row| codec::code("visibility", &column::<String>(row, "visibility")?)).transpose()
    }

    /// How visible what a record belongs to is; held, so that both stay alike until the transaction ends.
    pub(super) async fn parent(&self, parent: &Reference) -> Result<Option<Visibility>, StoreError> {
        let Target::Record(kind, tenant, id) = &parent.to else { return Ok(None) };
        self.sight(*kind, *tenant, *id, self.access().writes(*tenant)).await
    }

    /// The references that lead to nothing one may see. What is hidden and what is not there are alike.
    pub(crate) async fn missing(&self, references: Vec<Reference>) -> Result<Vec<Fault>, StoreError> {
        let mut faults = Vec::new();
        for reference in references {
            let there = match &reference.to {
                Target::Record(kind, tenant, id) => self.sight(*kind, *tenant, *id, false).await?.is_some(),
                Target::Code(table, code) => {
                    let mut select = SelectStatement::new();
                    select
                        .expr(Expr::cust("1"))
                        .from_as(Alias::new(*table), Alias::new("t"))
                        .cond_where(col("t", "code").eq(code.as_str()));
                    !self.rows(&select).await?.is_empty()
                }
            };
            // What may not be seen is not told to be abroad.
            faults.extend(if there { reference.abroad() } else { Some(reference.missing()) });
        }
        Ok(faults)
    }

    /// Whether others than the tenant's staff could ever see a record.
    pub(super) async fn was_shown(&self, tenant: TenantId, id: Uuid) -> Result<bool, StoreError> {
        let mut select = SelectStatement::new();
        select
            .expr(Expr::cust("1"))
            .from_as(Alias::new("changes"), Alias::new("c"))
            .cond_where(col("c", "tenant_id").eq(tenant.0))
            .cond_where(col("c", "id").eq(id))
            .cond_where(col("c", "visibility").ne("DRAFT"))
            .limit(1);
        Ok(!self.rows(&select).await?.is_empty())
    }

    /// Has it worked out anew what the programs share that share this record, or may from now on.
    pub(super) async fn touched_by<R: Editable>(&self, record: &R) -> Result<(), StoreError> {
        if !R::SHARED_BY_PROGRAMS {
            return Ok(());
        }
        let id = record.key();
        let mut near = vec![id.uuid];
        if R::KIND == RecordKind::Program {
            self.touch([id.cast::<Program>()]);
        }
        if let Some(Target::Record(kind, tenant, parent)) = record.parent().map(|parent| parent.to) {
            if kind == RecordKind::Program {
                self.touch([Id::<Program>::new(tenant, parent)]);
            }
            near.push(parent);
        }
        let near: Vec<Id<Program>> = near.into_iter().map(|uuid| Id::new(id.tenant, uuid)).collect();
        for (table, column_of) in [("shares", "id"), ("event_programs", "event_id")] {
            let mut select = SelectStatement::new();
            select
                .distinct()
                .columns(["tenant_id", "program_id"].map(|name| (Alias::new("s"), Alias::new(name))))
                .from_as(Alias::new(table), Alias::new("s"))
                .cond_where(among("s", (Some("tenant_id"), column_of), &near));
            for row in self.rows(&select).await? {
                self.touch([<Id<Program> as Key>::from_row(&row, "tenant_id", "program_id")?]);
            }
        }
        Ok(())
    }

    /// Removes what sources disagree about, and what dossiers said, of records that go.
    pub(super) async fn forget<R: Editable>(&self, ids: &[Id<R>]) -> Result<(), StoreError> {
        for id in ids {
            let t = "t";
            let mut select = SelectStatement::new();
            select
                .columns(["tenant_id", "id"].map(|name| (Alias::new(t), Alias::new(name))))
                .from_as(<Conflict as Record>::Entity::default(), Alias::new(t))
                .cond_where(col(t, "record_tenant_id").eq(id.tenant.0))
                .cond_where(col(t, "tenant_id").eq(id.tenant.0))
                .cond_where(col(t, "record_id").eq(id.uuid));
            let rows = self.rows(&select).await?;
            let conflicts: Result<Vec<_>, _> =
                rows.iter().map(|row| <Id<Conflict> as Key>::from_row(row, "tenant_id", "id")).collect();
            self.delete::<Conflict>(&conflicts?).await?;
            let mut select = SelectStatement::new();
            select
                .columns(["tenant_id", "id"].map(|name| (Alias::new(t), Alias::new(name))))
                .from_as(Alias::new("provenances"), Alias::new(t))
                .cond_where(col(t, "tenant_id").eq(id.tenant.0))
                .cond_where(col(t, "record_tenant_id").eq(id.tenant.0))
                .cond_where(col(t, "record_id").eq(id.uuid));
            let rows = self.rows(&select).await?;
            let provenances: Result<Vec<_>, _> =
                rows.iter().map(|row| <Id<domain::Provenance> as Key>::from_row(row, "tenant_id", "id")).collect();
            self.delete::<domain::Provenance>(&provenances?).await?;
        }
        Ok(())
    }
}
