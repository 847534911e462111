//! Files that are read, and what becomes of them.

use std::collections::BTreeSet;

use domain::involvement::InvolvementKind;
use domain::{Qualifier, TenantId, Visibility};

use super::*;

const PAGE: &str = include_str!("../../../../docs/dossier-format.md");

/// The example of the documentation.
fn example() -> &'static str {
    PAGE.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap()
}

#[test]
fn the_example_of_the_documentation_is_a_dossier_that_uses_every_key() {
    let bundle = compiled(example());
    assert_eq!(bundle.programs.len(), 2);
    let defs = crate::schema::SCHEMA["$defs"].as_object().unwrap();
    let objects = defs.values().chain([&*crate::schema::SCHEMA]).filter_map(|schema| schema.get("properties"));
    let keys: BTreeSet<&str> =
        objects.flat_map(|properties| properties.as_object().unwrap().keys()).map(String::as_str).collect();
    for key in keys {
        assert!(PAGE.contains(&format!("| `{key}`")), "docs/dossier-format.md does not explain the key {key}");
        let used = example().contains(&format!("{key}:"));
        assert!(used || key == "sameAs" || key == "dossier", "the example does not use the key {key}");
    }
}

#[test]
fn every_sample_is_a_dossier() {
    let reference = Reference::shipped().unwrap();
    for (name, bytes) in crate::samples() {
        let checked = crate::read(&name, &bytes).unwrap_or_else(|problems| panic!("{problems}"));
        let needs = checked.needs(reference).unwrap();
        checked.compile(reference, &answer(&needs)).unwrap_or_else(|problems| panic!("{problems}"));
    }
}

#[test]
fn a_small_dossier_becomes_records() {
    let bundle = compiled(SMALL);
    assert_eq!(bundle.source.dossier, "small");
    assert_eq!(bundle.agencies.len(), 1);
    let signatory = &bundle.involvements[0];
    assert_eq!(signatory.kind, InvolvementKind::Signatory);
    assert_eq!(signatory.agency, Some(bundle.agencies[0].id));
    let paths: Vec<&str> = bundle.provenances.iter().map(|provenance| provenance.path.as_str()).collect();
    assert_eq!(paths, ["source", "agencies/police", "programs/main", "programs/main/signatories/1"]);
    assert!(bundle.provenances.iter().all(|provenance| provenance.owner && provenance.source == bundle.source.id));
    assert!(bundle.programs.iter().all(|program| program.visibility == Visibility::Public));
}

#[test]
fn json_is_read_as_well() {
    let value = r#"{"format": "phoihop/1", "key": "small", "tenant": {"slug": "thai-binh"},
        "source": {"publisher": "Báo \u0043", "coverage": "FULL", "url": "https:\/\/example.org", "note": null}}"#;
    let source = checked(value).dossier.source;
    assert_eq!(
        (source.publisher.as_str(), source.url.as_deref(), source.note),
        ("Báo C", Some("https://example.org"), None)
    );
}

#[test]
fn text_may_look_like_a_number() {
    let text = SMALL.replace(
        "    level: PROVINCE\n",
        "    level: PROVINCE\n    signedOn: 2020\n    number: 09\n    aliases: [12, true, 1.50]\n    areaCount: 7\n",
    );
    let program = &compiled(&text).programs[0];
    assert_eq!(program.signed_on.as_ref().unwrap().date.edtf(), "2020");
    assert_eq!(program.number.as_deref(), Some("09"));
    assert_eq!(program.aliases, ["12", "true", "1.50"]);
    assert_eq!(program.area_count, Some(7));
}

#[test]
fn letters_are_stored_in_one_way() {
    let decomposed = SMALL.replace("Báo", "Ba\u{301}o");
    assert_eq!(checked(&decomposed).dossier.source.publisher, "Báo Thái Bình");
    assert_eq!(checked(&decomposed).digest, checked(SMALL).digest);
}

