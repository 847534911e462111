//! Which records a dossier means: those it described before, those that others described, or new ones.

use std::collections::{BTreeMap, BTreeSet};

use domain::bundle::{AgencyNeed, Known, Needs, Resolved, SameNeed};
use domain::number::number_key;
use domain::text::fold;
use domain::{Agency, Document, Id, Person, Program, Provenance, RecordKind, Source, TenantId, Visibility};
use sea_orm::sea_query::{Alias, ExprTrait, SelectStatement};
use uuid::Uuid;

use crate::codec::{self, column};
use crate::filter::alias;
use crate::record::{Key, Record, among, col, read_all};
use crate::{StoreError, Tx};

/// What a dossier that is not public may not do: whoever sees the other tenant's records would see it too.
const ABROAD: &str = "belongs to another tenant, where nobody has described it yet; describe it in a dossier that is \
    public first";

/// What whoever imports without the operator's rights may not do: records of other tenants are theirs to add. What is
/// hidden there and what is not there are told in the same words.
const NOT_YOURS: &str = "belongs to another tenant, where you see no such record; ask that tenant to describe it, or \
    have the operator import this dossier";

/// A path, the tenant there, and the stored record that it means: none when it is new.
type Found<'a> = (&'a str, TenantId, Result<Option<Uuid>, String>);

/// A stored record as far as it matters for being found again.
struct Candidate {
    id: Uuid,
    /// What it is called first: the folded name or title.
    principal: String,
    /// Everything it is called, a line each: folded names, or number keys.
    lines: String,
    /// Whether everybody sees it.
    public: bool,
}

impl Tx {
    /// Finds the records behind a dossier's paths.
    pub async fn resolve(&self, needs: &Needs) -> Result<Known, StoreError> {
        let source = self.source(needs.tenant, &needs.dossier).await?;
        let before = match &source {
            Some(source) => self.provenances(source.id).await?,
            None => BTreeMap::new(),
        };
        let mut known = Known::default();
        // What the dossier added abroad is looked for like any other where it may not be written: it may be hidden now.
        let own = |path: &str, kind: RecordKind, tenant: TenantId| {
            before
                .get(path)
                .filter(|one| one.owner && one.kind == kind && one.record_tenant == tenant)
                .filter(|_| self.access().writes(tenant))
                .map(|one| one.record)
        };
        for need in &needs.own {
            let stored = if need.kind == RecordKind::Source {
                source.as_ref().map(|source| source.id.uuid)
            } else {
                own(&need.path, need.kind, need.tenant)
            };
            known.entries.insert(need.path.clone(), owned(need.tenant, stored));
        }
        let mut shared = Vec::with_capacity(needs.agencies.len() + needs.documents.len() + needs.programs.len());
        for need in &needs.agencies {
            let found = match own(&need.path, RecordKind::Agency, need.tenant) {
                Some(id) => Ok(Some(id)),
                None => self.find_agency(need).await?,
            };
            shared.push((need.path.as_str(), need.tenant, found));
        }
        for need in &needs.documents {
            let found = if let Some(id) = own(&need.path, RecordKind::Document, need.tenant) {
                Ok(Some(id))
            } else {
                let stored = self.candidates::<Document>(need.tenant, None, ("title_fold", "number_keys")).await?;
                let title = need.title.as_deref().unwrap_or_default();
                by_number("document", &stored, need.number.as_deref(), &need.aliases, title)
            };
            shared.push((need.path.as_str(), need.tenant, found));
        }
        for need in &needs.programs {
            let found = if let Some(id) = own(&need.path, RecordKind::Program, need.tenant) {
                Ok(Some(id))
            } else {
                let stored = self.candidates::<Program>(need.tenant, None, ("title_fold", "number_keys")).await?;
                by_number("program", &stored, need.number.as_deref(), &need.aliases, &need.title)
            };
            shared.push((need.path.as_str(), need.tenant, found));
        }
        let described = self.described(&shared).await?;
        for (path, tenant, found) in shared {
            let mine = |id| before.values().any(|one| one.owner && (one.record_tenant, one.record) == (tenant, id));
            // Abroad a dossier changes what it added itself, and nothing else.
            let abroad = tenant != needs.tenant;
            let unclaimed = |id| !abroad && !described.contains(&Id::new(tenant, id));
            let not_yours = !self.access().writes(tenant) && self.on_behalf_of().is_some();
            let hidden_abroad = not_yours || abroad && needs.visibility != Visibility::Public;
            match found {
                Err(problem) => known.problems.push((path.to_owned(), problem)),
                Ok(None) if not_yours => known.problems.push((path.to_owned(), NOT_YOURS.to_owned())),
                Ok(None) if hidden_abroad => known.problems.push((path.to_owned(), ABROAD.to_owned())),
                Ok(None) => drop(known.entries.insert(path.to_owned(), owned(tenant, None))),
                Ok(Some(uuid)) => {
                    // The same record under a new local key stays this dossier's own; one that nobody describes any more
                    // becomes it.
                    let owner = !hidden_abroad && (mine(uuid) || unclaimed(uuid));
                    known.entries.insert(path.to_owned(), Resolved { owner, ..owned(tenant, Some(uuid)) });
                }
            }
        }
        for need in &needs.same {
            match self.find_same(needs.tenant, need).await? {
                Ok(found) => {
                    let owner = before.values().any(|one| one.owner && one.record == found.uuid);
                    // What is another's is as visible as the other says.
                    let visibility = found.visibility.filter(|_| !owner);
                    known.entries.insert(need.path.clone(), Resolved { owner, visibility, ..found });
                }
                Err(problem) => known.problems.push((need.path.clone(), problem)),
            }
        }
        if source.is_some_and(|source| source.visibility == needs.visibility) {
            self.keep_visibility(&mut known, &before).await?;
        }
        known.localities = needs.localities.iter().map(|need| (need.path.clone(), need.uuid)).collect();
        Ok(known)
    }

