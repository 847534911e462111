//! Changing records one by one: what every mutation has in common. Each function works inside the caller's transaction
//! and leaves nothing behind when it fails, since the caller does not commit then.
//!
//! The rules of a noun are the domain's; what it refers to stands in the noun's file, see [`Editable`].

mod attempt;
mod check;
mod rights;
mod vouch;

use domain::fault::FaultCode;
use domain::{Fault, Id, RecordKind, Visibility};
use sea_orm::sea_query::{Alias, ExprTrait, SelectStatement};

use crate::filter::alias;
use crate::record::{Record, Stored, among, col, every, read_all};
use crate::write::version_of;
use crate::{StoreError, Tx};

pub use attempt::attempt;
pub use check::Reference;
pub use rights::Deed;
pub use vouch::{unvouch, vouch};

/// Why something was not changed.
#[derive(Clone, Debug)]
pub enum EditError {
    /// By the caller's fault: everything that is wrong.
    Faults(Vec<Fault>),
    /// By the store's.
    Store(StoreError),
}

impl From<StoreError> for EditError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Fault> for EditError {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

/// What came of an edit.
pub type Edited<T> = Result<T, EditError>;

/// A record that people change one by one.
pub trait Editable: Stored<Key = Id<Self>> {
    /// What it is.
    const KIND: RecordKind;
    /// Whether other tenants may refer to it: then it is not deleted once they could see it.
    const REFERRED: bool = false;
    /// Whether programs share it with their signatories.
    const SHARED_BY_PROGRAMS: bool = true;

