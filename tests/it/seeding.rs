//! Invented records by the thousand: the same on both engines, behind the walls, and never among real ones.

use std::sync::atomic::{AtomicUsize, Ordering};

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;
use server::seed::{Plan, Seeded, run};
use tokio::sync::Notify;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor, program};

fn plan() -> Plan {
    Plan::new(3, 1, 7).unwrap()
}

async fn seed(world: &World, plan: &Plan) -> Seeded {
    run(&world.store, plan, false, &|_, _| ()).await.unwrap_or_else(|failure| panic!("{failure}"))
}

/// Every row of the seeded tables as one text, the same on both engines. Not when and in which order they were written.
async fn contents(world: &World) -> Vec<String> {
    let postgres = world.store.engine() == "PostgreSQL";
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    let columns = if postgres {
        "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns
         JOIN information_schema.tables USING (table_schema, table_name)
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1, 2"
    } else {
        "SELECT t.name, c.name, '' FROM sqlite_master t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'search_fts%' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    };
    for row in world.select(columns).await {
        let (table, column, kind) = (&row[0], &row[1], &row[2]);
        let written = ["at", "xid", "seq", "applied_at"].contains(&column.as_str());
        // A mark a transaction, on SQLite one for all.
        let other = ["seaql_migrations", "grants", "stale_totals"].contains(&table.as_str());
        if written || other {
            continue;
        }
        let text = match kind.as_str() {
            "uuid" => format!("replace(\"{column}\"::text, '-', '')"),
            "bytea" => format!("encode(\"{column}\", 'hex')"),
            "boolean" => format!("\"{column}\"::int::text"),
            _ if postgres => format!("\"{column}\"::text"),
            _ => format!(
                "CASE typeof(\"{column}\") WHEN 'blob' THEN lower(hex(\"{column}\")) ELSE CAST(\"{column}\" AS TEXT) END"
            ),
        };
        match tables.last_mut() {
            Some((last, columns)) if last == table => columns.push(text),
            _ => tables.push((table.clone(), vec![text])),
        }
    }
    let mut contents = Vec::new();
    for (table, columns) in tables {
        let rows = world.select(&format!("SELECT {} FROM {table}", columns.join(", "))).await;
        contents.extend(rows.into_iter().map(|row| format!("{table}: {}", row.join("|"))));
    }
    contents.sort();
    contents
}

#[track_caller]
fn assert_same(here: &[String], there: &[String]) {
    for (one, other) in here.iter().zip(there) {
        assert_eq!(one, other);
    }
    assert_eq!(here.len(), there.len());
}

#[tokio::test]
async fn one_seed_makes_the_same_rows_on_both_engines() {
    let (sqlite, postgres) = (World::empty(Sqlite).await, World::empty(Postgres).await);
    let seeded = seed(&sqlite, &plan()).await;
    assert_eq!(seed(&postgres, &plan()).await, seeded);
    assert_eq!((seeded.programs, seeded.skipped), (12 + 3 * 30, 0));
    assert_same(&contents(&sqlite).await, &contents(&postgres).await);
}

#[rstest]
#[tokio::test]
async fn an_interrupted_seeding_goes_on(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, whole) = (World::empty(engine).await, World::empty(engine).await);
    let (seen, enough) = (AtomicUsize::new(0), Notify::new());
    // More provinces than are written at once: some are left when the first is complete.
    let plan = Plan::new(5, 1, 7).unwrap();
    let progress = |_: &domain::Tenant, _: Option<Seeded>| {
        if seen.fetch_add(1, Ordering::Relaxed) == 1 {
            enough.notify_one();
        }
    };
    tokio::select! {
        biased;
        () = enough.notified() => {}
        _ = run(&world.store, &plan, false, &progress) => panic!("it was not interrupted"),
    }
    let rest = seed(&world, &plan).await;
    assert!(rest.skipped >= 2 && rest.programs > 0, "{rest:?}");
    seed(&whole, &plan).await;
    assert_same(&contents(&world).await, &contents(&whole).await);
    assert_eq!(seed(&world, &plan).await, Seeded { skipped: 6, ..Seeded::default() });
}

