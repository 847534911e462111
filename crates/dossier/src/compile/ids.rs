//! Ids: asked for on the first walk, given on the second.

use domain::bundle::{AgencyNeed, DocumentNeed, Known, LocalityNeed, Needs, OwnNeed, ProgramNeed, Resolved, SameNeed};
use domain::{Id, Locality, Provenance, RecordKind, TenantId, Visibility};
use uuid::Uuid;

use super::{At, Compiler, Filed};

/// A record that others refer to.
#[derive(Debug)]
pub(super) struct Handle<T> {
    pub(super) id: Id<T>,
    /// Whether this dossier describes it, so that it and what belongs to it are in the bundle.
    pub(super) owned: bool,
    pub(super) version: i32,
    pub(super) visibility: Visibility,
}

// Written out: a derive would ask the same of `T`.
impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> Handle<T> {
    /// Stands in where a problem was noted.
    pub(super) const fn nowhere(tenant: TenantId) -> Self {
        let id = Id::new(tenant, Uuid::nil());
        Self { id, owned: false, version: 0, visibility: Visibility::Draft }
    }
}

/// What a shared record is found by.
pub(super) enum Need {
    Agency(AgencyNeed),
    Document(DocumentNeed),
    Program(ProgramNeed),
    Same(SameNeed),
}

/// Where ids come from.
pub(super) enum Ids<'a> {
    /// Nowhere yet: needs are noted, stand-ins given out.
    Asking { needs: Box<Needs>, next: u128 },
    /// From the store.
    Given(&'a Known),
}

impl Ids<'_> {
    pub(super) fn asking(dossier: &str) -> Self {
        let needs = Needs {
            tenant: TenantId::CENTRAL,
            dossier: dossier.to_owned(),
            visibility: Visibility::Public,
            agencies: Vec::new(),
            documents: Vec::new(),
            programs: Vec::new(),
            same: Vec::new(),
            localities: Vec::new(),
            own: Vec::new(),
        };
        Self::Asking { needs: Box::new(needs), next: 1 }
    }

    pub(super) fn needs(self, tenant: TenantId, visibility: Visibility) -> Needs {
        match self {
            Self::Asking { needs, .. } => Needs { tenant, visibility, ..*needs },
            // Nobody asks with the answer in hand; then nothing is needed.
            Self::Given(_) => Self::asking("").needs(tenant, visibility),
        }
    }

    pub(super) fn complaints(&self) -> &[(String, String)] {
        match self {
            Self::Asking { .. } => &[],
            Self::Given(known) => &known.problems,
        }
    }

    pub(super) fn provenance(&mut self, tenant: TenantId) -> Id<Provenance> {
        match self {
            Self::Asking { next, .. } => Id::new(tenant, stand_in(next)),
            Self::Given(_) => Id::generate(tenant),
        }
    }
}

fn stand_in(next: &mut u128) -> Uuid {
    *next += 1;
    Uuid::from_u128(*next)
}

impl Compiler<'_> {
    pub(super) const fn asks(&self) -> bool {
        matches!(self.ids, Ids::Asking { .. })
    }

    /// The id of a record that only this dossier describes.
    pub(super) fn own<T>(&mut self, kind: RecordKind, at: &At, tenant: TenantId, visibility: Visibility) -> Handle<T> {
        if self.filed.contains_key(&at.path) {
            self.problems.push(&at.pointer, "is listed twice; keep one of them");
            return Handle::nowhere(tenant);
        }
        let (uuid, version, visibility) = match &mut self.ids {
            Ids::Asking { needs, next } => {
                needs.own.push(OwnNeed { path: at.path.clone(), kind, tenant });
                (stand_in(next), 0, visibility)
            }
            Ids::Given(known) => match known.entries.get(&at.path) {
                Some(found) => (found.uuid, found.version, found.visibility.unwrap_or(visibility)),
                None => return self.unanswered(at, tenant),
            },
        };
        self.enter(at, Filed { kind, tenant, uuid, visibility }, true);
        Handle { id: Id::new(tenant, uuid), owned: true, version, visibility }
    }

    /// The id of a record that several dossiers may describe.
    pub(super) fn shared<T>(
        &mut self,
        kind: RecordKind,
        at: &At,
        tenant: TenantId,
        visibility: Visibility,
        need: Need,
    ) -> Handle<T> {
        let found = match &mut self.ids {
            Ids::Asking { needs, next } => {
                match need {
                    Need::Agency(need) => needs.agencies.push(need),
                    Need::Document(need) => needs.documents.push(need),
                    Need::Program(need) => needs.programs.push(need),
                    Need::Same(need) => needs.same.push(need),
                }
                Resolved { tenant, uuid: stand_in(next), owner: true, version: 0, visibility: None }
            }
            Ids::Given(known) => match known.entries.get(&at.path) {
                Some(found) => *found,
                None => return self.unanswered(at, tenant),
            },
        };
        // Two descriptions that the dossier alone does not show to be of one record.
        let same = |filed: &Filed| (filed.kind, filed.tenant, filed.uuid) == (kind, found.tenant, found.uuid);
        if !self.asks()
            && let Some((path, _)) = self.filed.iter().find(|(_, filed)| same(filed))
        {
            let message = format!("is stored as the same record as {path}; keep one entry and refer to it");
            self.problems.push(&at.pointer, message);
            return Handle::nowhere(tenant);
        }
        let visibility = found.visibility.unwrap_or(visibility);
        self.enter(at, Filed { kind, tenant: found.tenant, uuid: found.uuid, visibility }, found.owner);
        Handle { id: Id::new(found.tenant, found.uuid), owned: found.owner, version: found.version, visibility }
    }

    fn unanswered<T>(&mut self, at: &At, tenant: TenantId) -> Handle<T> {
        self.pointers.insert(at.path.clone(), at.pointer.clone());
        if self.ids.complaints().iter().all(|(path, _)| *path != at.path) {
            self.problems.push(&at.pointer, "the store gave this record no id; import the file again");
        }
        Handle::nowhere(tenant)
    }

    /// The district that the record at `at` lies in.
    pub(super) fn locality(&mut self, name: Option<&str>, at: &At, tenant: TenantId) -> Option<Id<Locality>> {
        let name = name?;
        let district = match self.reference.locality(tenant, name) {
            Ok(district) => district,
            Err(message) => {
                self.problems.push(&at.field("locality"), message);
                return None;
            }
        };
        match &mut self.ids {
            Ids::Asking { needs, .. } => {
                let (path, name, uuid) = (at.path.clone(), district.name_vi.clone(), district.id.uuid);
                needs.localities.push(LocalityNeed { path, tenant, name, uuid });
                Some(district.id)
            }
            Ids::Given(known) => {
                let stored = known.localities.get(&at.path).map(|uuid| Id::new(tenant, *uuid));
                if stored.is_none() {
                    let name = &district.name_vi;
                    let message = format!("{name} is not among the stored districts; import the reference data first");
                    self.problems.push(&at.field("locality"), message);
                }
                stored
            }
        }
    }
}
