//! The cube over all samples: sums that stay as honest as their terms.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, codes};

const FIGURES: &str = "figures { value qualifier counted missing } leftOut records";

async fn cells(world: &World, ask: &str, fields: &str) -> Vec<Value> {
    let query = format!("{{ report {{ totals({ask}) {{ cells {{ {fields} }} }} }} }}");
    world.data(&query).await["report"]["totals"]["cells"].as_array().unwrap().clone()
}

#[rstest]
#[tokio::test]
async fn attendances_stay_apart_from_persons(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let query = format!(
        "{{ report {{ totals(of: RESULTS, by: [UNIT], boundaries: \"2026-11-22\") {{ provinces overlapping
         cells {{ unit {{ code }} {FIGURES} provincesReporting provincesMissing }} }} }} }}"
    );
    let totals = world.data(&query).await["report"]["totals"].take();
    assert_eq!((&totals["provinces"], &totals["overlapping"]), (&json!(34), &json!(false)));
    let cells = totals["cells"].as_array().unwrap();
    let unit = |code: &str| cells.iter().find(|cell| cell["unit"]["code"] == code).unwrap();
    // "Over 41,000" attendances in Thái Bình among exact figures: the sum is over.
    let attendances = unit("ATTENDANCE");
    assert_eq!(attendances["figures"], json!({ "value": "828701", "qualifier": "OVER", "counted": 3, "missing": 0 }));
    assert_eq!((&attendances["provincesReporting"], &attendances["provincesMissing"]), (&json!(2), &json!(32)));
    assert_ne!(unit("PERSON")["figures"]["value"], attendances["figures"]["value"]);
    // What has words only is missing, not zero.
    let words = cells.iter().find(|cell| cell["unit"].is_null()).unwrap();
    assert_eq!((&words["figures"]["value"], &words["figures"]["counted"]), (&Value::Null, &json!(0)));
    assert!(words["figures"]["missing"].as_u64() > Some(0));
}

#[rstest]
#[tokio::test]
async fn every_figure_is_counted_once_or_said_to_be_left_out(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let by_indicator = cells(&world, "of: RESULTS, by: [INDICATOR]", FIGURES).await;
    let sum = |cells: &[Value], path: &str| -> u64 { cells.iter().map(|cell| cell.at(path).as_u64().unwrap()).sum() };
    let all = world.data("{ results { totalCount { value } } }").await["results"]["totalCount"]["value"].as_u64();
    for cells in [
        by_indicator.clone(),
        cells(&world, "of: RESULTS, by: [UNIT, YEAR]", FIGURES).await,
        cells(&world, "of: RESULTS, by: [INDICATOR, PROVINCE, PERIOD, KIND, LEVEL, STATUS, PROGRAM, REGION]", FIGURES)
            .await,
    ] {
        assert_eq!(Some(sum(&cells, "records")), all);
        let told = sum(&cells, "figures.counted") + sum(&cells, "figures.missing") + sum(&cells, "leftOut");
        assert_eq!(Some(told), all);
    }
    // 40 of some 31,000 cases are a part of the others, of another indicator: apart by indicator, not twice by unit.
    assert!(sum(&cells(&world, "of: RESULTS, by: [UNIT]", FIGURES).await, "leftOut") > sum(&by_indicator, "leftOut"));
}

#[rstest]
#[tokio::test]
async fn provinces_as_they_were_and_as_they_are(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let fields = "province { slug ... on Province { validTo } } records";
    let was = cells(&world, "of: PROGRAMS, by: [PROVINCE]", fields).await;
    let is = cells(&world, "of: PROGRAMS, by: [PROVINCE], boundaries: \"2026-11-22\"", fields).await;
    let sum = |cells: &[Value]| -> u64 { cells.iter().map(|cell| cell["records"].as_u64().unwrap()).sum() };
    assert_eq!(sum(&was), sum(&is));
    assert!(is.len() < was.len());
    let ended = |cell: &&Value| !cell["province"]["validTo"].is_null();
    assert_eq!(is.iter().filter(ended).count(), 0);
    assert!(was.iter().filter(ended).count() > 20);
    let of = |cells: &[Value], slug: &str| -> u64 {
        let same = |cell: &&Value| cell["province"]["slug"] == slug;
        cells.iter().filter(same).map(|cell| cell["records"].as_u64().unwrap()).sum()
    };
    // Vĩnh Phúc became a part of Phú Thọ; Thái Bình one of Hưng Yên.
    assert_eq!(of(&is, "phu-tho"), of(&was, "phu-tho") + of(&was, "vinh-phuc") + of(&was, "hoa-binh"));
    assert_eq!(of(&is, "hung-yen"), of(&was, "hung-yen") + of(&was, "thai-binh"));
}

