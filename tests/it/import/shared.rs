//! Records that several dossiers name: one record, several sources; and people, who are never merged by name.

use rstest::rstest;
use serde_json::json;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, sample};

const PARENT: &str = r#"{ programs(where: {number: {contains: "CTPH"}}) { nodes {
    id version title signedOn { date } signatories { totalCount { value } } sources { nodes { dossier } }
} } }"#;

async fn parent(world: &World) -> serde_json::Value {
    let data = world.data(PARENT).await;
    let [parent] = data.list("programs.nodes") else { panic!("one parent: {data:#}") };
    parent.clone()
}

fn sources(record: &serde_json::Value) -> Vec<String> {
    let mut dossiers = record.texts("sources.nodes", "dossier");
    dossiers.sort();
    dossiers
}

#[rstest]
#[tokio::test]
async fn one_parent_with_two_sources(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = parent(&world).await;
    assert_eq!(sources(&before), ["seed-0"], "what an article does not state it is no source of");
    let stated =
        sample("seed-1").replace("        program: parent\n        basis: INFERRED\n", "        program: parent\n");
    let (head, tail) = stated.split_once("        reason: Cùng bốn ngành").unwrap();
    let (_, tail) = tail.split_once('\n').unwrap();
    world.import_one(&format!("{head}{tail}")).await;
    let after = parent(&world).await;
    assert_eq!(sources(&after), ["seed-0", "seed-1"]);
    assert_eq!((&after["id"], &after["version"]), (&before["id"], &json!(1)));
    assert_eq!(after["signedOn"], json!({ "date": "2019-02-26" }));
}

#[rstest]
#[tokio::test]
async fn the_first_to_describe_it_owns_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    // The other way round: the dossier that knows less comes first.
    world.import_one(&sample("seed-1")).await;
    let first = parent(&world).await;
    assert_eq!(first["signedOn"], json!(null));
    world.import_one(&sample("seed-0")).await;
    let second = parent(&world).await;
    assert_eq!(second["id"], first["id"]);
    assert_eq!(sources(&second), ["seed-0"], "seed-1 only infers it");
    assert_eq!((&second["version"], &second["signedOn"]), (&first["version"], &first["signedOn"]), "still seed-1's");
}

#[rstest]
#[tokio::test]
async fn what_a_dossier_added_abroad_stays_when_it_no_longer_names_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let before = parent(&world).await;
    let text = sample("seed-0");
    let (head, rest) = text.split_once("  - key: parent\n").unwrap();
    let (_, tail) = rest.split_once("\nevents:\n").unwrap();
    let head =
        head.replace("    links:\n      - kind: IMPLEMENTS\n        program: parent\n        basis: STATED\n", "");
    world.import_one(&format!("{head}\nevents:\n{tail}")).await;
    let after = parent(&world).await;
    assert_eq!((&after["id"], &after["title"]), (&before["id"], &before["title"]));
    assert_eq!(sources(&after), Vec::<String>::new(), "seed-1 only infers it");
    // It is the center's from now on: who only named it corrects nothing there.
    let title = "title: Chương trình phối hợp trong công tác bảo vệ phụ nữ và trẻ em gái giai đoạn 2019 - 2022";
    world.import_one(&sample("seed-1").replace(title, "title: Tên do Sơn La sửa")).await;
    assert_eq!(parent(&world).await, after);
    // A dossier of the center makes it its own.
    let center = "\
format: phoihop/1
key: center
tenant: {slug: trung-uong}
source: {publisher: Cổng thông tin, coverage: FULL}
agencies: [{key: ministry, name: Bộ Công an, sector: POLICE, level: CENTRAL, note: do trung ương sửa}]
";
    world.import_one(center).await;
    let query = r#"{ agencies(where: {name: {eq: "Bộ Công an"}}) { nodes { note } } }"#;
    let expected = json!([{ "note": null }]);
    assert_eq!(world.data(query).await.at("agencies.nodes"), &expected, "seed-0 still describes it");
    let without = sample("seed-0").replace("name: Bộ Công an", "name: Bộ Khác");
    world.import_one(&without).await;
    world.import_one(&center.replace("key: center", "key: center-2")).await;
    let expected = json!([{ "note": "do trung ương sửa" }]);
    assert_eq!(world.data(query).await.at("agencies.nodes"), &expected, "nobody describes it any more");
}

#[rstest]
#[tokio::test]
async fn an_agency_is_found_again_by_name_and_level(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let query = r#"{ agencies(where: {name: {eq: "Viện kiểm sát nhân dân tỉnh Thái Bình"}}) { nodes {
        sources { nodes { dossier } } signatures { totalCount { value } } } }
        supreme: agencies(where: {name: {eq: "Viện kiểm sát nhân dân tối cao"}}) { nodes { sources { nodes { dossier } } } } }"#;
    let data = world.data(query).await;
    assert_eq!(data.list("agencies.nodes").len(), 1);
    assert_eq!(sources(data.at("agencies.nodes.0")), ["seed-0", "seed-4"]);
    assert_eq!(data.at("agencies.nodes.0.signatures.totalCount.value"), 2);
    assert_eq!(data.list("supreme.nodes").len(), 1);
    assert_eq!(sources(data.at("supreme.nodes.0")), ["seed-0", "seed-3"]);
}

/// A dossier about one person.
fn about(key: &str, person: &str) -> String {
    SMALL
        .replace("key: small", &format!("key: {key}"))
        .replace("programs:\n", &format!("people: [{{key: chair, {person}}}]\nprograms:\n"))
        .replace("title: Chương trình phối hợp ví dụ", &format!("title: Chương trình của {key}"))
}

#[rstest]
#[tokio::test]
async fn namesakes_stay_two_people(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let query = "{ people(where: {name: {eq: \"nguyen van a\"}}) { nodes { sources { nodes { dossier } } } } }";
    let name = "name: Nguyễn Văn A";
    world.import(&[("a.yaml", &about("a", name)), ("b.yaml", &about("b", name))]).await;
    assert_eq!(world.data(query).await.list("people.nodes").len(), 2);
    // Only what is stated makes them one.
    world.import_one(&about("c", &format!("{name}, sameAs: {{dossier: a, person: chair}}"))).await;
    let data = world.data(query).await;
    let mut known: Vec<_> = data.list("people.nodes").iter().map(sources).collect();
    known.sort();
    assert_eq!(known, [vec!["a", "c"], vec!["b"]]);
}
