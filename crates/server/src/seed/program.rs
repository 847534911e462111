//! Programs. Thirty of a province make a block: twelve may carry out one of the center's each, five are districts' that carry
//! out those, others stand alone, join provinces, or carry out, renew and change programs of the block.

use chrono::{Datelike, NaiveDate};
use domain::link::{LinkKind, LinkTarget};
use domain::program::{NumberStatus, ProgramKind, ProgramStatus};
use domain::{
    AgencyLevel, Basis, CooperationArea, Id, PartialDate, PlannedActivity, Program, ProgramLink, ProgramTopic,
    RecordKind, Tenant, TenantId, Visibility,
};

use super::Plan;
use super::agency::{office_of, some_district};
use super::chance::Chance;
use super::date;
use super::id;
use super::involvement::sectors;
use super::scribe::Scribe;
use super::unit::{lower, small};
use super::words::{AREAS, OCCASIONS, THEMES, Theme};

/// Programs of a province's block.
pub const BLOCK: u64 = 30;

/// Programs of the center for each block of a province.
pub const CENTRAL: u64 = 12;

/// The place in a block of the program that joins provinces.
const JOINT: u64 = 19;

/// What is known of a program before it is written, by its number alone, so that others can refer to it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Its number in its tenant.
    pub number: u64,
    /// Its id.
    pub id: Id<Program>,
    /// Who may see it.
    pub visibility: Visibility,
    /// When it was signed, in truth.
    pub signed: NaiveDate,
    /// The level of its parties.
    pub level: AgencyLevel,
    /// Whether other provinces sign it too.
    pub joint: bool,
    /// What it relates to, and how.
    pub parent: Option<(LinkKind, Id<Program>)>,
    theme: usize,
}

impl Facts {
    /// The facts of a tenant's program with a number.
    pub fn of(plan: &Plan, tenant: &Tenant, number: u64) -> Self {
        let mut chance = plan.chance(tenant, 1, number);
        let central = tenant.id == TenantId::CENTRAL;
        let (block, place) = (number / BLOCK, number % BLOCK);
        let joint = !central && place == JOINT;
        // What joins provinces is often theirs alone.
        let public = if joint { 60 } else { 88 };
        let visibility = match chance.below(100) {
            share if share < public => Visibility::Public,
            0..96 => Visibility::Internal,
            _ => Visibility::Draft,
        };
        let own = |place: u64| Some((tenant, block * BLOCK + place));
        let above = |place: u64| Some((plan.center, block * CENTRAL + place));
        let (kind, parent) = match place {
            _ if central => (LinkKind::Cites, None),
            0..12 => (LinkKind::Implements, above(place).filter(|_| chance.percent(85))),
            20..25 if chance.percent(12) => (LinkKind::Implements, above(place - 20)),
            20..25 => (LinkKind::Implements, own(place - 20)),
            25..28 => (LinkKind::Executes, own(place - 25)),
            28 => (LinkKind::Renews, own(12)),
            29 => (LinkKind::Amends, own(13)),
            _ => (LinkKind::Cites, None),
        };
        let parent = parent.map(|(tenant, number)| Self::of(plan, tenant, number));
        let themes = u64::try_from(THEMES.len()).unwrap_or(0);
        let theme = usize::try_from(chance.below(themes)).unwrap_or(0);
        let day = match &parent {
            Some(parent) => date::after(parent.signed, 60 + chance.below(440)),
            None => date::any_day(&mut chance),
        };
        let district = (20..25).contains(&place) && !central;
        Self {
            number,
            id: id::id(plan.seed, tenant.id, number),
            visibility,
            signed: day,
            level: match (central, district) {
                (true, _) => AgencyLevel::Central,
                (_, true) => AgencyLevel::District,
                _ => AgencyLevel::Province,
            },
            joint,
            theme: parent.as_ref().map_or(theme, |parent| parent.theme),
            // Nobody may tell of a program of another tenant that only that one sees.
            parent: parent
                .filter(|parent| parent.id.tenant == tenant.id || parent.visibility == Visibility::Public)
                .map(|parent| (kind, parent.id)),
        }
    }

