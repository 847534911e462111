//! Results and targets: figures as they are told, a third of them approximate, some without a value; audiences of
//! activities, parts of figures, shares, and findings in words.

use chrono::NaiveDate;
use domain::catalogue::IndicatorKind;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Event, Id, Indicator, Outcome, PartialDate, Qualifier, Quantity, Target};

use super::chance::Chance;
use super::date;
use super::program::Facts;
use super::scribe::Scribe;
use super::words::{AUDIENCES, MODELS, SITES, STATEMENTS};

/// A result that later ones may depend on.
struct Earlier {
    id: Id<Outcome>,
    indicator: &'static Indicator,
    value: i64,
}

impl Scribe<'_> {
    /// The results of a program: ten on average, none of a quarter of them.
    pub(super) fn results(&mut self, facts: &Facts, year: i32, review: Option<Id<Event>>, chance: &mut Chance) {
        let count = match chance.below(100) {
            0..25 => 0,
            25..60 => chance.between(4, 10),
            60..90 => chance.between(11, 20),
            _ => chance.between(21, 38),
        };
        let mut earlier: Vec<Earlier> = Vec::new();
        for order in 1..=count {
            self.result(facts, order, year, review, &mut earlier, chance);
        }
    }

    fn result(
        &mut self,
        facts: &Facts,
        order: i32,
        year: i32,
        review: Option<Id<Event>>,
        earlier: &mut Vec<Earlier>,
        chance: &mut Chance,
    ) {
        let unit = self.unit();
        let Some(mut indicator) = chance.pick(&unit.plan.reference.indicators) else { return };
        let last = earlier.last().map(|last| (last.id, last.indicator, last.value));
        let (mut of_result, mut subset_of, mut limit) = (None, None, None);
        if let Some((id, before, value)) = last {
            // What was organized is followed by who came to it.
            let reached = if is_activity(before) { self.audience(before) } else { None };
            match reached {
                Some(audience) if chance.percent(50) => (indicator, of_result) = (audience, Some(id)),
                _ if value > 20 && chance.percent(10) => {
                    (indicator, subset_of, limit) = (before, Some(id), Some(value));
                }
                _ => {}
            }
        }
        let words = indicator.kind == IndicatorKind::Qualitative;
        let value = match limit {
            Some(whole) => i64::from(chance.between(1, 100)) * whole / 100,
            None => value(indicator, chance),
        };
        let quantity = if words {
            Quantity::new(None, Qualifier::Unquantified, None).ok()
        } else {
            self.quantity(value, indicator, chance)
        };
        let Some(quantity) = quantity else { return };
        let known = quantity.value().is_some();
        let stock = indicator.kind == IndicatorKind::Stock;
        let id = self.ids.next::<Outcome>();
        let names = if stock { chance.sometimes(12, |chance| chance.word(MODELS).to_owned()) } else { None };
        let denominator = last.filter(|_| indicator.kind == IndicatorKind::Ratio && chance.percent(30));
        self.bundle.results.push(Outcome {
            id,
            program: facts.id,
            event: review,
            order,
            indicator: indicator.code.clone(),
            label: indicator.label_vi.clone(),
            quantity,
            statement: words.then(|| chance.word(STATEMENTS).to_owned()),
            period: if stock || chance.percent(20) { None } else { date::of_year(year - chance.between(0, 1)) },
            as_of: NaiveDate::from_ymd_opt(year, 6, 30).filter(|_| stock).map(PartialDate::day),
            scope: chance.sometimes(12, |_| format!("toàn {}", unit.kind())),
            sites: chance.sometimes(10, |chance| chance.word(SITES).to_owned()).into_iter().collect(),
            audience: chance.sometimes(15, |chance| chance.word(AUDIENCES).to_owned()).into_iter().collect(),
            names: names.into_iter().collect(),
            of_result,
            subset_of,
            denominator: denominator.map(|(id, ..)| id),
            visibility: facts.visibility,
            version: 0,
        });
        if known && !words {
            earlier.push(Earlier { id, indicator, value });
        }
        if chance.percent(3) {
            let sector = chance.below(12);
            self.acts(Subject::Result(id), InvolvementKind::Contributor, facts, sector);
        }
    }

    /// What a program means to reach.
    pub(super) fn targets(&mut self, facts: &Facts, year: i32, chance: &mut Chance) {
        let unit = self.unit();
        for order in 1..=chance.between(-2, 4) {
            let Some(indicator) = chance.pick(&unit.plan.reference.indicators) else { return };
            if indicator.kind == IndicatorKind::Qualitative {
                continue;
            }
            let amount = value(indicator, chance);
            let stated =
                Quantity::from_e4(Some(amount * 10_000), Qualifier::AtLeast, Some(format!("ít nhất {amount}")));
            let Ok(quantity) = stated else { return };
            let id = self.ids.next::<Target>();
            self.bundle.targets.push(Target {
                id,
                program: facts.id,
                order,
                indicator: indicator.code.clone(),
                label: indicator.label_vi.clone(),
                quantity,
                aspirational: chance.percent(30),
                scope: None,
                period: chance.sometimes(50, |_| date::of_year(year)).flatten(),
                visibility: facts.visibility,
                version: 0,
            });
        }
    }

    /// Who came to an activity: the indicator that stands next to its own.
    fn audience(&self, activity: &Indicator) -> Option<&'static Indicator> {
        let indicators = &self.unit().plan.reference.indicators;
        let place = indicators.iter().position(|one| one.code == activity.code)?;
        indicators.get(place + 1).filter(|next| matches!(next.unit.as_deref(), Some("ATTENDANCE" | "PERSON")))
    }

    /// A figure as it is told. A share is told as it is.
    fn quantity(&self, value: i64, indicator: &Indicator, chance: &mut Chance) -> Option<Quantity> {
        let reference = self.unit().plan.reference;
        let unit = indicator.unit.as_deref().and_then(|code| reference.unit(code)).map_or("", |unit| &unit.name_vi);
        let (qualifier, word) = match chance.below(100) {
            0..70 => (Qualifier::Exact, ""),
            70..82 => (Qualifier::Over, "trên"),
            82..89 => (Qualifier::About, "khoảng"),
            89..93 => (Qualifier::Nearly, "gần"),
            93..95 => (Qualifier::AtLeast, "ít nhất"),
            95..96 => (Qualifier::AtMost, "không quá"),
            96..98 => (Qualifier::Magnitude, "hàng trăm"),
            _ => (Qualifier::Unquantified, "nhiều"),
        };
        let round = if value > 1_000 { value / 100 * 100 } else { value };
        let (stated, text) = match qualifier {
            Qualifier::Exact => (Some(value), None),
            Qualifier::Magnitude | Qualifier::Unquantified => (None, Some(format!("{word} {unit}"))),
            Qualifier::Over | Qualifier::About | Qualifier::Nearly | Qualifier::AtLeast | Qualifier::AtMost => {
                (Some(round), Some(format!("{word} {round} {unit}")))
            }
        };
        Quantity::from_e4(stated.map(|value| value * 10_000), qualifier, text).ok()
    }
}

/// Whether an indicator counts what has an audience.
fn is_activity(indicator: &Indicator) -> bool {
    matches!(indicator.unit.as_deref(), Some("SESSION" | "EVENT" | "CLASS" | "CONFERENCE"))
}

/// A value as large as an indicator's are.
fn value(indicator: &Indicator, chance: &mut Chance) -> i64 {
    let (low, high) = match indicator.unit.as_deref() {
        Some("ATTENDANCE") => (200, 60_000),
        Some("HOUSEHOLD") => (100, 90_000),
        Some("PERSON") => (10, 4_000),
        Some("PERCENT") => (55, 100),
        Some("SESSION" | "EVENT") => (2, 400),
        Some("CLASS" | "CONFERENCE" | "FIREARM") => (0, 60),
        Some("PROVINCIAL_UNIT") => (20, 34),
        _ => (0, 500),
    };
    // Small figures are frequent, large ones rare.
    let most = chance.between(low, high);
    i64::from(chance.between(low, most.max(low)))
}
