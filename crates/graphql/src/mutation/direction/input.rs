//! The inputs of directions.

use async_graphql::{Enum, ID, InputObject};
use domain::involvement::{InvolvementKind, Subject};
use domain::{Direction, Id, Involvement, Obligation, Visibility};
use persistence::edit::{self, Edited, Parts};
use persistence::{StoreError, Tx};

use crate::enums::ObligationKind;
use crate::mutation::input::{PartyInput, PeriodInput, Reader};
use crate::mutation::list::{check, party_list, store};
use crate::scalar::PartialDate;

/// A new direction.
#[derive(Clone, Debug, InputObject)]
pub struct DirectionCreateInput {
    /// The program that it is about.
    pub program: ID,
    /// What is to be done, in your own words.
    pub text: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: DirectionDetails,
    /// Its parts.
    #[graphql(flatten)]
    pub parts: DirectionPartsInput,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a direction. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct DirectionUpdateInput {
    /// The direction.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// What is to be done, in your own words.
    pub text: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: DirectionDetails,
    /// Its parts.
    #[graphql(flatten)]
    pub parts: DirectionPartsInput,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<DirectionField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a direction.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DirectionDetails {
    /// Its place in the text, from 1; a new one comes after all others when nothing is said.
    pub order: Option<i32>,
    /// The event where it was given.
    pub event: Option<ID>,
    /// For which time.
    pub period: Option<PeriodInput>,
}

/// The parties of a direction and the obligation that it opens. A list that is left out stays as it is; one that is given
/// takes the stored one's place.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DirectionPartsInput {
    /// Who directs (chỉ đạo).
    pub actors: Option<Vec<PartyInput>>,
    /// Who is to act (thực hiện).
    pub addressees: Option<Vec<PartyInput>>,
    /// Who acts with them (phối hợp).
    pub partners: Option<Vec<PartyInput>>,
    /// The obligation that it opens. Given, it takes the place of what the stored one says; what fulfilled that stays.
    pub obligation: Option<ObligationInput>,
}

/// The obligation that a direction opens (nghĩa vụ phát sinh từ chỉ đạo).
#[derive(Clone, Debug, InputObject)]
pub struct ObligationInput {
    /// What it asks for.
    pub kind: ObligationKind,
    /// Due when; left out when not stated.
    pub due: Option<PartialDate>,
}

/// A field of a direction that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum DirectionField {
    /// The event where it was given.
    Event,
    /// For which time.
    Period,
    /// The obligations that it opens, fulfilled ones included.
    Obligation,
}

/// What fulfilled an obligation.
#[derive(Clone, Debug, InputObject)]
pub struct ObligationFulfillInput {
    /// The obligation.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// The program that fulfilled it; it is signed, and may belong to another tenant.
    pub program: ID,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

impl DirectionUpdateInput {
    /// Changes the direction; whether it opens no obligation from now on.
    pub(super) fn apply(&self, reader: &mut Reader, direction: &mut Direction) -> bool {
        let mut released = false;
        for field in self.clear.iter().flatten() {
            match field {
                DirectionField::Event => direction.event = None,
                DirectionField::Period => direction.period = None,
                DirectionField::Obligation => released = true,
            }
        }
        if let Some(text) = &self.text {
            direction.text = reader.text("text", text);
        }
        self.details.apply(reader, direction);
        released
    }
}

impl DirectionDetails {
    /// Puts what is given into the direction.
    pub(super) fn apply(&self, reader: &mut Reader, direction: &mut Direction) {
        if let Some(order) = self.order {
            direction.order = order;
        }
        reader.put_id("event", &mut direction.event, self.event.as_ref());
        reader.put_period("period", &mut direction.period, self.period.as_ref());
    }
}

/// The parts of a direction as they are to be stored.
#[derive(Debug)]
pub(super) struct DirectionParts {
    parties: Vec<Parts<Involvement>>,
    obligations: Option<Parts<Obligation>>,
}

impl DirectionPartsInput {
    /// Reads the parts for a direction that is stored, or is about to be. `released`: it opens none of the obligations
    /// that are stored.
    pub(super) async fn read(
        &self,
        tx: &Tx,
        reader: &mut Reader,
        direction: &Direction,
        released: bool,
    ) -> Result<DirectionParts, StoreError> {
        let mut all = DirectionParts { parties: Vec::new(), obligations: None };
        let subject = Subject::Direction(direction.id);
        for (field, items, kind) in [
            ("actors", &self.actors, InvolvementKind::Actor),
            ("addressees", &self.addressees, InvolvementKind::Addressee),
            ("partners", &self.partners, InvolvementKind::Partner),
        ] {
            let parties = party_list(tx, reader, field, (subject, kind), items.as_deref()).await?;
            check(tx, reader, &parties).await?;
            all.parties.extend(parties);
        }
        if self.obligation.is_none() && !released {
            return Ok(all);
        }
        let stored: Vec<Obligation> = edit::parts(tx, ("direction_id", direction.id), None).await?;
        let mut wanted = if released { Vec::new() } else { stored.clone() };
        if let Some(ObligationInput { kind, due }) = &self.obligation {
            let due = due.clone().map(|date| date.0);
            if let Some(first) = wanted.first_mut() {
                first.kind = (*kind).into();
                first.due = due;
            } else {
                wanted.push(Obligation {
                    id: Id::generate(direction.id.tenant),
                    direction: direction.id,
                    program: direction.program,
                    kind: (*kind).into(),
                    due,
                    fulfilled_by: None,
                    visibility: Visibility::Draft,
                    version: 0,
                });
            }
        }
        all.obligations = Some(Parts { path: vec!["obligation".to_owned()], stored, wanted });
        Ok(all)
    }
}

impl DirectionParts {
    /// Stores the parts.
    pub(super) async fn store(self, tx: &Tx, direction: &Direction) -> Edited<()> {
        store(tx, direction, self.parties).await?;
        store(tx, direction, self.obligations).await
    }
}
