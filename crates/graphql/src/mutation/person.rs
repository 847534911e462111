//! People, with the positions they hold. Nothing here merges two of them.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::actor::Action;
use domain::{Id, Person as Record, Position, Visibility};
use futures_util::FutureExt;
use persistence::edit::{self, Parts};
use persistence::{StoreError, Tx};

use super::input::{Reader, steps, take};
use super::list::{check, each, store};
use super::perform::{Order, delete, deletions, payloads, perform, show, shows};
use crate::error::Result;
use crate::person::Person;
use crate::scalar::PartialDate;

payloads! {
    Person as person;
    /// What came of `personCreate`.
    PersonCreatePayload,
    /// What came of `personUpdate`.
    PersonUpdatePayload,
    /// What came of `personPublish`.
    PersonPublishPayload,
    /// What came of `personWithdraw`.
    PersonWithdrawPayload,
}

deletions! {
    /// What came of `personDelete`.
    PersonDeletePayload,
}

steps! {
    /// The person that is taken back.
    PersonWithdrawInput,
    /// The person that goes.
    PersonDeleteInput,
}

shows! {
    /// Who may see a person from now on.
    PersonPublishInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct PersonMutation;

/// A part of what changes the graph.
#[Object]
impl PersonMutation {
    /// Records a person (cá nhân), as a draft that only the tenant's staff sees. Needs EDITOR.
    async fn person_create(&self, ctx: &Context<'_>, input: PersonCreateInput) -> Option<Result<PersonCreatePayload>> {
        let order = Order::new("personCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Person>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let person = input.read(&mut reader);
                let positions = positions(tx, &mut reader, person.id, input.positions.as_deref()).await?;
                check(tx, &mut reader, &positions).await?;
                let person = edit::create(tx, person, reader.faults).await?;
                store(tx, &person, positions).await?;
                Ok(person)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a person, and the positions held (sửa). Needs EDITOR; of a public one, PUBLISHER.
    async fn person_update(&self, ctx: &Context<'_>, input: PersonUpdateInput) -> Option<Result<PersonUpdatePayload>> {
        let order = Order::new("personUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Person>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut person: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                let before = person.visibility;
                input.apply(&mut reader, &mut person);
                let positions = positions(tx, &mut reader, person.id, input.positions.as_deref()).await?;
                check(tx, &mut reader, &positions).await?;
                let person = edit::keep(tx, before, person, reader.faults).await?;
                store(tx, &person, positions).await?;
                Ok(person)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Shows a person, and all that belongs to it, to more or fewer than now (công bố). Needs PUBLISHER.
    async fn person_publish(
        &self,
        ctx: &Context<'_>,
        input: PersonPublishInput,
    ) -> Option<Result<PersonPublishPayload>> {
        let to = input.to();
        Some(show::<Person>(ctx, "personPublish", input, to).await.map(Into::into))
    }

    /// Takes a person back, with all that belongs to it: only its tenant's staff sees it then (thu hồi). Needs PUBLISHER.
    async fn person_withdraw(
        &self,
        ctx: &Context<'_>,
        input: PersonWithdrawInput,
    ) -> Option<Result<PersonWithdrawPayload>> {
        Some(show::<Person>(ctx, "personWithdraw", input, Visibility::Draft).await.map(Into::into))
    }

    /// Deletes a person with the positions held, as long as nothing refers to the person (xóa). Needs EDITOR; of a public
    /// one, PUBLISHER.
    async fn person_delete(&self, ctx: &Context<'_>, input: PersonDeleteInput) -> Option<Result<PersonDeletePayload>> {
        Some(delete::<Record>(ctx, "personDelete", input).await.map(Into::into))
    }
}

/// A new person, who begins as a draft that only the tenant's staff sees. Namesakes are other people.
#[derive(Clone, Debug, InputObject)]
pub struct PersonCreateInput {
    /// The province (or the center) that the person is recorded for.
    pub tenant: ID,
    /// Name as printed.
    pub name: String,
    /// What else is known of the person.
    #[graphql(flatten)]
    pub details: PersonDetails,
    /// Positions held, in printed order.
    pub positions: Option<Vec<PositionInput>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a person. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct PersonUpdateInput {
    /// The person.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Name as printed.
    pub name: Option<String>,
    /// What else is known of the person.
    #[graphql(flatten)]
    pub details: PersonDetails,
    /// Positions held, in printed order, in place of the stored list.
    pub positions: Option<Vec<PositionInput>>,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<PersonField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a person.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PersonDetails {
    /// Other spellings of the same person's name (Thủy, Thuỷ).
    pub variants: Option<Vec<String>>,
    /// `Bà`, `Ông`, `Đồng chí` where a source prints one that tells something.
    pub honorific: Option<String>,
    /// What keeps this person apart from namesakes.
    pub note: Option<String>,
}

/// A field of a person that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum PersonField {
    /// The honorific.
    Honorific,
    /// What keeps this person apart from namesakes.
    Note,
}

/// A post that a person holds (chức vụ). A rank such as Đại tá is not a position.
#[derive(Clone, Debug, InputObject)]
pub struct PositionInput {
    /// The position as it is stored, to keep or change it; left out for a new one.
    pub id: Option<ID>,
    /// Where, when the agency is known; it may belong to another tenant.
    pub agency: Option<ID>,
    /// Title as printed.
    pub title: String,
    /// Held from.
    pub from: Option<PartialDate>,
    /// Held until.
    pub to: Option<PartialDate>,
}

impl PersonCreateInput {
    fn read(&self, reader: &mut Reader) -> Record {
        let tenant = reader.tenant("tenant", &self.tenant);
        let mut person = Record {
            id: Id::generate(tenant),
            name: reader.text("name", &self.name),
            variants: Vec::new(),
            honorific: None,
            note: None,
            visibility: Visibility::Draft,
            version: 0,
        };
        self.details.apply(reader, &mut person);
        person
    }
}

impl PersonUpdateInput {
    fn apply(&self, reader: &mut Reader, person: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                PersonField::Honorific => person.honorific = None,
                PersonField::Note => person.note = None,
            }
        }
        if let Some(name) = &self.name {
            person.name = reader.text("name", name);
        }
        self.details.apply(reader, person);
    }
}

impl PersonDetails {
    fn apply(&self, reader: &mut Reader, person: &mut Record) {
        if let Some(variants) = &self.variants {
            person.variants = reader.texts("variants", variants);
        }
        reader.put_text("honorific", &mut person.honorific, self.honorific.as_ref());
        reader.put_text("note", &mut person.note, self.note.as_ref());
    }
}

async fn positions(
    tx: &Tx,
    reader: &mut Reader,
    person: Id<Record>,
    items: Option<&[PositionInput]>,
) -> std::result::Result<Option<Parts<Position>>, StoreError> {
    let Some(items) = items else { return Ok(None) };
    let stored: Vec<Position> = edit::parts(tx, ("person_id", person), None).await?;
    let wanted = each(reader, "positions", items, |reader, item, order| {
        let mut position = Position {
            id: reader.part(person.tenant, &stored, item.id.as_ref()),
            person,
            agency: None,
            title: reader.text("title", &item.title),
            order,
            from: item.from.as_ref().map(|date| date.0.clone()),
            to: item.to.as_ref().map(|date| date.0.clone()),
            visibility: Visibility::Draft,
            version: 0,
        };
        reader.put_id("agency", &mut position.agency, item.agency.as_ref());
        position
    });
    Ok(Some(Parts { path: vec!["positions".to_owned()], stored, wanted }))
}
