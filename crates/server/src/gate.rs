//! Who may pass, how often, and how many at once. It counts what callers spend and knows nothing of what they ask.

mod buckets;
mod in_flight;
mod trusted;

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use domain::Actor;
use graphql::Quota;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::settings::{Class, Documents, Settings};
use crate::{Clock, Failure};

pub use self::buckets::Exhausted;
pub use self::in_flight::Permit;
pub use self::trusted::Trusted;

/// Counts for the whole process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Gate {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    settings: Settings,
    clock: Clock,
    buckets: buckets::Buckets,
    in_flight: in_flight::InFlight,
    trusted: Trusted,
    downloads: Arc<Semaphore>,
}

/// So many tables are read at once, whoever asks: each holds a connection for as long as its reader takes.
const DOWNLOADS: usize = 2;

/// Whose counts a request goes on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// Somebody who has shown who they are.
    Principal(String),
    /// Whoever asks from this address without saying so; of IPv6 the network, since one holder has a whole one.
    Address(IpAddr),
}

impl Holder {
    /// The holder of a request.
    pub fn of(actor: Option<&Actor>, address: IpAddr) -> Self {
        match (actor, address) {
            (Some(actor), _) => Self::Principal(actor.principal.as_str().to_owned()),
            (None, address) => Self::Address(match address.to_canonical() {
                IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
                address @ IpAddr::V4(_) => address,
            }),
        }
    }
}

impl Gate {
    /// Opens with these settings, and reads the manifest that they name.
    pub fn new(settings: Settings, clock: Clock) -> Result<Self, Failure> {
        let Documents { mode, manifest } = &settings.documents;
        let trusted = Trusted::read(*mode, manifest.as_deref())?;
        let in_flight = in_flight::InFlight::new(settings.limits.in_flight_per_tenant);
        Ok(Self {
            inner: Arc::new(Inner {
                settings,
                clock,
                buckets: buckets::Buckets::default(),
                in_flight,
                trusted,
                downloads: Arc::new(Semaphore::new(DOWNLOADS)),
            }),
        })
    }

    /// What was set.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The limits of a caller.
    pub fn class(&self, actor: Option<&Actor>) -> &Class {
        let limits = &self.inner.settings.limits;
        match actor {
            None => &limits.anonymous,
            Some(actor) if actor.principal.is_key() => &limits.key,
            Some(_) => &limits.user,
        }
    }

    /// The documents that are trusted.
    pub fn trusted(&self) -> &Trusted {
        &self.inner.trusted
    }

    /// Takes `units` from what a caller may spend, or says when there will be enough.
    pub fn spend(&self, holder: &Holder, class: &Class, units: u64) -> Result<Quota, Exhausted> {
        let left = self.inner.buckets.take(holder, class.cost_per_minute, units, self.inner.clock.uptime());
        left.map(|left| self.quota(class, units, left))
    }

    /// What a caller may spend, without taking anything.
    pub fn look(&self, holder: &Holder, class: &Class, units: u64) -> Quota {
        let left = self.inner.buckets.left(holder, class.cost_per_minute, self.inner.clock.uptime());
        self.quota(class, units, left)
    }

    /// Gives back what was taken beforehand and not needed; answers what is left.
    pub fn give_back(&self, holder: &Holder, class: &Class, units: u64) -> u64 {
        self.inner.buckets.give_back(holder, class.cost_per_minute, units, self.inner.clock.uptime())
    }

    /// Takes what was found to be spent, or all that is left.
    pub fn settle(&self, holder: &Holder, class: &Class, spent: u64) {
        let left = self.look(holder, class, 0).remaining;
        self.spend(holder, class, spent.min(left)).ok();
    }

    /// Waits for a turn; none when there was none within a second.
    pub async fn enter(&self, holder: &Holder, class: &Class, actor: Option<&Actor>) -> Option<Permit> {
        self.inner.in_flight.enter(holder, class.in_flight, actor.map(|actor| actor.tenant)).await
    }

    /// A place among those who read a long table; none when all are taken.
    pub fn download(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.inner.downloads).try_acquire_owned().ok()
    }

    fn quota(&self, class: &Class, cost: u64, remaining: u64) -> Quota {
        let limit = class.cost_per_minute;
        let missing = limit.saturating_sub(remaining).saturating_mul(60).div_ceil(limit.max(1));
        let reset_at = self.inner.clock.now().saturating_add(i64::try_from(missing).unwrap_or(60));
        Quota { cost, limit, remaining, reset_at, nodes: class.document.nodes }
    }
}
