//! The time a program, target or result covers, and where a day stands in it.
//!
//! Answers are three-valued: a period whose end is not stated neither contains a later day nor excludes it. This
//! file does not know whose period it is, and asks for "today" as an argument.

use chrono::NaiveDate;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::date::PartialDate;

/// Why two ends make no [`Period`]. Every message says how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last day the end allows comes before the first day the start allows.
    #[error("the period ends ({end}) before it starts ({start}): exchange the two or correct one")]
    Backwards {
        /// The start, as EDTF.
        start: String,
        /// The end, as EDTF.
        end: String,
    },
    /// An end is given for a period that has none.
    #[error("the period is open-ended yet ends on {end}: leave out the end, or do not mark it open-ended")]
    EndOfOpenEnded {
        /// The end, as EDTF.
        end: String,
    },
    /// Nothing is stated.
    #[error("the period states neither start nor end, nor that it is open-ended: leave out the period")]
    Empty,
}

/// A stretch of time with partly known ends, both inclusive.
///
/// A start or end written as a plain day, month or year means the whole of it: 2020–2022 runs from the first day of
/// 2020 to the last of 2022. One written as a range or with unspecified digits (`../2023-03-01`, `202X`) means one
/// day somewhere within, and the days in between are not known to be covered. Marks of doubt change no answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// When it starts; `None` if not stated.
    pub start: Option<PartialDate>,
    /// When it ends; `None` if not stated or if there is no end.
    pub end: Option<PartialDate>,
    /// Whether, by what the source says, it runs without end. Otherwise an absent end is merely not stated.
    pub open_ended: bool,
}

/// Where a day stands in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Phase {
    /// It has not started.
    Upcoming,
    /// It has started and has a stated end, not yet passed.
    InForce,
    /// Its end has passed.
    Expired,
    /// It has started and has no end.
    OpenEnded,
    /// What is stated does not decide.
    Unknown,
}

/// Whether something surely ends before it starts.
pub fn backwards(start: Option<&PartialDate>, end: Option<&PartialDate>) -> bool {
    let (start, end) = (start.and_then(PartialDate::earliest), end.and_then(PartialDate::latest));
    start.zip(end).is_some_and(|(first, last)| last < first)
}

impl Period {
    /// A period that contradicts neither itself nor the calendar.
    ///
    /// # Errors
    ///
    /// [`PeriodError`] if it surely ends before it starts, is open-ended with an end, or states nothing.
    pub fn new(start: Option<PartialDate>, end: Option<PartialDate>, open_ended: bool) -> Result<Self, PeriodError> {
        if start.is_none() && end.is_none() && !open_ended {
            return Err(PeriodError::Empty);
        }
        if let (Some(end), true) = (&end, open_ended) {
            return Err(PeriodError::EndOfOpenEnded { end: end.to_string() });
        }
        if let (Some(start), Some(end)) = (&start, &end)
            && backwards(Some(start), Some(end))
        {
            return Err(PeriodError::Backwards { start: start.to_string(), end: end.to_string() });
        }
        Ok(Self { start, end, open_ended })
    }

    /// The first day it may cover; `None` if that has no bound.
    pub fn earliest(&self) -> Option<NaiveDate> {
        self.start.as_ref().and_then(PartialDate::earliest)
    }

    /// The last day it may cover; `None` if that has no bound, whether for want of an end or of a statement.
    pub fn latest(&self) -> Option<NaiveDate> {
        self.end.as_ref().and_then(PartialDate::latest)
    }

    /// Whether it covers `day`; `None` if what is stated does not decide.
    pub fn contains(&self, day: NaiveDate) -> Option<bool> {
        match (self.started(day), self.ended(day)) {
            (Some(false), _) | (_, Some(true)) => Some(false),
            (Some(true), Some(false)) => Some(true),
            (None, _) | (_, None) => None,
        }
    }

