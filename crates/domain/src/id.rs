//! Keys of tenants and of the records they own.
//!
//! A record is known by the tenant that owns it together with a UUID, so that a row of one tenant can never be
//! reached under the key of another. This file does not know what the records are, nor where they are stored: the
//! type parameter of [`Id`] only keeps the key of one noun from being passed for the key of another.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use uuid::Uuid;

/// The number of a tenant: one version of a provincial unit, or the center.
///
/// Neither a statistical code nor an ISO code nor a name: all three are reused when provinces merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(pub i32);

impl TenantId {
    /// The one central tenant (`trung-uong`), which owns the shared catalogs.
    pub const CENTRAL: Self = Self(1);
    /// No tenant at all: what an id leads to that is none.
    pub const NOWHERE: Self = Self(0);
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The composite key of a tenant-owned record of the noun `T`.
///
/// Keys order by tenant, then by UUID; generated UUIDs carry their time first, so records of one tenant sort by
/// when they were made.
pub struct Id<T> {
    /// The tenant that owns the record.
    pub tenant: TenantId,
    /// The record within its tenant.
    pub uuid: Uuid,
    // A function pointer: the key owns no `T`, so it is `Send`, `Sync` and `Copy` whatever `T` is.
    noun: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The key of a record that exists already.
    pub const fn new(tenant: TenantId, uuid: Uuid) -> Self {
        Self { tenant, uuid, noun: PhantomData }
    }

    /// A fresh key (UUID version 7) for a new record of `tenant`.
    #[expect(clippy::disallowed_methods, reason = "the one place where ids are made")]
    pub fn generate(tenant: TenantId) -> Self {
        Self::new(tenant, Uuid::now_v7())
    }

    /// The same key, read as the key of another noun.
    ///
    /// Only for polymorphic edges — a citation, a conflict, a source link — where the kind of the record is stored
    /// beside its key and has just been checked. Anywhere else it defeats the purpose of the type.
    pub const fn cast<U>(self) -> Id<U> {
        Id::new(self.tenant, self.uuid)
    }

    const fn key(&self) -> (TenantId, Uuid) {
        (self.tenant, self.uuid)
    }
}

// Written out rather than derived: a derive would ask the same trait of `T`, which is only a label.

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<T> Eq for Id<T> {}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({}/{})", self.tenant, self.uuid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    // Deliberately without any derive: a key must not ask anything of its noun.
    struct Noun;
    struct Other;

    #[test]
    fn a_key_needs_nothing_of_its_noun() {
        let id = Id::<Noun>::generate(TenantId(7));
        let copy = id;
        assert_eq!(id, copy);
        assert_eq!(HashSet::from([id, copy]).len(), 1);
        assert_eq!(format!("{id:?}"), format!("Id(7/{})", id.uuid));
    }

    #[test]
    fn one_uuid_in_two_tenants_is_two_records() {
        let uuid = Uuid::from_u128(5);
        assert_ne!(Id::<Noun>::new(TenantId(2), uuid), Id::<Noun>::new(TenantId(3), uuid));
        assert!(Id::<Noun>::new(TenantId(2), Uuid::from_u128(9)) < Id::<Noun>::new(TenantId(3), uuid));
    }

    #[test]
    fn generated_keys_are_version_7_and_distinct() {
        let first = Id::<Noun>::generate(TenantId::CENTRAL);
        let second = Id::<Noun>::generate(TenantId::CENTRAL);
        assert_eq!(first.uuid.get_version_num(), 7);
        assert!(first < second, "keys made in one process keep their order");
    }

    #[test]
    fn a_cast_keeps_tenant_and_uuid() {
        let id = Id::<Noun>::generate(TenantId(4));
        let cast: Id<Other> = id.cast();
        assert_eq!((cast.tenant, cast.uuid), (id.tenant, id.uuid));
    }

    #[test]
    fn keys_cross_threads() {
        fn assert_shareable<T: Send + Sync + Copy>() {}
        assert_shareable::<Id<std::rc::Rc<Noun>>>();
        assert_eq!(TenantId::CENTRAL.to_string(), "1");
    }
}
