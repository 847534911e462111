//! The way from a record to its entries in the audit.

use domain::{
    Agency, AgencyGroup, AuditEntry, Award, Citation, Conflict, CooperationArea, Direction, Document, Event, Indicator,
    Involvement, Obligation, Outcome, Person, PlannedActivity, Position, Program, ProgramLink, Remark, Reorganization,
    ReportRequest, Sector, Source, Submission, SubmissionDecision, SubmissionItem, Target, Topic, Unit,
};

use crate::Edge;
use crate::edge::{Via, own, shared};
use crate::record::Record;

/// What became of a record, the latest first.
const fn history<R: Record>(name: &'static str) -> Edge<R, AuditEntry> {
    Edge::new(name, Via::Child(own("record_id"))).order(&[("number", true)])
}

/// The same for an entry of a catalog, which has a code in its table.
const fn of_entry<R: Record>(name: &'static str, table: &'static str) -> Edge<R, AuditEntry> {
    Edge::new(name, Via::Child(shared("record_code"))).only("record_table", table).order(&[("number", true)])
}

/// A record whose history can be read.
pub trait Audited: Record {
    /// What became of it, the latest first.
    const HISTORY: Edge<Self, AuditEntry>;
}

impl Audited for Agency {
    const HISTORY: Edge<Self, AuditEntry> = history("agency.history");
}

impl Audited for AgencyGroup {
    const HISTORY: Edge<Self, AuditEntry> = history("agencyGroup.history");
}

impl Audited for Award {
    const HISTORY: Edge<Self, AuditEntry> = history("award.history");
}

impl Audited for Citation {
    const HISTORY: Edge<Self, AuditEntry> = history("citation.history");
}

impl Audited for Conflict {
    const HISTORY: Edge<Self, AuditEntry> = history("conflict.history");
}

impl Audited for CooperationArea {
    const HISTORY: Edge<Self, AuditEntry> = history("cooperationArea.history");
}

impl Audited for Direction {
    const HISTORY: Edge<Self, AuditEntry> = history("direction.history");
}

impl Audited for Document {
    const HISTORY: Edge<Self, AuditEntry> = history("document.history");
}

impl Audited for Event {
    const HISTORY: Edge<Self, AuditEntry> = history("event.history");
}

impl Audited for Involvement {
    const HISTORY: Edge<Self, AuditEntry> = history("involvement.history");
}

impl Audited for Obligation {
    const HISTORY: Edge<Self, AuditEntry> = history("obligation.history");
}

impl Audited for Outcome {
    const HISTORY: Edge<Self, AuditEntry> = history("outcome.history");
}

impl Audited for Person {
    const HISTORY: Edge<Self, AuditEntry> = history("person.history");
}

impl Audited for PlannedActivity {
    const HISTORY: Edge<Self, AuditEntry> = history("plannedActivity.history");
}

impl Audited for Position {
    const HISTORY: Edge<Self, AuditEntry> = history("position.history");
}

impl Audited for Program {
    const HISTORY: Edge<Self, AuditEntry> = history("program.history");
}

impl Audited for ProgramLink {
    const HISTORY: Edge<Self, AuditEntry> = history("programLink.history");
}

impl Audited for Remark {
    const HISTORY: Edge<Self, AuditEntry> = history("remark.history");
}

impl Audited for ReportRequest {
    const HISTORY: Edge<Self, AuditEntry> = history("reportRequest.history");
}

impl Audited for Submission {
    const HISTORY: Edge<Self, AuditEntry> = history("submission.history");
}

impl Audited for SubmissionDecision {
    const HISTORY: Edge<Self, AuditEntry> = history("submissionDecision.history");
}

impl Audited for SubmissionItem {
    const HISTORY: Edge<Self, AuditEntry> = history("submissionItem.history");
}

impl Audited for Source {
    const HISTORY: Edge<Self, AuditEntry> = history("source.history");
}

impl Audited for Target {
    const HISTORY: Edge<Self, AuditEntry> = history("target.history");
}

impl Audited for Indicator {
    const HISTORY: Edge<Self, AuditEntry> = of_entry("indicator.history", "indicators");
}

impl Audited for Reorganization {
    const HISTORY: Edge<Self, AuditEntry> = of_entry("reorganization.history", "reorganizations");
}

impl Audited for Sector {
    const HISTORY: Edge<Self, AuditEntry> = of_entry("sector.history", "sectors");
}

impl Audited for Topic {
    const HISTORY: Edge<Self, AuditEntry> = of_entry("topic.history", "topics");
}

impl Audited for Unit {
    const HISTORY: Edge<Self, AuditEntry> = of_entry("unit.history", "units");
}
