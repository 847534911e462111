//! A column's values as one parameter: an array of the column's type. PostgreSQL only.

use chrono::NaiveDate;
use sea_orm::Value;
use sqlx::Postgres;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use uuid::Uuid;

use crate::StoreError;

/// The values of a column, of one of the types that our tables have.
#[derive(Debug)]
pub(crate) enum Array {
    Bool(Vec<Option<bool>>),
    Int(Vec<Option<i32>>),
    BigInt(Vec<Option<i64>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Uuid(Vec<Option<Uuid>>),
    Date(Vec<Option<NaiveDate>>),
}

impl Array {
    /// An empty array for values of the type of this one.
    pub(super) fn like(value: &Value, length: usize) -> Result<Self, StoreError> {
        // Not a match: the library's values are of many types more.
        Ok(if matches!(value, Value::Bool(_)) {
            Self::Bool(Vec::with_capacity(length))
        } else if matches!(value, Value::Int(_)) {
            Self::Int(Vec::with_capacity(length))
        } else if matches!(value, Value::BigInt(_)) {
            Self::BigInt(Vec::with_capacity(length))
        } else if matches!(value, Value::String(_)) {
            Self::Text(Vec::with_capacity(length))
        } else if matches!(value, Value::Bytes(_)) {
            Self::Bytes(Vec::with_capacity(length))
        } else if matches!(value, Value::Uuid(_)) {
            Self::Uuid(Vec::with_capacity(length))
        } else if matches!(value, Value::ChronoDate(_)) {
            Self::Date(Vec::with_capacity(length))
        } else {
            return Err(StoreError::Internal(format!("no array of {value:?}: add its type to bulk/array.rs")));
        })
    }

    /// Adds a value of the array's type.
    pub(super) fn push(&mut self, value: Value) -> Result<(), StoreError> {
        match (self, value) {
            (Self::Bool(all), Value::Bool(one)) => all.push(one),
            (Self::Int(all), Value::Int(one)) => all.push(one),
            (Self::BigInt(all), Value::BigInt(one)) => all.push(one),
            (Self::Text(all), Value::String(one)) => all.push(one),
            (Self::Bytes(all), Value::Bytes(one)) => all.push(one),
            (Self::Uuid(all), Value::Uuid(one)) => all.push(one),
            (Self::Date(all), Value::ChronoDate(one)) => all.push(one),
            (all, other) => return Err(StoreError::Internal(format!("{other:?} among {all:.40?}"))),
        }
        Ok(())
    }

    /// Makes it the next parameter of a statement.
    pub(crate) fn bind(self, query: Query<'_, Postgres, PgArguments>) -> Query<'_, Postgres, PgArguments> {
        match self {
            Self::Bool(all) => query.bind(all),
            Self::Int(all) => query.bind(all),
            Self::BigInt(all) => query.bind(all),
            Self::Text(all) => query.bind(all),
            Self::Bytes(all) => query.bind(all),
            Self::Uuid(all) => query.bind(all),
            Self::Date(all) => query.bind(all),
        }
    }
}
