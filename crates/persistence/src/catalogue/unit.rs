//! Units of measure.

use domain::{Indicator, Unit, text};

use crate::access::Holds;
use crate::codec::{self, Computed};
use crate::edge::{Via, shared};
use crate::record::{Record, Stored};
use crate::{Edge, Sort, StoreError};

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
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Unit {
    type Entity = units::Entity;
    type Key = String;
    const HOLDS: Holds = Holds::Shared;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: units::Model) -> Result<Self, StoreError> {
        let units::Model { code, name_vi, name_en, variants, version } = row;
        Ok(Self { code, name_vi, name_en, variants: codec::list("variants", &variants)?, version })
    }
}

impl Stored for Unit {
    fn row(&self) -> units::Model {
        units::Model {
            code: self.code.clone(),
            name_vi: self.name_vi.clone(),
            name_en: self.name_en.clone(),
            variants: codec::json(&self.variants),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.name_vi).into()), ("name_sort", text::sort_key(&self.name_vi).into())]
    }
}

/// Units by Vietnamese name.
pub const UNITS_BY_NAME: Sort<Unit> = Sort::by("name_sort", false);

/// Indicators measured in a unit.
pub const INDICATORS_OF_UNIT: Edge<Unit, Indicator> =
    Edge::new("unit.indicators", Via::Child(shared("unit"))).order(&[("name_sort", false)]);
