//! Coverage: which provinces have a program that implements another one.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, SimpleObject};
use domain::link::LinkTarget;
use domain::reports::coverage::{Covered, counts_on};
use domain::{RecordKind, Tenant, TenantId};

use crate::connection::{NodeType, one};
use crate::document::Document;
use crate::error::Result;
use crate::global_id::GlobalId;
use crate::program::Program;
use crate::reports::implementation::Implementation;
use crate::request::request;
use crate::result::Outcome;
use crate::scalar::Date;
use crate::tenant::Province;

/// Whether a province has signed, as far as it was recorded.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::reports::coverage::CoverageState")]
pub enum CoverageState {
    /// It has, or each of its predecessors had.
    Signed,
    /// Some of its predecessors had.
    PartlySigned,
    /// Nobody has recorded it, which does not mean that there is none.
    NotRecorded,
}

/// Which provinces have a program that implements another one.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct Coverage {
    /// The program that provinces implement; null when it is a document.
    program: Option<Program>,
    /// The document that they implement; null when it is a program.
    document: Option<Document>,
    #[graphql(skip)]
    tenant: TenantId,
    /// Without programs that were surely signed after this day.
    as_of: Date,
    /// The provinces are those that existed on this day.
    boundaries: Date,
    /// Every province, by name.
    rows: Vec<CoverageRow>,
    /// How many provinces there are.
    provinces: usize,
    /// How many have signed.
    signed: usize,
    /// How many have signed in part: some of their predecessors had.
    partly_signed: usize,
    /// How many are not recorded.
    not_recorded: usize,
}

/// A province, and what it has signed.
#[derive(Clone, Debug, SimpleObject)]
pub struct CoverageRow {
    /// The province.
    province: Province,
    /// Whether it has signed.
    state: CoverageState,
    /// The programs with which it did itself, the first signed first; those without a day come last.
    programs: Vec<Implementation>,
    /// The provinces that it follows, with what they had signed.
    predecessors: Vec<CoverageRow>,
}

/// What takes further reading.
#[ComplexObject]
impl Coverage {
    /// Provinces of which nothing was recorded, by name.
    async fn missing(&self) -> Vec<Province> {
        let missing = self.rows.iter().filter(|row| row.state == CoverageState::NotRecorded);
        missing.map(|row| row.province.clone()).collect()
    }

    /// What the tenant of the program or document has itself stated of the number of provinces ("60 of 63"), of this program or of
    /// provinces' programs at large, the latest first. It stands beside the rows, and is never part of them.
    async fn stated(&self, ctx: &Context<'_>) -> Option<Result<Vec<Outcome>>> {
        Some(stated(ctx, self.tenant).await)
    }
}

async fn stated(ctx: &Context<'_>, tenant: TenantId) -> Result<Vec<Outcome>> {
    let stated = request(ctx)?.loader().scope().stated_coverage(tenant).await?;
    Ok(stated.into_iter().map(Outcome::wrap).collect())
}

/// What is implemented.
struct Parent {
    program: Option<Program>,
    document: Option<Document>,
    target: LinkTarget,
}

/// The program or document that an id names, if it is to be seen.
async fn parent(ctx: &Context<'_>, of: &ID) -> Result<Option<Parent>> {
    let id = GlobalId::parse(of)?;
    if let Some(id) = id.as_record(RecordKind::Program) {
        let Some(program) = one::<Program>(ctx, Some(id)).await.transpose()? else { return Ok(None) };
        return Ok(Some(Parent { program: Some(program), document: None, target: LinkTarget::Program(id) }));
    }
    let Some(id) = id.as_record(RecordKind::Document) else { return Ok(None) };
    let Some(document) = one::<Document>(ctx, Some(id)).await.transpose()? else { return Ok(None) };
    Ok(Some(Parent { program: None, document: Some(document), target: LinkTarget::Document(id) }))
}

/// The report; none where there is nothing of that id to be seen.
pub async fn coverage(
    ctx: &Context<'_>,
    of: &ID,
    (as_of, boundaries): (Option<Date>, Option<Date>),
) -> Result<Option<Coverage>> {
    let Some(parent) = parent(ctx, of).await? else { return Ok(None) };
    let request = request(ctx)?;
    let as_of = as_of.map_or_else(|| request.today(), |day| day.0);
    let boundaries = boundaries.map_or(as_of, |day| day.0);
    let loader = request.loader();
    let scope = loader.scope();
    let mut signed = scope.implementers(parent.target).await?;
    signed.retain(|(_, one)| counts_on(one, as_of));
    let tenant = match parent.target {
        LinkTarget::Program(id) => id.tenant,
        LinkTarget::Document(id) => id.tenant,
    };
    let mut by_tenant: BTreeMap<TenantId, Vec<Implementation>> = BTreeMap::new();
    for (link, one) in signed {
        by_tenant.entry(one.id.tenant).or_default().push(Implementation::new(link, one.id, parent.target));
    }
    let tenants = scope.tenants_of_all_time().await?;
    let steps: Vec<_> = loader.all::<domain::TenantSuccession>().await?.iter().map(|step| (**step).clone()).collect();
    let covered = domain::reports::coverage::coverage(&tenants, &steps, boundaries, &by_tenant);
    let tenants: BTreeMap<TenantId, Arc<Tenant>> = tenants.into_iter().map(|one| (one.id, Arc::new(one))).collect();
    let rows: Vec<CoverageRow> = covered.into_iter().filter_map(|one| row(one, &tenants)).collect();
    let of = |state| rows.iter().filter(|row| row.state == state).count();
    Ok(Some(Coverage {
        as_of: Date(as_of),
        boundaries: Date(boundaries),
        provinces: rows.len(),
        signed: of(CoverageState::Signed),
        partly_signed: of(CoverageState::PartlySigned),
        not_recorded: of(CoverageState::NotRecorded),
        rows,
        program: parent.program,
        document: parent.document,
        tenant,
    }))
}

fn row(covered: Covered<Implementation>, tenants: &BTreeMap<TenantId, Arc<Tenant>>) -> Option<CoverageRow> {
    Some(CoverageRow {
        province: Province::wrap(Arc::clone(tenants.get(&covered.tenant)?)),
        state: covered.state.into(),
        programs: covered.programs,
        predecessors: covered.predecessors.into_iter().filter_map(|one| row(one, tenants)).collect(),
    })
}