    /// What is wrong with it by itself.
    fn faults(&self) -> Vec<Fault>;
    /// What it belongs to, and is exactly as visible as.
    fn parent(&self) -> Option<Reference> {
        None
    }
    /// What else it refers to.
    fn references(&self) -> Vec<Reference> {
        Vec::new()
    }
    /// Who may see it.
    fn visibility(&self) -> Visibility;
    /// Changes who may see it.
    fn show(&mut self, visibility: Visibility);
    /// The same because somebody asks for it.
    ///
    /// # Errors
    ///
    /// A fault that names the way out, where it may not be shown so.
    fn shown(&mut self, to: Visibility) -> Result<(), Fault> {
        let visibility = self.visibility().shown(to)?;
        self.show(visibility);
        Ok(())
    }
    /// Removes its parts, before it goes itself.
    fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> impl Future<Output = Result<(), StoreError>> + Send {
        let _ = (tx, ids);
        std::future::ready(Ok(()))
    }
}

/// Finds a record that one may see, and holds it until the transaction ends if one may write it.
pub async fn find<R: Editable>(tx: &Tx, id: Id<R>) -> Result<Option<R>, StoreError> {
    let t = alias(0);
    let select = || {
        let mut select = every::<R>(t);
        select
            .cond_where(col(t, "tenant_id").eq(id.tenant.0))
            .cond_where(col(t, "id").eq(id.uuid))
            .cond_where(tx.access().condition(R::HOLDS, t));
        select
    };
    let one = async |select: SelectStatement| -> Result<Option<R>, StoreError> {
        Ok(read_all(&tx.rows(&select).await?)?.into_iter().next())
    };
    // PostgreSQL locks only what one may write, and hides the rest: both are asked, so that the two are told apart.
    if tx.access().writes(id.tenant) {
        let mut held = select();
        held.lock_exclusive();
        return one(held).await;
    }
    one(select()).await
}

/// Makes a new record.
///
/// `faults` are those that were found until now: all of them are told at once.
pub async fn create<R: Editable>(tx: &Tx, mut record: R, mut faults: Vec<Fault>) -> Edited<R> {
    faults.extend(record.faults());
    let mut whither = "tenant";
    if let Some(parent) = record.parent() {
        whither = parent.field();
        let Some(visibility) = tx.parent(&parent).await? else {
            // Whose it would be is not to be told.
            faults.push(parent.missing());
            faults.extend(tx.missing(record.references()).await?);
            return Err(EditError::Faults(faults));
        };
        record.show(visibility);
    }
    faults.extend(tx.missing(record.references()).await?);
    faults.extend(tx.may_change(whither, &record, &[record.visibility()]));
    store(tx, record, faults).await
}

/// Stores a record that was taken and changed; `before` is how visible it was, `faults` what was found until now.
pub async fn keep<R: Editable>(tx: &Tx, before: Visibility, record: R, mut faults: Vec<Fault>) -> Edited<R> {
    faults.extend(record.faults());
    faults.extend(tx.missing(record.references()).await?);
    faults.extend(tx.may_change("id", &record, &[before, record.visibility()]));
    store(tx, record, faults).await
}

/// Deletes a record with its parts.
pub async fn delete<R: Editable>(tx: &Tx, id: Id<R>, version: Option<i32>) -> Edited<R> {
    let record = take(tx, id, version).await?;
    if let Some(fault) = tx.may_change("id", &record, &[record.visibility()]) {
        return Err(fault.into());
    }
    if let Some(fault) = rights::kept(&record) {
        return Err(fault.into());
    }
    if R::REFERRED && tx.was_shown(id.tenant, id.uuid).await? {
        return Err(rights::seen_by_others().into());
    }
    tx.touched_by(&record).await?;
    erase::<R>(tx, &[id]).await.map_err(in_use)?;
    Ok(record)
}

/// The parts of a kind that a record is to have: a stored one that is not wanted goes, one whose id is among the stored
/// ones is changed, any other is made.
#[derive(Debug)]
pub struct Parts<C> {
    /// Where they stand in the input: `signatories`, or `areas`, `0`, `responsible`.
    pub path: Vec<String>,
    /// Those that are stored.
    pub stored: Vec<C>,
    /// Those that are wanted, in order.
    pub wanted: Vec<C>,
}

impl<C: Editable> Parts<C> {
    /// Everything that is wrong with them.
    pub async fn check(&self, tx: &Tx) -> Result<Vec<Fault>, StoreError> {
        let mut faults = Vec::new();
        let mut seen = Vec::new();
        for (place, part) in self.wanted.iter().enumerate() {
            let mut found = part.faults();
            found.extend(tx.missing(part.references()).await?);
            if seen.contains(&part.key()) {
                let (message, message_vi) = ("the id stands twice in the list", "mã xuất hiện hai lần trong danh sách");
                found.push(Fault::new("id", message, message_vi));
            }
            seen.push(part.key());
            let at = place.to_string();
            let path: Vec<&str> = self.path.iter().map(String::as_str).chain([at.as_str()]).collect();
            faults.extend(found.into_iter().map(|fault| fault.under(&path)));
        }
        Ok(faults)
    }

