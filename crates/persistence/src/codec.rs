//! How domain values stand in columns: codes as text, lists as JSON text (the same on both engines), EDTF dates with
//! computed bounds, quantities as whole ten-thousandths so that sums are exact everywhere.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::{Dated, PartialDate, Period, Qualifier, Quantity};
use sea_orm::{ColIdx, QueryResult, TryGetError, TryGetable, Value};

use crate::StoreError;

/// A column that is computed at each write and never read back: `(name, value)`.
pub type Computed = (&'static str, Value);

/// Reads a code such as `COORDINATION_PROGRAM`.
pub fn code<T: FromStr>(what: &str, text: &str) -> Result<T, StoreError> {
    T::from_str(text).map_err(|_unknown| StoreError::corrupt(what, text))
}

/// Reads an optional code.
pub fn code_opt<T: FromStr>(what: &str, text: Option<&str>) -> Result<Option<T>, StoreError> {
    text.map(|text| code(what, text)).transpose()
}

/// Reads a JSON list of texts.
pub fn list<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_unreadable| StoreError::corrupt(what, text))
}

/// Writes a JSON value as text.
pub fn json(value: &impl serde::Serialize) -> String {
    // Our lists are of texts; serializing those cannot fail, and an empty list is the harmless answer if it did.
    serde_json::to_string(value).unwrap_or_else(|_never| "[]".to_owned())
}

/// Reads an EDTF date.
pub fn date(text: &str) -> Result<PartialDate, StoreError> {
    PartialDate::parse(text).map_err(|_unreadable| StoreError::corrupt("date", text))
}

/// Reads an optional EDTF date.
pub fn date_opt(text: Option<&str>) -> Result<Option<PartialDate>, StoreError> {
    text.map(date).transpose()
}

/// Reads a date with the reason why it was inferred.
pub fn dated(text: Option<&str>, inferred: Option<String>) -> Result<Option<Dated>, StoreError> {
    Ok(date_opt(text)?.map(|date| Dated { date, inferred }))
}

/// Writes an optional EDTF date.
pub fn edtf(date: Option<&PartialDate>) -> Option<String> {
    date.map(|date| date.edtf().to_owned())
}

/// The outer days of a date, for filters and order.
pub fn bounds(earliest: &'static str, latest: &'static str, date: Option<&PartialDate>) -> [Computed; 2] {
    [(earliest, date.and_then(PartialDate::earliest).into()), (latest, date.and_then(PartialDate::latest).into())]
}

/// Reads a period from its three columns; all empty means that none is stated.
pub fn period(start: Option<&str>, end: Option<&str>, open_ended: bool) -> Result<Option<Period>, StoreError> {
    if start.is_none() && end.is_none() && !open_ended {
        return Ok(None);
    }
    Period::new(date_opt(start)?, date_opt(end)?, open_ended)
        .map(Some)
        .map_err(|_unreadable| StoreError::corrupt("period", &format!("{start:?}/{end:?}")))
}

/// A period's three columns.
pub fn period_columns(period: Option<&Period>) -> (Option<String>, Option<String>, bool) {
    period.map_or((None, None, false), |period| {
        (edtf(period.start.as_ref()), edtf(period.end.as_ref()), period.open_ended)
    })
}

/// The outer days of a period.
pub fn period_bounds(period: Option<&Period>) -> [Computed; 2] {
    let day = |day: Option<NaiveDate>| Value::from(day);
    [
        ("period_earliest", day(period.and_then(Period::earliest))),
        ("period_latest", day(period.and_then(Period::latest))),
    ]
}

/// Reads a quantity.
pub fn quantity(value_e4: Option<i64>, qualifier: &str, text: Option<String>) -> Result<Quantity, StoreError> {
    let qualifier = code::<Qualifier>("qualifier", qualifier)?;
    Quantity::from_e4(value_e4, qualifier, text)
        .map_err(|_unreadable| StoreError::corrupt("quantity", &format!("{value_e4:?}")))
}

/// Reads a moment.
pub fn moment(text: &str) -> Result<DateTime<Utc>, StoreError> {
    DateTime::parse_from_rfc3339(text)
        .map(|moment| moment.to_utc())
        .map_err(|_unreadable| StoreError::corrupt("moment", text))
}

/// Writes a moment, so that texts compare as moments do.
pub fn moment_text(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The text of a code.
pub fn text<T: Into<&'static str>>(code: T) -> String {
    let text: &'static str = code.into();
    text.to_owned()
}

/// Reads a column by name, for the columns that pages add to a row.
pub fn column<T: TryGetable>(row: &QueryResult, name: &str) -> Result<T, StoreError> {
    fn get<T: TryGetable, I: ColIdx>(row: &QueryResult, index: I) -> Result<T, TryGetError> {
        T::try_get_by(row, index)
    }
    get(row, name).map_err(|error| StoreError::Internal(format!("column {name}: {error:?}")))
}
