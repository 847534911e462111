//! The views for SQL tools: they hold what `/export` gives, and to each login what is its own, whatever its session says.

use std::collections::BTreeSet;

use migrations::{Migrator, MigratorTrait};
use persistence::Owner;
use serde_json::Value;

use super::cell;
use crate::harness::Engine::Postgres;
use crate::harness::{At, World, connect, try_select};

const VIEWS: [&str; 7] = [
    "report_awards",
    "report_data_quality",
    "report_events",
    "report_programs",
    "report_results",
    "report_signatories",
    "report_signing_lag",
];

/// Somebody with a login for SQL tools; the server's roles are everybody's, so it is gone at the end.
struct Login<'a> {
    world: &'a World,
    name: String,
}

impl<'a> Login<'a> {
    /// A member of a role, who perhaps reads a tenant's internal records.
    async fn new(world: &'a World, member_of: &str, reads: Option<(&str, bool, &str)>) -> Self {
        let name = format!("bi_{}", domain::Id::<domain::Program>::generate(domain::TenantId(0)).uuid.simple());
        world.execute(&format!("CREATE ROLE {name} LOGIN PASSWORD 'bi' IN ROLE {member_of}")).await;
        if let Some((tenant, people, until)) = reads {
            let sql = format!(
                "SET ROLE phoihop_owner;
                 INSERT INTO report_logins SELECT '{name}', id, {people}, '{until}' FROM tenants WHERE key = '{tenant}';
                 RESET ROLE"
            );
            world.execute(&sql).await;
        }
        Self { world, name }
    }

    /// Runs a statement of its own after others; the rows, or the SQLSTATE.
    async fn tries(&self, before: &str, sql: &str) -> Result<Vec<Vec<String>>, String> {
        let place = self.world.database.url.split_once('@').unwrap().1;
        let connection = connect(&format!("postgres://{}:bi@{place}", self.name)).await;
        let found = try_select(&connection, before, sql).await;
        connection.close().await.unwrap();
        found
    }

    /// Every row of every view and table that it may read, after some statements.
    async fn all(&self, before: &str) -> Vec<String> {
        let readable = "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            AND c.relkind IN ('r', 'v') AND has_table_privilege(c.oid, 'SELECT') AND c.relname <> 'report_logins' ORDER BY 1";
        let names: Vec<String> = self.tries("SELECT 1", readable).await.unwrap().into_iter().flatten().collect();
        assert!(VIEWS.iter().all(|view| names.iter().any(|name| name == view)), "{names:?}");
        let each = names.iter().map(|name| {
            format!(
                "SELECT concat('{name}:', to_jsonb(one) ->> 'visibility', ' ', one::text) AS it FROM public.{name} one"
            )
        });
        let sql = format!("{} ORDER BY 1", each.collect::<Vec<_>>().join(" UNION ALL "));
        self.tries(before, &sql).await.unwrap().into_iter().flatten().collect()
    }

    async fn gone(self) {
        self.world.execute(&format!("DROP ROLE {}", self.name)).await;
    }
}

/// The columns of a view, with what is said of them.
async fn columns(world: &World, view: &str) -> Vec<(String, String)> {
    let sql = format!(
        "SELECT attname::text, col_description(attrelid, attnum) FROM pg_attribute
         WHERE attrelid = '{view}'::regclass AND attnum > 0 ORDER BY attnum"
    );
    world.select(&sql).await.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect()
}

