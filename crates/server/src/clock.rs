//! The one clock. Everything else is told the day or the second, so that a test can stand at any.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

/// Tells what day it is in Vietnam, and how much time has passed.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Machine,
    Still(NaiveDate),
    Hand(&'static AtomicI64),
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self { source: Source::Machine }
    }

    /// A clock that stands still, at noon in Vietnam.
    pub const fn fixed(day: NaiveDate) -> Self {
        Self { source: Source::Still(day) }
    }

    /// A clock that shows the seconds since 1970 which somebody else sets: for tests in which time passes.
    pub const fn by_hand(seconds: &'static AtomicI64) -> Self {
        Self { source: Source::Hand(seconds) }
    }

    /// The date in Vietnam, whatever the machine's time zone is.
    pub fn today(self) -> NaiveDate {
        match self.source {
            Source::Machine => date_in_vietnam(machine()),
            Source::Still(day) => day,
            Source::Hand(_) => date_in_vietnam(DateTime::from_timestamp(self.now(), 0).unwrap_or_default()),
        }
    }

    /// The date in Vietnam at a moment.
    pub fn day_of(self, moment: DateTime<Utc>) -> NaiveDate {
        date_in_vietnam(moment)
    }

    /// The seconds since 1970, as tokens count them.
    pub fn now(self) -> i64 {
        match self.source {
            Source::Machine => machine().timestamp(),
            Source::Still(day) => noon_in_vietnam(day).timestamp(),
            Source::Hand(seconds) => seconds.load(Ordering::Relaxed),
        }
    }

    /// The moment, as exactly as it is known.
    pub fn moment(self) -> DateTime<Utc> {
        match self.source {
            Source::Machine => machine(),
            Source::Still(day) => noon_in_vietnam(day),
            Source::Hand(_) => DateTime::from_timestamp(self.now(), 0).unwrap_or_default(),
        }
    }

    /// When something is written, and by which command.
    pub fn occasion(self, action: &'static str) -> persistence::Occasion {
        persistence::Occasion { at: self.moment(), today: self.today(), action }
    }

    /// The time since some moment, for measuring what has passed: unlike [`now`](Self::now) it does not jump when
    /// somebody sets the machine's clock.
    pub fn uptime(self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        match self.source {
            Source::Machine => START.get_or_init(Instant::now).elapsed(),
            Source::Still(_) => Duration::ZERO,
            Source::Hand(_) => Duration::from_secs(u64::try_from(self.now()).unwrap_or_default()),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
fn machine() -> DateTime<Utc> {
    Utc::now()
}

/// Vietnam is seven hours ahead of UTC all year.
const AHEAD: TimeDelta = TimeDelta::hours(7);

fn date_in_vietnam(instant: DateTime<Utc>) -> NaiveDate {
    (instant + AHEAD).date_naive()
}

fn noon_in_vietnam(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12) - AHEAD
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
        let clock = Clock::fixed(day("2025-06-30"));
        assert_eq!(clock.today(), day("2025-06-30"));
        assert_eq!(clock.now(), "2025-06-30T05:00:00Z".parse::<DateTime<Utc>>().unwrap().timestamp());
        assert_eq!(clock.uptime(), Duration::ZERO);
        assert!(Clock::system().today() > day("2025-06-30"));
    }

    #[test]
    fn a_clock_is_moved_by_hand() {
        let seconds: &AtomicI64 = Box::leak(Box::new(AtomicI64::new(1_582_563_599)));
        let clock = Clock::by_hand(seconds);
        assert_eq!((clock.now(), clock.today()), (1_582_563_599, day("2020-02-24")));
        seconds.fetch_add(1, Ordering::Relaxed);
        assert_eq!((clock.now(), clock.today()), (1_582_563_600, day("2020-02-25")));
    }
}
