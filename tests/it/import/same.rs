//! A program that another dossier of the same tenant describes: what a later article adds hangs on it, and what was agreed
//! stays the first dossier's to say.

use rstest::rstest;
use serde_json::json;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World};

/// An article about the program of `small`, two years later.
const LATER: &str = "\
format: phoihop/1
key: later
tenant: {slug: thai-binh, asOf: 2022-02-25}
source: {publisher: Báo Sau, coverage: FULL}
agencies:
  - {key: union, name: Hội Phụ nữ tỉnh Thái Bình, sector: WOMENS_UNION, level: PROVINCE}
programs:
  - key: first
    sameAs: {dossier: small, program: main}
    kind: PLEDGE
    title: Tên do bài sau đặt
    level: DISTRICT
    signatories: [{agency: union}]
    targets: [{indicator: TRAINING_CLASSES, label: Mục tiêu sau, quantity: {value: 4}}]
    results:
      - {key: classes, indicator: TRAINING_CLASSES, label: Lớp, quantity: {value: 3}, event: review, contributors: [{agency: union}]}
      - {indicator: TRAINED_UNION_STAFF, label: Người, quantity: {value: 60}, ofResult: classes}
    plannedActivities: [{label: Thăm, occasion: Ngày Phụ nữ, day: 2022-10-20}]
  - {key: next, kind: PLEDGE, title: Giao ước sau, level: PROVINCE, signatories: [{agency: union}], links: [{kind: EXECUTES, program: first}]}
events:
  - {key: review, kind: INTERIM_REVIEW, name: Sơ kết, programs: [first], attendances: [{agency: union, roles: [CHAIR]}]}
awards: [{program: first, event: review, kind: Giấy khen, collectives: 2}]
directions: [{program: first, event: review, text: Ký tiếp, obligation: {kind: CASCADE, fulfilledBy: next}}]
remarks: [{program: first, event: review, kind: LIMITATION, text: Còn chậm}]
conflicts:
  - {record: programs/first, field: signedOn, values: [{value: 2020, source: bài này}, {value: 2019, source: bài trước}]}
";

const PROGRAM: &str = r#"{ programs(where: {title: {contains: "vi du"}}) { nodes {
    id version title kind
    signatories { nodes { agency { name } } }
    targets { nodes { label } } results { nodes { label event { name } } } awards { nodes { kind } }
    directions { nodes { text obligations { fulfilledBy { title } } } } remarks { nodes { text } }
    events { nodes { name } } sources { nodes { dossier } }
} } }"#;

async fn program(world: &World) -> serde_json::Value {
    let data = world.data(PROGRAM).await;
    let [program] = data.list("programs.nodes") else { panic!("one program: {data:#}") };
    program.clone()
}

#[rstest]
#[tokio::test]
async fn a_later_article_adds_to_the_program(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(SMALL).await;
    let before = program(&world).await;
    let counts = world.import_one(LATER).await.counts.unwrap();
    assert_eq!((counts.updated, counts.deleted), (0, 0), "{counts:?}");
    let after = program(&world).await;
    for field in ["id", "version", "title", "kind", "signatories"] {
        assert_eq!(after[field], before[field], "{field} is the first dossier's to say");
    }
    assert_eq!(after.texts("targets.nodes", "label"), ["Mục tiêu sau"]);
    assert_eq!(after.texts("results.nodes", "label"), ["Lớp", "Người"]);
    assert_eq!(after.at("results.nodes.0.event.name"), "Sơ kết");
    assert_eq!(after.texts("awards.nodes", "kind"), ["Giấy khen"]);
    assert_eq!(after.at("directions.nodes.0.obligations.0.fulfilledBy.title"), "Giao ước sau");
    assert_eq!(after.texts("remarks.nodes", "text"), ["Còn chậm"]);
    assert_eq!(after.texts("events.nodes", "name"), ["Sơ kết"]);
    assert_eq!(after.texts("sources.nodes", "dossier"), ["small", "later"]);
    // Its own article may be corrected, and leaves alone what others added.
    let counts = world.import_one(&SMALL.replace("title: Chương", "title: Một chương")).await.counts.unwrap();
    assert_eq!((counts.created, counts.updated, counts.deleted), (0, 1, 0), "{counts:?}");
    assert_eq!(program(&world).await["results"], after["results"]);
    // What the later article no longer says goes, and nothing else.
    world.import_one(&LATER.replace("      - {indicator: TRAINED_UNION_STAFF", "      # {indicator")).await;
    assert_eq!(program(&world).await.texts("results.nodes", "label"), ["Lớp"]);
}

