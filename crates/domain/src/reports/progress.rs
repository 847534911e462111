//! Targets against results: whether what was reported reaches what was meant, or why nobody can say.
//!
//! Only figures of the same indicator, scope and time are compared. Where there is none, that is the outcome, with its
//! reason, and no share of anything.

use rust_decimal::Decimal;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::catalogue::{Aggregation, Indicator, Trend};
use crate::quantity::{Qualifier, Total};
use crate::{Outcome, Period, Target, text};

/// How far a target is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ProgressState {
    /// The figure reaches it, whatever the figure's qualifier leaves open.
    Reached,
    /// The figure falls short of it, whatever its qualifier leaves open.
    NotReached,
    /// The figure's qualifier ("about", "nearly") leaves it open.
    Undecided,
    /// There is no figure to compare with.
    NoComparableFigure,
}

/// Why there is no figure to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Incomparable {
    /// The target itself has words only.
    TargetWithoutValue,
    /// Nothing was reported on its indicator.
    NoResult,
    /// What was reported covers something else, or does not say what.
    OtherScope,
    /// What was reported is not surely of the target's time.
    OtherTime,
    /// What was reported has words only.
    ResultWithoutValue,
    /// Several figures were reported that neither add up nor follow one another.
    SeveralFigures,
}

/// A target against what was reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress<'a> {
    /// How far it is reached.
    pub state: ProgressState,
    /// Why nobody can say; of [`ProgressState::NoComparableFigure`] only.
    pub reason: Option<Incomparable>,
    /// The figure that was compared.
    pub figure: Option<Total>,
    /// The results that it is made of.
    pub results: Vec<&'a Outcome>,
}

/// Compares a target with the results of its program; those of other indicators are left aside.
pub fn progress<'a>(target: &Target, results: &'a [Outcome], indicator: &Indicator) -> Progress<'a> {
    match comparable(target, results, indicator) {
        Ok((wanted, figure, results)) => {
            let state = figure.value.zip(figure.qualifier).map_or(ProgressState::Undecided, |(value, qualifier)| {
                reaches(wanted, target.quantity.qualifier(), indicator.direction, (value, qualifier))
            });
            Progress { state, reason: None, figure: Some(figure), results }
        }
        Err(reason) => Progress {
            state: ProgressState::NoComparableFigure,
            reason: Some(reason),
            figure: None,
            results: Vec::new(),
        },
    }
}

type Comparable<'a> = (Decimal, Total, Vec<&'a Outcome>);

fn comparable<'a>(
    target: &Target,
    results: &'a [Outcome],
    indicator: &Indicator,
) -> Result<Comparable<'a>, Incomparable> {
    let wanted = target.quantity.value().ok_or(Incomparable::TargetWithoutValue)?;
    let kept = |all: Vec<&'a Outcome>, reason| if all.is_empty() { Err(reason) } else { Ok(all) };
    let mut left = kept(
        results.iter().filter(|one| one.indicator == target.indicator && one.program == target.program).collect(),
        Incomparable::NoResult,
    )?;
    let scope = |scope: Option<&String>| scope.map(|scope| text::fold(scope));
    left.retain(|one| scope(one.scope.as_ref()) == scope(target.scope.as_ref()));
    let mut left = kept(left, Incomparable::OtherScope)?;
    if let Some(period) = &target.period {
        left.retain(|one| within(one, period));
    }
    let mut left = kept(left, Incomparable::OtherTime)?;
    left.retain(|one| one.quantity.value().is_some());
    let left = kept(left, Incomparable::ResultWithoutValue)?;
    let left = match indicator.aggregation {
        Aggregation::Sum => Some(left).filter(|all| add_up(all)),
        Aggregation::Latest | Aggregation::None => latest(&left).map(|one| vec![one]),
    };
    let left = left.ok_or(Incomparable::SeveralFigures)?;
    let mut figure = Total::empty();
    for one in &left {
        figure.add(Some(&one.quantity));
    }
    Ok((wanted, figure, left))
}

