//! A dossier by chance, section by section. It keeps the rules, so that it is never refused.

use domain::agency::AgencyLevel;
use domain::direction::ObligationKind;
use domain::document::DocumentKind;
use domain::event::{EventKind, EventMode, TimeOfDay};
use domain::involvement::Role;
use domain::link::LinkKind;
use domain::program::ProgramKind;
use domain::remark::RemarkKind;
use domain::source::Coverage;
use domain::visibility::Visibility;

use super::choices::Choices;
use crate::format::*;

/// What parties can be: a person or a group only stands in what belongs to the dossier's tenant.
struct Cast {
    agencies: Vec<AgencyEntry>,
    groups: Vec<GroupEntry>,
    people: Vec<PersonEntry>,
}

pub(super) fn dossier(c: &mut Choices) -> Dossier {
    let visibility = c.maybe_code::<Visibility>();
    let cast = cast(c);
    let documents = c.some(2, |c, index| document(c, index, &cast));
    let mut programs: Vec<ProgramEntry> = c.some(3, |c, index| program(c, index, &cast, &documents));
    let events = c.some(2, |c, index| event(c, index, &cast, &documents, &programs));
    let keys: Vec<String> = programs.iter().map(|one| one.key.clone()).collect();
    for program in &mut programs {
        links(c, program, &keys, &documents);
        results(c, program, &cast, &events);
    }
    let about = |c: &mut Choices| -> Option<(String, bool, Option<String>)> {
        let program = (!programs.is_empty()).then(|| c.one(&programs))?;
        let home = program.tenant.is_none();
        let event = if home { c.key(&events, |one| &one.key) } else { None };
        Some((program.key, home, event))
    };
    let awards = c.some(2, |c, _| about(c).map(|about| award(c, about, &cast))).into_iter().flatten().collect();
    let directions =
        c.some(2, |c, _| about(c).map(|about| direction(c, about, &cast, &keys))).into_iter().flatten().collect();
    let remarks = c.some(2, |c, _| about(c).map(|about| remark(c, about))).into_iter().flatten().collect();
    let mut records: Vec<String> = keys.iter().map(|key| format!("programs/{key}")).collect();
    records.extend(events.iter().map(|one| format!("events/{}", one.key)));
    records.extend(cast.agencies.iter().map(|one| format!("agencies/{}", one.key)));
    records.push("source".to_owned());
    let conflicts = c.some(2, |c, _| conflict(c, &records));
    Dossier {
        format: FORMAT.to_owned(),
        key: "generated".to_owned(),
        tenant: tenant(c),
        visibility: visibility.filter(|code| code != "PUBLIC"),
        source: source(c),
        agencies: cast.agencies,
        groups: cast.groups,
        people: cast.people,
        documents,
        programs,
        events,
        awards,
        directions,
        remarks,
        conflicts,
    }
}

fn tenant(c: &mut Choices) -> TenantRef {
    let inferred = c.yes();
    TenantRef {
        slug: "thai-binh".to_owned(),
        as_of: c.maybe(|_| "2020-02-25".to_owned()),
        basis: inferred.then(|| "INFERRED".to_owned()),
        evidence: if inferred { vec![c.text()] } else { c.texts() },
    }
}

fn source(c: &mut Choices) -> SourceEntry {
    SourceEntry {
        url: c.maybe(|_| "https://example.org/a?b=c#d".to_owned()),
        publisher: c.text(),
        title: c.perhaps(),
        published_on: c.date(),
        published_at: c.maybe(|_| "16:22".to_owned()),
        author: c.perhaps(),
        photographer: c.perhaps(),
        syndicated_from: c.perhaps(),
        coverage: c.code::<Coverage>(),
        captured_on: c.date(),
        views: c.count(),
        media: c.texts(),
        note: c.perhaps(),
    }
}

