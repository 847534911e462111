//! Dates as sources state them: a day, a month, a year, a decade, "not after", "somewhere within".
//!
//! The text is EDTF (ISO 8601-2): what was stated is kept, and the earliest and latest day it allows are worked out
//! for filtering and sorting. This file does not know what the date is of, nor what day it is today.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// How closely a [`PartialDate`] is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum DatePrecision {
    /// One day: `2019-02-26`.
    Day,
    /// One month: `2019-02`, `2019-02-XX`.
    Month,
    /// One year: `2019`, `2019-XX`.
    Year,
    /// Ten years: `202X`.
    Decade,
    /// Somewhere between two dates, or on one side of a date: `2019-02/2019-05`, `../2023-03-01`.
    Range,
}

/// Why a text is no [`PartialDate`]. Every message names the text and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has none of the supported forms.
    #[error(
        "`{0}` is not a date: write the year first, as 2019, 2019-02 or 2019-02-26; 202X for a decade, \
         2019-02/2019-05 for somewhere within, ../2019-05 for not after, 2019-02/.. for not before"
    )]
    Unreadable(String),
    /// The text has a time of day.
    #[error("`{text}` has a time of day: a date holds none, write only the day: {day}")]
    TimeOfDay {
        /// The text given.
        text: String,
        /// The part of it that is a date.
        day: String,
    },
    /// The year is outside 1000–9999.
    #[error("`{0}` is outside the years 1000 to 9999: check the year")]
    Year(String),
    /// The month is not one of twelve.
    #[error("`{text}` names no month of the year: use 01 to 12, or write {year} if the month is not known")]
    Month {
        /// The text given.
        text: String,
        /// The year it names.
        year: i32,
    },
    /// The month has no such day.
    #[error("`{text}` is not in the calendar: {month} has {days} days; write {month} if the day is not known")]
    Day {
        /// The text given.
        text: String,
        /// The month it names, as `2019-02`.
        month: String,
        /// How many days that month has.
        days: u32,
    },
    /// A range ends before it starts.
    #[error("`{0}` ends before it starts: write the earlier date first")]
    Backwards(String),
    /// A range is bounded on neither side.
    #[error("`{0}` has no bound: give a date on one side at least, or leave the date out")]
    Boundless(String),
}

/// A date as far as it is known, with the days it may denote.
///
/// Two are equal when their texts are: `2019` and `2019-XX` allow the same days and are different statements.
/// A mark of doubt (`?` uncertain, `~` approximate, `%` both) is kept and shown, and does not move the bounds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    edtf: String,
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    precision: DatePrecision,
}

impl PartialDate {
    /// Reads EDTF: `2019`, `2019-02`, `2019-02-26`, each perhaps with `?`, `~` or `%`; `202X`, `2019-XX`,
    /// `2019-02-XX`; `a/b` (somewhere within), `../b` or `/b` (not after), `a/..` or `a/` (not before).
    ///
    /// # Errors
    ///
    /// [`DateError`] for any other text, for days not in the calendar, and for ranges that run backwards.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        match text.split_once('/') {
            None => parse_single(text),
            Some((_, rest)) if rest.contains('/') => Err(DateError::Unreadable(clip(text))),
            Some((from, to)) => parse_range(text, from.trim(), to.trim()),
        }
    }

    /// The date that is exactly `day`. Days outside the years 1000–9999 have a text that [`parse`](Self::parse)
    /// refuses.
    pub fn day(day: NaiveDate) -> Self {
        Self { edtf: day.to_string(), earliest: Some(day), latest: Some(day), precision: DatePrecision::Day }
    }

    /// The EDTF text.
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// The first day it may denote; `None` if it has no lower bound.
    pub const fn earliest(&self) -> Option<NaiveDate> {
        self.earliest
    }

    /// The last day it may denote; `None` if it has no upper bound.
    pub const fn latest(&self) -> Option<NaiveDate> {
        self.latest
    }

    /// How closely the date is stated.
    pub const fn precision(&self) -> DatePrecision {
        self.precision
    }

    /// The day, if the text names a single one (doubtful or not).
    pub fn is_exact_day(&self) -> Option<NaiveDate> {
        self.earliest.filter(|_| self.precision == DatePrecision::Day)
    }

    /// Whether any part of it is marked uncertain or approximate. A year is imprecise, not uncertain.
    pub fn is_uncertain(&self) -> bool {
        self.edtf.contains(['?', '~', '%'])
    }

    /// Whether the text says only that the date lies somewhere in a span: ranges, and digits left unspecified.
    ///
    /// A plain year or month, by contrast, may name the whole of it, as in "the period 2020–2022".
    pub fn is_unspecified_within(&self) -> bool {
        self.precision == DatePrecision::Range || self.edtf.contains('X')
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.edtf)
    }
}

