//! Reports that list records, over all samples: what each says, and what it does not know.

use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

async fn report(world: &World, field: &str) -> Value {
    world.data(&format!("{{ report {{ {field} }} }}")).await["report"].take()
}

fn nodes(list: &Value) -> &Vec<Value> {
    list["nodes"].as_array().unwrap()
}

/// The rows of programs of a province.
fn of<'a>(list: &'a Value, slug: &str) -> Vec<&'a Value> {
    nodes(list).iter().filter(|row| row["program"]["tenant"]["slug"] == slug).collect()
}

const WHOSE: &str = "program { tenant { slug } number }";

#[rstest]
#[tokio::test]
async fn lags_and_gaps_against_what_is_implemented(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let row = format!(
        "totalCount {{ value }} nodes {{ {WHOSE} lagDays parentProgram {{ number }} parentDocument {{ number }}
         sectors {{ code }} missingSectors {{ code }} startsAfterDays endsAfterDays link {{ basis }} }}"
    );
    let lags = report(&world, &format!("signingLag(first: 100) {{ {row} }}")).await["signingLag"].take();
    assert_eq!(lags["totalCount"]["value"], nodes(&lags).len());
    let decision: Vec<(&str, i64, usize)> = nodes(&lags)
        .iter()
        .filter(|row| row["parentDocument"]["number"] == "238-QĐ/TW")
        .map(|row| {
            let sectors = row["sectors"].as_array().unwrap().len();
            (row.text("program.tenant.slug"), row["lagDays"].as_i64().unwrap(), sectors)
        })
        .collect();
    assert_eq!(decision, [("thai-binh", 505, 2), ("quang-tri", 532, 3)]);
    let son_la = of(&lags, "son-la");
    assert_eq!((&son_la[0]["lagDays"], &son_la[0]["link"]["basis"]), (&Value::Null, &json!("INFERRED")));
    // A document has no parties, so that none can be missing.
    assert!(nodes(&lags).iter().all(|row| row["parentDocument"].is_null() || row["missingSectors"].is_null()));

    // Thái Bình and Hải Dương began a year after the central program, which ends with theirs.
    let gaps = report(&world, &format!("periodGaps {{ {row} }}")).await["periodGaps"].take();
    let mut late: Vec<_> = nodes(&gaps).iter().map(|row| row.text("program.tenant.slug")).collect();
    late.sort_unstable();
    assert_eq!(late, ["hai-duong", "thai-binh"]);
    assert!(nodes(&gaps).iter().all(|row| row["startsAfterDays"] == 365 && row["endsAfterDays"] == 0));

    // Narrowed to a province, and page by page, the same rows.
    let filter = "where: {tenant: {slug: {eq: \"thai-binh\"}}}";
    let one = report(&world, &format!("signingLag({filter}) {{ {row} }}")).await["signingLag"].take();
    assert_eq!(nodes(&one).iter().collect::<Vec<_>>(), of(&lags, "thai-binh"));
    let mut paged = Vec::new();
    let mut after = String::new();
    loop {
        let query = format!("signingLag(first: 7{after}) {{ {row} pageInfo {{ hasNextPage endCursor }} }}");
        let page = report(&world, &query).await["signingLag"].take();
        paged.extend(nodes(&page).clone());
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
    assert_eq!(&paged, nodes(&lags));
}

#[rstest]
#[tokio::test]
async fn targets_without_a_comparable_figure_say_why(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let query = format!(
        "progress(first: 100) {{ nodes {{ {WHOSE} target {{ indicator {{ code }} }} \
         comparison {{ state reason figure {{ value }} results {{ id }} }} }} }}"
    );
    let progress = report(&world, &query).await["progress"].take();
    let vinh_phuc = of(&progress, "vinh-phuc");
    assert_eq!(vinh_phuc.len(), 2);
    for row in vinh_phuc {
        assert_eq!(
            row["comparison"],
            json!({ "state": "NO_COMPARABLE_FIGURE", "reason": "NO_RESULT", "figure": null, "results": [] })
        );
    }
    // Bắc Giang reports on one of its targets, of something else than the whole province.
    let reason = |row: &&Value| row["comparison"]["reason"] == "OTHER_SCOPE";
    let other: Vec<_> = of(&progress, "bac-giang").into_iter().filter(reason).collect();
    assert_eq!(other.len(), 1);
    assert_eq!(other[0]["target"]["indicator"]["code"], "NEW_VOLUNTARY_INSURED");
}

