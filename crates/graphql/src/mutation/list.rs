//! The lists that are written together with a record. One that is given takes the stored one's place: entries with an id
//! are kept and changed, those without are new, stored ones that are not in it go. One that is left out stays.

use async_graphql::ID;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Fault, Id, Involvement, TenantId};
use futures_util::FutureExt;
use persistence::edit::{self, Editable, Edited, Parts};
use persistence::{Record, StoreError, Tx};

use super::input::{PartyInput, Reader, parties};

/// What each entry of a list says, with its place, from 1.
pub(super) fn each<'a, I, C>(
    reader: &mut Reader,
    field: &str,
    items: &'a [I],
    mut read: impl FnMut(&mut Reader, &'a I, i32) -> C,
) -> Vec<C> {
    let one = |(place, item): (usize, &'a I)| {
        let order = i32::try_from(place + 1).unwrap_or(i32::MAX);
        reader.under(&[field, &place.to_string()], |reader| read(reader, item, order))
    };
    items.iter().enumerate().map(one).collect()
}

/// Rows that join a record to others, which are given by their ids: for each the row that is stored, or a new one.
pub(super) fn joined<R: Editable, C: Editable>(
    reader: &mut Reader,
    field: &str,
    ids: &[ID],
    (owner, stored): (TenantId, &[C]),
    other: impl Fn(&C) -> Id<R>,
    make: impl Fn(Id<C>, Id<R>, i32) -> C,
) -> Vec<C> {
    let mut seen = Vec::new();
    each(reader, field, ids, |reader, id, order| {
        let id = reader.id::<R>("", id);
        let twice = seen.contains(&id);
        if twice {
            reader.faults.push(repeated(""));
        }
        seen.push(id);
        let known = stored.iter().find(|one| !twice && other(one) == id).map(Record::key);
        make(known.unwrap_or_else(|| Id::generate(owner)), id, order)
    })
}

/// That an entry stands in a list already.
pub(super) fn repeated(field: &str) -> Fault {
    Fault::new(
        field,
        "it stands in the list already; leave one of the two out",
        "mục này đã có trong danh sách; hãy bỏ một trong hai",
    )
}

/// The parties of a kind that a record is to have, if they are given.
pub(super) async fn party_list(
    tx: &Tx,
    reader: &mut Reader,
    field: &str,
    (subject, kind): (Subject, InvolvementKind),
    items: Option<&[PartyInput]>,
) -> Result<Option<Parts<Involvement>>, StoreError> {
    let Some(items) = items else { return Ok(None) };
    let (column, id): (_, Id<Involvement>) = match subject {
        Subject::Program(id) => ("program_id", id.cast()),
        Subject::Event(id) => ("event_id", id.cast()),
        Subject::Direction(id) => ("direction_id", id.cast()),
        Subject::Result(id) => ("result_id", id.cast()),
        Subject::Award(id) => ("award_id", id.cast()),
        Subject::Document(id) => ("document_id", id.cast()),
        Subject::Area(id) => ("area_id", id.cast()),
    };
    let stored = edit::parts(tx, (column, id), Some(("kind", kind.into()))).await?;
    let wanted = parties(reader, field, (id.tenant, subject, kind), &stored, items);
    Ok(Some(Parts { path: vec![field.to_owned()], stored, wanted }))
}

/// Adds what is wrong with the lists that are given.
pub(super) async fn check<'a, C: Editable>(
    tx: &Tx,
    reader: &mut Reader,
    lists: impl IntoIterator<Item = &'a Parts<C>, IntoIter: Send>,
) -> Result<(), StoreError> {
    for list in lists {
        // Boxed, like the next one: a mutation with many lists would not fit the stack otherwise.
        reader.faults.extend(list.check(tx).boxed().await?);
    }
    Ok(())
}

/// Stores the lists that are given, of a record that is stored.
pub(super) async fn store<P: Editable, C: Editable>(
    tx: &Tx,
    owner: &P,
    lists: impl IntoIterator<Item = Parts<C>, IntoIter: Send>,
) -> Edited<()> {
    for list in lists {
        list.store(tx, owner).boxed().await?;
    }
    Ok(())
}
