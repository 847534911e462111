//! Programs whose time runs out or has run out.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// What is asked of programs whose time is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Expiry {
    /// Their last day is near.
    Expiring,
    /// Their last day has passed.
    Expired,
    /// It has passed, and nobody has recorded a final review.
    ExpiredWithoutReview,
    /// It has passed, and nobody has recorded a program that renews them or takes their place.
    ExpiredWithoutSuccessor,
}
