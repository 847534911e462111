//! Storing a dossier's records: in place where an earlier import stored them, new where nobody did, taken back where the
//! dossier no longer describes them and nobody else does.
//!
//! A record belongs to the dossier that first described it; other dossiers that name it add themselves as sources and
//! never change it. In another tenant a dossier adds, and corrects what it added, nothing else.

mod changed;
mod keep;
mod may;
mod resolve;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::bundle::Needs;
use domain::change::Operation;
use domain::{
    Agency, AgencyGroup, AgencyGroupMember, Award, Bundle, Citation, Conflict, CooperationArea, Direction, Document,
    Event, EventProgram, Id, Involvement, Obligation, Outcome, Person, PlannedActivity, Position, Program, ProgramLink,
    ProgramTopic, Provenance, RecordKind, Remark, Source, Target, TenantId, Visibility,
};
use sea_orm::EntityTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, SelectStatement, UpdateStatement};
use uuid::Uuid;

use crate::audit::Written;
use crate::edge::table_name;
use crate::filter::alias;
use crate::record::{Key, Record, Stored, among, among_columns, col, every, read_all};
use crate::{Counts, StoreError, Tx};

pub use changed::Changed;

/// Any number: it only has to be the same in every process that imports.
const IMPORT_LOCK: i64 = 7_044_601;

impl Tx {
    /// Lets concurrent imports take turns.
    pub async fn begin_import(&self) -> Result<(), StoreError> {
        self.lock(IMPORT_LOCK).await
    }

    /// Acts for a dossier: as its tenant, who may also add what the whole state shares where the dossier says so, and take
    /// back there what an earlier import of it added.
    pub async fn act_for_dossier(&mut self, needs: &Needs) -> Result<(), StoreError> {
        let mut others = needs.others();
        self.act_for(needs.tenant, &others.iter().copied().collect::<Vec<_>>()).await?;
        let Some(source) = self.source(needs.tenant, &needs.dossier).await? else { return Ok(()) };
        let known = others.len();
        let before = self.provenances(source.id).await?;
        let added = before.values().filter(|one| one.owner && one.record_tenant != needs.tenant);
        others.extend(added.map(|one| one.record_tenant));
        if others.len() > known {
            self.act_for(needs.tenant, &others.into_iter().collect::<Vec<_>>()).await?;
        }
        Ok(())
    }

    /// The digest under which a dossier was last imported.
    pub async fn dossier_digest(&self, tenant: TenantId, dossier: &str) -> Result<Option<String>, StoreError> {
        Ok(self.source(tenant, dossier).await?.map(|source| source.digest))
    }

    /// Stores a bundle.
    pub async fn put_bundle(&self, bundle: &Bundle) -> Result<Counts, StoreError> {
        let before = self.provenances(bundle.source.id).await?;
        let programs = self.programs_of(bundle.provenances.iter().chain(before.values()));
        let mut counts = self.put_source(&bundle.source).await?;
        let mut agencies = parents_first(&bundle.agencies);
        let public = self.public_elsewhere(&bundle.source, agencies.iter().map(|one| one.id.cast())).await?;
        agencies
            .iter_mut()
            .filter(|one| public.contains(&one.id.cast()))
            .for_each(|one| one.visibility = Visibility::Public);
        counts += self.put(&agencies).await?;
        counts += self.put(&bundle.agency_groups).await?;
        counts += self.put(&bundle.agency_group_members).await?;
        counts += self.put(&bundle.people).await?;
        counts += self.put(&bundle.positions).await?;
        let mut documents = bundle.documents.clone();
        let public = self.public_elsewhere(&bundle.source, documents.iter().map(|one| one.id.cast())).await?;
        documents
            .iter_mut()
            .filter(|one| public.contains(&one.id.cast()))
            .for_each(|one| one.visibility = Visibility::Public);
        counts += self.put(&documents).await?;
        counts += self.put(&bundle.programs).await?;
        counts += self.put(&bundle.program_topics).await?;
        counts += self.put(&bundle.program_links).await?;
        counts += self.put(&bundle.areas).await?;
        counts += self.put(&bundle.targets).await?;
        counts += self.put(&bundle.events).await?;
        counts += self.put(&bundle.event_programs).await?;
        counts += self.put(&bundle.results).await?;
        counts += self.put(&bundle.awards).await?;
        counts += self.put(&bundle.directions).await?;
        counts += self.put(&bundle.obligations).await?;
        counts += self.put(&bundle.planned_activities).await?;
        counts += self.put(&bundle.remarks).await?;
        counts += self.put(&bundle.citations).await?;
        counts += self.put(&bundle.involvements).await?;
        counts += self.put(&self.as_resolved(&bundle.conflicts).await?).await?;
        self.put_provenances(bundle, &before).await?;
        counts.deleted += self.remove_vanished(bundle, &before).await?;
        self.publish_shared(bundle).await?;
        self.remember_versions(bundle.source.id).await?;
        self.share(&programs).await?;
        Ok(counts)
    }

