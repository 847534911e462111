//! Awards, and who gives, hands over and receives them.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::actor::Action;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Award as Record, Id, Involvement, Visibility};
use futures_util::FutureExt;
use persistence::edit::{self, Parts};
use persistence::{StoreError, Tx};

use super::input::{PartyInput, Reader, add, beneath, steps, take};
use super::list::{check, party_list, store};
use super::perform::{Order, delete, deletions, payloads, perform};
use crate::award::Award;
use crate::error::Result;

payloads! {
    Award as award;
    /// What came of `awardCreate`.
    AwardCreatePayload,
    /// What came of `awardUpdate`.
    AwardUpdatePayload,
}

deletions! {
    /// What came of `awardDelete`.
    AwardDeletePayload,
}

steps! {
    /// An award that is to go.
    AwardDeleteInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct AwardMutation;

/// A part of what changes the graph.
#[Object]
impl AwardMutation {
    /// Adds an award, or a batch of them (khen thưởng), to a program. Needs EDITOR; on a public program, PUBLISHER.
    async fn award_create(&self, ctx: &Context<'_>, input: AwardCreateInput) -> Option<Result<AwardCreatePayload>> {
        let order = Order::new("awardCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Award>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let (program, order) = beneath::<Record>(tx, &mut reader, &input.program, input.details.order).await?;
                let mut award = Record {
                    id: Id::generate(program.tenant),
                    program,
                    event: None,
                    order,
                    kind: reader.text("kind", &input.kind),
                    collectives: None,
                    individuals: None,
                    mixed_total: None,
                    reason: None,
                    overlap_unknown: false,
                    note: None,
                    visibility: Visibility::Draft,
                    version: 0,
                };
                input.details.apply(&mut reader, &mut award);
                let parties = input.parties.read(tx, &mut reader, award.id).await?;
                let award = add(tx, award, reader).await?;
                store(tx, &award, parties).await?;
                Ok(award)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes an award, and its parties (sửa). Needs EDITOR; on a public program, PUBLISHER.
    async fn award_update(&self, ctx: &Context<'_>, input: AwardUpdateInput) -> Option<Result<AwardUpdatePayload>> {
        let order = Order::new("awardUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Award>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut award: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                input.apply(&mut reader, &mut award);
                let parties = input.parties.read(tx, &mut reader, award.id).await?;
                let award = edit::keep(tx, award.visibility, award, reader.faults).await?;
                store(tx, &award, parties).await?;
                Ok(award)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Deletes an award with its parties (xóa). Needs EDITOR; on a public program, PUBLISHER.
    async fn award_delete(&self, ctx: &Context<'_>, input: AwardDeleteInput) -> Option<Result<AwardDeletePayload>> {
        Some(delete::<Record>(ctx, "awardDelete", input).await.map(Into::into))
    }
}

/// A new award or batch of awards.
#[derive(Clone, Debug, InputObject)]
pub struct AwardCreateInput {
    /// The program that it was given for.
    pub program: ID,
    /// `Bằng khen`, `Giấy khen`, … as printed.
    pub kind: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: AwardDetails,
    /// Its parties.
    #[graphql(flatten)]
    pub parties: AwardParties,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in an award. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct AwardUpdateInput {
    /// The award.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// `Bằng khen`, `Giấy khen`, … as printed.
    pub kind: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: AwardDetails,
    /// Its parties.
    #[graphql(flatten)]
    pub parties: AwardParties,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<AwardField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of an award. A count that is left out was not stated; 0 means none.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AwardDetails {
    /// Its place in the text, from 1; a new one comes after all others when nothing is said.
    pub order: Option<i32>,
    /// The event where it was given.
    pub event: Option<ID>,
    /// How many collectives received it (tập thể).
    pub collectives: Option<i32>,
    /// How many individuals received it (cá nhân).
    pub individuals: Option<i32>,
    /// A total that mixes both.
    pub mixed_total: Option<i32>,
    /// What for.
    pub reason: Option<String>,
    /// Whether its recipients may be counted by another award of the same event too.
    pub overlap_unknown: Option<bool>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// The parties of an award. A list that is left out stays as it is; one that is given takes the stored one's place.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AwardParties {
    /// Who gives it (tặng).
    pub givers: Option<Vec<PartyInput>>,
    /// Who hands it over for the giver (trao).
    pub presenters: Option<Vec<PartyInput>>,
    /// Who receives it, as far as named.
    pub recipients: Option<Vec<PartyInput>>,
}

/// A field of an award that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum AwardField {
    /// The event where it was given.
    Event,
    /// How many collectives.
    Collectives,
    /// How many individuals.
    Individuals,
    /// The total that mixes both.
    MixedTotal,
    /// What for.
    Reason,
    /// The remarks.
    Note,
}

impl AwardUpdateInput {
    fn apply(&self, reader: &mut Reader, award: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                AwardField::Event => award.event = None,
                AwardField::Collectives => award.collectives = None,
                AwardField::Individuals => award.individuals = None,
                AwardField::MixedTotal => award.mixed_total = None,
                AwardField::Reason => award.reason = None,
                AwardField::Note => award.note = None,
            }
        }
        if let Some(kind) = &self.kind {
            award.kind = reader.text("kind", kind);
        }
        self.details.apply(reader, award);
    }
}

impl AwardDetails {
    fn apply(&self, reader: &mut Reader, award: &mut Record) {
        if let Some(order) = self.order {
            award.order = order;
        }
        reader.put_id("event", &mut award.event, self.event.as_ref());
        award.collectives = self.collectives.or(award.collectives);
        award.individuals = self.individuals.or(award.individuals);
        award.mixed_total = self.mixed_total.or(award.mixed_total);
        reader.put_text("reason", &mut award.reason, self.reason.as_ref());
        if let Some(unknown) = self.overlap_unknown {
            award.overlap_unknown = unknown;
        }
        reader.put_text("note", &mut award.note, self.note.as_ref());
    }
}

impl AwardParties {
    async fn read(
        &self,
        tx: &Tx,
        reader: &mut Reader,
        award: Id<Record>,
    ) -> std::result::Result<Vec<Parts<Involvement>>, StoreError> {
        let mut all = Vec::new();
        for (field, items, kind) in [
            ("givers", &self.givers, InvolvementKind::Giver),
            ("presenters", &self.presenters, InvolvementKind::Presenter),
            ("recipients", &self.recipients, InvolvementKind::Recipient),
        ] {
            let parties = party_list(tx, reader, field, (Subject::Award(award), kind), items.as_deref()).await?;
            check(tx, reader, &parties).await?;
            all.extend(parties);
        }
        Ok(all)
    }
}
