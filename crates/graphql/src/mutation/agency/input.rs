//! The inputs of agencies.

use async_graphql::{Enum, ID, InputObject};
use domain::{Agency, Id, RecordKind, Visibility};

use crate::enums::AgencyLevel;
use crate::mutation::input::Reader;
use crate::scalar::PartialDate;

/// A new agency, which begins as a draft that only its tenant's staff sees.
#[derive(Clone, Debug, InputObject)]
pub struct AgencyCreateInput {
    /// The province (or the center) that it is recorded for.
    pub tenant: ID,
    /// Level; not `ALL_LEVELS`, which is for groups.
    pub level: AgencyLevel,
    /// Vietnamese name in full.
    pub name: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: AgencyDetails,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in an agency. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct AgencyUpdateInput {
    /// The agency.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Level; not `ALL_LEVELS`, which is for groups.
    pub level: Option<AgencyLevel>,
    /// Vietnamese name in full, corrected. For a new name use `agencyRename`, which keeps the old one.
    pub name: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: AgencyDetails,
    /// What took over all or some of it, in place of the stored list.
    pub successors: Option<Vec<AgencySuccessorInput>>,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<AgencyField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of an agency.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AgencyDetails {
    /// Code of its sector (ngành); left out for bodies without one.
    pub sector: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Short form: `Hội LHPN tỉnh`.
    pub short_name: Option<String>,
    /// Other names and spellings met in sources.
    pub aliases: Option<Vec<String>>,
    /// District or commune it works in.
    pub locality: Option<ID>,
    /// The agency that it is a part of, of the same tenant.
    pub parent: Option<ID>,
    /// When it began to exist.
    pub valid_from: Option<PartialDate>,
    /// When it ceased to exist.
    pub valid_to: Option<PartialDate>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A field of an agency that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum AgencyField {
    /// The sector.
    Sector,
    /// The English name.
    NameEn,
    /// The short form.
    ShortName,
    /// The district or commune.
    Locality,
    /// The agency that it is a part of.
    Parent,
    /// When it began.
    ValidFrom,
    /// When it ended: it exists again, then.
    ValidTo,
    /// The remarks.
    Note,
}

/// That an agency has another name.
#[derive(Clone, Debug, InputObject)]
pub struct AgencyRenameInput {
    /// The agency.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// The new Vietnamese name in full. Change the English name and the short form with `agencyUpdate`.
    pub name: String,
    /// Since when; left out when nobody knows.
    pub on: Option<PartialDate>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// That an agency ceased to exist.
#[derive(Clone, Debug, InputObject)]
pub struct AgencyDissolveInput {
    /// The agency.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// When it ceased to exist.
    pub on: PartialDate,
    /// What took over all or some of it, in place of the stored list.
    pub successors: Option<Vec<AgencySuccessorInput>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// An agency that took over from another one (đơn vị kế thừa).
#[derive(Clone, Debug, InputObject)]
pub struct AgencySuccessorInput {
    /// The agency; it may belong to another tenant.
    pub agency: ID,
    /// Which function it took over; left out for all of it.
    pub function: Option<String>,
    /// When; on dissolving, the day of that when nothing is said.
    pub on: Option<PartialDate>,
}

impl AgencyCreateInput {
    /// The agency.
    pub(super) fn read(&self, reader: &mut Reader) -> Agency {
        let tenant = reader.tenant("tenant", &self.tenant);
        let mut agency = Agency {
            id: Id::generate(tenant),
            sector: None,
            level: self.level.into(),
            name_vi: reader.text("name", &self.name),
            name_en: None,
            short_name: None,
            aliases: Vec::new(),
            locality: None,
            parent: None,
            valid_from: None,
            valid_to: None,
            note: None,
            visibility: Visibility::Draft,
            version: 0,
        };
        self.details.apply(reader, &mut agency);
        agency
    }
}

impl AgencyUpdateInput {
    /// Changes the agency.
    pub(super) fn apply(&self, reader: &mut Reader, agency: &mut Agency) {
        for field in self.clear.iter().flatten() {
            match field {
                AgencyField::Sector => agency.sector = None,
                AgencyField::NameEn => agency.name_en = None,
                AgencyField::ShortName => agency.short_name = None,
                AgencyField::Locality => agency.locality = None,
                AgencyField::Parent => agency.parent = None,
                AgencyField::ValidFrom => agency.valid_from = None,
                AgencyField::ValidTo => agency.valid_to = None,
                AgencyField::Note => agency.note = None,
            }
        }
        if let Some(level) = self.level {
            agency.level = level.into();
        }
        if let Some(name) = &self.name {
            agency.name_vi = reader.text("name", name);
        }
        self.details.apply(reader, agency);
    }
}

impl AgencyDetails {
    /// Puts what is given into the agency.
    fn apply(&self, reader: &mut Reader, agency: &mut Agency) {
        if self.sector.is_some() {
            agency.sector.clone_from(&self.sector);
        }
        reader.put_text("nameEn", &mut agency.name_en, self.name_en.as_ref());
        reader.put_text("shortName", &mut agency.short_name, self.short_name.as_ref());
        if let Some(aliases) = &self.aliases {
            agency.aliases = reader.texts("aliases", aliases);
        }
        if let Some(id) = &self.locality {
            agency.locality = Some(reader.id_of("locality", RecordKind::Locality, id));
        }
        reader.put_id("parent", &mut agency.parent, self.parent.as_ref());
        if let Some(date) = &self.valid_from {
            agency.valid_from = Some(date.0.clone());
        }
        if let Some(date) = &self.valid_to {
            agency.valid_to = Some(date.0.clone());
        }
        reader.put_text("note", &mut agency.note, self.note.as_ref());
    }
}