    /// Keeps the ids of provenances that stand already, so that an unchanged one stays unchanged.
    async fn put_provenances(&self, bundle: &Bundle, before: &BTreeMap<String, Provenance>) -> Result<(), StoreError> {
        let mut provenances = bundle.provenances.clone();
        for provenance in &mut provenances {
            if let Some(known) = before.get(&provenance.path) {
                provenance.id = known.id;
                provenance.owner |= self.beyond(known) && known.record == provenance.record;
                provenance.version = known.version.filter(|_| provenance.owner);
            }
        }
        self.put(&provenances).await?;
        Ok(())
    }

    /// Deletes what the dossier described before and no longer does.
    async fn remove_vanished(
        &self,
        bundle: &Bundle,
        before: &BTreeMap<String, Provenance>,
    ) -> Result<usize, StoreError> {
        let kept: BTreeSet<(RecordKind, TenantId, Uuid)> =
            bundle.provenances.iter().map(|one| (one.kind, one.record_tenant, one.record)).collect();
        let paths: BTreeSet<&str> = bundle.provenances.iter().map(|one| one.path.as_str()).collect();
        // What people have linked to the source by hand is theirs.
        let gone =
            before.values().filter(|one| !paths.contains(one.path.as_str()) && !one.is_by_hand() && !self.beyond(one));
        self.delete::<Provenance>(&gone.map(|one| one.id).collect::<Vec<_>>()).await?;
        let mut by_kind: BTreeMap<RecordKind, Vec<(TenantId, Uuid)>> = BTreeMap::new();
        // A path that stays may lead to another record now: what was described here is found to be another dossier's.
        for one in before.values().filter(|one| one.owner && self.access().writes(one.record_tenant)) {
            let key = (one.kind, one.record_tenant, one.record);
            if !kept.contains(&key) && !self.hand_over(one).await? {
                by_kind.entry(one.kind).or_default().push((one.record_tenant, one.record));
            }
        }
        let mut deleted = 0;
        // Children before parents.
        deleted += self.delete_of::<Conflict>(&mut by_kind, RecordKind::Conflict).await?;
        deleted += self.delete_of::<Involvement>(&mut by_kind, RecordKind::Involvement).await?;
        deleted += self.delete_of::<Citation>(&mut by_kind, RecordKind::Citation).await?;
        deleted += self.delete_of::<Remark>(&mut by_kind, RecordKind::Remark).await?;
        deleted += self.delete_of::<PlannedActivity>(&mut by_kind, RecordKind::PlannedActivity).await?;
        deleted += self.delete_of::<Obligation>(&mut by_kind, RecordKind::Obligation).await?;
        deleted += self.delete_of::<Direction>(&mut by_kind, RecordKind::Direction).await?;
        deleted += self.delete_of::<Award>(&mut by_kind, RecordKind::Award).await?;
        deleted += self.delete_of::<Outcome>(&mut by_kind, RecordKind::Result).await?;
        deleted += self.delete_of::<EventProgram>(&mut by_kind, RecordKind::EventProgram).await?;
        deleted += self.delete_of::<Event>(&mut by_kind, RecordKind::Event).await?;
        deleted += self.delete_of::<Target>(&mut by_kind, RecordKind::Target).await?;
        deleted += self.delete_of::<CooperationArea>(&mut by_kind, RecordKind::CooperationArea).await?;
        deleted += self.delete_of::<ProgramLink>(&mut by_kind, RecordKind::ProgramLink).await?;
        deleted += self.delete_of::<ProgramTopic>(&mut by_kind, RecordKind::ProgramTopic).await?;
        deleted += self.withdraw::<Program>(&mut by_kind, RecordKind::Program).await?;
        deleted += self.withdraw::<Document>(&mut by_kind, RecordKind::Document).await?;
        deleted += self.delete_of::<Position>(&mut by_kind, RecordKind::Position).await?;
        deleted += self.delete_of::<Person>(&mut by_kind, RecordKind::Person).await?;
        deleted += self.delete_of::<AgencyGroupMember>(&mut by_kind, RecordKind::AgencyGroupMember).await?;
        deleted += self.delete_of::<AgencyGroup>(&mut by_kind, RecordKind::AgencyGroup).await?;
        self.release_children(by_kind.get(&RecordKind::Agency).map_or(&[], Vec::as_slice)).await?;
        deleted += self.withdraw::<Agency>(&mut by_kind, RecordKind::Agency).await?;
        Ok(deleted)
    }

