//! Many records of a noun by one mutation, in one transaction: those that are wrong are left out, or undo all.

use async_graphql::{Context, Enum, ID, SimpleObject};
use domain::{Fault, Id};
use futures_util::future::try_join_all;
use persistence::edit::{self, EditError, Edited};
use persistence::{Record, Tx};
use serde::{Deserialize, Serialize};

use super::input::Reader;
use super::perform::{Outcome, UserError, told};
use crate::connection::{NodeType, by_global_id};
use crate::error::{Error, Result};

/// Items that one mutation takes.
const MOST: usize = 250;

/// What becomes of the other items when some are wrong.
#[derive(Clone, Copy, Debug, Default, Enum, PartialEq, Eq)]
pub enum BulkOnError {
    /// Nothing is stored.
    #[default]
    RejectAll,
    /// They are stored; those that are wrong are left out.
    RejectItem,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkOutcome {
    /// It is new.
    Created,
    /// It was stored before, and is as the item says now.
    Updated,
    /// It was left out; `errors` say why.
    Rejected,
}

/// One item, and what became of it.
#[derive(Clone, Debug, SimpleObject)]
pub struct BulkItem {
    /// Its place in `items`, from 0.
    index: i32,
    /// What became of it; of a dry run, what would become of it.
    outcome: BulkOutcome,
    /// The record. Null when it was left out, and for what a dry run would create.
    id: Option<ID>,
}

/// What is kept for whoever repeats the request.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Answer {
    items: Vec<(BulkOutcome, Option<String>)>,
    faults: Vec<Wrong>,
}

/// A fault as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Wrong {
    code: String,
    path: Vec<String>,
    message: String,
    message_vi: String,
}

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Self {
        Self { code: fault.code.to_string(), path: fault.path, message: fault.message, message_vi: fault.message_vi }
    }
}

impl Wrong {
    fn fault(self) -> Option<Fault> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        Some(Fault::of(self.code.parse().ok()?, &path, self.message, self.message_vi))
    }
}

/// Stores items one after the other, each as a whole or not at all.
pub(super) async fn each<I, F>(
    tx: &Tx,
    items: Vec<I>,
    on_error: BulkOnError,
    store: impl Fn(I) -> F + Send,
) -> Edited<String>
where
    I: Send,
    F: Future<Output = Edited<(ID, BulkOutcome)>> + Send,
{
    if items.is_empty() || items.len() > MOST {
        let message = format!("give 1 to {MOST} items, and more in another request");
        return Err(Fault::new(
            "items",
            message,
            format!("hãy gửi từ 1 đến {MOST} mục, phần còn lại gửi ở yêu cầu khác"),
        )
        .into());
    }
    let mut answer = Answer::default();
    let mut faults = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        match edit::attempt(tx, store(item)).await? {
            Ok((id, outcome)) => answer.items.push((outcome, Some(id.to_string()))),
            Err(wrong) => {
                answer.items.push((BulkOutcome::Rejected, None));
                faults.extend(wrong.into_iter().map(|fault| fault.under(&["items", &place.to_string()])));
            }
        }
    }
    if on_error == BulkOnError::RejectAll && !faults.is_empty() {
        return Err(EditError::Faults(faults));
    }
    answer.faults = faults.into_iter().map(Into::into).collect();
    serde_json::to_string(&answer).map_err(|error| persistence::StoreError::Internal(error.to_string()).into())
}

/// What an item of something new must say.
pub(super) fn needed<V>(reader: &mut Reader, field: &str, value: Option<V>) -> Option<V> {
    if value.is_none() {
        let (message, message_vi) = ("a new one needs it", "mục mới cần có trường này");
        reader.faults.push(Fault::new(field, message, message_vi));
    }
    value
}

/// The version of an item that is stored already.
pub(super) fn version(reader: &mut Reader, version: Option<i32>) -> i32 {
    if version.is_none() {
        reader.faults.push(Fault::new(
            "version",
            "give the version that you have read with the id",
            "hãy nêu phiên bản đã đọc cùng với id",
        ));
    }
    version.unwrap_or_default()
}

/// That an item belongs to something else than the others.
pub(super) fn elsewhere() -> Fault {
    Fault::new(
        "id",
        "it belongs to something else than the others; send it in a request of its own",
        "hồ sơ này không thuộc cùng nơi với các mục khác; hãy gửi trong yêu cầu riêng",
    )
}

/// What is to be told: the records as they are then, what became of each item, and everything that is wrong.
pub(super) async fn tell<T>(ctx: &Context<'_>, outcome: Outcome) -> Result<(Vec<T>, Vec<BulkItem>, Vec<UserError>)>
where
    T: NodeType,
    T::Record: Record<Key = Id<T::Record>>,
{
    let (text, done) = match outcome {
        Outcome::Done(text) => (text, true),
        Outcome::Tried(text) => (text, false),
        Outcome::Refused(errors) => return Ok((Vec::new(), Vec::new(), errors)),
    };
    let answer: Answer = serde_json::from_str(&text).map_err(|error| Error::internal(&error.to_string()))?;
    let item = |(place, (outcome, id)): (usize, (BulkOutcome, Option<String>))| BulkItem {
        index: i32::try_from(place).unwrap_or(i32::MAX),
        outcome,
        id: id.filter(|_| done || outcome == BulkOutcome::Updated).map(ID),
    };
    let items: Vec<BulkItem> = answer.items.into_iter().enumerate().map(item).collect();
    let errors = told(answer.faults.into_iter().filter_map(Wrong::fault).collect());
    if !done {
        return Ok((Vec::new(), items, errors));
    }
    let found = try_join_all(items.iter().filter_map(|item| item.id.as_ref()).map(|id| by_global_id::<T>(ctx, id)));
    Ok((found.await?.into_iter().flatten().collect(), items, errors))
}
