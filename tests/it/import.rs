//! Importing: again, corrected, shared, and not at all.

mod abroad;
mod changed;
mod refused;
mod same;
mod shared;
mod table;

use rstest::rstest;
use serde_json::json;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, generated, sample};

#[rstest]
#[tokio::test]
async fn the_same_file_twice_changes_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = world.rows().await;
    for key in ["seed-0", "seed-1", "seed-2", "seed-3", "seed-4"] {
        let again = world.import_one(&sample(key)).await;
        assert_eq!((again.dossier.as_str(), again.counts), (key, None), "the very same dossier");
        // A comment changes the bytes but not the dossier.
        let again = world.import_one(&format!("# remark\n{}", sample(key))).await;
        assert_eq!(again.counts, None, "{key}");
    }
    assert_eq!(world.rows().await, before);
}

#[rstest]
#[tokio::test]
async fn what_did_not_change_keeps_its_version(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = world.rows().await;
    // Another note on the source: everything else is read anew and found unchanged.
    let corrected = sample("seed-1").replace("note: Địa chỉ được xác định vì", "note: Địa chỉ xác định được vì");
    let counts = world.import_one(&corrected).await.counts.unwrap();
    assert_eq!((counts.created, counts.updated, counts.deleted), (0, 1, 0));
    assert!(counts.unchanged > 60, "{counts:?}");
    let after = world.rows().await;
    let changed: Vec<_> =
        before.0.iter().filter(|(name, table)| after.0[*name] != **table).map(|(name, _)| name).collect();
    // The source's own provenance remembers its new version.
    assert_eq!(changed, ["audit", "audit_heads", "changes", "provenances", "sources"]);
    assert_eq!(after.counts()["changes"], before.counts()["changes"] + 1);
    let query = "{ sources(orderBy: [{field: PUBLISHED_ON}]) { nodes { dossier version } } }";
    let data = world.data(query).await;
    let versions: Vec<_> =
        data.list("sources.nodes").iter().map(|one| (one.text("dossier"), one["version"].as_i64().unwrap())).collect();
    assert_eq!(versions[..3], [("seed-0", 1), ("seed-4", 1), ("seed-1", 2)]);
}

/// Everything of the one program that has a place, with its ids.
const PLACES: &str = r#"{ programs(where: {tenant: {slug: {eq: "thai-binh"}}, signedOn: {on: "2020-02-25"}}) { nodes {
    id version title
    areas { nodes { id order label } }
    signatories { nodes { id order agency { id name version } } }
    events { nodes { id version } }
} } }"#;

#[rstest]
#[tokio::test]
async fn a_corrected_file_updates_in_place(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = world.data(PLACES).await.at("programs.nodes.0").clone();
    let corrected = sample("seed-0")
        .replace(
            "title: Chương trình phối hợp thực hiện công tác bảo vệ phụ nữ và trẻ em gái tỉnh Thái Bình giai đoạn 2020 - 2022",
            "title: Tên đã sửa",
        )
        .replace("      - label: Truyền thông về những vụ nghiêm trọng khiến dư luận bức xúc\n        topic: COMMUNICATION\n", "")
        .replace("      - agency: court\n        representation: lãnh đạo\n        note: Không nêu tên người ký.\n", "");
    let counts = world.import_one(&corrected).await.counts.unwrap();
    assert_eq!(counts.created, 0, "{counts:?}");
    assert_eq!(counts.deleted, 2, "one area and one signatory: {counts:?}");
    let after = world.data(PLACES).await.at("programs.nodes.0").clone();
    assert_eq!(after["id"], before["id"]);
    assert_eq!((before["version"].clone(), after["version"].clone()), (json!(1), json!(2)));
    assert_eq!(after["title"], "Tên đã sửa");
    assert_eq!(after["events"], before["events"], "same id, same version");
    let labels = after.texts("areas.nodes", "label");
    assert_eq!(labels.len(), 6);
    let orders: Vec<_> = after.list("areas.nodes").iter().map(|area| area["order"].as_i64().unwrap()).collect();
    assert_eq!(orders, [1, 2, 3, 4, 5, 6]);
    let mut expected = before.texts("areas.nodes", "label");
    expected.remove(1);
    assert_eq!(labels, expected);
    let signed = before.list("signatories.nodes");
    assert_eq!(after.list("signatories.nodes"), &signed[..3], "ids, places and agencies stay");
    // Search knows the new title and no longer the old one.
    let search = |text: &str| format!("{{ search(text: \"{text}\", types: [PROGRAM]) {{ nodes {{ __typename }} }} }}");
    assert_eq!(world.data(&search("ten da sua")).await.list("search.nodes").len(), 1);
    assert_eq!(world.data(&search("gai tinh thai binh")).await.list("search.nodes").len(), 0);
    // And back again: as if nothing had happened.
    world.import_one(&sample("seed-0")).await;
    let back = world.data(PLACES).await.at("programs.nodes.0").clone();
    assert_eq!((back["id"].clone(), back["version"].clone()), (before["id"].clone(), json!(3)));
    assert_eq!(back.texts("areas.nodes", "label"), before.texts("areas.nodes", "label"));
    assert_eq!(back.texts("signatories.nodes", "agency.id"), before.texts("signatories.nodes", "agency.id"));
}

