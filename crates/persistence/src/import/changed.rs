//! What somebody changed since a dossier was last imported: an import must not undo it without being told to.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Agency, AgencyGroup, Award, Bundle, Citation, Conflict, CooperationArea, Direction, Document, Event, Id,
    Involvement, Obligation, Outcome, Person, PlannedActivity, Position, Program, ProgramLink, Provenance, RecordKind,
    Remark, Source, Target,
};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement, UpdateStatement};
use sea_orm::{EntityTrait, FromQueryResult};

use crate::record::{Record, Stored, col, every, read_all};
use crate::write::keep_version;
use crate::{StoreError, Tx};

/// A record of a dossier that is no longer as the dossier left it, and that an import would write over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its path in the dossier.
    pub path: String,
    /// Whether it was deleted, not changed.
    pub deleted: bool,
    /// Whether the dossier to be imported still describes it.
    pub described: bool,
}

/// Both tables of the question whether a record has the version that its provenance remembers.
const RECORD: &str = "r";
const PROVENANCE: &str = "p";

impl Tx {
    /// What storing `bundle` would undo: records that somebody changed or deleted since this dossier was imported, and that
    /// the bundle says otherwise.
    pub async fn changed_since(&self, bundle: &Bundle) -> Result<Vec<Changed>, StoreError> {
        let before = self.provenances(bundle.source.id).await?;
        let mut found = Found {
            before: before.values().map(|one| ((one.kind, one.record), one)).collect(),
            bundle,
            changed: Vec::new(),
        };
        if before.is_empty() {
            return Ok(Vec::new());
        }
        let digest = self.source(bundle.source.id.tenant, &bundle.source.dossier).await?.map(|known| known.digest);
        let source = Source { digest: digest.unwrap_or_default(), ..bundle.source.clone() };
        self.changed(&mut found, RecordKind::Source, &[source]).await?;
        self.changed(&mut found, RecordKind::Agency, &bundle.agencies).await?;
        self.changed(&mut found, RecordKind::AgencyGroup, &bundle.agency_groups).await?;
        self.changed(&mut found, RecordKind::Person, &bundle.people).await?;
        self.changed(&mut found, RecordKind::Position, &bundle.positions).await?;
        self.changed(&mut found, RecordKind::Document, &bundle.documents).await?;
        self.changed(&mut found, RecordKind::Program, &bundle.programs).await?;
        self.changed(&mut found, RecordKind::ProgramLink, &bundle.program_links).await?;
        self.changed(&mut found, RecordKind::CooperationArea, &bundle.areas).await?;
        self.changed(&mut found, RecordKind::Target, &bundle.targets).await?;
        self.changed(&mut found, RecordKind::Event, &bundle.events).await?;
        self.changed(&mut found, RecordKind::Result, &bundle.results).await?;
        self.changed(&mut found, RecordKind::Award, &bundle.awards).await?;
        self.changed(&mut found, RecordKind::Direction, &bundle.directions).await?;
        self.changed(&mut found, RecordKind::Obligation, &bundle.obligations).await?;
        self.changed(&mut found, RecordKind::PlannedActivity, &bundle.planned_activities).await?;
        self.changed(&mut found, RecordKind::Remark, &bundle.remarks).await?;
        self.changed(&mut found, RecordKind::Citation, &bundle.citations).await?;
        self.changed(&mut found, RecordKind::Involvement, &bundle.involvements).await?;
        // What somebody has decided about them stays, see `keep.rs`.
        let conflicts = self.as_resolved(&bundle.conflicts).await?;
        self.changed(&mut found, RecordKind::Conflict, &conflicts).await?;
        found.changed.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found.changed)
    }

    /// ```sql
    /// SELECT r.* FROM programs r JOIN provenances p ON p.record_tenant_id = r.tenant_id AND p.record_id = r.id
    /// WHERE p.tenant_id = $1 AND p.source_id = $2 AND p.kind = 'PROGRAM' AND p.owner AND p.record_version <> r.version
    /// ```
    async fn changed<R: Stored<Key = Id<R>>>(
        &self,
        found: &mut Found<'_>,
        kind: RecordKind,
        records: &[R],
    ) -> Result<(), StoreError> {
        let mut select = every::<R>(RECORD);
        select.join_as(
            sea_orm::JoinType::InnerJoin,
            Alias::new("provenances"),
            Alias::new(PROVENANCE),
            same_record().add(self.remembered(found.bundle.source.id, kind)),
        );
        select.cond_where(col(PROVENANCE, "record_version").ne(col(RECORD, "version")));
        let known: HashMap<Id<R>, &R> = records.iter().map(|record| (record.key(), record)).collect();
        for row in self.rows(&select).await? {
            let model = <<R::Entity as EntityTrait>::Model as FromQueryResult>::from_query_result(&row, "")?;
            let stored = R::read(model.clone())?.key();
            let described = known.get(&stored);
            let same = described.is_some_and(|record| {
                let mut row = record.row();
                keep_version::<R>(&mut row, &model);
                row == model
            });
            if !same {
                found.note(kind, stored.uuid, false, described.is_some());
            }
        }
        let mut row = SelectStatement::new();
        row.expr(Expr::cust("1")).from_as(R::Entity::default(), Alias::new(RECORD)).cond_where(same_record());
        let mut gone = every::<Provenance>(PROVENANCE);
        gone.cond_where(self.remembered(found.bundle.source.id, kind)).cond_where(Expr::exists(row).not());
        let gone: Vec<Provenance> = read_all(&self.rows(&gone).await?)?;
        found.note_deleted(&gone);
        Ok(())
    }

    /// The provenances of a dossier that remember a version. What may not be written here is not undone either.
    fn remembered(&self, source: Id<Source>, kind: RecordKind) -> Condition {
        Condition::all()
            .add(col(PROVENANCE, "tenant_id").eq(source.tenant.0))
            .add(col(PROVENANCE, "source_id").eq(source.uuid))
            .add(col(PROVENANCE, "kind").eq(crate::codec::text(kind)))
            .add(col(PROVENANCE, "owner").eq(true))
            .add(col(PROVENANCE, "record_version").is_not_null())
            .add(self.access().writable(PROVENANCE, "record_tenant_id"))
    }

    /// Remembers which versions the records of a dossier have now.
    pub(crate) async fn remember_versions(&self, source: Id<Source>) -> Result<(), StoreError> {
        self.remember::<Source>(source, RecordKind::Source).await?;
        self.remember::<Agency>(source, RecordKind::Agency).await?;
        self.remember::<AgencyGroup>(source, RecordKind::AgencyGroup).await?;
        self.remember::<Person>(source, RecordKind::Person).await?;
        self.remember::<Position>(source, RecordKind::Position).await?;
        self.remember::<Document>(source, RecordKind::Document).await?;
        self.remember::<Program>(source, RecordKind::Program).await?;
        self.remember::<ProgramLink>(source, RecordKind::ProgramLink).await?;
        self.remember::<CooperationArea>(source, RecordKind::CooperationArea).await?;
        self.remember::<Target>(source, RecordKind::Target).await?;
        self.remember::<Event>(source, RecordKind::Event).await?;
        self.remember::<Outcome>(source, RecordKind::Result).await?;
        self.remember::<Award>(source, RecordKind::Award).await?;
        self.remember::<Direction>(source, RecordKind::Direction).await?;
        self.remember::<Obligation>(source, RecordKind::Obligation).await?;
        self.remember::<PlannedActivity>(source, RecordKind::PlannedActivity).await?;
        self.remember::<Remark>(source, RecordKind::Remark).await?;
        self.remember::<Citation>(source, RecordKind::Citation).await?;
        self.remember::<Involvement>(source, RecordKind::Involvement).await?;
        self.remember::<Conflict>(source, RecordKind::Conflict).await
    }

    /// ```sql
    /// UPDATE provenances SET record_version = (SELECT version FROM programs r WHERE r.tenant_id = record_tenant_id AND …)
    /// WHERE tenant_id = $1 AND source_id = $2 AND kind = 'PROGRAM' AND owner
    /// ```
    async fn remember<R: Record>(&self, source: Id<Source>, kind: RecordKind) -> Result<(), StoreError> {
        let own = |name: &'static str| Expr::col((Alias::new("provenances"), Alias::new(name)));
        let mut version = SelectStatement::new();
        version
            .column((Alias::new(RECORD), Alias::new("version")))
            .from_as(R::Entity::default(), Alias::new(RECORD))
            .cond_where(col(RECORD, "tenant_id").eq(own("record_tenant_id")))
            .cond_where(col(RECORD, "id").eq(own("record_id")));
        let mut update = UpdateStatement::new();
        update
            .table(Alias::new("provenances"))
            .value(Alias::new("record_version"), Expr::SubQuery(None, Box::new(version.into())))
            .cond_where(own("tenant_id").eq(source.tenant.0))
            .cond_where(own("source_id").eq(source.uuid))
            .cond_where(own("kind").eq(crate::codec::text(kind)))
            .cond_where(own("owner").eq(true))
            .cond_where(self.access().writable("provenances", "record_tenant_id"));
        self.execute(&update).await?;
        Ok(())
    }
}

