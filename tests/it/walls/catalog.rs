//! PostgreSQL's own catalog, looked through for what would let a row past the policies: a table that nobody walled in, a
//! function that runs as somebody else, a view that reads as its owner.

use crate::harness::Engine::Postgres;
use crate::harness::World;

/// Everything that is wrong with the walls.
async fn lint(world: &World) -> Vec<String> {
    let rules = [
        (
            "a table with a tenant must force row-level security",
            "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'tenant_id'
               AND NOT a.attisdropped AND NOT (c.relrowsecurity AND c.relforcerowsecurity)",
        ),
        (
            "a table with row-level security must have a policy for each verb",
            "SELECT c.relname::text || ' ' || verb::text FROM pg_class c, unnest('{r,a,w,d}'::\"char\"[]) verb
             WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND NOT EXISTS (
               SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd = verb
                 AND p.polroles = '{0}')",
        ),
        (
            "a policy must read its settings through a sub-select, once a statement",
            "SELECT polrelid::regclass::text || ' ' || polname FROM pg_policy,
               regexp_matches(coalesce(pg_get_expr(polqual, polrelid), '') ||
                              coalesce(pg_get_expr(polwithcheck, polrelid), ''), '.{8}(?:phoihop_tenants|phoihop_reports|current_setting)\\(', 'g') use
             WHERE use[1] !~ '(SELECT |NULLIF\\()'",
        ),
        (
            "an edge that crosses tenants must be checked when it is made",
            "SELECT conrelid::regclass::text || '.' || a.attname FROM pg_constraint k
               JOIN pg_attribute t ON t.attrelid = k.conrelid AND t.attnum = k.conkey[1]
               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[2]
             WHERE k.contype = 'f' AND t.attname LIKE '%\\_tenant\\_id' AND 2 <> (SELECT count(*) FROM pg_policy p
               WHERE p.polrelid = k.conrelid AND NOT p.polpermissive AND p.polcmd IN ('a', 'w')
                 AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%' || a.attname || '%')",
        ),
        (
            "no function but the search runs with the rights of its owner",
            "SELECT p.proname::text FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
             WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
               AND (p.proname <> 'phoihop_search' OR r.rolname <> 'phoihop_search' OR p.proconfig IS NULL)",
        ),
        (
            "a view must read as whoever asks",
            "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
               AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false))",
        ),
        (
            "tables belong to a role that nobody logs in as and that the policies hold",
            "SELECT c.relname::text || ' ' || r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
               AND (r.rolname <> 'phoihop_owner' OR r.rolcanlogin OR r.rolsuper OR r.rolbypassrls)",
        ),
        (
            "what settings open must be closed to whoever can make them: people, and who only publishes",
            "SELECT r.rolname::text || ' ' || c.relname::text FROM pg_class c, pg_roles r
             WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND c.relname <> 'report_logins'
               AND r.rolname IN ('phoihop_anon', 'phoihop_reports') AND has_table_privilege(r.oid, c.oid, 'SELECT')
               AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = 'r' AND p.polpermissive
                 AND pg_get_expr(p.polqual, p.polrelid) <> 'true')
               AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive
                 AND p.polcmd = 'r' AND p.polroles = ARRAY[r.oid])",
        ),
        (
            "the service's roles have no more rights than they need",
            "SELECT rolname::text FROM pg_roles WHERE rolname IN ('phoihop_app', 'phoihop_anon', 'phoihop_search', 'phoihop_reports')
               AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
                 OR pg_has_role(rolname, 'phoihop_owner', 'MEMBER'))",
        ),
        (
            "nobody but the owner writes catalogs, and who only publishes writes nothing",
            "SELECT grantee::text || ' ' || privilege_type::text || ' ' || table_name::text FROM information_schema.role_table_grants
             WHERE table_schema = 'public' AND privilege_type <> 'SELECT' AND (grantee IN ('PUBLIC', 'phoihop_anon', 'phoihop_search', 'phoihop_reports')
               OR grantee = 'phoihop_app' AND (privilege_type NOT IN ('INSERT', 'UPDATE', 'DELETE') OR NOT EXISTS (
                 SELECT FROM pg_class c WHERE c.relname = table_name AND c.relforcerowsecurity)))",
        ),
    ];
    let mut found = Vec::new();
    for (rule, sql) in rules {
        for row in world.select(sql).await {
            found.push(format!("{rule}: {}", row[0]));
        }
    }
    found
}

#[tokio::test]
async fn nothing_in_the_catalog_leads_past_the_policies() {
    let world = World::empty(Postgres).await;
    assert_eq!(lint(&world).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_would_lead_past_them_is_found() {
    let world = World::empty(Postgres).await;
    for (sql, words) in [
        ("CREATE TABLE open (tenant_id int, id uuid)", "force row-level security: open"),
        ("ALTER TABLE programs NO FORCE ROW LEVEL SECURITY", "force row-level security: programs"),
        ("DROP POLICY removed ON people", "a policy for each verb: people d"),
        (
            "CREATE POLICY slow ON people FOR SELECT USING (tenant_id = ANY (phoihop_tenants('phoihop.staff')))",
            "through a sub-select, once a statement: people slow",
        ),
        ("DROP POLICY to_program_id_insert ON program_links", "when it is made: program_links.to_program_id"),
        (
            "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM programs'",
            "with the rights of its owner: peek",
        ),
        ("CREATE VIEW all_programs AS SELECT * FROM programs", "as whoever asks: all_programs"),
        ("GRANT SELECT ON grants TO phoihop_reports", "who only publishes: phoihop_reports grants"),
        ("DROP POLICY published ON people", "who only publishes: phoihop_anon people"),
        ("GRANT INSERT ON regions TO phoihop_app", "writes nothing: phoihop_app INSERT regions"),
        ("GRANT UPDATE ON programs TO phoihop_anon", "writes nothing: phoihop_anon UPDATE programs"),
    ] {
        world.execute(sql).await;
        let found = lint(&world).await;
        assert!(found.iter().any(|fault| fault.contains(words)), "{sql}: {found:#?}");
    }
}
