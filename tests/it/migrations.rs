//! The schema: up, down and up again, the same on both engines, and walled by tenant.

use std::collections::{BTreeMap, BTreeSet};

use migrations::{Migrator, MigratorTrait};
use persistence::Owner;
use rstest::rstest;
use server::migrate::Migrated;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{Rows, World};

/// The tables whose rows belong to a tenant: those with a column `tenant_id`.
fn owned(rows: &Rows) -> Vec<&str> {
    rows.0.iter().filter(|(_, table)| table.columns.contains("tenant_id")).map(|(name, _)| name.as_str()).collect()
}

/// Undoes every migration, as the tables' owner.
async fn down(world: &World) {
    let options = server::migrate::owning(&world.database.admin_options());
    Migrator::down(Owner::open(&options).await.unwrap().connection(), None).await.unwrap();
}

fn columns(rows: &Rows) -> BTreeMap<String, BTreeSet<String>> {
    rows.0.iter().map(|(name, table)| (name.clone(), table.columns.clone())).collect()
}

#[rstest]
#[tokio::test]
async fn up_down_and_up_again(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::bare(engine).await;
    let options = world.database.admin_options();
    let migrated = server::migrate::up(&options).await.unwrap();
    assert_eq!(migrated.applied.len(), Migrator::migrations().len());
    let first = columns(&world.rows().await);
    assert!(first.len() > 30, "{:?}", first.keys());
    assert_eq!(server::migrate::up(&options).await.unwrap(), Migrated::default(), "twice changes nothing");
    down(&world).await;
    let left: Vec<String> = world.rows().await.0.into_keys().collect();
    assert_eq!(left, ["seaql_migrations"]);
    server::migrate::up(&options).await.unwrap();
    assert_eq!(columns(&world.rows().await), first);
    // A database that went down and up again works.
    server::import::load_reference(&world.database.owner().await).await.unwrap();
    world.import_one(crate::harness::SMALL).await;
}

#[rstest]
#[tokio::test]
async fn down_works_with_rows_in_the_tables(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    down(&world).await;
    let left: Vec<String> = world.rows().await.0.into_keys().collect();
    assert_eq!(left, ["seaql_migrations"]);
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let sqlite = World::empty(Sqlite).await;
    let postgres = World::empty(Postgres).await;
    let (sqlite, mut postgres) = (sqlite.rows().await, postgres.rows().await);
    // SQLite has no logins.
    assert!(postgres.0.remove("report_logins").is_some());
    assert_eq!(columns(&sqlite), columns(&postgres));
    assert_eq!(sqlite.counts(), postgres.counts(), "and the same reference data");
}

/// Each unique key of each table, as the set of its columns; the primary key is called `primary`.
async fn unique_keys(world: &World, engine: Engine) -> Vec<(String, bool, Vec<String>)> {
    let sql = match engine {
        Sqlite => {
            "SELECT t.name, CASE i.origin WHEN 'pk' THEN 'primary' ELSE 'unique' END,
                    (SELECT group_concat(c.name, ',') FROM pragma_index_info(i.name) c)
             FROM sqlite_master t, pragma_index_list(t.name) i
             WHERE t.type = 'table' AND i.\"unique\" = 1 AND t.name NOT LIKE 'search_fts%'"
        }
        Postgres => {
            "SELECT t.relname::text, CASE WHEN i.indisprimary THEN 'primary' ELSE 'unique' END,
                    (SELECT string_agg(a.attname::text, ',' ORDER BY k.place)
                     FROM unnest(i.indkey::int[]) WITH ORDINALITY k(number, place)
                     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number)
             FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
             WHERE n.nspname = 'public' AND i.indisunique"
        }
    };
    let key = |row: Vec<String>| (row[0].clone(), row[1] == "primary", row[2].split(',').map(str::to_owned).collect());
    world.select(sql).await.into_iter().map(key).collect()
}

/// Each foreign key: its table, the columns, the table it leads to, and the columns there.
async fn foreign_keys(world: &World, engine: Engine) -> Vec<(String, Vec<String>, String, Vec<String>)> {
    let sql = match engine {
        Sqlite => {
            "SELECT t.name, group_concat(f.\"from\", ','), f.\"table\", group_concat(f.\"to\", ',')
             FROM sqlite_master t, pragma_foreign_key_list(t.name) f
             WHERE t.type = 'table' GROUP BY t.name, f.id, f.\"table\""
        }
        Postgres => {
            "SELECT t.relname::text, string_agg(a.attname::text, ',' ORDER BY k.place),
                    r.relname::text, string_agg(b.attname::text, ',' ORDER BY k.place)
             FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
             CROSS JOIN unnest(c.conkey, c.confkey) WITH ORDINALITY k(here, there, place)
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.here
             JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = k.there
             WHERE c.contype = 'f' GROUP BY c.oid, t.relname, r.relname"
        }
    };
    let list = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    let rows = world.select(sql).await;
    rows.into_iter().map(|row| (row[0].clone(), list(&row[1]), row[2].clone(), list(&row[3]))).collect()
}

