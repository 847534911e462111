//! Lists of codes about parties and tenants.

use async_graphql::Enum;

use super::Code;

/// What kind of unit a tenant is.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::tenant::TenantKind")]
pub enum TenantKind {
    /// The central bodies (trung ương).
    Central,
    /// A province (tỉnh).
    Province,
    /// A centrally governed municipality (thành phố trực thuộc trung ương).
    Municipality,
}

/// How one version of a unit follows another (W3C ORG: `ChangeEvent`).
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::tenant::SuccessionKind")]
pub enum SuccessionKind {
    /// Several units became one.
    Merge,
    /// One unit became several.
    Split,
    /// Only the name changed.
    Rename,
    /// A province became a municipality.
    Upgrade,
}

/// The level an agency works at.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::agency::AgencyLevel")]
pub enum AgencyLevel {
    /// The centre (trung ương).
    Central,
    /// A province or municipality.
    Province,
    /// Courts and procuracies of several districts, from 2025-07-01 (khu vực).
    Regional,
    /// A district (huyện), until 2025-06-30.
    District,
    /// A commune (xã, phường, đặc khu).
    Commune,
    /// Outside the Vietnamese system: foreign counterparts, donors, enterprises.
    External,
    /// Several levels at once ("các cấp"); only collective parties.
    AllLevels,
}

/// How the party is involved.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::involvement::InvolvementKind")]
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
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::involvement::Role")]
pub enum PartyRole {
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

impl Code for TenantKind {
    fn code(self) -> String {
        domain::tenant::TenantKind::from(self).to_string()
    }
}

impl Code for AgencyLevel {
    fn code(self) -> String {
        domain::agency::AgencyLevel::from(self).to_string()
    }
}

impl Code for InvolvementKind {
    fn code(self) -> String {
        domain::involvement::InvolvementKind::from(self).to_string()
    }
}

impl Code for PartyRole {
    fn code(self) -> String {
        domain::involvement::Role::from(self).to_string()
    }
}
