//! The folder with the files of export jobs. A file is written under another name, and gets its own when it is whole and on
//! disk; each attempt has a name of its own, so that two that overlap do not meet.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA256};
use axum::body::Bytes;
use domain::ExportJob;
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

use crate::auth::api_key::hex;
use crate::table::Stopped;
use crate::table::pump::Sink;

/// The end of the name of a file that is not whole.
const PART: &str = "part";

/// A folder that only the service reads.
#[derive(Clone, Debug)]
pub struct Spool {
    folder: Arc<Path>,
}

impl Spool {
    /// Creates the folder when it is missing, and tries whether it can be written to.
    ///
    /// # Errors
    ///
    /// The folder's name, and why it cannot be used.
    pub fn open(folder: &Path) -> Result<Self, (String, io::Error)> {
        Self::at(folder, false).map_err(|error| (folder.display().to_string(), error))
    }

    /// The same among files of others: of a folder of somebody else they could take files away.
    ///
    /// # Errors
    ///
    /// The folder's name, and why it cannot be used.
    pub fn open_own(folder: &Path) -> Result<Self, (String, io::Error)> {
        Self::at(folder, true).map_err(|error| (folder.display().to_string(), error))
    }

    fn at(folder: &Path, own: bool) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let folder = folder.canonicalize()?;
        let probe = folder.join(format!(".probe-{}", std::process::id()));
        let mine = new_file(&probe)?.metadata()?.uid();
        fs::remove_file(probe)?;
        if own && mine != fs::metadata(&folder)?.uid() {
            return Err(io::Error::other("it is somebody else's"));
        }
        Ok(Self { folder: folder.into() })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the whole file of a job is.
    pub fn file(&self, job: &ExportJob) -> PathBuf {
        self.folder.join(format!("{}-{}", job.id.uuid, job.attempts))
    }

    /// Begins the file of a job's attempt, which may have so many bytes.
    pub fn begin(&self, job: &ExportJob, most: u64) -> io::Result<Part> {
        let path = self.file(job).with_extension(PART);
        let file = tokio::fs::File::from_std(new_file(&path)?);
        let digest = Context::new(&SHA256);
        Ok(Part { path, file, digest, written: Arc::default(), most, kept: false })
    }

    /// Removes a file, if it is there.
    pub fn remove(&self, job: &ExportJob) {
        fs::remove_file(self.file(job)).ok();
    }

    /// The files that there are: each with the job and the attempt whose it is.
    pub fn files(&self) -> io::Result<Vec<(Uuid, i32, PathBuf)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            let Some((id, attempt)) = name.rsplit_once('-') else { continue };
            if let (Ok(id), Ok(attempt)) = (Uuid::try_parse(id), attempt.parse()) {
                files.push((id, attempt, path));
            }
        }
        Ok(files)
    }

    /// Removes the files that no job has. Those of jobs that nobody knows are left for a while: the folder may be shared with
    /// a service over another database.
    pub fn sweep(files: Vec<(Uuid, i32, PathBuf)>, kept: &HashMap<Uuid, Option<i32>>, old: Duration) {
        for (id, attempt, path) in files {
            let unused = match kept.get(&id) {
                Some(kept) => *kept != Some(attempt),
                None => is_older(&path, old),
            };
            if unused {
                fs::remove_file(path).ok();
            }
        }
    }
}

fn is_older(path: &Path, than: Duration) -> bool {
    let modified = fs::metadata(path).and_then(|data| data.modified());
    modified.ok().and_then(|modified| modified.elapsed().ok()).is_some_and(|age| age > than)
}

fn new_file(path: &Path) -> io::Result<fs::File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// A file being written; it is gone unless it is finished.
pub struct Part {
    path: PathBuf,
    file: tokio::fs::File,
    digest: Context,
    written: Arc<AtomicU64>,
    most: u64,
    kept: bool,
}