/// Days from `a` to `b`, negative if `b` is earlier; `None` unless both name a single day.
pub fn days_between(a: &PartialDate, b: &PartialDate) -> Option<i64> {
    Some(b.is_exact_day()?.signed_duration_since(a.is_exact_day()?).num_days())
}

fn parse_range(text: &str, from: &str, to: &str) -> Result<PartialDate, DateError> {
    // EDTF writes an open end `..` and an unknown one as nothing; either way there is no bound on that side.
    let side = |part: &str| match part {
        "" | ".." => Ok(None),
        date => parse_single(date).map(Some),
    };
    let (first, last) = (side(from)?, side(to)?);
    if first.is_none() && last.is_none() {
        return Err(DateError::Boundless(clip(text)));
    }
    let earliest = first.and_then(|date| date.earliest);
    let latest = last.and_then(|date| date.latest);
    if earliest.zip(latest).is_some_and(|(earliest, latest)| latest < earliest) {
        return Err(DateError::Backwards(clip(text)));
    }
    Ok(PartialDate { edtf: format!("{from}/{to}"), earliest, latest, precision: DatePrecision::Range })
}

fn parse_single(text: &str) -> Result<PartialDate, DateError> {
    let unreadable = || DateError::Unreadable(clip(text));
    if let Some((day, rest)) = text.split_at_checked(10)
        && rest.starts_with(['T', 't', ' '])
        && day.chars().all(|c| c.is_ascii_digit() || c == '-')
    {
        return Err(DateError::TimeOfDay { text: clip(text), day: day.to_owned() });
    }
    let core = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    let parts: Vec<&str> = core.splitn(4, '-').collect();
    let span = match parts.as_slice() {
        [year] => match year.strip_suffix('X') {
            Some(decade) => {
                let first = digits(decade, 3).ok_or_else(unreadable)? * 10;
                (year_start(text, first)?, 120, DatePrecision::Decade)
            }
            None => (year_start(text, digits(year, 4).ok_or_else(unreadable)?)?, 12, DatePrecision::Year),
        },
        [year, "XX"] | [year, "XX", "XX"] => {
            (year_start(text, digits(year, 4).ok_or_else(unreadable)?)?, 12, DatePrecision::Year)
        }
        [year, month] | [year, month, "XX"] => (month_start(text, year, month)?, 1, DatePrecision::Month),
        [year, month, day] => {
            let first = month_start(text, year, month)?;
            let day = digits(day, 2).ok_or_else(unreadable)?;
            let exact = first.with_day(day).ok_or_else(|| DateError::Day {
                text: clip(text),
                month: first.format("%Y-%m").to_string(),
                days: u32::from(first.num_days_in_month()),
            })?;
            (exact, 0, DatePrecision::Day)
        }
        _ => return Err(unreadable()),
    };
    let (earliest, months, precision) = span;
    let latest = match precision {
        DatePrecision::Day => Some(earliest),
        DatePrecision::Month | DatePrecision::Year | DatePrecision::Decade | DatePrecision::Range => {
            earliest.checked_add_months(Months::new(months)).and_then(|next| next.checked_sub_days(Days::new(1)))
        }
    };
    Ok(PartialDate { edtf: text.to_owned(), earliest: Some(earliest), latest, precision })
}

fn year_start(text: &str, year: u32) -> Result<NaiveDate, DateError> {
    i32::try_from(year)
        .ok()
        .filter(|year| (1000..=9999).contains(year))
        .and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1))
        .ok_or_else(|| DateError::Year(clip(text)))
}

fn month_start(text: &str, year: &str, month: &str) -> Result<NaiveDate, DateError> {
    let unreadable = || DateError::Unreadable(clip(text));
    let start = year_start(text, digits(year, 4).ok_or_else(unreadable)?)?;
    let month = digits(month, 2).ok_or_else(unreadable)?;
    start.with_month(month).ok_or_else(|| DateError::Month { text: clip(text), year: start.year() })
}

/// The number written in exactly `width` digits.
fn digits(text: &str, width: usize) -> Option<u32> {
    let written = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    written.then(|| text.parse().ok()).flatten()
}

