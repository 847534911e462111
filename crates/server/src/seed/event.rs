//! Events: where programs are signed, made known and reviewed, and who was there.

use chrono::NaiveDate;
use domain::event::{EventKind, EventMode, TimeOfDay};
use domain::involvement::{InvolvementKind, Role, Subject};
use domain::{Event, EventProgram, Id, Program, RecordKind, Visibility};

use super::agency::principal;
use super::chance::Chance;
use super::date;
use super::program::Facts;
use super::scribe::Scribe;

/// What takes place.
struct Occasion {
    kind: EventKind,
    name: String,
    day: NaiveDate,
    also: Option<Id<Program>>,
}

impl Scribe<'_> {
    /// The events of a program; the one at which it was reviewed.
    pub(super) fn events(
        &mut self,
        facts: &Facts,
        title: &str,
        reported: i32,
        sectors: &[u64],
        chance: &mut Chance,
    ) -> Option<Id<Event>> {
        let name = |words: &str| format!("{words} {title}");
        if chance.percent(62) {
            let kind = if chance.percent(90) { EventKind::Signing } else { EventKind::Pledge };
            self.event(
                facts,
                Occasion { kind, name: name("Lễ ký kết"), day: facts.signed, also: None },
                sectors,
                chance,
            );
        }
        if chance.percent(14) {
            let day = date::after(facts.signed, 20 + chance.below(100));
            // Such a conference makes the center's program known as well.
            let also = facts.parent.map(|(_, parent)| parent).filter(|parent| parent.tenant != facts.id.tenant);
            let kind = EventKind::Dissemination;
            self.event(facts, Occasion { kind, name: name("Hội nghị triển khai"), day, also }, sectors, chance);
        }
        let (kind, words) = match chance.below(4) {
            0 => (EventKind::AnnualReview, "Hội nghị tổng kết năm"),
            1 => (EventKind::InterimReview, "Hội nghị sơ kết"),
            _ => (EventKind::FinalReview, "Hội nghị tổng kết"),
        };
        let month = u32::try_from(chance.between(1, 12)).unwrap_or(1);
        let day = NaiveDate::from_ymd_opt(reported, month, 15).unwrap_or(facts.signed).max(facts.signed);
        let occasion = Occasion { kind, name: name(words), day: date::after(day, 0), also: None };
        chance.percent(36).then(|| self.event(facts, occasion, sectors, chance))
    }

    fn event(&mut self, facts: &Facts, occasion: Occasion, sectors: &[u64], chance: &mut Chance) -> Id<Event> {
        let unit = self.unit();
        let Occasion { kind, name, day, also } = occasion;
        // Some articles were never published.
        let hidden = facts.visibility == Visibility::Public && chance.percent(4);
        let visibility = if hidden { Visibility::Internal } else { facts.visibility };
        let id = self.ids.next::<Event>();
        self.bundle.events.push(Event {
            id,
            kind,
            name,
            name_inferred: chance.sometimes(25, |_| "bài viết không nêu tên hội nghị".to_owned()),
            date: date::told(chance, day),
            time_of_day: chance.sometimes(30, |_| TimeOfDay::Morning),
            place: chance.sometimes(50, |_| format!("Hội trường {}", unit.name)),
            mode: chance.sometimes(15, |_| EventMode::InPerson),
            remote_point_count: None,
            remote_points: None,
            agenda: Vec::new(),
            note: None,
            visibility,
            version: 0,
        });
        self.vouch(RecordKind::Event, id, format!("events/{}", id.uuid), visibility);
        for (order, program) in (1..).zip(std::iter::once(facts.id).chain(also)) {
            let joined = self.ids.next::<EventProgram>();
            self.bundle.event_programs.push(EventProgram { id: joined, event: id, program, order, visibility });
        }
        self.attendances(id, visibility, sectors, chance);
        id
    }

    fn attendances(&mut self, event: Id<Event>, visibility: Visibility, sectors: &[u64], chance: &mut Chance) {
        let unit = self.unit();
        for order in 1..=chance.between(0, 5) {
            let mut party = self.party(Subject::Event(event), InvolvementKind::Attendance, order, visibility);
            party.roles = match chance.below(8) {
                0 => vec![Role::Chair, Role::Speaker],
                1 => vec![Role::Directing],
                2 => vec![Role::Organizer],
                3 => vec![Role::Witness],
                4 => vec![Role::Speaker],
                _ => vec![Role::Attendee],
            };
            let sector = chance.pick(sectors).copied().unwrap_or(0);
            if chance.percent(92) {
                party.agency = Some(principal(unit.plan, unit.tenant, sector));
                party.representation = chance.sometimes(25, |_| "đại diện lãnh đạo".to_owned());
                if party.representation.is_none() && chance.percent(40) {
                    self.name(&mut party, sector, chance);
                }
            } else {
                party.label = Some("đại biểu các sở, ngành".to_owned());
            }
            self.bundle.involvements.push(party);
        }
    }
}
