//! The keys of an issuer, from a file: for networks in which the issuer cannot be asked. Whoever keeps the file up to
//! date replaces it; a file that cannot be read changes nothing.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::discovery::MAX_BYTES;
use super::issuer::Trust;
use super::jwk::{Alg, Choice, KeySet};
use crate::Clock;

/// The file is looked at again after so long.
const PAUSE: Duration = Duration::from_secs(10);

/// The keys of one issuer.
pub(super) struct JwksFile {
    trust: Arc<Trust>,
    path: PathBuf,
    clock: Clock,
    state: Mutex<State>,
}

struct State {
    keys: Arc<KeySet>,
    stamp: Stamp,
    looked: Duration,
    /// What is wrong with the file as it is now; said once.
    problem: Option<&'static str>,
}

/// Tells one content of a file from the next.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl JwksFile {
    /// Reads the file for the first time.
    pub(super) fn open(trust: Arc<Trust>, path: PathBuf, clock: Clock) -> Result<Self, &'static str> {
        let (stamp, bytes) = read(&path, None)?.ok_or("it cannot be read")?;
        let keys = KeySet::read(&bytes, &trust)?;
        if keys.is_empty() {
            return Err("none of its keys can verify a token");
        }
        let state = State { keys: Arc::new(keys), stamp, looked: clock.uptime(), problem: None };
        Ok(Self { trust, path, clock, state: Mutex::new(state) })
    }

    /// What the keys of the file say to a token.
    pub(super) async fn find(&self, alg: Alg, kid: Option<&str>) -> Choice {
        if let Some(stamp) = self.due() {
            let path = self.path.clone();
            let found = tokio::task::spawn_blocking(move || read(&path, Some(stamp))).await;
            self.take(found.unwrap_or(Err("it cannot be read")));
        }
        let keys = Arc::clone(&self.state().keys);
        keys.choose(alg, kid)
    }

    /// For one request in a while, what the others know already.
    fn due(&self) -> Option<Stamp> {
        let mut state = self.state();
        let now = self.clock.uptime();
        let due = now.saturating_sub(state.looked) >= PAUSE;
        due.then(|| {
            state.looked = now;
            state.stamp
        })
    }

    fn take(&self, found: Result<Option<(Stamp, Vec<u8>)>, &'static str>) {
        let found = found
            .and_then(|found| found.map(|(stamp, bytes)| Ok((stamp, KeySet::read(&bytes, &self.trust)?))).transpose());
        let mut state = self.state();
        let problem = match found {
            Ok(None) => return,
            Ok(Some((stamp, keys))) => {
                let none = keys.is_empty().then_some("none of its keys can verify a token");
                state.keys = Arc::new(keys);
                state.stamp = stamp;
                none
            }
            // The stamp stays: the file is tried again, for a reader may be allowed to it without its changing.
            Err(problem) => Some(problem),
        };
        if let Some(problem) = problem.filter(|problem| state.problem != Some(*problem)) {
            tracing::warn!(issuer = self.trust.url, problem, "the file of the issuer's keys is not as it should be");
        }
        state.problem = problem;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file, unless it is still the one with the stamp `known`.
fn read(path: &PathBuf, known: Option<Stamp>) -> Result<Option<(Stamp, Vec<u8>)>, &'static str> {
    let file = File::open(path).ok().ok_or("it cannot be read")?;
    let about = file.metadata().ok().ok_or("it cannot be read")?;
    let stamp = Stamp { modified: about.modified().ok(), length: about.len() };
    if known == Some(stamp) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).ok().ok_or("it cannot be read")?;
    if bytes.len() > MAX_BYTES { Err("it is too long") } else { Ok(Some((stamp, bytes))) }
}
