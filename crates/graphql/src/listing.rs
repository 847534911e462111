//! What tables made outside of the graph have in common with it: conditions, and how records are named.

use async_graphql::{ID, InputType, Pos, Value};
use domain::{Involvement, Outcome, Program, RecordKind, TenantId};
use persistence::Filter;
use uuid::Uuid;

use crate::error::{Error, Refused};
use crate::filter::{Where, conditions};
use crate::global_id::{self, GlobalId};
use crate::involvement::SignatoryWhere;
use crate::program::ProgramWhere;
use crate::result::ResultWhere;

/// The condition that the argument `where` of `programs` means.
pub fn programs(filter: serde_json::Value) -> Result<Filter<Program>, Refused> {
    meant::<ProgramWhere>(filter)
}

/// The condition that the argument `where` of `signatories` means.
pub fn signatories(filter: serde_json::Value) -> Result<Filter<Involvement>, Refused> {
    meant::<SignatoryWhere>(filter)
}

/// The condition that the argument `where` of `results` means.
pub fn results(filter: serde_json::Value) -> Result<Filter<Outcome>, Refused> {
    meant::<ResultWhere>(filter)
}

/// Whether a text is the global id of a program, rather than a number.
pub fn names_program(text: &str) -> bool {
    let id = GlobalId::parse(&ID(text.to_owned()));
    id.is_ok_and(|id| id.as_record::<Program>(RecordKind::Program).is_some())
}

/// The global id of a record.
pub fn id_of(kind: RecordKind, tenant: TenantId, id: Uuid) -> [u8; 28] {
    global_id::text(kind, tenant, id)
}

fn meant<W: Where + InputType>(filter: serde_json::Value) -> Result<Filter<W::Record>, Refused> {
    let value = Value::from_json(filter).map_err(|error| Error::internal(&error.to_string()))?;
    let filter =
        W::parse(Some(value)).map_err(|error| Error::bad_input(error.into_server_error(Pos::default()).message))?;
    Ok(conditions(Some(filter))?)
}