    /// Whether the two share a day; `None` if what is stated does not decide.
    pub fn overlaps(&self, other: &Self) -> Option<bool> {
        let ends_first = |a: &Self, b: &Self| a.latest().zip(b.earliest()).is_some_and(|(end, start)| end < start);
        if ends_first(self, other) || ends_first(other, self) {
            return Some(false);
        }
        // The days both surely cover run from the later sure start to the earlier sure end.
        let start = self.surely_started_by()?.max(other.surely_started_by()?);
        let surely_lasts = |period: &Self| period.ended(start) == Some(false);
        (surely_lasts(self) && surely_lasts(other)).then_some(true)
    }

    /// The first day on which it has surely started.
    fn surely_started_by(&self) -> Option<NaiveDate> {
        let start = self.start.as_ref()?;
        if start.is_unspecified_within() { start.latest() } else { start.earliest() }
    }

    /// The last day on which it surely has not ended.
    fn surely_lasts_until(&self) -> Option<NaiveDate> {
        let end = self.end.as_ref()?;
        if end.is_unspecified_within() { end.earliest() } else { end.latest() }
    }

    /// Whether it has started by `day`.
    fn started(&self, day: NaiveDate) -> Option<bool> {
        if self.surely_started_by().is_some_and(|sure| sure <= day) {
            return Some(true);
        }
        self.earliest().is_some_and(|earliest| day < earliest).then_some(false)
    }

    /// Whether it has ended before `day`.
    fn ended(&self, day: NaiveDate) -> Option<bool> {
        if self.open_ended || self.surely_lasts_until().is_some_and(|sure| day <= sure) {
            return Some(false);
        }
        self.latest().is_some_and(|latest| latest < day).then_some(true)
    }
}

