//! How far central programs are carried out, province by province.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

const ROWS: &str = "asOf boundaries provinces signed partlySigned notRecorded missing { slug }
    rows { state province { slug } programs { ...One } predecessors { state province { slug } programs { ...One } } }";
const ONE: &str = "fragment One on Implementation { lagDays link { basis } program { number signedOn { date } }
    sectors { code } missingSectors { code } extraSectors { code } }";

/// The program of the center with the Women's Union.
const CENTRAL: &str = "11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC";

async fn coverage(world: &World, program: &str, days: &str) -> Value {
    let query = format!("{{ report {{ coverage(of: {program:?}{days}) {{ {ROWS} }} }} }} {ONE}");
    world.data(&query).await["report"]["coverage"].take()
}

/// The row of a province.
fn row<'a>(coverage: &'a Value, slug: &str) -> &'a Value {
    let rows = coverage["rows"].as_array().unwrap();
    rows.iter().find(|row| row["province"]["slug"] == slug).unwrap_or_else(|| panic!("{slug}: {coverage:#}"))
}

/// The lags of a row's programs.
fn lags(row: &Value) -> Vec<Option<i64>> {
    row["programs"].as_array().unwrap().iter().map(|one| one["lagDays"].as_i64()).collect()
}

#[rstest]
#[tokio::test]
async fn the_central_program_over_63_provinces(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let then = coverage(&world, &world.program(CENTRAL).await, ", asOf: \"2022-12-31\"").await;
    assert_eq!(then["provinces"], 63);
    assert_eq!(then["boundaries"], "2022-12-31");
    for (slug, days) in [("thai-binh", 364), ("hai-duong", 484), ("vinh-phuc", 141), ("dong-nai", 224)] {
        let row = row(&then, slug);
        assert_eq!((row["state"].as_str(), lags(row)), (Some("SIGNED"), vec![Some(days)]), "{slug}");
        assert!(!row["programs"][0]["sectors"].as_array().unwrap().is_empty(), "{slug}");
    }
    let son_la = row(&then, "son-la");
    assert_eq!((son_la["state"].as_str(), lags(son_la)), (Some("SIGNED"), vec![None]));
    assert_eq!(son_la["programs"][0]["link"]["basis"], "INFERRED");
    // Nobody recorded it here, which does not say that there is none.
    assert_eq!(row(&then, "phu-tho")["state"], "NOT_RECORDED");
    let missing: Vec<&str> = then["missing"].as_array().unwrap().iter().map(|one| one.text("slug")).collect();
    assert!(missing.contains(&"phu-tho") && !missing.contains(&"thai-binh"));
    let sum = |name: &str| then[name].as_u64().unwrap();
    assert_eq!(sum("signed") + sum("partlySigned") + sum("notRecorded"), 63);
    assert_eq!(sum("partlySigned"), 0);
    assert_eq!(sum("notRecorded"), missing.len() as u64);

    // Within the boundaries of later, both old provinces stand under the one that follows them.
    let now =
        coverage(&world, &world.program(CENTRAL).await, ", asOf: \"2022-12-31\", boundaries: \"2026-11-22\"").await;
    assert_eq!(now["provinces"], 34);
    let hung_yen = row(&now, "hung-yen");
    assert_eq!((hung_yen["state"].as_str(), lags(hung_yen)), (Some("PARTLY_SIGNED"), vec![]));
    let mut before: Vec<(&str, &str)> = (hung_yen["predecessors"].as_array().unwrap().iter())
        .map(|one| (one.text("province.slug"), one.text("state")))
        .collect();
    before.sort_unstable();
    assert_eq!(before, [("hung-yen", "NOT_RECORDED"), ("thai-binh", "SIGNED")]);

    // Before the first of them nobody had; the program itself is from 2019.
    let early = coverage(&world, &world.program(CENTRAL).await, ", asOf: \"2019-01-01\"").await;
    assert!(early["rows"].as_array().unwrap().iter().all(|row| lags(row).iter().all(Option::is_none)));
}

#[rstest]
#[tokio::test]
async fn what_the_center_states_stands_beside(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let program = world.program(CENTRAL).await;
    let query = format!(
        "{{ report {{ coverage(of: {program:?}) {{ signed stated {{ label asOf quantity {{ value qualifier }}
            denominator {{ quantity {{ value }} }} }} }} }} }}"
    );
    let data = world.data(&query).await;
    let stated = data.list("report.coverage.stated");
    let sixty = stated.iter().find(|one| one["quantity"]["value"] == "60").unwrap_or_else(|| panic!("{data:#}"));
    assert_eq!(sixty["denominator"]["quantity"]["value"], "63");
    assert_ne!(data.at("report.coverage.signed"), &json!(60), "what was recorded is another thing");
}

#[rstest]
#[tokio::test]
async fn a_decision_of_the_party(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let found = coverage(&world, &world.document("238-QĐ/TW").await, ", asOf: \"2022-12-31\"").await;
    for (slug, days, sectors) in [("thai-binh", 505, 2), ("quang-tri", 532, 3)] {
        let row = row(&found, slug);
        assert_eq!(lags(row), [Some(days)], "{slug}");
        assert_eq!(row["programs"][0]["sectors"].as_array().unwrap().len(), sectors, "{slug}: {row:#}");
    }
}

#[rstest]
#[tokio::test]
async fn what_may_not_be_seen_is_not_covered(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let nothing = world.data("{ report { coverage(of: \"EQAAAEgBogQ9SEVyG4NCYBPZDpDq\") { signed } } }").await;
    assert_eq!(nothing, json!({"report": {"coverage": null}}));
}
