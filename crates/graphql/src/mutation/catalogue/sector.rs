//! Sectors and their bodies level by level.

use async_graphql::{Context, Enum, InputObject, Object};
use domain::Sector as Record;
use domain::actor::Action;
use domain::catalogue::SectorLevel;
use futures_util::FutureExt;
use persistence::catalogue;

use super::replace;
use crate::catalogue::Sector;
use crate::error::Result;
use crate::mutation::input::Reader;
use crate::mutation::list::each;
use crate::mutation::perform::{Order, payloads, perform};
use crate::scalar::PartialDate;

payloads! {
    Sector as sector;
    /// What came of `sectorCreate`.
    SectorCreatePayload,
    /// What came of `sectorUpdate`.
    SectorUpdatePayload,
}

/// A part of [`crate::mutation::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct SectorMutation;

/// A part of what changes the graph.
#[Object]
impl SectorMutation {
    /// Adds a sector (ngành) to the catalog. Needs ADMIN at the center.
    async fn sector_create(&self, ctx: &Context<'_>, input: SectorCreateInput) -> Option<Result<SectorCreatePayload>> {
        let order = Order::new("sectorCreate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Sector>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut sector = Record {
                    code: reader.text("code", &input.code),
                    name_vi: reader.text("name", &input.name),
                    name_en: reader.text("nameEn", &input.name_en),
                    branch: None,
                    valid_from: None,
                    valid_to: None,
                    successor: None,
                    abbreviations: Vec::new(),
                    variants: Vec::new(),
                    head_titles: Vec::new(),
                    levels: Vec::new(),
                    basis: domain::Basis::Stated,
                    note: None,
                    version: 0,
                };
                input.details.apply(&mut reader, &mut sector);
                catalogue::add(tx, sector, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a sector (sửa), also that another one took its place. Needs ADMIN at the center.
    async fn sector_update(&self, ctx: &Context<'_>, input: SectorUpdateInput) -> Option<Result<SectorUpdatePayload>> {
        let order = Order::new("sectorUpdate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Sector>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let before: Record = catalogue::take(tx, &input.code, input.version).await?;
                let mut sector = before.clone();
                input.apply(&mut reader, &mut sector);
                catalogue::keep(tx, &before, sector, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }
}

/// A new sector.
#[derive(Clone, Debug, InputObject)]
pub struct SectorCreateInput {
    /// Its code, for good: `WOMENS_UNION`.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: SectorDetails,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a sector. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct SectorUpdateInput {
    /// The code of the entry.
    pub code: String,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Vietnamese name.
    pub name: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: SectorDetails,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<SectorField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a sector. A list that is given takes the place of the one that is there.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SectorDetails {
    /// Branch of the political system: `PARTY`, `JUDICIAL`, …
    pub branch: Option<String>,
    /// When the sector began.
    pub valid_from: Option<PartialDate>,
    /// When it ended.
    pub valid_to: Option<PartialDate>,
    /// The code of the sector that took its place.
    pub successor: Option<String>,
    /// Short forms, among them those used in document numbers.
    pub abbreviations: Option<Vec<String>>,
    /// Other spellings.
    pub variants: Option<Vec<String>>,
    /// Titles of its heads.
    pub head_titles: Option<Vec<String>>,
    /// Its bodies level by level.
    pub levels: Option<Vec<SectorLevelInput>>,
    /// Remarks.
    pub note: Option<String>,
}

/// What a sector's body is called at one level.
#[derive(Clone, Debug, InputObject)]
pub struct SectorLevelInput {
    /// CENTRAL, HIGH, PROVINCE, REGIONAL, DISTRICT, COMMUNE or STATION.
    pub level: String,
    /// Vietnamese name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Short forms.
    pub abbreviations: Option<Vec<String>>,
    /// When the level began for this sector.
    pub valid_from: Option<PartialDate>,
    /// When it ended.
    pub valid_to: Option<PartialDate>,
    /// Remarks.
    pub note: Option<String>,
}

/// A field of a sector that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum SectorField {
    /// Branch of the political system.
    Branch,
    /// When the sector began.
    ValidFrom,
    /// When it ended.
    ValidTo,
    /// The sector that took its place.
    Successor,
    /// Remarks.
    Note,
}

impl SectorUpdateInput {
    fn apply(&self, reader: &mut Reader, sector: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                SectorField::Branch => sector.branch = None,
                SectorField::ValidFrom => sector.valid_from = None,
                SectorField::ValidTo => sector.valid_to = None,
                SectorField::Successor => sector.successor = None,
                SectorField::Note => sector.note = None,
            }
        }
        replace(reader, ("name", &mut sector.name_vi), self.name.as_ref());
        replace(reader, ("nameEn", &mut sector.name_en), self.name_en.as_ref());
        self.details.apply(reader, sector);
    }
}

impl SectorDetails {
    fn apply(&self, reader: &mut Reader, sector: &mut Record) {
        reader.put_text("branch", &mut sector.branch, self.branch.as_ref());
        reader.put_text("successor", &mut sector.successor, self.successor.as_ref());
        reader.put_text("note", &mut sector.note, self.note.as_ref());
        if let Some(from) = &self.valid_from {
            sector.valid_from = Some(from.0.clone());
        }
        if let Some(to) = &self.valid_to {
            sector.valid_to = Some(to.0.clone());
        }
        for (field, slot, texts) in [
            ("abbreviations", &mut sector.abbreviations, &self.abbreviations),
            ("variants", &mut sector.variants, &self.variants),
            ("headTitles", &mut sector.head_titles, &self.head_titles),
        ] {
            if let Some(texts) = texts {
                *slot = reader.texts(field, texts);
            }
        }
        if let Some(levels) = &self.levels {
            sector.levels = each(reader, "levels", levels, |reader, level, _| level.read(reader));
        }
    }
}

impl SectorLevelInput {
    fn read(&self, reader: &mut Reader) -> SectorLevel {
        let mut level = SectorLevel {
            level: self.level.clone(),
            name_vi: reader.text("name", &self.name),
            name_en: None,
            abbreviations: reader.texts("abbreviations", self.abbreviations.as_deref().unwrap_or_default()),
            valid_from: self.valid_from.clone().map(|date| date.0),
            valid_to: self.valid_to.clone().map(|date| date.0),
            note: None,
        };
        reader.put_text("nameEn", &mut level.name_en, self.name_en.as_ref());
        reader.put_text("note", &mut level.note, self.note.as_ref());
        level
    }
}
