//! Figures as sources give them: a value, how firmly it is stated, and the words; and sums that stay as honest.
//!
//! "Not stated" is the absence of a value and 0 means "none"; no function here turns one into the other. This file
//! does not know units: whoever adds figures makes sure that they count the same thing.

use rust_decimal::Decimal;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// How a value relates to the truth, by what the source says.
///
/// From strongest to weakest: `Exact`; the lower bounds `Over`, `AtLeast`; the upper bounds `Nearly`, `AtMost`;
/// `About`; `Magnitude`; `Unquantified`. Lower and upper bounds are no stronger or weaker than each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Qualifier {
    /// The value itself.
    Exact,
    /// More than the value ("trên 41.000").
    Over,
    /// A little less than the value ("gần 500").
    Nearly,
    /// Around the value ("khoảng 300").
    About,
    /// The value or more ("ít nhất 2").
    AtLeast,
    /// The value or less ("không quá 5").
    AtMost,
    /// Only its order is said ("hàng nghìn"); the value, if any, stands for it.
    Magnitude,
    /// Something is said to exist, without any figure ("nhiều").
    Unquantified,
}

#[derive(PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
    Neither,
}

impl Qualifier {
    /// The strongest qualifier that is true of a sum of terms qualified `a` and `b`.
    ///
    /// A sum is only as firm as its least firm term. A lower bound and an upper bound together bound the sum on
    /// neither side, so they make `About`: some terms are higher than stated and some lower. Associative,
    /// commutative and idempotent (the bounds are two chains that meet at `About`), so the order of a sum does not
    /// matter; `Exact` changes nothing.
    pub fn weakest(a: Self, b: Self) -> Self {
        match (a.side(), b.side()) {
            (Side::Lower, Side::Upper) | (Side::Upper, Side::Lower) => Self::About,
            _ if a.rank() < b.rank() => b,
            _ => a,
        }
    }

    const fn side(self) -> Side {
        match self {
            Self::Over | Self::AtLeast => Side::Lower,
            Self::Nearly | Self::AtMost => Side::Upper,
            Self::Exact | Self::About | Self::Magnitude | Self::Unquantified => Side::Neither,
        }
    }

    // `AtLeast` and `AtMost` admit equality, which `Over` and `Nearly` exclude: they claim less.
    const fn rank(self) -> u8 {
        match self {
            Self::Exact => 0,
            Self::Over | Self::Nearly => 1,
            Self::AtLeast | Self::AtMost => 2,
            Self::About => 3,
            Self::Magnitude => 4,
            Self::Unquantified => 5,
        }
    }

    const fn needs_value(self) -> bool {
        !matches!(self, Self::Magnitude | Self::Unquantified)
    }
}

/// Why a figure is no [`Quantity`]. Every message says how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// A value with [`Qualifier::Unquantified`].
    #[error("UNQUANTIFIED has no value, yet {value} is given: leave out the value, or use another qualifier")]
    ValueOfUnquantified {
        /// The value given.
        value: Decimal,
    },
    /// No value, and a qualifier that qualifies one.
    #[error("{qualifier} needs a value: give it (0 means none), or use UNQUANTIFIED if no figure is stated")]
    MissingValue {
        /// The qualifier given.
        qualifier: Qualifier,
    },
    /// More than four decimals.
    #[error("{value} has more than 4 decimals: round it to 4 and qualify it ABOUT")]
    TooManyDecimals {
        /// The value given.
        value: Decimal,
    },
    /// Beyond ±900,000,000,000,000.
    #[error("{value} is beyond 900000000000000: check the figure, or state it in a larger unit")]
    TooLarge {
        /// The value given.
        value: Decimal,
    },
}

/// A figure: what is known of its value, how firmly, and the words it was stated in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    value: Option<Decimal>,
    qualifier: Qualifier,
    text: Option<String>,
}

impl Default for Quantity {
    /// Nothing is stated.
    fn default() -> Self {
        Self { value: None, qualifier: Qualifier::Unquantified, text: None }
    }
}

