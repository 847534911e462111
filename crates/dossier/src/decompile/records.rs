//! The stored records by id, those of them that are found by their places.

use std::collections::HashMap;

use domain::{
    AgencyGroupMember, Award, Bundle, Citation, Conflict, CooperationArea, Direction, EventProgram, Id, Involvement,
    Obligation, Outcome, PlannedActivity, Position, ProgramLink, ProgramTopic, Remark, Target,
};

pub(super) struct Records<'a> {
    pub(super) members: HashMap<Id<AgencyGroupMember>, &'a AgencyGroupMember>,
    pub(super) positions: HashMap<Id<Position>, &'a Position>,
    pub(super) topics: HashMap<Id<ProgramTopic>, &'a ProgramTopic>,
    pub(super) links: HashMap<Id<ProgramLink>, &'a ProgramLink>,
    pub(super) areas: HashMap<Id<CooperationArea>, &'a CooperationArea>,
    pub(super) targets: HashMap<Id<Target>, &'a Target>,
    pub(super) event_programs: HashMap<Id<EventProgram>, &'a EventProgram>,
    pub(super) results: HashMap<Id<Outcome>, &'a Outcome>,
    pub(super) awards: HashMap<Id<Award>, &'a Award>,
    pub(super) directions: HashMap<Id<Direction>, &'a Direction>,
    pub(super) obligations: HashMap<Id<Obligation>, &'a Obligation>,
    pub(super) planned_activities: HashMap<Id<PlannedActivity>, &'a PlannedActivity>,
    pub(super) remarks: HashMap<Id<Remark>, &'a Remark>,
    pub(super) citations: HashMap<Id<Citation>, &'a Citation>,
    pub(super) involvements: HashMap<Id<Involvement>, &'a Involvement>,
    pub(super) conflicts: HashMap<Id<Conflict>, &'a Conflict>,
}

impl<'a> Records<'a> {
    pub(super) fn of(bundle: &'a Bundle) -> Self {
        Self {
            members: by_id(&bundle.agency_group_members, |one| one.id),
            positions: by_id(&bundle.positions, |one| one.id),
            topics: by_id(&bundle.program_topics, |one| one.id),
            links: by_id(&bundle.program_links, |one| one.id),
            areas: by_id(&bundle.areas, |one| one.id),
            targets: by_id(&bundle.targets, |one| one.id),
            event_programs: by_id(&bundle.event_programs, |one| one.id),
            results: by_id(&bundle.results, |one| one.id),
            awards: by_id(&bundle.awards, |one| one.id),
            directions: by_id(&bundle.directions, |one| one.id),
            obligations: by_id(&bundle.obligations, |one| one.id),
            planned_activities: by_id(&bundle.planned_activities, |one| one.id),
            remarks: by_id(&bundle.remarks, |one| one.id),
            citations: by_id(&bundle.citations, |one| one.id),
            involvements: by_id(&bundle.involvements, |one| one.id),
            conflicts: by_id(&bundle.conflicts, |one| one.id),
        }
    }
}

fn by_id<T>(records: &[T], id: impl Fn(&T) -> Id<T>) -> HashMap<Id<T>, &T> {
    records.iter().map(|record| (id(record), record)).collect()
}
