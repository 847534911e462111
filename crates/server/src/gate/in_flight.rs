//! How many requests are carried out at once: so many of one caller, so many of one tenant. Whoever comes too many waits
//! for a turn, in the order of arrival and not for long, so that one tenant's rush is its own.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::TenantId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Holder;

/// So long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(1);

/// Fewer counters than these are not worth a look at which of them nobody uses.
const MANY: usize = 10_000;

/// For each that has a turn, so many may wait for one; whoever comes then is sent away at once.
const WAITING: usize = 4;

#[derive(Debug)]
pub(super) struct InFlight {
    per_tenant: usize,
    tenants: Mutex<Counters<TenantId>>,
    holders: Mutex<Counters<Holder>>,
}

#[derive(Debug)]
struct Counters<K> {
    counters: HashMap<K, Arc<Turns>>,
    /// When there are so many, those that nobody uses go.
    swept_at: usize,
}

impl<K> Default for Counters<K> {
    fn default() -> Self {
        Self { counters: HashMap::new(), swept_at: MANY }
    }
}

/// The turns of one caller or tenant.
#[derive(Debug)]
struct Turns {
    free: Arc<Semaphore>,
    most_waiting: usize,
    waiting: AtomicUsize,
}

impl Turns {
    async fn next(&self) -> Option<OwnedSemaphorePermit> {
        struct Waiting<'a>(&'a AtomicUsize);
        impl Drop for Waiting<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Relaxed);
            }
        }
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        if before >= self.most_waiting {
            return None;
        }
        Arc::clone(&self.free).acquire_owned().await.ok()
    }
}

/// A turn; it ends when this is dropped.
#[derive(Debug)]
pub struct Permit {
    _holder: OwnedSemaphorePermit,
    _tenant: Option<OwnedSemaphorePermit>,
}

impl InFlight {
    pub(super) fn new(per_tenant: usize) -> Self {
        Self { per_tenant, tenants: Mutex::default(), holders: Mutex::default() }
    }

    pub(super) async fn enter(&self, holder: &Holder, most: usize, tenant: Option<TenantId>) -> Option<Permit> {
        let of_holder = counter(&self.holders, holder.clone(), most);
        let of_tenant = tenant.map(|tenant| counter(&self.tenants, tenant, self.per_tenant));
        let turn = async {
            let holder = of_holder.next().await?;
            let tenant = match of_tenant {
                Some(tenant) => Some(tenant.next().await?),
                None => None,
            };
            Some(Permit { _holder: holder, _tenant: tenant })
        };
        tokio::time::timeout(PATIENCE, turn).await.ok().flatten()
    }
}

fn counter<K: Eq + Hash>(counters: &Mutex<Counters<K>>, key: K, most: usize) -> Arc<Turns> {
    let mut known = counters.lock().unwrap_or_else(PoisonError::into_inner);
    let Counters { counters, swept_at } = &mut *known;
    if counters.len() >= *swept_at {
        // One whose turns are all there, and for which nobody waits, is as good as none.
        counters.retain(|_, counter| Arc::strong_count(counter) > 1 || Arc::strong_count(&counter.free) > 1);
        *swept_at = MANY.max(counters.len() * 2);
    }
    let turns = || Turns {
        free: Arc::new(Semaphore::new(most)),
        most_waiting: most.saturating_mul(WAITING),
        waiting: AtomicUsize::new(0),
    };
    Arc::clone(counters.entry(key).or_insert_with(|| Arc::new(turns())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn everybody_has_so_many_turns() {
        let gate = InFlight::new(3);
        let somebody = |name: &str| Holder::Principal(name.to_owned());
        let (here, there) = (Some(TenantId(1)), Some(TenantId(2)));
        let first = gate.enter(&somebody("a"), 2, here).await.unwrap();
        let _second = gate.enter(&somebody("a"), 2, here).await.unwrap();
        assert!(gate.enter(&somebody("a"), 2, here).await.is_none(), "two of one caller");
        let _third = gate.enter(&somebody("b"), 2, here).await.unwrap();
        assert!(gate.enter(&somebody("c"), 2, here).await.is_none(), "three of one tenant");
        assert!(gate.enter(&somebody("d"), 2, there).await.is_some(), "others have their own");
        assert!(gate.enter(&somebody("e"), 2, None).await.is_some());
        drop(first);
        assert!(gate.enter(&somebody("c"), 2, here).await.is_some());
    }
}
