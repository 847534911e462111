//! What the inputs of several mutations have in common, and how they become domain values: everything that is wrong is
//! gathered, and a stand-in takes its place until all of it is told.

use async_graphql::{ID, InputObject};
use domain::involvement::{InvolvementKind, Subject};
use domain::{Fault, Id, Involvement, Program, RecordKind, TenantId, Visibility, text};
use persistence::edit::{self, EditError, Editable, Edited};
use persistence::{StoreError, Tx};
use uuid::Uuid;

use crate::enums::{Basis, PartyRole, Qualifier};
use crate::global_id::GlobalId;
use crate::scalar::{Decimal, PartialDate};

/// Reads an input and gathers what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// What is wrong.
    pub faults: Vec<Fault>,
}

impl Reader {
    /// The key of a record of a noun that is edited.
    pub(super) fn id<R: Editable>(&mut self, field: &str, id: &ID) -> Id<R> {
        self.id_of(field, R::KIND, id)
    }

    /// The key of a record of a kind.
    pub(super) fn id_of<R>(&mut self, field: &str, kind: RecordKind, id: &ID) -> Id<R> {
        let found = GlobalId::parse(id).ok().and_then(|id| id.as_record(kind));
        found.unwrap_or_else(|| {
            self.faults.push(Fault::not_found(field));
            Id::generate(TenantId::NOWHERE)
        })
    }

    /// The key of a record of whichever kind, with the kind.
    pub(super) fn record(&mut self, field: &str, id: &ID) -> (RecordKind, TenantId, Uuid) {
        if let Ok(GlobalId::Record(kind, tenant, uuid)) = GlobalId::parse(id) {
            return (kind, tenant, uuid);
        }
        self.faults.push(Fault::not_found(field));
        (RecordKind::Program, TenantId::NOWHERE, Uuid::nil())
    }

    /// The key of a tenant.
    pub(super) fn tenant(&mut self, field: &str, id: &ID) -> TenantId {
        let found = GlobalId::parse(id).ok().and_then(|id| id.as_tenant());
        found.unwrap_or_else(|| {
            self.faults.push(Fault::not_found(field));
            TenantId::NOWHERE
        })
    }