#[test]
fn figures_keep_what_was_said() {
    let bundle = compiled(example());
    let figure = |label: &str| &bundle.results.iter().find(|result| result.label == label).unwrap().quantity;
    assert_eq!(figure("Meetings held").qualifier(), Qualifier::Exact);
    assert_eq!(
        (figure("People reached").qualifier(), figure("People reached").value_e4()),
        (Qualifier::Over, Some(410_000_000))
    );
    assert_eq!(
        (figure("How cases went").qualifier(), figure("How cases went").value_e4()),
        (Qualifier::Unquantified, None)
    );
    assert_eq!(bundle.targets[0].quantity.value_e4(), Some(6000));
}

#[test]
fn the_digest_is_of_what_is_said_and_not_of_how() {
    let other =
        format!("# a comment\n{}", SMALL.replace("    level: PROVINCE\n", "    level: 'PROVINCE'\n    note:\n"));
    assert_eq!(checked(SMALL).digest, checked(&other).digest);
    assert_ne!(checked(SMALL).digest, checked(&SMALL.replace("FULL", "EXCERPT")).digest);
    assert_eq!(checked(SMALL).digest.len(), 64);
}

#[test]
fn what_is_asked_for_names_every_record() {
    let checked = checked(example());
    let needs = checked.needs(Reference::shipped().unwrap()).unwrap();
    let own: BTreeSet<&str> = needs.own.iter().map(|need| need.path.as_str()).collect();
    assert_eq!(own.len(), needs.own.len());
    for path in [
        "source",
        "groups/district-unions/members/district-union",
        "people/chair/positions/2",
        "documents/directive/issuers/1",
        "programs/main",
        "programs/main/topics/WOMEN_PROTECTION",
        "programs/parent/signatories/1",
        "programs/main/areas/1/responsible/2",
        "programs/main/results/1/contributors/1",
        "programs/main/plannedActivities/1",
        "events/review/programs/main",
        "events/review/attendances/2",
        "events/review/citations/1",
        "programs/main/awards/1/presenters/1",
        "programs/main/directions/1/obligation",
        "programs/main/remarks/2",
        "events/review/conflicts/1",
    ] {
        assert!(own.contains(path), "{path} is missing among {own:#?}");
    }
    let of_parent = needs.own.iter().find(|need| need.path == "programs/parent/signatories/1").unwrap();
    assert_eq!(of_parent.tenant, TenantId::CENTRAL);
    assert_eq!(needs.programs[0].path, "programs/parent");
    assert_eq!(needs.agencies[0].names, ["Hội Liên hiệp Phụ nữ tỉnh Thái Bình", "Hội Phụ nữ tỉnh Thái Bình"]);
    let districts: Vec<(&str, &str)> =
        needs.localities.iter().map(|need| (need.path.as_str(), need.name.as_str())).collect();
    assert_eq!(districts, [("agencies/district-union", "Huyện Quỳnh Phụ"), ("programs/main", "Huyện Quỳnh Phụ")]);
}

#[test]
fn what_another_dossier_describes_is_left_to_it() {
    let (checked, reference) = (checked(example()), Reference::shipped().unwrap());
    let mut known = answer(&checked.needs(reference).unwrap());
    for path in ["programs/parent", "documents/directive", "agencies/union"] {
        known.entries.get_mut(path).unwrap().owner = false;
    }
    let bundle = checked.compile(reference, &known).unwrap();
    assert_eq!((bundle.programs.len(), bundle.documents.len(), bundle.agencies.len()), (1, 0, 4));
    let of_others = |path: &str| path.starts_with("programs/parent/") || path.starts_with("documents/directive/");
    assert!(!bundle.provenances.iter().any(|provenance| of_others(&provenance.path)));
    let shared = bundle.provenances.iter().find(|provenance| provenance.path == "programs/parent").unwrap();
    assert!(!shared.owner);
    assert_eq!(shared.record, known.entries["programs/parent"].uuid);
}

#[test]
fn what_the_store_finds_wrong_is_placed() {
    let (checked, reference) = (checked(SMALL), Reference::shipped().unwrap());
    let mut known = answer(&checked.needs(reference).unwrap());
    known.entries.remove("agencies/police");
    known.problems.push(("agencies/police".to_owned(), "two agencies have this name".to_owned()));
    let problems = checked.compile(reference, &known).unwrap_err();
    assert_eq!(problems.to_string(), "test.yaml:6: agencies[0]: two agencies have this name");
}

