//! The shared catalogues, owned by the central tenant and readable by everyone: regions, sectors, topics, units,
//! indicators and the dated reorganizations of agencies. Keyed by a frozen code.

mod faults;

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{AgencyLevel, Basis, PartialDate, TenantId};

/// A statistical or planning region.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Code: `red-river-delta`.
    pub code: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// The division it belongs to.
    pub division: Option<String>,
}

/// A sector (ngành): the line of work that an agency belongs to at every level.
#[derive(Clone, Debug, PartialEq)]
pub struct Sector {
    /// Code: `WOMENS_UNION`.
    pub code: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Branch of the political system, where known: `PARTY`, `JUDICIAL`, …
    pub branch: Option<String>,
    /// When the sector began, where it did within the records.
    pub valid_from: Option<PartialDate>,
    /// When it ended.
    pub valid_to: Option<PartialDate>,
    /// Code of the sector that took its place.
    pub successor: Option<String>,
    /// Short forms, among them those used in document numbers.
    pub abbreviations: Vec<String>,
    /// Other spellings.
    pub variants: Vec<String>,
    /// Titles of its heads.
    pub head_titles: Vec<String>,
    /// Its bodies level by level.
    pub levels: Vec<SectorLevel>,
    /// Whether the entry was seen in a source.
    pub basis: Basis,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Counts changes.
    pub version: i32,
}

/// What a sector's body is called at one level.
#[derive(Clone, Debug, PartialEq)]
pub struct SectorLevel {
    /// `CENTRAL`, `HIGH`, `PROVINCE`, `REGIONAL`, `DISTRICT`, `COMMUNE`, `STATION`.
    pub level: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: Option<String>,
    /// Short forms.
    pub abbreviations: Vec<String>,
    /// When the level began for this sector.
    pub valid_from: Option<PartialDate>,
    /// When it ended.
    pub valid_to: Option<PartialDate>,
    /// Remarks.
    pub note: Option<String>,
}

/// A subject that programs deal with.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Code: `DOMESTIC_VIOLENCE`.
    pub code: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Words of sources that mean it.
    pub variants: Vec<String>,
    /// Counts changes.
    pub version: i32,
}

/// A unit of measure. Attendances (lượt người) are not persons (người).
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Code: `ATTENDANCE`.
    pub code: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Words of sources that mean it.
    pub variants: Vec<String>,
    /// Counts changes.
    pub version: i32,
}

/// Whether figures of an indicator count what happened or what exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum IndicatorKind {
    /// What happened within a period; sums over time.
    Flow,
    /// What exists on a day; never sums over time.
    Stock,
    /// A share; never sums at all.
    Ratio,
    /// Words, no figure.
    Qualitative,
}

/// How figures of an indicator may be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Aggregation {
    /// They add up.
    Sum,
    /// The latest counts.
    Latest,
    /// They do not combine.
    None,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Trend {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither.
    None,
}

/// Something that is measured (IATI: indicator).
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Code: `TRAINING_CLASSES`.
    pub code: String,
    /// Vietnamese label.
    pub label_vi: String,
    /// English label.
    pub label_en: String,
    /// Code of its unit; none for qualitative indicators.
    pub unit: Option<String>,
    /// Flow, stock, ratio or words.
    pub kind: IndicatorKind,
    /// How figures combine.
    pub aggregation: Aggregation,
    /// Which way is better.
    pub direction: Trend,
    /// Counts changes.
    pub version: i32,
}

/// A dated fact about agencies being merged, split or abolished.
#[derive(Clone, Debug, PartialEq)]
pub struct Reorganization {
    /// Code: `S08`.
    pub code: String,
    /// When it took effect.
    pub on: PartialDate,
    /// What happened, Vietnamese.
    pub what_vi: String,
    /// What happened, English.
    pub what_en: String,
    /// `RENAME`, `MERGE`, `SPLIT`, `ABOLISH`, `TRANSFER`, `DECISION`.
    pub kind: String,
    /// Legal act.
    pub legal_basis: Option<String>,
    /// The tenant it is limited to; none when it holds everywhere. The same reform took effect on different days in
    /// different provinces.
    pub scope: Option<TenantId>,
    /// Sectors touched.
    pub sectors: Vec<String>,
    /// Which function went where.
    pub moves: Vec<FunctionMove>,
    /// Publisher or page.
    pub source: String,
    /// `HIGH`, `MEDIUM`, `LOW`.
    pub confidence: String,
    /// Counts changes.
    pub version: i32,
}

/// One function handed from a sector to another.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionMove {
    /// Code of the sector that gave it up.
    pub from_sector: Option<String>,
    /// Code of the sector that received it.
    pub to_sector: Option<String>,
    /// The function, Vietnamese.
    pub function_vi: Option<String>,
    /// The function, English.
    pub function_en: Option<String>,
}

impl Sector {
    /// The name of the sector's body at `level`, where the catalogue knows one.
    #[must_use]
    pub fn at(&self, level: AgencyLevel) -> Option<&SectorLevel> {
        self.levels.iter().find(|body| body.level == <&str>::from(level))
    }
}
