//! Disagreements between sources: recorded, and decided without losing what was not preferred.

use async_graphql::{Context, ID, InputObject, Object, OneofObject};
use domain::actor::Action;
use domain::conflict::{ConflictValue, Side};
use domain::{Conflict as Record, Fault, Id, Visibility};
use futures_util::FutureExt;
use persistence::edit::{self, EditError};

use super::input::{Reader, steps, take};
use super::list::each;
use super::perform::{Order, delete, deletions, payloads, perform};
use crate::conflict::Conflict;
use crate::error::Result;

payloads! {
    Conflict as conflict;
    /// What came of `conflictCreate`.
    ConflictCreatePayload,
    /// What came of `conflictResolve`.
    ConflictResolvePayload,
    /// What came of `conflictReopen`.
    ConflictReopenPayload,
}

deletions! {
    /// What came of `conflictDelete`.
    ConflictDeletePayload,
}

steps! {
    /// A disagreement that is to be open again.
    ConflictReopenInput,
    /// A disagreement that is to go.
    ConflictDeleteInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ConflictMutation;

/// A part of what changes the graph.
#[Object]
impl ConflictMutation {
    /// Records that sources disagree about a field of a record (mâu thuẫn giữa các nguồn). Needs EDITOR; about a public record,
    /// PUBLISHER.
    async fn conflict_create(
        &self,
        ctx: &Context<'_>,
        input: ConflictCreateInput,
    ) -> Option<Result<ConflictCreatePayload>> {
        let order = Order::new("conflictCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Conflict>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut conflict = input.read(&mut reader);
                reader.put_text("note", &mut conflict.note, input.note.as_ref());
                if !conflict.kind.has_conflicts() {
                    reader.faults.push(Fault::not_found("record"));
                    reader.faults.extend(conflict.faults());
                    return Err(EditError::Faults(reader.faults));
                }
                edit::create(tx, conflict, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Prefers what one source says and keeps what the others say (xử lý mâu thuẫn). The record's own field stays as it is: change
    /// it with the record's update. Needs PUBLISHER.
    async fn conflict_resolve(
        &self,
        ctx: &Context<'_>,
        input: ConflictResolveInput,
    ) -> Option<Result<ConflictResolvePayload>> {
        let order = Order::new("conflictResolve", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Conflict>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut conflict: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                let side = match &input.prefer {
                    ConflictSide::Index(place) => Side::At(*place),
                    ConflictSide::Source(source) => Side::Of(reader.text("prefer", source)),
                };
                reader.faults.extend(conflict.resolve(&side).err());
                reader.put_text("note", &mut conflict.note, input.note.as_ref());
                edit::keep(tx, conflict.visibility, conflict, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Takes back which source was preferred (mở lại). Needs PUBLISHER.
    async fn conflict_reopen(
        &self,
        ctx: &Context<'_>,
        input: ConflictReopenInput,
    ) -> Option<Result<ConflictReopenPayload>> {
        let order = Order::new("conflictReopen", Action::Publish, input.idempotency_key.clone());
        let done = perform::<Conflict>(ctx, order, move |tx| {
            async move {
                let mut conflict: Record = take(tx, &mut Reader::default(), &input.id, Some(input.version)).await?;
                conflict.reopen()?;
                edit::keep(tx, conflict.visibility, conflict, Vec::new()).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Deletes a disagreement that is none (xóa); one that is decided is better kept. Needs EDITOR; about a public record,
    /// PUBLISHER.
    async fn conflict_delete(
        &self,
        ctx: &Context<'_>,
        input: ConflictDeleteInput,
    ) -> Option<Result<ConflictDeletePayload>> {
        Some(delete::<Record>(ctx, "conflictDelete", input).await.map(Into::into))
    }
}

/// A new disagreement between sources.
#[derive(Clone, Debug, InputObject)]
pub struct ConflictCreateInput {
    /// The record about which they disagree.
    pub record: ID,
    /// The field, as the API names it: `signedOn`.
    pub field: String,
    /// What each source says, two at least.
    pub values: Vec<ConflictValueInput>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What a source says.
#[derive(Clone, Debug, InputObject)]
pub struct ConflictValueInput {
    /// The value.
    pub value: String,
    /// Which source says so, in words.
    pub source: String,
}

/// Which side of a disagreement is preferred.
#[derive(Clone, Debug, InputObject)]
pub struct ConflictResolveInput {
    /// The disagreement.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// The side.
    pub prefer: ConflictSide,
    /// Why, in place of the stored remarks.
    pub note: Option<String>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// One way to name a side of a disagreement. Give exactly one.
#[derive(Clone, Debug, OneofObject)]
pub enum ConflictSide {
    /// Its place in `values`, from 0.
    Index(i32),
    /// Its source, in the words of `values`.
    Source(String),
}

impl ConflictCreateInput {
    fn read(&self, reader: &mut Reader) -> Record {
        let (kind, record_tenant, record) = reader.record("record", &self.record);
        let values = each(reader, "values", &self.values, |reader, item, _| ConflictValue {
            value: reader.text("value", &item.value),
            source: reader.text("source", &item.source),
        });
        Record {
            id: Id::generate(record_tenant),
            kind,
            record_tenant,
            record,
            field: reader.text("field", &self.field),
            values,
            preferred: None,
            note: None,
            visibility: Visibility::Draft,
            version: 0,
        }
    }
}