#[tokio::test]
async fn the_views_hold_what_nobody_in_particular_can_export() {
    let world = World::sampled(Postgres).await;
    let nobody = Login::new(&world, "phoihop_reports", None).await;
    let publishes = Login::new(&world, "phoihop_anon", None).await;
    for name in ["programs", "signatories", "results", "signing_lag", "data_quality"] {
        let columns = columns(&world, &format!("report_{name}")).await;
        let told = world.export(&format!("/{name}/columns.json"), &[]).await.json();
        let told: Vec<_> = told
            .list("columns")
            .iter()
            .map(|one| (one.text("name").to_owned(), one.text("description").to_owned()))
            .collect();
        assert!(columns.iter().all(|column| told.contains(column)), "{name}: {columns:#?}");
        if ["programs", "signatories", "results"].contains(&name) {
            assert_eq!(columns, told, "{name}");
        }
        let chosen: Vec<&str> = columns.iter().map(|(column, _)| column.as_str()).collect();
        let table = world.export(&format!("/{name}.csv?escape=0"), &[]).await.rows();
        let mut expected: Vec<Vec<&str>> =
            table.iter().map(|row| chosen.iter().map(|column| cell(row, column)).collect()).collect();
        expected.sort();
        assert!(!expected.is_empty(), "{name}");
        let as_text: Vec<String> = chosen.iter().map(|column| format!("{column}::text")).collect();
        let sql = format!("SELECT {} FROM report_{name}", as_text.join(", "));
        for login in [&nobody, &publishes] {
            let mut found = login.tries("SELECT 1", &sql).await.unwrap();
            found.sort();
            assert_eq!(found, expected, "{name}");
        }
    }
    // Those that are no tables of their own: each record once.
    for (name, query, list, inner) in [
        ("events", "{ events(first: 100) { nodes { id } } }", "events.nodes", None),
        (
            "awards",
            "{ programs(first: 100) { nodes { awards { nodes { id } } } } }",
            "programs.nodes",
            Some("awards.nodes"),
        ),
    ] {
        let data = world.data(query).await;
        let within = |one: &Value| inner.map_or_else(|| vec![one.clone()], |path| one.list(path).to_vec());
        let expected: BTreeSet<String> =
            data.list(list).iter().flat_map(within).map(|one| one.text("id").to_owned()).collect();
        assert!(!expected.is_empty(), "{name}");
        let found = nobody.tries("SELECT 1", &format!("SELECT id FROM report_{name}")).await.unwrap();
        let each: BTreeSet<String> = found.iter().flatten().cloned().collect();
        assert_eq!((each.len(), each), (found.len(), expected), "{name}");
    }
    for login in [nobody, publishes] {
        login.gone().await;
    }
}

/// What a session can say of itself.
async fn tampering(world: &World) -> Vec<String> {
    let all = world.select("SELECT array_agg(id)::text FROM tenants").await.remove(0).remove(0);
    let settings = ["staff", "programs", "people", "party", "writes", "adds"];
    let settings: Vec<String> = settings.iter().map(|name| format!("SET phoihop.{name} = '{all}'")).collect();
    let settings = settings.join("; ");
    let enter =
        "SELECT phoihop_enter(id, true, true, false, NULL, '2026-11-22') FROM tenants WHERE key = 'hung-yen:2025'";
    vec![
        settings.clone(),
        format!("{settings}; SET ROLE phoihop_reports"),
        format!("SET ROLE phoihop_reports; RESET ROLE; {settings}"),
        format!("BEGIN; {enter}; SELECT phoihop_write('{all}', '{all}')"),
        // Something that has the name of what the policies look up.
        format!(
            "{settings}; CREATE TEMP TABLE report_logins AS
               SELECT session_user::text AS login, id AS reads_id, true AS people, 'infinity'::date AS until FROM tenants;
             CREATE TEMP TABLE stewardships AS SELECT a.id AS steward_id, b.id AS stewarded_id FROM tenants a, tenants b;
             CREATE FUNCTION pg_temp.now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT '2000-01-01'::timestamptz $$;
             SET search_path = pg_temp, public, pg_catalog"
        ),
    ]
}

#[tokio::test]
async fn a_login_sees_its_own_whatever_its_session_says() {
    let world = World::seeded(Postgres).await;
    let nobody = Login::new(&world, "phoihop_reports", None).await;
    let figures = Login::new(&world, "phoihop_reports", Some(("hung-yen:2025", false, "2100-01-01"))).await;
    let people = Login::new(&world, "phoihop_reports", Some(("hung-yen:2025", true, "2100-01-01"))).await;
    let over = Login::new(&world, "phoihop_reports", Some(("hung-yen:2025", true, "2020-01-01"))).await;
    let other = Login::new(&world, "phoihop_reports", Some(("son-la", true, "2100-01-01"))).await;

    let public = nobody.all("SELECT 1").await;
    assert!(public.iter().all(|row| !row.contains(":INTERNAL ") && !row.contains(":DRAFT ")));
    assert_eq!(over.all("SELECT 1").await, public);
    let [with, without] = [people.all("SELECT 1").await, figures.all("SELECT 1").await];
    assert!(public.len() < without.len() && without.len() < with.len());
    assert!(with.iter().any(|row| row.contains(":INTERNAL ")) && !with.iter().any(|row| row.contains(":DRAFT ")));
    // Thái Bình's, which Hưng Yên follows: the signature is shown to both, who signed to the one.
    let signed =
        "SELECT agency_name, person_name FROM report_signatories WHERE visibility = 'INTERNAL' AND position = 1
        AND province_key = 'thai-binh:pre2025'";
    let example = |name: &str| Ok(vec![vec!["Công an tỉnh Thái Bình".to_owned(), name.to_owned()]]);
    assert_eq!(people.tries("SELECT 1", signed).await, example("Nguyễn Văn Ví Dụ"));
    assert_eq!(figures.tries("SELECT 1", signed).await, example(""));
    assert!(!without.iter().any(|row| row.contains("Nguyễn Văn Ví Dụ")));
    // Sơn La signed it too; what is shared is for the graph, and these read what is their own.
    assert_eq!(other.tries("SELECT 1", signed).await, Ok(vec![]));
    assert_ne!(nobody.tries("SELECT 1", "SELECT count(*)::text FROM report_signatories").await, Ok(vec![]));

    for before in tampering(&world).await {
        assert_eq!(nobody.all(&before).await, public, "{before}");
        assert_eq!(figures.all(&before).await, without, "{before}");
        // The table that says whose records are read shows a login itself alone.
        let logins = people.tries(&before, "SELECT login FROM public.report_logins").await;
        assert_eq!(logins, Ok(vec![vec![people.name.clone()]]), "{before}");
    }
    for role in ["phoihop_app", "phoihop_anon", "phoihop_owner", "phoihop_search", "phoihop_backup", &people.name] {
        for sql in [format!("SET ROLE {role}"), format!("SET SESSION AUTHORIZATION {role}")] {
            assert_eq!(nobody.tries("SELECT 1", &sql).await, Err("42501".to_owned()), "{sql}");
        }
    }
    for login in [nobody, figures, people, over, other] {
        login.gone().await;
    }
}

