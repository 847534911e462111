//! What was changed since by somebody else: an import does not undo it unless it is told to.

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;
use server::export::{Which, export};
use server::import::{Clash, ImportError, Manner};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{SMALL, World, tenant_id};

const AREAS: &str = "    areas: [{label: Một}, {label: Hai}, {label: Ba}]\n";

/// The dossier with three areas.
fn text() -> String {
    format!("{SMALL}{AREAS}")
}

impl World {
    async fn overwriting(&self, text: &str) -> usize {
        let checked = server::import::check(vec![("test.yaml".to_owned(), text.into())], &|_| ()).unwrap();
        let manner = Manner { clash: Clash::Overwrite, ..Manner::default() };
        let imported = server::import::put_all(&self.store, &checked, manner, &|_| ()).await.unwrap();
        imported[0].counts.unwrap().updated
    }

    async fn written(&self) -> String {
        let these = Which::These(vec!["small".to_owned()]);
        export(&self.store, tenant_id("thai-binh:pre2025"), &these).await.unwrap().remove(0).text
    }

    async fn titles(&self) -> Vec<Vec<String>> {
        self.select("SELECT title_vi FROM programs UNION ALL SELECT label FROM cooperation_areas ORDER BY 1").await
    }
}

const EDIT: &str = "UPDATE programs SET title_vi = 'Tên do người khác sửa', version = version + 1";

#[rstest]
#[tokio::test]
async fn what_was_edited_is_not_written_over(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&text()).await;
    world.execute(EDIT).await;
    world.execute("UPDATE cooperation_areas SET label = 'Hai sửa', version = version + 1 WHERE label = 'Hai'").await;
    let before = world.rows().await;
    // The same dossier is unchanged without looking; it undoes nothing.
    assert_eq!(world.import_one(&text()).await.counts, None);
    // Another note on the source would bring the old title back.
    let corrected = text().replace("coverage: FULL", "coverage: FULL, note: đã sửa");
    let problems = world.problems(&[("x.yaml", &corrected)]).await;
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let how = "was changed since by somebody else; export the dossier and merge, or import with --overwrite";
    assert_eq!(
        told,
        [
            format!("x.yaml:8: programs[0]: programs/main {how}"),
            format!("x.yaml:14: programs[0].areas[1]: programs/main/areas/2 {how}"),
        ]
    );
    assert_eq!(world.rows().await, before);
    // A file without the area would delete what somebody has just worked on.
    let without = corrected.replace(AREAS, "");
    let problems = world.problems(&[("x.yaml", &without)]).await;
    assert!(
        problems
            .iter()
            .any(|one| one.message.contains("programs/main/areas/2, which this file leaves out, was changed"))
    );
    // Exported and merged, it goes in, and so do later corrections.
    let exported = world.written().await;
    assert!(exported.contains("Tên do người khác sửa") && exported.contains("Hai sửa"), "{exported}");
    let counts = world.import_one(&exported).await.counts.unwrap();
    assert_eq!((counts.created, counts.updated, counts.deleted), (0, 0, 0), "{counts:?}");
    let merged = exported.replace("Tên do người khác sửa", "Tên cả hai cùng sửa");
    assert_eq!(world.import_one(&merged).await.counts.unwrap().updated, 1);
    assert_eq!(world.titles().await.concat(), ["Ba", "Hai sửa", "Một", "Tên cả hai cùng sửa"]);
}

#[rstest]
#[tokio::test]
async fn it_is_written_over_when_one_says_so(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&text()).await;
    world.execute(EDIT).await;
    let corrected = text().replace("coverage: FULL", "coverage: FULL, note: đã sửa");
    assert_eq!(world.overwriting(&corrected).await, 2, "the source and the title");
    assert_eq!(world.titles().await.concat(), ["Ba", "Chương trình phối hợp ví dụ", "Hai", "Một"]);
    // From now on nothing is in the way.
    world.import_one(&text()).await;
}