    /// A text as it is kept.
    pub(super) fn text(&mut self, field: &str, text: &str) -> String {
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r')) {
            self.faults.push(Fault::new(
                field,
                "the text has control characters; leave them out",
                "văn bản có ký tự điều khiển; hãy bỏ các ký tự đó",
            ));
        }
        text::kept(text)
    }

    /// Texts as they are kept.
    pub(super) fn texts(&mut self, field: &str, texts: &[String]) -> Vec<String> {
        let texts: Vec<String> = texts.iter().map(|one| self.text(field, one)).collect();
        if texts.iter().any(String::is_empty) {
            self.faults.extend(Fault::blank(field, ""));
        }
        texts
    }

    /// A text, if there is one, into its place.
    pub(super) fn put_text(&mut self, field: &str, slot: &mut Option<String>, text: Option<&String>) {
        let Some(text) = text else { return };
        let text = self.text(field, text);
        self.faults.extend(Fault::blank(field, &text));
        *slot = Some(text);
    }

    /// The key of a record, if there is one, into its place.
    pub(super) fn put_id<R: Editable>(&mut self, field: &str, slot: &mut Option<Id<R>>, id: Option<&ID>) {
        if let Some(id) = id {
            *slot = Some(self.id(field, id));
        }
    }

    /// A period, if there is one, into its place.
    pub(super) fn put_period(&mut self, field: &str, slot: &mut Option<domain::Period>, period: Option<&PeriodInput>) {
        let Some(PeriodInput { start, end, open_ended }) = period else { return };
        let (start, end) = (start.clone().map(|date| date.0), end.clone().map(|date| date.0));
        match domain::Period::new(start, end, open_ended.unwrap_or(false)) {
            Ok(period) => *slot = Some(period),
            Err(error) => self.faults.push(Fault::new(
                field,
                error.to_string(),
                "thời kỳ không hợp lệ: kiểm tra ngày bắt đầu, ngày kết thúc và openEnded",
            )),
        }
    }

    /// A quantity.
    pub(super) fn quantity(&mut self, field: &str, quantity: &QuantityInput) -> domain::Quantity {
        let value = quantity.value.map(|value| value.0);
        let none = if value.is_some() { domain::Qualifier::Exact } else { domain::Qualifier::Unquantified };
        let qualifier = quantity.qualifier.map_or(none, Into::into);
        let text = quantity.text.as_ref().map(|text| self.text(field, text));
        domain::Quantity::new(value, qualifier, text).unwrap_or_else(|error| {
            let message_vi = "số liệu không hợp lệ: kiểm tra value, qualifier và text";
            self.faults.push(Fault::new(field, error.to_string(), message_vi));
            domain::Quantity::new(None, domain::Qualifier::Unquantified, Some("?".to_owned())).unwrap_or_default()
        })
    }

    /// The key of a part of a list: a stored one's, or a new one.
    pub(super) fn part<C: Editable>(&mut self, owner: TenantId, stored: &[C], id: Option<&ID>) -> Id<C> {
        let Some(id) = id else { return Id::generate(owner) };
        let id = self.id::<C>("id", id);
        if stored.iter().all(|one| one.key() != id) {
            self.faults.push(Fault::not_found("id"));
        }
        id
    }

    /// Fails when something was wrong until now.
    pub(super) fn done(self) -> Edited<()> {
        if self.faults.is_empty() { Ok(()) } else { Err(EditError::Faults(self.faults)) }
    }

    /// Everything that is wrong in a part of the input, told with the way to it.
    pub(super) fn under<T>(&mut self, steps: &[&str], read: impl FnOnce(&mut Self) -> T) -> T {
        let mut inner = Self::default();
        let value = read(&mut inner);
        self.faults.extend(inner.faults.into_iter().map(|fault| fault.under(steps)));
        value
    }
}

/// Finds the record that is to be changed, and holds it.
pub(super) async fn take<R: Editable>(tx: &Tx, reader: &mut Reader, id: &ID, version: Option<i32>) -> Edited<R> {
    let id = reader.id::<R>("id", id);
    std::mem::take(reader).done()?;
    edit::take(tx, id, version).await
}

/// The program beneath which something new is to stand, and its place there: after all others when nothing is said.
pub(super) async fn beneath<R: Editable>(
    tx: &Tx,
    reader: &mut Reader,
    program: &ID,
    order: Option<i32>,
) -> Result<(Id<Program>, i32), StoreError> {
    let program = reader.id::<Program>("program", program);
    let order = match order {
        Some(order) => order,
        None => edit::next_place::<R>(tx, ("program_id", program)).await?,
    };
    Ok((program, order))
}

/// Stores something new beneath a program.
pub(super) async fn add<R: Editable>(tx: &Tx, record: R, reader: Reader) -> Edited<R> {
    edit::create(tx, record, reader.faults).await
}

/// The inputs of mutations about a record as a whole, of which nothing but the version is needed.
macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, async_graphql::InputObject)]
            pub struct $name {
                /// The record.
                pub id: async_graphql::ID,
                /// The version that was read; another one by now means that somebody else was faster.
                pub version: i32,
                /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
                pub idempotency_key: Option<String>,
            }

            impl From<$name> for (async_graphql::ID, i32, Option<String>) {
                fn from(input: $name) -> Self {
                    (input.id, input.version, input.idempotency_key)
                }
            }
        )+
    };
}

pub(super) use steps;

/// A stretch of time.
#[derive(Clone, Debug, InputObject)]
pub struct PeriodInput {
    /// Its beginning; left out when not stated.
    pub start: Option<PartialDate>,
    /// Its end; left out when it is open or not stated.
    pub end: Option<PartialDate>,
    /// Whether the source says that it runs without end.
    pub open_ended: Option<bool>,
}

