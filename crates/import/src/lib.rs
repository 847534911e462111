//! A dossier becomes records: the one way there, for the command line and for the API. Whoever calls has begun the
//! transaction, as the operator ([`Tx::act_for_dossier`]) or for somebody who asks, and commits it or not.
//!
//! It must not know where a dossier comes from, nor to whom it is told what became of it.

use domain::bundle::Needs;
use domain::{Fault, Id, Source, TenantId};
use persistence::{Changed, Counts, StoreError, Tx};

pub use dossier::{Checked, Problem, Problems, Reference, read};

/// What became of one dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The file, as the caller named it.
    pub file: String,
    /// The tenant that the dossier is about.
    pub tenant: TenantId,
    /// The dossier's frozen name.
    pub dossier: String,
    /// Its source.
    pub source: Id<Source>,
    /// What was written; none when the very same dossier was imported before, or was left as it is.
    pub counts: Option<Counts>,
    /// So many records were changed here since, and so it was left as it is.
    pub left: usize,
}

/// What becomes of a dossier of which somebody changed records since the last import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clash {
    /// It is refused, and each record is listed.
    #[default]
    Refuse,
    /// It is stored; what was changed since is lost.
    Overwrite,
    /// It is left as it is.
    Leave,
}

impl Clash {
    /// It is stored or refused, as somebody says.
    pub const fn overwriting(overwrite: bool) -> Self {
        if overwrite { Self::Overwrite } else { Self::Refuse }
    }
}

/// Why a dossier was not stored.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// It is wrong: every problem of it.
    Problems(Problems),
    /// Whoever acts may not store it.
    Fault(Fault),
    /// It may be right, but the store fails.
    Store(StoreError),
}

impl From<Problems> for Refusal {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Stores one dossier, of which `needs` are known.
pub async fn put(tx: &Tx, checked: &Checked, needs: &Needs, clash: Clash) -> Result<Imported, Refusal> {
    let reference = Reference::shipped()?;
    if let Some(fault) = tx.may_import(needs) {
        return Err(fault.into());
    }
    let done = |source, counts, left| {
        let (file, tenant, dossier) = (checked.file.clone(), needs.tenant, needs.dossier.clone());
        Imported { file, tenant, dossier, source, counts, left }
    };
    if let Some(known) = tx.source(needs.tenant, &needs.dossier).await?
        && known.digest == checked.digest
    {
        return Ok(done(known.id, None, 0));
    }
    let mut known = tx.resolve(needs).await?;
    let bundle = checked.compile(reference, &known)?;
    let source = bundle.source.id;
    let changed = if clash == Clash::Overwrite { Vec::new() } else { tx.changed_since(&bundle).await? };
    if clash == Clash::Leave && !changed.is_empty() {
        return Ok(done(source, None, changed.len()));
    }
    if !changed.is_empty() {
        known.problems.extend(changed.into_iter().map(|one| lost(tx, one)));
        // The compiler knows where in the file each path stands.
        checked.compile(reference, &known)?;
        return Ok(done(source, None, 0));
    }
    let counts = tx.put_bundle(&bundle).await?;
    if let Some(fault) = tx.may_keep() {
        return Err(fault.into());
    }
    Ok(done(source, Some(counts), 0))
}

/// What an import would undo.
fn lost(tx: &Tx, changed: Changed) -> (String, String) {
    let what = if changed.deleted { "deleted" } else { "changed" };
    let left_out = if changed.described { "" } else { ", which this file leaves out," };
    let way_out = if tx.on_behalf_of().is_some() {
        "take over into the file what is stored now, or import with overwrite: true"
    } else {
        "export the dossier and merge, or import with --overwrite"
    };
    let message = format!("{}{left_out} was {what} since by somebody else; {way_out}", changed.path);
    (changed.path, message)
}