fn same_record() -> Condition {
    Condition::all()
        .add(col(PROVENANCE, "record_tenant_id").eq(col(RECORD, "tenant_id")))
        .add(col(PROVENANCE, "record_id").eq(col(RECORD, "id")))
}

struct Found<'a> {
    before: HashMap<(RecordKind, uuid::Uuid), &'a Provenance>,
    bundle: &'a Bundle,
    changed: Vec<Changed>,
}

impl Found<'_> {
    fn note(&mut self, kind: RecordKind, record: uuid::Uuid, deleted: bool, described: bool) {
        let path = self.before.get(&(kind, record)).map(|one| one.path.clone());
        self.changed.extend(path.map(|path| Changed { path, deleted, described }));
    }

    /// What was deleted and would come back. In a list without keys the entries after it have moved up in a file that was
    /// exported since: then the list has become shorter, and nothing comes back.
    fn note_deleted(&mut self, gone: &[Provenance]) {
        let mut lists: BTreeMap<&str, Vec<&Provenance>> = BTreeMap::new();
        for one in gone {
            lists.entry(list_of(&one.path)).or_default().push(one);
        }
        for (list, gone) in lists {
            let before = self.before.values().filter(|one| list_of(&one.path) == list).count();
            let described = self.bundle.provenances.iter().filter(|one| list_of(&one.path) == list).count();
            let shorter = described + gone.len() <= before;
            for one in gone {
                let key = one.path.rsplit('/').next().unwrap_or_default();
                let counted = key.bytes().all(|byte| byte.is_ascii_digit());
                let described = self.bundle.provenances.iter().any(|now| now.path == one.path);
                if described && !(counted && shorter) {
                    self.note(one.kind, one.record, true, true);
                }
            }
        }
    }
}

/// The path of the list that an entry stands in.
fn list_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(list, _)| list)
}
