//! What is not public does not exist for the anonymous caller, whichever way the question comes.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, generated};

/// A dossier about everything, as visible as said.
fn dossier(visibility: &str) -> String {
    let (_, text) = generated(1).remove(0);
    text.replace("\nsource: ", &format!("\nvisibility: {visibility}\nsource: "))
}

/// Every root list with its count, and the search.
const ROOTS: &str = r#"{
    agencies { nodes { id } totalCount { value } }
    programs { nodes { id } totalCount { value } }
    signatories { nodes { id } totalCount { value } }
    people { nodes { id } totalCount { value } }
    events { nodes { id } totalCount { value } }
    documents { nodes { id } totalCount { value } }
    results { nodes { id } totalCount { value } }
    sources { nodes { id } totalCount { value } }
    search(text: "so 0", first: 100) { nodes { __typename } }
    province(by: {slug: "thai-binh"}, asOf: "2022-06-01") {
        agencies { nodes { id } totalCount { value } }
        programs { nodes { id } totalCount { value } }
        events { nodes { id } totalCount { value } }
        people { nodes { id } totalCount { value } }
        sources { nodes { id } totalCount { value } }
    }
    topics(where: {code: {eq: "WOMEN"}}) { nodes { programs { nodes { id } totalCount { value } } areas { nodes { id } } } }
    sectors(first: 100) { nodes { agencies { nodes { id } } } }
    indicators(first: 100) { nodes { results { nodes { id } } targets { nodes { id } } } }
}"#;

/// Ids of every type of node that the dossier makes.
const IDS: &str = "{
    sources { nodes { id } }
    agencies { nodes { id groups { nodes { id } } } }
    people { nodes { id positions { id } } }
    documents { nodes { id citations { nodes { id } } issuers { id } } }
    events { nodes { id attendances { nodes { id } } } }
    programs { nodes { id
        signatories { nodes { id } } participants { nodes { id } } links { nodes { id } } areas { nodes { id responsible { id } } }
        targets { nodes { id } } results { nodes { id contributors { id } } } awards { nodes { id givers { id } } }
        directions { nodes { id actors { id } obligations { id } } } remarks { nodes { id } }
    } }
}";

/// Every text under the key `id`.
fn ids(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if let ("id", Value::String(id)) = (key.as_str(), value) {
                    into.push(id.clone());
                }
                ids(value, into);
            }
        }
        Value::Array(entries) => entries.iter().for_each(|entry| ids(entry, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[rstest]
#[tokio::test]
async fn what_is_not_public_does_not_exist(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values("DRAFT", "INTERNAL")] visibility: &str,
) {
    let world = World::empty(engine).await;
    let nothing = world.data(ROOTS).await;
    world.import_one(&dossier("PUBLIC")).await;
    let everything = world.data(ROOTS).await;
    for root in ["agencies", "programs", "signatories", "people", "events", "documents", "results", "sources"] {
        assert_ne!(everything[root], nothing[root], "{root} must show what is public");
    }
    assert!(everything.list("search.nodes").len() > 8, "{everything:#}");
    let mut known = Vec::new();
    ids(&world.data(IDS).await, &mut known);
    known.sort();
    known.dedup();
    assert!(known.len() > 25, "{}", known.len());

    world.import_one(&dossier(visibility)).await;
    assert_eq!(world.data(ROOTS).await, nothing, "byte for byte as if it were not there");
    let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }";
    let found = world.ask_ok(query, json!({ "ids": known })).await;
    assert!(found.list("nodes").iter().all(Value::is_null), "{found:#}");
    let one = "query ($id: ID!) { node(id: $id) { __typename } }";
    for id in &known {
        assert_eq!(world.ask_ok(one, json!({ "id": id })).await, json!({ "node": null }));
    }
    // Public again: nothing was lost.
    world.import_one(&dossier("PUBLIC")).await;
    assert_eq!(world.data(ROOTS).await, everything);
}

#[rstest]
#[tokio::test]
async fn a_draft_hides_nothing_that_others_publish(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let public = SMALL.replace("key: small", "key: public");
    let draft = SMALL
        .replace("\nsource: ", "\nvisibility: DRAFT\nsource: ")
        .replace("title: Chương trình phối hợp ví dụ", "title: Chương trình còn soạn");
    // The draft describes the agency first and owns it.
    world.import_one(&draft).await;
    world.import_one(&public).await;
    let query = "{ programs { nodes { title signatories { nodes { agency { name } } } } } }";
    let expected = json!([{
        "title": "Chương trình phối hợp ví dụ",
        "signatories": { "nodes": [{ "agency": { "name": "Công an tỉnh Thái Bình" } }] },
    }]);
    assert_eq!(world.data(query).await.at("programs.nodes"), &expected);
    // The other way round it is the same.
    let world = World::empty(engine).await;
    world.import_one(&public).await;
    world.import_one(&draft).await;
    assert_eq!(world.data(query).await.at("programs.nodes"), &expected);
}