#[rstest]
#[tokio::test]
async fn each_measure_agrees_with_its_list(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    // An event that deals with no program is none of its.
    let events = "events(where: {programs: {some: {}}})";
    for (measure, list) in [("PROGRAMS", "programs"), ("SIGNATORIES", "signatories"), ("EVENTS", events)] {
        let one = cells(&world, &format!("of: {measure}, by: []"), "records").await;
        let counted = world.data(&format!("{{ {list} {{ totalCount {{ value }} }} }}")).await;
        assert_eq!(one[0]["records"], counted[list.split('(').next().unwrap()]["totalCount"]["value"], "{measure}");
        let by_level = cells(&world, &format!("of: {measure}, by: [PROVINCE]"), "records").await;
        let sum: u64 = by_level.iter().map(|cell| cell["records"].as_u64().unwrap()).sum();
        assert_eq!(one[0]["records"], sum, "{measure}");
    }
    // Overlapping dimensions say so, and stand beside what belongs to none.
    let query = "{ report { totals(of: PROGRAMS, by: [SECTOR]) { overlapping cells { sector { code } records } } } }";
    let sectors = world.data(query).await["report"]["totals"].take();
    assert_eq!(sectors["overlapping"], true);
    let police =
        "{ programs(where: {signatories: {some: {agency: {sector: {eq: \"POLICE\"}}}}}) { totalCount { value } } }";
    let police = world.data(police).await["programs"]["totalCount"]["value"].as_u64().unwrap();
    let cell = sectors["cells"].as_array().unwrap().iter().find(|cell| cell["sector"]["code"] == "POLICE").unwrap();
    // Groups of agencies have a sector too.
    assert!(cell["records"].as_u64() >= Some(police), "{cell} {police}");

    let awards = cells(&world, "of: AWARDS, by: []", "records collectives { value counted missing }").await;
    let query = "{ report { awards { kinds { awards collectives { value counted missing } } givers { awards } } } }";
    let kinds = world.data(query).await["report"]["awards"]["kinds"].take();
    let sum = |path: &str| -> u64 { kinds.as_array().unwrap().iter().filter_map(|kind| kind.at(path).as_u64()).sum() };
    assert_eq!(awards[0]["records"], sum("awards"));
    assert_eq!(awards[0]["collectives"]["value"], sum("collectives.value"));
    assert_eq!(awards[0]["collectives"]["missing"], sum("collectives.missing"));
}

#[rstest]
#[tokio::test]
async fn figures_within_a_time_and_of_one_indicator(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let fields = format!("indicator {{ code }} {FIGURES}");
    let all = cells(&world, "of: RESULTS, by: [INDICATOR]", &fields).await;
    let one =
        |cells: &[Value]| cells.iter().find(|one| one["indicator"]["code"] == "COMMUNICATION_ATTENDANCES").cloned();
    let figures = "figures: {indicators: [\"COMMUNICATION_ATTENDANCES\"]}";
    let alone = cells(&world, &format!("of: RESULTS, by: [], {figures}"), FIGURES).await;
    assert_eq!(alone.len(), 1);
    assert_eq!(alone[0]["figures"], one(&all).unwrap()["figures"]);
    let never = "of: RESULTS, by: [], figures: {indicators: [\"COMMUNICATION_ATTENDANCES\"], to: \"1999-12-31\"}";
    assert_eq!(cells(&world, never, FIGURES).await, Vec::<Value>::new());

    for (ask, told) in [
        (
            "of: RESULTS, by: [YEAR]",
            "figures of different units do not add up: add INDICATOR or UNIT to `by`, or name one indicator",
        ),
        (
            "of: EVENTS, by: [UNIT]",
            "only results have an indicator and a unit: leave UNIT out of `by`, or count RESULTS",
        ),
        ("of: EVENTS, by: [YEAR, YEAR]", "YEAR stands twice in `by`: name it once"),
        (
            "of: RESULTS, by: [], figures: {indicators: [\"ATTENDANCES\"]}",
            "there is no indicator ATTENDANCES; { indicators { code } } lists them",
        ),
    ] {
        let answer = world.ask(&format!("{{ report {{ totals({ask}) {{ cells {{ records }} }} }} }}"), json!({})).await;
        assert_eq!(answer["errors"][0]["message"], told);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
    let unknown = world.ask("{ report { totals(of: RESULTS, by: [COLOR]) { cells { records } } } }", json!({})).await;
    assert!(unknown["errors"][0]["message"].as_str().unwrap().contains("COLOR"), "{unknown}");
}

/// An answer has no more cells than the caller's limits allow objects; a table is sent while it is written.
#[rstest]
#[tokio::test]
async fn cells_are_bounded(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await.set(|settings| settings.limits.anonymous.document.nodes = 30);
    let cells = |by: &str| format!("{{ report {{ totals(of: RESULTS, by: [{by}]) {{ cells {{ records }} }} }} }}");
    let refused = world.ask(&cells("PROVINCE, INDICATOR, YEAR"), json!({})).await;
    assert_eq!(codes(&refused), ["PAGE_TOO_LARGE"]);
    let error = &refused["errors"][0];
    assert_eq!(error["message"], "there are more than 30 cells");
    assert!(error["extensions"]["hint"].as_str().unwrap().contains("/export/totals.csv"), "{error:#}");
    assert_eq!(codes(&world.ask(&cells("UNIT"), json!({})).await), [""; 0]);
    assert!(world.export("/totals.csv", &[]).await.rows().len() > 30);
}
