//! The inputs of events, and the lists that belong to them.

use async_graphql::{Enum, ID, InputObject};
use domain::involvement::{InvolvementKind, Subject};
use domain::{Citation, Event, EventProgram, Id, Involvement, Visibility};
use persistence::edit::{self, Edited, Parts};
use persistence::{StoreError, Tx};

use crate::enums::{EventKind, EventMode, TimeOfDay};
use crate::mutation::input::{DateInput, PartyInput, Reader};
use crate::mutation::list::{check, joined, party_list, store};
use crate::mutation::program::{CitationInput, citations};

/// A new event, which begins as a draft that only its tenant's staff sees.
#[derive(Clone, Debug, InputObject)]
pub struct EventCreateInput {
    /// The province (or the center) that it is recorded for.
    pub tenant: ID,
    /// Kind: what took place; sơ kết and tổng kết are used loosely.
    pub kind: EventKind,
    /// Name; where the source prints none, describe it and say so in `nameInferred`.
    pub name: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: EventDetails,
    /// Its lists.
    #[graphql(flatten)]
    pub lists: EventLists,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in an event. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct EventUpdateInput {
    /// The event.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Kind: what took place; sơ kết and tổng kết are used loosely.
    pub kind: Option<EventKind>,
    /// Name; where the source prints none, describe it and say so in `nameInferred`.
    pub name: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: EventDetails,
    /// Its lists.
    #[graphql(flatten)]
    pub lists: EventLists,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<EventField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of an event.
#[derive(Clone, Debug, Default, InputObject)]
pub struct EventDetails {
    /// Why the name is ours, where the source prints none.
    pub name_inferred: Option<String>,
    /// When.
    pub date: Option<DateInput>,
    /// Part of the day.
    pub time_of_day: Option<TimeOfDay>,
    /// Where, in words.
    pub place: Option<String>,
    /// How people met.
    pub mode: Option<EventMode>,
    /// How many remote points (điểm cầu) took part; left out when the source does not say.
    pub remote_point_count: Option<i32>,
    /// What the remote points were.
    pub remote_points: Option<String>,
    /// Items of the agenda, in your own words.
    pub agenda: Option<Vec<String>>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// The lists of an event. One that is left out stays as it is; one that is given takes the stored one's place.
#[derive(Clone, Debug, Default, InputObject)]
pub struct EventLists {
    /// Ids of the programs it deals with, in order; they may belong to other tenants.
    pub programs: Option<Vec<ID>>,
    /// Who was there and as what, in printed order; each has roles.
    pub attendances: Option<Vec<PartyInput>>,
    /// Documents announced or studied there.
    pub citations: Option<Vec<CitationInput>>,
}

/// A field of an event that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum EventField {
    /// Why the name is ours: the source prints it.
    NameInferred,
    /// When.
    Date,
    /// The part of the day.
    TimeOfDay,
    /// Where.
    Place,
    /// How people met.
    Mode,
    /// How many remote points took part.
    RemotePointCount,
    /// What the remote points were.
    RemotePoints,
    /// The remarks.
    Note,
}

impl EventCreateInput {
    /// The event, as far as it is no list.
    pub(super) fn read(&self, reader: &mut Reader) -> Event {
        let tenant = reader.tenant("tenant", &self.tenant);
        let mut event = Event {
            id: Id::generate(tenant),
            kind: self.kind.into(),
            name: reader.text("name", &self.name),
            name_inferred: None,
            date: None,
            time_of_day: None,
            place: None,
            mode: None,
            remote_point_count: None,
            remote_points: None,
            agenda: Vec::new(),
            note: None,
            visibility: Visibility::Draft,
            version: 0,
        };
        self.details.apply(reader, &mut event);
        event
    }
}

impl EventUpdateInput {
    /// Changes the event.
    pub(super) fn apply(&self, reader: &mut Reader, event: &mut Event) {
        for field in self.clear.iter().flatten() {
            match field {
                EventField::NameInferred => event.name_inferred = None,
                EventField::Date => event.date = None,
                EventField::TimeOfDay => event.time_of_day = None,
                EventField::Place => event.place = None,
                EventField::Mode => event.mode = None,
                EventField::RemotePointCount => event.remote_point_count = None,
                EventField::RemotePoints => event.remote_points = None,
                EventField::Note => event.note = None,
            }
        }
        if let Some(kind) = self.kind {
            event.kind = kind.into();
        }
        if let Some(name) = &self.name {
            event.name = reader.text("name", name);
        }
        self.details.apply(reader, event);
    }
}

impl EventDetails {
    /// Puts what is given into the event.
    fn apply(&self, reader: &mut Reader, event: &mut Event) {
        reader.put_text("nameInferred", &mut event.name_inferred, self.name_inferred.as_ref());
        if let Some(date) = &self.date {
            event.date = Some(date.dated(reader, "date"));
        }
        if let Some(time) = self.time_of_day {
            event.time_of_day = Some(time.into());
        }
        reader.put_text("place", &mut event.place, self.place.as_ref());
        if let Some(mode) = self.mode {
            event.mode = Some(mode.into());
        }
        if self.remote_point_count.is_some() {
            event.remote_point_count = self.remote_point_count;
        }
        reader.put_text("remotePoints", &mut event.remote_points, self.remote_points.as_ref());
        if let Some(agenda) = &self.agenda {
            event.agenda = reader.texts("agenda", agenda);
        }
        reader.put_text("note", &mut event.note, self.note.as_ref());
    }
}

/// The lists as they are to be stored.
#[derive(Debug, Default)]
pub(super) struct EventParts {
    programs: Option<Parts<EventProgram>>,
    attendances: Option<Parts<Involvement>>,
    citations: Option<Parts<Citation>>,
}

impl EventLists {
    /// Reads the lists for an event that is stored, or is about to be, with everything that is wrong with them.
    pub(super) async fn read(&self, tx: &Tx, reader: &mut Reader, event: Id<Event>) -> Result<EventParts, StoreError> {
        let mut all = EventParts::default();
        let (owner, of) = (event.tenant, ("event_id", event));
        if let Some(ids) = &self.programs {
            let stored: Vec<EventProgram> = edit::parts(tx, of, None).await?;
            let make = |id, program, order| EventProgram { id, event, program, order, visibility: Visibility::Draft };
            let wanted = joined(reader, "programs", ids, (owner, &stored), |one| one.program, make);
            all.programs = Some(Parts { path: vec!["programs".to_owned()], stored, wanted });
        }
        check(tx, reader, &all.programs).await?;
        let attendance = (Subject::Event(event), InvolvementKind::Attendance);
        all.attendances = party_list(tx, reader, "attendances", attendance, self.attendances.as_deref()).await?;
        check(tx, reader, &all.attendances).await?;
        if let Some(items) = &self.citations {
            let stored: Vec<Citation> = edit::parts(tx, of, None).await?;
            let wanted = citations(reader, (owner, None, Some(event)), &stored, items);
            all.citations = Some(Parts { path: vec!["citations".to_owned()], stored, wanted });
        }
        check(tx, reader, &all.citations).await?;
        Ok(all)
    }
}

impl EventParts {
    /// Stores the lists.
    pub(super) async fn store(self, tx: &Tx, event: &Event) -> Edited<()> {
        store(tx, event, self.programs).await?;
        store(tx, event, self.attendances).await?;
        store(tx, event, self.citations).await
    }
}
