//! Who is involved: signatories, most of whom are offices without a name; participants; and whoever else stands in some
//! role.

use domain::involvement::{InvolvementKind, Role, Subject};
use domain::{Agency, AgencyLevel, Basis, Dated, Id, Involvement, PartialDate, Visibility};

use super::agency::{IN_DISTRICTS, OFFICES, in_district, office_of, principal};
use super::chance::Chance;
use super::date;
use super::id;
use super::person::somebody;
use super::program::Facts;
use super::scribe::Scribe;
use super::words::RANKS;

/// The place of the police among the sectors.
const POLICE: u64 = 1;

impl Scribe<'_> {
    /// Somebody in a relation, of whom nothing is known yet.
    pub(super) fn party(
        &mut self,
        subject: Subject,
        kind: InvolvementKind,
        order: i32,
        visibility: Visibility,
    ) -> Involvement {
        Involvement {
            id: self.ids.next(),
            subject,
            kind,
            roles: Vec::new(),
            agency: None,
            group: None,
            person: None,
            label: None,
            positions: Vec::new(),
            rank: None,
            representation: None,
            capacity: None,
            signed_on: None,
            basis: Basis::Stated,
            reason: None,
            order,
            note: None,
            visibility,
            version: 0,
        }
    }

    /// Whoever signs a program: its own offices; where it joins provinces, the first sector's of several; sometimes a
    /// collective as well.
    pub(super) fn signatories(&mut self, facts: &Facts, district: Option<u64>, sectors: &[u64], chance: &mut Chance) {
        let unit = self.unit();
        let signers: Vec<(Id<Agency>, u64, bool)> = if facts.joint {
            let sector = sectors.first().copied().unwrap_or(0);
            let others =
                unit.neighbors().take(sectors.len()).map(|one| (principal(unit.plan, one, sector), sector, false));
            std::iter::once((principal(unit.plan, unit.tenant, sector), sector, true)).chain(others).collect()
        } else {
            let agency = |sector: u64| match district {
                Some(district) => in_district(unit.plan, unit.tenant, district, sector),
                None => principal(unit.plan, unit.tenant, sector),
            };
            sectors.iter().map(|sector| (agency(*sector), *sector, true)).collect()
        };
        let subject = Subject::Program(facts.id);
        let mut order = 0;
        for (agency, sector, own) in signers {
            order += 1;
            let mut party = self.party(subject, InvolvementKind::Signatory, order, facts.visibility);
            party.agency = Some(agency);
            if own && chance.percent(23) {
                self.name(&mut party, sector, chance);
            }
            party.signed_on = chance.sometimes(2, |chance| Dated {
                date: PartialDate::day(date::after(facts.signed, chance.below(40) + 1)),
                inferred: None,
            });
            party.capacity = chance.sometimes(2, |_| "thay mặt các bên".to_owned());
            self.bundle.involvements.push(party);
        }
        if facts.level == AgencyLevel::Province && !unit.districts.is_empty() && chance.percent(4) {
            let mut party = self.party(subject, InvolvementKind::Signatory, order + 1, facts.visibility);
            party.group = Some(id::id(unit.plan.seed, unit.tenant.id, chance.below(IN_DISTRICTS)));
            self.bundle.involvements.push(party);
        }
    }

    /// Others who have a part in a program.
    pub(super) fn participants(&mut self, facts: &Facts, chance: &mut Chance) {
        let unit = self.unit();
        for order in 1..=chance.between(-2, 4) {
            let mut party =
                self.party(Subject::Program(facts.id), InvolvementKind::Participant, order, facts.visibility);
            party.roles = vec![match chance.below(5) {
                0 => Role::Lead,
                1 => Role::Implementer,
                2 => Role::MentionedPartner,
                3 => Role::Partner,
                _ => Role::Witness,
            }];
            if chance.percent(90) {
                party.agency = Some(principal(unit.plan, unit.tenant, chance.below(12)));
            } else {
                party.label = Some("các ngành liên quan".to_owned());
            }
            self.bundle.involvements.push(party);
        }
    }

    /// Names the person who stands for an office, with what is printed of them.
    pub(super) fn name(&mut self, party: &mut Involvement, sector: u64, chance: &mut Chance) {
        let unit = self.unit();
        party.person = Some(somebody(unit.plan, unit.tenant, sector, self.programs(), chance));
        if chance.percent(80) {
            party.positions = office_of(sector).map(|office| office.head.to_owned()).into_iter().collect();
        }
        if sector == POLICE {
            party.rank = chance.sometimes(70, |chance| chance.word(RANKS).to_owned());
        }
    }

    /// Who acts in a direction, an award or a result: an office of the unit.
    pub(super) fn acts(&mut self, subject: Subject, kind: InvolvementKind, facts: &Facts, sector: u64) {
        let unit = self.unit();
        let mut party = self.party(subject, kind, 1, facts.visibility);
        party.agency = Some(principal(unit.plan, unit.tenant, sector));
        self.bundle.involvements.push(party);
    }
}

/// The sectors whose offices sign: four on average. Half of the programs are of those who sign most.
pub fn sectors(facts: &Facts, chance: &mut Chance) -> Vec<u64> {
    let offices = u64::try_from(OFFICES.len()).unwrap_or(1);
    let among = if facts.level == AgencyLevel::District { IN_DISTRICTS } else { offices };
    let count = match chance.below(100) {
        0..18 => 2,
        18..38 => 3,
        38..70 => 4,
        70..84 => 5,
        84..94 => 6,
        _ => 8,
    };
    // Seven steps at a time, too, every sector is met before one of them again.
    let (start, step) = if chance.percent(50) { (0, 1) } else { (chance.below(among), 7) };
    (0..count.min(among)).map(|number| (start + number * step) % among).collect()
}