fn cast(c: &mut Choices) -> Cast {
    let mut agencies: Vec<AgencyEntry> = Vec::new();
    for index in 0..c.below(5) {
        let tenant = c.tenant();
        let home: Vec<AgencyEntry> = agencies.iter().filter(|one| one.tenant == tenant).cloned().collect();
        let central = tenant.as_ref().is_some_and(|one| one.slug == "trung-uong");
        let (valid_from, valid_to) = c.ends();
        agencies.push(AgencyEntry {
            key: format!("a{index}"),
            name: c.name(),
            name_en: c.perhaps(),
            short_name: c.perhaps(),
            aliases: c.some(2, |c, _| c.name()),
            sector: c.maybe(|c| c.one(&["POLICE", "COURT"]).to_owned()),
            level: c.one(if central { &["CENTRAL", "EXTERNAL"] } else { &["PROVINCE", "DISTRICT"] }).to_owned(),
            locality: if tenant.is_none() { c.maybe(|_| "Huyện Quỳnh Phụ".to_owned()) } else { None },
            tenant,
            parent: c.key(&home, |one| &one.key),
            valid_from,
            valid_to,
            note: c.perhaps(),
        });
    }
    let groups = c.some(2, |c, index| GroupEntry {
        key: format!("g{index}"),
        label: c.text(),
        sector: c.maybe(|_| "POLICE".to_owned()),
        level: c.maybe_code::<AgencyLevel>(),
        count: c.count(),
        members: agencies.iter().filter(|_| c.yes()).map(|one| one.key.clone()).collect(),
        note: c.perhaps(),
    });
    let people = c.some(2, |c, index| PersonEntry {
        key: format!("p{index}"),
        name: c.text(),
        variants: c.texts(),
        honorific: c.perhaps(),
        positions: c.some(2, |c, _| {
            let (from, to) = c.ends();
            PositionEntry { title: c.text(), agency: c.key(&agencies, |one| &one.key), from, to }
        }),
        same_as: None,
        note: c.perhaps(),
    });
    Cast { agencies, groups, people }
}

/// Parties; those with roles are participants and attendees.
fn parties(c: &mut Choices, cast: &Cast, home: bool, roles: bool) -> Vec<Party> {
    c.some(2, |c, _| {
        let agency = c.key(&cast.agencies, |one| &one.key);
        let group = if home && agency.is_none() { c.key(&cast.groups, |one| &one.key) } else { None };
        let person = if home { c.key(&cast.people, |one| &one.key) } else { None };
        let nobody = agency.is_none() && group.is_none() && person.is_none();
        let inferred = c.yes();
        let mut says = if roles { vec![c.code::<Role>()] } else { Vec::new() };
        says.extend(c.maybe_code::<Role>().filter(|role| roles && !says.contains(role)));
        Party {
            agency,
            group,
            person,
            label: if nobody { Some(c.text()) } else { c.perhaps() },
            roles: says,
            positions: c.texts(),
            rank: c.perhaps(),
            representation: c.perhaps(),
            capacity: c.perhaps(),
            signed_on: c.date(),
            basis: inferred.then(|| "INFERRED".to_owned()),
            reason: if inferred { Some(c.text()) } else { c.perhaps() },
            note: c.perhaps(),
        }
    })
}

fn document(c: &mut Choices, index: usize, cast: &Cast) -> DocumentEntry {
    let tenant = c.tenant();
    let number = c.maybe(|_| format!("{index}/QĐ"));
    DocumentEntry {
        key: format!("d{index}"),
        kind: c.code::<DocumentKind>(),
        aliases: c.some(2, |c, _| c.name()),
        title: if number.is_none() { Some(c.name()) } else { c.perhaps() },
        number,
        issued_on: c.date(),
        issuers: parties(c, cast, tenant.is_none(), false),
        tenant,
        note: c.perhaps(),
    }
}