/// Whether a result is surely of a time.
fn within(result: &Outcome, period: &Period) -> bool {
    let own = match (&result.period, &result.as_of) {
        (Some(own), _) => own.earliest().zip(own.latest()),
        (None, Some(day)) => day.earliest().zip(day.latest()),
        (None, None) => None,
    };
    let open = |end: &Option<_>| end.is_none();
    own.is_some_and(|(first, last)| {
        (open(&period.start) || period.earliest().is_some_and(|start| start <= first))
            && (open(&period.end) || period.latest().is_some_and(|end| last <= end))
    })
}

/// Whether no figure is counted twice: none is a part of another, and their times are surely apart.
fn add_up(results: &[&Outcome]) -> bool {
    let apart = |a: &Outcome, b: &Outcome| {
        let both = a.period.as_ref().zip(b.period.as_ref());
        both.is_some_and(|(a, b)| a.overlaps(b) == Some(false))
    };
    let pairs =
        results.iter().enumerate().flat_map(|(place, one)| results.iter().skip(place + 1).map(move |two| (*one, *two)));
    pairs.into_iter().all(|(one, two)| apart(one, two))
}

/// The one result that is of the latest day.
fn latest<'a>(results: &[&'a Outcome]) -> Option<&'a Outcome> {
    let day = |one: &Outcome| match (&one.as_of, &one.period) {
        (Some(day), _) => day.latest(),
        (None, Some(period)) => period.latest(),
        (None, None) => None,
    };
    let last = results.iter().copied().max_by_key(|one| day(one))?;
    let same = results.iter().filter(|one| day(one) == day(last)).count();
    (same == 1).then_some(last)
}

