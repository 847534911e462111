//! The GraphQL schema: thin types over domain values, and resolvers that ask the request's loader. It names no table and
//! no connection, and takes no decision about who may see what: that is the scope's.

mod connection;
mod cursor;
mod enums;
mod error;
mod filter;
mod global_id;
mod node;
mod order;
mod query;
mod request;
mod scalar;
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
mod grant;
mod involvement;
mod link;
mod locality;
mod person;
mod program;
mod remark;
mod result;
mod search;
mod source;
mod target;
mod tenant;
mod viewer;

use async_graphql::EmptyMutation;
use persistence::{Loader, Store};
use tracing::Instrument;

pub use error::ErrorCode;
pub use request::Call;
pub use subscription::{Caller, subscribe};

/// The executable schema. Cheap to clone.
pub type Schema = async_graphql::Schema<query::Query, EmptyMutation, subscription::Subscription>;

/// How deep selections may nest.
const DEPTH: usize = 20;

/// Builds the schema.
pub fn schema() -> Schema {
    Schema::build(query::Query::default(), EmptyMutation, subscription::Subscription)
        .register_output_type::<node::Node>()
        .register_output_type::<tenant::Tenant>()
        .limit_depth(DEPTH)
        .finish()
}

/// The schema in the definition language, as `schema.graphql` holds it.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    let sdl = schema().sdl_with_options(options);
    let lines: Vec<&str> = sdl.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim())
}

/// What came of a request.
#[derive(Debug)]
pub struct Answer {
    /// The response.
    pub response: async_graphql::Response,
    /// How many SQL statements it took.
    pub statements: u64,
    /// Of an event, where to go on after it.
    pub cursor: Option<String>,
}

/// The answer to a request that was not executed.
fn refused(error: error::Error) -> Answer {
    let error = async_graphql::Error::from(error).into_server_error(async_graphql::Pos::default());
    Answer { response: async_graphql::Response::from_errors(vec![error]), statements: 0, cursor: None }
}

/// Executes one operation in one snapshot of the database.
pub async fn execute(schema: &Schema, store: &Store, call: Call, mut request: async_graphql::Request) -> Answer {
    let parsed = request.parsed_query().is_ok();
    let scope = match store.begin_read(call.actor, call.today).await {
        Ok(scope) => scope,
        Err(error) => return refused(error::Error::from(error)),
    };
    let loader = Loader::new(scope.clone());
    let request = request.data(request::Request::new(loader, call.today));
    let span = tracing::info_span!("graphql", request = call.request_id);
    let mut response = schema.execute(request).instrument(span).await;
    error::with_codes(&mut response.errors, parsed);
    Answer { response, statements: scope.statements(), cursor: None }
}
