//! Files that are refused: every problem with its place and its mend, and nothing stored.

use rstest::rstest;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{SMALL, World};

#[rstest]
#[tokio::test]
async fn bad_input_stores_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = world.rows().await;
    let with = |from: &str, to: &str| {
        assert!(SMALL.contains(from), "{from}");
        SMALL.replace(from, to)
    };
    for (name, text, places) in [
        ("malformed YAML", format!("{SMALL}  key: [a\n"), vec![(14, "", "this is not YAML")]),
        (
            "unknown key",
            with("    level: PROVINCE\n", "    level: PROVINCE\n    sigendOn: 2020\n"),
            vec![(12, "programs[0].sigendOn", "did you mean \"signedOn\"?")],
        ),
        (
            "dangling reference",
            with("- {agency: police}", "- {agency: polcie}"),
            vec![(
                13,
                "programs[0].signatories[0].agency",
                "no entry of agencies has the key \"polcie\"; did you mean \"police\"?",
            )],
        ),
        (
            "impossible date",
            with("    level: PROVINCE\n", "    level: PROVINCE\n    signedOn: 2020-02-30\n"),
            vec![(12, "programs[0].signedOn", "`2020-02-30` is not in the calendar")],
        ),
        (
            "duplicate local key",
            with("programs:\n", "  - {key: police, name: Khác, level: PROVINCE}\nprograms:\n"),
            vec![(7, "agencies[1].key", "the key \"police\" is used twice")],
        ),
        ("wrong tenant", with("2020-02-25", "2026-01-01"), vec![(3, "tenant.asOf", "write its slug \"hung-yen\"")]),
        ("unknown tenant", with("thai-binh", "thai-bnh"), vec![(3, "tenant.slug", "did you mean \"thai-binh\"?")]),
        (
            "unknown sector",
            with("sector: POLICE", "sector: POLCE"),
            vec![(6, "agencies[0].sector", "did you mean \"POLICE\"?")],
        ),
        (
            "two at once",
            with("sector: POLICE", "sector: POLCE").replace("- {agency: police}", "- {agency: nobody}"),
            vec![
                (6, "agencies[0].sector", "POLICE"),
                (13, "programs[0].signatories[0].agency", "no entry of agencies"),
            ],
        ),
        (
            "a person of no dossier",
            with("programs:\n", "people: [{key: a, name: A, sameAs: {dossier: none, person: b}}]\nprograms:\n"),
            vec![(7, "people[0]", "import that dossier first")],
        ),
        ("empty", String::new(), vec![(1, "", "the file is empty")]),
    ] {
        let problems = world.problems(&[("test.yaml", &text)]).await;
        assert_eq!(problems.len(), places.len(), "{name}: {problems:#?}");
        for (problem, (line, path, words)) in problems.iter().zip(places) {
            assert_eq!(problem.file, "test.yaml", "{name}");
            assert_eq!(problem.line, Some(line), "{name}: {problem:#?}");
            assert!(problem.path.starts_with(path), "{name}: {problem:#?}");
            assert!(problem.message.contains(words), "{name}: {problem:#?}");
        }
        assert_eq!(world.rows().await, before, "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn bytes_that_are_no_text_store_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = world.rows().await;
    let mut wrong = SMALL.as_bytes().to_vec();
    wrong.extend(b"x: \xc3\x28");
    for (bytes, words) in [
        (wrong, "is not UTF-8; save the file as UTF-8"),
        (vec![b'a'; 50 << 20], "the file has 52428800 bytes, the limit is 4194304"),
    ] {
        let files = vec![("small.yaml".to_owned(), SMALL.as_bytes().to_vec()), ("test.yaml".to_owned(), bytes)];
        let error =
            server::import::import(&world.store, files, server::import::Manner::default(), &|_| ()).await.unwrap_err();
        let server::import::ImportError::Problems(problems) = error else { panic!("{error:#?}") };
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert!(problem.file == "test.yaml" && problem.message.contains(words), "{problem}");
        assert_eq!(world.rows().await, before);
    }
}

#[rstest]
#[tokio::test]
async fn one_bad_file_holds_all_back(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = world.rows().await;
    let other = SMALL.replace("key: small", "key: other").replace("ví dụ", "khác");
    let bad = SMALL.replace("key: small", "key: bad").replace("POLICE", "POLCE");
    // Found while the files are read.
    let problems = world.problems(&[("a.yaml", SMALL), ("bad.yaml", &bad), ("c.yaml", &other)]).await;
    assert_eq!(problems.iter().map(|one| one.file.as_str()).collect::<Vec<_>>(), ["bad.yaml"]);
    assert_eq!(world.rows().await, before);
    // Found only by the store, after the first file was written.
    let late =
        other.replace("programs:\n", "people: [{key: a, name: A, sameAs: {dossier: none, person: b}}]\nprograms:\n");
    let problems = world.problems(&[("a.yaml", SMALL), ("late.yaml", &late)]).await;
    assert_eq!(problems.iter().map(|one| one.file.as_str()).collect::<Vec<_>>(), ["late.yaml"]);
    assert_eq!(world.rows().await, before);
    // Both files say that they are the same dossier.
    let problems = world.problems(&[("a.yaml", SMALL), ("b.yaml", SMALL)]).await;
    assert!(problems[0].file == "b.yaml" && problems[0].message.contains("a.yaml"), "{problems:#?}");
    assert_eq!(world.rows().await, before);
    // The good ones alone go in.
    assert_eq!(world.import(&[("a.yaml", SMALL), ("c.yaml", &other)]).await.len(), 2);
}

#[rstest]
#[tokio::test]
async fn a_database_without_reference_data_says_so(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::bare(engine).await;
    server::migrate::up(&world.database.admin_options()).await.unwrap();
    let files = vec![("test.yaml".to_owned(), SMALL.as_bytes().to_vec())];
    let error =
        server::import::import(&world.store, files, server::import::Manner::default(), &|_| ()).await.unwrap_err();
    let server::import::ImportError::Failed(failure) = error else { panic!("{error:#?}") };
    assert!(failure.fix.contains("phoihop migrate"), "{failure}");
}