#[rstest]
#[tokio::test]
async fn filters_do_not_look_behind_the_wall(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    // An internal program of Thái Bình, signed by an agency that everybody sees.
    let hidden = "\
format: phoihop/1
key: hidden
tenant: {slug: thai-binh, asOf: 2022-06-01}
visibility: INTERNAL
source: {publisher: Nội bộ, coverage: FULL}
agencies:
  - {key: police, name: Công an tỉnh Thái Bình, sector: POLICE, level: PROVINCE}
programs:
  - key: main
    kind: MEMORANDUM
    title: Bản ghi nhớ nội bộ
    level: PROVINCE
    topics: [CHILDREN]
    signatories: [{agency: police}]
    links: [{kind: IMPLEMENTS, program: parent, basis: STATED}]
  - {key: parent, tenant: {slug: trung-uong}, kind: COORDINATION_PROGRAM, number: 11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC,
     title: Chương trình phối hợp trong công tác bảo vệ phụ nữ và trẻ em gái giai đoạn 2019 - 2022, level: CENTRAL}
events:
  - {key: signing, kind: OTHER, name: Họp nội bộ, programs: [main], attendances: [{agency: police, roles: [ATTENDEE]}]}
";
    let query = r#"{
        signed: agencies(where: {signatures: {some: {program: {kind: {eq: MEMORANDUM}}}}}) { nodes { name } totalCount { value } }
        police: agencies(where: {name: {eq: "Công an tỉnh Thái Bình"}}) { nodes {
            version
            signatures { nodes { program { title } } totalCount { value } }
            attendances { nodes { event { name } } totalCount { value } }
            involvements { totalCount { value } }
            sources { nodes { dossier } totalCount { value } }
        } }
        unsigned: agencies(where: {tenant: {slug: {eq: "thai-binh"}}, signatures: {none: {}}}) { totalCount { value } }
        events(where: {programs: {some: {kind: {eq: MEMORANDUM}}}}) { nodes { name } }
        parent: programs(where: {number: {contains: "CTPH"}}) { nodes {
            backlinks { nodes { basis } totalCount { value } } implementedBy { totalCount { value } } sources { nodes { dossier } }
        } }
        topics(where: {code: {eq: "CHILDREN"}}) { nodes { programs { totalCount { value } } } }
        search(text: "noi bo") { nodes { __typename } }
        programs(where: {kind: {eq: MEMORANDUM}}) { totalCount { value } }
        sources { totalCount { value } }
    }"#;
    let before = world.data(query).await;
    assert_eq!(before.list("police.nodes").len(), 1);
    let counts = world.import_one(hidden).await.counts.unwrap();
    assert!(counts.created >= 6, "{counts:?}");
    assert_eq!(world.data(query).await, before);
    // With the wall open it is all there, so the questions were the right ones.
    world.import_one(&hidden.replace("INTERNAL", "PUBLIC")).await;
    let open = world.data(query).await;
    for root in ["signed", "police", "events", "parent", "topics", "search", "programs", "sources"] {
        assert_ne!(open[root], before[root], "{root}");
    }
}

#[rstest]
#[tokio::test]
async fn the_database_keeps_children_as_visible_as_their_parent(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&dossier("PUBLIC")).await;
    let tables = [
        "involvements",
        "cooperation_areas",
        "targets",
        "results",
        "awards",
        "directions",
        "obligations",
        "citations",
        "program_topics",
    ];
    let state = async || {
        let mut seen = Vec::new();
        for table in tables {
            for row in world.select(&format!("SELECT DISTINCT visibility FROM {table} ORDER BY 1")).await {
                seen.push(format!("{table} {}", row[0]));
            }
        }
        seen
    };
    assert_eq!(state().await, tables.map(|table| format!("{table} PUBLIC")));
    world.execute("UPDATE programs SET visibility = 'INTERNAL'").await;
    let hidden = state().await;
    for table in &tables[1..] {
        assert!(hidden.contains(&format!("{table} INTERNAL")), "{hidden:?}");
        assert!(!hidden.contains(&format!("{table} PUBLIC")), "{hidden:?}");
    }
    // Involvements of documents and events stay as their own parents are.
    let of = |visibility: &str| {
        format!(
            "SELECT CAST(count(*) AS text) FROM involvements WHERE event_id IS NULL AND document_id IS NULL AND visibility = '{visibility}'"
        )
    };
    assert_eq!(world.select(&of("PUBLIC")).await, [["0"]]);
    assert_ne!(world.select(&of("INTERNAL")).await, [["0"]]);
    let query =
        "{ results { totalCount { value } } signatories { totalCount { value } } programs { totalCount { value } } }";
    let none = json!({ "totalCount": { "value": 0 } });
    assert_eq!(world.data(query).await, json!({ "results": none, "signatories": none, "programs": none }));
}