fn program(c: &mut Choices, index: usize, cast: &Cast, documents: &[DocumentEntry]) -> ProgramEntry {
    let tenant = c.tenant();
    let home = tenant.is_none();
    let number = c.maybe(|_| format!("{index}/CTPH"));
    let signed_on = c.date();
    let status = c.one(&[None, Some("CONCLUDED"), Some("TERMINATED"), Some("DRAFT")]);
    let mut signatories = parties(c, cast, home, false);
    signatories.retain(|party| party.agency.is_some() || party.group.is_some());
    ProgramEntry {
        key: format!("m{index}"),
        same_as: None,
        kind: c.code::<ProgramKind>(),
        number_status: number.as_ref().and_then(|_| c.maybe(|_| "PARTIAL".to_owned())),
        number,
        aliases: c.some(2, |c, _| c.name()),
        title: c.name(),
        title_en: c.perhaps(),
        title_basis: c.maybe(|_| "INFERRED".to_owned()),
        level: c.code::<AgencyLevel>(),
        locality: if home { c.maybe(|_| "Huyện Quỳnh Phụ".to_owned()) } else { None },
        tenant,
        period: c.period(),
        signed_on_inferred: signed_on.as_ref().and_then(|_| c.perhaps()),
        status: status.filter(|code| *code != "DRAFT" || signed_on.is_none()).map(str::to_owned),
        signed_on,
        effective_from: c.date(),
        topics: c.one(&[vec![], vec!["WOMEN"], vec!["CHILDREN", "WOMEN"]]).into_iter().map(str::to_owned).collect(),
        area_count: c.count(),
        signatories,
        participants: parties(c, cast, home, true),
        links: Vec::new(),
        citations: citations(c, documents),
        areas: c.some(2, |c, _| AreaEntry {
            label: c.text(),
            topic: c.maybe(|_| "WOMEN".to_owned()),
            responsible: parties(c, cast, home, false),
        }),
        targets: c.some(2, |c, _| TargetEntry {
            indicator: "TRAINING_CLASSES".to_owned(),
            label: c.text(),
            quantity: quantity(c),
            aspirational: c.yes(),
            scope: c.perhaps(),
            period: c.period(),
        }),
        results: Vec::new(),
        planned_activities: c.some(2, |c, _| PlannedActivityEntry {
            label: c.text(),
            occasion: c.text(),
            day: c.day(),
        }),
        note: c.perhaps(),
    }
}

fn citations(c: &mut Choices, documents: &[DocumentEntry]) -> Vec<CitationEntry> {
    let cited: Vec<Option<String>> = c.some(2, |c, _| c.key(documents, |one| &one.key));
    let cited = cited.into_iter().flatten();
    cited.map(|document| CitationEntry { document, article: c.perhaps(), cited_for: c.perhaps() }).collect()
}

fn links(c: &mut Choices, program: &mut ProgramEntry, programs: &[String], documents: &[DocumentEntry]) {
    let others: Vec<String> = programs.iter().filter(|key| **key != program.key).cloned().collect();
    for _ in 0..c.below(3) {
        let to = c.key(&others, String::as_str);
        let document = if to.is_none() { c.key(documents, |one| &one.key) } else { None };
        if to.is_some() || document.is_some() {
            let basis = c.maybe(|_| "INFERRED".to_owned());
            let reason = if basis.is_some() { Some(c.text()) } else { c.perhaps() };
            let kind = c.code::<LinkKind>();
            program.links.push(LinkEntry { kind, program: to, document, basis, reason, note: c.perhaps() });
        }
    }
}

fn quantity(c: &mut Choices) -> QuantityEntry {
    let value = c.maybe(|c| {
        let texts = ["0.25", "-0.5", "1.1250", "0.125", "12345.6789"].map(|text| Number::Text(text.to_owned()));
        let whole = [0, 3, -2, 41_000, 900_000_000_000_000].map(Number::Integer);
        c.one(&[&texts[..], &whole[..]].concat())
    });
    let qualifiers: &[Option<&str>] = if value.is_some() {
        &[None, Some("OVER"), Some("AT_LEAST"), Some("MAGNITUDE")]
    } else {
        &[None, Some("MAGNITUDE")]
    };
    let qualifier = c.one(qualifiers).map(str::to_owned);
    QuantityEntry { text: if value.is_none() { Some(c.text()) } else { c.perhaps() }, value, qualifier }
}

