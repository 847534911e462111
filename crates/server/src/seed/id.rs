//! Ids of seeded records: worked out from the seed, the tenant, the noun and a number, and told from all others at a
//! glance. They are UUIDs of version 8, whose bits are free:
//!
//! `5eed` and the seed (32 bits), `8` and the tenant (12 bits), the variant (2 bits), the noun (6 bits), the number (56
//! bits). So `5eed0000-0001-800a-8c00-000000000005` is program 5 of tenant 10 by seed 1. Ids of one noun and tenant are
//! consecutive, as those of real records nearly are, which come in the order of time.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use domain::{
    Agency, AgencyGroup, AgencyGroupMember, Award, Citation, CooperationArea, Direction, Document, Event, EventProgram,
    Id, Involvement, Obligation, Outcome, Person, PlannedActivity, Position, Program, ProgramLink, ProgramTopic,
    Provenance, Remark, Source, Target, TenantId,
};
use uuid::Uuid;

const MARK: u128 = 0x5eed << 112;

/// A noun that is seeded.
pub trait Noun: 'static {
    /// Its number in ids.
    const NUMBER: u8;
}

macro_rules! nouns {
    ($($noun:ty = $number:literal,)*) => { $(impl Noun for $noun { const NUMBER: u8 = $number; })* };
}

nouns! {
    Source = 1,
    Provenance = 2,
    Agency = 3,
    AgencyGroup = 4,
    AgencyGroupMember = 5,
    Person = 6,
    Position = 7,
    Document = 8,
    Citation = 9,
    Program = 12,
    ProgramTopic = 13,
    ProgramLink = 14,
    CooperationArea = 15,
    Target = 16,
    Outcome = 17,
    Award = 18,
    Direction = 19,
    Obligation = 20,
    PlannedActivity = 21,
    Remark = 22,
    Event = 23,
    EventProgram = 24,
    Involvement = 25,
}

/// The id of a record.
pub fn id<T: Noun>(seed: u32, tenant: TenantId, number: u64) -> Id<T> {
    let owner = u128::from(tenant.0.unsigned_abs() & 0xFFF) << 64;
    let number = u128::from(number & 0x00FF_FFFF_FFFF_FFFF);
    let noun = u128::from(T::NUMBER) << 56;
    let bits = MARK | (u128::from(seed) << 80) | (8 << 76) | owner | (2 << 62) | noun | number;
    Id::new(tenant, Uuid::from_u128(bits))
}

/// All ids of seeded records.
pub fn seeded() -> RangeInclusive<Uuid> {
    Uuid::from_u128(MARK)..=Uuid::from_u128(MARK | (u128::MAX >> 16))
}

/// All others.
pub fn others() -> [RangeInclusive<Uuid>; 2] {
    [Uuid::nil()..=Uuid::from_u128(MARK - 1), Uuid::from_u128((MARK | (u128::MAX >> 16)) + 1)..=Uuid::max()]
}

/// Numbers a tenant's records, noun by noun.
#[derive(Clone, Debug)]
pub struct Ids {
    seed: u32,
    tenant: TenantId,
    next: BTreeMap<u8, u64>,
}

impl Ids {
    /// Nothing is numbered yet.
    pub fn new(seed: u32, tenant: TenantId) -> Self {
        Self { seed, tenant, next: BTreeMap::new() }
    }

    /// The next id of a noun.
    pub fn next<T: Noun>(&mut self) -> Id<T> {
        let next = self.next.entry(T::NUMBER).or_default();
        let number = *next;
        *next += 1;
        id(self.seed, self.tenant, number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_be_read() {
        let program = id::<Program>(1, TenantId(10), 5);
        assert_eq!(program.uuid.to_string(), "5eed0000-0001-800a-8c00-000000000005");
        assert_eq!(program.uuid.get_version_num(), 8);
        assert_eq!(program.uuid.get_variant(), uuid::Variant::RFC4122);
        let mut ids = Ids::new(u32::MAX, TenantId(89));
        ids.next::<Program>();
        assert_eq!(ids.next::<Program>().uuid.to_string(), "5eedffff-ffff-8059-8c00-000000000001");
        assert_eq!(ids.next::<Event>().uuid.to_string(), "5eedffff-ffff-8059-9700-000000000000");
    }

    #[test]
    fn seeded_ids_are_told_from_others() {
        for one in [id::<Program>(0, TenantId(1), 0).uuid, id::<Involvement>(u32::MAX, TenantId(89), 1 << 40).uuid] {
            assert!(seeded().contains(&one));
            assert!(others().iter().all(|range| !range.contains(&one)));
        }
        let real = Id::<Program>::generate(TenantId(1)).uuid;
        assert!(!seeded().contains(&real) && others().iter().any(|range| range.contains(&real)));
    }
}
