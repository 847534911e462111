//! Writing dossiers back: what was exported is read as the very same records, in the same database and in another.

use rstest::rstest;
use server::export::{Exported, Which, export};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{SMALL, World, generated, program, tenant_id};

impl World {
    /// Every dossier there is, each with its tenant's number.
    async fn exported(&self) -> Vec<Exported> {
        let mut all = Vec::new();
        for row in self.select("SELECT DISTINCT CAST(tenant_id AS text) FROM sources ORDER BY 1").await {
            let tenant = domain::TenantId(row[0].parse().unwrap());
            all.extend(export(&self.store, tenant, &Which::All).await.unwrap());
        }
        all
    }

    /// Imports what was exported, in the order in which the dossiers first came: who describes a thing first owns it.
    async fn import_exported(&self, files: &[Exported], order: &[String]) -> Vec<server::import::Imported> {
        let file = |key: &String| files.iter().find(|one| one.dossier == *key).unwrap_or_else(|| panic!("{key}"));
        let files: Vec<(&str, &str)> = order.iter().map(|key| (key.as_str(), file(key).text.as_str())).collect();
        self.import(&files).await
    }
}

/// Everything stored, in words that do not change from one database to the next.
async fn content(world: &World) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (table, columns) in [
        ("sources", "dossier || publisher || coalesce(title, '') || tenant_evidence || coalesce(note, '')"),
        ("agencies", "name_vi || level || aliases || coalesce(sector, '') || coalesce(note, '')"),
        ("people", "name || variants || coalesce(honorific, '') || coalesce(note, '')"),
        ("positions", "title || position"),
        ("documents", "kind || coalesce(number, '') || coalesce(title_vi, '') || coalesce(issued_on, '')"),
        (
            "programs",
            "title_vi || kind || status || coalesce(number, '') || coalesce(signed_on, '') || coalesce(note, '')",
        ),
        ("targets", "label || indicator || qualifier || coalesce(CAST(value_e4 AS text), '')"),
        ("results", "label || indicator || qualifier || coalesce(CAST(value_e4 AS text), '') || sites || names"),
        ("awards", "kind || position || coalesce(CAST(collectives AS text), '')"),
        ("directions", "text || position"),
        ("remarks", "kind || text || position"),
        ("events", "name || kind || coalesce(held_on, '') || agenda"),
        ("involvements", "kind || roles || positions || position || basis || coalesce(label, '')"),
        ("provenances", "path || kind || basis"),
        ("conflicts", "field || field_values"),
        ("program_links", "kind || basis || coalesce(reason, '')"),
    ] {
        let sql = format!("SELECT '{table}', visibility || tenant_id || {columns} FROM {table} ORDER BY 2");
        all.extend(world.select(&sql).await);
    }
    all
}

#[rstest]
#[tokio::test]
async fn files_may_come_in_any_order(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let texts = entangled();
    let mut files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.sort_unstable();
    let imported: Vec<String> = world.import(&files).await.into_iter().map(|one| one.dossier).collect();
    assert_eq!(imported, ["center", "small", "later"], "what others build on comes first");
}

async fn goes_round(engine: Engine, world: &World, order: &[String]) {
    let exported = world.exported().await;
    assert!(exported.iter().all(|one| one.notes.is_empty()), "{exported:#?}");
    assert_eq!(exported.len(), order.len());
    // Into the same database: nothing changes.
    let before = content(world).await;
    let changes = world.rows().await.counts()["changes"];
    for one in world.import_exported(&exported, order).await {
        let counts = one.counts.unwrap_or_default();
        assert_eq!((counts.created, counts.updated, counts.deleted), (0, 0, 0), "{one:#?}");
    }
    assert_eq!(content(world).await, before);
    assert_eq!(world.rows().await.counts()["changes"], changes, "nobody is told of a change");
    assert_eq!(world.exported().await, exported);
    // Once more: it is the very same file.
    assert!(world.import_exported(&exported, order).await.iter().all(|one| one.counts.is_none()));
    // Into another: the same records, and the same files of them.
    let other = World::empty(engine).await;
    other.import_exported(&exported, order).await;
    assert_eq!(content(&other).await, before);
    let again = other.exported().await;
    for (first, second) in exported.iter().zip(&again) {
        assert!(first.text == second.text, "{}:\n{}\n---\n{}", first.dossier, first.text, second.text);
    }
}

#[rstest]
#[tokio::test]
async fn every_sample_goes_round(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let samples: Vec<(String, String)> =
        dossier::samples().map(|(name, bytes)| (name, String::from_utf8(bytes.into_owned()).unwrap())).collect();
    let files: Vec<(&str, &str)> = samples.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let order: Vec<String> = world.import(&files).await.into_iter().map(|one| one.dossier).collect();
    goes_round(engine, &world, &order).await;
}

#[rstest]
#[tokio::test]
async fn dossiers_of_many_tenants_go_round(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let texts = generated(12);
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let order: Vec<String> = world.import(&files).await.into_iter().map(|one| one.dossier).collect();
    goes_round(engine, &world, &order).await;
}