#[rstest]
#[tokio::test]
async fn what_was_described_twice_becomes_one(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let twice = LATER.replace("    sameAs: {dossier: small, program: main}\n", "");
    world.import(&[("a.yaml", SMALL), ("b.yaml", &twice)]).await;
    let programs = "{ programs { nodes { title } } }";
    assert_eq!(world.data(programs).await.list("programs.nodes").len(), 3);
    let counts = world.import_one(LATER).await.counts.unwrap();
    assert_eq!(counts.deleted, 2, "the second description and its signatory: {counts:?}");
    assert_eq!(world.data(programs).await.list("programs.nodes").len(), 2);
    assert_eq!(program(&world).await.texts("results.nodes", "label"), ["Lớp", "Người"]);
    // When the first dossier no longer describes it, it is the later one's.
    let (without, _) = SMALL.split_once("programs:\n").unwrap();
    world.import_one(without).await;
    world.import_one(&twice).await;
    let data = world.data("{ programs(where: {title: {contains: \"bai sau\"}}) { nodes { version signatories { nodes { order } } } } }").await;
    assert_eq!(data.list("programs.nodes").len(), 1, "{data:#}");
}

#[rstest]
#[tokio::test]
async fn what_hangs_on_it_is_seen_by_the_same(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let as_seen =
        |text: &str, visibility: &str| text.replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "));
    // An open article about a program that is not: what it adds is as hidden as the program.
    world.import(&[("a.yaml", &as_seen(SMALL, "INTERNAL")), ("b.yaml", LATER)]).await;
    for table in ["results", "targets", "awards", "directions", "obligations", "remarks", "planned_activities"] {
        let found = world.select(&format!("SELECT DISTINCT visibility FROM {table}")).await;
        assert_eq!(found, [["INTERNAL"]], "{table}");
    }
    let told =
        world.data("{ results { nodes { label } } events { nodes { name programs { nodes { title } } } } }").await;
    assert_eq!(told["results"], json!({ "nodes": [] }));
    assert_eq!(told.at("events.nodes.0.programs.nodes"), &json!([]));
    // The other way round it would tell everybody what the dossier keeps back.
    let world = World::empty(engine).await;
    world.import_one(SMALL).await;
    let before = world.rows().await;
    let problems = world.problems(&[("b.yaml", &as_seen(LATER, "DRAFT"))]).await;
    let places: Vec<&str> = problems.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(places, ["programs[0]", "awards[0]", "directions[0]", "remarks[0]"], "{problems:#?}");
    assert!(
        problems.iter().all(|one| one.message.contains("the program, which is PUBLIC, while this dossier is DRAFT"))
    );
    assert_eq!(world.rows().await, before);
    // To name it is no harm.
    let (head, _) = LATER.split_once("    signatories:").unwrap();
    world.import_one(&as_seen(head, "DRAFT")).await;
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_found_is_a_problem(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(SMALL).await;
    let abroad = "    links: [{kind: IMPLEMENTS, program: up}]\n  - {key: up, tenant: {slug: trung-uong}, kind: PLEDGE, number: 1/CT, title: Trên, level: CENTRAL}\n";
    world.import_one(&format!("{}{abroad}", SMALL.replace("key: small", "key: linked"))).await;
    let same = "sameAs: {dossier: small, program: main}";
    for (with, place, words) in [
        ("sameAs: {dossier: smal, program: main}", "programs[0]", "import that dossier first"),
        (
            "sameAs: {dossier: small, program: mian}",
            "programs[0]",
            "no program \"mian\" is known from a dossier \"small\"",
        ),
        ("sameAs: {dossier: linked, program: up}", "programs[0]", "is a program of another tenant"),
        ("sameAs: {dossier: later, program: main}", "programs[0].sameAs.dossier", "within one dossier"),
        ("sameAs: {dossier: small, program: main}\n    tenant: {slug: trung-uong}", "programs[0].sameAs", "leave out"),
        ("sameAs: {dossier: small, person: main}", "programs[0].sameAs.person", "the key \"person\" is unknown"),
    ] {
        let problems = world.problems(&[("x.yaml", &LATER.replace(same, with))]).await;
        let found = problems.iter().any(|one| one.path == place && one.message.contains(words));
        assert!(found, "{with}: {problems:#?}");
    }
    // A dossier of the same name elsewhere is another.
    let elsewhere = LATER.replace("slug: thai-binh", "slug: son-la");
    let problems = world.problems(&[("x.yaml", &elsewhere)]).await;
    assert!(problems[0].message.contains("is a program of another tenant"), "{problems:#?}");
}
