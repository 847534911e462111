//! The keys of an issuer, from its own address (`OpenID` Connect Discovery), fetched when a token first needs them and
//! kept for a while. What may be fetched from where is in `fetch`; this file decides when.
//!
//! Whoever shows a token makes us fetch, so how often is bounded whatever is shown, and a fetch belongs to no request:
//! it goes on when the one that began it is gone.

mod fetch;

pub(super) use self::fetch::{MAX_BYTES, secure};

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use self::fetch::Fetcher;
use super::issuer::Trust;
use super::jwk::{Alg, Choice, KeySet};
use super::reason::Denial;
use crate::Clock;

/// Keys are not asked for again before they are so old.
const FRESH: Duration = Duration::from_mins(10);
/// While the issuer does not answer, older keys are used until they are so old.
const STALE: Duration = Duration::from_hours(24);
/// Between two fetches for keys that we do not have, and between two tries to renew old ones.
const PAUSE: Duration = Duration::from_secs(30);
/// Between two tries while there are no keys at all.
const SHORT_PAUSE: Duration = Duration::from_secs(5);

/// The keys of one issuer.
pub(super) struct Discovery {
    shared: Arc<Shared>,
    /// The fetch that is under way; it ends with the issuer.
    tasks: Mutex<JoinSet<()>>,
}

struct Shared {
    trust: Arc<Trust>,
    fetcher: Fetcher,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: Option<Known>,
    /// When a fetch was last begun.
    tried: Option<Duration>,
    /// When one was last begun because a key was missing.
    missed: Option<Duration>,
    /// Closed when the fetch that is under way ends, however it ends.
    running: Option<watch::Receiver<()>>,
}

struct Known {
    keys: Arc<KeySet>,
    at: Duration,
}

/// Why keys should be fetched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// There are none.
    Any,
    /// Those that are there are old.
    Newer,
    /// One is not among them.
    Another,
}

impl Discovery {
    pub(super) fn new(
        trust: Arc<Trust>,
        certificates: Option<Vec<reqwest::Certificate>>,
        clock: Clock,
    ) -> Result<Self, String> {
        let fetcher = Fetcher::new(&trust.url, certificates)?;
        let shared = Shared { trust, fetcher, clock, state: Mutex::default() };
        Ok(Self { shared: Arc::new(shared), tasks: Mutex::default() })
    }

    /// What the issuer's keys say to a token.
    pub(super) async fn find(&self, alg: Alg, kid: Option<&str>) -> Result<Choice, Denial> {
        let wait = {
            let mut state = self.shared.state();
            let now = self.shared.clock.uptime();
            let choice = state.choose(alg, kid, now);
            let need = match &choice {
                None => Some(Need::Any),
                Some(_) if !state.fresh(now) => Some(Need::Newer),
                Some(Choice::Unknown) => Some(Need::Another),
                Some(Choice::Found(_) | Choice::Unclear) => None,
            };
            let Some(need) = need else {
                return choice.ok_or_else(|| state.unavailable(now));
            };
            match state.running() {
                // A key that is old but known is good enough while another request asks for newer ones.
                Some(_) if matches!(choice, Some(Choice::Found(_))) => None,
                Some(running) => Some(running),
                None if state.may_begin(need, now) => Some(self.begin(&mut state, need, now)),
                None => None,
            }
        };
        if let Some(mut done) = wait {
            // An error, because nothing is ever sent: the other end was closed.
            done.changed().await.ok();
        }
        let state = self.shared.state();
        let now = self.shared.clock.uptime();
        state.choose(alg, kid, now).ok_or_else(|| state.unavailable(now))
    }

    fn begin(&self, state: &mut State, need: Need, now: Duration) -> watch::Receiver<()> {
        let (running, done) = watch::channel(());
        state.tried = Some(now);
        if need == Need::Another {
            state.missed = Some(now);
        }
        state.running = Some(done.clone());
        let shared = Arc::clone(&self.shared);
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(async move {
            shared.refresh().await;
            drop(running);
        });
        done
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn refresh(&self) {
        let issuer = self.trust.url.as_str();
        let keys = match self.fetcher.keys(issuer).await {
            Ok(bytes) => KeySet::read(&bytes, &self.trust),
            Err(problem) => Err(problem),
        };
        match keys {
            Ok(keys) => {
                if keys.is_empty() {
                    tracing::warn!(issuer, "the issuer publishes no key that could verify a token");
                }
                self.state().known = Some(Known { keys: Arc::new(keys), at: self.clock.uptime() });
            }
            Err(problem) => tracing::warn!(issuer, problem, "the issuer's keys cannot be fetched"),
        }
    }
}

impl State {
    /// None when there are no keys, or none that are still good.
    fn choose(&self, alg: Alg, kid: Option<&str>, now: Duration) -> Option<Choice> {
        let known = self.known.as_ref().filter(|known| now.saturating_sub(known.at) < STALE)?;
        Some(known.keys.choose(alg, kid))
    }

    fn fresh(&self, now: Duration) -> bool {
        self.known.as_ref().is_some_and(|known| now.saturating_sub(known.at) < FRESH)
    }

    fn running(&self) -> Option<watch::Receiver<()>> {
        self.running.clone().filter(|running| running.has_changed().is_ok())
    }

    fn may_begin(&self, need: Need, now: Duration) -> bool {
        let (last, pause) = match need {
            Need::Any => (self.tried, SHORT_PAUSE),
            Need::Newer => (self.tried, PAUSE),
            // Counted apart from other fetches: a key may be changed just after one of them.
            Need::Another => (self.missed, PAUSE),
        };
        last.is_none_or(|last| now.saturating_sub(last) >= pause)
    }

    fn unavailable(&self, now: Duration) -> Denial {
        let passed = self.tried.map_or(SHORT_PAUSE, |tried| now.saturating_sub(tried));
        Denial::Unavailable { retry_after_seconds: SHORT_PAUSE.saturating_sub(passed).as_secs().max(1) }
    }
}
