//! Sectors.

use domain::catalogue::SectorLevel;
use domain::{Agency, Sector, text};
use serde_json::{Value, json};

use super::{string, strings};
use crate::access::Holds;
use crate::codec::{self, Computed};
use crate::edge::{Via, shared};
use crate::record::{Record, Stored};
use crate::{Edge, Sort, StoreError};

mod sectors {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sectors")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name_vi: String,
        pub name_en: String,
        pub branch: Option<String>,
        pub valid_from: Option<String>,
        pub valid_to: Option<String>,
        pub successor: Option<String>,
        pub abbreviations: String,
        pub variants: String,
        pub head_titles: String,
        pub levels: String,
        pub basis: String,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Sector {
    type Entity = sectors::Entity;
    type Key = String;
    const HOLDS: Holds = Holds::Shared;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: sectors::Model) -> Result<Self, StoreError> {
        let sectors::Model {
            code,
            name_vi,
            name_en,
            branch,
            valid_from,
            valid_to,
            successor,
            abbreviations,
            variants,
            head_titles,
            levels,
            basis,
            note,
            version,
        } = row;
        Ok(Self {
            code,
            name_vi,
            name_en,
            branch,
            valid_from: codec::date_opt(valid_from.as_deref())?,
            valid_to: codec::date_opt(valid_to.as_deref())?,
            successor,
            abbreviations: codec::list("abbreviations", &abbreviations)?,
            variants: codec::list("variants", &variants)?,
            head_titles: codec::list("head_titles", &head_titles)?,
            levels: read_levels(&levels)?,
            basis: codec::code("basis", &basis)?,
            note,
            version,
        })
    }
}

impl Stored for Sector {
    fn row(&self) -> sectors::Model {
        sectors::Model {
            code: self.code.clone(),
            name_vi: self.name_vi.clone(),
            name_en: self.name_en.clone(),
            branch: self.branch.clone(),
            valid_from: codec::edtf(self.valid_from.as_ref()),
            valid_to: codec::edtf(self.valid_to.as_ref()),
            successor: self.successor.clone(),
            abbreviations: codec::json(&self.abbreviations),
            variants: codec::json(&self.variants),
            head_titles: codec::json(&self.head_titles),
            levels: write_levels(&self.levels),
            basis: codec::text(self.basis),
            note: self.note.clone(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.name_vi).into()), ("name_sort", text::sort_key(&self.name_vi).into())]
    }
}

fn read_levels(json: &str) -> Result<Vec<SectorLevel>, StoreError> {
    let levels: Vec<Value> = codec::list("levels", json)?;
    let level = |value: &Value| {
        Ok(SectorLevel {
            level: string(value, "level").unwrap_or_default(),
            name_vi: string(value, "nameVi").unwrap_or_default(),
            name_en: string(value, "nameEn"),
            abbreviations: strings(value, "abbreviations"),
            valid_from: codec::date_opt(string(value, "validFrom").as_deref())?,
            valid_to: codec::date_opt(string(value, "validTo").as_deref())?,
            note: string(value, "note"),
        })
    };
    levels.iter().map(level).collect()
}

fn write_levels(levels: &[SectorLevel]) -> String {
    let level = |level: &SectorLevel| {
        json!({
            "level": level.level, "nameVi": level.name_vi, "nameEn": level.name_en,
            "abbreviations": level.abbreviations, "validFrom": codec::edtf(level.valid_from.as_ref()),
            "validTo": codec::edtf(level.valid_to.as_ref()), "note": level.note,
        })
    };
    Value::Array(levels.iter().map(level).collect()).to_string()
}

/// Sectors by Vietnamese name.
pub const SECTORS_BY_NAME: Sort<Sector> = Sort::by("name_sort", false);

/// Agencies of a sector.
pub const AGENCIES_OF_SECTOR: Edge<Sector, Agency> =
    Edge::new("sector.agencies", Via::Child(shared("sector"))).order(&[("name_sort", false)]);
