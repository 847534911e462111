//! What is stored of a dossier now: the records that its provenances name, and those of others that they lead to.

use std::collections::{BTreeMap, BTreeSet};

use domain::bundle::{Elsewhere, OnFile};
use domain::link::LinkTarget;
use domain::{Agency, Bundle, Document, Id, Person, Program, Provenance, RecordKind, Source, TenantId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, SelectStatement};
use uuid::Uuid;

use crate::change::parts_of_programs;
use crate::codec::column as column_of;
use crate::filter::alias;
use crate::record::{Key, Record, among, col, read_all};
use crate::{StoreError, Tx};

/// Keys to a statement.
const KEYS: usize = 5_000;

impl Tx {
    /// The keys of a tenant's dossiers, in alphabetical order.
    pub async fn dossiers(&self, tenant: TenantId) -> Result<Vec<String>, StoreError> {
        let mut select = self.select::<Source>();
        select.cond_where(col(alias(0), "tenant_id").eq(tenant.0));
        let sources: Vec<Source> = read_all(&self.rows(&select).await?)?;
        let imported = sources.into_iter().filter(Source::is_of_dossier);
        let keys: BTreeSet<String> = imported.map(|source| source.dossier).collect();
        Ok(keys.into_iter().collect())
    }

    /// Everything stored of a dossier, as far as whoever acts sees it; none when it was never imported.
    pub async fn bundle_of(&self, tenant: TenantId, dossier: &str) -> Result<Option<OnFile>, StoreError> {
        let Some(source) = self.source(tenant, dossier).await? else { return Ok(None) };
        let provenances: Vec<Provenance> = self.provenances(source.id).await?.into_values().collect();
        let of = Named(&provenances);
        let mut bundle = Bundle {
            source,
            agencies: self.all(&of.kind(RecordKind::Agency)).await?,
            agency_groups: self.all(&of.kind(RecordKind::AgencyGroup)).await?,
            agency_group_members: self.all(&of.kind(RecordKind::AgencyGroupMember)).await?,
            people: self.all(&of.kind(RecordKind::Person)).await?,
            positions: self.all(&of.kind(RecordKind::Position)).await?,
            documents: self.all(&of.kind(RecordKind::Document)).await?,
            programs: self.all(&of.kind(RecordKind::Program)).await?,
            program_topics: self.all(&of.kind(RecordKind::ProgramTopic)).await?,
            program_links: self.all(&of.kind(RecordKind::ProgramLink)).await?,
            areas: self.all(&of.kind(RecordKind::CooperationArea)).await?,
            targets: self.all(&of.kind(RecordKind::Target)).await?,
            events: self.all(&of.kind(RecordKind::Event)).await?,
            event_programs: self.all(&of.kind(RecordKind::EventProgram)).await?,
            results: self.all(&of.kind(RecordKind::Result)).await?,
            awards: self.all(&of.kind(RecordKind::Award)).await?,
            directions: self.all(&of.kind(RecordKind::Direction)).await?,
            obligations: self.all(&of.kind(RecordKind::Obligation)).await?,
            planned_activities: self.all(&of.kind(RecordKind::PlannedActivity)).await?,
            remarks: self.all(&of.kind(RecordKind::Remark)).await?,
            citations: self.all(&of.kind(RecordKind::Citation)).await?,
            involvements: self.all(&of.kind(RecordKind::Involvement)).await?,
            conflicts: self.all(&of.kind(RecordKind::Conflict)).await?,
            provenances: Vec::new(),
        };
        let owned: BTreeSet<Uuid> = provenances.iter().filter(|one| one.owner).map(|one| one.record).collect();
        bundle.provenances = provenances;
        self.add_strangers(&mut bundle, &owned).await?;
        let elsewhere = self.elsewhere(tenant, &bundle, &owned).await?;
        let added = self.added(&bundle, &owned).await?;
        Ok(Some(OnFile { bundle, added, elsewhere }))
    }

    /// The programs of a tenant, each with the place where one of its dossiers describes it.
    pub async fn described_programs(&self, tenant: TenantId) -> Result<Vec<(Program, Option<Elsewhere>)>, StoreError> {
        let mut select = self.select::<Program>();
        select.cond_where(col(alias(0), "tenant_id").eq(tenant.0));
        let programs: Vec<Program> = read_all(&self.rows(&select).await?)?;
        let places = self.places(tenant, &programs.iter().map(|one| one.id.cast()).collect::<Vec<_>>()).await?;
        Ok(programs
            .into_iter()
            .map(|one| (places.get(&one.id.uuid).cloned(), one))
            .map(|(at, one)| (one, at))
            .collect())
    }

    /// Adds what the records lead to and the dossier did not name so far: somebody changed them since.
    async fn add_strangers(&self, bundle: &mut Bundle, owned: &BTreeSet<Uuid>) -> Result<(), StoreError> {
        let parties = &bundle.involvements;
        let agencies = parties.iter().filter_map(|one| one.agency);
        let agencies = agencies.chain(bundle.positions.iter().filter_map(|one| one.agency));
        let agencies = agencies.chain(bundle.agency_group_members.iter().map(|one| one.agency));
        let parents = bundle.agencies.iter().filter(|one| owned.contains(&one.id.uuid)).filter_map(|one| one.parent);
        let agencies: BTreeSet<Id<Agency>> = agencies.chain(parents).collect();
        let people: BTreeSet<Id<Person>> = parties.iter().filter_map(|one| one.person).collect();
        let mut documents: BTreeSet<Id<Document>> = bundle.citations.iter().map(|one| one.document).collect();
        let mut programs: BTreeSet<Id<Program>> = bundle.event_programs.iter().map(|one| one.program).collect();
        programs.extend(bundle.obligations.iter().filter_map(|one| one.fulfilled_by));
        for link in &bundle.program_links {
            match link.to {
                LinkTarget::Program(id) => drop(programs.insert(id)),
                LinkTarget::Document(id) => drop(documents.insert(id)),
            }
        }
        self.add(&mut bundle.agencies, agencies).await?;
        self.add(&mut bundle.people, people).await?;
        self.add(&mut bundle.documents, documents).await?;
        self.add(&mut bundle.programs, programs).await
    }

