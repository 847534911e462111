//! Tenants, successions, regions and districts, from the CSV files.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::NaiveDate;
use domain::tenant::TenantKind;
use domain::{Basis, Id, Locality, Region, Tenant, TenantId, TenantSuccession};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::problem::Problems;

/// Rows of a CSV file with their lines.
fn rows<T: DeserializeOwned>(file: &str) -> Result<Vec<(usize, T)>, Problems> {
    let bytes = super::bytes(file)?;
    let mut reader = csv::Reader::from_reader(bytes.as_ref());
    let mut rows = Vec::new();
    for (index, row) in reader.deserialize().enumerate() {
        let row = row.map_err(|error| Problems::one(file, Some(index + 2), error.to_string()))?;
        rows.push((index + 2, row));
    }
    Ok(rows)
}

fn code<T: FromStr>(file: &str, line: usize, text: &str) -> Result<T, Problems> {
    text.parse().ok().ok_or_else(|| Problems::one(file, Some(line), format!("\"{text}\" is not a known code")))
}

#[derive(Deserialize)]
struct ProvinceRow {
    id: i32,
    key: String,
    slug: String,
    kind: String,
    name_vi: String,
    short_name_vi: String,
    name_en: String,
    short_name_en: String,
    gso_code: Option<String>,
    iso_code: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    region: Option<String>,
    region_basis: Option<String>,
    seat: Option<String>,
    district_count: Option<i32>,
    commune_count: Option<i32>,
    commune_count_2025_07: Option<i32>,
    legal_source: Option<String>,
    note: Option<String>,
}

/// The central tenant, then the provinces.
pub(super) fn tenants() -> Result<Vec<Tenant>, Problems> {
    let file = "provinces.csv";
    let mut tenants = vec![central()];
    for (line, row) in rows::<ProvinceRow>(file)? {
        let region_basis: Option<Basis> = row.region_basis.as_deref().map(|text| code(file, line, text)).transpose()?;
        tenants.push(Tenant {
            id: TenantId(row.id),
            key: row.key,
            slug: row.slug,
            kind: code(file, line, &row.kind)?,
            name_vi: row.name_vi,
            short_name_vi: row.short_name_vi,
            name_en: row.name_en,
            short_name_en: row.short_name_en,
            gso_code: row.gso_code,
            iso_code: row.iso_code,
            region: row.region,
            region_basis,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            seat: row.seat,
            district_count: row.district_count,
            // Units that were not merged have both counts; the later one is the one that still holds.
            commune_count: row.commune_count_2025_07.or(row.commune_count),
            legal_source: row.legal_source,
            note: row.note,
        });
    }
    Ok(tenants)
}

fn central() -> Tenant {
    Tenant {
        id: TenantId::CENTRAL,
        key: "trung-uong".to_owned(),
        slug: "trung-uong".to_owned(),
        kind: TenantKind::Central,
        name_vi: "Trung ương".to_owned(),
        short_name_vi: "Trung ương".to_owned(),
        name_en: "Central".to_owned(),
        short_name_en: "Central".to_owned(),
        gso_code: None,
        iso_code: None,
        region: None,
        region_basis: None,
        valid_from: None,
        valid_to: None,
        seat: None,
        district_count: None,
        commune_count: None,
        legal_source: None,
        note: None,
    }
}

fn by_key(tenants: &[Tenant]) -> BTreeMap<&str, TenantId> {
    tenants.iter().map(|tenant| (tenant.key.as_str(), tenant.id)).collect()
}

/// The tenant that a file names by its key.
pub(super) fn tenant_of(tenants: &[Tenant], file: &str, line: Option<usize>, key: &str) -> Result<TenantId, Problems> {
    let found = tenants.iter().find(|tenant| tenant.key == key).map(|tenant| tenant.id);
    found.ok_or_else(|| Problems::one(file, line, format!("\"{key}\" is no key of provinces.csv")))
}

#[derive(Deserialize)]
struct SuccessionRow {
    from_key: String,
    to_key: String,
    on: NaiveDate,
    kind: String,
    legal_basis: Option<String>,
}

pub(super) fn successions(tenants: &[Tenant]) -> Result<Vec<TenantSuccession>, Problems> {
    let file = "successions.csv";
    let read = |(line, row): (usize, SuccessionRow)| {
        Ok(TenantSuccession {
            from: tenant_of(tenants, file, Some(line), &row.from_key)?,
            to: tenant_of(tenants, file, Some(line), &row.to_key)?,
            on: row.on,
            kind: code(file, line, &row.kind)?,
            legal_basis: row.legal_basis,
        })
    };
    rows(file)?.into_iter().map(read).collect()
}

#[derive(Deserialize)]
struct RegionRow {
    code: String,
    name_vi: String,
    name_en: String,
    division: Option<String>,
}

pub(super) fn regions() -> Result<Vec<Region>, Problems> {
    let read = |(_, row): (usize, RegionRow)| Region {
        code: row.code,
        name_vi: row.name_vi,
        name_en: row.name_en,
        division: row.division,
    };
    Ok(rows("regions.csv")?.into_iter().map(read).collect())
}

#[derive(Deserialize)]
struct DistrictRow {
    gso_code: String,
    province_key: String,
    kind: String,
    name_vi: String,
    short_name_vi: String,
    name_en: Option<String>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    variants: Option<String>,
    note: Option<String>,
}

pub(super) fn localities(tenants: &[Tenant]) -> Result<Vec<Locality>, Problems> {
    let file = "districts.csv";
    let tenants = by_key(tenants);
    let mut localities = Vec::new();
    for (line, row) in rows::<DistrictRow>(file)? {
        let Some(tenant) = tenants.get(row.province_key.as_str()) else {
            let message = format!("\"{}\" is no key of provinces.csv", row.province_key);
            return Err(Problems::one(file, Some(line), message));
        };
        let variants = row.variants.unwrap_or_default();
        localities.push(Locality {
            id: locality_id(*tenant, &row.gso_code),
            gso_code: Some(row.gso_code),
            kind: row.kind,
            name_vi: row.name_vi,
            short_name_vi: row.short_name_vi,
            name_en: row.name_en,
            variants: variants.split(';').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect(),
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            note: row.note,
        });
    }
    Ok(localities)
}

/// The id of the district with `gso_code` in `tenant`: a version 8 UUID that spells both out.
///
/// Districts come from a file, not from a writer, and no district has a frozen key of its own. Were their ids
/// handed out on import, each installation would have others, a second import would have to look for the first by
/// name, and a global id copied from one installation would mean nothing in the next. Within one version of a
/// province a code names one district, so both together are the key.
pub fn locality_id(tenant: TenantId, gso_code: &str) -> Id<Locality> {
    let mut bytes = *b"district\x00\x00\x00\x00\x00\x00\x00\x00";
    let code = gso_code.bytes().fold(0_u32, |number, digit| number.wrapping_mul(256) | u32::from(digit));
    for (slot, byte) in
        bytes.iter_mut().skip(9).zip(tenant.0.to_be_bytes().into_iter().skip(1).chain(code.to_be_bytes()))
    {
        *slot = byte;
    }
    Id::new(tenant, uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
