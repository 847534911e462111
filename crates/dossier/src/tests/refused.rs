//! Files that are refused.

use proptest::prelude::*;

use super::*;
use crate::read_file;

#[track_caller]
fn one(text: &str) -> String {
    let problems = refused(text.as_bytes());
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems[0].clone()
}

#[test]
fn what_is_not_yaml() {
    let problem = one("format: phoihop/1\nkey: [a\ntenant: {");
    assert!(problem.starts_with("test.yaml:") && problem.contains("this is not YAML"), "{problem}");
    assert!(one("").contains("the file is empty"));
    assert!(one("just words").contains("a dossier is a mapping"));
    assert!(one("- a\n- b").contains("a dossier is a mapping"));
    assert!(one("a:\n\tb: 1\n").starts_with("test.yaml:2:"), "tabs do not indent");
}

#[test]
fn what_is_not_utf_8() {
    let mut bytes = SMALL.as_bytes().to_vec();
    bytes.extend(b"x: \xc3\x28");
    let line = SMALL.lines().count() + 1;
    let message = format!("test.yaml:{line}: byte 4 of this line (0xc3) is not UTF-8; save the file as UTF-8");
    assert_eq!(refused(&bytes), [message]);
}

#[test]
fn what_is_too_large() {
    let fifty = 50 * 1024 * 1024;
    let message = "the file has 52428800 bytes, the limit is 4194304; write one dossier an article";
    assert_eq!(refused(&vec![b'a'; fifty]), [format!("test.yaml: {message}")]);

    // On disk it is refused by its size alone: a sparse file of a terabyte would never be read.
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(1 << 40).unwrap();
    assert!(read_file(file.path()).unwrap_err().to_string().contains("1099511627776 bytes"));
    file.as_file().set_len(10).unwrap();
    assert_eq!(read_file(file.path()).unwrap().len(), 10);
    let directory = tempfile::tempdir().unwrap();
    assert!(read_file(directory.path()).unwrap_err().to_string().contains("directory"));
    assert!(read_file(&directory.path().join("none")).unwrap_err().to_string().contains("cannot be read"));
}

#[test]
fn what_stands_for_more_than_is_written() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (this, last) in ('b'..='k').zip('a'..) {
        let line = format!("{this}: &{this} [*{last}, *{last}, *{last}, *{last}, *{last}, *{last}, *{last}]\n");
        bomb.push_str(&line);
    }
    let problems = refused(bomb.as_bytes());
    assert!(
        problems.iter().any(|problem| problem == "test.yaml:1: a: an anchor (`&name`) is not read; remove it"),
        "{problems:#?}"
    );
    assert!(
        problems.iter().any(|problem| problem.starts_with("test.yaml:2: b[0]: an alias (`*name`)")),
        "{problems:#?}"
    );
    assert!(one(&SMALL.replace("Báo Thái Bình", "!x Báo")).contains("source.publisher: a tag (`!name`) is not read"));
    assert!(one(&format!("{SMALL}---\na: 1\n")).contains("a second document begins here"));
    assert!(one(&format!("{}{}", "[".repeat(40), "]".repeat(40))).contains("nested more than 32 deep"));
    assert!(one(&"[".repeat(100_000)).contains("this is not YAML"));
    assert!(one(&format!("{SMALL}? [a]\n: 1\n")).contains("where a key should"));
    assert!(one(&format!("[{}]", "a,".repeat(200_000))).contains("more than 100000 values"));
}

#[test]
fn many_faults_are_cut_short() {
    let many: Vec<String> = (0..2000).map(|number| format!("k{number}: 1\n")).collect();
    let problems = refused(format!("{SMALL}{}", many.concat()).as_bytes());
    assert_eq!(problems.len(), 501);
    assert_eq!(problems[500], "test.yaml: 1500 more problems are not listed; mend these first");
}

#[test]
fn an_unknown_key() {
    let problem = one(&SMALL.replace("    level: PROVINCE\n", "    level: PROVINCE\n    sigendOn: 2020\n"));
    assert_eq!(
        problem,
        "test.yaml:12: programs[0].sigendOn: the key \"sigendOn\" is unknown; did you mean \"signedOn\"?"
    );
}