    fn theme(&self) -> Option<&'static Theme> {
        THEMES.get(self.theme)
    }
}

impl Scribe<'_> {
    /// A program with all that belongs to it.
    pub(super) fn program(&mut self, facts: &Facts, chance: &mut Chance) {
        let unit = self.unit();
        let district = some_district(unit, chance).filter(|_| facts.level == AgencyLevel::District);
        let place = district.map_or_else(|| unit.name.clone(), |(_, district)| lower(&district.name_vi));
        let (kind, words) = kind(facts, chance);
        let (period, reported) = date::period(chance, facts.signed);
        let status = if facts.visibility == Visibility::Draft && chance.percent(60) {
            ProgramStatus::Draft
        } else if reported < 2026 && chance.percent(40) {
            ProgramStatus::Concluded
        } else if chance.percent(2) {
            ProgramStatus::Terminated
        } else {
            ProgramStatus::Signed
        };
        let Some(theme) = facts.theme() else { return };
        let years = if reported > facts.signed.year() && chance.percent(70) {
            format!(" giai đoạn {} - {reported}", facts.signed.year())
        } else {
            format!(" năm {}", facts.signed.year())
        };
        let within = if unit.is_central() { String::new() } else { format!(" trên địa bàn {place}") };
        let sectors = sectors(facts, chance);
        let number = chance.sometimes(15, |chance| number(facts, &sectors, chance));
        let number_status = match &number {
            None => NumberStatus::NotStated,
            Some(number) if number.contains('/') => NumberStatus::Stated,
            Some(_) => NumberStatus::Partial,
        };
        self.bundle.programs.push(Program {
            id: facts.id,
            kind,
            aliases: number
                .as_ref()
                .and_then(|number| chance.sometimes(20, |_| number.replace('/', "-")))
                .into_iter()
                .collect(),
            number,
            number_status,
            title_vi: format!("{words} {}{within}{years}", theme.title),
            title_en: chance.sometimes(10, |_| format!("Coordination program {}", theme.title_en)),
            title_basis: if chance.percent(20) { Basis::Inferred } else { Basis::Stated },
            level: facts.level,
            locality: district.and_then(|(_, district)| unit.locality(district)),
            period,
            signed_on: if status == ProgramStatus::Draft { None } else { date::told(chance, facts.signed) },
            effective_from: chance.sometimes(8, |_| PartialDate::day(date::after(facts.signed, 30))),
            status,
            area_count: chance.sometimes(45, |chance| chance.between(3, 7)),
            note: chance.sometimes(3, |_| "Bài viết chỉ nhắc đến chương trình".to_owned()),
            visibility: facts.visibility,
            version: 0,
        });
        self.vouch(RecordKind::Program, facts.id, format!("programs/{}", facts.number), facts.visibility);
        self.topics(facts, theme, chance);
        self.link(facts, chance);
        self.areas(facts, theme, chance);
        self.planned_activities(facts, reported, chance);
        self.signatories(facts, district.map(|(number, _)| number), &sectors, chance);
        self.participants(facts, chance);
        self.citations(facts, chance);
        self.targets(facts, reported, chance);
        let review = self.events(facts, theme.title, reported, &sectors, chance);
        self.results(facts, reported, review, chance);
        self.awards(facts, review, &sectors, chance);
        self.directions(facts, review, &sectors, chance);
        self.remarks(facts, review, chance);
    }

    fn topics(&mut self, facts: &Facts, theme: &Theme, chance: &mut Chance) {
        let several = if chance.percent(80) { 2 } else { 1 };
        for (order, topic) in (1..).zip(theme.topics).take(several) {
            let id = self.ids.next::<ProgramTopic>();
            let topic = topic.to_owned();
            self.bundle.program_topics.push(ProgramTopic {
                id,
                program: facts.id,
                topic,
                order,
                visibility: facts.visibility,
            });
        }
    }

    fn link(&mut self, facts: &Facts, chance: &mut Chance) {
        let Some((kind, parent)) = facts.parent else { return };
        let inferred = chance.percent(15);
        let id = self.ids.next::<ProgramLink>();
        self.bundle.program_links.push(ProgramLink {
            id,
            from: facts.id,
            to: LinkTarget::Program(parent),
            kind,
            basis: if inferred { Basis::Inferred } else { Basis::Stated },
            reason: inferred.then(|| "cùng nội dung, ký sau, không nêu tên".to_owned()),
            note: None,
            visibility: facts.visibility,
            version: 0,
        });
    }

    /// Nearly half of the sources list what the parties work on together; others count it at most.
    fn areas(&mut self, facts: &Facts, theme: &Theme, chance: &mut Chance) {
        let listed = if chance.percent(48) { usize::try_from(chance.between(3, 7)).unwrap_or(3) } else { 0 };
        for (order, label) in (1..).zip(AREAS).take(listed) {
            let id = self.ids.next::<CooperationArea>();
            let [topic, _] = theme.topics;
            self.bundle.areas.push(CooperationArea {
                id,
                program: facts.id,
                order,
                label: (*label).to_owned(),
                topic: chance.sometimes(40, |_| topic.to_owned()),
                visibility: facts.visibility,
                version: 0,
            });
        }
    }

    fn planned_activities(&mut self, facts: &Facts, year: i32, chance: &mut Chance) {
        let Some((occasion, month, day)) = chance.sometimes(8, |chance| chance.pick(OCCASIONS).copied()).flatten()
        else {
            return;
        };
        let Some(day) = NaiveDate::from_ymd_opt(year, month, day) else { return };
        let id = self.ids.next::<PlannedActivity>();
        self.bundle.planned_activities.push(PlannedActivity {
            id,
            program: facts.id,
            order: 1,
            label: "Tổ chức tuyên truyền, hội thi tại cơ sở".to_owned(),
            occasion: occasion.to_owned(),
            day: PartialDate::day(day),
            visibility: facts.visibility,
            version: 0,
        });
    }
}

