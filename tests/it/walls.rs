//! Each wall by itself: what PostgreSQL lets the service's role do, whatever the service asks; and what a transaction
//! leaves behind on a pooled connection.

mod catalog;
mod pooled;

use std::collections::BTreeSet;

use persistence::{Store, StoreOptions};
use rstest::rstest;

use crate::harness::Engine::{Postgres, Sqlite};
use crate::harness::{Rows, World, connect};

/// Runs a statement as the service's role, with settings as a transaction would make them, and answers the rows or the
/// error's SQLSTATE.
async fn as_service(world: &World, settings: &str, sql: &str) -> Result<Vec<Vec<String>>, String> {
    let service = connect(&world.database.url).await;
    let found = crate::harness::try_select(&service, &format!("BEGIN; {settings}"), sql).await;
    service.close().await.unwrap();
    found
}

const NOBODY: &str = "SELECT 1";
const HUNG_YEN: &str =
    "SELECT phoihop_enter((SELECT id FROM tenants WHERE key = 'hung-yen:2025'), true, true, true, NULL, '2026-11-22')";
const SON_LA: &str =
    "SELECT phoihop_enter((SELECT id FROM tenants WHERE key = 'son-la'), true, true, true, NULL, '2026-11-22')";

#[tokio::test]
async fn the_service_reads_what_the_policies_let_it() {
    let world = World::seeded(Postgres).await;
    let count = async |settings: &str, table: &str| {
        let sql = format!("SELECT count(*)::text FROM {table} WHERE visibility <> 'PUBLIC'");
        as_service(&world, settings, &sql).await.unwrap()[0][0].parse::<u32>().unwrap()
    };
    for table in
        ["programs", "involvements", "people", "sources", "provenances", "search_entries", "results", "changes"]
    {
        assert_eq!(count(NOBODY, table).await, 0, "{table}");
        let hidden = world.select(&format!("SELECT count(*)::text FROM {table} WHERE visibility <> 'PUBLIC'")).await;
        assert_ne!(hidden, [["0"]], "the question was the right one: {table}");
    }
    assert_eq!((count(HUNG_YEN, "programs").await, count(SON_LA, "programs").await), (2, 2));
    // What was set ended with its transaction: a new one on the same connection is nobody's.
    let sql = "COMMIT; BEGIN; SELECT 1";
    assert_eq!(count(&format!("{HUNG_YEN}; {sql}"), "programs").await, 0);
}

#[tokio::test]
async fn sums_of_records_are_walled_like_them() {
    let world = World::seeded(Postgres).await;
    crate::reports::kept::renew(&world).await;
    // Marks beside the sums, one of a draft among them.
    world.execute("UPDATE programs SET visibility = 'DRAFT' WHERE tenant_id = 10").await;
    world.execute("UPDATE results SET position = position + 100").await;
    world.execute("ALTER ROLE phoihop_anon PASSWORD 'phoihop'").await;
    let anon = connect(&world.database.url.replace("phoihop_app", "phoihop_anon")).await;
    for table in ["result_totals", "stale_totals"] {
        let select = format!("SELECT DISTINCT visibility::text, (tenant_id = 10)::text FROM {table} ORDER BY 1, 2");
        let all = world.select(&select).await;
        assert_eq!(all.iter().map(|row| row[0].as_str()).collect::<BTreeSet<_>>().len(), 3, "{table} {all:?}");
        let public = all.iter().filter(|row| row[0] == "PUBLIC").cloned().collect::<Vec<_>>();
        assert_eq!(as_service(&world, NOBODY, &select).await, Ok(public.clone()), "{table}");
        // Of its own everything, of the others what is public, though they share programs.
        let seen = as_service(&world, SON_LA, &select).await.unwrap();
        let own = |row: &&Vec<String>| row[0] != "PUBLIC";
        assert!(
            seen.iter().filter(own).count() >= 1 && seen.iter().filter(own).all(|row| row[1] == "true"),
            "{seen:?}"
        );
        let found = crate::harness::try_select(&anon, &format!("BEGIN; {SON_LA}"), &format!("{select}; COMMIT")).await;
        assert_eq!(found, Ok(public), "{table}");
        // Nobody writes those of others, whatever they say they add up to.
        let writing = format!("{HUNG_YEN}; SELECT phoihop_write(phoihop_tenants('phoihop.party'), '{{}}')");
        let forged =
            format!("WITH d AS (DELETE FROM {table} WHERE tenant_id = 10 RETURNING 1) SELECT count(*)::text FROM d");
        assert_eq!(as_service(&world, &writing, &forged).await, Ok(vec![vec!["0".to_owned()]]), "{table}");
    }
    anon.close().await.unwrap();
}

