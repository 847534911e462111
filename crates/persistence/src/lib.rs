//! The only crate that knows sea-orm. Whoever reads begins a [`Scope`], whoever writes a [`Tx`]; both come from the
//! [`Store`], and nothing else executes SQL.
//!
//! The nouns' files hold what is particular to a table: its columns, the fields one may filter and order by, and the
//! edges that lead to it. How a page, a batch of children or a count is read is written once, for all of them
//! (`page.rs`, `children.rs`, `loader.rs`). It must not know GraphQL.
//!
//! What must not be possible does not compile. With a scope one reads:
//!
//! ```no_run
//! # async fn read(store: persistence::Store, today: chrono::NaiveDate) -> Result<(), persistence::StoreError> {
//! let scope: persistence::Scope = store.begin_read(None, today).await?;
//! let all = persistence::Filter::<domain::Program>::default();
//! scope.count(&all, 10).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Nobody reads without one, nor makes one past the store:
//!
//! ```compile_fail,E0599
//! # async fn read(store: persistence::Store) -> Result<(), persistence::StoreError> {
//! let all = persistence::Filter::<domain::Program>::default();
//! store.count(&all, 10).await?;
//! # Ok(())
//! # }
//! ```
//!
//! ```compile_fail,E0624
//! # fn read(store: persistence::Store) {
//! let make = persistence::Scope::anonymous;
//! # }
//! ```
//!
//! Inside a transaction one writes:
//!
//! ```no_run
//! # async fn write(store: persistence::Store, key: domain::ApiKey, actor: domain::Actor, now: persistence::Occasion)
//! # -> Result<(), persistence::StoreError> {
//! let tx: persistence::Tx = store.begin_write(&actor, now).await?;
//! tx.put_key(&key).await?;
//! tx.commit().await?;
//! # Ok(())
//! # }
//! ```
//!
//! Nobody writes outside of one, nor through a scope:
//!
//! ```compile_fail,E0599
//! # async fn write(store: persistence::Store, key: domain::ApiKey) -> Result<(), persistence::StoreError> {
//! store.put_key(&key).await?;
//! # Ok(())
//! # }
//! ```
//!
//! ```compile_fail,E0599
//! # async fn write(scope: persistence::Scope, key: domain::ApiKey) -> Result<(), persistence::StoreError> {
//! scope.put_key(&key).await?;
//! # Ok(())
//! # }
//! ```
//!
//! And nobody gets at the connection, with which all of it could be done:
//!
//! ```compile_fail,E0616
//! # fn connection(store: persistence::Store) {
//! let connection = store.read;
//! # }
//! ```
//!
//! ```compile_fail,E0616
//! # fn connection(tx: persistence::Tx) {
//! let connection = tx.session;
//! # }
//! ```

mod access;
mod bulk;
mod children;
mod codec;
mod edge;
pub mod edit;
mod error;
mod export;
mod filter;
mod import;
mod loader;
pub mod once;
mod page;
mod record;
mod reference;
mod scope;
mod search;
mod session;
mod share;
mod store;
mod wake;
mod write;

pub mod agency;
pub mod area;
pub mod audit;
pub mod award;
pub mod catalogue;
pub mod change;
pub mod conflict;
pub mod direction;
pub mod document;
pub mod event;
pub mod export_job;
pub mod grant;
pub mod involvement;
pub mod key;
pub mod link;
pub mod listing;
pub mod locality;
pub mod person;
pub mod program;
pub mod remark;
pub mod report;
pub mod reports;
pub mod result;
pub mod source;
pub mod submission;
pub mod target;
pub mod tenant;

pub use access::Holds;
pub use bulk::Bulk;
pub use edge::Edge;
pub use error::StoreError;
pub use filter::{Field, Filter, Operand, Test};
pub use import::Changed;
pub use loader::Loader;
pub use page::{Cursor, KeyValue, Page, PageRequest, Slice, Sort};
pub use record::{Key, Record};
pub use reference::ReferenceRows;
pub use scope::Scope;
pub use search::{Hit, SearchRequest};
pub use store::{Owner, Store, StoreOptions};
pub use wake::Wakes;
pub use write::{Counts, Occasion, Tx};