impl Quantity {
    /// Decimals kept; a stored value is the integer `value × 10^4`.
    const SCALE: u32 = 4;
    /// The largest absolute value; times 10^4 it still fits an `i64`.
    const LIMIT: i64 = 900_000_000_000_000;

    /// A figure whose value and qualifier agree. The value loses trailing zeros, so that its display is `41000` or
    /// `0.5`; the text is trimmed, and is `None` when nothing is left.
    ///
    /// # Errors
    ///
    /// [`QuantityError`] if `Unquantified` has a value, if any other qualifier but `Magnitude` has none, or if the
    /// value has more than 4 decimals or is beyond ±900,000,000,000,000.
    pub fn new(value: Option<Decimal>, qualifier: Qualifier, text: Option<String>) -> Result<Self, QuantityError> {
        let value = value.map(|value| value.normalize());
        match value {
            Some(value) if qualifier == Qualifier::Unquantified => {
                return Err(QuantityError::ValueOfUnquantified { value });
            }
            None if qualifier.needs_value() => {
                return Err(QuantityError::MissingValue { qualifier });
            }
            Some(value) if value.abs() > Decimal::from(Self::LIMIT) => {
                return Err(QuantityError::TooLarge { value });
            }
            Some(value) if value.scale() > Self::SCALE => {
                return Err(QuantityError::TooManyDecimals { value });
            }
            Some(_) | None => {}
        }
        let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Self { value, qualifier, text })
    }

    /// The figure stored as `value_e4` ten-thousandths.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn from_e4(value_e4: Option<i64>, qualifier: Qualifier, text: Option<String>) -> Result<Self, QuantityError> {
        Self::new(value_e4.map(|e4| Decimal::new(e4, Self::SCALE)), qualifier, text)
    }

    /// The value, without trailing zeros; `None` if no figure is stated, which is not 0.
    pub const fn value(&self) -> Option<Decimal> {
        self.value
    }

    /// The value in ten-thousandths, as it is stored.
    pub fn value_e4(&self) -> Option<i64> {
        let value = self.value?;
        // The checks of `new` leave at most 4 decimals and a product within `i64`, so neither step can fail.
        let factor = 10_i128.pow(Self::SCALE.checked_sub(value.scale())?);
        i64::try_from(value.mantissa().checked_mul(factor)?).ok()
    }

    /// How firmly the value is stated.
    pub const fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// The words of the source, if kept.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// A sum of figures of one unit that tells how much of it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of the values counted. `None` if there were none — which is not 0 — or if the sum is too large.
    pub value: Option<Decimal>,
    /// The weakest qualifier of the values counted; `None` if there were none. Speaks of those values only:
    /// whether figures are missing is told by `missing`.
    pub qualifier: Option<Qualifier>,
    /// How many figures had a value.
    pub counted: u64,
    /// How many were not stated, or stated without a value.
    pub missing: u64,
}

impl Total {
    /// The sum of nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The sum of figures of one qualifier, in ten-thousandths, as the store adds them up.
    pub fn of_e4(sum: Option<i128>, qualifier: Qualifier, counted: u64, missing: u64) -> Self {
        let value = sum.map(|e4| Decimal::try_from_i128_with_scale(e4, Quantity::SCALE).map(|value| value.normalize()));
        let qualifier = match value {
            None => None,
            Some(Ok(_)) => Some(qualifier),
            Some(Err(_)) => Some(Qualifier::Unquantified),
        };
        Self { value: value.and_then(Result::ok), qualifier, counted, missing }
    }

    /// Adds one figure. `None`, or a figure without a value, only counts as missing: unknown is not zero.
    ///
    /// A sum beyond what a decimal holds (some 10^24, more than 10^9 of the largest figures) has no value from then
    /// on and is `Unquantified`, rather than wrong.
    pub fn add(&mut self, quantity: Option<&Quantity>) {
        let stated = quantity.and_then(|quantity| Some((quantity.value()?, quantity.qualifier())));
        self.merge(&match stated {
            Some((value, qualifier)) => Self { value: Some(value), qualifier: Some(qualifier), counted: 1, missing: 0 },
            None => Self { missing: 1, ..Self::empty() },
        });
    }

