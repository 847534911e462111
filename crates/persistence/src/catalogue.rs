//! The shared catalogues. Small, keyed by code, readable by everyone.

use domain::catalogue::{FunctionMove, SectorLevel};
use domain::{
    Agency, Indicator, Outcome, Program, Region, Reorganization, Sector, Target, TenantId, Topic, Unit, text,
};
use serde_json::{Value, json};

use crate::codec::{self, Computed};
use crate::edge::{Via, own, shared};
use crate::record::{Record, Stored};
use crate::{Edge, Field, Sort, StoreError};

mod regions {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "regions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name_vi: String,
        pub name_en: String,
        pub division: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Region {
    type Entity = regions::Entity;
    type Key = String;
    const OWNED: bool = false;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: regions::Model) -> Result<Self, StoreError> {
        let regions::Model { code, name_vi, name_en, division } = row;
        Ok(Self { code, name_vi, name_en, division })
    }
}

impl Stored for Region {
    fn row(&self) -> regions::Model {
        regions::Model {
            code: self.code.clone(),
            name_vi: self.name_vi.clone(),
            name_en: self.name_en.clone(),
            division: self.division.clone(),
        }
    }
}

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
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Sector {
    type Entity = sectors::Entity;
    type Key = String;
    const OWNED: bool = false;

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
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.name_vi).into()), ("name_sort", text::sort_key(&self.name_vi).into())]
    }
}

mod topics {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "topics")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name_vi: String,
        pub name_en: String,
        pub variants: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Topic {
    type Entity = topics::Entity;
    type Key = String;
    const OWNED: bool = false;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: topics::Model) -> Result<Self, StoreError> {
        let topics::Model { code, name_vi, name_en, variants } = row;
        Ok(Self { code, name_vi, name_en, variants: codec::list("variants", &variants)? })
    }
}

impl Stored for Topic {
    fn row(&self) -> topics::Model {
        topics::Model {
            code: self.code.clone(),
            name_vi: self.name_vi.clone(),
            name_en: self.name_en.clone(),
            variants: codec::json(&self.variants),
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.name_vi).into()), ("name_sort", text::sort_key(&self.name_vi).into())]
    }
}

mod units {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "units")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name_vi: String,
        pub name_en: String,
        pub variants: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Unit {
    type Entity = units::Entity;
    type Key = String;
    const OWNED: bool = false;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: units::Model) -> Result<Self, StoreError> {
        let units::Model { code, name_vi, name_en, variants } = row;
        Ok(Self { code, name_vi, name_en, variants: codec::list("variants", &variants)? })
    }
}

impl Stored for Unit {
    fn row(&self) -> units::Model {
        units::Model {
            code: self.code.clone(),
            name_vi: self.name_vi.clone(),
            name_en: self.name_en.clone(),
            variants: codec::json(&self.variants),
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.name_vi).into()), ("name_sort", text::sort_key(&self.name_vi).into())]
    }
}

mod indicators {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "indicators")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub label_vi: String,
        pub label_en: String,
        pub unit: Option<String>,
        pub kind: String,
        pub aggregation: String,
        pub direction: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Indicator {
    type Entity = indicators::Entity;
    type Key = String;
    const OWNED: bool = false;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: indicators::Model) -> Result<Self, StoreError> {
        let indicators::Model { code, label_vi, label_en, unit, kind, aggregation, direction } = row;
        Ok(Self {
            code,
            label_vi,
            label_en,
            unit,
            kind: codec::code("kind", &kind)?,
            aggregation: codec::code("aggregation", &aggregation)?,
            direction: codec::code("direction", &direction)?,
        })
    }
}

impl Stored for Indicator {
    fn row(&self) -> indicators::Model {
        indicators::Model {
            code: self.code.clone(),
            label_vi: self.label_vi.clone(),
            label_en: self.label_en.clone(),
            unit: self.unit.clone(),
            kind: codec::text(self.kind),
            aggregation: codec::text(self.aggregation),
            direction: codec::text(self.direction),
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.label_vi).into()), ("name_sort", text::sort_key(&self.label_vi).into())]
    }
}

mod reorganizations {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reorganizations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub happened_on: String,
        pub what_vi: String,
        pub what_en: String,
        pub kind: String,
        pub legal_basis: Option<String>,
        pub scope_tenant_id: Option<i32>,
        pub sectors: String,
        pub moves: String,
        pub source: String,
        pub confidence: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Reorganization {
    type Entity = reorganizations::Entity;
    type Key = String;
    const OWNED: bool = false;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: reorganizations::Model) -> Result<Self, StoreError> {
        let reorganizations::Model {
            code,
            happened_on,
            what_vi,
            what_en,
            kind,
            legal_basis,
            scope_tenant_id,
            sectors,
            moves,
            source,
            confidence,
        } = row;
        Ok(Self {
            code,
            on: codec::date(&happened_on)?,
            what_vi,
            what_en,
            kind,
            legal_basis,
            scope: scope_tenant_id.map(TenantId),
            sectors: codec::list("sectors", &sectors)?,
            moves: read_moves(&moves)?,
            source,
            confidence,
        })
    }
}

