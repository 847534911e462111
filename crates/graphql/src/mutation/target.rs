//! Targets: what a program means to reach.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::actor::Action;
use domain::{Id, Target as Record, Visibility};
use futures_util::FutureExt;
use persistence::edit;

use super::input::{PeriodInput, QuantityInput, Reader, add, beneath, steps, take};
use super::perform::{Order, delete, deletions, payloads, perform};
use crate::error::Result;
use crate::target::Target;

payloads! {
    Target as target;
    /// What came of `targetCreate`.
    TargetCreatePayload,
    /// What came of `targetUpdate`.
    TargetUpdatePayload,
}

deletions! {
    /// What came of `targetDelete`.
    TargetDeletePayload,
}

steps! {
    /// A target that is to go.
    TargetDeleteInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct TargetMutation;

/// A part of what changes the graph.
#[Object]
impl TargetMutation {
    /// Adds a target (chỉ tiêu) to a program. Needs EDITOR; on a public program, PUBLISHER.
    async fn target_create(&self, ctx: &Context<'_>, input: TargetCreateInput) -> Option<Result<TargetCreatePayload>> {
        let order = Order::new("targetCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Target>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let (program, order) = beneath::<Record>(tx, &mut reader, &input.program, input.details.order).await?;
                let mut target = Record {
                    id: Id::generate(program.tenant),
                    program,
                    order,
                    indicator: input.indicator,
                    label: reader.text("label", &input.label),
                    quantity: reader.quantity("quantity", &input.quantity),
                    aspirational: false,
                    scope: None,
                    period: None,
                    visibility: Visibility::Draft,
                    version: 0,
                };
                input.details.apply(&mut reader, &mut target);
                add(tx, target, reader).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a target (sửa). Needs EDITOR; on a public program, PUBLISHER.
    async fn target_update(&self, ctx: &Context<'_>, input: TargetUpdateInput) -> Option<Result<TargetUpdatePayload>> {
        let order = Order::new("targetUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Target>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut target: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                input.apply(&mut reader, &mut target);
                edit::keep(tx, target.visibility, target, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Deletes a target (xóa). Needs EDITOR; on a public program, PUBLISHER.
    async fn target_delete(&self, ctx: &Context<'_>, input: TargetDeleteInput) -> Option<Result<TargetDeletePayload>> {
        Some(delete::<Record>(ctx, "targetDelete", input).await.map(Into::into))
    }
}

/// A new target.
#[derive(Clone, Debug, InputObject)]
pub struct TargetCreateInput {
    /// The program that means to reach it.
    pub program: ID,
    /// Code of the indicator on which it is measured.
    pub indicator: String,
    /// The target, in your own words.
    pub label: String,
    /// The figure; `AT_LEAST 60`.
    pub quantity: QuantityInput,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: TargetDetails,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a target. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct TargetUpdateInput {
    /// The target.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Code of the indicator on which it is measured.
    pub indicator: Option<String>,
    /// The target, in your own words.
    pub label: Option<String>,
    /// The figure; `AT_LEAST 60`.
    pub quantity: Option<QuantityInput>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: TargetDetails,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<TargetField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a target.
#[derive(Clone, Debug, Default, InputObject)]
pub struct TargetDetails {
    /// Its place in the text, from 1; a new one comes after all others when nothing is said.
    pub order: Option<i32>,
    /// Whether the source calls it an aspiration (phấn đấu) rather than an obligation.
    pub aspirational: Option<bool>,
    /// What the figure is a share or a count of.
    pub scope: Option<String>,
    /// When it is to be reached; may lie partly outside the program's period.
    pub period: Option<PeriodInput>,
}

/// A field of a target that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum TargetField {
    /// What the figure is a share or a count of.
    Scope,
    /// When it is to be reached.
    Period,
}

impl TargetUpdateInput {
    fn apply(&self, reader: &mut Reader, target: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                TargetField::Scope => target.scope = None,
                TargetField::Period => target.period = None,
            }
        }
        if let Some(indicator) = &self.indicator {
            target.indicator.clone_from(indicator);
        }
        if let Some(label) = &self.label {
            target.label = reader.text("label", label);
        }
        if let Some(quantity) = &self.quantity {
            target.quantity = reader.quantity("quantity", quantity);
        }
        self.details.apply(reader, target);
    }
}

impl TargetDetails {
    fn apply(&self, reader: &mut Reader, target: &mut Record) {
        if let Some(order) = self.order {
            target.order = order;
        }
        if let Some(aspirational) = self.aspirational {
            target.aspirational = aspirational;
        }
        reader.put_text("scope", &mut target.scope, self.scope.as_ref());
        reader.put_period("period", &mut target.period, self.period.as_ref());
    }
}