    /// Adds another sum, as if its figures had been added one by one.
    pub fn merge(&mut self, other: &Self) {
        let both = self.counted > 0 && other.counted > 0;
        let (value, qualifier) = match (self.value, other.value) {
            (Some(a), Some(b)) => (a.checked_add(b).map(|sum| sum.normalize()), join(self.qualifier, other.qualifier)),
            // Both counted figures, yet one sum has no value: it had grown too large, and so remains.
            _ if both => (None, join(self.qualifier, other.qualifier)),
            (a, b) => (a.or(b), join(self.qualifier, other.qualifier)),
        };
        let too_large = both && value.is_none();
        self.value = value;
        self.qualifier = if too_large { Some(Qualifier::Unquantified) } else { qualifier };
        self.counted = self.counted.saturating_add(other.counted);
        self.missing = self.missing.saturating_add(other.missing);
    }
}

fn join(a: Option<Qualifier>, b: Option<Qualifier>) -> Option<Qualifier> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Qualifier::weakest(a, b)),
        (one, None) | (None, one) => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    fn quantity(value: &str, qualifier: Qualifier) -> Quantity {
        Quantity::new(Some(value.parse().unwrap()), qualifier, None).unwrap()
    }

    fn total<'a>(terms: impl IntoIterator<Item = Option<&'a Quantity>>) -> Total {
        let mut total = Total::empty();
        terms.into_iter().for_each(|term| total.add(term));
        total
    }

    #[test]
    fn value_and_qualifier_must_agree() {
        let refusal = |value: Option<&str>, qualifier| {
            let value = value.map(|value| value.parse().unwrap());
            Quantity::new(value, qualifier, None).unwrap_err().to_string()
        };
        assert!(refusal(Some("3"), Qualifier::Unquantified).contains("leave out the value"));
        assert!(refusal(None, Qualifier::AtLeast).starts_with("AT_LEAST needs a value"));
        assert!(refusal(Some("0.00001"), Qualifier::Exact).contains("round it to 4"));
        assert!(refusal(Some("-900000000000000.0001"), Qualifier::Exact).contains("larger unit"));
        assert!(Quantity::new(None, Qualifier::Magnitude, Some("hàng nghìn".into())).is_ok());
        assert!(Quantity::from_e4(Some(i64::MIN), Qualifier::Exact, None).is_err());
    }

    #[test]
    fn values_show_without_trailing_zeros() {
        for (given, shown) in [("41000.00", "41000"), ("0.50", "0.5"), ("-0", "0"), ("1.00000000", "1")] {
            assert_eq!(quantity(given, Qualifier::Exact).value().unwrap().to_string(), shown);
        }
        let text = |text: &str| Quantity::new(None, Qualifier::Unquantified, Some(text.into())).unwrap();
        assert_eq!(text("  nhiều ").text(), Some("nhiều"));
        assert_eq!(text("  ").text(), None);
    }

    #[test]
    fn zero_is_a_statement() {
        let none = quantity("0", Qualifier::Exact);
        assert_eq!((none.value(), none.value_e4()), (Some(Decimal::ZERO), Some(0)));
        assert_eq!(
            total([Some(&none), None]),
            Total { value: Some(Decimal::ZERO), missing: 1, ..total([Some(&none)]) }
        );
        assert_eq!(total([None]), Total { missing: 1, ..Total::empty() });
    }

    #[test]
    fn a_sum_carries_its_weakest_qualifier() {
        use Qualifier::{About, AtLeast, AtMost, Exact, Magnitude, Nearly, Over, Unquantified};
        for (a, b, sum) in [
            (Exact, Over, Over),
            (Over, AtLeast, AtLeast),
            (Nearly, AtMost, AtMost),
            (Over, Nearly, About),
            (AtLeast, AtMost, About),
            (AtLeast, About, About),
            (About, Magnitude, Magnitude),
            (Magnitude, Unquantified, Unquantified),
        ] {
            assert_eq!(Qualifier::weakest(a, b), sum, "{a} and {b}");
        }
        let sum = total([Some(&quantity("41000", Over)), Some(&quantity("238", Exact))]);
        assert_eq!((sum.value, sum.qualifier), (Some(Decimal::from(41_238)), Some(Over)));
    }

    #[test]
    fn a_sum_too_large_has_no_value_and_stays_so() {
        let huge = Total { value: Some(Decimal::MAX), qualifier: Some(Qualifier::Exact), counted: 1, missing: 0 };
        let mut sum = huge;
        sum.merge(&huge);
        sum.add(Some(&quantity("1", Qualifier::Exact)));
        assert_eq!(sum, Total { value: None, qualifier: Some(Qualifier::Unquantified), counted: 3, missing: 0 });
    }

    #[test]
    fn qualifiers_have_stable_names() {
        let names: Vec<&str> = Qualifier::iter().map(Into::into).collect();
        assert_eq!(names, ["EXACT", "OVER", "NEARLY", "ABOUT", "AT_LEAST", "AT_MOST", "MAGNITUDE", "UNQUANTIFIED"]);
        assert!(Qualifier::iter().all(|qualifier| qualifier.to_string().parse() == Ok(qualifier)));
    }

    fn any_qualifier() -> impl Strategy<Value = Qualifier> {
        proptest::sample::select(Qualifier::iter().collect::<Vec<_>>())
    }

    fn any_quantity() -> impl Strategy<Value = Quantity> {
        let value = proptest::option::of(-9_000_000_000_000_000_000..=9_000_000_000_000_000_000_i64);
        (value, any_qualifier()).prop_filter_map("disagreeing", |(v, q)| Quantity::from_e4(v, q, None).ok())
    }

    fn any_terms() -> impl Strategy<Value = Vec<Option<Quantity>>> {
        proptest::collection::vec(proptest::option::of(any_quantity()), 0..12)
    }

    proptest! {
        #[test]
        fn weakest_is_a_join(a in any_qualifier(), b in any_qualifier(), c in any_qualifier()) {
            let weakest = Qualifier::weakest;
            prop_assert_eq!(weakest(a, a), a);
            prop_assert_eq!(weakest(a, Qualifier::Exact), a);
            prop_assert_eq!(weakest(a, b), weakest(b, a));
            prop_assert_eq!(weakest(weakest(a, b), c), weakest(a, weakest(b, c)));
        }

        #[test]
        fn stored_values_read_back(quantity in any_quantity()) {
            let again = Quantity::from_e4(quantity.value_e4(), quantity.qualifier(), None);
            prop_assert_eq!(again.as_ref(), Ok(&quantity));
            prop_assert_eq!(quantity.value_e4().is_some(), quantity.value().is_some());
        }

        #[test]
        fn the_unknown_never_changes_a_value(terms in any_terms()) {
            let known = total(terms.iter().map(Option::as_ref));
            let mut more = known;
            more.add(None);
            prop_assert_eq!(more, Total { missing: known.missing + 1, ..known });
            prop_assert_eq!(known.value.is_some(), known.counted > 0);
            prop_assert_eq!(known.counted + known.missing, terms.len() as u64);
        }

        #[test]
        fn order_and_grouping_do_not_matter(terms in any_terms(), split in 0..12_usize) {
            let forward = total(terms.iter().map(Option::as_ref));
            prop_assert_eq!(total(terms.iter().rev().map(Option::as_ref)), forward);
            let mut grouped = total(terms.iter().take(split).map(Option::as_ref));
            grouped.merge(&total(terms.iter().skip(split).map(Option::as_ref)));
            prop_assert_eq!(grouped, forward);
        }
    }
}