impl Stored for Reorganization {
    fn row(&self) -> reorganizations::Model {
        reorganizations::Model {
            code: self.code.clone(),
            happened_on: self.on.edtf().to_owned(),
            what_vi: self.what_vi.clone(),
            what_en: self.what_en.clone(),
            kind: self.kind.clone(),
            legal_basis: self.legal_basis.clone(),
            scope_tenant_id: self.scope.map(|tenant| tenant.0),
            sectors: codec::json(&self.sectors),
            moves: write_moves(&self.moves),
            source: self.source.clone(),
            confidence: self.confidence.clone(),
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::bounds("happened_earliest", "happened_latest", Some(&self.on)));
        columns
    }
}

fn string(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(ToOwned::to_owned)
}

fn strings(value: &Value, key: &str) -> Vec<String> {
    let texts = value.get(key).and_then(Value::as_array);
    texts.map(|list| list.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect()).unwrap_or_default()
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

fn read_moves(json: &str) -> Result<Vec<FunctionMove>, StoreError> {
    let moves: Vec<Value> = codec::list("moves", json)?;
    Ok(moves
        .iter()
        .map(|value| FunctionMove {
            from_sector: string(value, "fromSector"),
            to_sector: string(value, "toSector"),
            function_vi: string(value, "functionVi"),
            function_en: string(value, "functionEn"),
        })
        .collect())
}

fn write_moves(moves: &[FunctionMove]) -> String {
    let function = |one: &FunctionMove| {
        json!({
            "fromSector": one.from_sector, "toSector": one.to_sector,
            "functionVi": one.function_vi, "functionEn": one.function_en,
        })
    };
    Value::Array(moves.iter().map(function).collect()).to_string()
}

/// Regions by name.
pub const REGIONS_BY_CODE: Sort<Region> = Sort::by("code", false);
/// Sectors by Vietnamese name.
pub const SECTORS_BY_NAME: Sort<Sector> = Sort::by("name_sort", false);
/// Topics by Vietnamese name.
pub const TOPICS_BY_NAME: Sort<Topic> = Sort::by("name_sort", false);
/// Units by Vietnamese name.
pub const UNITS_BY_NAME: Sort<Unit> = Sort::by("name_sort", false);
/// Indicators by Vietnamese label.
pub const INDICATORS_BY_NAME: Sort<Indicator> = Sort::by("name_sort", false);
/// Reorganizations by day.
pub const REORGANIZATIONS_BY_DAY: Sort<Reorganization> = Sort::by("happened_earliest", false);

/// Sector code.
pub const SECTOR_CODE: Field<Sector> = Field::new("code");
/// Folded Vietnamese name of a sector.
pub const SECTOR_NAME: Field<Sector> = Field::new("name_fold");
/// Topic code.
pub const TOPIC_CODE: Field<Topic> = Field::new("code");
/// Folded Vietnamese name of a topic.
pub const TOPIC_NAME: Field<Topic> = Field::new("name_fold");
/// Indicator code.
pub const INDICATOR_CODE: Field<Indicator> = Field::new("code");
/// Folded Vietnamese label of an indicator.
pub const INDICATOR_NAME: Field<Indicator> = Field::new("name_fold");
/// Indicator kind.
pub const INDICATOR_KIND: Field<Indicator> = Field::new("kind");
/// Unit of an indicator.
pub const INDICATOR_UNIT: Field<Indicator> = Field::new("unit");
/// The tenant that a reorganization is limited to.
pub const REORGANIZATION_SCOPE: Field<Reorganization> = Field::new("scope_tenant_id");
/// Codes of the sectors that a reorganization touched.
pub const REORGANIZATION_SECTORS: Field<Reorganization> = Field::new("sectors");
/// Earliest day on which a reorganization may have taken effect.
pub const REORGANIZATION_EARLIEST: Field<Reorganization> = Field::new("happened_earliest");
/// Latest day on which a reorganization may have taken effect.
pub const REORGANIZATION_LATEST: Field<Reorganization> = Field::new("happened_latest");

/// Topics of a program.
pub const TOPICS_OF_PROGRAM: Edge<Program, Topic> = Edge::new(
    "program.topics",
    Via::Through { table: "program_topics", owned: true, parent: own("program_id"), child: shared("topic") },
);
/// Programs on a topic.
pub const PROGRAMS_OF_TOPIC: Edge<Topic, Program> = Edge::new(
    "topic.programs",
    Via::Through { table: "program_topics", owned: true, parent: shared("topic"), child: own("program_id") },
)
.order(&[("signed_on_earliest", true)]);
/// Agencies of a sector.
pub const AGENCIES_OF_SECTOR: Edge<Sector, Agency> =
    Edge::new("sector.agencies", Via::Child(shared("sector"))).order(&[("name_sort", false)]);
/// The sector of an agency.
pub const SECTOR_OF_AGENCY: Edge<Agency, Sector> = Edge::new("agency.sector", Via::Parent(shared("sector")));
/// Indicators measured in a unit.
pub const INDICATORS_OF_UNIT: Edge<Unit, Indicator> =
    Edge::new("unit.indicators", Via::Child(shared("unit"))).order(&[("name_sort", false)]);
/// Results on an indicator.
pub const RESULTS_OF_INDICATOR: Edge<Indicator, Outcome> =
    Edge::new("indicator.results", Via::Child(shared("indicator"))).order(&[]);
/// Targets on an indicator.
pub const TARGETS_OF_INDICATOR: Edge<Indicator, Target> =
    Edge::new("indicator.targets", Via::Child(shared("indicator"))).order(&[]);
