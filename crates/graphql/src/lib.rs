//! The GraphQL schema: thin types over domain values, and resolvers that ask the request's loader. It names no table and
//! no connection, and takes no decision about who may see what: that is the scope's.

mod connection;
mod cursor;
mod enums;
mod error;
mod filter;
mod global_id;
mod graph;
pub mod listing;
mod mutation;
mod node;
mod order;
mod query;
mod request;
mod scalar;
mod schema;
mod subscription;
mod value;

mod agency;
mod area;
mod award;
mod catalogue;
mod change;
mod conflict;
mod direction;
mod document;
mod event;
mod export_job;
mod federation;
mod grant;
mod history;
mod involvement;
mod link;
mod locality;
mod may;
mod person;
mod program;
mod rate_limit;
mod remark;
mod report;
mod reports;
mod result;
mod search;
mod source;
mod submission;
mod target;
mod tenant;
mod viewer;

pub use error::{ErrorCode, Refused};
pub use export_job::{Admitted, Exports, NotAdmitted};
pub use graph::{Answer, Document, Graph, Hash, Plan, Snapshot};
pub use guard::{Limits, OperationKind};
pub use request::{Call, NewSecret, Quota};
pub use schema::{Schema, sdl};
pub use subscription::Caller;
