//! Remarks: aims, significance and limitations that a source states about a program.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::actor::Action;
use domain::{Id, Remark as Record, Visibility};
use futures_util::FutureExt;
use persistence::edit;

use super::input::{Reader, add, beneath, steps, take};
use super::perform::{Order, delete, deletions, payloads, perform};
use crate::enums::RemarkKind;
use crate::error::Result;
use crate::remark::Remark;

payloads! {
    Remark as remark;
    /// What came of `remarkCreate`.
    RemarkCreatePayload,
    /// What came of `remarkUpdate`.
    RemarkUpdatePayload,
}

deletions! {
    /// What came of `remarkDelete`.
    RemarkDeletePayload,
}

steps! {
    /// A remark that is to go.
    RemarkDeleteInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct RemarkMutation;

/// A part of what changes the graph.
#[Object]
impl RemarkMutation {
    /// Adds a remark to a program: an aim (mục đích), its significance (ý nghĩa), a limitation (hạn chế). Needs EDITOR;
    /// on a public program, PUBLISHER.
    async fn remark_create(&self, ctx: &Context<'_>, input: RemarkCreateInput) -> Option<Result<RemarkCreatePayload>> {
        let order = Order::new("remarkCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Remark>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let (program, order) = beneath::<Record>(tx, &mut reader, &input.program, input.details.order).await?;
                let mut remark = Record {
                    id: Id::generate(program.tenant),
                    program,
                    event: None,
                    order,
                    kind: input.kind.into(),
                    text: reader.text("text", &input.text),
                    specified: true,
                    visibility: Visibility::Draft,
                    version: 0,
                };
                input.details.apply(&mut reader, &mut remark);
                add(tx, remark, reader).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a remark (sửa). Needs EDITOR; on a public program, PUBLISHER.
    async fn remark_update(&self, ctx: &Context<'_>, input: RemarkUpdateInput) -> Option<Result<RemarkUpdatePayload>> {
        let order = Order::new("remarkUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Remark>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut remark: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                input.apply(&mut reader, &mut remark);
                edit::keep(tx, remark.visibility, remark, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Deletes a remark (xóa). Needs EDITOR; on a public program, PUBLISHER.
    async fn remark_delete(&self, ctx: &Context<'_>, input: RemarkDeleteInput) -> Option<Result<RemarkDeletePayload>> {
        Some(delete::<Record>(ctx, "remarkDelete", input).await.map(Into::into))
    }
}

/// A new remark.
#[derive(Clone, Debug, InputObject)]
pub struct RemarkCreateInput {
    /// The program that it is about.
    pub program: ID,
    /// What it is about.
    pub kind: RemarkKind,
    /// The remark, in your own words.
    pub text: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: RemarkDetails,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a remark. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct RemarkUpdateInput {
    /// The remark.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// What it is about.
    pub kind: Option<RemarkKind>,
    /// The remark, in your own words.
    pub text: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: RemarkDetails,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<RemarkField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a remark.
#[derive(Clone, Debug, Default, InputObject)]
pub struct RemarkDetails {
    /// Its place in the text, from 1; a new one comes after all others when nothing is said.
    pub order: Option<i32>,
    /// The event where it was made.
    pub event: Option<ID>,
    /// False when the source says that there are such things but not which. True when nothing is said.
    pub specified: Option<bool>,
}

/// A field of a remark that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum RemarkField {
    /// The event where it was made.
    Event,
}

impl RemarkUpdateInput {
    fn apply(&self, reader: &mut Reader, remark: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                RemarkField::Event => remark.event = None,
            }
        }
        if let Some(kind) = self.kind {
            remark.kind = kind.into();
        }
        if let Some(text) = &self.text {
            remark.text = reader.text("text", text);
        }
        self.details.apply(reader, remark);
    }
}

impl RemarkDetails {
    fn apply(&self, reader: &mut Reader, remark: &mut Record) {
        if let Some(order) = self.order {
            remark.order = order;
        }
        reader.put_id("event", &mut remark.event, self.event.as_ref());
        if let Some(specified) = self.specified {
            remark.specified = specified;
        }
    }
}