/// What an error repeats of a text that may be of any length.
fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bounds(text: &str) -> (String, String) {
        let date = PartialDate::parse(text).unwrap();
        let show = |day: Option<NaiveDate>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        (show(date.earliest()), show(date.latest()))
    }

    #[test]
    fn bounds_follow_the_text() {
        use DatePrecision::{Day, Decade, Month, Range, Year};
        for (text, earliest, latest, precision) in [
            ("2019", "2019-01-01", "2019-12-31", Year),
            ("2019-XX", "2019-01-01", "2019-12-31", Year),
            ("2019-XX-XX", "2019-01-01", "2019-12-31", Year),
            ("2019-02", "2019-02-01", "2019-02-28", Month),
            ("2020-02-XX", "2020-02-01", "2020-02-29", Month),
            ("2019-02-26", "2019-02-26", "2019-02-26", Day),
            ("2019-02-26~", "2019-02-26", "2019-02-26", Day),
            ("202X", "2020-01-01", "2029-12-31", Decade),
            ("9999", "9999-01-01", "9999-12-31", Year),
            ("../2023-03-01", "..", "2023-03-01", Range),
            ("/2023-03-01", "..", "2023-03-01", Range),
            ("2018-01-20/..", "2018-01-20", "..", Range),
            ("2018?/", "2018-01-01", "..", Range),
            ("2019-02/2019-05", "2019-02-01", "2019-05-31", Range),
        ] {
            assert_eq!(bounds(text), (earliest.to_owned(), latest.to_owned()), "{text}");
            assert_eq!(PartialDate::parse(text).unwrap().precision(), precision, "{text}");
        }
    }

    #[test]
    fn refusals_name_the_text_and_the_mend() {
        for (text, mend) in [
            ("2019-02-30", "2019-02 has 28 days; write 2019-02 if"),
            ("2019-02-00", "write 2019-02 if"),
            ("2019-13", "write 2019 if"),
            ("0999", "check the year"),
            ("2019-02-26T08:00:00Z", "write only the day: 2019-02-26"),
            ("2019-02-26 08:00", "write only the day: 2019-02-26"),
            ("26/02/2019", "year first"),
            ("22/6", "year first"),
            ("", "year first"),
            ("2019-2-6", "year first"),
            ("202x", "year first"),
            ("2019??", "year first"),
            ("2019-05/2019-02", "earlier date first"),
            ("../..", "on one side"),
        ] {
            let message = PartialDate::parse(text).unwrap_err().to_string();
            assert!(message.contains(mend), "{text}: {message}");
            assert!(message.contains('`'), "{text}: {message}");
        }
    }

    #[test]
    fn doubt_is_kept_and_is_not_imprecision() {
        assert!(
            ["2019?", "2019-02~", "2019-02-26%", "../2019?"]
                .iter()
                .all(|t| t.parse::<PartialDate>().unwrap().is_uncertain())
        );
        assert!(["2019", "202X", "../2019"].iter().all(|t| !t.parse::<PartialDate>().unwrap().is_uncertain()));
    }

    #[test]
    fn days_are_counted_between_single_days_only() {
        let parse = |text: &str| PartialDate::parse(text).unwrap();
        let signed = parse("2019-02-26");
        assert_eq!(days_between(&signed, &parse("2020-02-25")), Some(364));
        assert_eq!(days_between(&parse("2020-02-25?"), &signed), Some(-364));
        assert_eq!(days_between(&signed, &parse("2020")), None);
        assert_eq!(days_between(&signed, &parse("../2020-01-01")), None);
    }

    fn single() -> impl Strategy<Value = String> {
        let doubt = prop_oneof![Just(""), Just("?"), Just("~"), Just("%")];
        let core = (1000..=9999, 1..=12, 1..=28, 0..6).prop_map(|(y, m, d, form)| match form {
            0 => format!("{y}"),
            1 => format!("{y}-{m:02}"),
            2 => format!("{y}-{m:02}-XX"),
            3 => format!("{y}-XX"),
            4 => format!("{}X", y / 10),
            _ => format!("{y}-{m:02}-{d:02}"),
        });
        (core, doubt).prop_map(|(core, doubt)| core + doubt)
    }

    fn statable() -> impl Strategy<Value = String> {
        let side = || prop_oneof![4 => single(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
        prop_oneof![single(), (side(), side()).prop_map(|(from, to)| format!("{from}/{to}"))]
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(text in statable()) {
            if let Ok(date) = PartialDate::parse(&text) {
                prop_assert_eq!(date.to_string(), text);
                prop_assert_eq!(PartialDate::parse(date.edtf()), Ok(date));
            } else {
                prop_assert!(text.contains('/'), "only ranges can be backwards or boundless: {}", text);
            }
        }

        #[test]
        fn bounds_are_in_order(text in statable()) {
            if let Ok(date) = PartialDate::parse(&text) {
                prop_assert!(date.earliest().is_some() || date.latest().is_some());
                prop_assert!(date.earliest().zip(date.latest()).is_none_or(|(a, b)| a <= b));
            }
        }

        #[test]
        fn days_round_trip(offset in 0..3_000_000_u64) {
            let day = NaiveDate::from_ymd_opt(1000, 1, 1).unwrap() + Days::new(offset);
            prop_assert_eq!(PartialDate::parse(&day.to_string()), Ok(PartialDate::day(day)));
            prop_assert_eq!(PartialDate::day(day).is_exact_day(), Some(day));
        }

        #[test]
        fn no_text_panics(text in any::<String>(), near in "[0-9X./?~%T -]{0,24}") {
            let _ = PartialDate::parse(&text);
            if let Ok(date) = PartialDate::parse(&near) {
                prop_assert_eq!(PartialDate::parse(date.edtf()), Ok(date));
            }
        }
    }
}