#[test]
fn a_missing_key_and_a_wrong_type() {
    let problem = one(&SMALL.replace("    kind: COORDINATION_PROGRAM\n", ""));
    assert_eq!(problem, "test.yaml:8: programs[0].kind: is missing; add it: Kind of instrument.");
    let problem =
        one(&SMALL.replace("kind: COORDINATION_PROGRAM\n", "kind: COORDINATION_PROGRAM\n    areaCount: \"4\"\n"));
    assert!(
        problem.ends_with("areaCount: the text \"4\" stands here; write a whole number, without quotes"),
        "{problem}"
    );
    let problem =
        one(&SMALL.replace("kind: COORDINATION_PROGRAM\n", "kind: COORDINATION_PROGRAM\n    areaCount: 9999999999\n"));
    assert!(problem.contains(":10: programs[0].areaCount: cannot be read"), "{problem}");
    let problem = one(&SMALL.replace("COORDINATION_PROGRAM", "COORDINATION_PROGRM"));
    assert!(problem.contains("did you mean \"COORDINATION_PROGRAM\"?"), "{problem}");
    let problem = one(&SMALL.replace("phoihop/1", "phoihop/2"));
    assert!(problem.contains("write `format: phoihop/1`"), "{problem}");
    assert!(one(&SMALL.replace("title: Chương trình phối hợp", "title: \"\"")).contains("programs[0].title: is empty"));
    let problem = one(&SMALL.replace("title: Chương trình phối hợp", "title: \"a\\0b\""));
    assert!(problem.contains("programs[0].title: holds a control character"), "{problem}");
}

#[test]
fn a_dangling_reference() {
    let problem = one(&SMALL.replace("- {agency: police}", "- {agency: polcie}"));
    assert_eq!(
        problem,
        "test.yaml:13: programs[0].signatories[0].agency: no entry of agencies has the key \"polcie\"; did you mean \"police\"?"
    );
    let problem = one(&format!("{SMALL}events: [{{key: e, kind: SIGNING, name: Lễ ký, programs: [none]}}]\n"));
    assert!(
        problem.ends_with("events[0].programs[0]: no entry of programs has the key \"none\"; add it under programs"),
        "{problem}"
    );
}

#[test]
fn an_impossible_date() {
    let problem = one(&SMALL.replace("    level: PROVINCE\n", "    level: PROVINCE\n    signedOn: 2020-02-30\n"));
    assert!(
        problem.starts_with("test.yaml:12: programs[0].signedOn: `2020-02-30` is not in the calendar"),
        "{problem}"
    );
}

#[test]
fn keys_used_twice() {
    let problem = one(&SMALL.replace("programs:\n", "  - {key: police, name: Khác, level: PROVINCE}\nprograms:\n"));
    assert!(problem.starts_with("test.yaml:7: agencies[1].key: the key \"police\" is used twice"), "{problem}");
    let problem = one(&SMALL.replace("key: small\n", "key: small\nkey: other\n"));
    assert_eq!(problem, "test.yaml:3: key: the key \"key\" was given before, in line 2; keep one of them");
    let twice = "    topics: [WOMEN, WOMEN]\n    results:\n      - {key: r, indicator: CASE_RESOLUTION, label: a, statement: b}\n      - {key: r, indicator: CASE_RESOLUTION, label: a, statement: b}\n";
    let problems = refused(format!("{SMALL}{twice}").as_bytes());
    assert!(problems[0].contains("topics[1]: is listed twice"), "{problems:#?}");
    assert!(problems[1].contains("results[1].key: the key \"r\" is used twice"), "{problems:#?}");
}

#[test]
fn one_thing_under_two_keys() {
    let problem = one(&SMALL.replace(
        "programs:\n",
        "  - {key: p2, name: Khác, aliases: [CÔNG AN TỈNH THÁI BÌNH], level: PROVINCE}\nprograms:\n",
    ));
    assert!(problem.contains("agencies[1].name: has a name of agencies/police"), "{problem}");
    let documents =
        "documents:\n  - {key: a, kind: LAW, number: 01-CT/TW}\n  - {key: b, kind: LAW, number: 01-CT/TW}\n";
    assert!(one(&format!("{SMALL}{documents}")).contains("documents[1].number: is the number of documents/a as well"));
}

