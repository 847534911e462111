//! Documents of the center and plans of the provinces, and the citations that lead to them.

use chrono::Datelike;
use domain::document::DocumentKind;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Citation, Document, Id, PartialDate, RecordKind, TenantId, Visibility};

use super::agency::principal;
use super::chance::Chance;
use super::date;
use super::id;
use super::program::Facts;
use super::scribe::Scribe;
use super::words::LAWS;

/// How many documents the center has: instruments refer to the same few.
pub const CENTRAL: u64 = 24;

/// How many a province has.
pub fn count(programs: u64) -> u64 {
    2 + programs / 20
}

impl Scribe<'_> {
    /// A document, issued by an office of the unit.
    pub(super) fn document(&mut self, number: u64) {
        let unit = self.unit();
        let mut chance = self.chance(6, number);
        let day = date::any_day(&mut chance);
        let (kind, ending, title) = if unit.is_central() {
            chance.pick(LAWS).copied().unwrap_or(("LAW", "/QH14", "Luật"))
        } else {
            ("PLAN", "/KH-UBND", "Kế hoạch triển khai chương trình phối hợp trên địa bàn")
        };
        let issued = chance.below(300) + 1;
        let stated = chance.percent(85);
        let document = self.ids.next::<Document>();
        let year = if ending == "-CT/TW" || ending == "-NQ/TW" { String::new() } else { format!("/{}", day.year()) };
        let plain = format!("{issued}{ending}");
        let full = if kind == "PLAN" { plain } else { format!("{issued}{year}{ending}") };
        self.bundle.documents.push(Document {
            id: document,
            kind: kind.parse().unwrap_or(DocumentKind::Other),
            number: stated.then(|| full.clone()),
            aliases: chance.sometimes(20, |_| format!("số {issued} năm {}", day.year())).into_iter().collect(),
            title_vi: (!stated || chance.percent(80)).then(|| format!("{title} năm {} ({issued})", day.year())),
            issued_on: if chance.percent(70) { Some(PartialDate::day(day)) } else { date::year(day.year()) },
            note: None,
            visibility: Visibility::Public,
            version: 0,
        });
        let mut issuer = self.party(Subject::Document(document), InvolvementKind::Issuer, 1, Visibility::Public);
        issuer.agency = Some(principal(unit.plan, unit.tenant, chance.below(12)));
        self.bundle.involvements.push(issuer);
        self.vouch(RecordKind::Document, document, format!("documents/{number}"), Visibility::Public);
    }

    /// What a program refers to: mostly the center's documents, sometimes the province's own.
    pub(super) fn citations(&mut self, facts: &Facts, chance: &mut Chance) {
        let unit = self.unit();
        for order in 1..=chance.between(-2, 3) {
            let own = !unit.is_central() && chance.percent(30);
            let document: Id<Document> = if own {
                id::id(unit.plan.seed, unit.tenant.id, chance.below(count(self.programs())))
            } else {
                id::id(unit.plan.seed, TenantId::CENTRAL, chance.below(CENTRAL))
            };
            let id = self.ids.next::<Citation>();
            self.bundle.citations.push(Citation {
                id,
                program: Some(facts.id),
                event: None,
                document,
                article: chance.sometimes(30, |chance| format!("Điều {}", chance.between(2, 90))),
                cited_for: chance.sometimes(40, |_| "căn cứ ký kết".to_owned()),
                order,
                visibility: facts.visibility,
                version: 0,
            });
        }
    }
}