    async fn add<R: Record<Key = Id<R>>>(
        &self,
        known: &mut Vec<R>,
        mut wanted: BTreeSet<Id<R>>,
    ) -> Result<(), StoreError> {
        for record in known.iter() {
            wanted.remove(&record.key());
        }
        known.extend(self.all(&wanted.into_iter().collect::<Vec<_>>()).await?);
        Ok(())
    }

    /// How much belongs to the dossier's programs that no dossier says.
    ///
    /// ```sql
    /// SELECT count(*) FROM targets t WHERE (tenant_id, program_id) IN (…) AND NOT EXISTS
    ///   (SELECT 1 FROM provenances p WHERE p.record_tenant_id = t.tenant_id AND p.record_id = t.id)
    /// ```
    async fn added(&self, bundle: &Bundle, owned: &BTreeSet<Uuid>) -> Result<BTreeMap<RecordKind, i64>, StoreError> {
        let own = bundle.programs.iter().map(|one| one.id).filter(|id| owned.contains(&id.uuid));
        let own: Vec<Id<Program>> = own.collect();
        let mut added = BTreeMap::new();
        for (table, column, kind) in parts_of_programs() {
            let t = alias(0);
            let mut said = SelectStatement::new();
            said.expr(Expr::cust("1"))
                .from_as(Alias::new("provenances"), Alias::new("p"))
                .cond_where(col("p", "record_tenant_id").eq(col(t, "tenant_id")))
                .cond_where(col("p", "record_id").eq(col(t, "id")));
            let mut select = SelectStatement::new();
            select
                .expr_as(Expr::cust("count(*)"), Alias::new("count"))
                .from_as(Alias::new(table), Alias::new(t))
                .cond_where(among(t, (Some("tenant_id"), column), &own))
                .cond_where(Expr::exists(said).not());
            for row in self.rows(&select).await? {
                *added.entry(kind).or_default() += column_of::<i64>(&row, "count")?;
            }
        }
        added.retain(|_, count| *count > 0);
        Ok(added)
    }

    /// Which dossiers of the tenant describe the people and programs that this one only names.
    async fn elsewhere(
        &self,
        tenant: TenantId,
        bundle: &Bundle,
        owned: &BTreeSet<Uuid>,
    ) -> Result<BTreeMap<Uuid, Elsewhere>, StoreError> {
        let people = bundle.people.iter().map(|one| (one.id.tenant, one.id.uuid));
        let programs = bundle.programs.iter().map(|one| (one.id.tenant, one.id.uuid));
        let named = people.chain(programs).filter(|(of, id)| *of == tenant && !owned.contains(id));
        let named: Vec<Id<Source>> = named.map(|(tenant, id)| Id::new(tenant, id)).collect();
        self.places(tenant, &named).await
    }

    /// Where dossiers of the tenant describe these records.
    async fn places(&self, tenant: TenantId, named: &[Id<Source>]) -> Result<BTreeMap<Uuid, Elsewhere>, StoreError> {
        let mut places: Vec<Provenance> = Vec::new();
        for named in named.chunks(KEYS) {
            let mut select = self.select::<Provenance>();
            select
                .cond_where(col(alias(0), "tenant_id").eq(tenant.0))
                .cond_where(col(alias(0), "owner").eq(true))
                .cond_where(among(alias(0), (Some("record_tenant_id"), "record_id"), named));
            places.extend(read_all::<Provenance>(&self.rows(&select).await?)?);
        }
        let sources: BTreeSet<Id<Source>> = places.iter().map(|one| one.source).collect();
        let sources: Vec<Source> = self.all(&sources.into_iter().collect::<Vec<_>>()).await?;
        let key_of =
            |id: Id<Source>| sources.iter().find(|source| source.id == id).map(|source| source.dossier.clone());
        let found = places.into_iter().filter_map(|one| {
            let dossier = key_of(one.source)?;
            Some((one.record, Elsewhere { dossier, path: one.path }))
        });
        Ok(found.collect())
    }

    /// The records with these keys that are seen.
    async fn all<R: Record<Key = Id<R>>>(&self, keys: &[Id<R>]) -> Result<Vec<R>, StoreError> {
        let mut found = Vec::with_capacity(keys.len());
        for keys in keys.chunks(KEYS) {
            let mut select = self.select::<R>();
            select.cond_where(among(alias(0), R::Key::COLUMNS, keys));
            found.extend(read_all::<R>(&self.rows(&select).await?)?);
        }
        Ok(found)
    }
}

/// The records that a dossier names.
struct Named<'a>(&'a [Provenance]);

impl Named<'_> {
    /// Those of one kind, whose noun `R` is.
    fn kind<R>(&self, kind: RecordKind) -> Vec<Id<R>> {
        let of_kind = self.0.iter().filter(|one| one.kind == kind);
        of_kind.map(|one| Id::new(one.record_tenant, one.record)).collect()
    }
}
