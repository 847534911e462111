//! Involvements: signatories, participants, attendances and every other party of something.

use crate::edit::{Editable, Reference};
use domain::involvement::Subject;
use domain::{
    Agency, AgencyGroup, Award, CooperationArea, Direction, Document, Event, Fault, Id, Involvement, Outcome, Person,
    Program, RecordKind, TenantId, Visibility,
};
use uuid::Uuid;

use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own};
use crate::record::{Record, Stored};
use crate::{Edge, Field, Sort, StoreError};

mod involvements {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "involvements")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Option<Uuid>,
        pub event_id: Option<Uuid>,
        pub direction_id: Option<Uuid>,
        pub result_id: Option<Uuid>,
        pub award_id: Option<Uuid>,
        pub document_id: Option<Uuid>,
        pub area_id: Option<Uuid>,
        pub kind: String,
        pub roles: String,
        pub agency_tenant_id: Option<i32>,
        pub agency_id: Option<Uuid>,
        pub group_id: Option<Uuid>,
        pub person_id: Option<Uuid>,
        pub label: Option<String>,
        pub positions: String,
        pub rank: Option<String>,
        pub representation: Option<String>,
        pub capacity: Option<String>,
        pub signed_on: Option<String>,
        pub signed_on_inferred: Option<String>,
        pub basis: String,
        pub reason: Option<String>,
        pub position: i32,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Involvement {
    type Entity = involvements::Entity;
    type Key = Id<Involvement>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: involvements::Model) -> Result<Self, StoreError> {
        let involvements::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            event_id,
            direction_id,
            result_id,
            award_id,
            document_id,
            area_id,
            kind,
            roles,
            agency_tenant_id,
            agency_id,
            group_id,
            person_id,
            label,
            positions,
            rank,
            representation,
            capacity,
            signed_on,
            signed_on_inferred,
            basis,
            reason,
            position,
            note,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            subject: subject(tenant, [program_id, event_id, direction_id, result_id, award_id, document_id, area_id])?,
            kind: codec::code("kind", &kind)?,
            roles: codec::list::<Vec<String>>("roles", &roles)?
                .iter()
                .map(|role| codec::code("role", role))
                .collect::<Result<_, _>>()?,
            agency: agency_tenant_id.zip(agency_id).map(|(tenant, id)| Id::new(TenantId(tenant), id)),
            group: group_id.map(|id| Id::new(tenant, id)),
            person: person_id.map(|id| Id::new(tenant, id)),
            label,
            positions: codec::list("positions", &positions)?,
            rank,
            representation,
            capacity,
            signed_on: codec::dated(signed_on.as_deref(), signed_on_inferred)?,
            basis: codec::code("basis", &basis)?,
            reason,
            order: position,
            note,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Involvement {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Involvement).within("program_id").by("kind"));

    fn row(&self) -> involvements::Model {
        let [program_id, event_id, direction_id, result_id, award_id, document_id, area_id] =
            subject_columns(self.subject);
        involvements::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id,
            event_id,
            direction_id,
            result_id,
            award_id,
            document_id,
            area_id,
            kind: codec::text(self.kind),
            roles: codec::json(&self.roles.iter().map(|role| codec::text(*role)).collect::<Vec<_>>()),
            agency_tenant_id: self.agency.map(|id| id.tenant.0),
            agency_id: self.agency.map(|id| id.uuid),
            group_id: self.group.map(|id| id.uuid),
            person_id: self.person.map(|id| id.uuid),
            label: self.label.clone(),
            positions: codec::json(&self.positions),
            rank: self.rank.clone(),
            representation: self.representation.clone(),
            capacity: self.capacity.clone(),
            signed_on: codec::edtf(self.signed_on.as_ref().map(|dated| &dated.date)),
            signed_on_inferred: self.signed_on.as_ref().and_then(|dated| dated.inferred.clone()),
            basis: codec::text(self.basis),
            reason: self.reason.clone(),
            position: self.order,
            note: self.note.clone(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::bounds(
            "signed_on_earliest",
            "signed_on_latest",
            self.signed_on.as_ref().map(|dated| &dated.date),
        ));
        columns
    }
}

/// Program, event, direction, result, award, document, area: exactly one of the seven columns is filled.
fn subject(tenant: TenantId, ids: [Option<Uuid>; 7]) -> Result<Subject, StoreError> {
    match ids {
        [Some(id), None, None, None, None, None, None] => Ok(Subject::Program(Id::new(tenant, id))),
        [None, Some(id), None, None, None, None, None] => Ok(Subject::Event(Id::new(tenant, id))),
        [None, None, Some(id), None, None, None, None] => Ok(Subject::Direction(Id::new(tenant, id))),
        [None, None, None, Some(id), None, None, None] => Ok(Subject::Result(Id::new(tenant, id))),
        [None, None, None, None, Some(id), None, None] => Ok(Subject::Award(Id::new(tenant, id))),
        [None, None, None, None, None, Some(id), None] => Ok(Subject::Document(Id::new(tenant, id))),
        [None, None, None, None, None, None, Some(id)] => Ok(Subject::Area(Id::new(tenant, id))),
        _ => Err(StoreError::corrupt("subject of an involvement", "not exactly one")),
    }
}

