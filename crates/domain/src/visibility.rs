//! Who may see a record, and whether a statement was read or inferred.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::Fault;
use crate::fault::FaultCode;

/// Who may see a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Visibility {
    /// Only the owning tenant's staff.
    Draft,
    /// The owning tenant, the tenants of its signatories, and readers with a grant.
    Internal,
    /// Anyone.
    Public,
}

impl Visibility {
    /// Shown as widely as `to` from now on.
    ///
    /// # Errors
    ///
    /// A fault that names the way out, where nothing would change.
    pub fn shown(self, to: Self) -> Result<Self, Fault> {
        if self != to {
            return Ok(to);
        }
        let (way_out, way_out_vi) = match self {
            Self::Draft => {
                ("show it to others with …Publish, or leave it as it is", "hãy công bố bằng …Publish, hoặc để nguyên")
            }
            Self::Internal => (
                "show it to everybody with …Publish and visibility: PUBLIC, or take it back with …Withdraw",
                "hãy công bố rộng rãi bằng …Publish với visibility: PUBLIC, hoặc thu hồi bằng …Withdraw",
            ),
            Self::Public => (
                "narrow it with …Publish and visibility: INTERNAL, or take it back with …Withdraw",
                "hãy thu hẹp bằng …Publish với visibility: INTERNAL, hoặc thu hồi bằng …Withdraw",
            ),
        };
        Err(Fault::of(
            FaultCode::InvalidTransition,
            &["id"],
            format!("the visibility is {self} already: {way_out}"),
            format!("phạm vi xem đã là {self}: {way_out_vi}"),
        ))
    }
}

/// How a statement came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Basis {
    /// The source says so.
    Stated,
    /// Concluded from other statements; a reason always goes with it.
    Inferred,
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn whoever_shows_it_as_widely_as_now_is_told_the_way_out() {
        for (from, to) in Visibility::iter().flat_map(|from| Visibility::iter().map(move |to| (from, to))) {
            match from.shown(to) {
                Ok(shown) => assert!(shown == to && from != to),
                Err(fault) => {
                    assert_eq!((from, fault.code), (to, FaultCode::InvalidTransition));
                    assert!(fault.message.contains("…Publish") && fault.message_vi.contains("…Publish"));
                }
            }
        }
    }
}
