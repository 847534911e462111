//! Indicators: what is measured, in which unit, and how figures combine.

use async_graphql::{Context, InputObject, Object};
use domain::Indicator as Record;
use domain::actor::Action;
use futures_util::FutureExt;
use persistence::catalogue;

use super::replace;
use crate::catalogue::Indicator;
use crate::enums::{Aggregation, IndicatorDirection, IndicatorKind};
use crate::error::Result;
use crate::mutation::input::Reader;
use crate::mutation::perform::{Order, payloads, perform};

payloads! {
    Indicator as indicator;
    /// What came of `indicatorCreate`.
    IndicatorCreatePayload,
    /// What came of `indicatorUpdate`.
    IndicatorUpdatePayload,
}

/// A part of [`crate::mutation::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct IndicatorMutation;

/// A part of what changes the graph.
#[Object]
impl IndicatorMutation {
    /// Adds an indicator (chỉ tiêu) to the catalog. Needs ADMIN at the center.
    async fn indicator_create(
        &self,
        ctx: &Context<'_>,
        input: IndicatorCreateInput,
    ) -> Option<Result<IndicatorCreatePayload>> {
        let order = Order::new("indicatorCreate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Indicator>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let indicator = Record {
                    code: reader.text("code", &input.code),
                    label_vi: reader.text("label", &input.label),
                    label_en: reader.text("labelEn", &input.label_en),
                    unit: input.unit,
                    kind: input.kind.into(),
                    aggregation: input.aggregation.into(),
                    direction: input.direction.into(),
                    version: 0,
                };
                catalogue::add(tx, indicator, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes an indicator (sửa). Its unit and kind stay: figures stand under it. Needs ADMIN at the center.
    async fn indicator_update(
        &self,
        ctx: &Context<'_>,
        input: IndicatorUpdateInput,
    ) -> Option<Result<IndicatorUpdatePayload>> {
        let order = Order::new("indicatorUpdate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Indicator>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let before: Record = catalogue::take(tx, &input.code, input.version).await?;
                let indicator = input.apply(&mut reader, before.clone());
                catalogue::keep(tx, &before, indicator, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }
}

/// A new indicator.
#[derive(Clone, Debug, InputObject)]
pub struct IndicatorCreateInput {
    /// Its code, for good: `TRAINING_CLASSES`.
    pub code: String,
    /// Vietnamese label.
    pub label: String,
    /// English label.
    pub label_en: String,
    /// The code of its unit, for good; none for QUALITATIVE.
    pub unit: Option<String>,
    /// Flow, stock, ratio or words, for good.
    pub kind: IndicatorKind,
    /// How figures combine; only FLOW adds up.
    pub aggregation: Aggregation,
    /// Which way is better.
    pub direction: IndicatorDirection,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in an indicator. What is left out or null stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct IndicatorUpdateInput {
    /// The code of the entry.
    pub code: String,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Vietnamese label.
    pub label: Option<String>,
    /// English label.
    pub label_en: Option<String>,
    /// How figures combine; only FLOW adds up.
    pub aggregation: Option<Aggregation>,
    /// Which way is better.
    pub direction: Option<IndicatorDirection>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

impl IndicatorUpdateInput {
    fn apply(&self, reader: &mut Reader, mut indicator: Record) -> Record {
        replace(reader, ("label", &mut indicator.label_vi), self.label.as_ref());
        replace(reader, ("labelEn", &mut indicator.label_en), self.label_en.as_ref());
        if let Some(aggregation) = self.aggregation {
            indicator.aggregation = aggregation.into();
        }
        if let Some(direction) = self.direction {
            indicator.direction = direction.into();
        }
        indicator
    }
}
