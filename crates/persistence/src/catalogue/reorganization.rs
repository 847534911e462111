//! Dated facts about agencies being merged, split or abolished.

use domain::catalogue::FunctionMove;
use domain::{Reorganization, TenantId};
use serde_json::{Value, json};

use super::string;
use crate::access::Holds;
use crate::codec::{self, Computed};
use crate::record::{Record, Stored};
use crate::{Sort, StoreError};

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
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Reorganization {
    type Entity = reorganizations::Entity;
    type Key = String;
    const HOLDS: Holds = Holds::Shared;

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
            version,
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
            version,
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
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::bounds("happened_earliest", "happened_latest", Some(&self.on)));
        columns
    }
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

/// Reorganizations by day.
pub const REORGANIZATIONS_BY_DAY: Sort<Reorganization> = Sort::by("happened_earliest", false);