#[tokio::test]
async fn whoever_only_publishes_sees_what_is_public() {
    let world = World::seeded(Postgres).await;
    world.execute("ALTER ROLE phoihop_anon PASSWORD 'phoihop'").await;
    let url = world.database.url.replace("phoihop_app", "phoihop_anon");
    let store = Store::open(&StoreOptions::new(&url)).await.unwrap();
    assert_eq!(store.unwalled().await.unwrap(), None);
    let anon = connect(&url).await;
    for (table, expected) in [
        ("programs", "8"),
        ("grants", "0"),
        ("shares", "0"),
        ("api_keys", "0"),
        ("changes WHERE visibility <> 'PUBLIC'", "0"),
    ] {
        let sql = format!("SELECT count(*)::text FROM {table}");
        let found = crate::harness::try_select(&anon, &format!("BEGIN; {HUNG_YEN}"), &format!("{sql}; COMMIT")).await;
        assert_eq!(found, Ok(vec![vec![expected.to_owned()]]), "{table}");
    }
    anon.close().await.unwrap();
}

#[tokio::test]
async fn the_service_writes_what_the_policies_let_it() {
    const DENIED: &str = "42501";
    let world = World::seeded(Postgres).await;
    let before = world.rows().await;
    let writing = format!("{HUNG_YEN}; SELECT phoihop_write(phoihop_tenants('phoihop.party'), '{{}}')");
    let refused = [
        // The record of a tenant for which one does not act; nor a public record of one.
        "INSERT INTO agency_groups (tenant_id, id, visibility, label) VALUES (10, gen_random_uuid(), 'PUBLIC', 'x')",
        "UPDATE agency_groups SET tenant_id = 10",
        // A link to what one cannot see, and to what is not there.
        "INSERT INTO event_programs (tenant_id, id, visibility, event_id, program_tenant_id, program_id, position)
         SELECT tenant_id, gen_random_uuid(), visibility, id, 10, gen_random_uuid(), 1 FROM events
         WHERE tenant_id = ANY (phoihop_tenants('phoihop.writes')) LIMIT 1",
        // Catalogs, and the walls themselves.
        "UPDATE regions SET name_vi = 'x'",
        "INSERT INTO topics SELECT 'X', name_vi, name_en, name_fold, name_sort, variants, 1 FROM topics LIMIT 1",
        "DELETE FROM tenants",
        "INSERT INTO stewardships VALUES (10, 11)",
        // A grant by law, and one that only the other side can approve.
        "INSERT INTO grants SELECT 72, gen_random_uuid(), 72, true, true, true, 'STATUTORY', 'APPROVED', '2020-01-01', NULL,
         'x', 'x', 'x', NULL, 1",
        "INSERT INTO grants SELECT 10, gen_random_uuid(), 72, false, true, true, 'AGREED', 'APPROVED', '2020-01-01',
         '2030-01-01', 'x', 'x', 'x', NULL, 1",
        // What happened, another time than now, and of another.
        "UPDATE changes SET operation = 'DELETED'",
        "DELETE FROM changes",
        "INSERT INTO changes (tenant_id, id, visibility, number, record_kind, kind, operation, xid)
         SELECT (phoihop_tenants('phoihop.writes'))[1], gen_random_uuid(), 'PUBLIC', 1, 'AGENCY', 'AGENCY', 'CREATED', 7",
        "INSERT INTO changes (tenant_id, id, visibility, number, record_kind, kind, operation)
         VALUES (10, gen_random_uuid(), 'PUBLIC', 1, 'AGENCY', 'AGENCY', 'CREATED')",
        "ALTER TABLE programs DISABLE ROW LEVEL SECURITY",
        "DROP POLICY seen ON programs",
        "SET ROLE phoihop_owner",
        "SET row_security = off; SELECT title_vi FROM programs",
        "TRUNCATE programs",
        "CREATE TABLE public.x (y int)",
    ];
    for sql in refused {
        assert_eq!(as_service(&world, &writing, sql).await, Err(DENIED.to_owned()), "{sql}");
    }
    // A hidden program of another answers like one that is not there.
    let draft = "SELECT id FROM programs WHERE tenant_id = 10 AND visibility = 'DRAFT'";
    let [id] = world.select(&format!("SELECT id::text FROM ({draft}) draft")).await.remove(0).try_into().unwrap();
    let link = format!(
        "INSERT INTO event_programs (tenant_id, id, visibility, event_id, program_tenant_id, program_id, position)
         SELECT tenant_id, gen_random_uuid(), visibility, id, 10, '{id}', 1 FROM events
         WHERE tenant_id = ANY (phoihop_tenants('phoihop.writes')) LIMIT 1"
    );
    assert_eq!(as_service(&world, &writing, &link).await, Err(DENIED.to_owned()));
    // What is not seen cannot be changed either.
    for verb in ["DELETE FROM programs", "UPDATE programs SET title_vi = 'x'"] {
        let sql = format!("{verb} WHERE tenant_id = 10 RETURNING title_vi");
        assert_eq!(as_service(&world, &writing, &sql).await, Ok(vec![]), "{sql}");
    }
    assert_eq!(world.rows().await, before);
}

