//! Involvement: a party standing in some role to something. One shape serves every such edge of the model —
//! signatories and participants of programs, attendances of events, the actors and addressees of directions, the
//! contributors of results, the givers of awards, the issuers of documents — because each has the same cases:
//! an office, a collective or a person, with positions as printed, perhaps through an unnamed delegate.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{
    Agency, AgencyGroup, Award, Basis, CooperationArea, Dated, Direction, Document, Event, Fault, Id, Outcome, Person,
    Program, Visibility,
};

/// What the party is involved in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A program.
    Program(Id<Program>),
    /// An event.
    Event(Id<Event>),
    /// A direction.
    Direction(Id<Direction>),
    /// A result.
    Result(Id<Outcome>),
    /// An award.
    Award(Id<Award>),
    /// A document.
    Document(Id<Document>),
    /// A cooperation area.
    Area(Id<CooperationArea>),
}

/// How the party is involved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum InvolvementKind {
    /// Signs a program (bên ký).
    Signatory,
    /// Has another role on a program, see the roles.
    Participant,
    /// Is at an event, see the roles.
    Attendance,
    /// Gives a direction.
    Actor,
    /// Is directed to act.
    Addressee,
    /// Acts together with the addressee.
    Partner,
    /// Brought a result about.
    Contributor,
    /// Gives an award.
    Giver,
    /// Hands an award over for its giver.
    Presenter,
    /// Receives an award.
    Recipient,
    /// Issued a document.
    Issuer,
    /// Answers for a cooperation area.
    Responsible,
}

/// What a participant or attendee does. One has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Named as a party of the program (bên tham gia).
    Party,
    /// Organizes (tổ chức).
    Organizer,
    /// Leads, keeps the standing office (cơ quan chủ trì, thường trực).
    Lead,
    /// Where it takes place (địa điểm).
    HostVenue,
    /// Witnesses (dự và chứng kiến).
    Witness,
    /// Directs (dự và chỉ đạo).
    Directing,
    /// Chairs (chủ trì).
    Chair,
    /// Chairs together with others (đồng chủ trì).
    CoChair,
    /// Speaks (phát biểu).
    Speaker,
    /// Is quoted by the source.
    Quoted,
    /// Is present (dự).
    Attendee,
    /// Is present at a remote point (điểm cầu).
    RemoteAttendee,
    /// Carries out (thực hiện).
    Implementer,
    /// Works with the parties (phối hợp).
    Partner,
    /// Named as a further partner that does not sign (phối hợp thêm).
    MentionedPartner,
    /// Gives awards (tặng).
    AwardGiver,
    /// Is honored.
    Honoree,
    /// The body that another participant is a part of.
    ParentBody,
}

/// One party in one relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Involvement {
    /// Key; its tenant is the subject's.
    pub id: Id<Involvement>,
    /// What it is involved in.
    pub subject: Subject,
    /// How.
    pub kind: InvolvementKind,
    /// What it does; only participants and attendances.
    pub roles: Vec<Role>,
    /// The office. May belong to another tenant: seven provinces may sign one regulation.
    pub agency: Option<Id<Agency>>,
    /// The collective party.
    pub group: Option<Id<AgencyGroup>>,
    /// The person. Most signatures name none.
    pub person: Option<Id<Person>>,
    /// Words for a party that is neither an agency nor a group nor a person of the service.
    pub label: Option<String>,
    /// Positions as printed, in printed order.
    pub positions: Vec<String>,
    /// Military or police rank as printed (Đại tá).
    pub rank: Option<String>,
    /// Who stood in for the office: `đại diện lãnh đạo`.
    pub representation: Option<String>,
    /// In which capacity: `thay mặt`.
    pub capacity: Option<String>,
    /// When this party signed, where it differs from the program.
    pub signed_on: Option<Dated>,
    /// Stated or inferred.
    pub basis: Basis,
    /// Why it was inferred.
    pub reason: Option<String>,
    /// Printed order, from 1.
    pub order: i32,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Same as the subject's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Involvement {
    /// The rules of an involvement.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.agency.is_none() && self.group.is_none() && self.person.is_none() && self.label.is_none() {
            faults.push(Fault::new(
                "agency",
                "name the party: agency, group, person or label",
                "hãy nêu bên tham gia: agency, group, person hoặc label",
            ));
        }
        if self.agency.is_some() && self.group.is_some() {
            faults.push(Fault::new(
                "group",
                "a party is one agency or one group, not both",
                "một bên là một cơ quan hoặc một nhóm, không phải cả hai",
            ));
        }
        if self.kind == InvolvementKind::Signatory && self.agency.is_none() && self.group.is_none() {
            faults.push(Fault::new(
                "agency",
                "offices sign, not people: give the agency or the group",
                "cơ quan ký, không phải cá nhân: hãy nêu agency hoặc group",
            ));
        }
        let has_roles = matches!(self.kind, InvolvementKind::Participant | InvolvementKind::Attendance);
        if has_roles == self.roles.is_empty() {
            faults.push(Fault::new(
                "roles",
                "participants and attendances have at least one role, other parties have none",
                "bên tham gia và người dự có ít nhất một vai trò, các bên khác không có vai trò",
            ));
        }
        if self.basis == Basis::Inferred && self.reason.is_none() {
            faults.push(Fault::new("reason", "what is inferred needs the reason", "điều suy luận phải kèm lý do"));
        }
        faults
    }
}
