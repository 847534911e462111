//! Dates as articles give them: to the day, the month or the year, "not after", or with a year that had to be inferred.

use chrono::{Datelike, Days, NaiveDate};
use domain::{Dated, PartialDate, Period};

use super::chance::Chance;

/// The last day on which anything seeded happens: a fixed one, whatever day it is.
pub const LAST: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 10, 31);

/// The first one.
pub const FIRST: Option<NaiveDate> = NaiveDate::from_ymd_opt(2014, 1, 1);

/// A day from the first to the last.
pub fn any_day(chance: &mut Chance) -> NaiveDate {
    let (first, last) = (FIRST.unwrap_or_default(), LAST.unwrap_or_default());
    let days = last.signed_duration_since(first).num_days();
    after(first, chance.below(u64::try_from(days).unwrap_or(0)))
}

/// So many days later, but not after the last day.
pub fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day).min(LAST.unwrap_or(day))
}

/// A year.
pub fn year(year: i32) -> Option<PartialDate> {
    PartialDate::parse(&format!("{year:04}")).ok()
}

/// The month of a day.
pub fn month(day: NaiveDate) -> Option<PartialDate> {
    PartialDate::parse(&format!("{:04}-{:02}", day.year(), day.month())).ok()
}

/// How an article tells of a day, where it does.
pub fn told(chance: &mut Chance, day: NaiveDate) -> Option<Dated> {
    let stated = |date: Option<PartialDate>| date.map(|date| Dated { date, inferred: None });
    match chance.below(100) {
        0..58 => stated(Some(PartialDate::day(day))),
        58..70 => stated(month(day)),
        70..76 => stated(year(day.year())),
        76..81 => stated(PartialDate::parse(&format!("../{day}")).ok()),
        81..87 => {
            let inferred = format!("in ngày {}/{}, năm lấy theo ngày đăng bài", day.day(), day.month());
            Some(Dated { date: PartialDate::day(day), inferred: Some(inferred) })
        }
        _ => None,
    }
}

/// How an article tells of the time that an instrument is meant to run, and the last year of it that anything can be
/// reported about.
pub fn period(chance: &mut Chance, signed: NaiveDate) -> (Option<Period>, i32) {
    let first = signed.year();
    let last = first + chance.between(1, 5);
    let reported = last.min(LAST.map_or(last, |day| day.year()));
    let (start, end, open_ended) = match chance.below(100) {
        0..34 => (chance.sometimes(70, |_| PartialDate::day(signed)), None, true),
        34..74 => (year(first), year(last), false),
        74..84 => (Some(PartialDate::day(signed)), NaiveDate::from_ymd_opt(last, 12, 31).map(PartialDate::day), false),
        84..89 => (month(signed), year(last), false),
        89..92 => (year(first), None, false),
        _ => (None, None, false),
    };
    (Period::new(start, end, open_ended).ok(), reported)
}

/// A whole year.
pub fn of_year(number: i32) -> Option<Period> {
    Period::new(year(number), year(number), false).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_in_every_way() {
        let mut chance = Chance::of(&[1]);
        let told: Vec<Option<Dated>> = (0..500)
            .map(|_| {
                let day = any_day(&mut chance);
                told(&mut chance, day)
            })
            .collect();
        let precise = told.iter().flatten().filter(|one| one.date.is_exact_day().is_some()).count();
        let within = told.iter().flatten().filter(|one| one.date.is_unspecified_within()).count();
        let inferred = told.iter().flatten().filter(|one| one.inferred.is_some()).count();
        let none = told.iter().filter(|one| one.is_none()).count();
        assert!(precise > 250 && within > 5 && inferred > 10 && none > 30, "{precise} {within} {inferred} {none}");
    }

    #[test]
    fn a_third_of_the_periods_has_no_end() {
        let mut chance = Chance::of(&[2]);
        let periods: Vec<Option<Period>> = (0..1000)
            .map(|_| {
                let day = any_day(&mut chance);
                period(&mut chance, day).0
            })
            .collect();
        let open = periods.iter().flatten().filter(|one| one.open_ended).count();
        assert!((300..380).contains(&open), "{open}");
        assert!(periods.iter().any(Option::is_none));
        assert!(after(LAST.unwrap(), 9) == LAST.unwrap());
    }
}
