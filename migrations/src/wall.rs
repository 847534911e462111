//! The second wall: PostgreSQL's row-level security. It says of each table what `crates/persistence/src/access.rs` says
//! in the statements, from settings that a transaction makes when it begins, so that either wall stands alone.
//!
//! The settings, each a list of tenants and empty when nobody is known to act:
//! - `phoihop.staff`: whose every record is seen, drafts too;
//! - `phoihop.programs`, `phoihop.people`: whose internal records are seen, by data set;
//! - `phoihop.party`: as whom records are seen that a program shares with its signatories;
//! - `phoihop.writes`: whose records may be written;
//! - `phoihop.adds`: to whom public records may be added, and corrected;
//! - `phoihop.catalogs`: `kept` for whoever keeps the catalogs;
//! - `phoihop.key`: the API key being looked up, before anybody is known to act;
//! - `phoihop.holder`: who asks for their own export jobs; `phoihop.jobs`: `worked` for the task that makes them, which sees
//!   the jobs and nothing else.
//!
//! A policy reads a setting through a sub-select, which is evaluated once a statement and not once a row.

pub mod reported;

use crate::roles::{ANON, APP, OWNER, SEARCH};

/// Reading the settings, and making them.
pub const FUNCTIONS: &str = "
    -- After the end of a transaction that made it, a setting is '' and not null.
    CREATE FUNCTION phoihop_tenants(setting text) RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE AS
      $$ SELECT coalesce(nullif(current_setting(setting, true), ''), '{}')::int[] $$;

    -- Begins to act: what the actor may see follows from what the database knows, not from what it is told.
    CREATE FUNCTION phoihop_enter(
      acting int, internal boolean, drafts boolean, granted boolean, only_these uuid[], today date
    ) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      own int[] := '{}';
      programs int[] := '{}';
      people int[] := '{}';
      one record;
    BEGIN
      IF internal THEN
        own := acting || ARRAY(SELECT s.stewarded_id FROM public.stewardships s WHERE s.steward_id = acting ORDER BY 1);
      END IF;
      PERFORM set_config('phoihop.party', own::text, true);
      PERFORM set_config('phoihop.staff', (CASE WHEN drafts THEN own ELSE '{}' END)::text, true);
      IF NOT drafts THEN
        programs := own;
        people := own;
      END IF;
      IF granted THEN
        FOR one IN
          SELECT g.opens_programs, g.opens_people,
                 CASE WHEN g.every_province THEN ARRAY(SELECT t.id FROM public.tenants t) ELSE ARRAY[g.tenant_id] END AS tenants
          FROM public.grants g
          WHERE g.grantee_tenant_id = acting AND g.status = 'APPROVED' AND g.valid_from <= today
            AND (g.valid_to IS NULL OR today <= g.valid_to) AND (only_these IS NULL OR g.id = ANY (only_these))
        LOOP
          IF one.opens_programs THEN programs := programs || one.tenants; END IF;
          IF one.opens_people THEN people := people || one.tenants; END IF;
        END LOOP;
      END IF;
      PERFORM set_config('phoihop.programs', programs::text, true);
      PERFORM set_config('phoihop.people', people::text, true);
    END $$;

    -- Begins to write.
    CREATE FUNCTION phoihop_write(own int[], others int[]) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM set_config('phoihop.writes', own::text, true), set_config('phoihop.adds', others::text, true);
    END $$;
";

/// The other way round.
pub const DROP_FUNCTIONS: &str = "
    DROP FUNCTION phoihop_write(int[], int[]);
    DROP FUNCTION phoihop_enter(int, boolean, boolean, boolean, uuid[], date);
    DROP FUNCTION phoihop_tenants(text);
";

