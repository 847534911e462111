//! Sums that are kept: always what the results themselves add up to, whoever asks, whatever was written a moment ago, and
//! whoever adds up meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};

use domain::actor::Role;
use domain::{Actor, Tenant};
use persistence::reports::totals::Renew;
use rstest::rstest;
use serde_json::Value;
use server::seed::{Plan, run};
use server::{Clock, totals};

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{TODAY, World, actor, program};

/// Asked twice in one snapshot: as it is kept, and by a condition that holds for every program, so that the results are
/// added up.
const BOTH: &str = "query {
    a: report { totals(of: RESULTS, by: [PROVINCE, INDICATOR, YEAR]) { ...T } }
    b: report { totals(of: RESULTS, by: [PROVINCE, INDICATOR, YEAR], where: W) { ...T } }
    c: report { totals(of: RESULTS, by: [INDICATOR, REGION, UNIT], boundaries: \"2026-11-22\") { ...T } }
    d: report { totals(of: RESULTS, by: [INDICATOR, REGION, UNIT], boundaries: \"2026-11-22\", where: W) { ...T } }
    e: report { totals(of: RESULTS, by: [YEAR], figures: {indicators: [\"COMMUNICATION_ATTENDANCES\"]}) { ...T } }
    f: report { totals(of: RESULTS, by: [YEAR], figures: {indicators: [\"COMMUNICATION_ATTENDANCES\"]}, where: W) { ...T } }
  }
  fragment T on Totals { cells {
    province { slug } region { code } indicator { code } unit { code } year records leftOut
    figures { value qualifier counted missing } provincesReporting provincesMissing
  } }";
const EVERY: &str = "{or: [{number: {isNull: true}}, {number: {isNull: false}}]}";

/// Nobody, and people who see much, little, and what is shared with them.
fn everybody() -> Vec<Option<Actor>> {
    vec![
        None,
        Some(actor("hung-yen:2025", &[Role::Editor])),
        Some(actor("hung-yen:2025", &[Role::Reporter])),
        Some(actor("son-la", &[Role::Viewer])),
        Some(actor("phu-tho:2025", &[Role::Admin])),
        Some(actor("trung-uong", &[Role::Reporter])),
        Some(actor("trung-uong", &[Role::Admin])),
    ]
}

/// The cubes as somebody sees them, whose cells are the same either way.
async fn same(world: &World, who: Option<&Actor>, when: &str) -> Value {
    let query = BOTH.replace("where: W", &format!("where: {EVERY}"));
    let answer = world.carry_out(who, &query, Value::Null).await;
    let data = serde_json::to_value(answer.response).unwrap();
    assert!(data["errors"].is_null(), "{data:#}");
    for (kept, anew) in [("a", "b"), ("c", "d"), ("e", "f")] {
        let (kept, anew) = (&data["data"][kept]["totals"]["cells"], &data["data"][anew]["totals"]["cells"]);
        assert_eq!(kept, anew, "{when}: {who:?}");
    }
    data["data"].clone()
}

pub async fn same_for_everybody(world: &World, when: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for who in everybody() {
        all.push(same(world, who.as_ref(), when).await);
    }
    all
}

/// Adds up what was changed; answers of how many indicators.
pub async fn renew(world: &World) -> usize {
    let clock = Clock::fixed(TODAY.parse().unwrap());
    let mut renewed = 0;
    for Tenant { id, .. } in world.store.tenants().await.unwrap() {
        renewed += totals::renew(&world.store, clock, id, Renew::Marked(3)).await.unwrap();
    }
    renewed
}

async fn marks(world: &World) -> usize {
    world.select("SELECT count(*) || '' FROM stale_totals").await[0][0].parse().unwrap()
}

/// Seeded provinces, some of whose programs are internal, and shared with their signatories, or drafts.
async fn seeded(engine: Engine) -> World {
    let world = World::sampled(engine).await;
    let plan = Plan::new(2, 1, 5).unwrap();
    run(&world.store, &plan, true, &|_, _| ()).await.unwrap();
    for (place, visibility) in [(1, "INTERNAL"), (2, "DRAFT"), (3, "INTERNAL")] {
        let sql = format!(
            "UPDATE programs SET visibility = '{visibility}' WHERE id IN (
               SELECT id FROM programs p WHERE (SELECT count(*) FROM programs q WHERE q.id < p.id) % 5 = {place})"
        );
        world.execute(&sql).await;
    }
    world
}

#[rstest]
#[tokio::test]
async fn sums_are_those_of_the_results(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = seeded(engine).await;
    assert!(marks(&world).await > 50);
    let before = same_for_everybody(&world, "before anything was added up").await;
    // Somebody sees more than nobody, and the center more than a province.
    assert!(before.windows(2).any(|two| two[0] != two[1]));
    assert!(renew(&world).await > 20);
    assert_eq!(marks(&world).await, 0);
    assert_eq!(same_for_everybody(&world, "when all was added up").await, before);
    assert_eq!(renew(&world).await, 0);

    let one = "(SELECT id FROM results WHERE value_e4 IS NOT NULL AND visibility = 'PUBLIC' ORDER BY id LIMIT 1)";
    let places: &[(&str, String)] = &[
        ("a figure changed", format!("UPDATE results SET value_e4 = value_e4 + 70000 WHERE id = {one}")),
        (
            "another year",
            format!("UPDATE results SET period_earliest = '1999-01-01', period_latest = '1999-12-31' WHERE id = {one}"),
        ),
        ("another indicator", format!("UPDATE results SET indicator = 'CASES_HANDLED' WHERE id = {one}")),
        (
            "a result gone",
            format!(
                "DELETE FROM results WHERE id = {one} AND NOT EXISTS (SELECT 1 FROM involvements i WHERE i.result_id = results.id)"
            ),
        ),
        (
            "a program taken back",
            format!(
                "UPDATE programs SET visibility = 'DRAFT' WHERE id = (SELECT program_id FROM results WHERE id = {one})"
            ),
        ),
        ("a program published", "UPDATE programs SET visibility = 'PUBLIC' WHERE visibility = 'DRAFT'".to_owned()),
    ];
    for (what, sql) in places {
        world.execute(sql).await;
        assert!(marks(&world).await > 0, "{what}");
        let stale = same_for_everybody(&world, what).await;
        assert!(renew(&world).await > 0, "{what}");
        assert_eq!(same_for_everybody(&world, what).await, stale, "{what}");
    }
}

#[rstest]
#[tokio::test]
async fn what_the_catalog_says_of_an_indicator_holds_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = seeded(engine).await;
    renew(&world).await;
    let before = same(&world, None, "before").await;
    let stocks = "UPDATE indicators SET aggregation = 'LATEST' WHERE code = 'COMMUNICATION_ATTENDANCES'";
    world.execute(stocks).await;
    let after = same(&world, None, "as stocks").await;
    assert_ne!(before, after);
    // Nothing marked it: sums that were added up otherwise are not read, nor held against those who kept them.
    assert_eq!(marks(&world).await, 0);
    let clock = Clock::fixed(TODAY.parse().unwrap());
    for Tenant { id, .. } in world.store.tenants().await.unwrap() {
        assert_eq!(totals::verify(&world.store, clock, id).await.unwrap().wrong, []);
        totals::renew(&world.store, clock, id, Renew::All).await.unwrap();
        assert_eq!(totals::verify(&world.store, clock, id).await.unwrap().marked, 0);
    }
    assert_eq!(same(&world, None, "added up as stocks").await, after);
}

/// Whoever reads while others write and add up sees either all of a change or nothing of it, in both answers.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn at_every_moment(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = seeded(engine).await;
    let over = AtomicBool::new(false);
    let center = actor("trung-uong", &[Role::Admin]);
    let write = async {
        for round in 0..60_u32 {
            let sql = format!(
                "UPDATE results SET value_e4 = coalesce(value_e4, 0) + 10000 WHERE id IN (
                   SELECT id FROM results r WHERE (SELECT count(*) FROM results q WHERE q.id < r.id) % 37 = {})",
                round % 37
            );
            world.execute(&sql).await;
        }
        over.store(true, Ordering::Relaxed);
    };
    let add_up = async {
        let mut renewed = 0;
        while !over.load(Ordering::Relaxed) {
            renewed += renew(&world).await;
        }
        renewed
    };
    let read = async {
        let mut reads = 0_usize;
        while !over.load(Ordering::Relaxed) {
            same(&world, Some(&center), "meanwhile").await;
            reads += 1;
        }
        reads
    };
    let ((), renewed, again, reads) = tokio::join!(
        write,
        add_up,
        async {
            // Two services over one database.
            let mut renewed = 0;
            while !over.load(Ordering::Relaxed) {
                renewed += renew(&world).await;
            }
            renewed
        },
        read
    );
    assert!(renewed + again > 20 && reads > 3, "{renewed} {again} {reads}");
    renew(&world).await;
    assert_eq!(marks(&world).await, 0);
    same_for_everybody(&world, "in the end").await;
}

#[rstest]
#[tokio::test]
async fn a_wrong_sum_is_found_and_mended(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let asked =
        |arguments: &[&str]| program(&[&["totals"], arguments, &["--database-url", &world.database.url]].concat());
    assert!(asked(&["verify", "--tenant", "trung-uong"]).succeeded().contains("to be added up anew"));
    renew(&world).await;
    let right = asked(&["verify"]).succeeded().to_owned();
    assert!(
        right.lines().count() > 5 && right.lines().all(|line| line.ends_with("are what the results add up to")),
        "{right}"
    );

    world.execute("UPDATE result_totals SET counted = counted + 1 WHERE by_year = false AND visibility = 'PUBLIC' AND indicator = 'COMMUNICATION_ATTENDANCES'").await;
    world
        .execute("DELETE FROM result_totals WHERE by_year AND visibility = 'DRAFT' AND indicator = 'CASES_HANDLED'")
        .await;
    let wrong = [
        "COMMUNICATION_ATTENDANCES over all time, as PUBLIC records show it",
        "CASES_HANDLED without a year",
        "kept is nothing",
        "phoihop totals rebuild",
    ];
    asked(&["verify"]).failed(1, &wrong);
    let told: Value = serde_json::from_str(asked(&["rebuild", "--json"]).succeeded()).unwrap();
    let sums = told.as_object().unwrap();
    assert!(sums.len() > 5 && sums.values().all(|one| one["wrong"] == 0 && one["marked"] == 0), "{told}");
    asked(&["verify"]).succeeded();
    same_for_everybody(&world, "rebuilt").await;
}