/// The kind of a program, and the words for it.
fn kind(facts: &Facts, chance: &mut Chance) -> (ProgramKind, &'static str) {
    if let Some((LinkKind::Executes, _)) = facts.parent {
        return match chance.below(3) {
            0 => (ProgramKind::Pledge, "Giao ước"),
            _ => (ProgramKind::AnnualPlan, "Kế hoạch công tác năm"),
        };
    }
    match chance.below(100) {
        0..52 => (ProgramKind::CoordinationProgram, "Chương trình phối hợp"),
        52..72 => (ProgramKind::CoordinationRegulation, "Quy chế phối hợp"),
        72..84 => (ProgramKind::CoordinationPlan, "Kế hoạch phối hợp"),
        84..92 => (ProgramKind::JointResolution, "Nghị quyết liên tịch"),
        92..96 => (ProgramKind::Agreement, "Thỏa thuận hợp tác"),
        _ => (ProgramKind::Memorandum, "Biên bản ghi nhớ"),
    }
}

/// A number, most of them in full: `11/CTPH-HLHPN-CAT-VKSND`, others `09`.
fn number(facts: &Facts, sectors: &[u64], chance: &mut Chance) -> String {
    let number = small(chance.below(60) + 1);
    if chance.percent(12) {
        return format!("{number:02}");
    }
    let central = facts.level == AgencyLevel::Central;
    let signs: Vec<&str> = sectors
        .iter()
        .take(4)
        .filter_map(|sector| office_of(*sector))
        .map(|office| if central { office.signs.0 } else { office.signs.1 })
        .collect();
    format!("{number}/CTPH-{}", signs.join("-"))
}