/// Where `as_of` stands in `period`.
///
/// No period, and a period whose deciding end is not stated, are [`Phase::Unknown`]. So is an open-ended one with no
/// stated start: a caller that knows when the instrument took effect can supply that as the start.
pub fn phase(period: Option<&Period>, as_of: NaiveDate) -> Phase {
    let Some(period) = period else {
        return Phase::Unknown;
    };
    match (period.started(as_of), period.ended(as_of)) {
        (Some(false), _) => Phase::Upcoming,
        (_, Some(true)) => Phase::Expired,
        (Some(true), Some(false)) if period.open_ended => Phase::OpenEnded,
        (Some(true), Some(false)) => Phase::InForce,
        (None, _) | (_, None) => Phase::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// `2020--2022`, `2020--` (end not stated), `2020--∞`, `--2022`.
    fn period(text: &str) -> Result<Period, PeriodError> {
        let (start, end) = text.split_once("--").unwrap();
        let date = |text: &str| (!text.is_empty()).then(|| PartialDate::parse(text).unwrap());
        Period::new(date(start), date(end.trim_end_matches('∞')), end.ends_with('∞'))
    }

    #[test]
    fn contradictions_are_refused_with_a_mend() {
        for (text, mend) in [
            ("2022--2020", "exchange the two"),
            ("2022-05-02--2022-05-01", "exchange the two"),
            ("2020--2022∞", "leave out the end"),
            ("--", "leave out the period"),
        ] {
            let message = period(text).unwrap_err().to_string();
            assert!(message.contains(mend), "{text}: {message}");
        }
        assert!(period("2020-06--2020").is_ok(), "may end later that year");
        assert!(period("--∞").is_ok(), "open-ended without a stated start is a statement");
    }

    #[test]
    fn phases_follow_the_day() {
        use Phase::{Expired, InForce, OpenEnded, Unknown, Upcoming};
        for (text, as_of, expected) in [
            ("2020--2022", "2019-12-31", Upcoming),
            ("2020--2022", "2020-01-01", InForce),
            ("2020--2022", "2022-12-31", InForce),
            ("2020--2022", "2023-01-01", Expired),
            ("2019-02-26--∞", "2019-02-25", Upcoming),
            ("2019-02-26--∞", "2040-01-01", OpenEnded),
            ("--∞", "2024-01-01", Unknown),
            ("2020--", "2019-01-01", Upcoming),
            ("2020--", "2024-01-01", Unknown),
            ("--2022", "2021-01-01", Unknown),
            ("--2022", "2023-01-01", Expired),
            ("../2023-03-01--2025", "2022-01-01", Unknown),
            ("../2023-03-01--2025", "2023-03-01", InForce),
            ("2020--202X", "2021-01-01", Unknown),
            ("2020--202X", "2030-01-01", Expired),
        ] {
            assert_eq!(phase(Some(&period(text).unwrap()), day(as_of)), expected, "{text} as of {as_of}");
        }
        assert_eq!(phase(None, day("2024-01-01")), Unknown);
    }

    #[test]
    fn overlap_is_decided_only_when_stated() {
        for (a, b, expected) in [
            ("2019--2022", "2020--2022", Some(true)),
            ("2019--2020", "2020--2021", Some(true)),
            ("2019--2020", "2021--2022", Some(false)),
            ("2019--∞", "2040--2041", Some(true)),
            ("2019--", "2018--2018", Some(false)),
            ("2019--", "2020--2021", None),
            ("2018--2020", "../2019-06-01--2025", Some(true)),
            ("2018--2018", "../2019-06-01--2025", None),
        ] {
            assert_eq!(period(a).unwrap().overlaps(&period(b).unwrap()), expected, "{a} and {b}");
        }
    }

    #[test]
    fn phases_have_stable_names() {
        let names: Vec<&str> = Phase::iter().map(Into::into).collect();
        assert_eq!(names, ["UPCOMING", "IN_FORCE", "EXPIRED", "OPEN_ENDED", "UNKNOWN"]);
        assert!(Phase::iter().all(|phase| phase.to_string().parse() == Ok(phase)));
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0..1500_u64).prop_map(|offset| day("2019-01-01") + Days::new(offset))
    }

    fn any_date() -> impl Strategy<Value = PartialDate> {
        (any_day(), any_day(), 0..7).prop_map(|(a, b, form)| {
            let (first, last) = (a.min(b), a.max(b));
            let text = match form {
                0 => first.format("%Y").to_string(),
                1 => first.format("%Y-%m").to_string(),
                2 => first.format("%Y-XX").to_string(),
                3 => format!("../{first}"),
                4 => format!("{first}/.."),
                5 => format!("{first}/{last}"),
                _ => first.to_string(),
            };
            PartialDate::parse(&text).unwrap()
        })
    }

    fn any_period() -> impl Strategy<Value = Period> {
        let ends = (proptest::option::of(any_date()), proptest::option::of(any_date()), any::<bool>());
        ends.prop_filter_map("contradictory", |(start, end, open)| Period::new(start, end, open).ok())
    }

    proptest! {
        #[test]
        fn phase_agrees_with_contains(period in any_period(), as_of in any_day()) {
            let expected = match phase(Some(&period), as_of) {
                Phase::InForce | Phase::OpenEnded => Some(true),
                Phase::Upcoming | Phase::Expired => Some(false),
                Phase::Unknown => None,
            };
            prop_assert_eq!(period.contains(as_of), expected);
        }

        #[test]
        fn no_day_outside_the_bounds_may_be_covered(period in any_period(), day in any_day()) {
            if period.earliest().is_some_and(|e| day < e) || period.latest().is_some_and(|l| l < day) {
                prop_assert_eq!(period.contains(day), Some(false));
            }
        }

        #[test]
        fn overlap_is_symmetric_and_agrees_with_every_day(a in any_period(), b in any_period(), day in any_day()) {
            let overlap = a.overlaps(&b);
            prop_assert_eq!(overlap, b.overlaps(&a));
            match (a.contains(day), b.contains(day)) {
                (Some(true), Some(true)) => prop_assert_eq!(overlap, Some(true)),
                (Some(false), _) | (_, Some(false)) => {}
                (None, _) | (_, None) => prop_assert_ne!(overlap, Some(false)),
            }
        }

        #[test]
        fn nothing_overlaps_what_surely_ended_before(a in any_period(), b in any_period()) {
            if a.overlaps(&b) == Some(true) {
                prop_assert!(a.earliest().zip(b.latest()).is_none_or(|(start, end)| start <= end));
            }
        }
    }
}
