//! What logins for reports may read: of everything what is public, and what is internal to the tenant that the
//! administrator has written down for the login. What a session says of itself in settings opens nothing to them, since
//! the restrictive policies ask who logged in.

use crate::roles::REPORTS;
use crate::wall::BETWEEN;

/// A table of records, perhaps of people.
pub fn records(table: &str, of_people: bool) -> String {
    held(table, &internal(of_people))
}

/// A table about records whose kind a column names.
pub fn by_kind(table: &str) -> String {
    held(
        table,
        &format!(
            "CASE WHEN kind IN ('PERSON', 'POSITION') THEN {} WHEN kind IN ({BETWEEN}) THEN false ELSE {} END",
            internal(true),
            internal(false)
        ),
    )
}

/// A table that policies of others read, and that shows them nothing.
pub fn nothing(table: &str) -> String {
    format!(
        "GRANT SELECT ON {table} TO {REPORTS};
         CREATE POLICY reported_only ON {table} AS RESTRICTIVE FOR SELECT TO {REPORTS} USING (false)"
    )
}

/// The other way round.
pub fn undo(table: &str) -> String {
    format!(
        "DROP POLICY IF EXISTS reported ON {table};
         DROP POLICY reported_only ON {table};
         REVOKE SELECT ON {table} FROM {REPORTS}"
    )
}

fn held(table: &str, internal: &str) -> String {
    format!(
        "GRANT SELECT ON {table} TO {REPORTS};
         CREATE POLICY reported ON {table} FOR SELECT TO {REPORTS} USING ({internal});
         CREATE POLICY reported_only ON {table} AS RESTRICTIVE FOR SELECT TO {REPORTS}
           USING (visibility = 'PUBLIC' OR {internal})"
    )
}

fn internal(of_people: bool) -> String {
    format!("(visibility = 'INTERNAL' AND tenant_id = ANY ((SELECT phoihop_reports({of_people}))::int[]))")
}