impl Part {
    /// How many bytes are written, for whoever looks on.
    pub fn written(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.written)
    }

    /// Sees to it that all of it is on disk, and gives it its name. Answers its bytes and its SHA-256.
    pub async fn finish(mut self, path: &Path) -> io::Result<(u64, String)> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        tokio::fs::rename(&self.path, path).await?;
        self.kept = true;
        if let Some(folder) = path.parent() {
            // The name is on disk when the folder is.
            tokio::fs::File::open(folder).await?.sync_all().await?;
        }
        let digest = std::mem::replace(&mut self.digest, Context::new(&SHA256)).finish();
        let digest = hex(digest.as_ref());
        Ok((self.written.load(Ordering::Relaxed), digest))
    }
}

impl Sink for Part {
    async fn send(&mut self, piece: Bytes) -> Result<(), Stopped> {
        let bytes = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.written.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) > self.most {
            return Err(Stopped::Large(self.most));
        }
        self.digest.update(&piece);
        self.file.write_all(&piece).await.map_err(Stopped::Unwritten)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            fs::remove_file(&self.path).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::actor::{GrantUse, Principal};
    use domain::export_job::{ExportFormat, ExportWish};
    use domain::{Actor, TenantId};

    use super::*;

    fn job() -> ExportJob {
        let wish = ExportWish { table: "results".to_owned(), format: ExportFormat::Csv, parameters: Vec::new() };
        let (principal, tenant) = (Principal::operator(), TenantId(1));
        let actor = Actor { principal, tenant, roles: BTreeSet::new(), grants: GrantUse::All };
        ExportJob::start(wish, actor, 0, (0, 1), chrono::DateTime::default()).unwrap()
    }

    fn names(spool: &Spool) -> Vec<String> {
        fs::read_dir(spool.folder()).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[tokio::test]
    async fn a_file_is_whole_or_not_there() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::open(&dir.path().join("a/b")).unwrap();
        assert_eq!(fs::metadata(spool.folder()).unwrap().mode() & 0o777, 0o700);
        let job = job();
        let mut part = spool.begin(&job, 5).unwrap();
        part.send(Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!(names(&spool), [format!("{}-0.part", job.id.uuid)]);
        drop(part);
        assert_eq!(names(&spool), [""; 0]);
        let mut part = spool.begin(&job, 5).unwrap();
        part.send(Bytes::from_static(b"abc")).await.unwrap();
        let (bytes, digest) = part.finish(&spool.file(&job)).await.unwrap();
        assert_eq!((bytes, &digest[..8]), (3, "ba7816bf"));
        assert_eq!(fs::read(spool.file(&job)).unwrap(), b"abc");
        assert_eq!(fs::metadata(spool.file(&job)).unwrap().mode() & 0o777, 0o600);
        let mut part = spool.begin(&job, 5).unwrap();
        assert!(matches!(part.send(Bytes::from_static(b"abcdef")).await, Err(Stopped::Large(5))));
    }

    #[test]
    fn what_no_job_has_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::open(dir.path()).unwrap();
        let (kept, ended, unknown) = (job().id.uuid, job().id.uuid, job().id.uuid);
        for name in [format!("{kept}-1"), format!("{kept}-2"), format!("{ended}-1.part"), format!("{unknown}-1")] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        fs::write(dir.path().join("other"), "").unwrap();
        let known = HashMap::from([(kept, Some(2)), (ended, None)]);
        Spool::sweep(spool.files().unwrap(), &known, Duration::from_mins(1));
        let left: BTreeSet<String> = names(&spool).into_iter().collect();
        assert_eq!(left, BTreeSet::from([format!("{kept}-2"), format!("{unknown}-1"), "other".to_owned()]));
        Spool::sweep(spool.files().unwrap(), &known, Duration::ZERO);
        assert_eq!(names(&spool).len(), 2);
    }

    #[test]
    fn a_folder_that_cannot_be_used_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        let (folder, _) = Spool::open(&dir.path().join("file/x")).unwrap_err();
        assert!(folder.ends_with("file/x"));
    }
}