#[rstest]
#[tokio::test]
async fn what_runs_out_and_what_lies_still(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let row =
        format!("totalCount {{ value }} nodes {{ {WHOSE} endsOn daysLeft finalReviews {{ id }} successors {{ id }} }}");
    let soon =
        report(&world, &format!("expiring(asOf: \"2022-10-01\", first: 100) {{ {row} }}")).await["expiring"].take();
    assert!(nodes(&soon).iter().all(|row| row["endsOn"] == "2022-12-31" && row["daysLeft"] == 91), "{soon:#}");
    assert_eq!(of(&soon, "trung-uong")[0]["program"]["number"], "11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC");
    let sooner = report(&world, "expiring(asOf: \"2022-10-01\", withinDays: 90) { nodes { daysLeft } }").await;
    assert_eq!(sooner, json!({ "expiring": { "nodes": [] } }));

    let expired = |what: &str| format!("expiring(what: {what}, asOf: \"2024-01-01\", first: 100) {{ {row} }}");
    let all = report(&world, &expired("EXPIRED")).await["expiring"].take();
    let unreviewed = report(&world, &expired("EXPIRED_WITHOUT_REVIEW")).await["expiring"].take();
    let unfollowed = report(&world, &expired("EXPIRED_WITHOUT_SUCCESSOR")).await["expiring"].take();
    assert!(nodes(&all).iter().all(|row| row["daysLeft"].as_i64() < Some(0)));
    assert!(nodes(&unreviewed).iter().all(|row| row["finalReviews"] == json!([])));
    assert!(nodes(&unfollowed).iter().all(|row| row["successors"] == json!([])));
    let count = |list: &Value| list["totalCount"]["value"].as_u64().unwrap();
    assert!(count(&unreviewed) < count(&all) && count(&unfollowed) < count(&all), "{all:#}");
    assert!(nodes(&all).iter().any(|row| row["finalReviews"] != json!([])));

    let still = "inactive(asOf: \"2022-06-01\", first: 100) { nodes { program { id phase(asOf: \"2022-06-01\") } lastRecordedOn days } }";
    let still = report(&world, still).await["inactive"].take();
    assert!(!nodes(&still).is_empty());
    for row in nodes(&still) {
        let phase = row.text("program.phase");
        assert!(["IN_FORCE", "OPEN_ENDED", "UNKNOWN"].contains(&phase), "{row}");
        assert!(row["days"].is_null() || row["days"].as_i64() > Some(364), "{row}");
    }
}

#[rstest]
#[tokio::test]
async fn what_directions_opened_and_nobody_fulfilled(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let query = format!(
        "cascade(asOf: \"2026-11-22\") {{ levels {{ level opened fulfilled overdue open }}
         obligations(first: 100) {{ totalCount {{ value }} nodes {{ {WHOSE} state obligation {{ kind }} }} }} }}"
    );
    let cascade = report(&world, &query).await["cascade"].take();
    let opened: u64 = cascade["levels"].as_array().unwrap().iter().map(|one| one["opened"].as_u64().unwrap()).sum();
    assert_eq!(cascade["obligations"]["totalCount"]["value"], opened);
    // The directions of the conference in Thái Bình: districts are to sign, plans each year, reviews.
    let kinds: Vec<_> = of(&cascade["obligations"], "thai-binh").into_iter().collect();
    let mut told: Vec<_> = kinds.iter().map(|row| row.text("obligation.kind")).collect();
    told.sort_unstable();
    assert_eq!(told, ["ANNUAL_PLAN", "CASCADE", "PERIODIC_REVIEW"]);
    assert!(kinds.iter().all(|row| row["state"] == "OPEN"));
    let fulfilled = report(&world, "cascade(state: FULFILLED) { obligations { nodes { state } } }").await;
    assert_eq!(fulfilled["cascade"]["obligations"]["nodes"], json!([]));
}

#[rstest]
#[tokio::test]
async fn what_the_reorganization_of_2025_touches(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let query = format!(
        "reorganization(from: \"2025-01-01\", to: \"2025-12-31\") {{ reorganizations {{ code kind }}
         programs(first: 100) {{ totalCount {{ value }} nodes {{ {WHOSE} touches }} }} }}"
    );
    let impact = report(&world, &query).await["reorganization"].take();
    assert!(impact["reorganizations"].as_array().unwrap().iter().all(|one| one["kind"] != "DECISION"));
    let programs = &impact["programs"];
    assert_eq!(programs["totalCount"]["value"], nodes(programs).len());
    assert!(nodes(programs).iter().all(|row| row["touches"] != json!([])));
    let touches = |slug: &str| of(programs, slug).into_iter().map(|row| row["touches"].clone()).collect::<Vec<_>>();
    // A district of Hà Tĩnh, a province that went on; Quảng Trị was merged, and its programs ran until the end of 2025.
    assert!(touches("ha-tinh").contains(&json!(["DISTRICT_ENDED", "PARTY_DISTRICT_ENDED", "SECTOR_REORGANIZED"])));
    assert!(touches("quang-tri")[0].as_array().unwrap().contains(&json!("PROVINCE_ENDED")));
    // Over before: not touched.
    let before = "reorganization(from: \"2008-08-01\", to: \"2008-08-01\") { programs { nodes { touches } } }";
    assert_eq!(report(&world, before).await["reorganization"]["programs"]["nodes"], json!([]));
}

#[rstest]
#[tokio::test]
async fn questions_that_make_no_sense_are_refused(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    for (field, told) in [
        ("inactive(months: 0) { nodes { days } }", "months is 1 or more, and not before the calendar begins"),
        ("expiring(withinDays: -1) { nodes { daysLeft } }", "withinDays is 0 or more"),
        (
            "reorganization(from: \"2025-12-31\", to: \"2025-01-01\") { programs { nodes { touches } } }",
            "the time ends (2025-01-01) before it begins (2025-12-31); exchange the two",
        ),
        ("collaboration(most: 0) { sectors { programs } }", "most is 1 to 1000"),
    ] {
        let answer = world.ask(&format!("{{ report {{ {field} }} }}"), json!({})).await;
        let name = field.split('(').next().unwrap();
        assert_eq!(answer["errors"][0]["message"], told);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
        assert_eq!(answer["data"]["report"][name], Value::Null);
    }
}