#[rstest]
#[tokio::test]
async fn an_order_that_changes(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let text = |areas: &str| format!("{SMALL}    areas: [{areas}]\n");
    let query = "{ programs { nodes { id version areas { nodes { order label } } } } }";
    world.import_one(&text("{label: a}, {label: b}, {label: c}")).await;
    let before = world.data(query).await;
    world.import_one(&text("{label: c}, {label: a}, {label: b}, {label: d}")).await;
    let after = world.data(query).await;
    assert_eq!(after.texts("programs.nodes.0.areas.nodes", "label"), ["c", "a", "b", "d"]);
    assert_eq!(after.at("programs.nodes.0.id"), before.at("programs.nodes.0.id"));
    assert_eq!(after.at("programs.nodes.0.version"), 1, "the program itself did not change");
}

#[rstest]
#[tokio::test]
async fn what_a_dossier_no_longer_says_is_gone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let before = world.rows().await;
    let (_, text) = generated(1).remove(0);
    world.import_one(&text).await;
    let bare = "\
format: phoihop/1
key: generated-0
tenant: {slug: thai-binh, asOf: 2022-06-01}
source: {publisher: Báo số 0, title: Bài số 0, coverage: FULL, publishedOn: 2022-06-01}
";
    let sums = crate::reports::kept::renew(&world).await;
    let counts = world.import_one(bare).await.counts.unwrap();
    assert!(counts.deleted > 30, "{counts:?}");
    // What was added up is gone too, when it is added up again.
    assert!(sums > 0 && crate::reports::kept::renew(&world).await == sums);
    let after = world.rows().await;
    let more: Vec<_> = after
        .counts()
        .into_iter()
        .filter(|(name, count)| before.counts()[name] != *count)
        // What happened stays known.
        .filter(|(name, _)| !["changes", "audit", "audit_heads"].contains(name))
        .map(|(name, count)| (name.to_owned(), count - before.counts()[name]))
        .collect();
    // The source, its own provenance and its entry in the index are left; and, as drafts, what others could refer to.
    let left =
        [("agencies", 3), ("documents", 1), ("programs", 2), ("provenances", 1), ("search_entries", 7), ("sources", 1)];
    assert_eq!(more, left.map(|(name, count)| (name.to_owned(), count)));
    let query =
        "{ agencies { totalCount { value } } documents { totalCount { value } } programs { totalCount { value } } }";
    let none = json!({ "totalCount": { "value": 0 } });
    assert_eq!(world.data(query).await, json!({ "agencies": none, "documents": none, "programs": none }));
    // Said again, agencies and documents are the same records as before.
    world.import_one(&text).await;
    let again = world.rows().await;
    assert_eq!((again.counts()["agencies"], again.counts()["documents"]), (3, 1));
}

#[rstest]
#[tokio::test]
async fn reference_data_twice_changes_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = world.rows().await;
    let counts = server::import::load_reference(&world.database.owner().await).await.unwrap();
    assert_eq!((counts.created, counts.updated, counts.deleted), (0, 0, 0));
    assert!(counts.unchanged > 900, "{counts:?}");
    assert_eq!(world.rows().await, before);
}

#[rstest]
#[tokio::test]
async fn a_dry_run_stores_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let before = world.rows().await;
    let files = vec![("test.yaml".to_owned(), SMALL.as_bytes().to_vec())];
    let imported = server::import::import(
        &world.store,
        files,
        server::import::Manner { dry_run: true, ..server::import::Manner::default() },
        &|_| (),
    )
    .await
    .unwrap();
    assert_eq!(imported[0].counts.unwrap().created, 4, "source, agency, program, signatory");
    assert_eq!(world.rows().await, before);
}
