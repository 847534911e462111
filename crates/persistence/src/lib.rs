//! The only crate that knows sea-orm. Whoever reads begins a [`Scope`], whoever writes a [`Tx`]; both come from the
//! [`Store`], and nothing else executes SQL.
//!
//! The nouns' files hold what is particular to a table: its columns, the fields one may filter and order by, and the
//! edges that lead to it. How a page, a batch of children or a count is read is written once, for all of them
//! (`page.rs`, `children.rs`, `loader.rs`). It must not know GraphQL.

mod access;
mod children;
mod codec;
mod edge;
mod error;
mod filter;
mod import;
mod loader;
mod page;
mod record;
mod reference;
mod scope;
mod search;
mod session;
mod share;
mod store;
mod write;

pub mod agency;
pub mod area;
pub mod award;
pub mod catalogue;
pub mod conflict;
pub mod direction;
pub mod document;
pub mod event;
pub mod grant;
pub mod involvement;
pub mod key;
pub mod link;
pub mod locality;
pub mod person;
pub mod program;
pub mod remark;
pub mod result;
pub mod source;
pub mod target;
pub mod tenant;

pub use access::Holds;
pub use edge::Edge;
pub use error::StoreError;
pub use filter::{Field, Filter, Operand, Test};
pub use loader::Loader;
pub use page::{Cursor, KeyValue, Page, PageRequest, Slice, Sort};
pub use record::{Key, Record};
pub use reference::ReferenceRows;
pub use scope::Scope;
pub use search::{Hit, SearchRequest};
pub use store::{Owner, Store, StoreOptions};
pub use write::{Counts, Tx};
