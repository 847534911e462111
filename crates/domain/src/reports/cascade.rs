//! What directions opened, and what came of it.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::AgencyLevel;

/// Where an obligation stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ObligationState {
    /// Nobody has recorded what fulfills it; it is not due yet, or nobody said when.
    Open,
    /// Nobody has recorded what fulfills it, and the day by which it was due has passed.
    Overdue,
    /// A program fulfilled it.
    Fulfilled,
}

/// How many obligations stand where, under programs of one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelObligations {
    /// The level of the programs under which they were opened.
    pub level: AgencyLevel,
    /// How many there are.
    pub opened: u64,
    /// How many are fulfilled.
    pub fulfilled: u64,
    /// How many of the others are overdue.
    pub overdue: u64,
}
