//! Changes, as a list and one by one. Which of them somebody may see is decided where they are read.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::SubsecRound;
use domain::change::Operation;
use domain::involvement::InvolvementKind;
use domain::{ChangeKey, Id, RecordKind, TenantId};
use persistence::change::{self, ChangeFilter, Place};
use persistence::{Cursor, KeyValue, Scope};

use crate::agency::{Agency, AgencyGroup};
use crate::area::CooperationArea;
use crate::award::Award;
use crate::conflict::Conflict;
use crate::connection::{NodeType, PageInfo, page_size};
use crate::cursor::{self, OrderHash};
use crate::direction::{Direction, Obligation, PlannedActivity};
use crate::document::{Citation, Document};
use crate::error::{Error, ErrorCode, Result};
use crate::event::Event;
use crate::global_id::{self, GlobalId};
use crate::involvement::{Attendance, Involvement, Participant, Signatory};
use crate::link::ProgramLink;
use crate::node::{self, Node};
use crate::person::{Person, Position};
use crate::program::Program;
use crate::remark::Remark;
use crate::report::ReportRequest;
use crate::request::request;
use crate::result::Outcome;
use crate::scalar::DateTime;
use crate::source::Source;
use crate::submission::{Submission, SubmissionDecision, SubmissionItem};
use crate::target::Target;
use crate::tenant::{Tenant, tenant_of};

/// What became of a record.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[graphql(remote = "domain::change::Operation")]
pub enum ChangeOperation {
    /// It is new.
    Created,
    /// Something of it is different, or who may see it.
    Updated,
    /// It is gone.
    Deleted,
}

/// That a record was created, changed or deleted. It says which and when; the record itself is as it is now.
#[derive(Clone, Copy, Debug)]
pub struct Change(pub domain::Change);

/// That a record was created, changed or deleted. It says which and when; the record itself is as it is now.
#[Object]
impl Change {
    /// Its place; pass it as `after` to go on from here, also later.
    async fn cursor(&self) -> String {
        cursor_of(self.0.key)
    }

    /// What became of the record.
    async fn operation(&self) -> ChangeOperation {
        self.0.operation.into()
    }

    /// The record's type in this schema: `Program`.
    #[graphql(name = "type")]
    async fn type_name(&self) -> &'static str {
        type_name(&self.0)
    }

    /// The record's global id.
    async fn id(&self) -> ID {
        let ChangeKey { kind, tenant, record, .. } = self.0.key;
        global_id::record(kind, Id::<()>::new(tenant, record))
    }

    /// Whose record it is.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.0.key.tenant).await
    }

    /// When it happened.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at.trunc_subsecs(3))
    }

    /// The record as it is now; null when it was deleted.
    async fn node(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        if self.0.operation == Operation::Deleted {
            return None;
        }
        let ChangeKey { kind, tenant, record, .. } = self.0.key;
        node::load(ctx, GlobalId::Record(kind, tenant, record)).await
    }
}

/// Changes in the order in which they happened.
#[derive(SimpleObject)]
pub struct ChangeConnection {
    /// The changes with their cursors.
    edges: Vec<ChangeEdge>,
    /// The changes.
    nodes: Vec<Change>,
    /// Whether there is more, and where it begins.
    page_info: PageInfo,
}

/// A change and its place.
#[derive(SimpleObject)]
pub struct ChangeEdge {
    /// The change.
    node: Change,
    /// Its place; pass it as `after`.
    cursor: String,
}

/// What a client asks for, as it came.
pub struct Wanted {
    /// After this place.
    pub after: Option<String>,
    /// Only of these tenants.
    pub tenants: Option<Vec<ID>>,
    /// Only of these programs.
    pub programs: Option<Vec<ID>>,
}

/// How many ids a filter takes.
const MOST_IDS: usize = 100;

impl Wanted {
    /// What is wanted, and after which place; none when the client named none.
    pub async fn read(self, scope: &Scope) -> Result<(ChangeFilter, Option<Place>)> {
        let of = |ids: Option<Vec<ID>>| {
            let ids = ids.unwrap_or_default();
            if ids.len() > MOST_IDS {
                return Err(Error::bad_input(format!("tenants and programs take at most {MOST_IDS} ids each")));
            }
            ids.iter().map(GlobalId::parse).collect::<Result<Vec<_>>>()
        };
        // An id of something else names nothing here, and nothing changes in nothing.
        let tenants = of(self.tenants)?.iter().map(|id| id.as_tenant().unwrap_or(TenantId::NOWHERE)).collect();
        let nothing = Id::new(TenantId::NOWHERE, uuid::Uuid::nil());
        let program = |id: &GlobalId| id.as_record(RecordKind::Program).unwrap_or(nothing);
        let programs = of(self.programs)?.iter().map(program).collect();
        let place = match &self.after {
            None => None,
            Some(text) => match key_of(text) {
                Some(key) => Some(change::place(scope, key).await?.ok_or_else(lost)?),
                None => return Err(lost()),
            },
        };
        Ok((ChangeFilter { tenants, programs }, place))
    }
}

