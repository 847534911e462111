//! A bundle: every record that one dossier describes, ids resolved, ready to be stored in one transaction; and the
//! question to the store that comes before it, because ids are the store's to hand out.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{
    Agency, AgencyGroup, AgencyGroupMember, AgencyLevel, Award, Citation, Conflict, CooperationArea, Direction,
    Document, Event, EventProgram, Involvement, Obligation, Outcome, Person, PlannedActivity, Position, Program,
    ProgramLink, ProgramTopic, Provenance, RecordKind, Remark, Source, Target, TenantId, Visibility,
};

/// The records of one dossier, one list per noun, in an order in which each refers only to itself and to earlier
/// ones. Records that other dossiers own are not in it; only their provenance is.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each field is the list of the noun it is named after")]
pub struct Bundle {
    pub source: Source,
    pub agencies: Vec<Agency>,
    pub agency_groups: Vec<AgencyGroup>,
    pub agency_group_members: Vec<AgencyGroupMember>,
    pub people: Vec<Person>,
    pub positions: Vec<Position>,
    pub documents: Vec<Document>,
    pub programs: Vec<Program>,
    pub program_topics: Vec<ProgramTopic>,
    pub program_links: Vec<ProgramLink>,
    pub areas: Vec<CooperationArea>,
    pub targets: Vec<Target>,
    pub events: Vec<Event>,
    pub event_programs: Vec<EventProgram>,
    pub results: Vec<Outcome>,
    pub awards: Vec<Award>,
    pub directions: Vec<Direction>,
    pub obligations: Vec<Obligation>,
    pub planned_activities: Vec<PlannedActivity>,
    pub remarks: Vec<Remark>,
    pub citations: Vec<Citation>,
    pub involvements: Vec<Involvement>,
    pub conflicts: Vec<Conflict>,
    pub provenances: Vec<Provenance>,
}

/// What one dossier needs the store to look up or to hand out before its records have ids.
///
/// Every record is named by its path within the dossier (`programs/main/signatories/1`), counted from 1. The answer
/// is [`Known`], under the same paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Needs {
    /// The dossier's tenant.
    pub tenant: TenantId,
    /// The dossier's frozen key, unique in its tenant.
    pub dossier: String,
    /// Who may see it: a dossier that is not public adds nothing to other tenants.
    pub visibility: Visibility,
    /// Agencies: found by name, or new.
    pub agencies: Vec<AgencyNeed>,
    /// Documents: found by number or title, or new.
    pub documents: Vec<DocumentNeed>,
    /// Programs of other tenants than the dossier's: found by number or title, or new.
    pub programs: Vec<ProgramNeed>,
    /// People and programs that the dossier states to be those of another dossier: found, or a problem.
    pub same: Vec<SameNeed>,
    /// Districts: found by name, or a problem.
    pub localities: Vec<LocalityNeed>,
    /// Records that only this dossier describes, parents before children: those stored under the same path by an
    /// earlier import keep their id, as long as kind and tenant agree; the others get a new one.
    pub own: Vec<OwnNeed>,
}

/// An agency to be found among those of its tenant and level by any of its names, or to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyNeed {
    /// `agencies/<key>`.
    pub path: String,
    /// Its tenant.
    pub tenant: TenantId,
    /// Its level.
    pub level: AgencyLevel,
    /// Full name first, then the aliases. Short names are not among them: "Công an tỉnh" names many.
    pub names: Vec<String>,
}

/// A document to be found in its tenant by number (any printing), by title when it has no number, or to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentNeed {
    /// `documents/<key>`.
    pub path: String,
    /// Its tenant.
    pub tenant: TenantId,
    /// Number, verbatim.
    pub number: Option<String>,
    /// Other printings and names.
    pub aliases: Vec<String>,
    /// Title.
    pub title: Option<String>,
}

/// A program of another tenant, to be found there by number (any printing), by title when it has no number, or to be
/// created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramNeed {
    /// `programs/<key>`.
    pub path: String,
    /// Its tenant.
    pub tenant: TenantId,
    /// Number, verbatim.
    pub number: Option<String>,
    /// Other printings and names.
    pub aliases: Vec<String>,
    /// Vietnamese title.
    pub title: String,
}

/// A person or program that another dossier describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameNeed {
    /// `people/<key>` or `programs/<key>`, in this dossier.
    pub path: String,
    /// What it is.
    pub kind: RecordKind,
    /// Key of the other dossier; the one of this tenant comes before those of other tenants.
    pub dossier: String,
    /// Its path there.
    pub there: String,
}

/// A district of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalityNeed {
    /// Path of the record that lies in it: `agencies/<key>` or `programs/<key>`.
    pub path: String,
    /// Its tenant.
    pub tenant: TenantId,
    /// Full Vietnamese name, as the shipped catalog has it.
    pub name: String,
    /// Its id in the shipped catalog.
    pub uuid: Uuid,
}

/// A record that only this dossier describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnNeed {
    /// Its path.
    pub path: String,
    /// Its kind.
    pub kind: RecordKind,
    /// The tenant that its id will belong to.
    pub tenant: TenantId,
}

/// The answer to [`Needs`]: one entry for every path asked for, unless a problem is noted for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Records by path.
    pub entries: BTreeMap<String, Resolved>,
    /// Districts, by the path that [`LocalityNeed`] names.
    pub localities: BTreeMap<String, Uuid>,
    /// What could not be found or was found more than once: path, and one sentence that says what to do.
    pub problems: Vec<(String, String)>,
}

/// The record behind one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// Its tenant.
    pub tenant: TenantId,
    /// Its id there.
    pub uuid: Uuid,
    /// Whether this dossier may change it: it is new, or this dossier was the first to describe it.
    pub owner: bool,
    /// The stored version, 0 for a new record.
    pub version: i32,
    /// Who may see it, where another dossier has said so: whatever hangs on it is seen by the same.
    pub visibility: Option<Visibility>,
}

/// What is stored of one dossier now, so that it can be written again.
#[derive(Clone, Debug, PartialEq)]
pub struct OnFile {
    /// Its records, and those of others that it names or that its records lead to.
    pub bundle: Bundle,
    /// How many records of its programs no dossier describes: somebody added them since.
    pub added: BTreeMap<RecordKind, i64>,
    /// Where another dossier of the tenant describes a person or program among the latter, by its id.
    pub elsewhere: BTreeMap<Uuid, Elsewhere>,
}

/// A place in another dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The dossier's key.
    pub dossier: String,
    /// The record's path there.
    pub path: String,
}

impl Needs {
    /// The other tenants to which the dossier may add what the whole state shares.
    pub fn others(&self) -> BTreeSet<TenantId> {
        if self.visibility != Visibility::Public {
            return BTreeSet::new();
        }
        let agencies = self.agencies.iter().map(|need| need.tenant);
        let documents = self.documents.iter().map(|need| need.tenant);
        let programs = self.programs.iter().map(|need| need.tenant);
        agencies.chain(documents).chain(programs).filter(|tenant| *tenant != self.tenant).collect()
    }
}
