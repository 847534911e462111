//! The catalogs that the whole state shares, which the center keeps. An entry has a code that never changes, and is never
//! removed, since records lead to it.

mod indicator;
mod reorganization;
mod sector;

use async_graphql::{Context, InputObject, Object};
use domain::actor::Action;
use futures_util::FutureExt;
use persistence::catalogue;

use super::input::Reader;
use super::perform::{Order, payloads, perform};
use crate::catalogue::{Topic, Unit};
use crate::error::Result;

pub(super) use indicator::IndicatorMutation;
pub(super) use reorganization::ReorganizationMutation;
pub(super) use sector::SectorMutation;

payloads! {
    Topic as topic;
    /// What came of `topicCreate`.
    TopicCreatePayload,
    /// What came of `topicUpdate`.
    TopicUpdatePayload,
}

payloads! {
    Unit as unit;
    /// What came of `unitCreate`.
    UnitCreatePayload,
    /// What came of `unitUpdate`.
    UnitUpdatePayload,
}

/// The inputs of catalogs whose entries are names alone.
macro_rules! named_inputs {
    ($($(#[$doc:meta])* $create:ident, $(#[$update_doc:meta])* $update:ident;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, InputObject)]
            pub struct $create {
                /// Its code, for good: `DOMESTIC_VIOLENCE`.
                pub code: String,
                /// Vietnamese name.
                pub name: String,
                /// English name.
                pub name_en: String,
                /// Words of sources that mean it.
                pub variants: Option<Vec<String>>,
                /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
                pub idempotency_key: Option<String>,
            }

            $(#[$update_doc])*
            #[derive(Clone, Debug, InputObject)]
            pub struct $update {
                /// The code of the entry.
                pub code: String,
                /// The version that was read; another one by now means that somebody else was faster.
                pub version: i32,
                /// Vietnamese name.
                pub name: Option<String>,
                /// English name.
                pub name_en: Option<String>,
                /// Words of sources that mean it; those that are given take the place of those that are there.
                pub variants: Option<Vec<String>>,
                /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
                pub idempotency_key: Option<String>,
            }

            impl $update {
                fn apply(&self, reader: &mut Reader, (name, name_en, variants): Names<'_>) {
                    replace(reader, ("name", name), self.name.as_ref());
                    replace(reader, ("nameEn", name_en), self.name_en.as_ref());
                    if let Some(texts) = &self.variants {
                        *variants = reader.texts("variants", texts);
                    }
                }
            }
        )+
    };
}

/// The names of an entry: Vietnamese, English, and words that mean it.
type Names<'a> = (&'a mut String, &'a mut String, &'a mut Vec<String>);

named_inputs! {
    /// A new topic.
    TopicCreateInput,
    /// What is to change in a topic. What is left out or null stays as it is.
    TopicUpdateInput;
    /// A new unit of measure.
    UnitCreateInput,
    /// What is to change in a unit of measure. What is left out or null stays as it is.
    UnitUpdateInput;
}

/// A text that is never absent, if another one is given.
fn replace(reader: &mut Reader, (field, slot): (&str, &mut String), text: Option<&String>) {
    if let Some(text) = text {
        *slot = reader.text(field, text);
    }
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct CatalogueMutation;

/// A part of what changes the graph.
#[Object]
impl CatalogueMutation {
    /// Adds a topic (lĩnh vực nội dung) to the catalog. Needs ADMIN at the center.
    async fn topic_create(&self, ctx: &Context<'_>, input: TopicCreateInput) -> Option<Result<TopicCreatePayload>> {
        let order = Order::new("topicCreate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Topic>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let topic = domain::Topic {
                    code: reader.text("code", &input.code),
                    name_vi: reader.text("name", &input.name),
                    name_en: reader.text("nameEn", &input.name_en),
                    variants: reader.texts("variants", &input.variants.unwrap_or_default()),
                    version: 0,
                };
                catalogue::add(tx, topic, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a topic (sửa). Needs ADMIN at the center.
    async fn topic_update(&self, ctx: &Context<'_>, input: TopicUpdateInput) -> Option<Result<TopicUpdatePayload>> {
        let order = Order::new("topicUpdate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Topic>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let before: domain::Topic = catalogue::take(tx, &input.code, input.version).await?;
                let mut topic = before.clone();
                input.apply(&mut reader, (&mut topic.name_vi, &mut topic.name_en, &mut topic.variants));
                catalogue::keep(tx, &before, topic, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Adds a unit of measure (đơn vị tính) to the catalog. Needs ADMIN at the center.
    async fn unit_create(&self, ctx: &Context<'_>, input: UnitCreateInput) -> Option<Result<UnitCreatePayload>> {
        let order = Order::new("unitCreate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Unit>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let unit = domain::Unit {
                    code: reader.text("code", &input.code),
                    name_vi: reader.text("name", &input.name),
                    name_en: reader.text("nameEn", &input.name_en),
                    variants: reader.texts("variants", &input.variants.unwrap_or_default()),
                    version: 0,
                };
                catalogue::add(tx, unit, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a unit of measure (sửa). Needs ADMIN at the center.
    async fn unit_update(&self, ctx: &Context<'_>, input: UnitUpdateInput) -> Option<Result<UnitUpdatePayload>> {
        let order = Order::new("unitUpdate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Unit>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let before: domain::Unit = catalogue::take(tx, &input.code, input.version).await?;
                let mut unit = before.clone();
                input.apply(&mut reader, (&mut unit.name_vi, &mut unit.name_en, &mut unit.variants));
                catalogue::keep(tx, &before, unit, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }
}