fn results(c: &mut Choices, program: &mut ProgramEntry, cast: &Cast, events: &[EventEntry]) {
    let home = program.tenant.is_none();
    let count = c.below(4);
    let mut results: Vec<ResultEntry> = Vec::new();
    for index in 0..count {
        let statement = c.perhaps();
        let earlier =
            |c: &mut Choices| (index > 0).then(|| c.maybe(|c| format!("result-{}", c.below(index) + 1))).flatten();
        results.push(ResultEntry {
            key: Some(format!("result-{}", index + 1)),
            indicator: "TRAINING_CLASSES".to_owned(),
            label: c.text(),
            quantity: if statement.is_none() { Some(quantity(c)) } else { c.maybe(quantity) },
            statement,
            period: c.period(),
            as_of: c.date(),
            scope: c.perhaps(),
            sites: c.texts(),
            audience: c.texts(),
            names: c.texts(),
            of_result: earlier(c),
            subset_of: earlier(c),
            denominator: earlier(c),
            contributors: parties(c, cast, home, false),
            event: if home { c.key(events, |one| &one.key) } else { None },
        });
    }
    program.results = results;
}

fn event(
    c: &mut Choices,
    index: usize,
    cast: &Cast,
    documents: &[DocumentEntry],
    programs: &[ProgramEntry],
) -> EventEntry {
    let date = c.date();
    EventEntry {
        key: format!("e{index}"),
        kind: c.code::<EventKind>(),
        name: c.text(),
        name_inferred: c.perhaps(),
        date_inferred: date.as_ref().and_then(|_| c.perhaps()),
        date,
        time_of_day: c.maybe_code::<TimeOfDay>(),
        place: c.perhaps(),
        mode: c.maybe_code::<EventMode>(),
        remote_point_count: c.count(),
        remote_points: c.perhaps(),
        agenda: c.texts(),
        programs: programs.iter().filter(|_| c.yes()).map(|one| one.key.clone()).collect(),
        attendances: parties(c, cast, true, true),
        citations: citations(c, documents),
        note: c.perhaps(),
    }
}

/// A program, whether it is the dossier's own tenant's, and the event.
type About = (String, bool, Option<String>);

fn award(c: &mut Choices, (program, home, event): About, cast: &Cast) -> AwardEntry {
    AwardEntry {
        program,
        event,
        kind: c.text(),
        collectives: c.count(),
        individuals: c.count(),
        mixed_total: c.count(),
        reason: c.perhaps(),
        givers: parties(c, cast, home, false),
        presenters: parties(c, cast, home, false),
        recipients: parties(c, cast, home, false),
        overlap_unknown: c.yes(),
        note: c.perhaps(),
    }
}

fn direction(c: &mut Choices, (program, home, event): About, cast: &Cast, programs: &[String]) -> DirectionEntry {
    DirectionEntry {
        program,
        event,
        text: c.text(),
        actors: parties(c, cast, home, false),
        addressees: parties(c, cast, home, false),
        partners: parties(c, cast, home, false),
        period: c.period(),
        obligation: c.maybe(|c| ObligationEntry {
            kind: c.code::<ObligationKind>(),
            due: c.date(),
            fulfilled_by: c.key(programs, String::as_str),
        }),
    }
}

fn remark(c: &mut Choices, (program, _, event): About) -> RemarkEntry {
    RemarkEntry { program, event, kind: c.code::<RemarkKind>(), text: c.text(), specified: !c.yes() }
}

fn conflict(c: &mut Choices, records: &[String]) -> ConflictEntry {
    let side = |c: &mut Choices| ConflictValueEntry { value: c.text(), source: c.text() };
    let values = vec![side(c), side(c)];
    ConflictEntry { record: c.one(records), field: c.text(), values, note: c.perhaps() }
}
