//! Sectors and their bodies level by level.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use persistence::{Filter, catalogue};

use crate::agency::Agency;
use crate::catalogue::{Reorganization, reorganizations_of};
use crate::connection::{Connection, NodeType, PageArgs, children, one};
use crate::enums::Basis;
use crate::error::Result;
use crate::global_id::{self, Catalogue};
use crate::history::{HistoryEntry, history_of_entry};
use crate::scalar::PartialDate;
use crate::value::Locale;

/// A sector (ngành): the line of work that an agency belongs to at every level.
#[derive(Clone, Debug)]
pub struct Sector(pub Arc<domain::Sector>);

impl NodeType for Sector {
    type Record = domain::Sector;
    const NAME: &'static str = "Sector";

    fn wrap(record: Arc<domain::Sector>) -> Self {
        Self(record)
    }

    fn global_id(&self) -> ID {
        global_id::catalogue(Catalogue::Sector, &self.0.code)
    }
}

/// A sector (ngành): the line of work that an agency belongs to at every level.
#[Object]
impl Sector {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What became of it, the latest first (nhật ký). For the center's own staff; empty for everybody else.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<HistoryEntry>>> {
        history_of_entry(ctx, &*self.0, PageArgs::new(first, after, last, before)).await
    }

    /// Code: `WOMENS_UNION`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Branch of the political system, where known: `PARTY`, `JUDICIAL`, …
    async fn branch(&self) -> Option<&str> {
        self.0.branch.as_deref()
    }

    /// When the sector began, where it did within the records.
    async fn valid_from(&self) -> Option<PartialDate> {
        self.0.valid_from.clone().map(PartialDate)
    }

    /// When it ended.
    async fn valid_to(&self) -> Option<PartialDate> {
        self.0.valid_to.clone().map(PartialDate)
    }

    /// Short forms, among them those used in document numbers.
    async fn abbreviations(&self) -> &[String] {
        &self.0.abbreviations
    }

    /// Other spellings.
    async fn variants(&self) -> &[String] {
        &self.0.variants
    }

    /// Titles of its heads.
    async fn head_titles(&self) -> &[String] {
        &self.0.head_titles
    }

    /// Whether the entry was seen in a source.
    async fn basis(&self) -> Basis {
        self.0.basis.into()
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Name.
    async fn name(
        &self,
        #[graphql(default_with = "Some(Locale::Vi)", desc = "Language.")] locale: Option<Locale>,
    ) -> &str {
        locale.unwrap_or_default().pick(&self.0.name_vi, Some(self.0.name_en.as_str()))
    }

    /// Its bodies level by level.
    async fn levels(&self) -> Vec<SectorLevel> {
        self.0.levels.iter().map(Into::into).collect()
    }

    /// The sector that took its place.
    async fn successor(&self, ctx: &Context<'_>) -> Option<Result<Sector>> {
        one(ctx, self.0.successor.clone()).await
    }

    /// Agencies of the sector, by name.
    async fn agencies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Agency>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(children(ctx, catalogue::AGENCIES_OF_SECTOR, self.0.code.clone(), Filter::default(), args).await)
    }

    /// Dated facts about its bodies being merged, split or abolished.
    async fn reorganizations(&self, ctx: &Context<'_>) -> Option<Result<Vec<Reorganization>>> {
        Some(reorganizations_of(ctx, &self.0.code, None).await)
    }
}

/// What a sector's body is called at one level.
#[derive(SimpleObject)]
pub struct SectorLevel {
    /// CENTRAL, HIGH, PROVINCE, REGIONAL, DISTRICT, COMMUNE or STATION.
    level: String,
    /// Vietnamese name.
    name_vi: String,
    /// English name.
    name_en: Option<String>,
    /// Short forms.
    abbreviations: Vec<String>,
    /// When the level began for this sector.
    valid_from: Option<PartialDate>,
    /// When it ended.
    valid_to: Option<PartialDate>,
    /// Remarks.
    note: Option<String>,
}

impl From<&domain::catalogue::SectorLevel> for SectorLevel {
    fn from(level: &domain::catalogue::SectorLevel) -> Self {
        Self {
            level: level.level.clone(),
            name_vi: level.name_vi.clone(),
            name_en: level.name_en.clone(),
            abbreviations: level.abbreviations.clone(),
            valid_from: level.valid_from.clone().map(PartialDate),
            valid_to: level.valid_to.clone().map(PartialDate),
            note: level.note.clone(),
        }
    }
}