#[tokio::test]
async fn a_job_is_its_starters_and_whoever_makes_it_sees_nothing_else() {
    let world = World::seeded(Postgres).await;
    let job = |holder: &str, tenant: &str| {
        format!(
            "INSERT INTO export_jobs (tenant_id, id, holder, principal, roles, shown_until, table_name, format, parameters,
               status, attempts, row_count, byte_count, created_at)
             SELECT id, gen_random_uuid(), '{holder}', 'x', '[]', 0, 'results', 'CSV', '[]', 'QUEUED', 0, 0, 0, '2026'
             FROM tenants WHERE key = '{tenant}'"
        )
    };
    let (mine, theirs) = ("00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b");
    world.execute(&job(mine, "son-la")).await;
    let as_holder = |holder: &str| format!("{SON_LA}; SELECT set_config('phoihop.holder', '{holder}', true)");
    let worker = "SELECT set_config('phoihop.jobs', 'worked', true)";
    let (own, other) = (as_holder(mine), as_holder(theirs));
    for (settings, seen) in [(NOBODY, "0"), (SON_LA, "0"), (&other, "0"), (&own, "1"), (worker, "1")] {
        let found = as_service(&world, settings, "SELECT count(*)::text FROM export_jobs").await;
        assert_eq!(found, Ok(vec![vec![seen.to_owned()]]), "{settings}");
        for verb in ["UPDATE export_jobs SET status = 'CANCELED'", "DELETE FROM export_jobs"] {
            let touched = as_service(&world, settings, &format!("{verb} RETURNING id::text")).await.unwrap().len();
            let may = seen == "1" && (settings == worker || verb.starts_with("UPDATE"));
            assert_eq!(touched, usize::from(may), "{settings}: {verb}");
        }
    }
    let hidden = "SELECT count(*)::text FROM programs WHERE visibility <> 'PUBLIC'";
    assert_eq!(as_service(&world, worker, hidden).await, Ok(vec![vec!["0".to_owned()]]));
    // One is started for a tenant for which one acts, under one's own name.
    for (settings, job, may) in [
        (&own, job(mine, "son-la"), true),
        (&own, job(theirs, "son-la"), false),
        (&own, job(mine, "nghe-an"), false),
        (&worker.to_owned(), job(mine, "son-la"), false),
    ] {
        let done = as_service(&world, settings, &format!("{job} RETURNING id::text")).await;
        assert_eq!(done.is_ok(), may, "{settings}: {done:?}");
    }
}

#[tokio::test]
async fn the_service_refuses_a_role_that_the_walls_do_not_hold() {
    let world = World::seeded(Postgres).await;
    let unwalled = async |options: StoreOptions| Store::open(&options).await.unwrap().unwalled().await.unwrap();
    assert_eq!(unwalled(StoreOptions::new(&world.database.url)).await, None);
    assert_eq!(unwalled(world.database.admin_options()).await.as_deref(), Some("postgres is a superuser"));
    let owner = server::migrate::owning(&world.database.admin_options());
    assert_eq!(unwalled(owner).await.as_deref(), Some("phoihop_owner may act as the owner of the tables"));
    let backup = unwalled(world.database.admin_options().with_role("phoihop_backup")).await;
    assert_eq!(backup.as_deref(), Some("phoihop_backup has the right BYPASSRLS"));
    let run =
        crate::harness::program(&["serve", "--listen", "127.0.0.1:0", "--database-url", &world.database.admin_url]);
    run.failed(1, &["postgres is a superuser", "connect as phoihop_app", "ALTER ROLE phoihop_app PASSWORD"]);
}

#[rstest]
#[case(Sqlite)]
#[case(Postgres)]
#[tokio::test]
async fn writing_for_another_tenant_is_denied(#[case] engine: crate::harness::Engine) {
    let world = World::seeded(engine).await;
    let before: Rows = world.rows().await;
    let editor = crate::harness::actor("son-la", &[domain::actor::Role::Editor]);
    let today = crate::harness::TODAY.parse().unwrap();
    let key = |tenant: &str| domain::ApiKey {
        id: domain::Id::generate(crate::harness::tenant_id(tenant)),
        name: "x".to_owned(),
        digest: "00".to_owned(),
        grants: [].into(),
        valid_from: today,
        valid_to: today,
        created_by: domain::actor::Principal::operator(),
        revoked_by: None,
    };
    let tx = world.store.begin_write(&editor, crate::harness::occasion("test")).await.unwrap();
    let refused = tx.put_key(&key("thai-binh:pre2025")).await.unwrap_err();
    assert!(matches!(refused, persistence::StoreError::Denied(_)), "{refused}");
    drop(tx);
    let viewer = crate::harness::actor("son-la", &[domain::actor::Role::Viewer]);
    let tx = world.store.begin_write(&viewer, crate::harness::occasion("test")).await.unwrap();
    assert!(tx.put_key(&key("son-la")).await.is_err(), "who may only read writes nothing");
    drop(tx);
    assert_eq!(world.rows().await, before);
    let tx = world.store.begin_write(&editor, crate::harness::occasion("test")).await.unwrap();
    tx.put_key(&key("son-la")).await.unwrap();
    tx.commit().await.unwrap();
}