#[test]
fn a_wrong_tenant() {
    let problem = one(&SMALL.replace("2020-02-25", "2026-01-01"));
    assert!(
        problem.starts_with("test.yaml:3: tenant.asOf: ") && problem.contains("write its slug \"hung-yen\""),
        "{problem}"
    );
    let problem = one(&SMALL.replace("thai-binh", "thai-bnh"));
    assert!(problem.contains("tenant.slug: ") && problem.contains("did you mean \"thai-binh\"?"), "{problem}");
    assert!(one(&SMALL.replace("slug: thai-binh, asOf: 2020-02-25", "slug: hung-yen")).contains("add asOf"));
    let problem = one(&SMALL.replace("sector: POLICE, level: PROVINCE", "level: CENTRAL"));
    assert!(problem.contains("add `tenant: {slug: trung-uong}`"), "{problem}");
    assert!(one(&SMALL.replace("2020-02-25}", "2020-02-25, basis: INFERRED}")).contains("add them under evidence"));
}

#[test]
fn an_edge_that_must_not_cross_tenants() {
    let text = SMALL.replace("- key: main\n", "- key: main\n    tenant: {slug: trung-uong}\n");
    let people = "people: [{key: chair, name: Nguyễn Thị Ví Dụ}]\n";
    let problem = one(&format!("{people}{}", text.replace("{agency: police}", "{agency: police, person: chair}")));
    assert!(
        problem.contains("signatories[0].person: the person belongs to Tỉnh Thái Bình, this record to Trung ương"),
        "{problem}"
    );
}

#[test]
fn figures() {
    let with = |quantity: &str| {
        format!("{SMALL}    targets: [{{indicator: TRAINING_CLASSES, label: a, quantity: {quantity}}}]\n")
    };
    assert!(one(&with("{value: 41.000}")).contains("quantity.value: \"41.000\" may be thousands or decimals"));
    assert!(one(&with("{value: 5, qualifier: UNQUANTIFIED}")).contains("UNQUANTIFIED has no value"));
    assert!(one(&with("{qualifier: OVER}")).contains("OVER needs a value"));
    assert!(one(&with("{value: 0.123456}")).contains("more than 4 decimals"));
    assert!(one(&with("{}")).contains("needs at least its words"));
    assert!(one(&with("{value: many}")).contains("is not a number"));
    assert!(one(&with("{value: [1]}")).contains("a list stands here; write a number"));
}

#[test]
fn circles() {
    let agencies = "  - {key: a, name: A, level: PROVINCE, parent: b}\n  - {key: b, name: B, level: PROVINCE, parent: a}\nprograms:\n";
    let problems = refused(SMALL.replace("programs:\n", agencies).as_bytes());
    assert_eq!(problems.len(), 2);
    assert!(problems[0].contains("agencies[1].parent: leads back to this agency"), "{problems:#?}");
}

#[test]
fn all_at_once_in_the_order_of_lines() {
    let text = SMALL
        .replace("coverage: FULL", "coverage: FUL, url: \"javascript:alert(1)\"")
        .replace("sector: POLICE", "sector: POLCE")
        .replace(
            "    level: PROVINCE\n",
            "    level: PROVINCE\n    titel: x\n    signedOn: 2020-13-01\n    numberStatus: STATED\n",
        )
        .replace("- {agency: police}", "- {agency: police, roles: [WITNESS]}\n      - {person: nobody}");
    let problems = refused(text.as_bytes());
    let places: Vec<&str> = problems.iter().map(|problem| problem.split(": ").nth(1).unwrap()).collect();
    assert_eq!(
        places,
        [
            "source.coverage",
            "source.url",
            "agencies[0].sector",
            "programs[0].number",
            "programs[0].titel",
            "programs[0].signedOn",
            "programs[0].signatories[0].roles",
            "programs[0].signatories[1].person",
        ],
        "{problems:#?}"
    );
    let lines: Vec<&str> = problems.iter().map(|problem| problem.split(':').nth(1).unwrap()).collect();
    assert_eq!(lines, ["4", "4", "6", "8", "12", "13", "16", "17"], "{problems:#?}");
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        let _ = crate::read("x", &bytes);
    }

    #[test]
    fn random_marks_never_panic(text in r#"[-\[\]{}:,?&*!|>'"%@`#~ \nabé\t\u{0}0-9.\u{feff}]{0,200}"#) {
        let _ = crate::read("x", text.as_bytes());
    }

    #[test]
    fn a_damaged_dossier_never_panics(at in 0..SMALL.len(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = SMALL.as_bytes().to_vec();
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        let _ = crate::read("x", &bytes);
    }
}