/// Two dossiers: the later adds to a program and names a person of the first, and a program of the center that a third
/// describes, about which it lists an award that is not its own to give.
fn entangled() -> Vec<(String, String)> {
    let center = "\
format: phoihop/1
key: center
tenant: {slug: trung-uong}
source: {publisher: Cổng thông tin, coverage: FULL}
agencies: [{key: ministry, name: Bộ Ví Dụ, aliases: [Bộ], sector: POLICE, level: CENTRAL, note: do trung ương ghi}]
programs: [{key: top, kind: COORDINATION_PROGRAM, number: 1/CTPH, title: Chương trình trên, level: CENTRAL, signatories: [{agency: ministry}]}]
";
    let first = SMALL.replace(
        "programs:\n",
        "people: [{key: chair, name: Nguyễn Thị Ví Dụ, positions: [{title: Chủ tịch, agency: police}]}]\nprograms:\n",
    );
    let later = "\
format: phoihop/1
key: later
tenant: {slug: thai-binh, asOf: 2022-02-25, basis: INFERRED, evidence: [nơi họp]}
visibility: PUBLIC
source: {publisher: Báo Sau, coverage: EXCERPT}
agencies:
  - {key: police, name: Công an tỉnh Thái Bình, level: PROVINCE, note: không được lưu}
  - {key: ministry, name: Bộ Ví Dụ, level: CENTRAL, tenant: {slug: trung-uong}}
people: [{key: head, name: Bà Ví Dụ, sameAs: {dossier: small, person: chair}}]
programs:
  - key: again
    sameAs: {dossier: small, program: main}
    kind: PLEDGE
    title: Tên khác
    level: PROVINCE
    results: [{indicator: TRAINING_CLASSES, label: Lớp, quantity: {value: 1.1250}, contributors: [{agency: police}]}]
  - {key: top, tenant: {slug: trung-uong}, kind: PLEDGE, number: 01/CTPH, title: Trên, level: CENTRAL, signatories: [{agency: police}]}
  - {key: own, kind: PLEDGE, title: Giao ước, level: PROVINCE, links: [{kind: IMPLEMENTS, program: top, basis: INFERRED, reason: cùng bên}]}
awards:
  - {program: top, kind: Không được lưu}
  - {program: own, kind: Giấy khen, recipients: [{person: head}]}
  - {program: again, kind: Bằng khen, collectives: 0}
remarks: [{program: top, kind: AIM, text: Không được lưu}, {program: own, kind: AIM, text: Được lưu}]
conflicts:
  - {record: programs/top/signatories/1, field: agency, values: [{value: a, source: x}, {value: b, source: y}]}
  - {record: programs/own, field: title, values: [{value: a, source: x}, {value: b, source: y}]}
";
    [("center", center.to_owned()), ("small", first), ("later", later.to_owned())]
        .map(|(key, text)| (key.to_owned(), text))
        .to_vec()
}

#[rstest]
#[tokio::test]
async fn what_others_describe_is_found_again(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let texts = entangled();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let order: Vec<String> = world.import(&files).await.into_iter().map(|one| one.dossier).collect();
    goes_round(engine, &world, &order).await;
    let thai_binh = tenant_id("thai-binh:pre2025");
    let exported = export(&world.store, thai_binh, &Which::These(vec!["later".to_owned()])).await.unwrap();
    insta::assert_snapshot!("exported", exported[0].text);
}

#[rstest]
#[tokio::test]
async fn what_is_stored_now_is_written(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let texts = entangled();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    world.import(&files).await;
    // Somebody corrects records past any file: a title, and who contributed, now one of whom the dossier never spoke.
    let elsewhere = "Sở Ví Dụ tỉnh Thái Bình";
    let other =
        SMALL.replace("key: small", "key: other").replace("Công an tỉnh Thái Bình", elsewhere).replace("ví dụ", "khác");
    world.import_one(&other).await;
    world
        .execute("UPDATE programs SET title_vi = 'Tên đã sửa', version = version + 1 WHERE title_vi = 'Giao ước'")
        .await;
    world
        .execute(&format!(
            "UPDATE involvements SET agency_id = (SELECT id FROM agencies WHERE name_vi = '{elsewhere}') WHERE kind = 'CONTRIBUTOR'"
        ))
        .await;
    let exported =
        export(&world.store, tenant_id("thai-binh:pre2025"), &Which::These(vec!["later".to_owned()])).await.unwrap();
    let text = &exported[0].text;
    assert!(exported[0].notes.is_empty(), "{exported:#?}");
    for said in ["title: Tên đã sửa", "key: agency-1", &format!("name: {elsewhere}"), "- agency: agency-1"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let before = content(&world).await.len();
    let counts = world.import_one(text).await.counts.unwrap();
    assert_eq!((counts.created, counts.updated, counts.deleted), (0, 0, 0), "{counts:?}");
    assert_eq!(content(&world).await.len(), before + 1, "the dossier names the agency now");
}

#[rstest]
#[tokio::test]
async fn files_are_written_and_never_lost(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("out").display().to_string();
    let url = world.database.url.clone();
    let run = |more: &[&str]| program(&[&["export", "--database-url", &url, "--output", &folder], more].concat());
    let all = run(&["--tenant", "thai-binh:pre2025", "--all"]);
    let written: Vec<&str> = all.succeeded().lines().collect();
    assert!(written.len() >= 3, "{all:#?}");
    let imported = program(&[&["import", "--database-url", &url][..], &written].concat());
    assert!(imported.succeeded().contains(": 0 created, 0 updated, "), "{imported:#?}");
    assert!(
        program(&[&["import", "--database-url", &url][..], &written].concat()).succeeded().ends_with("nothing to do\n")
    );
    run(&["--tenant", "thai-binh:pre2025", "--all"]).failed(1, &["is there already", "--replace"]);
    let json = run(&["--tenant", "thai-binh:pre2025", "--dossier", "seed-0", "--replace", "--json"]);
    let json: serde_json::Value = serde_json::from_str(json.succeeded()).unwrap();
    assert_eq!(json["files"][0]["dossier"], "seed-0");
    run(&["--tenant", "thai-binh:pre2025", "--dossier", "seed-9"]).failed(1, &["no dossier `seed-9`", "seed-0"]);
    run(&["--tenant", "thai-binh", "--all"]).failed(2, &["did you mean thai-binh:pre2025?"]);
}
