//! Signatories, participants, attendances: three views of one edge, and the general one for every other relation.

mod filter;

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::{Context, ID, MergedObject, Object, OutputType, TypeName, Union};
use domain::RecordKind;
use domain::involvement::Subject;
use persistence::{Filter, Operand, Test, involvement};

use crate::agency::{Agency, AgencyGroup};
use crate::area::CooperationArea;
use crate::award::Award;
use crate::connection::{Connection, NodeType, PageArgs, one};
use crate::direction::Direction;
use crate::document::Document;
use crate::enums::{Basis, InvolvementKind, PartyRole};
use crate::error::Result;
use crate::event::Event;
use crate::global_id;
use crate::history::{HistoryEntry, history};
use crate::person::Person;
use crate::program::Program;
use crate::result::Outcome;
use crate::value::DateStatement;
pub use filter::SignatoryWhere;

/// Involvements of one kind.
pub fn only(kind: &str) -> Filter<domain::Involvement> {
    Filter::test(involvement::KIND, Test::Eq(Operand::Text(kind.to_owned())))
}

/// What every view has: the party and how it is printed. Each view merges a type of its own: one that all shared would
/// still be empty when the second view, reached from the first, copies its fields.
#[derive(Clone, Debug)]
pub struct Party<V>(Arc<domain::Involvement>, PhantomData<fn() -> V>);

impl<V> Party<V> {
    fn new(record: Arc<domain::Involvement>) -> Self {
        Self(record, PhantomData)
    }
}

impl<V: OutputType> TypeName for Party<V> {
    fn type_name() -> Cow<'static, str> {
        format!("Party{}", V::type_name()).into()
    }
}

/// What every view has: the party and how it is printed.
#[Object(name_type)]
impl<V: OutputType> Party<V> {
    /// Global id.
    pub async fn id(&self) -> ID {
        global_id::record(RecordKind::Involvement, self.0.id)
    }

    /// Grows by one with each change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What became of it, the latest first (nhật ký). For its tenant's own staff; empty for everybody else.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<HistoryEntry>>> {
        history(ctx, self.0.id, PageArgs::new(first, after, last, before)).await
    }

    /// The office; null for collective parties and for persons who stand for none.
    async fn agency(&self, ctx: &Context<'_>) -> Option<Result<Agency>> {
        one(ctx, self.0.agency).await
    }

    /// The collective party.
    async fn group(&self, ctx: &Context<'_>) -> Option<Result<AgencyGroup>> {
        one(ctx, self.0.group).await
    }

    /// The person. Most signatures name none.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        one(ctx, self.0.person).await
    }

    /// The words of the source, for a party that is none of the above.
    async fn label(&self) -> Option<&str> {
        self.0.label.as_deref()
    }

    /// Positions as printed, in printed order.
    async fn positions(&self) -> &[String] {
        &self.0.positions
    }

    /// Military or police rank as printed (Đại tá).
    async fn rank(&self) -> Option<&str> {
        self.0.rank.as_deref()
    }

    /// Who stood in for the office: `đại diện lãnh đạo`.
    async fn representation(&self) -> Option<&str> {
        self.0.representation.as_deref()
    }

    /// In which capacity: `thay mặt`.
    async fn capacity(&self) -> Option<&str> {
        self.0.capacity.as_deref()
    }

    /// Stated by the source or inferred.
    async fn basis(&self) -> Basis {
        self.0.basis.into()
    }

    /// Why it was inferred.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Printed order, from 1.
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// Remarks of the compilers.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }
}

/// What only a signatory has.
#[derive(Clone, Debug)]
pub struct SignatoryFields(Arc<domain::Involvement>);

/// What only a signatory has.
#[Object]
impl SignatoryFields {
    /// The program that it signed.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, program_of(&self.0)).await
    }

    /// When this party signed, where it differs from the program.
    async fn signed_on(&self) -> Option<DateStatement> {
        self.0.signed_on.as_ref().map(Into::into)
    }
}

/// What only a participant has.
#[derive(Clone, Debug)]
pub struct ParticipantFields(Arc<domain::Involvement>);

/// What only a participant has.
#[Object]
impl ParticipantFields {
    /// The program that it has a role in.
    async fn program(&self, ctx: &Context<'_>) -> Option<Result<Program>> {
        one(ctx, program_of(&self.0)).await
    }

    /// What it does.
    async fn roles(&self) -> Vec<PartyRole> {
        self.0.roles.iter().map(|role| (*role).into()).collect()
    }
}

/// What only an attendance has.
#[derive(Clone, Debug)]
pub struct AttendanceFields(Arc<domain::Involvement>);

/// What only an attendance has.
#[Object]
impl AttendanceFields {
    /// The event.
    async fn event(&self, ctx: &Context<'_>) -> Option<Result<Event>> {
        let Subject::Event(id) = self.0.subject else { return None };
        one(ctx, Some(id)).await
    }

    /// What the party does there.
    async fn roles(&self) -> Vec<PartyRole> {
        self.0.roles.iter().map(|role| (*role).into()).collect()
    }
}

/// What the general view has.
#[derive(Clone, Debug)]
pub struct InvolvementFields(Arc<domain::Involvement>);