#[rstest]
#[tokio::test]
async fn what_was_deleted_does_not_come_back(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&text()).await;
    world.execute("DELETE FROM cooperation_areas WHERE label = 'Hai'").await;
    let corrected = text().replace("coverage: FULL", "coverage: FULL, note: đã sửa");
    let checked = server::import::check(vec![("x.yaml".to_owned(), corrected.clone().into())], &|_| ()).unwrap();
    let refused = server::import::put_all(&world.store, &checked, Manner::default(), &|_| ()).await;
    let Err(ImportError::Problems(problems)) = refused else { panic!("{refused:#?}") };
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].message.starts_with("programs/main/areas/2 was deleted since"), "{problems:#?}");
    // The exported file has two areas, and the third has moved up.
    let exported = world.written().await;
    world.import_one(&exported).await;
    assert_eq!(world.titles().await.concat(), ["Ba", "Chương trình phối hợp ví dụ", "Một"]);
    assert_eq!(world.written().await, exported);
}

#[rstest]
#[tokio::test]
async fn what_was_withdrawn_stays_so(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&text()).await;
    let id = world.first("programs", "thai-binh").await;
    let staff = crate::harness::actor("hung-yen:2025", &[Role::Publisher]);
    let withdraw = "programWithdraw program { visibility }";
    world.changed(&staff, withdraw, json!({"id": id, "version": 1})).await;
    let visible =
        "SELECT DISTINCT visibility FROM programs UNION ALL SELECT DISTINCT visibility FROM cooperation_areas";
    let draft = [["DRAFT"], ["DRAFT"]];
    assert_eq!(world.select(visible).await, draft);
    // A later edition of the article, with one area more.
    let later = text().replace("{label: Ba}", "{label: Ba}, {label: Bốn}");
    assert_eq!(world.import_one(&later).await.counts.unwrap().created, 1);
    assert_eq!(world.select(visible).await, draft);
    // So does a file that was written back, and it says what it cannot say.
    let these = Which::These(vec!["small".to_owned()]);
    let written = export(&world.store, tenant_id("thai-binh:pre2025"), &these).await.unwrap().remove(0);
    assert_eq!(written.notes, ["programs/main: is DRAFT here, and would be PUBLIC where the file is new"]);
    world.import_one(&written.text).await;
    assert_eq!(world.select(visible).await, draft);
    // Whoever wants all of it less visible says so in the file.
    world.import_one(&format!("visibility: INTERNAL\n{later}")).await;
    assert_eq!(world.select(visible).await, [["INTERNAL"], ["INTERNAL"]]);
}

#[rstest]
#[tokio::test]
async fn what_was_added_is_told_when_it_is_written_back(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&text()).await;
    let id = world.first("programs", "thai-binh").await;
    let staff = crate::harness::actor("hung-yen:2025", &[Role::Publisher]);
    let input = json!({"program": id, "text": "Tiếp tục phối hợp"});
    world.changed(&staff, "directionCreate direction { id }", input).await;
    let these = Which::These(vec!["small".to_owned()]);
    let written = export(&world.store, tenant_id("thai-binh:pre2025"), &these).await.unwrap().remove(0);
    let told = "programs: 1 of kind direction were added here since, not by a dossier; they are not in the file";
    assert_eq!(written.notes, [told]);
}

/// The demonstration starts again after somebody has tried its mutations, also with newer samples.
#[rstest]
#[tokio::test]
async fn it_is_left_when_one_says_so(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(&text()).await;
    world.execute(EDIT).await;
    let before = world.rows().await;
    let corrected = text().replace("coverage: FULL", "coverage: FULL, note: đã sửa");
    let manner = Manner { clash: Clash::Leave, ..Manner::default() };
    let files = vec![("x.yaml".to_owned(), corrected.into())];
    let imported = server::import::import(&world.store, files, manner, &|_| ()).await.unwrap();
    assert_eq!((imported[0].counts, imported[0].left), (None, 1));
    assert_eq!(world.rows().await, before);
}
