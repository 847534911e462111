//! What a seeding makes, without a database: the shapes of real data, and nothing that the domain's rules refuse.

use std::collections::{BTreeMap, BTreeSet};

use domain::involvement::{InvolvementKind, Subject};
use domain::link::{LinkKind, LinkTarget};
use domain::program::NumberStatus;
use domain::{AgencyLevel, Bundle, Id, Qualifier, TenantId, Visibility};

use super::scribe::Scribe;
use super::unit::Unit;
use super::{Plan, agency};

/// The pages of the center and of two provinces, one with districts of its own and one that began in 2025.
fn pages(seed: u32) -> Vec<Bundle> {
    let plan = Plan::new(34, 4, seed).unwrap();
    let provinces = ["son-la", "hung-yen:2025"].map(|key| plan.reference.tenant_by_key(key).unwrap());
    let tenants = [plan.center].into_iter().chain(provinces);
    tenants.flat_map(|tenant| Scribe::new(&Unit::new(&plan, tenant)).collect::<Vec<_>>()).collect()
}

fn all<T: Clone>(pages: &[Bundle], of: impl Fn(&Bundle) -> &Vec<T>) -> Vec<T> {
    pages.iter().flat_map(|page| of(page).clone()).collect()
}

/// How many of a hundred.
fn percent<T>(all: &[T], such: impl Fn(&T) -> bool) -> usize {
    assert!(!all.is_empty());
    all.iter().filter(|one| such(one)).count() * 100 / all.len()
}

#[test]
fn a_seed_makes_the_same_and_another_something_else() {
    assert_eq!(pages(1), pages(1));
    assert_ne!(pages(1), pages(2));
}

#[test]
fn the_rules_of_the_domain_are_kept() {
    for page in pages(3) {
        let faults = (page.programs.iter().map(domain::Program::faults))
            .chain(page.program_links.iter().map(domain::ProgramLink::faults))
            .chain(page.targets.iter().map(domain::Target::faults))
            .chain(page.events.iter().map(domain::Event::faults))
            .chain(page.results.iter().map(domain::Outcome::faults))
            .chain(page.awards.iter().map(domain::Award::faults))
            .chain(page.documents.iter().map(domain::Document::faults))
            .chain(page.agency_groups.iter().map(domain::AgencyGroup::faults))
            .chain(page.involvements.iter().map(domain::Involvement::faults));
        assert_eq!(faults.flatten().collect::<Vec<_>>(), []);
        let reference = dossier::Reference::shipped().unwrap();
        assert!(page.program_topics.iter().all(|one| reference.topic(&one.topic).is_some()));
    }
}

#[test]
fn programs_are_as_in_real_data() {
    let pages = pages(1);
    let programs = all(&pages, |page| &page.programs);
    assert_eq!(programs.len(), 4 * (12 + 30 + 30));
    assert!((78..=92).contains(&percent(&programs, |one| one.number_status == NumberStatus::NotStated)));
    assert!(programs.iter().any(|one| one.number_status == NumberStatus::Partial));
    let open = percent(&programs, |one| one.period.as_ref().is_some_and(|period| period.open_ended));
    assert!((26..=42).contains(&open), "{open}");
    assert!((80..=95).contains(&percent(&programs, |one| one.visibility == Visibility::Public)));
    assert!(programs.iter().any(|one| one.visibility == Visibility::Draft));
    assert!(programs.iter().any(|one| one.locality.is_some() && one.level == AgencyLevel::District));
    let dates: BTreeSet<bool> =
        programs.iter().filter_map(|one| Some(one.signed_on.as_ref()?.date.is_exact_day().is_some())).collect();
    assert_eq!(dates.len(), 2, "some days are exact, others are not");
}

#[test]
fn links_lead_upward_with_holes() {
    let pages = pages(1);
    let levels: BTreeMap<Id<domain::Program>, AgencyLevel> =
        pages.iter().flat_map(|page| &page.programs).map(|one| (one.id, one.level)).collect();
    let links = all(&pages, |page| &page.program_links);
    let mut steps: BTreeSet<(AgencyLevel, AgencyLevel)> = BTreeSet::new();
    for link in &links {
        let LinkTarget::Program(to) = link.to else { panic!("{link:?}") };
        if link.kind == LinkKind::Implements {
            steps.insert((levels[&link.from], levels[&to]));
        }
    }
    let expected = [
        (AgencyLevel::Province, AgencyLevel::Central),
        (AgencyLevel::District, AgencyLevel::Central),
        (AgencyLevel::District, AgencyLevel::Province),
    ];
    assert_eq!(steps, BTreeSet::from(expected), "a district may stand directly under the center");
    let kinds: BTreeSet<LinkKind> = links.iter().map(|one| one.kind).collect();
    assert!(kinds.len() >= 4, "{kinds:?}");
}