    /// Whether an earlier import, by the operator, described a record where whoever imports now may not write: it stays
    /// as it is, and the dossier's.
    fn beyond(&self, known: &Provenance) -> bool {
        known.owner && !self.access().writes(known.record_tenant)
    }

    /// Takes back records that other tenants may refer to. Whether one does must not be learned, so one that others could
    /// see is not deleted, which a reference would prevent, but becomes a draft; another tenant's stays as it is.
    async fn withdraw<R>(
        &self,
        by_kind: &mut BTreeMap<RecordKind, Vec<(TenantId, Uuid)>>,
        kind: RecordKind,
    ) -> Result<usize, StoreError>
    where
        R: Stored<Key = Id<R>>,
    {
        let gone = by_kind.remove(&kind).unwrap_or_default();
        let own = gone.into_iter().filter(|(tenant, _)| self.acts_for(*tenant));
        let keys: Vec<Id<R>> = own.map(|(tenant, id)| Id::new(tenant, id)).collect();
        if keys.is_empty() {
            return Ok(0);
        }
        let mut select = self.select::<R>();
        select.cond_where(among(alias(0), R::Key::COLUMNS, &keys)).cond_where(col(alias(0), "visibility").eq("DRAFT"));
        let drafts: Vec<R> = read_all(&self.rows(&select).await?)?;
        let drafts: Vec<Id<R>> = drafts.iter().map(Record::key).collect();
        let seen: Vec<Id<R>> = keys.iter().copied().filter(|key| !drafts.contains(key)).collect();
        self.show_as::<R>("DRAFT", &seen).await?;
        self.delete::<R>(&drafts).await?;
        Ok(keys.len())
    }

    async fn delete_of<R>(
        &self,
        by_kind: &mut BTreeMap<RecordKind, Vec<(TenantId, Uuid)>>,
        kind: RecordKind,
    ) -> Result<usize, StoreError>
    where
        R: Stored<Key = Id<R>>,
    {
        let keys: Vec<Id<R>> =
            by_kind.remove(&kind).unwrap_or_default().into_iter().map(|(tenant, id)| Id::new(tenant, id)).collect();
        Ok(usize::try_from(self.delete::<R>(&keys).await?).unwrap_or_default())
    }