/// The answer is the same whether there is no such change, or none that the caller may see.
fn lost() -> Error {
    Error::new(
        ErrorCode::CursorInvalid,
        "the cursor leads to no change that you may see",
        "read what you need anew, then follow changes without `after`",
    )
}

/// One page of changes.
pub async fn changes(ctx: &Context<'_>, wanted: Wanted, first: i32) -> Result<ChangeConnection> {
    let count = page_size(first)?;
    let loader = &request(ctx)?.loader();
    let (filter, place) = wanted.read(loader.scope()).await?;
    let found = change::after(loader, place.unwrap_or(Place::START), &filter, count).await?;
    let nodes: Vec<Change> = found.items.into_iter().map(|(change, _)| Change(change)).collect();
    let edges: Vec<ChangeEdge> =
        nodes.iter().map(|node| ChangeEdge { node: *node, cursor: cursor_of(node.0.key) }).collect();
    let end = |edge: Option<&ChangeEdge>| edge.map(|edge| edge.cursor.clone());
    let page_info = PageInfo::of(found.more, place.is_some(), end(edges.first()), end(edges.last()));
    Ok(ChangeConnection { edges, nodes, page_info })
}

fn order() -> OrderHash {
    OrderHash::of("Change")
}

/// A change by its record. Where it stands among others would tell how many there are that one may not see.
pub fn cursor_of(key: ChangeKey) -> String {
    let kind: &'static str = key.kind.into();
    let keys = [
        KeyValue::Text(kind.to_owned()),
        KeyValue::Int(key.tenant.0.into()),
        KeyValue::Int(key.number.into()),
        KeyValue::Uuid(key.record),
    ];
    cursor::encode(order(), &Cursor(keys.into()))
}

fn key_of(text: &str) -> Option<ChangeKey> {
    let cursor = cursor::decode(order(), 4, text).ok()?;
    let [KeyValue::Text(kind), KeyValue::Int(tenant), KeyValue::Int(number), KeyValue::Uuid(record)] = &*cursor.0
    else {
        return None;
    };
    Some(ChangeKey {
        kind: kind.parse().ok()?,
        tenant: TenantId(i32::try_from(*tenant).ok()?),
        record: *record,
        number: i32::try_from(*number).ok()?,
    })
}

fn type_name(change: &domain::Change) -> &'static str {
    match change.key.kind {
        RecordKind::Agency => Agency::NAME,
        RecordKind::AgencyGroup => AgencyGroup::NAME,
        RecordKind::Award => Award::NAME,
        RecordKind::Citation => Citation::NAME,
        RecordKind::Conflict => Conflict::NAME,
        RecordKind::CooperationArea => CooperationArea::NAME,
        RecordKind::Direction => Direction::NAME,
        RecordKind::Document => Document::NAME,
        RecordKind::Event => Event::NAME,
        RecordKind::Obligation => Obligation::NAME,
        RecordKind::Person => Person::NAME,
        RecordKind::PlannedActivity => PlannedActivity::NAME,
        RecordKind::Position => Position::NAME,
        RecordKind::Program => Program::NAME,
        RecordKind::ProgramLink => ProgramLink::NAME,
        RecordKind::Remark => Remark::NAME,
        RecordKind::ReportRequest => ReportRequest::NAME,
        RecordKind::Result => Outcome::NAME,
        RecordKind::Source => Source::NAME,
        RecordKind::Submission => Submission::NAME,
        RecordKind::SubmissionDecision => SubmissionDecision::NAME,
        RecordKind::SubmissionItem => SubmissionItem::NAME,
        RecordKind::Target => Target::NAME,
        RecordKind::Involvement => match change.involvement {
            Some(InvolvementKind::Signatory) => Signatory::NAME,
            Some(InvolvementKind::Participant) => Participant::NAME,
            Some(InvolvementKind::Attendance) => Attendance::NAME,
            Some(
                InvolvementKind::Actor
                | InvolvementKind::Addressee
                | InvolvementKind::Partner
                | InvolvementKind::Contributor
                | InvolvementKind::Giver
                | InvolvementKind::Presenter
                | InvolvementKind::Recipient
                | InvolvementKind::Issuer
                | InvolvementKind::Responsible,
            )
            | None => Involvement::NAME,
        },
        // The store lists no changes of these.
        RecordKind::AgencyGroupMember
        | RecordKind::AgencySuccession
        | RecordKind::EventProgram
        | RecordKind::Grant
        | RecordKind::Locality
        | RecordKind::ProgramTopic
        | RecordKind::Tenant => "Node",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let uuid = uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
        let key = ChangeKey { kind: RecordKind::Program, tenant: TenantId(16), record: uuid, number: 3 };
        let text = cursor_of(key);
        assert_eq!(key_of(&text), Some(key));
        for length in 0..text.len() {
            assert_eq!(key_of(&text[..length]), None);
        }
    }
}