/// A date as far as it is known.
#[derive(Clone, Debug, InputObject)]
pub struct DateInput {
    /// The date.
    pub date: PartialDate,
    /// Why (part of) it was inferred; left out when the source states it.
    pub reason: Option<String>,
}

impl DateInput {
    /// As the domain has it.
    pub(super) fn dated(&self, reader: &mut Reader, field: &str) -> domain::Dated {
        let inferred = self.reason.as_ref().map(|reason| reader.text(field, reason));
        domain::Dated { date: self.date.0.clone(), inferred }
    }
}

/// A figure as a source gives it. No value means that none was stated; 0 means none.
#[derive(Clone, Debug, InputObject)]
pub struct QuantityInput {
    /// The number.
    pub value: Option<Decimal>,
    /// How the number is meant; EXACT with a value, UNQUANTIFIED without one, when nothing is said.
    pub qualifier: Option<Qualifier>,
    /// The words of the figure only: `trên 41.000 lượt`.
    pub text: Option<String>,
}

/// A party in a relation: an agency, a group, a person (perhaps for an agency), or words.
#[derive(Clone, Debug, InputObject)]
pub struct PartyInput {
    /// The party as it is stored, to keep or change it; left out for a new one.
    pub id: Option<ID>,
    /// The office. It may belong to another tenant.
    pub agency: Option<ID>,
    /// The collective party.
    pub group: Option<ID>,
    /// The person; most signatures name none.
    pub person: Option<ID>,
    /// Words, for a party that is none of these.
    pub label: Option<String>,
    /// What the party does: participants and attendances only.
    pub roles: Option<Vec<PartyRole>>,
    /// Positions as printed, in printed order.
    pub positions: Option<Vec<String>>,
    /// Rank as printed: `Đại tá`.
    pub rank: Option<String>,
    /// Who stood in for the office: `đại diện lãnh đạo`.
    pub representation: Option<String>,
    /// In which capacity: `thay mặt`.
    pub capacity: Option<String>,
    /// When this party signed, where it differs from the others.
    pub signed_on: Option<DateInput>,
    /// STATED when nothing is said.
    pub basis: Option<Basis>,
    /// Why it was inferred.
    pub reason: Option<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// Parties of one kind, in the order in which they stand.
pub(super) fn parties(
    reader: &mut Reader,
    field: &str,
    (owner, subject, kind): (TenantId, Subject, InvolvementKind),
    stored: &[Involvement],
    items: &[PartyInput],
) -> Vec<Involvement> {
    let mut all = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        all.push(reader.under(&[field, &place.to_string()], |reader| {
            let order = i32::try_from(place + 1).unwrap_or(i32::MAX);
            let mut party = Involvement {
                id: reader.part(owner, stored, item.id.as_ref()),
                subject,
                kind,
                roles: item.roles.iter().flatten().map(|role| (*role).into()).collect(),
                agency: None,
                group: None,
                person: None,
                label: None,
                positions: item.positions.as_ref().map(|texts| reader.texts("positions", texts)).unwrap_or_default(),
                rank: None,
                representation: None,
                capacity: None,
                signed_on: item.signed_on.as_ref().map(|date| date.dated(reader, "signedOn")),
                basis: item.basis.map_or(domain::Basis::Stated, Into::into),
                reason: None,
                order,
                note: None,
                visibility: Visibility::Draft,
                version: 0,
            };
            reader.put_id("agency", &mut party.agency, item.agency.as_ref());
            reader.put_id("group", &mut party.group, item.group.as_ref());
            reader.put_id("person", &mut party.person, item.person.as_ref());
            reader.put_text("label", &mut party.label, item.label.as_ref());
            reader.put_text("rank", &mut party.rank, item.rank.as_ref());
            reader.put_text("representation", &mut party.representation, item.representation.as_ref());
            reader.put_text("capacity", &mut party.capacity, item.capacity.as_ref());
            reader.put_text("reason", &mut party.reason, item.reason.as_ref());
            reader.put_text("note", &mut party.note, item.note.as_ref());
            party
        }));
    }
    all
}