    /// The programs that a dossier names, or named before, of the tenants for which one acts: what a program of another tenant
    /// shares is that tenant's to say.
    fn programs_of<'a>(&self, named: impl Iterator<Item = &'a Provenance>) -> Vec<Id<Program>> {
        let named = named.filter(|one| one.kind == RecordKind::Program);
        let ids: BTreeSet<Id<Program>> = named.map(|one| Id::new(one.record_tenant, one.record)).collect();
        ids.into_iter().filter(|id| self.acts_for(id.tenant)).collect()
    }

    /// Those of the records that another public dossier of the tenant names: they are public whatever this one is.
    async fn public_elsewhere(
        &self,
        source: &Source,
        records: impl Iterator<Item = Id<Source>>,
    ) -> Result<BTreeSet<Id<Source>>, StoreError> {
        let own: Vec<Id<Source>> = records.filter(|id| id.tenant == source.id.tenant).collect();
        let mut public = BTreeSet::new();
        for own in own.chunks(500) {
            let mut select = self.select::<Provenance>();
            select
                .cond_where(col(alias(0), "tenant_id").eq(source.id.tenant.0))
                .cond_where(col(alias(0), "source_id").ne(source.id.uuid))
                .cond_where(col(alias(0), "visibility").eq("PUBLIC"))
                .cond_where(among(alias(0), (Some("record_tenant_id"), "record_id"), own));
            let named: Vec<Provenance> = read_all(&self.rows(&select).await?)?;
            public.extend(named.iter().map(|one| Id::new(one.record_tenant, one.record)));
        }
        Ok(public)
    }

    /// A shared record of the dossier's own tenant is public as soon as one public dossier names it, whichever described
    /// it first. What another tenant hides is that tenant's to show.
    async fn publish_shared(&self, bundle: &Bundle) -> Result<(), StoreError> {
        self.publish_named::<Agency>(bundle, RecordKind::Agency).await?;
        self.publish_named::<Document>(bundle, RecordKind::Document).await
    }

    async fn publish_named<R: Stored<Key = Id<R>>>(&self, bundle: &Bundle, kind: RecordKind) -> Result<(), StoreError> {
        let named = bundle.provenances.iter().filter(|one| one.kind == kind);
        let shared: Vec<Id<R>> = named
            .filter(|one| one.record_tenant == bundle.source.id.tenant)
            .map(|one| Id::new(one.record_tenant, one.record))
            .collect();
        for keys in shared.chunks(500) {
            let mut vouched = SelectStatement::new();
            vouched
                .expr(Expr::cust("1"))
                .from_as(Alias::new("provenances"), Alias::new("p"))
                .cond_where(col("p", "record_tenant_id").eq(col(alias(0), "tenant_id")))
                .cond_where(col("p", "record_id").eq(col(alias(0), "id")))
                .cond_where(col("p", "tenant_id").eq(col(alias(0), "tenant_id")))
                .cond_where(col("p", "visibility").eq("PUBLIC"));
            let mut select = self.select::<R>();
            select
                .cond_where(among(alias(0), R::Key::COLUMNS, keys))
                .cond_where(col(alias(0), "visibility").ne("PUBLIC"))
                .cond_where(Expr::exists(vouched));
            let hidden: Vec<R> = read_all(&self.rows(&select).await?)?;
            let hidden: Vec<Id<R>> = hidden.iter().map(Record::key).collect();
            self.show_as::<R>("PUBLIC", &hidden).await?;
        }
        Ok(())
    }

    /// Changes who may see records, and all that follows them.
    async fn show_as<R: Stored<Key = Id<R>>>(&self, visibility: &str, keys: &[Id<R>]) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        let before = self.stored::<R>(keys).await?;
        for table in [table_name::<R>().as_str(), "search_entries"] {
            let mut update = UpdateStatement::new();
            update
                .table(Alias::new(table))
                .value(Alias::new("visibility"), visibility)
                .cond_where(among_columns(R::Key::COLUMNS, keys));
            self.execute(&update).await?;
        }
        self.rewrote::<R>(keys, &before).await?;
        self.list_followers::<R>(keys).await
    }

    /// Lists and audits records that a statement has changed in place.
    async fn rewrote<R: Stored>(
        &self,
        keys: &[R::Key],
        before: &HashMap<R::Key, <R::Entity as EntityTrait>::Model>,
    ) -> Result<(), StoreError> {
        let after = self.stored::<R>(keys).await?;
        let changed = keys
            .iter()
            .filter_map(|key| after.get(key).map(|row| Written::between::<R>(key, before.get(key), Some(row))));
        self.wrote(changed);
        self.list::<R>(Operation::Updated, keys).await
    }

    /// Agencies that go lose those that were said to be a part of them: with the statement goes the link.
    async fn release_children(&self, gone: &[(TenantId, Uuid)]) -> Result<(), StoreError> {
        let keys: Vec<Id<Agency>> = gone.iter().map(|(tenant, id)| Id::new(*tenant, *id)).collect();
        for keys in keys.chunks(500) {
            let mut select = self.select::<Agency>();
            select.cond_where(among(alias(0), (Some("tenant_id"), "parent_id"), keys));
            let released: Vec<Agency> = read_all(&self.rows(&select).await?)?;
            if released.is_empty() {
                continue;
            }
            let mut update = UpdateStatement::new();
            update
                .table(Alias::new("agencies"))
                .value(Alias::new("parent_id"), Option::<Uuid>::None)
                .cond_where(among_columns((Some("tenant_id"), "parent_id"), keys));
            let released: Vec<Id<Agency>> = released.iter().map(Record::key).collect();
            let before = self.stored::<Agency>(&released).await?;
            self.execute(&update).await?;
            self.rewrote::<Agency>(&released, &before).await?;
        }
        Ok(())
    }

    /// Gives a record to another dossier that names it, if it is one that may be written here; otherwise the record
    /// belongs to none until its own tenant describes it. Answers false when nobody names it.
    async fn hand_over(&self, gone: &Provenance) -> Result<bool, StoreError> {
        let mut select = self.select::<Provenance>();
        select
            .cond_where(col(alias(0), "record_tenant_id").eq(gone.record_tenant.0))
            .cond_where(col(alias(0), "record_id").eq(gone.record))
            .order_by_expr(col(alias(0), "id"), sea_orm::Order::Asc);
        let named: Vec<Provenance> = read_all(&self.rows(&select).await?)?;
        let Some(heir) = named.iter().find(|one| self.access().writes(one.id.tenant)) else {
            return Ok(!named.is_empty());
        };
        let mut update = UpdateStatement::new();
        update
            .table(Alias::new("provenances"))
            .value(Alias::new("owner"), true)
            .cond_where(Expr::col(Alias::new("tenant_id")).eq(heir.id.tenant.0))
            .cond_where(Expr::col(Alias::new("id")).eq(heir.id.uuid));
        self.execute(&update).await?;
        Ok(true)
    }

    /// The dossier's source, if it was imported before.
    pub async fn source(&self, tenant: TenantId, dossier: &str) -> Result<Option<Source>, StoreError> {
        let mut select = self.select::<Source>();
        select.cond_where(col(alias(0), "tenant_id").eq(tenant.0)).cond_where(col(alias(0), "dossier").eq(dossier));
        Ok(read_all(&self.rows(&select).await?)?.into_iter().next())
    }

    /// What the dossier described when it was last imported, by path.
    pub(crate) async fn provenances(&self, source: Id<Source>) -> Result<BTreeMap<String, Provenance>, StoreError> {
        let mut select = self.select::<Provenance>();
        select
            .cond_where(col(alias(0), "tenant_id").eq(source.tenant.0))
            .cond_where(col(alias(0), "source_id").eq(source.uuid));
        let found: Vec<Provenance> = read_all(&self.rows(&select).await?)?;
        Ok(found.into_iter().map(|one| (one.path.clone(), one)).collect())
    }

    /// The rows of `R` that whoever acts may see.
    pub(crate) fn select<R: Record>(&self) -> SelectStatement {
        let mut select = every::<R>(alias(0));
        select.cond_where(self.access().condition(R::HOLDS, alias(0)));
        select
    }
}

/// An agency after the one it is a part of.
fn parents_first(agencies: &[Agency]) -> Vec<Agency> {
    let mut ordered: Vec<Agency> = Vec::with_capacity(agencies.len());
    let mut waiting: Vec<Agency> = agencies.to_vec();
    while !waiting.is_empty() {
        let ids: BTreeSet<Id<Agency>> = waiting.iter().map(|agency| agency.id).collect();
        let (ready, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|agency| agency.parent.is_none_or(|parent| !ids.contains(&parent)));
        // A ring of parents cannot be ordered; the foreign key accepts it within one statement.
        let stuck = ready.is_empty();
        ordered.extend(ready);
        waiting = rest;
        if stuck {
            ordered.append(&mut waiting);
        }
    }
    ordered
}
