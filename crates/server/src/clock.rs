//! The one clock. Everything else is told the day, so that a test can stand at any day.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Tells what day it is in Vietnam.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    fixed: Option<NaiveDate>,
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self { fixed: None }
    }

    /// A clock that stands still.
    pub const fn fixed(day: NaiveDate) -> Self {
        Self { fixed: Some(day) }
    }

    /// The date in Vietnam, whatever the machine's time zone is.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    pub fn today(self) -> NaiveDate {
        self.fixed.unwrap_or_else(|| date_in_vietnam(Utc::now()))
    }
}

/// Vietnam is seven hours ahead of UTC all year.
fn date_in_vietnam(instant: DateTime<Utc>) -> NaiveDate {
    (instant + TimeDelta::hours(7)).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_begins_at_17_hours_utc() {
        let at = |text: &str| date_in_vietnam(text.parse().unwrap());
        assert_eq!(at("2020-02-24T16:59:59Z"), day("2020-02-24"));
        assert_eq!(at("2020-02-24T17:00:00Z"), day("2020-02-25"));
    }

    #[test]
    fn a_fixed_clock_stands_still() {
        assert_eq!(Clock::fixed(day("2025-06-30")).today(), day("2025-06-30"));
        assert!(Clock::system().today() > day("2025-06-30"));
    }
}
