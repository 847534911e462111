//! Directions, the obligations they open, and planned activities.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::{Event, Fault, Id, PartialDate, Period, Program, Visibility};

/// Something that was directed or announced. Who directs, whom, and with whom are its involvements.
#[derive(Clone, Debug, PartialEq)]
pub struct Direction {
    /// Key.
    pub id: Id<Direction>,
    /// The program.
    pub program: Id<Program>,
    /// The event where it was given.
    pub event: Option<Id<Event>>,
    /// Order in the text, from 1.
    pub order: i32,
    /// What is to be done, in our own words.
    pub text: String,
    /// For which time.
    pub period: Option<Period>,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// What kind of deed an obligation asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ObligationKind {
    /// Lower levels are to sign their own.
    Cascade,
    /// A yearly plan.
    AnnualPlan,
    /// Regular reviews.
    PeriodicReview,
    /// Anything else.
    Other,
}

/// A direction that can be fulfilled, and by what. Open until something is recorded that fulfills it.
#[derive(Clone, Debug, PartialEq)]
pub struct Obligation {
    /// Key.
    pub id: Id<Obligation>,
    /// The direction that opened it.
    pub direction: Id<Direction>,
    /// The program it belongs to.
    pub program: Id<Program>,
    /// What it asks for.
    pub kind: ObligationKind,
    /// Due when, where stated.
    pub due: Option<PartialDate>,
    /// The program that fulfilled it.
    pub fulfilled_by: Option<Id<Program>>,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// An activity planned around a named day (8/3, 20/10).
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedActivity {
    /// Key.
    pub id: Id<PlannedActivity>,
    /// The program.
    pub program: Id<Program>,
    /// Order in the text, from 1.
    pub order: i32,
    /// What is planned, in our own words.
    pub label: String,
    /// Name of the day.
    pub occasion: String,
    /// The day on which the occasion falls.
    pub day: PartialDate,
    /// Same as the program's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Direction {
    /// The rules of a direction.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        Fault::blank("text", &self.text).into_iter().collect()
    }
}

impl PlannedActivity {
    /// The rules of a planned activity.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        [Fault::blank("label", &self.label), Fault::blank("occasion", &self.occasion)].into_iter().flatten().collect()
    }
}
