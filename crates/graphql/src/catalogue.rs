//! The shared catalogues, one file an entry type.

mod indicator;
mod region;
mod reorganization;
mod sector;
mod topic;
mod unit;

pub use indicator::Indicator;
pub use region::Region;
pub use reorganization::{Reorganization, reorganizations_of};
pub use sector::Sector;
pub use topic::{Topic, TopicWhere};
pub use unit::Unit;