/// What a walled table holds.
#[derive(Clone, Debug)]
pub enum Wall {
    /// Records, with a column `visibility`.
    Records(Holds),
    /// What became of records, with a column `visibility`: added, and never changed or removed.
    History(Holds),
    /// What two tenants have with each other, never public: seen by the row's own tenant and by those with whom it is
    /// shared. No grant opens it. Perhaps only ever added to.
    Between { lasting: bool },
    /// What records add up to, with a column `visibility`, by tenant. What a program shares adds to none of them.
    Sums,
    /// What everybody may read, and whoever keeps the catalogs changes; nothing is removed, since records lead to it.
    Catalog,
    /// Something else, whose policies are written out; a change leads from a row to another.
    Own { read: String, insert: String, change: (String, String), remove: String },
    /// What is never removed, and changed only where that is written out.
    Log { read: String, insert: String, change: Option<String> },
}

/// Which data set the records of a table are.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// Everything that is not about people.
    Programs,
    /// Who people are.
    People,
    /// That of the record whose kind the column `kind` names.
    ByKind,
}

/// What programs share: seen by either side, kept by the program's tenant.
pub fn shares() -> Wall {
    let (writes, reads) = (own("writes"), among("reader_tenant_id", "party"));
    let change = ("false".into(), "false".into());
    Wall::Own { read: format!("{writes} OR {reads}"), insert: writes.clone(), change, remove: writes }
}

/// Grants: seen by either side; approved by the tenant that grants, asked for and given back by either. What comes with
/// the office comes with the catalogs, from the owner.
pub fn grants() -> Wall {
    let agreed = format!("(basis = 'AGREED' OR current_user = '{OWNER}')");
    let (grants, asks) = (own("writes"), among("grantee_tenant_id", "writes"));
    Wall::Own {
        read: format!("{} OR {}", own("party"), among("grantee_tenant_id", "party")),
        insert: format!("{agreed} AND ({grants} OR (status <> 'APPROVED' AND {asks}))"),
        change: (
            format!("{agreed} AND ({grants} OR {asks})"),
            format!("{agreed} AND ({grants} OR (status = 'REVOKED' AND {asks}))"),
        ),
        remove: grants,
    }
}

/// API keys: seen by their tenant, and one at a time by whoever names it.
pub fn api_keys() -> Wall {
    let writes = own("writes");
    let named = "id = (SELECT nullif(current_setting('phoihop.key', true), '')::uuid)";
    let change = (writes.clone(), writes.clone());
    Wall::Own { read: format!("{writes} OR {named}"), insert: writes.clone(), change, remove: writes }
}

/// The audit: written with every write, read by the tenant's own staff.
pub fn audit() -> Wall {
    Wall::Log { read: own("staff"), insert: format!("{} OR {}", own("writes"), own("adds")), change: None }
}

/// Where each tenant's chain ends.
pub fn audit_heads() -> Wall {
    let writes = format!("{} OR {}", own("writes"), own("adds"));
    let read = format!("{writes} OR {}", own("staff"));
    Wall::Log { read, insert: writes.clone(), change: Some(writes) }
}

/// What was answered to requests that may be repeated: those of readers as well, who may have tables made.
pub fn answers() -> Wall {
    let acts = own("party");
    Wall::Own { read: acts.clone(), insert: acts.clone(), change: (acts.clone(), acts.clone()), remove: acts }
}

/// Export jobs: each is seen, begun and ended by whoever started it for the tenant, and worked on by a task that acts for
/// nobody.
pub fn export_jobs() -> Wall {
    let held = "holder = (SELECT nullif(current_setting('phoihop.holder', true), '')::uuid)";
    let worked = "(SELECT current_setting('phoihop.jobs', true)) = 'worked'";
    let (starts, keeps) = (format!("{held} AND {}", own("party")), format!("{held} OR {worked}"));
    Wall::Own { read: keeps.clone(), insert: starts, change: (keeps.clone(), keeps), remove: worked.to_owned() }
}

/// Whether a column names one of the tenants of a setting.
fn among(column: &str, setting: &str) -> String {
    format!("{column} = ANY ((SELECT phoihop_tenants('phoihop.{setting}'))::int[])")
}

