//! People and the positions they hold. Names are drawn from few, so that many people share one.

use domain::{Id, Person, Position, RecordKind, Tenant, Visibility};

use super::Plan;
use super::agency::{OFFICES, office_of, principal};
use super::chance::Chance;
use super::date;
use super::id;
use super::scribe::Scribe;
use super::words::{FAMILY_NAMES, MEN, SPELLINGS, WOMEN};

/// How many people a unit has.
pub fn count(programs: u64) -> u64 {
    24 + programs / 2
}

/// Somebody of the office with a number.
pub fn somebody(plan: &Plan, tenant: &Tenant, sector: u64, programs: u64, chance: &mut Chance) -> Id<Person> {
    let offices = u64::try_from(OFFICES.len()).unwrap_or(1);
    id::id(plan.seed, tenant.id, sector + offices * chance.below(count(programs) / offices))
}

impl Scribe<'_> {
    /// Somebody with one or two positions.
    pub(super) fn person(&mut self, number: u64) {
        let unit = self.unit();
        let mut chance = self.chance(5, number);
        let woman = chance.percent(55);
        let (middle, given) = if woman { WOMEN } else { MEN };
        let (family, middle, given) = (chance.word(FAMILY_NAMES), chance.word(middle), chance.word(given));
        let name = format!("{family} {middle} {given}");
        let other = SPELLINGS.iter().find(|(one, _)| *one == given).map(|(_, other)| *other);
        let variants = other.filter(|_| chance.percent(30)).map(|other| format!("{family} {middle} {other}"));
        let visibility = if chance.percent(4) { Visibility::Internal } else { Visibility::Public };
        let id = self.ids.next::<Person>();
        self.bundle.people.push(Person {
            id,
            name,
            variants: variants.into_iter().collect(),
            honorific: chance.sometimes(25, |_| if woman { "Bà" } else { "Ông" }.to_owned()),
            note: chance.sometimes(3, |_| "Không phải người cùng tên ở cơ quan khác".to_owned()),
            visibility,
            version: 0,
        });
        let Some(office) = office_of(number) else { return };
        let sector = number % u64::try_from(OFFICES.len()).unwrap_or(1);
        let began = chance.between(2014, 2025);
        let titles = [
            if number < 12 || chance.percent(30) { office.head.to_owned() } else { format!("Phó {}", office.head) },
            "Ủy viên Ban Thường vụ".to_owned(),
        ];
        let several = if chance.percent(20) { 2 } else { 1 };
        for (order, title) in (1..).zip(titles.into_iter().take(several)) {
            let position = self.ids.next::<Position>();
            self.bundle.positions.push(Position {
                id: position,
                person: id,
                agency: (order == 1).then(|| principal(unit.plan, unit.tenant, sector)),
                title,
                order,
                from: chance.sometimes(40, |_| date::year(began)).flatten(),
                to: chance.sometimes(15, |chance| date::year(began + chance.between(1, 6))).flatten(),
                visibility,
                version: 0,
            });
        }
        self.vouch(RecordKind::Person, id, format!("people/{number}"), visibility);
    }
}