fn subject_columns(subject: Subject) -> [Option<Uuid>; 7] {
    let (place, id) = match subject {
        Subject::Program(id) => (0, id.uuid),
        Subject::Event(id) => (1, id.uuid),
        Subject::Direction(id) => (2, id.uuid),
        Subject::Result(id) => (3, id.uuid),
        Subject::Award(id) => (4, id.uuid),
        Subject::Document(id) => (5, id.uuid),
        Subject::Area(id) => (6, id.uuid),
    };
    std::array::from_fn(|column| (column == place).then_some(id))
}

impl Editable for Involvement {
    const KIND: RecordKind = RecordKind::Involvement;

    fn faults(&self) -> Vec<Fault> {
        Involvement::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(match self.subject {
            Subject::Program(id) => Reference::record("program", RecordKind::Program, id),
            Subject::Event(id) => Reference::record("event", RecordKind::Event, id),
            Subject::Direction(id) => Reference::record("direction", RecordKind::Direction, id),
            Subject::Result(id) => Reference::record("result", RecordKind::Result, id),
            Subject::Award(id) => Reference::record("award", RecordKind::Award, id),
            Subject::Document(id) => Reference::record("document", RecordKind::Document, id),
            Subject::Area(id) => Reference::record("area", RecordKind::CooperationArea, id),
        })
    }

    fn references(&self) -> Vec<Reference> {
        let agency = Reference::maybe("agency", RecordKind::Agency, self.agency);
        let group = Reference::maybe("group", RecordKind::AgencyGroup, self.group);
        let person = Reference::maybe("person", RecordKind::Person, self.person);
        let own = [group, person].into_iter().flatten().map(|one| one.within(self.id.tenant));
        agency.into_iter().chain(own).collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Kind.
pub const KIND: Field<Involvement> = Field::new("kind");
/// Stated or inferred.
pub const BASIS: Field<Involvement> = Field::new("basis");
/// In printed order.
pub const BY_POSITION: Sort<Involvement> = Sort::by("position", false);

const PRINTED: &[(&str, bool)] = &[("position", false)];

/// Signatories of a program, in printed order.
pub const SIGNATORIES: Edge<Program, Involvement> =
    Edge::new("program.signatories", Via::Child(own("program_id"))).only("kind", "SIGNATORY").order(PRINTED);
/// Participants of a program, in printed order.
pub const PARTICIPANTS: Edge<Program, Involvement> =
    Edge::new("program.participants", Via::Child(own("program_id"))).only("kind", "PARTICIPANT").order(PRINTED);
/// Attendances of an event, in printed order.
pub const ATTENDANCES: Edge<Event, Involvement> =
    Edge::new("event.attendances", Via::Child(own("event_id"))).only("kind", "ATTENDANCE").order(PRINTED);
/// Parties of a direction: actors, addressees, partners.
pub const OF_DIRECTION: Edge<Direction, Involvement> =
    Edge::new("direction.parties", Via::Child(own("direction_id"))).order(PRINTED);
/// Contributors of a result.
pub const OF_RESULT: Edge<Outcome, Involvement> =
    Edge::new("result.contributors", Via::Child(own("result_id"))).order(PRINTED);
/// Givers, presenters and recipients of an award.
pub const OF_AWARD: Edge<Award, Involvement> = Edge::new("award.parties", Via::Child(own("award_id"))).order(PRINTED);
/// Issuers of a document.
pub const OF_DOCUMENT: Edge<Document, Involvement> =
    Edge::new("document.issuers", Via::Child(own("document_id"))).order(PRINTED);
/// Who answers for an area.
pub const OF_AREA: Edge<CooperationArea, Involvement> =
    Edge::new("area.responsible", Via::Child(own("area_id"))).order(PRINTED);
/// Everything an agency is involved in.
pub const OF_AGENCY: Edge<Agency, Involvement> =
    Edge::new("agency.involvements", Via::Child(across("agency_tenant_id", "agency_id")));
/// Everything a group is involved in.
pub const OF_GROUP: Edge<AgencyGroup, Involvement> = Edge::new("group.involvements", Via::Child(own("group_id")));
/// Everything a person is involved in.
pub const OF_PERSON: Edge<Person, Involvement> = Edge::new("person.involvements", Via::Child(own("person_id")));
/// The agency of an involvement.
pub const AGENCY: Edge<Involvement, Agency> =
    Edge::new("involvement.agency", Via::Parent(across("agency_tenant_id", "agency_id")));
/// The group of an involvement.
pub const GROUP: Edge<Involvement, AgencyGroup> = Edge::new("involvement.group", Via::Parent(own("group_id")));
/// The person of an involvement.
pub const PERSON: Edge<Involvement, Person> = Edge::new("involvement.person", Via::Parent(own("person_id")));
/// The program of an involvement.
pub const PROGRAM: Edge<Involvement, Program> = Edge::new("involvement.program", Via::Parent(own("program_id")));
