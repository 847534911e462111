//! Buckets of units, one a caller, which fill up steadily within a minute. What was not needed can be given back, which
//! the libraries for limiting rates do not know.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Holder;

/// There is not enough left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted {
    /// When there will be.
    pub retry_after_seconds: u64,
}

#[derive(Debug, Default)]
pub(super) struct Buckets {
    buckets: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    buckets: HashMap<Holder, Bucket>,
    /// When the full ones were last thrown away.
    swept: Duration,
}

/// In millionths of a unit, so that a second of the smallest bucket is no fraction.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    level: u128,
    at: Duration,
}

const UNIT: u128 = 1_000_000;

/// A full bucket is as good as none: when there are so many, the full ones go.
const MANY: usize = 10_000;

/// They are looked for no more often than this: it takes a while when there are many.
const SWEPT: Duration = Duration::from_secs(5);

impl Buckets {
    /// Takes units; answers what is left.
    pub(super) fn take(&self, holder: &Holder, capacity: u64, units: u64, now: Duration) -> Result<u64, Exhausted> {
        let mut known = self.lock();
        let Known { buckets, swept } = &mut *known;
        if buckets.len() >= MANY && now.saturating_sub(*swept) >= SWEPT {
            // A bucket fills within a minute, whatever its size.
            buckets.retain(|_, bucket| now.saturating_sub(bucket.at) < Duration::from_mins(1));
            *swept = now;
        }
        let full = u128::from(capacity) * UNIT;
        let bucket = buckets.entry(holder.clone()).or_insert(Bucket { level: full, at: now });
        bucket.fill(full, now);
        // What is larger than the whole bucket would never be had; the price of an operation has a limit of its own.
        let wanted = (u128::from(units) * UNIT).min(full);
        if let Some(left) = bucket.level.checked_sub(wanted) {
            bucket.level = left;
            return Ok(u64::try_from(left / UNIT).unwrap_or(capacity));
        }
        let seconds = ((wanted - bucket.level) * 60).div_ceil(full.max(1));
        Err(Exhausted { retry_after_seconds: u64::try_from(seconds).unwrap_or(60).max(1) })
    }

    /// What is left.
    pub(super) fn left(&self, holder: &Holder, capacity: u64, now: Duration) -> u64 {
        self.give_back(holder, capacity, 0, now)
    }

    /// Gives units back; answers what is left.
    pub(super) fn give_back(&self, holder: &Holder, capacity: u64, units: u64, now: Duration) -> u64 {
        let mut known = self.lock();
        let full = u128::from(capacity) * UNIT;
        let Some(bucket) = known.buckets.get_mut(holder) else { return capacity };
        bucket.level = bucket.level.saturating_add(u128::from(units) * UNIT);
        bucket.fill(full, now);
        u64::try_from(bucket.level / UNIT).unwrap_or(capacity)
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bucket {
    fn fill(&mut self, full: u128, now: Duration) {
        let passed = now.saturating_sub(self.at).as_micros();
        self.level = self.level.saturating_add(full.saturating_mul(passed) / 60_000_000).min(full);
        self.at = self.at.max(now);
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn somebody(n: u32) -> Holder {
        Holder::Address(IpAddr::V4(Ipv4Addr::from(n)))
    }

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_bucket_fills_within_a_minute() {
        let buckets = Buckets::default();
        let take = |units, now| buckets.take(&somebody(1), 600, units, now);
        assert_eq!(take(500, at(0)), Ok(100));
        assert_eq!(take(101, at(0)), Err(Exhausted { retry_after_seconds: 1 }));
        assert_eq!(take(600, at(0)), Err(Exhausted { retry_after_seconds: 50 }));
        assert_eq!(take(101, at(1)), Ok(9), "ten units a second");
        assert_eq!(buckets.left(&somebody(1), 600, at(31)), 309);
        assert_eq!(take(1, at(1000)), Ok(599), "never more than full");
        assert_eq!(buckets.take(&somebody(2), 600, 1, at(0)), Ok(599), "each for itself");
    }

    #[test]
    fn what_was_not_needed_comes_back() {
        let buckets = Buckets::default();
        assert_eq!(buckets.take(&somebody(1), 600, 400, at(0)), Ok(200));
        assert_eq!(buckets.give_back(&somebody(1), 600, 350, at(0)), 550);
        assert_eq!(buckets.give_back(&somebody(1), 600, 350, at(0)), 600, "never more than full");
        assert_eq!(buckets.take(&somebody(1), 600, u64::MAX, at(0)), Ok(0), "the whole bucket is enough for anything");
    }

    #[test]
    fn memory_is_bounded() {
        let buckets = Buckets::default();
        for n in 0..50_000 {
            buckets.take(&somebody(n), 600, 1, at(u64::from(n) / 100)).unwrap();
        }
        let count = buckets.lock().buckets.len();
        assert!(count <= MANY + 6_001, "{count}");
    }
}