/// Whether the row belongs to one of the tenants of a setting.
fn own(setting: &str) -> String {
    among("tenant_id", setting)
}

/// The statements that wall a table in.
pub fn around(table: &str, wall: Wall) -> Vec<String> {
    let writes = own("writes");
    let written = format!("{writes} OR (visibility = 'PUBLIC' AND {})", own("adds"));
    let public = match &wall {
        Wall::Records(_) | Wall::History(_) | Wall::Sums => "visibility = 'PUBLIC'",
        Wall::Catalog => "true",
        Wall::Between { .. } | Wall::Own { .. } | Wall::Log { .. } => "false",
    };
    let verbs = match &wall {
        Wall::History(_) | Wall::Log { change: None, .. } => "SELECT, INSERT",
        // Rows are written by one statement that would change those that are there: it needs the right, and the policy
        // lets it change none.
        Wall::Log { change: Some(_), .. } | Wall::Between { lasting: true } | Wall::Catalog => "SELECT, INSERT, UPDATE",
        Wall::Records(_) | Wall::Own { .. } | Wall::Sums | Wall::Between { lasting: false } => {
            "SELECT, INSERT, UPDATE, DELETE"
        }
    };
    let (read, insert, (from, to), delete) = match wall {
        Wall::Records(holds) => (seen(table, holds), written.clone(), (written.clone(), written.clone()), written),
        Wall::Sums => {
            let internal = format!("visibility = 'INTERNAL' AND {}", own("programs"));
            let read = format!("visibility = 'PUBLIC' OR {} OR ({internal})", own("staff"));
            (read, written.clone(), (written.clone(), written.clone()), written)
        }
        Wall::History(holds) => {
            // In the order of commits one stands where one's own transaction stands, and nowhere else.
            let insert = format!("({written}) AND xid = (SELECT pg_current_xact_id()::text::bigint)");
            (seen(table, holds), insert, ("false".into(), "false".into()), "false".into())
        }
        Wall::Between { lasting } => {
            let change = if lasting { "false".to_owned() } else { writes.clone() };
            let read = format!(
                "{} OR (visibility = 'INTERNAL' AND ({} OR {}))",
                own("staff"),
                own("party"),
                shared_with(table)
            );
            (read, writes, (change.clone(), change.clone()), change)
        }
        Wall::Catalog => {
            // They come with the program, from the owner.
            let keeps =
                format!("current_user = '{OWNER}' OR (SELECT current_setting('phoihop.catalogs', true)) = 'kept'");
            ("true".into(), keeps.clone(), (keeps.clone(), keeps), "false".into())
        }
        Wall::Own { read, insert, change: (from, to), remove } => (read, insert, (from, to), remove),
        Wall::Log { read, insert, change } => {
            let change = change.unwrap_or_else(|| "false".into());
            (read, insert, (change.clone(), change), "false".into())
        }
    };
    vec![
        format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"),
        format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"),
        format!("CREATE POLICY seen ON {table} FOR SELECT USING ({read})"),
        format!("CREATE POLICY added ON {table} FOR INSERT WITH CHECK ({insert})"),
        format!("CREATE POLICY changed ON {table} FOR UPDATE USING ({from}) WITH CHECK ({to})"),
        format!("CREATE POLICY removed ON {table} FOR DELETE USING ({delete})"),
        format!("GRANT {verbs} ON {table} TO {APP}"),
        format!("GRANT SELECT ON {table} TO {ANON}"),
        // Whoever only publishes sees what is public, whoever it says that it acts for.
        format!("CREATE POLICY published ON {table} AS RESTRICTIVE FOR SELECT TO {ANON} USING ({public})"),
    ]
}

/// The statements for a table that everybody may read and only its owner writes.
pub fn shared(table: &str) -> Vec<String> {
    vec![format!("GRANT SELECT ON {table} TO {APP}, {ANON}")]
}

