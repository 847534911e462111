//! Chance that is the same everywhere: numbers worked out from numbers, `SplitMix64` (Steele, Lea, Flood 2014). Neither a
//! clock nor the machine is asked, and each record has a stream of its own, so that no order of work changes it.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The stream of whatever these numbers name.
    pub fn of(name: &[u64]) -> Self {
        name.iter().fold(Self(0), |mut chance, part| {
            let mixed = chance.next();
            Self(mixed ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93))
        })
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when that is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        // The remainder favors small numbers by less than one in a billion for the ends that are used.
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = i64::from(high).saturating_sub(i64::from(low)).max(0);
        let step = self.below(u64::try_from(width).unwrap_or(0) + 1);
        low.saturating_add(i32::try_from(step).unwrap_or(0))
    }

    /// Whether something happens that does so in so many cases of a hundred.
    pub fn percent(&mut self, cases: u64) -> bool {
        self.below(100) < cases
    }

    /// A value in so many cases of a hundred.
    pub fn sometimes<T>(&mut self, cases: u64, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.percent(cases).then(|| value(self))
    }

    /// One of these; none of none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let place = self.below(u64::try_from(from.len()).unwrap_or(0));
        from.get(usize::try_from(place).unwrap_or(0))
    }

    /// One of these words.
    pub fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_paper() {
        let mut chance = Chance(1_234_567);
        assert_eq!(chance.next(), 6_457_827_717_110_365_317);
        assert_eq!(chance.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_name_has_one_stream() {
        let draw = |name: &[u64]| {
            let mut chance = Chance::of(name);
            [0; 4].map(|_| chance.below(1_000_000))
        };
        assert_eq!(draw(&[1, 2]), draw(&[1, 2]));
        assert_ne!(draw(&[1, 2]), draw(&[2, 1]));
        assert_ne!(draw(&[1, 2]), draw(&[1, 3]));
    }

    #[test]
    fn shares_are_kept() {
        let mut chance = Chance::of(&[7]);
        let hits = (0..10_000).filter(|_| chance.percent(30)).count();
        assert!((2_800..3_200).contains(&hits), "{hits}");
        assert!((0..1000).map(|_| chance.between(-2, 2)).all(|one| (-2..=2).contains(&one)));
        assert_eq!(chance.pick::<u8>(&[]), None);
    }
}
