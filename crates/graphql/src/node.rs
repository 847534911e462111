//! `Node`: anything with a global id, and the way from an id to it.

use async_graphql::{Context, ID, Interface};
use domain::RecordKind;
use domain::involvement::InvolvementKind;

use crate::agency::{Agency, AgencyGroup};
use crate::area::CooperationArea;
use crate::award::Award;
use crate::catalogue::{Indicator, Region, Reorganization, Sector, Topic, Unit};
use crate::conflict::Conflict;
use crate::connection::{NodeType, one};
use crate::direction::{Direction, Obligation, PlannedActivity};
use crate::document::{Citation, Document};
use crate::error::Result;
use crate::event::Event;
use crate::global_id::{Catalogue, GlobalId};
use crate::grant::Grant;
use crate::involvement::{Attendance, Involvement, Participant, Signatory};
use crate::link::ProgramLink;
use crate::locality::Locality;
use crate::person::{Person, Position};
use crate::program::Program;
use crate::remark::Remark;
use crate::report::ReportRequest;
use crate::result::Outcome;
use crate::source::Source;
use crate::submission::{Submission, SubmissionDecision, SubmissionItem};
use crate::target::Target;
use crate::tenant::{Central, Province};

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id: opaque, and valid forever."))]
#[allow(missing_docs, reason = "each variant is the type it is named after")]
pub enum Node {
    Agency(Agency),
    AgencyGroup(AgencyGroup),
    Attendance(Attendance),
    Award(Award),
    Central(Central),
    Citation(Citation),
    Conflict(Conflict),
    CooperationArea(CooperationArea),
    Direction(Direction),
    Document(Document),
    Event(Event),
    Grant(Grant),
    Indicator(Indicator),
    Involvement(Involvement),
    Locality(Locality),
    Obligation(Obligation),
    Participant(Participant),
    Person(Person),
    PlannedActivity(PlannedActivity),
    Position(Position),
    Program(Program),
    ProgramLink(ProgramLink),
    Province(Province),
    Region(Region),
    Remark(Remark),
    Reorganization(Reorganization),
    ReportRequest(ReportRequest),
    Outcome(Outcome),
    Sector(Sector),
    Signatory(Signatory),
    Source(Source),
    Submission(Submission),
    SubmissionDecision(SubmissionDecision),
    SubmissionItem(SubmissionItem),
    Target(Target),
    Topic(Topic),
    Unit(Unit),
}

/// The record that an id names; null when there is none, or none to be seen.
pub async fn load(ctx: &Context<'_>, id: GlobalId) -> Option<Result<Node>> {
    match &id {
        GlobalId::Tenant(tenant) => {
            let found = one::<Province>(ctx, Some(*tenant)).await?;
            Some(found.map(|found| match crate::tenant::Tenant::wrap(found.0) {
                crate::tenant::Tenant::Province(province) => Node::Province(province),
                crate::tenant::Tenant::Central(central) => Node::Central(central),
            }))
        }
        GlobalId::Catalogue(catalogue, code) => entry(ctx, *catalogue, code.clone()).await,
        GlobalId::Record(kind, ..) => record(ctx, *kind, &id).await,
    }
}

async fn entry(ctx: &Context<'_>, catalogue: Catalogue, code: String) -> Option<Result<Node>> {
    match catalogue {
        Catalogue::Region => node(one(ctx, Some(code)).await, Node::Region),
        Catalogue::Sector => node(one(ctx, Some(code)).await, Node::Sector),
        Catalogue::Topic => node(one(ctx, Some(code)).await, Node::Topic),
        Catalogue::Unit => node(one(ctx, Some(code)).await, Node::Unit),
        Catalogue::Indicator => node(one(ctx, Some(code)).await, Node::Indicator),
        Catalogue::Reorganization => node(one(ctx, Some(code)).await, Node::Reorganization),
    }
}

