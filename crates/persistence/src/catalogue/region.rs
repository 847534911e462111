//! Regions.

use domain::Region;

use crate::record::{Record, Stored};
use crate::{Sort, StoreError};

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
    const HOLDS: crate::access::Holds = crate::access::Holds::Shared;

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

/// Regions by name.
pub const REGIONS_BY_CODE: Sort<Region> = Sort::by("code", false);
