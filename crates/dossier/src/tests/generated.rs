//! Dossiers by chance, with every section: written, read and compiled, they come back as they were.

mod choices;
mod sections;

use std::collections::BTreeMap;

use domain::Bundle;
use domain::bundle::OnFile;
use proptest::prelude::*;

use self::choices::Choices;
use super::*;

/// The records, without what is made anew each time: ids of provenances, and the digest of the file.
fn lasting(bundle: &Bundle) -> Bundle {
    let mut bundle = bundle.clone();
    bundle.source.digest.clear();
    for (index, provenance) in bundle.provenances.iter_mut().enumerate() {
        provenance.id = domain::Id::new(provenance.id.tenant, Uuid::from_u128(index as u128));
    }
    // The order of a list is in its records; that of the provenances follows how a file lists awards and the like.
    bundle.provenances.sort_by(|a, b| a.path.cmp(&b.path));
    bundle.provenances.iter_mut().for_each(|one| one.id.uuid = Uuid::nil());
    bundle.awards.sort_by_key(|one| one.id);
    bundle.directions.sort_by_key(|one| one.id);
    bundle.obligations.sort_by_key(|one| one.id);
    bundle.remarks.sort_by_key(|one| one.id);
    bundle.conflicts.sort_by_key(|one| one.id);
    bundle.involvements.sort_by_key(|one| one.id);
    bundle
}

/// The records of a file, each with an id that its path decides.
fn records(text: &str) -> Bundle {
    let (checked, reference) = (checked(text), Reference::shipped().unwrap());
    let needs = checked.needs(reference).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    let mut known = answer(&needs);
    for (path, resolved) in &mut known.entries {
        let digest = <sha2::Sha256 as sha2::Digest>::digest(path.as_bytes());
        resolved.uuid = Uuid::from_slice(&digest[..16]).unwrap();
    }
    checked.compile(reference, &known).unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

fn restored(bundle: Bundle) -> String {
    let on_file = OnFile { bundle, added: BTreeMap::new(), elsewhere: BTreeMap::new() };
    let restored = crate::restore(&on_file, Reference::shipped().unwrap());
    assert!(restored.notes.is_empty(), "{:#?}", restored.notes);
    crate::write("restored.yaml", &restored.dossier).unwrap_or_else(|problems| panic!("{problems}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_it_was(choices in prop::collection::vec(any::<u16>(), 0..600)) {
        let dossier = sections::dossier(&mut Choices::new(choices));
        let text = crate::write("generated.yaml", &dossier).unwrap_or_else(|problems| panic!("{problems}\n{dossier:#?}"));
        prop_assert_eq!(&checked(&text).dossier, &dossier, "{}", text);
        let bundle = records(&text);
        let again = restored(bundle.clone());
        let bundle_again = records(&again);
        prop_assert_eq!(lasting(&bundle_again), lasting(&bundle), "{}\n{}", text, again);
        prop_assert_eq!(restored(bundle_again), again);
    }
}

#[test]
fn every_section_is_generated() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..400_u32 {
        let numbers =
            (0..600_u32).map(|at| (seed.wrapping_mul(7919) ^ at.wrapping_mul(104_729)).wrapping_mul(2_654_435_761));
        let dossier = sections::dossier(&mut Choices::new(numbers.map(|one| (one >> 16) as u16).collect()));
        keys_of(&serde_json::to_value(&dossier).unwrap(), &mut seen);
    }
    let defs = crate::schema::SCHEMA["$defs"].as_object().unwrap();
    let objects = defs.values().chain([&*crate::schema::SCHEMA]).filter_map(|schema| schema.get("properties"));
    let known = objects.flat_map(|properties| properties.as_object().unwrap().keys());
    // Needs another dossier in the store; the integration tests have one.
    let missing: Vec<&String> =
        known.filter(|key| !seen.contains(*key) && !["sameAs", "dossier"].contains(&key.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn keys_of(value: &serde_json::Value, seen: &mut std::collections::BTreeSet<String>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        seen.insert(key.clone());
        keys_of(value, seen);
    }
    value.as_array().into_iter().flatten().for_each(|one| keys_of(one, seen));
}

#[test]
fn the_example_and_the_samples_come_back() {
    let samples = crate::samples().map(|(_, bytes)| String::from_utf8(bytes.into_owned()).unwrap());
    let page = include_str!("../../../../docs/dossier-format.md");
    let example = page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    for text in samples.chain([example]) {
        let bundle = records(&text);
        let again = restored(bundle.clone());
        assert_eq!(lasting(&records(&again)), lasting(&bundle), "{again}");
        assert_eq!(restored(records(&again)), again);
    }
}
