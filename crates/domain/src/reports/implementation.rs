//! How the time of a program differs from that of the one that it implements.

use crate::{PartialDate, Period};

/// By how many days a program begins and ends after the one that it implements; before it, where they are negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeriodGap {
    /// Between the first days; none unless both are stated.
    pub starts_after: Option<i64>,
    /// Between the last days; none unless both are stated: what runs without end has none.
    pub ends_after: Option<i64>,
}

/// Compares two periods. A year or a month stands for the whole of it.
pub fn period_gap(own: &Period, parents: &Period) -> PeriodGap {
    let days = |own: Option<&PartialDate>, parents: Option<&PartialDate>, end: bool| {
        let day = |date: &PartialDate| if end { date.latest() } else { date.earliest() };
        let stated = |date: Option<&PartialDate>| date.filter(|date| !date.is_unspecified_within()).and_then(day);
        Some(stated(own)?.signed_duration_since(stated(parents)?).num_days())
    };
    PeriodGap {
        starts_after: days(own.start.as_ref(), parents.start.as_ref(), false),
        ends_after: days(own.end.as_ref(), parents.end.as_ref(), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: &str, end: &str) -> Period {
        let date = |text: &str| (!text.is_empty()).then(|| PartialDate::parse(text).unwrap());
        Period { start: date(start), end: date(end), open_ended: end.is_empty() }
    }

    fn gap(own: (&str, &str), parents: (&str, &str)) -> (Option<i64>, Option<i64>) {
        let gap = period_gap(&period(own.0, own.1), &period(parents.0, parents.1));
        (gap.starts_after, gap.ends_after)
    }

    #[test]
    fn years_stand_for_the_whole_of_them() {
        assert_eq!(gap(("2020", "2022"), ("2019", "2022")), (Some(365), Some(0)));
        assert_eq!(gap(("2019", "2021-06-30"), ("2019", "2022")), (Some(0), Some(-549)));
    }

    #[test]
    fn what_is_not_stated_differs_from_nothing() {
        assert_eq!(gap(("2020", ""), ("2019", "2022")), (Some(365), None));
        assert_eq!(gap(("202X", "2022"), ("2019", "../2023-03-01")), (None, None));
    }
}
