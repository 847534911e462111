//! Which records a dossier means: those it described before, those that others described, or new ones.

use std::collections::BTreeMap;

use domain::bundle::{AgencyNeed, Known, Needs, PersonNeed, Resolved};
use domain::number::number_key;
use domain::text::fold;
use domain::{Agency, Document, Id, Person, Program, Provenance, RecordKind, Source, TenantId};
use sea_orm::sea_query::{Alias, ExprTrait, SelectStatement};
use uuid::Uuid;

use super::select_of;
use crate::codec::{self, column};
use crate::filter::alias;
use crate::record::{Record, col};
use crate::{StoreError, Tx};

/// A stored record as far as it matters for being found again.
struct Candidate {
    id: Uuid,
    /// What it is called first: the folded name or title.
    principal: String,
    /// Everything it is called, a line each: folded names, or number keys.
    lines: String,
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
        let own = |path: &str, kind: RecordKind, tenant: TenantId| {
            before
                .get(path)
                .filter(|one| one.owner && one.kind == kind && one.record_tenant == tenant)
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
        for need in &needs.agencies {
            let found = match own(&need.path, RecordKind::Agency, need.tenant) {
                Some(id) => Ok(owned(need.tenant, Some(id))),
                None => self.find_agency(need).await?,
            };
            note(&mut known, &before, &need.path, found);
        }
        for need in &needs.documents {
            let found = if let Some(id) = own(&need.path, RecordKind::Document, need.tenant) {
                Ok(owned(need.tenant, Some(id)))
            } else {
                let stored = self.candidates::<Document>(need.tenant, None, ("title_fold", "number_keys")).await?;
                let title = need.title.as_deref().unwrap_or_default();
                by_number("document", need.tenant, &stored, need.number.as_deref(), &need.aliases, title)
            };
            note(&mut known, &before, &need.path, found);
        }
        for need in &needs.programs {
            let found = if let Some(id) = own(&need.path, RecordKind::Program, need.tenant) {
                Ok(owned(need.tenant, Some(id)))
            } else {
                let stored = self.candidates::<Program>(need.tenant, None, ("title_fold", "number_keys")).await?;
                by_number("program", need.tenant, &stored, need.number.as_deref(), &need.aliases, &need.title)
            };
            note(&mut known, &before, &need.path, found);
        }
        for need in &needs.people {
            let found = self.find_person(needs.tenant, need).await?;
            note(&mut known, &before, &need.path, found);
        }
        known.localities = needs.localities.iter().map(|need| (need.path.clone(), need.uuid)).collect();
        Ok(known)
    }

    /// An agency by its full name; failing that, one that carries the name as an alias, or whose name is one of ours.
    async fn find_agency(&self, need: &AgencyNeed) -> Result<Result<Resolved, String>, StoreError> {
        let level = codec::text(need.level);
        let stored =
            self.candidates::<Agency>(need.tenant, Some(("level", level)), ("name_fold", "names_fold")).await?;
        let names: Vec<String> = need.names.iter().map(|name| fold(name)).collect();
        let name = names.first().cloned().unwrap_or_default();
        let by_name: Vec<Uuid> = stored.iter().filter(|one| one.principal == name).map(|one| one.id).collect();
        if !by_name.is_empty() {
            return Ok(one_of("agency", need.tenant, &by_name));
        }
        let by_alias: Vec<Uuid> = stored
            .iter()
            .filter(|one| one.lines.lines().any(|line| line == name) || names.contains(&one.principal))
            .map(|one| one.id)
            .collect();
        Ok(one_of("agency", need.tenant, &by_alias))
    }

    /// The person that another dossier describes under a key.
    async fn find_person(&self, tenant: TenantId, need: &PersonNeed) -> Result<Result<Resolved, String>, StoreError> {
        let mut select = select_of::<Source>();
        select.cond_where(col(alias(0), "dossier").eq(need.dossier.as_str()));
        let mut sources = self.read::<Source>(&select).await?;
        if sources.iter().any(|source| source.id.tenant == tenant) {
            sources.retain(|source| source.id.tenant == tenant);
        }
        let path = format!("people/{}", need.person);
        let mut found: Vec<Id<Person>> = Vec::new();
        for source in sources {
            let stored: BTreeMap<String, Provenance> = self.provenances(source.id).await?;
            let person = stored.get(&path).filter(|one| one.kind == RecordKind::Person);
            found.extend(person.map(|one| Id::new(one.record_tenant, one.record)));
        }
        Ok(match found.as_slice() {
            [id] => Ok(Resolved { tenant: id.tenant, uuid: id.uuid, owner: false, version: 0 }),
            [] => Err(format!(
                "no person {:?} is known from a dossier {:?}; import that dossier first, or leave sameAs out",
                need.person, need.dossier
            )),
            _ => Err(format!("several dossiers are called {:?}; sameAs cannot tell which one is meant", need.dossier)),
        })
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
            .columns(["id", principal, lines].map(|name| (Alias::new(t), Alias::new(name))))
            .from_as(R::Entity::default(), Alias::new(t))
            .cond_where(col(t, "tenant_id").eq(tenant.0));
        if let Some((name, code)) = only {
            select.cond_where(col(t, name).eq(code));
        }
        let candidate = |row| {
            Ok(Candidate { id: column(row, "id")?, principal: column(row, principal)?, lines: column(row, lines)? })
        };
        self.rows(&select).await?.iter().map(candidate).collect()
    }
}

/// Something with a number is found by any printing of it; without one, by its title.
fn by_number(
    what: &str,
    tenant: TenantId,
    stored: &[Candidate],
    number: Option<&str>,
    aliases: &[String],
    title: &str,
) -> Result<Resolved, String> {
    let keys: Vec<String> = number.into_iter().chain(aliases.iter().map(String::as_str)).map(number_key).collect();
    let by_key: Vec<Uuid> = stored
        .iter()
        .filter(|one| one.lines.lines().any(|line| !line.is_empty() && keys.iter().any(|key| key == line)))
        .map(|one| one.id)
        .collect();
    if number.is_some() || !by_key.is_empty() {
        return one_of(what, tenant, &by_key);
    }
    let title = fold(title);
    let by_title: Vec<Uuid> = stored.iter().filter(|one| one.principal == title).map(|one| one.id).collect();
    one_of(what, tenant, &by_title)
}

fn one_of(what: &str, tenant: TenantId, found: &[Uuid]) -> Result<Resolved, String> {
    match found {
        [] => Ok(owned(tenant, None)),
        [id] => Ok(Resolved { tenant, uuid: *id, owner: false, version: 0 }),
        several => Err(format!(
            "{} stored records fit this {what}; describe it more exactly (full name, number)",
            several.len()
        )),
    }
}

/// A record that the dossier may change: the stored one, or a new one.
fn owned(tenant: TenantId, stored: Option<Uuid>) -> Resolved {
    let uuid = stored.unwrap_or_else(|| Id::<Source>::generate(tenant).uuid);
    Resolved { tenant, uuid, owner: true, version: 0 }
}

fn note(known: &mut Known, before: &BTreeMap<String, Provenance>, path: &str, found: Result<Resolved, String>) {
    match found {
        Ok(mut resolved) => {
            // The same record under a new local key stays this dossier's own.
            resolved.owner |= before
                .values()
                .any(|one| one.owner && one.record_tenant == resolved.tenant && one.record == resolved.uuid);
            known.entries.insert(path.to_owned(), resolved);
        }
        Err(problem) => known.problems.push((path.to_owned(), problem)),
    }
}
