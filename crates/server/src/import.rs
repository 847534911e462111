//! Files become records: all files are checked before the first is stored, and all are stored in one transaction.

use std::collections::{HashMap, HashSet};

use ::import::Refusal;
use domain::TenantId;
use dossier::{Checked, Problem, Problems, Reference};
use persistence::{Counts, Loader, ReferenceRows, Store, StoreError, Tx};

use crate::{Clock, Failure};

pub use ::import::{Clash, Imported};

/// Why nothing was imported.
#[derive(Clone, Debug)]
pub enum ImportError {
    /// The files are wrong: every problem of every file.
    Problems(Vec<Problem>),
    /// The files may be right, but something else is not.
    Failed(Failure),
}

impl From<Failure> for ImportError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// What is told while an import runs.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// The file is being checked.
    Checking(&'a str),
    /// The file is being stored.
    Storing(&'a str),
    /// The file is stored, unless a later one fails.
    Stored(&'a Imported),
}

/// How dossiers are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Everything is done and then undone.
    pub dry_run: bool,
    /// What becomes of a dossier of which somebody changed records since.
    pub clash: Clash,
}

/// Stores the catalogues that ship with the program: adds what is new, updates what changed.
pub async fn load_reference(store: &Store) -> Result<Counts, Failure> {
    let shipped = Reference::shipped()?;
    let mut tx = store.begin_operation(Clock::system().occasion("migrate")).await?;
    tx.begin_import().await?;
    // The catalogs are the center's; the districts among them belong to their provinces.
    let provinces: Vec<TenantId> = shipped.tenants.iter().map(|tenant| tenant.id).collect();
    tx.act_for(TenantId::CENTRAL, &provinces).await?;
    let counts = tx
        .put_reference(ReferenceRows {
            regions: &shipped.regions,
            tenants: &shipped.tenants,
            successions: &shipped.successions,
            localities: &shipped.localities,
            sectors: &shipped.sectors,
            topics: &shipped.topics,
            units: &shipped.units,
            indicators: &shipped.indicators,
            reorganizations: &shipped.reorganizations,
        })
        .await?;
    tx.commit().await?;
    Ok(counts)
}

/// Imports dossiers, each a file's name and content: [`check`], then [`put_all`].
pub async fn import(
    store: &Store,
    files: Vec<(String, Vec<u8>)>,
    manner: Manner,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<Vec<Imported>, ImportError> {
    let checked = check(files, progress)?;
    put_all(store, &checked, manner, progress).await
}

/// Reads all files and lists the problems of all of them. Needs no database.
pub fn check(
    files: Vec<(String, Vec<u8>)>,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<Vec<Checked>, ImportError> {
    let mut all = Vec::with_capacity(files.len());
    let mut problems = Vec::new();
    for (file, bytes) in files {
        progress(Progress::Checking(&file));
        match dossier::read(&file, &bytes) {
            Ok(checked) => all.push(checked),
            Err(found) => problems.extend(found.0),
        }
    }
    problems.extend(repeated(&all)?);
    if problems.is_empty() { Ok(all) } else { Err(ImportError::Problems(problems)) }
}

/// Stores dossiers in one transaction.
pub async fn put_all(
    store: &Store,
    dossiers: &[Checked],
    manner: Manner,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<Vec<Imported>, ImportError> {
    let reference = Reference::shipped().map_err(Failure::from)?;
    require_reference(store).await?;
    let mut tx = store.begin_operation(Clock::system().occasion("import")).await?;
    tx.begin_import().await?;
    let mut imported = Vec::with_capacity(dossiers.len());
    let mut problems = Vec::new();
    for one in in_order(dossiers) {
        progress(Progress::Storing(&one.file));
        match put(&mut tx, reference, one, manner).await? {
            Ok(done) => {
                progress(Progress::Stored(&done));
                imported.push(done);
            }
            Err(found) => problems.extend(found.0),
        }
    }
    if !problems.is_empty() {
        return Err(ImportError::Problems(problems));
    }
    if !manner.dry_run {
        tx.commit().await?;
    }
    Ok(imported)
}

/// As given, except that what a dossier names by `sameAs` comes right before it. In a circle nobody can be first; then the
/// store says what is missing.
fn in_order(dossiers: &[Checked]) -> Vec<&Checked> {
    let mut ordered = Vec::with_capacity(dossiers.len());
    let mut seen = HashSet::new();
    for one in dossiers {
        place(one, dossiers, &mut seen, &mut ordered);
    }
    ordered
}

fn place<'a>(one: &'a Checked, dossiers: &'a [Checked], seen: &mut HashSet<&'a str>, ordered: &mut Vec<&'a Checked>) {
    if !seen.insert(one.file.as_str()) {
        return;
    }
    for key in one.dossier.builds_on() {
        for other in dossiers.iter().filter(|other| other.dossier.key == key) {
            place(other, dossiers, seen, ordered);
        }
    }
    ordered.push(one);
}

/// Two files with one dossier: the second would erase what the first has just stored.
pub(crate) fn repeated(all: &[Checked]) -> Result<Vec<Problem>, ImportError> {
    let reference = Reference::shipped().map_err(Failure::from)?;
    let mut seen: HashMap<(TenantId, String), &str> = HashMap::new();
    let mut problems = Vec::new();
    for one in all {
        let needs = match one.needs(reference) {
            Ok(needs) => needs,
            Err(found) => {
                problems.extend(found.0);
                continue;
            }
        };
        if let Some(first) = seen.insert((needs.tenant, needs.dossier), &one.file) {
            problems.push(Problem {
                file: one.file.clone(),
                line: Some(one.locate("/key").0),
                path: "key".to_owned(),
                message: format!("`{}` is the dossier of {first} as well; import one of the two", one.dossier.key),
            });
        }
    }
    Ok(problems)
}

/// A fresh database knows no province; said once here, instead of as a broken key at the first record.
pub(crate) async fn require_reference(store: &Store) -> Result<(), Failure> {
    let loader = Loader::new(store.begin_read(None, chrono::NaiveDate::MIN).await?);
    if loader.get::<domain::Tenant>(TenantId::CENTRAL).await?.is_some() {
        return Ok(());
    }
    Err(Failure::new("the database has no reference data", "load it with `phoihop migrate`"))
}

/// Stores one dossier, as the operator for its tenant. The outer result is the store's, the inner one the file's.
async fn put(
    tx: &mut Tx,
    reference: &Reference,
    checked: &Checked,
    manner: Manner,
) -> Result<Result<Imported, Problems>, Failure> {
    let needs = match checked.needs(reference) {
        Ok(needs) => needs,
        Err(problems) => return Ok(Err(problems)),
    };
    tx.act_for_dossier(&needs).await?;
    match ::import::put(tx, checked, &needs, manner.clash).await {
        Ok(imported) => Ok(Ok(imported)),
        Err(Refusal::Problems(problems)) => Ok(Err(problems)),
        Err(Refusal::Fault(fault)) => Err(Failure::new(fault.message, "connect as phoihop_app")),
        Err(Refusal::Store(error)) => Err(error.into()),
    }
}

/// The sum over all files.
pub fn total(imported: &[Imported]) -> Counts {
    imported.iter().filter_map(|one| one.counts).fold(Counts::default(), |mut sum, counts| {
        sum += counts;
        sum
    })
}
