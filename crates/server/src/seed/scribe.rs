//! Writes a unit's records, page by page: first who is there, then its programs with all that belongs to them. A page is
//! a bundle whose records refer to themselves and to what stands on earlier pages or in other tenants before.

use domain::{Basis, Bundle, Id, Provenance, RecordKind, Source, Visibility};

use super::chance::Chance;
use super::id::{self, Ids};
use super::program::{self, Facts};
use super::unit::Unit;
use super::{agency, document, person};

/// Programs on a page: with more of them memory grows and nothing else. Whole blocks, within which programs refer to later
/// ones.
const PAGE: u64 = 8 * program::BLOCK;

/// Whoever writes a unit's pages.
pub struct Scribe<'a> {
    unit: &'a Unit<'a>,
    source: Source,
    next: Option<u64>,
    pub(super) ids: Ids,
    pub(super) bundle: Bundle,
}

impl<'a> Scribe<'a> {
    /// Nothing is written yet.
    pub fn new(unit: &'a Unit<'a>) -> Self {
        let source = unit.plan.source(unit);
        let ids = Ids::new(unit.plan.seed, unit.tenant.id);
        Self { unit, bundle: blank(&source), source, next: None, ids }
    }

    pub(super) fn unit(&self) -> &'a Unit<'a> {
        self.unit
    }

    /// How many programs the unit has.
    pub(super) fn programs(&self) -> u64 {
        self.unit.plan.programs_of(self.unit.tenant)
    }

    /// The stream of the record of a noun with a number.
    pub(super) fn chance(&self, noun: u64, number: u64) -> Chance {
        self.unit.plan.chance(self.unit.tenant, noun, number)
    }

    /// Lets the source vouch for a record.
    pub(super) fn vouch<T>(&mut self, kind: RecordKind, record: Id<T>, path: String, visibility: Visibility) {
        let id = self.ids.next::<Provenance>();
        self.bundle.provenances.push(Provenance {
            id,
            source: self.source.id,
            path,
            kind,
            record_tenant: record.tenant,
            record: record.uuid,
            owner: true,
            version: None,
            basis: Basis::Stated,
            visibility,
        });
    }

    /// Who is there. The agencies are stored before, since other tenants refer to them.
    fn first_page(&mut self) {
        let unit = self.unit;
        for (number, agency) in (0..).zip(agency::all(unit)) {
            self.vouch(RecordKind::Agency, agency.id, format!("agencies/{number}"), agency.visibility);
        }
        (self.bundle.agency_groups, self.bundle.agency_group_members) = agency::groups(unit);
        for number in 0..person::count(self.programs()) {
            self.person(number);
        }
        let documents = if unit.is_central() { document::CENTRAL } else { document::count(self.programs()) };
        for number in 0..documents {
            self.document(number);
        }
    }

    fn program_page(&mut self, first: u64) {
        for number in first..self.programs().min(first + PAGE) {
            let facts = Facts::of(self.unit.plan, self.unit.tenant, number);
            let mut chance = self.chance(12, number);
            self.program(&facts, &mut chance);
        }
    }
}

impl Iterator for Scribe<'_> {
    type Item = Bundle;

    fn next(&mut self) -> Option<Bundle> {
        match self.next {
            None => {
                self.first_page();
                self.next = Some(0);
            }
            Some(first) if first < self.programs() => {
                self.program_page(first);
                self.next = Some(first + PAGE);
            }
            Some(_) => return None,
        }
        Some(std::mem::replace(&mut self.bundle, blank(&self.source)))
    }
}

/// The id of a unit's one source.
pub fn source_id(unit: &Unit<'_>) -> Id<Source> {
    id::id(unit.plan.seed, unit.tenant.id, 0)
}

/// A bundle without records.
pub fn blank(source: &Source) -> Bundle {
    Bundle {
        source: source.clone(),
        agencies: Vec::new(),
        agency_groups: Vec::new(),
        agency_group_members: Vec::new(),
        people: Vec::new(),
        positions: Vec::new(),
        documents: Vec::new(),
        programs: Vec::new(),
        program_topics: Vec::new(),
        program_links: Vec::new(),
        areas: Vec::new(),
        targets: Vec::new(),
        events: Vec::new(),
        event_programs: Vec::new(),
        results: Vec::new(),
        awards: Vec::new(),
        directions: Vec::new(),
        obligations: Vec::new(),
        planned_activities: Vec::new(),
        remarks: Vec::new(),
        citations: Vec::new(),
        involvements: Vec::new(),
        conflicts: Vec::new(),
        provenances: Vec::new(),
    }
}