/// An edge that crosses tenants may lead only to a row that whoever writes it can see: one to a hidden row fails like one
/// to no row at all.
pub fn link(table: &str, tenant: &str, column: &str, target: &str) -> Vec<String> {
    let check = format!(
        "{column} IS NULL OR EXISTS (SELECT FROM {target} target
            WHERE target.tenant_id = {table}.{tenant} AND target.id = {table}.{column})"
    );
    ["INSERT", "UPDATE"]
        .map(|verb| {
            let name = format!("{column}_{}", verb.to_lowercase());
            format!("CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR {verb} WITH CHECK ({check})")
        })
        .to_vec()
}

/// Search finds by trigrams, which row-level security would keep from being used: LIKE may tell its operand to others,
/// says PostgreSQL, so policies are checked first, on every row. One function looks past them, as a role that may read
/// this one table and nothing else, and answers keys alone; the statement that called it joins them to rows through the
/// policies.
pub fn search() -> Vec<String> {
    vec![
        format!("GRANT SELECT ON search_entries TO {SEARCH}"),
        format!("CREATE POLICY searched ON search_entries FOR SELECT TO {SEARCH} USING (true)"),
        "CREATE FUNCTION phoihop_search(pattern text) RETURNS TABLE (tenant_id int, id uuid)
           LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
           $$ SELECT e.tenant_id, e.id FROM public.search_entries e WHERE e.folded LIKE pattern
                AND (e.visibility = 'PUBLIC' OR pg_has_role(session_user, 'phoihop_app', 'MEMBER')) $$"
            .to_owned(),
        "REVOKE ALL ON FUNCTION phoihop_search(text) FROM PUBLIC".to_owned(),
        format!("GRANT EXECUTE ON FUNCTION phoihop_search(text) TO {APP}, {ANON}"),
        format!("GRANT CREATE ON SCHEMA public TO {SEARCH}"),
        format!("ALTER FUNCTION phoihop_search(text) OWNER TO {SEARCH}"),
        format!("REVOKE CREATE ON SCHEMA public FROM {SEARCH}"),
    ]
}

/// Who sees a row. `CASE` and `OR` are evaluated from left to right as far as needed, so a public row costs one test.
fn seen(table: &str, holds: Holds) -> String {
    let granted = match holds {
        Holds::Programs => own("programs"),
        Holds::People => own("people"),
        Holds::ByKind => {
            format!(
                "CASE WHEN kind IN ('PERSON', 'POSITION') THEN {} WHEN kind IN ({BETWEEN}) THEN {} ELSE {} END",
                own("people"),
                own("party"),
                own("programs")
            )
        }
    };
    format!(
        "visibility = 'PUBLIC' OR {} OR (visibility = 'INTERNAL' AND ({granted} OR {}))",
        own("staff"),
        shared_with(table)
    )
}

/// The kinds of records that are between two tenants.
const BETWEEN: &str = "'REPORT_REQUEST', 'SUBMISSION', 'SUBMISSION_DECISION', 'SUBMISSION_ITEM'";

/// Whether a row is shared with a tenant for which one acts.
fn shared_with(table: &str) -> String {
    format!(
        "EXISTS (SELECT FROM shares WHERE shares.tenant_id = {table}.tenant_id AND shares.id = {table}.id AND {})",
        among("shares.reader_tenant_id", "party")
    )
}

/// A row that says that figures were accepted may only stand where whoever asked has said so.
pub fn accepted(table: &str) -> Vec<String> {
    let check = format!(
        "EXISTS (SELECT FROM submission_decisions d WHERE d.submission_tenant_id = {table}.tenant_id
            AND d.submission_id = {table}.submission_id AND d.verdict = 'ACCEPTED')"
    );
    ["INSERT", "UPDATE"]
        .map(|verb| {
            let name = format!("accepted_{}", verb.to_lowercase());
            format!("CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR {verb} WITH CHECK ({check})")
        })
        .to_vec()
}