#[rstest]
#[tokio::test]
async fn the_database_knows_all_that_an_import_would_tell_it(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    seed(&world, &plan()).await;
    let count = async |sql: &str| -> i64 {
        world.select(&format!("SELECT CAST(({sql}) AS TEXT)")).await[0][0].parse().unwrap()
    };
    // Each record has its change, its first; each that can be searched its entry.
    let tables = ["agencies", "agency_groups", "people", "positions", "documents", "programs", "program_links"];
    let more = ["cooperation_areas", "targets", "events", "results", "awards", "directions", "obligations", "remarks"];
    let last = ["planned_activities", "citations", "involvements", "sources"];
    let mut listed = 0;
    for table in tables.iter().chain(&more).chain(&last) {
        let rows = count(&format!("SELECT count(*) FROM {table}")).await;
        assert!(rows > 0, "{table}");
        assert_eq!(count(&format!("SELECT count(*) FROM {table} WHERE version <> 1")).await, 0, "{table}");
        listed += rows;
    }
    assert_eq!(count("SELECT count(*) FROM changes WHERE operation = 'CREATED' AND number = 1").await, listed);
    assert_eq!(count("SELECT count(*) FROM changes").await, listed);
    let unfound = "SELECT count(*) FROM programs p WHERE NOT EXISTS
        (SELECT 1 FROM search_entries s WHERE s.tenant_id = p.tenant_id AND s.id = p.id AND s.visibility = p.visibility)";
    assert_eq!(count(unfound).await, 0);
    // What is shared is what the programs' signatories say, as `share` works it out for any import.
    let internal = "SELECT count(*) FROM shares s JOIN programs p ON p.tenant_id = s.tenant_id AND p.id = s.id";
    let signed =
        "SELECT count(*) FROM (SELECT DISTINCT i.tenant_id, i.program_id, i.agency_tenant_id FROM involvements i
        JOIN programs p ON p.tenant_id = i.tenant_id AND p.id = i.program_id
        WHERE i.kind = 'SIGNATORY' AND i.agency_tenant_id <> i.tenant_id AND p.visibility <> 'DRAFT') t";
    assert!(count(signed).await > 0);
    assert_eq!(count(internal).await, count(signed).await);
}

#[tokio::test]
async fn the_graph_answers_over_it() {
    let (sqlite, postgres) = (World::empty(Sqlite).await, World::empty(Postgres).await);
    for world in [&sqlite, &postgres] {
        seed(world, &Plan::new(3, 3, 7).unwrap()).await;
    }
    let cookbook = |name: &str| {
        std::fs::read_to_string(crate::harness::root().join(format!("docs/cookbook/{name}.graphql"))).unwrap()
    };
    let order = json!([{ "field": "SIGNED_ON", "direction": "DESC" }, { "field": "TITLE" }]);
    let asked = [
        ("page-through-programs", json!({ "first": 20, "orderBy": order }), "programs.edges"),
        (
            "province-latest-programs",
            json!({ "slug": "cao-bang", "day": "2026-11-22", "first": 20 }),
            "province.programs.nodes",
        ),
        ("search-everything", json!({ "text": "cao bang", "first": 30 }), "search.nodes"),
        ("results-with-qualifiers", json!({ "province": "cao-bang", "least": "10" }), "large.nodes"),
        (
            "event-attendances",
            json!({ "province": "cao-bang", "from": "2014-01-01", "to": "2026-12-31" }),
            "events.nodes",
        ),
        ("open-obligations", json!({ "province": "cao-bang" }), "programs.nodes"),
        (
            "program-page",
            json!({ "province": "cao-bang", "title": "trên địa bàn", "day": "2021-06-30" }),
            "programs.nodes",
        ),
    ];
    for (name, variables, list) in asked {
        let here = sqlite.ask_ok(&cookbook(name), variables.clone()).await;
        let there = postgres.ask_ok(&cookbook(name), variables).await;
        assert_eq!(here, there, "{name}");
        assert!(!here.list(list).is_empty(), "{name}");
    }
    // Staff see what others do not, and who signed sees what the other province keeps to itself.
    let hidden =
        "{ programs(where: {visibility: {in: [DRAFT, INTERNAL]}}, first: 100) { nodes { title tenant { slug } } } }";
    let staff = actor("cao-bang", &[Role::Editor]);
    let mut shared = 0;
    for world in [&sqlite, &postgres] {
        assert!(world.data(hidden).await.list("programs.nodes").is_empty());
        let seen = world.data_as(&staff, hidden).await;
        let of = seen.texts("programs.nodes", "tenant.slug");
        assert!(of.iter().any(|slug| slug == "cao-bang"), "{of:?}");
        shared += of.iter().filter(|slug| *slug != "cao-bang").count();
    }
    assert!(shared > 0 && shared % 2 == 0, "{shared}");
}

#[rstest]
#[tokio::test]
async fn real_records_are_not_mixed_with_invented_ones(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let url = world.database.url.clone();
    let asked =
        |more: &[&str]| program(&[&["seed", "--database-url", &url, "--provinces", "1", "--json"], more].concat());
    let before = world.rows().await;
    asked(&[]).failed(1, &["holds records that were not seeded", "--force"]);
    assert_eq!(world.rows().await, before);
    let first: serde_json::Value = serde_json::from_str(asked(&["--force"]).succeeded()).unwrap();
    assert_eq!((first["programs"].as_i64(), first["skipped"].as_i64()), (Some(42), Some(0)));
    // Nor those of one seeding with those of another.
    for other in [["--seed", "2"], ["--scale", "2"], ["--provinces", "2"]] {
        let run = program(&[&["seed", "--force", "--database-url", &url][..], &other].concat());
        run.failed(1, &["records of another seeding", "--seed"]);
    }
    let again: serde_json::Value = serde_json::from_str(asked(&["--force"]).succeeded()).unwrap();
    assert_eq!((again["rows"].as_i64(), again["skipped"].as_i64()), (Some(0), Some(2)));
}
