//! Sectors, topics, units, indicators and reorganizations, from the YAML files.

use std::str::FromStr;

use domain::catalogue::{FunctionMove, SectorLevel};
use domain::{Indicator, PartialDate, Reorganization, Sector, Tenant, Topic, Unit};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::territory::tenant_of;
use crate::problem::Problems;
use crate::tree::{self, Expect};

fn entries<T: DeserializeOwned>(file: &str) -> Result<Vec<T>, Problems> {
    let (tree, problems) = tree::parse(file, &super::bytes(file)?)?;
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    serde_path_to_error::deserialize(tree.value(Expect::Text))
        .map_err(|error| Problems::one(file, None, format!("{}: {}", error.path(), error.inner())))
}

fn code<T: FromStr>(file: &str, entry: &str, text: &str) -> Result<T, Problems> {
    text.parse().ok().ok_or_else(|| Problems::one(file, None, format!("{entry}: \"{text}\" is not a known code")))
}

fn date(file: &str, entry: &str, text: Option<String>) -> Result<Option<PartialDate>, Problems> {
    let read = |text: String| {
        PartialDate::parse(&text).map_err(|error| Problems::one(file, None, format!("{entry}: {error}")))
    };
    text.map(read).transpose()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectorEntry {
    code: String,
    name_vi: String,
    name_en: String,
    branch: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    successor: Option<String>,
    #[serde(default)]
    abbreviations: Vec<String>,
    #[serde(default)]
    spelling_variants: Vec<String>,
    #[serde(default)]
    head_titles: Vec<String>,
    #[serde(default)]
    levels: Vec<LevelEntry>,
    basis: String,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelEntry {
    level: String,
    name_vi: String,
    name_en: Option<String>,
    #[serde(default)]
    abbreviations: Vec<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    note: Option<String>,
}

pub(super) fn sectors() -> Result<Vec<Sector>, Problems> {
    let file = "sectors.yaml";
    let level = |sector: &str, entry: LevelEntry| {
        Ok(SectorLevel {
            level: entry.level,
            name_vi: entry.name_vi,
            name_en: entry.name_en,
            abbreviations: entry.abbreviations,
            valid_from: date(file, sector, entry.valid_from)?,
            valid_to: date(file, sector, entry.valid_to)?,
            note: entry.note,
        })
    };
    let read = |entry: SectorEntry| {
        Ok(Sector {
            basis: code(file, &entry.code, &entry.basis)?,
            valid_from: date(file, &entry.code, entry.valid_from)?,
            valid_to: date(file, &entry.code, entry.valid_to)?,
            levels: entry.levels.into_iter().map(|body| level(&entry.code, body)).collect::<Result<_, Problems>>()?,
            code: entry.code,
            name_vi: entry.name_vi,
            name_en: entry.name_en,
            branch: entry.branch,
            successor: entry.successor,
            abbreviations: entry.abbreviations,
            variants: entry.spelling_variants,
            head_titles: entry.head_titles,
            note: entry.note,
            version: 0,
        })
    };
    entries(file)?.into_iter().map(read).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameEntry {
    code: String,
    name_vi: String,
    name_en: String,
    #[serde(default)]
    variants: Vec<String>,
}

pub(super) fn topics() -> Result<Vec<Topic>, Problems> {
    let read = |entry: NameEntry| Topic {
        code: entry.code,
        name_vi: entry.name_vi,
        name_en: entry.name_en,
        variants: entry.variants,
        version: 0,
    };
    Ok(entries("topics.yaml")?.into_iter().map(read).collect())
}

pub(super) fn units() -> Result<Vec<Unit>, Problems> {
    let read = |entry: NameEntry| Unit {
        code: entry.code,
        name_vi: entry.name_vi,
        name_en: entry.name_en,
        variants: entry.variants,
        version: 0,
    };
    Ok(entries("units.yaml")?.into_iter().map(read).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorEntry {
    code: String,
    label_vi: String,
    label_en: String,
    unit: Option<String>,
    kind: String,
    aggregation: String,
    direction: String,
}

pub(super) fn indicators() -> Result<Vec<Indicator>, Problems> {
    let file = "indicators.yaml";
    let read = |entry: IndicatorEntry| {
        Ok(Indicator {
            kind: code(file, &entry.code, &entry.kind)?,
            aggregation: code(file, &entry.code, &entry.aggregation)?,
            direction: code(file, &entry.code, &entry.direction)?,
            code: entry.code,
            label_vi: entry.label_vi,
            label_en: entry.label_en,
            unit: entry.unit,
            version: 0,
        })
    };
    entries(file)?.into_iter().map(read).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReorganizationEntry {
    code: String,
    on: String,
    what_vi: String,
    what_en: String,
    kind: String,
    legal_basis: Option<String>,
    scope_province_key: Option<String>,
    #[serde(default)]
    sectors: Vec<String>,
    #[serde(default)]
    moves: Vec<MoveEntry>,
    source: String,
    confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveEntry {
    from_sector: Option<String>,
    to_sector: Option<String>,
    function_vi: Option<String>,
    function_en: Option<String>,
}

pub(super) fn reorganizations(tenants: &[Tenant]) -> Result<Vec<Reorganization>, Problems> {
    let file = "reorganizations.yaml";
    let step = |entry: MoveEntry| FunctionMove {
        from_sector: entry.from_sector,
        to_sector: entry.to_sector,
        function_vi: entry.function_vi,
        function_en: entry.function_en,
    };
    let read = |entry: ReorganizationEntry| {
        let on = PartialDate::parse(&entry.on)
            .map_err(|error| Problems::one(file, None, format!("{}: {error}", entry.code)))?;
        let scope = entry.scope_province_key.map(|key| tenant_of(tenants, file, None, &key)).transpose()?;
        Ok(Reorganization {
            code: entry.code,
            on,
            what_vi: entry.what_vi,
            what_en: entry.what_en,
            kind: entry.kind,
            legal_basis: entry.legal_basis,
            scope,
            sectors: entry.sectors,
            moves: entry.moves.into_iter().map(step).collect(),
            source: entry.source,
            confidence: entry.confidence,
            version: 0,
        })
    };
    entries(file)?.into_iter().map(read).collect()
}