    /// Makes it so. They were checked, and the record that they are written with is stored and may be changed: its version
    /// counts their changes too, since whoever edits a record edits it with its lists.
    pub async fn store<P: Editable>(mut self, tx: &Tx, owner: &P) -> Edited<()> {
        for part in &mut self.wanted {
            let Some(parent) = part.parent() else { continue };
            let Some(visibility) = tx.parent(&parent).await? else { return Err(parent.missing().into()) };
            part.show(visibility);
        }
        let kept: Vec<Id<C>> = self.wanted.iter().map(Record::key).collect();
        let gone: Vec<Id<C>> = self.stored.iter().map(Record::key).filter(|id| !kept.contains(id)).collect();
        erase::<C>(tx, &gone).await.map_err(in_use)?;
        let counts = tx.put(&self.wanted).await.map_err(in_use)?;
        if !gone.is_empty() || counts.created + counts.updated > 0 {
            tx.revise::<P>(&owner.key()).await?;
        }
        if let Some(part) = self.wanted.first().or(self.stored.first()) {
            tx.touched_by(part).await?;
        }
        Ok(())
    }
}

/// The parts of a record, by the column that names it.
pub async fn parts<C: Editable>(
    tx: &Tx,
    (column, parent): (&'static str, Id<impl Sized>),
    only: Option<(&'static str, &'static str)>,
) -> Result<Vec<C>, StoreError> {
    let t = alias(0);
    let mut select = every::<C>(t);
    select.cond_where(among(t, (Some("tenant_id"), column), &[parent.cast::<C>()]));
    if let Some((column, code)) = only {
        select.cond_where(col(t, column).eq(code));
    }
    select.order_by_expr(col(t, "id"), sea_orm::Order::Asc).lock_exclusive();
    read_all(&tx.rows(&select).await?)
}

/// The place after the last of the parts of a record, which stand in an order.
pub async fn next_place<C: Editable>(
    tx: &Tx,
    (column, parent): (&'static str, Id<impl Sized>),
) -> Result<i32, StoreError> {
    let t = alias(0);
    let mut select = SelectStatement::new();
    select
        .expr_as(col(t, "position").max(), Alias::new("last"))
        .from_as(C::Entity::default(), Alias::new(t))
        .cond_where(among(t, (Some("tenant_id"), column), &[parent.cast::<C>()]))
        .cond_where(tx.access().condition(C::HOLDS, t));
    let rows = tx.rows(&select).await?;
    let last = rows.first().map(|row| crate::codec::column::<Option<i32>>(row, "last")).transpose()?.flatten();
    Ok(last.unwrap_or(0).saturating_add(1))
}

/// Deletes records with their parts, and what sources disagree about.
pub(crate) async fn erase<R: Editable>(tx: &Tx, ids: &[Id<R>]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    R::erase_parts(tx, ids).await?;
    tx.forget(ids).await?;
    tx.delete::<R>(ids).await?;
    Ok(())
}

/// Deletes the parts of a kind that records have, by the column that names those.
pub(crate) async fn erase_of<C: Editable, P>(tx: &Tx, column: &'static str, ids: &[Id<P>]) -> Result<(), StoreError> {
    let mut parts = Vec::new();
    for id in ids {
        let found: Vec<C> = self::parts(tx, (column, *id), None).await?;
        parts.extend(found.iter().map(Record::key));
    }
    Box::pin(erase::<C>(tx, &parts)).await
}

/// Finds a record that is to be changed and holds it, or says what is wrong with that. `version` is the one that the
/// caller has read: another one means that somebody else was faster.
pub async fn take<R: Editable>(tx: &Tx, id: Id<R>, version: Option<i32>) -> Edited<R> {
    let Some(record) = find(tx, id).await? else { return Err(Fault::not_found("id").into()) };
    if let Some(fault) = tx.may_change("id", &record, &[]) {
        return Err(fault.into());
    }
    let stored = version_of::<R>(&record.row());
    match (version, stored) {
        (Some(read), Some(stored)) if read != stored => Err(stale(read, stored).into()),
        _ => Ok(record),
    }
}

/// That somebody else was faster.
pub fn stale(read: i32, stored: i32) -> Fault {
    Fault::of(
        FaultCode::Conflict,
        &["version"],
        format!(
            "the record has version {stored} by now, not {read}: read it again and repeat what you meant to change"
        ),
        format!("hồ sơ hiện ở phiên bản {stored}, không phải {read}: hãy đọc lại rồi thực hiện lại thay đổi"),
    )
}

async fn store<R: Editable>(tx: &Tx, record: R, faults: Vec<Fault>) -> Edited<R> {
    if !faults.is_empty() {
        return Err(EditError::Faults(faults));
    }
    tx.put(std::slice::from_ref(&record)).await.map_err(in_use)?;
    tx.touched_by(&record).await?;
    let id = record.key();
    find(tx, id).await?.ok_or_else(|| StoreError::Internal(format!("{id:?} is gone after it was written")).into())
}

fn in_use(error: StoreError) -> EditError {
    let StoreError::Referred(cause) = error else { return error.into() };
    tracing::debug!(cause, "a reference leads to nothing");
    Fault::of(
        FaultCode::InUse,
        &["id"],
        "other records refer to it, or what it refers to has just gone; take those references out first",
        "hồ sơ khác đang dẫn chiếu đến nó, hoặc hồ sơ mà nó dẫn chiếu vừa bị xóa; hãy bỏ các dẫn chiếu đó trước",
    )
    .into()
}
