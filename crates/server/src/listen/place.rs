//! Places for connections: so many in all, so many of one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedSemaphorePermit;

/// A connection's place; it is free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    pub(super) _place: OwnedSemaphorePermit,
    pub(super) _share: Share,
}

/// How many places each address has taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Shares {
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Share {
    shares: Shares,
    address: IpAddr,
}

impl Shares {
    /// Takes one more, unless there are `most` already.
    pub(super) fn take(&self, address: IpAddr, most: usize) -> Option<Share> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Share { shares: self.clone(), address })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.shares.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_share() {
        let shares = Shares::default();
        let (here, there) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let first = shares.take(here, 2);
        let second = shares.take(here, 2);
        assert!(first.is_some() && second.is_some());
        assert!(shares.take(here, 2).is_none());
        assert!(shares.take(there, 2).is_some());
        drop(first);
        assert!(shares.take(here, 2).is_some());
        drop(second);
        assert!(shares.taken.lock().unwrap().is_empty(), "nobody is remembered");
    }
}
