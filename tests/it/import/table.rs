//! Tables of results through the command line: stored under programs of other dossiers, corrected, refused.

use std::fs;

use rstest::rstest;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, SMALL, World, program};

const CSV: &str = "\
indicator,label,value,qualifier,as_of
TRAINING_CLASSES,Lớp,238,OVER,2021-05-31
TRAINED_UNION_STAFF,Người,,,
";

const RESULTS: &str =
    "{ results { nodes { label quantity { value qualifier } program { title } } } sources { nodes { dossier } } }";

#[rstest]
#[tokio::test]
async fn a_table_is_imported_and_corrected(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    world.import_one(SMALL).await;
    let url = world.database.url.clone();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("Quý 1.csv");
    let import = |text: &str, more: &[&str]| {
        fs::write(&file, text).unwrap();
        let fixed = ["import-results", "--database-url", &url, "--tenant", "thai-binh:pre2025"];
        program(&[&fixed[..], more, &[file.to_str().unwrap()]].concat())
    };
    let of = ["--program", "chương trình phối hợp ví dụ"];
    let before = world.rows().await;
    import(CSV, &of).failed(
        1,
        &["Quý 1.csv:3: value: a result says something", "1 problem, nothing was stored", "docs/result-tables.md"],
    );
    import(CSV, &[]).failed(
        1,
        &["Quý 1.csv:1: program: the column is missing; add it, or name the program of all rows with --program"],
    );
    let right = CSV.replace("Người,,", "Người,0,");
    import(&right, &["--program", "Khác hẳn"]).failed(1, &["Quý 1.csv:2: program: no program of this tenant"]);
    let dry = import(&right, &[&of[..], &["--dry-run"]].concat());
    assert!(dry.succeeded().contains("3 created, 0 updated, 0 unchanged, 0 deleted (dry run"), "{dry:#?}");
    assert_eq!(world.rows().await, before);

    let first = import(&right, &of);
    assert!(first.succeeded().contains(": 3 created, 0 updated"), "{first:#?}");
    let data = world.data(RESULTS).await;
    assert_eq!(data.texts("results.nodes", "label").len(), 2);
    let zero = data.list("results.nodes").iter().find(|one| one["label"] == "Người").unwrap();
    assert_eq!(zero.text("quantity.value"), "0", "none, which was stated");
    assert_eq!(zero.text("program.title"), "Chương trình phối hợp ví dụ");
    let mut dossiers = data.texts("sources.nodes", "dossier");
    dossiers.sort();
    assert_eq!(dossiers, ["results-quy-1", "small"]);
    assert!(import(&right, &of).succeeded().ends_with("1 file: nothing to do\n"));
    // Corrected in place; a row that is gone takes its result away.
    let (shorter, _) = right.split_once("TRAINED").unwrap();
    let corrected = import(&shorter.replace("238", "240"), &of);
    assert!(corrected.succeeded().contains("0 created, 1 updated, 1 unchanged, 1 deleted"), "{corrected:#?}");
    // A colleague's correction is not written over.
    world.execute("UPDATE results SET label = 'Lớp học', version = version + 1").await;
    import(shorter, &of).failed(1, &["Quý 1.csv:2: ", "was changed since by somebody else", "--overwrite"]);
    let over = import(shorter, &[&of[..], &["--overwrite", "--json"]].concat());
    let over: serde_json::Value = serde_json::from_str(over.succeeded()).unwrap();
    assert_eq!(over["total"]["updated"], 1);
}