async fn record(ctx: &Context<'_>, kind: RecordKind, id: &GlobalId) -> Option<Result<Node>> {
    match kind {
        RecordKind::Agency => node(one(ctx, id.as_record(kind)).await, Node::Agency),
        RecordKind::AgencyGroup => node(one(ctx, id.as_record(kind)).await, Node::AgencyGroup),
        RecordKind::Award => node(one(ctx, id.as_record(kind)).await, Node::Award),
        RecordKind::Citation => node(one(ctx, id.as_record(kind)).await, Node::Citation),
        RecordKind::Conflict => node(one(ctx, id.as_record(kind)).await, Node::Conflict),
        RecordKind::CooperationArea => node(one(ctx, id.as_record(kind)).await, Node::CooperationArea),
        RecordKind::Direction => node(one(ctx, id.as_record(kind)).await, Node::Direction),
        RecordKind::Document => node(one(ctx, id.as_record(kind)).await, Node::Document),
        RecordKind::Event => node(one(ctx, id.as_record(kind)).await, Node::Event),
        RecordKind::Grant => node(one(ctx, id.as_record(kind)).await, Node::Grant),
        RecordKind::Involvement => involvement(ctx, id).await,
        RecordKind::Locality => node(one(ctx, id.as_record(kind)).await, Node::Locality),
        RecordKind::Obligation => node(one(ctx, id.as_record(kind)).await, Node::Obligation),
        RecordKind::Person => node(one(ctx, id.as_record(kind)).await, Node::Person),
        RecordKind::PlannedActivity => node(one(ctx, id.as_record(kind)).await, Node::PlannedActivity),
        RecordKind::Position => node(one(ctx, id.as_record(kind)).await, Node::Position),
        RecordKind::Program => node(one(ctx, id.as_record(kind)).await, Node::Program),
        RecordKind::ProgramLink => node(one(ctx, id.as_record(kind)).await, Node::ProgramLink),
        RecordKind::Remark => node(one(ctx, id.as_record(kind)).await, Node::Remark),
        RecordKind::ReportRequest => node(one(ctx, id.as_record(kind)).await, Node::ReportRequest),
        RecordKind::Result => node(one(ctx, id.as_record(kind)).await, Node::Outcome),
        RecordKind::Source => node(one(ctx, id.as_record(kind)).await, Node::Source),
        RecordKind::Submission => node(one(ctx, id.as_record(kind)).await, Node::Submission),
        RecordKind::SubmissionDecision => node(one(ctx, id.as_record(kind)).await, Node::SubmissionDecision),
        RecordKind::SubmissionItem => node(one(ctx, id.as_record(kind)).await, Node::SubmissionItem),
        RecordKind::Target => node(one(ctx, id.as_record(kind)).await, Node::Target),
        // Rows that only join others have no type of their own.
        RecordKind::AgencyGroupMember
        | RecordKind::AgencySuccession
        | RecordKind::EventProgram
        | RecordKind::ProgramTopic
        | RecordKind::Tenant => None,
    }
}

/// An involvement answers as the type under which clients met it.
async fn involvement(ctx: &Context<'_>, id: &GlobalId) -> Option<Result<Node>> {
    let found = one::<Involvement>(ctx, id.as_record(RecordKind::Involvement)).await?;
    Some(found.map(|found| {
        let record = found.record();
        match record.kind {
            InvolvementKind::Signatory => Node::Signatory(Signatory::wrap(record)),
            InvolvementKind::Participant => Node::Participant(Participant::wrap(record)),
            InvolvementKind::Attendance => Node::Attendance(Attendance::wrap(record)),
            InvolvementKind::Actor
            | InvolvementKind::Addressee
            | InvolvementKind::Partner
            | InvolvementKind::Contributor
            | InvolvementKind::Giver
            | InvolvementKind::Presenter
            | InvolvementKind::Recipient
            | InvolvementKind::Issuer
            | InvolvementKind::Responsible => Node::Involvement(found),
        }
    }))
}

fn node<T>(found: Option<Result<T>>, wrap: impl FnOnce(T) -> Node) -> Option<Result<Node>> {
    found.map(|found| found.map(wrap))
}