#[test]
fn signatories_are_mostly_offices_without_a_name() {
    let pages = pages(1);
    let programs = pages.iter().map(|page| page.programs.len()).sum::<usize>();
    let mut signatories = all(&pages, |page| &page.involvements);
    signatories.retain(|one| one.kind == InvolvementKind::Signatory);
    assert!((35..=45).contains(&(signatories.len() * 10 / programs)), "{}", signatories.len());
    let unnamed = percent(&signatories, |one| one.person.is_none());
    assert!((73..=83).contains(&unnamed), "{unnamed}");
    assert!(signatories.iter().any(|one| one.group.is_some()));
    let abroad = |one: &domain::Involvement| one.agency.is_some_and(|agency| agency.tenant != one.id.tenant);
    assert!(signatories.iter().any(abroad), "some programs join provinces");
    // Nobody signs twice.
    let mut seen = BTreeSet::new();
    for one in signatories {
        let Subject::Program(program) = one.subject else { panic!("{one:?}") };
        assert!(seen.insert((program, one.agency, one.group)), "{one:?}");
    }
}

#[test]
fn people_share_names() {
    let people = all(&pages(1), |page| &page.people);
    let names: BTreeSet<&str> = people.iter().map(|one| one.name.as_str()).collect();
    assert!(names.len() < people.len() && names.len() > people.len() / 3, "{} of {}", names.len(), people.len());
}

#[test]
fn figures_are_as_they_are_told() {
    let pages = pages(1);
    let programs = pages.iter().map(|page| page.programs.len()).sum::<usize>();
    let results = all(&pages, |page| &page.results);
    assert!((85..=115).contains(&(results.len() * 10 / programs)), "{}", results.len());
    let figures: Vec<_> = results.iter().filter(|one| one.statement.is_none()).collect();
    let rough = percent(&figures, |one| one.quantity.qualifier() != Qualifier::Exact);
    assert!((25..=35).contains(&rough), "{rough}");
    assert!(figures.iter().any(|one| one.quantity.value().is_none()), "some have no value");
    assert!(figures.iter().any(|one| one.quantity.value_e4() == Some(0)), "some are none at all, which is a value");
    assert!(results.iter().any(|one| one.as_of.is_some()) && results.iter().any(|one| one.period.is_some()));
    assert!(results.iter().any(|one| one.of_result.is_some()) && results.iter().any(|one| one.subset_of.is_some()));
    let indicators: BTreeSet<&str> = results.iter().map(|one| one.indicator.as_str()).collect();
    assert!(indicators.len() > 40, "{}", indicators.len());
}

#[test]
fn what_surrounds_programs_is_there() {
    let pages = pages(1);
    assert!(!all(&pages, |page| &page.awards).is_empty());
    assert!(!all(&pages, |page| &page.planned_activities).is_empty());
    let obligations = all(&pages, |page| &page.obligations);
    assert!(obligations.iter().any(|one| one.fulfilled_by.is_some()));
    assert!(obligations.iter().any(|one| one.fulfilled_by.is_none()));
    assert!(all(&pages, |page| &page.remarks).iter().any(|one| !one.specified));
    let own = |one: &domain::Citation| one.document.tenant == one.id.tenant && one.id.tenant != TenantId::CENTRAL;
    assert!(all(&pages, |page| &page.citations).iter().any(own));
    let events = all(&pages, |page| &page.events);
    let joined = all(&pages, |page| &page.event_programs);
    assert!(joined.len() > events.len(), "some events deal with the center's program as well");
    assert!(pages.iter().all(|page| page.agencies.is_empty()), "agencies are stored before");
    let plan = Plan::new(1, 1, 1).unwrap();
    assert!(agency::all(&Unit::new(&plan, plan.provinces[0])).iter().any(|one| one.locality.is_some()));
}

#[test]
fn what_cannot_be_seeded_is_refused() {
    for (provinces, scale) in [(0, 1), (35, 1), (1, 0)] {
        let failure = Plan::new(provinces, scale, 1).unwrap_err();
        assert!(failure.usage && failure.fix.contains("--provinces is 1 to 34"), "{failure}");
    }
}
