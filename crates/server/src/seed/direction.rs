//! Directions and the obligations they open, some of which a later program fulfilled.

use domain::direction::ObligationKind;
use domain::involvement::{InvolvementKind, Subject};
use domain::{AgencyLevel, Direction, Event, Id, Obligation};

use super::chance::Chance;
use super::date;
use super::id;
use super::program::{BLOCK, Facts};
use super::scribe::Scribe;
use super::words::DIRECTIONS;

impl Scribe<'_> {
    /// What was directed, and what that asks for.
    pub(super) fn directions(&mut self, facts: &Facts, event: Option<Id<Event>>, sectors: &[u64], chance: &mut Chance) {
        let unit = self.unit();
        for (order, text) in (1..).zip(DIRECTIONS).take(usize::try_from(chance.between(-3, 3)).unwrap_or(0)) {
            let direction = self.ids.next::<Direction>();
            self.bundle.directions.push(Direction {
                id: direction,
                program: facts.id,
                event,
                order,
                text: (*text).to_owned(),
                period: None,
                visibility: facts.visibility,
                version: 0,
            });
            let actor = sectors.first().copied().unwrap_or(0);
            self.acts(Subject::Direction(direction), InvolvementKind::Actor, facts, actor);
            if let Some(other) = sectors.get(1).filter(|_| chance.percent(60)) {
                self.acts(Subject::Direction(direction), InvolvementKind::Addressee, facts, *other);
            }
            let kind = match order {
                1 => ObligationKind::Cascade,
                2 => ObligationKind::AnnualPlan,
                _ => ObligationKind::PeriodicReview,
            };
            if !chance.percent(65) {
                continue;
            }
            // The districts' programs of a block carry out its first ones, the yearly plans its first three.
            let place = facts.number % BLOCK;
            let later = match (order, place) {
                (1, 0..5) => Some(20),
                (2, 0..3) => Some(25),
                _ => None,
            };
            let fulfilled = later.filter(|_| facts.level == AgencyLevel::Province).map(|later| facts.number + later);
            let fulfilled = fulfilled.filter(|number| *number < self.programs());
            let id = self.ids.next::<Obligation>();
            self.bundle.obligations.push(Obligation {
                id,
                direction,
                program: facts.id,
                kind,
                due: chance.sometimes(40, |_| date::month(date::after(facts.signed, 180))).flatten(),
                fulfilled_by: fulfilled.map(|number| id::id(unit.plan.seed, unit.tenant.id, number)),
                visibility: facts.visibility,
                version: 0,
            });
        }
    }
}
