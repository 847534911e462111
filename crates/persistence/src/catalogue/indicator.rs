//! Indicators.

use domain::{Indicator, Outcome, Target, text};

use crate::access::Holds;
use crate::codec::{self, Computed};
use crate::edge::{Via, shared};
use crate::record::{Record, Stored};
use crate::{Edge, Sort, StoreError};

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
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Indicator {
    type Entity = indicators::Entity;
    type Key = String;
    const HOLDS: Holds = Holds::Shared;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: indicators::Model) -> Result<Self, StoreError> {
        let indicators::Model { code, label_vi, label_en, unit, kind, aggregation, direction, version } = row;
        Ok(Self {
            code,
            label_vi,
            label_en,
            unit,
            kind: codec::code("kind", &kind)?,
            aggregation: codec::code("aggregation", &aggregation)?,
            direction: codec::code("direction", &direction)?,
            version,
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
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.label_vi).into()), ("name_sort", text::sort_key(&self.label_vi).into())]
    }
}

/// Indicators by Vietnamese label.
pub const INDICATORS_BY_NAME: Sort<Indicator> = Sort::by("name_sort", false);

/// Results on an indicator.
pub const RESULTS_OF_INDICATOR: Edge<Indicator, Outcome> =
    Edge::new("indicator.results", Via::Child(shared("indicator"))).order(&[]);

/// Targets on an indicator.
pub const TARGETS_OF_INDICATOR: Edge<Indicator, Target> =
    Edge::new("indicator.targets", Via::Child(shared("indicator"))).order(&[]);