/// Whether every value that a figure leaves open reaches the target, none does, or some do.
fn reaches(wanted: Decimal, qualifier: Qualifier, trend: Trend, (value, of): (Decimal, Qualifier)) -> ProgressState {
    let fewer = match qualifier {
        Qualifier::AtMost | Qualifier::Nearly => true,
        Qualifier::AtLeast | Qualifier::Over => false,
        Qualifier::Exact | Qualifier::About | Qualifier::Magnitude | Qualifier::Unquantified => trend == Trend::Down,
    };
    let strictly = qualifier == Qualifier::Over;
    let enough = |value: Decimal| match (fewer, strictly) {
        (true, _) => value <= wanted,
        (false, true) => value > wanted,
        (false, false) => value >= wanted,
    };
    // What else the value can be: more of it, less of it, or both.
    let (more, less) = match of {
        Qualifier::Exact => (false, false),
        Qualifier::Over | Qualifier::AtLeast => (true, false),
        Qualifier::Nearly | Qualifier::AtMost => (false, true),
        Qualifier::About | Qualifier::Magnitude | Qualifier::Unquantified => (true, true),
    };
    let (better, worse) = if fewer { (less, more) } else { (more, less) };
    match (enough(value), better, worse) {
        (true, _, false) => ProgressState::Reached,
        (false, false, _) => ProgressState::NotReached,
        (true, _, true) | (false, true, _) => ProgressState::Undecided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Id, PartialDate, Quantity, TenantId, Visibility};

    fn indicator(aggregation: Aggregation) -> Indicator {
        Indicator {
            code: "SESSIONS".to_owned(),
            label_vi: "Buổi".to_owned(),
            label_en: "Sessions".to_owned(),
            unit: None,
            kind: crate::catalogue::IndicatorKind::Flow,
            aggregation,
            direction: Trend::Up,
            version: 1,
        }
    }

    fn period(years: &str) -> Option<Period> {
        let (start, end) = years.split_once('-')?;
        let date = |text| Some(PartialDate::parse(text).unwrap());
        Some(Period { start: date(start), end: date(end), open_ended: false })
    }

    fn quantity(value: Option<i64>, qualifier: Qualifier) -> Quantity {
        Quantity::new(value.map(Decimal::from), qualifier, Some("lời".to_owned())).unwrap()
    }

    fn case(
        wanted: (Option<i64>, Qualifier),
        figures: &[(Option<i64>, Qualifier, &str)],
    ) -> (ProgressState, Option<Incomparable>) {
        case_of(Aggregation::Sum, wanted, figures)
    }

    fn case_of(
        aggregation: Aggregation,
        wanted: (Option<i64>, Qualifier),
        figures: &[(Option<i64>, Qualifier, &str)],
    ) -> (ProgressState, Option<Incomparable>) {
        let program = Id::generate(TenantId(16));
        let target = Target {
            id: Id::generate(TenantId(16)),
            program,
            order: 1,
            indicator: "SESSIONS".to_owned(),
            label: "Buổi".to_owned(),
            quantity: quantity(wanted.0, wanted.1),
            aspirational: false,
            scope: None,
            period: period("2020-2022"),
            visibility: Visibility::Public,
            version: 1,
        };
        let results: Vec<Outcome> = figures
            .iter()
            .map(|(value, qualifier, years)| Outcome {
                id: Id::generate(TenantId(16)),
                program,
                event: None,
                order: 1,
                indicator: "SESSIONS".to_owned(),
                label: "Buổi".to_owned(),
                quantity: quantity(*value, *qualifier),
                statement: None,
                period: period(years),
                as_of: None,
                scope: None,
                sites: Vec::new(),
                audience: Vec::new(),
                names: Vec::new(),
                of_result: None,
                subset_of: None,
                denominator: None,
                visibility: Visibility::Public,
                version: 1,
            })
            .collect();
        let progress = progress(&target, &results, &indicator(aggregation));
        (progress.state, progress.reason)
    }

    #[test]
    fn qualifiers_decide_what_a_figure_proves() {
        use ProgressState::{NotReached, Reached, Undecided};
        use Qualifier::{About, AtLeast, AtMost, Exact, Nearly, Over};
        for (wanted, value, qualifier, state) in [
            (AtLeast, 60, Exact, Reached),
            (AtLeast, 59, Exact, NotReached),
            (Over, 60, Exact, NotReached),
            (Over, 61, Exact, Reached),
            (AtLeast, 60, Over, Reached),
            (AtLeast, 50, Over, Undecided),
            (AtLeast, 60, Nearly, Undecided),
            (AtLeast, 50, Nearly, NotReached),
            (AtLeast, 90, About, Undecided),
            (AtMost, 60, Exact, Reached),
            (AtMost, 61, Over, NotReached),
            (AtMost, 50, Nearly, Reached),
        ] {
            let found = case((Some(60), wanted), &[(Some(value), qualifier, "2020-2022")]);
            assert_eq!(found, (state, None), "{wanted} 60 against {qualifier} {value}");
        }
    }

    #[test]
    fn where_nothing_compares_the_reason_is_told() {
        use Incomparable::{NoResult, OtherTime, ResultWithoutValue, SeveralFigures, TargetWithoutValue};
        use Qualifier::{Exact, Unquantified};
        let wanted = (Some(60), Qualifier::AtLeast);
        let why = |found: (ProgressState, Option<Incomparable>)| {
            assert_eq!(found.0, ProgressState::NoComparableFigure);
            found.1
        };
        assert_eq!(why(case((None, Unquantified), &[(Some(1), Exact, "2020-2022")])), Some(TargetWithoutValue));
        assert_eq!(why(case(wanted, &[])), Some(NoResult));
        assert_eq!(why(case(wanted, &[(Some(70), Exact, "2019-2022")])), Some(OtherTime));
        assert_eq!(why(case(wanted, &[(Some(70), Exact, "")])), Some(OtherTime));
        assert_eq!(why(case(wanted, &[(None, Unquantified, "2020-2022")])), Some(ResultWithoutValue));
        let twice = [(Some(30), Exact, "2020-2021"), (Some(40), Exact, "2021-2022")];
        assert_eq!(why(case(wanted, &twice)), Some(SeveralFigures));
    }

    #[test]
    fn figures_of_different_years_add_up_and_stocks_do_not() {
        let years = [(Some(30), Qualifier::Exact, "2020-2020"), (Some(40), Qualifier::Exact, "2021-2022")];
        assert_eq!(case((Some(60), Qualifier::AtLeast), &years).0, ProgressState::Reached);
        let stock = case_of(Aggregation::Latest, (Some(60), Qualifier::AtLeast), &years);
        assert_eq!(stock.0, ProgressState::NotReached);
    }
}