    /// What a dossier describes again stays as visible as it is by now: whoever published or withdrew a record since did
    /// so on purpose, and a file that says the same as before does not take that back.
    async fn keep_visibility(
        &self,
        known: &mut Known,
        before: &BTreeMap<String, Provenance>,
    ) -> Result<(), StoreError> {
        for (path, entry) in &mut known.entries {
            let Some(one) = before.get(path).filter(|one| one.record == entry.uuid) else { continue };
            if one.kind.has_own_visibility() {
                entry.visibility = self.sight(one.kind, one.record_tenant, one.record, false).await?;
            }
        }
        Ok(())
    }

    /// Those of the records found that some dossier describes and may change.
    async fn described(&self, found: &[Found<'_>]) -> Result<BTreeSet<Id<Source>>, StoreError> {
        let stored =
            |(_, tenant, found): &Found<'_>| found.as_ref().ok().copied().flatten().map(|id| Id::new(*tenant, id));
        let ids: Vec<Id<Source>> = found.iter().filter_map(stored).collect();
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut select = self.select::<Provenance>();
        select.cond_where(col(alias(0), "owner").eq(true)).cond_where(among(
            alias(0),
            (Some("record_tenant_id"), "record_id"),
            &ids,
        ));
        let owners: Vec<Provenance> = read_all(&self.rows(&select).await?)?;
        Ok(owners.into_iter().map(|one| Id::new(one.record_tenant, one.record)).collect())
    }

    /// An agency by its full name; failing that, one that carries the name as an alias, or whose name is one of ours.
    async fn find_agency(&self, need: &AgencyNeed) -> Result<Result<Option<Uuid>, String>, StoreError> {
        let level = codec::text(need.level);
        let stored =
            self.candidates::<Agency>(need.tenant, Some(("level", level)), ("name_fold", "names_fold")).await?;
        let names: Vec<String> = need.names.iter().map(|name| fold(name)).collect();
        let name = names.first().cloned().unwrap_or_default();
        let by_name: Vec<&Candidate> = stored.iter().filter(|one| one.principal == name).collect();
        if !by_name.is_empty() {
            return Ok(one_of("agency", &by_name));
        }
        let by_alias: Vec<&Candidate> = stored
            .iter()
            .filter(|one| one.lines.lines().any(|line| line == name) || names.contains(&one.principal))
            .collect();
        Ok(one_of("agency", &by_alias))
    }

    /// What another dossier describes under a path: the one of the tenant, else the only one anywhere.
    async fn find_same(&self, tenant: TenantId, need: &SameNeed) -> Result<Result<Resolved, String>, StoreError> {
        let mut select = self.select::<Source>();
        select.cond_where(col(alias(0), "dossier").eq(need.dossier.as_str()));
        let mut sources: Vec<Source> = read_all(&self.rows(&select).await?)?;
        if sources.iter().any(|source| source.id.tenant == tenant) {
            sources.retain(|source| source.id.tenant == tenant);
        }
        let mut found: Vec<Resolved> = Vec::new();
        for source in sources {
            let stored: BTreeMap<String, Provenance> = self.provenances(source.id).await?;
            let Some(one) = stored.get(&need.there).filter(|one| one.kind == need.kind) else { continue };
            let record = if need.kind == RecordKind::Program {
                self.seen::<Program>(Id::new(one.record_tenant, one.record)).await?.map(|program| program.visibility)
            } else {
                self.seen::<Person>(Id::new(one.record_tenant, one.record)).await?.map(|person| person.visibility)
            };
            let resolved = Resolved { visibility: record, ..owned(one.record_tenant, Some(one.record)) };
            found.extend(record.map(|_| resolved));
        }
        let (list, key) = need.there.split_once('/').unwrap_or_default();
        let what = if need.kind == RecordKind::Program { "program" } else { "person" };
        Ok(match found.as_slice() {
            [one] if need.kind == RecordKind::Program && one.tenant != tenant => Err(format!(
                "{key:?} of the dossier {:?} is a program of another tenant; describe it with its tenant and number or title, \
                 and leave sameAs out",
                need.dossier
            )),
            [one] => Ok(*one),
            [] => Err(format!(
                "no {what} {key:?} is known from a dossier {:?}; import that dossier first, with {key:?} under {list}, or leave \
                 sameAs out",
                need.dossier
            )),
            _ => Err(format!("several dossiers are called {:?}; sameAs cannot tell which one is meant", need.dossier)),
        })
    }

    /// A record, if whoever acts may see it.
    async fn seen<R: Record<Key = Id<R>>>(&self, id: Id<R>) -> Result<Option<R>, StoreError> {
        let mut select = self.select::<R>();
        select.cond_where(among(alias(0), R::Key::COLUMNS, &[id]));
        Ok(read_all(&self.rows(&select).await?)?.into_iter().next())
    }

    async fn candidates<R: Record>(
        &self,
        tenant: TenantId,
        only: Option<(&'static str, String)>,
        (principal, lines): (&'static str, &'static str),
    ) -> Result<Vec<Candidate>, StoreError> {
        let t = alias(0);
        let mut select = SelectStatement::new();
        select
            .columns(["id", principal, lines, "visibility"].map(|name| (Alias::new(t), Alias::new(name))))
            .from_as(R::Entity::default(), Alias::new(t))
            .cond_where(self.access().condition(R::HOLDS, t))
            .cond_where(col(t, "tenant_id").eq(tenant.0));
        if let Some((name, code)) = only {
            select.cond_where(col(t, name).eq(code));
        }
        let candidate = |row| {
            Ok(Candidate {
                id: column(row, "id")?,
                principal: column(row, principal)?,
                lines: column(row, lines)?,
                public: column::<String>(row, "visibility")? == "PUBLIC",
            })
        };
        self.rows(&select).await?.iter().map(candidate).collect()
    }
}

/// Something with a number is found by any printing of it; without one, by its title.
fn by_number(
    what: &str,
    stored: &[Candidate],
    number: Option<&str>,
    aliases: &[String],
    title: &str,
) -> Result<Option<Uuid>, String> {
    let keys: Vec<String> = number.into_iter().chain(aliases.iter().map(String::as_str)).map(number_key).collect();
    let by_key: Vec<&Candidate> = stored
        .iter()
        .filter(|one| one.lines.lines().any(|line| !line.is_empty() && keys.iter().any(|key| key == line)))
        .collect();
    if number.is_some() || !by_key.is_empty() {
        return one_of(what, &by_key);
    }
    let title = fold(title);
    let by_title: Vec<&Candidate> = stored.iter().filter(|one| one.principal == title).collect();
    one_of(what, &by_title)
}

/// The one that is meant. Another tenant may have described in public what this one keeps to itself, and could not see
/// that it is there already; then the public one is meant, which others refer to.
fn one_of(what: &str, found: &[&Candidate]) -> Result<Option<Uuid>, String> {
    let mut public = found.iter().filter(|one| one.public);
    match (found, public.next(), public.next()) {
        ([], ..) => Ok(None),
        ([one], ..) | (_, Some(one), None) => Ok(Some(one.id)),
        (several, ..) => Err(format!(
            "{} stored records fit this {what}; describe it more exactly (full name, number)",
            several.len()
        )),
    }
}

/// A record that the dossier may change: the stored one, or a new one.
fn owned(tenant: TenantId, stored: Option<Uuid>) -> Resolved {
    let uuid = stored.unwrap_or_else(|| Id::<Source>::generate(tenant).uuid);
    Resolved { tenant, uuid, owner: true, version: 0, visibility: None }
}