/// What the general view has.
#[Object]
impl InvolvementFields {
    /// How the party is involved.
    async fn kind(&self) -> InvolvementKind {
        self.0.kind.into()
    }

    /// What it does, for participants and attendances.
    async fn roles(&self) -> Vec<PartyRole> {
        self.0.roles.iter().map(|role| (*role).into()).collect()
    }

    /// What it is involved in.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<InvolvementSubject>> {
        match self.0.subject {
            Subject::Program(id) => wrapped(one::<Program>(ctx, Some(id)).await, InvolvementSubject::Program),
            Subject::Event(id) => wrapped(one::<Event>(ctx, Some(id)).await, InvolvementSubject::Event),
            Subject::Direction(id) => wrapped(one::<Direction>(ctx, Some(id)).await, InvolvementSubject::Direction),
            Subject::Result(id) => wrapped(one::<Outcome>(ctx, Some(id)).await, InvolvementSubject::Result),
            Subject::Award(id) => wrapped(one::<Award>(ctx, Some(id)).await, InvolvementSubject::Award),
            Subject::Document(id) => wrapped(one::<Document>(ctx, Some(id)).await, InvolvementSubject::Document),
            Subject::Area(id) => wrapped(one::<CooperationArea>(ctx, Some(id)).await, InvolvementSubject::Area),
        }
    }
}

fn wrapped<T>(
    found: Option<Result<T>>,
    wrap: impl FnOnce(T) -> InvolvementSubject,
) -> Option<Result<InvolvementSubject>> {
    found.map(|found| found.map(wrap))
}

fn program_of(involvement: &domain::Involvement) -> Option<domain::Id<domain::Program>> {
    if let Subject::Program(id) = involvement.subject { Some(id) } else { None }
}

/// What a party can be involved in.
#[derive(Union)]
pub enum InvolvementSubject {
    /// A program.
    Program(Program),
    /// An event.
    Event(Event),
    /// A direction.
    Direction(Direction),
    /// A result.
    Result(Outcome),
    /// An award.
    Award(Award),
    /// A document.
    Document(Document),
    /// A cooperation area.
    Area(CooperationArea),
}

/// A party that signed a program (bên ký). Offices sign, not people: the person is mostly unknown.
#[derive(Clone, Debug, MergedObject)]
pub struct Signatory(pub Party<SignatoryFields>, SignatoryFields);

/// A party that has another role in a program than signing it.
#[derive(Clone, Debug, MergedObject)]
pub struct Participant(pub Party<ParticipantFields>, ParticipantFields);

/// A party at an event.
#[derive(Clone, Debug, MergedObject)]
pub struct Attendance(pub Party<AttendanceFields>, AttendanceFields);

/// A party in any relation: directing, contributing, giving, issuing…
#[derive(Clone, Debug, MergedObject)]
pub struct Involvement(pub Party<InvolvementFields>, InvolvementFields);

impl Signatory {
    /// Global id, for the `Node` interface.
    pub async fn id(&self, ctx: &Context<'_>) -> async_graphql::Result<ID> {
        self.0.id(ctx).await
    }
}

impl NodeType for Signatory {
    type Record = domain::Involvement;
    const NAME: &'static str = "Signatory";

    fn wrap(record: Arc<domain::Involvement>) -> Self {
        Self(Party::new(Arc::clone(&record)), SignatoryFields(record))
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Involvement, self.0.0.id)
    }
}

impl Participant {
    /// Global id, for the `Node` interface.
    pub async fn id(&self, ctx: &Context<'_>) -> async_graphql::Result<ID> {
        self.0.id(ctx).await
    }
}

impl NodeType for Participant {
    type Record = domain::Involvement;
    const NAME: &'static str = "Participant";

    fn wrap(record: Arc<domain::Involvement>) -> Self {
        Self(Party::new(Arc::clone(&record)), ParticipantFields(record))
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Involvement, self.0.0.id)
    }
}

impl Attendance {
    /// Global id, for the `Node` interface.
    pub async fn id(&self, ctx: &Context<'_>) -> async_graphql::Result<ID> {
        self.0.id(ctx).await
    }
}

impl NodeType for Attendance {
    type Record = domain::Involvement;
    const NAME: &'static str = "Attendance";

    fn wrap(record: Arc<domain::Involvement>) -> Self {
        Self(Party::new(Arc::clone(&record)), AttendanceFields(record))
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Involvement, self.0.0.id)
    }
}

impl NodeType for Involvement {
    type Record = domain::Involvement;
    const NAME: &'static str = "Involvement";

    fn wrap(record: Arc<domain::Involvement>) -> Self {
        Self(Party::new(Arc::clone(&record)), InvolvementFields(record))
    }

    fn global_id(&self) -> ID {
        global_id::record(RecordKind::Involvement, self.0.0.id)
    }
}

impl Involvement {
    /// Global id, for the `Node` interface.
    pub async fn id(&self, ctx: &Context<'_>) -> async_graphql::Result<ID> {
        self.0.id(ctx).await
    }

    /// The record behind the view.
    pub fn record(&self) -> Arc<domain::Involvement> {
        Arc::clone(&self.0.0)
    }
}