#[test]
fn a_draft_shows_nobody() {
    let lines: Vec<&str> = example().lines().filter(|line| line.trim() != "visibility: PUBLIC").collect();
    let bundle = compiled(&format!("visibility: DRAFT\n{}\n", lines.join("\n")));
    assert!(bundle.people.iter().all(|person| person.visibility == Visibility::Draft));
    let of = |tenant: TenantId| if tenant == bundle.source.id.tenant { Visibility::Draft } else { Visibility::Public };
    assert!(bundle.agencies.iter().all(|agency| agency.visibility == of(agency.id.tenant)));
    assert!(bundle.involvements.iter().all(|party| party.visibility == of(party.id.tenant)));
    assert!(bundle.provenances.iter().all(|provenance| provenance.visibility == Visibility::Draft));
    let bundle = compiled(&format!("visibility: INTERNAL\n{SMALL}"));
    assert_eq!(
        (bundle.agencies[0].visibility, bundle.programs[0].visibility),
        (Visibility::Internal, Visibility::Internal)
    );
    assert!(bundle.provenances.iter().all(|provenance| provenance.visibility == Visibility::Internal));
}

#[test]
fn parents_come_before_children() {
    let agencies = "  - {key: office, name: Phòng, level: PROVINCE, parent: police}\nprograms:\n";
    let text = SMALL.replace("agencies:\n", "agencies:\n  - {key: unit, name: Đội, level: PROVINCE, parent: office}\n");
    let bundle = compiled(&text.replace("programs:\n", agencies));
    let names: Vec<&str> = bundle.agencies.iter().map(|agency| agency.name_vi.as_str()).collect();
    assert_eq!(names, ["Công an tỉnh Thái Bình", "Phòng", "Đội"]);
}

#[test]
fn files_of_other_editors_are_read() {
    let text = format!("\u{feff}{}", SMALL.replace('\n', "\r\n"));
    assert_eq!(checked(&text).digest, checked(SMALL).digest);
}

#[test]
fn two_entries_that_the_store_knows_as_one_are_refused() {
    let text = SMALL.replace("programs:\n", "  - {key: p2, name: Công an Thái Bình, level: PROVINCE}\nprograms:\n");
    let (checked, reference) = (checked(&text), Reference::shipped().unwrap());
    let mut known = answer(&checked.needs(reference).unwrap());
    let first = known.entries["agencies/police"];
    known.entries.insert("agencies/p2".to_owned(), first);
    let problems = checked.compile(reference, &known).unwrap_err().to_string();
    assert!(
        problems.starts_with("test.yaml:7: agencies[1]: is stored as the same record as agencies/police"),
        "{problems}"
    );
}

#[test]
fn a_person_of_another_dossier_is_asked_for_and_not_described_again() {
    let people = "people:\n  - key: chair\n    name: Nguyễn Thị Ví Dụ\n    positions: [{title: Chủ tịch}]\n    sameAs: {dossier: other, person: head}\n";
    let events = "events: [{key: e, kind: SIGNING, name: Lễ ký, attendances: [{person: chair, roles: [CHAIR]}]}]\n";
    let (checked, reference) = (checked(&format!("{SMALL}{people}{events}")), Reference::shipped().unwrap());
    let needs = checked.needs(reference).unwrap();
    assert_eq!((needs.same[0].dossier.as_str(), needs.same[0].there.as_str()), ("other", "people/head"));
    let mut known = answer(&needs);
    let person = known.entries.get_mut("people/chair").unwrap();
    person.owner = false;
    let uuid = person.uuid;
    let bundle = checked.compile(reference, &known).unwrap();
    assert!(bundle.people.is_empty() && bundle.positions.is_empty());
    assert!(bundle.involvements.iter().any(|party| party.person.is_some_and(|person| person.uuid == uuid)));

    known.entries.get_mut("people/chair").unwrap().tenant = TenantId::CENTRAL;
    let problems = checked.compile(reference, &known).unwrap_err().to_string();
    assert!(problems.contains("events[0].attendances[0].person: the person belongs to Trung ương"), "{problems}");
}