#[tokio::test]
async fn nothing_is_written_through_views() {
    let world = World::seeded(Postgres).await;
    let before = world.rows().await;
    let login = Login::new(&world, "phoihop_reports, phoihop_anon", Some(("son-la", true, "2100-01-01"))).await;
    for view in VIEWS {
        for sql in [
            format!("INSERT INTO {view} (province_slug) VALUES ('x')"),
            format!("UPDATE {view} SET province_slug = 'x'"),
            format!("DELETE FROM {view}"),
        ] {
            let refused = login.tries("SET phoihop.writes = '{1,10,14}'", &sql).await.unwrap_err();
            // No right, or no view that rows could be written through.
            assert!(["42501", "55000"].contains(&refused.as_str()), "{sql}: {refused}");
        }
    }
    for sql in [
        "UPDATE report_logins SET reads_id = 1",
        "INSERT INTO report_logins VALUES ('x', 1, true, '2100-01-01')",
        "DELETE FROM report_logins",
        "UPDATE programs SET title_vi = 'x'",
        "CREATE TABLE public.x (y int)",
    ] {
        assert_eq!(login.tries("SELECT 1", sql).await, Err("42501".to_owned()), "{sql}");
    }
    login.gone().await;
    // What somebody else's login is allowed stays as it was written down.
    assert_eq!(world.rows().await.0["programs"], before.0["programs"]);
}

#[tokio::test]
async fn whoever_may_only_publish_finds_nothing_hidden_by_words() {
    let world = World::seeded(Postgres).await;
    let [word] = world
        .select("SELECT folded::text FROM search_entries WHERE visibility = 'DRAFT' LIMIT 1")
        .await
        .remove(0)
        .try_into()
        .unwrap();
    let sql = format!("SELECT id::text FROM phoihop_search('{}')", word.replace('\'', "''"));
    assert_ne!(world.select(&sql).await, Vec::<Vec<String>>::new(), "the question was the right one");
    for (role, expected) in [("phoihop_anon", Ok(vec![])), ("phoihop_reports", Err("42501".to_owned()))] {
        let login = Login::new(&world, role, None).await;
        assert_eq!(login.tries("SELECT 1", &sql).await, expected, "{role}");
        login.gone().await;
    }
}

#[tokio::test]
async fn the_views_go_as_they_came() {
    let world = World::seeded(Postgres).await;
    let left = async || {
        let sql = "SELECT (SELECT count(*) FROM pg_views WHERE viewname LIKE 'report\\_%')::text,
            (SELECT count(*) FROM pg_policies WHERE 'phoihop_reports' = ANY (roles))::text,
            (SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = 'phoihop_reports')::text,
            (SELECT count(*) FROM pg_proc WHERE proname IN ('phoihop_id', 'phoihop_reports'))::text";
        world.select(sql).await.remove(0)
    };
    let there = left().await;
    assert_eq!((there[0].as_str(), there[3].as_str()), ("7", "2"));
    let last = Migrator::migrations().iter().rev().position(|one| one.name().contains("report_views")).unwrap();
    let options = server::migrate::owning(&world.database.admin_options());
    let owner = Owner::open(&options).await.unwrap();
    Migrator::down(owner.connection(), Some(u32::try_from(last).unwrap() + 1)).await.unwrap();
    assert_eq!(left().await, ["0", "0", "0", "0"]);
    Migrator::up(owner.connection(), None).await.unwrap();
    assert_eq!(left().await, there);
}
