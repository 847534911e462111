//! Global ids: opaque to clients, `base64url(tag, key)` inside. The format is frozen, since clients store ids.

use async_graphql::ID;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Id, RecordKind, TenantId};
use uuid::Uuid;

use crate::error::{Error, Result};

/// What an id names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GlobalId {
    /// A province or the center.
    Tenant(TenantId),
    /// A record of a tenant.
    Record(RecordKind, TenantId, Uuid),
    /// An entry of a catalogue: its tag and code.
    Catalogue(Catalogue, String),
}

/// The catalogues whose entries are nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Catalogue {
    /// Regions.
    Region,
    /// Sectors.
    Sector,
    /// Topics.
    Topic,
    /// Units.
    Unit,
    /// Indicators.
    Indicator,
    /// Reorganizations.
    Reorganization,
}

/// One byte a kind. Never reuse or change a number.
const TAGS: [(RecordKind, u8); 29] = [
    (RecordKind::Agency, 2),
    (RecordKind::AgencyGroup, 3),
    (RecordKind::Award, 4),
    (RecordKind::Citation, 5),
    (RecordKind::Conflict, 6),
    (RecordKind::CooperationArea, 7),
    (RecordKind::Direction, 8),
    (RecordKind::Document, 9),
    (RecordKind::Event, 10),
    (RecordKind::Involvement, 11),
    (RecordKind::Locality, 12),
    (RecordKind::Obligation, 13),
    (RecordKind::Person, 14),
    (RecordKind::PlannedActivity, 15),
    (RecordKind::Position, 16),
    (RecordKind::Program, 17),
    (RecordKind::ProgramLink, 18),
    (RecordKind::Remark, 19),
    (RecordKind::Result, 20),
    (RecordKind::Source, 21),
    (RecordKind::Target, 22),
    (RecordKind::AgencyGroupMember, 23),
    (RecordKind::EventProgram, 24),
    (RecordKind::AgencySuccession, 25),
    (RecordKind::Grant, 26),
    (RecordKind::ReportRequest, 27),
    (RecordKind::Submission, 28),
    (RecordKind::SubmissionItem, 29),
    (RecordKind::SubmissionDecision, 30),
];

const TENANT: u8 = 1;

fn catalogue_tag(catalogue: Catalogue) -> u8 {
    match catalogue {
        Catalogue::Region => 64,
        Catalogue::Sector => 65,
        Catalogue::Topic => 66,
        Catalogue::Unit => 67,
        Catalogue::Indicator => 68,
        Catalogue::Reorganization => 69,
    }
}

fn encode(bytes: &[u8]) -> ID {
    ID(URL_SAFE_NO_PAD.encode(bytes))
}

/// The id of a tenant.
pub fn tenant(id: TenantId) -> ID {
    let mut bytes = vec![TENANT];
    bytes.extend(id.0.to_be_bytes());
    encode(&bytes)
}

/// The id of a record.
pub fn record<T>(kind: RecordKind, id: Id<T>) -> ID {
    let tag = TAGS.iter().find(|(known, _)| *known == kind).map_or(0, |(_, tag)| *tag);
    let mut bytes = vec![tag];
    bytes.extend(id.tenant.0.to_be_bytes());
    bytes.extend(id.uuid.as_bytes());
    encode(&bytes)
}

/// The same as text that takes no memory of its own: tables have one a row.
pub fn text(kind: RecordKind, tenant: TenantId, uuid: Uuid) -> [u8; 28] {
    let tag = TAGS.iter().find(|(known, _)| *known == kind).map_or(0, |(_, tag)| *tag);
    let mut bytes = [tag; 21];
    let (head, of_uuid) = bytes.split_at_mut(5);
    of_uuid.copy_from_slice(uuid.as_bytes());
    head.split_at_mut(1).1.copy_from_slice(&tenant.0.to_be_bytes());
    let mut text = [0; 28];
    // 21 bytes are 28 letters.
    URL_SAFE_NO_PAD.encode_slice(bytes, &mut text).ok();
    text
}

/// The id of an entry of a catalogue.
pub fn catalogue(catalogue: Catalogue, code: &str) -> ID {
    let mut bytes = vec![catalogue_tag(catalogue)];
    bytes.extend(code.as_bytes());
    encode(&bytes)
}

impl GlobalId {
    /// Reads an id. One that nobody made answers an error, one that names nothing visible answers null later.
    pub fn parse(id: &ID) -> Result<Self> {
        let wrong =
            || Error::bad_input(format!("{:?} is not an id; pass ids on exactly as the API gave them", id.as_str()));
        let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).map_err(|_undecodable| wrong())?;
        let (tag, rest) = bytes.split_first().ok_or_else(wrong)?;
        if *tag == TENANT {
            let number: [u8; 4] = rest.try_into().map_err(|_length| wrong())?;
            return Ok(Self::Tenant(TenantId(i32::from_be_bytes(number))));
        }
        if let Some((kind, _)) = TAGS.iter().find(|(_, known)| known == tag) {
            let (number, uuid) = rest.split_first_chunk::<4>().ok_or_else(wrong)?;
            let uuid = Uuid::from_slice(uuid).map_err(|_length| wrong())?;
            return Ok(Self::Record(*kind, TenantId(i32::from_be_bytes(*number)), uuid));
        }
        let catalogue = <Catalogue as strum::IntoEnumIterator>::iter().find(|one| catalogue_tag(*one) == *tag);
        let code = String::from_utf8(rest.to_vec()).map_err(|_text| wrong())?;
        Ok(Self::Catalogue(catalogue.ok_or_else(wrong)?, code))
    }

    /// The tenant that an id names.
    pub fn as_tenant(&self) -> Option<TenantId> {
        if let Self::Tenant(id) = self { Some(*id) } else { None }
    }

    /// The record that an id names, when it is of the kind.
    pub fn as_record<T>(&self, kind: RecordKind) -> Option<Id<T>> {
        match self {
            Self::Record(found, tenant, uuid) if *found == kind => Some(Id::new(*tenant, *uuid)),
            Self::Record(..) | Self::Tenant(_) | Self::Catalogue(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_they_were() {
        let uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
        for (kind, _) in TAGS {
            let id = record(kind, Id::<()>::new(TenantId(16), uuid));
            assert_eq!(GlobalId::parse(&id).unwrap(), GlobalId::Record(kind, TenantId(16), uuid));
            assert_eq!(text(kind, TenantId(16), uuid), id.as_bytes());
        }
        assert_eq!(GlobalId::parse(&tenant(TenantId(89))).unwrap(), GlobalId::Tenant(TenantId(89)));
        let sector = catalogue(Catalogue::Sector, "POLICE");
        assert_eq!(GlobalId::parse(&sector).unwrap(), GlobalId::Catalogue(Catalogue::Sector, "POLICE".to_owned()));
    }

    #[test]
    fn the_format_is_frozen() {
        assert_eq!(tenant(TenantId(1)).as_str(), "AQAAAAE");
        assert_eq!(catalogue(Catalogue::Sector, "POLICE").as_str(), "QVBPTElDRQ");
    }

    #[test]
    fn what_is_not_an_id_is_said_so() {
        for text in ["", "x", "AQ", "AQAAAAEA", "//", "5", "_w"] {
            assert!(GlobalId::parse(&ID(text.to_owned())).is_err(), "{text}");
        }
    }
}
