//! The model: what an agency, a program, a signature or a figure is, and the rules each must obey.
//!
//! Pure values. It must not know a database, a web framework, a clock or a file format: whoever needs "today"
//! passes it in. One file per noun; the same nouns name the files of every other crate.

pub mod actor;
pub mod agency;
pub mod area;
pub mod award;
pub mod bundle;
pub mod catalogue;
pub mod change;
pub mod conflict;
pub mod date;
pub mod dated;
pub mod direction;
pub mod document;
pub mod event;
pub mod fault;
pub mod grant;
pub mod id;
pub mod involvement;
pub mod key;
pub mod link;
pub mod locality;
pub mod number;
pub mod period;
pub mod person;
pub mod program;
pub mod quantity;
pub mod remark;
pub mod result;
pub mod source;
pub mod target;
pub mod tenant;
pub mod text;
pub mod visibility;

pub use actor::Actor;
pub use agency::{Agency, AgencyGroup, AgencyGroupMember, AgencyLevel, AgencySuccession};
pub use area::CooperationArea;
pub use award::Award;
pub use bundle::Bundle;
pub use catalogue::{Indicator, Region, Reorganization, Sector, Topic, Unit};
pub use change::{Change, ChangeKey};
pub use conflict::Conflict;
pub use date::PartialDate;
pub use dated::Dated;
pub use direction::{Direction, Obligation, PlannedActivity};
pub use document::{Citation, Document};
pub use event::{Event, EventProgram};
pub use fault::Fault;
pub use grant::Grant;
pub use id::{Id, TenantId};
pub use involvement::Involvement;
pub use key::ApiKey;
pub use link::ProgramLink;
pub use locality::Locality;
pub use period::Period;
pub use person::{Person, Position};
pub use program::{Program, ProgramTopic};
pub use quantity::{Qualifier, Quantity};
pub use remark::Remark;
pub use result::Outcome;
pub use source::{Provenance, RecordKind, Source};
pub use target::Target;
pub use tenant::{Tenant, TenantSuccession};
pub use visibility::{Basis, Visibility};
