//! Programs that provinces brought into a merger and that do the same.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::link::LinkTarget;
use crate::{Id, Program, TenantId};

/// What several programs have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum OverlapKind {
    /// They implement the same program or document.
    SameParent,
    /// They deal with the same topic, and the same sectors signed them.
    SameTopic,
}

/// Programs of several provinces that are one province now.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The province that follows them.
    pub province: TenantId,
    /// What the programs have in common.
    pub kind: OverlapKind,
    /// What they implement.
    pub parent: Option<LinkTarget>,
    /// Code of their topic.
    pub topic: Option<String>,
    /// The programs, of two provinces at least.
    pub programs: Vec<Id<Program>>,
}