#[rstest]
#[tokio::test]
async fn every_key_inside_a_tenant_carries_the_tenant(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::empty(engine).await;
    let rows = world.rows().await;
    let owned = owned(&rows);
    assert!(owned.len() > 20, "{owned:?}");
    let keys = unique_keys(&world, engine).await;
    // One row a tenant, and no more; what is worked out of records has no ids.
    let without = ["audit_heads", "result_totals", "stale_totals"];
    for table in owned.iter().filter(|table| !without.contains(table)) {
        let primary: Vec<_> = keys.iter().filter(|(name, primary, _)| name == table && *primary).collect();
        let [(_, _, columns)] = primary.as_slice() else { panic!("{table}: {primary:?}") };
        // What is shared with whom, and what became of it, name the record first.
        let (record, rest) = columns.split_at(2);
        assert_eq!(record, ["tenant_id", "id"], "the primary key of {table}");
        assert!(rest.is_empty() || ["changes", "shares"].contains(table), "the primary key of {table}");
    }
    let open: Vec<_> =
        keys.iter().filter(|(name, _, columns)| owned.contains(&name.as_str()) && columns[0] != "tenant_id").collect();
    assert!(open.is_empty(), "unique keys without the tenant: {open:?}");

    let foreign = foreign_keys(&world, engine).await;
    assert!(foreign.len() > 50, "{foreign:?}");
    let mut crossing = BTreeSet::new();
    for (table, columns, to, there) in &foreign {
        if !owned.contains(&to.as_str()) {
            continue;
        }
        assert!(owned.contains(&table.as_str()), "the shared {table} leads into a tenant's {to}");
        assert_eq!(there[0], "tenant_id", "{table} {columns:?} -> {to} {there:?}");
        assert!(columns[0].ends_with("tenant_id"), "{table} {columns:?} -> {to}");
        if columns[0] != "tenant_id" {
            crossing.insert(format!("{table}.{} -> {to}", columns[1]));
        }
    }
    // The edges that cross tenants on purpose, by both columns; another one is a decision.
    let expected = [
        "agency_group_members.agency_id -> agencies",
        "agency_successions.to_id -> agencies",
        "citations.document_id -> documents",
        "event_programs.program_id -> programs",
        "involvements.agency_id -> agencies",
        "obligations.fulfilled_by_id -> programs",
        "positions.agency_id -> agencies",
        "program_links.to_document_id -> documents",
        "program_links.to_program_id -> programs",
        "report_requests.program_id -> programs",
        "submission_decisions.submission_id -> submissions",
        "submissions.request_id -> report_requests",
    ];
    let crossing: Vec<_> = crossing.iter().map(String::as_str).collect();
    assert_eq!(crossing, expected);
}

#[tokio::test]
async fn both_engines_have_the_same_keys() {
    let (sqlite, postgres) = (World::empty(Sqlite).await, World::empty(Postgres).await);
    let mut here: Vec<_> = foreign_keys(&sqlite, Sqlite).await.into_iter().map(|key| format!("{key:?}")).collect();
    let mut there: Vec<_> = foreign_keys(&postgres, Postgres).await.into_iter().map(|key| format!("{key:?}")).collect();
    there.retain(|key| !key.contains("report_logins"));
    here.sort();
    there.sort();
    assert_eq!(here, there);
    let keys = |keys: Vec<(String, bool, Vec<String>)>| {
        let ours = |name: &str| name != "seaql_migrations";
        keys.into_iter()
            .filter(|key| ours(&key.0))
            .map(|key| format!("{:?} {:?}", key.0, key.2))
            .collect::<BTreeSet<_>>()
    };
    let here = keys(unique_keys(&sqlite, Sqlite).await);
    let there = keys(unique_keys(&postgres, Postgres).await);
    // A table whose key is one whole number has no index of its own on SQLite: the key is the row's place. Logins are
    // PostgreSQL's alone.
    let only_there: Vec<_> = there.difference(&here).collect();
    assert_eq!(
        only_there,
        ["\"audit_heads\" [\"tenant_id\"]", "\"report_logins\" [\"login\"]", "\"tenants\" [\"id\"]"]
    );
    assert_eq!(here.difference(&there).collect::<Vec<_>>(), Vec::<&String>::new());
}
