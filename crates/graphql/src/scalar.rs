//! Scalars that GraphQL does not have.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat, Utc};

/// A day of the calendar, `2020-02-25` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A day of the calendar, `2020-02-25` (ISO 8601).
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/local-date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        if let Value::String(text) = &value {
            return text
                .parse()
                .map(Self)
                .map_err(|_day| InputValueError::custom(format!("{text:?} is not a day; write it as 2020-02-25")));
        }
        Err(InputValueError::expected_type(value))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// A moment, with its offset from UTC (RFC 3339): `2020-02-25T01:30:00.000Z`.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        if let Value::String(text) = &value {
            return chrono::DateTime::parse_from_rfc3339(text).map(|moment| Self(moment.to_utc())).map_err(|_moment| {
                InputValueError::custom(format!("{text:?} is not a moment; write it as 2020-02-25T08:30:00+07:00"))
            });
        }
        Err(InputValueError::expected_type(value))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

/// A date as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialDate(pub domain::PartialDate);

/// A date as far as a source states it, in EDTF (ISO 8601-2): `2020-02-25`, `2019-02`, `2019`, `2019?` (uncertain),
/// `202X` (a decade), `../2023-03-01` (not after), `2018-01-20/..` (not before).
#[Scalar(specified_by_url = "https://www.loc.gov/standards/datetime/")]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        if let Value::String(text) = &value {
            return domain::PartialDate::parse(text).map(Self).map_err(InputValueError::custom);
        }
        Err(InputValueError::expected_type(value))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.edtf().to_owned())
    }
}

/// A decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal(pub rust_decimal::Decimal);

/// A decimal number as text, so that no digit is lost: `"41000"`, `"0.25"`.
#[Scalar(specified_by_url = "https://scalars.graphql.org/chillicream/decimal.html")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Boolean(_) | Value::Enum(_) | Value::List(_) | Value::Object(_) | Value::Binary(_) => {
                return Err(InputValueError::expected_type(value));
            }
        };
        text.parse().map(Self).map_err(|_number| {
            InputValueError::custom(format!("{text:?} is not a decimal number; write it as \"0.25\""))
        })
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.normalize().to_string())
    }
}
