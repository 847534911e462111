//! Changing entries of the catalogs one by one. They are nobody's records: they have a code instead of an id, no
//! visibility, and are never removed, since records lead to them.

use domain::fault::FaultCode;
use domain::{Fault, Indicator, Reorganization, Sector, Topic, Unit};

use crate::edit::{EditError, Edited, Reference, stale};
use crate::filter::alias;
use crate::record::{Key, Stored, among, every, read_all};
use crate::write::version_of;
use crate::{StoreError, Tx};

/// An entry that the center keeps.
pub trait Entry: Stored<Key = String> {
    /// What is wrong with it by itself.
    fn faults(&self) -> Vec<Fault>;
    /// What keeps it from becoming another one.
    fn cannot_become(&self, _next: &Self) -> Option<Fault> {
        None
    }
    /// What it refers to.
    fn references(&self) -> Vec<Reference> {
        Vec::new()
    }
}

impl Entry for Topic {
    fn faults(&self) -> Vec<Fault> {
        self.faults()
    }
}

impl Entry for Unit {
    fn faults(&self) -> Vec<Fault> {
        self.faults()
    }
}

impl Entry for Indicator {
    fn faults(&self) -> Vec<Fault> {
        self.faults()
    }

    fn cannot_become(&self, next: &Self) -> Option<Fault> {
        self.cannot_become(next)
    }

    fn references(&self) -> Vec<Reference> {
        self.unit.iter().map(|unit| Reference::code("unit", "units", unit)).collect()
    }
}

impl Entry for Sector {
    fn faults(&self) -> Vec<Fault> {
        self.faults()
    }

    fn references(&self) -> Vec<Reference> {
        self.successor.iter().map(|code| Reference::code("successor", "sectors", code)).collect()
    }
}

impl Entry for Reorganization {
    fn faults(&self) -> Vec<Fault> {
        self.faults()
    }

    fn references(&self) -> Vec<Reference> {
        let of = |field, code: &String| Reference::code(field, "sectors", code);
        let sectors = self.sectors.iter().map(|code| of("sectors", code));
        let moves = self.moves.iter().flat_map(|one| [&one.from_sector, &one.to_sector]).flatten();
        sectors.chain(moves.map(|code| of("moves", code))).collect()
    }
}

/// Adds an entry. `faults` are those that were found until now: all of them are told at once.
pub async fn add<R: Entry>(tx: &Tx, entry: R, mut faults: Vec<Fault>) -> Edited<R> {
    faults.extend(entry.faults());
    faults.extend(tx.missing(entry.references()).await?);
    if held::<R>(tx, &entry.key()).await?.is_some() {
        faults.push(Fault::of(
            FaultCode::InUse,
            &["code"],
            "the catalog has an entry with this code; change that one, or take another code",
            "danh mục đã có mã này; hãy sửa mục đó hoặc dùng mã khác",
        ));
    }
    store(tx, entry, faults).await
}

/// Finds an entry that is to be changed, by its code and the version that was read, and holds it.
pub async fn take<R: Entry>(tx: &Tx, code: &str, version: i32) -> Edited<R> {
    let Some(entry) = held::<R>(tx, &code.to_owned()).await? else { return Err(Fault::not_found("code").into()) };
    match version_of::<R>(&entry.row()) {
        Some(stored) if stored != version => Err(stale(version, stored).into()),
        _ => Ok(entry),
    }
}

/// Stores an entry that was taken as `before` and changed.
pub async fn keep<R: Entry>(tx: &Tx, before: &R, entry: R, mut faults: Vec<Fault>) -> Edited<R> {
    faults.extend(entry.faults());
    faults.extend(before.cannot_become(&entry));
    faults.extend(tx.missing(entry.references()).await?);
    store(tx, entry, faults).await
}

async fn store<R: Entry>(tx: &Tx, entry: R, faults: Vec<Fault>) -> Edited<R> {
    if !faults.is_empty() {
        return Err(EditError::Faults(faults));
    }
    tx.put(std::slice::from_ref(&entry)).await?;
    let stored = held::<R>(tx, &entry.key()).await?;
    stored.ok_or_else(|| StoreError::Internal(format!("{} is gone after it was written", entry.key())).into())
}

/// An entry, which nobody else changes until the transaction ends.
async fn held<R: Entry>(tx: &Tx, code: &String) -> Result<Option<R>, StoreError> {
    let keys = std::slice::from_ref(code);
    let mut select = every::<R>(alias(0));
    select.cond_where(among(alias(0), String::COLUMNS, keys)).lock_exclusive();
    Ok(read_all(&tx.rows(&select).await?)?.into_iter().next())
}
