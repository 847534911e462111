//! Read-only views for SQL tools, on PostgreSQL alone: `report_…`, with the columns of the tables of `/export` where they
//! are the same thing. Each reads as whoever asks, so the policies of its tables decide what is in it.
//!
//! Whoever logs in for them is a member of the role for reports, which may read those tables and nothing else. A setting
//! can be made by any session, so what such a login sees beyond public records follows from `report_logins` and from who
//! logged in, which only the administrator can change.

mod awards;
mod data_quality;
mod events;
mod programs;
mod results;
mod signatories;
mod signing_lag;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::roles::{ANON, REPORTS};
use crate::table::execute;
use crate::wall::reported;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A view: its columns, each with what it is made of and what it means, and what they are taken from.
pub struct View {
    name: &'static str,
    about: &'static str,
    columns: &'static [(&'static str, &'static str, &'static str)],
    from: &'static str,
}

const VIEWS: &[View] = &[
    programs::VIEW,
    signatories::VIEW,
    results::VIEW,
    awards::VIEW,
    events::VIEW,
    signing_lag::VIEW,
    data_quality::VIEW,
];

/// The tables of records that they read.
const RECORDS: &[&str] = &[
    "agencies",
    "agency_groups",
    "awards",
    "documents",
    "event_programs",
    "events",
    "involvements",
    "program_links",
    "programs",
    "results",
    "sources",
];
/// Those that say who people are.
const PEOPLE: &[&str] = &["people"];
/// Those about records whose kind a column names.
const BY_KIND: &[&str] = &["conflicts", "provenances"];
/// Those that everybody may read.
const CATALOGS: &[&str] = &["indicators", "sectors", "stewardships", "tenants", "units"];

/// Whose records a login reads. Everything is looked up where it was made: somebody's own tables and functions may have
/// the same names.
const LOGINS: &str = "
    CREATE TABLE report_logins (
      login text PRIMARY KEY,
      reads_id int NOT NULL REFERENCES tenants (id),
      people boolean NOT NULL DEFAULT false,
      until date NOT NULL
    );
    COMMENT ON TABLE report_logins IS
      'The tenant whose internal records, and those of its predecessors, a login for reports reads besides public ones.';
    COMMENT ON COLUMN report_logins.login IS 'Name of a role that logs in, a member of phoihop_reports.';
    COMMENT ON COLUMN report_logins.reads_id IS 'The tenant.';
    COMMENT ON COLUMN report_logins.people IS 'Whether also who its people are.';
    COMMENT ON COLUMN report_logins.until IS 'The last day, in Việt Nam.';
    ALTER TABLE report_logins ENABLE ROW LEVEL SECURITY;
    ALTER TABLE report_logins FORCE ROW LEVEL SECURITY;
    CREATE POLICY seen ON report_logins FOR SELECT USING (login = session_user OR current_user = 'phoihop_owner');
    CREATE POLICY added ON report_logins FOR INSERT WITH CHECK (current_user = 'phoihop_owner');
    CREATE POLICY changed ON report_logins FOR UPDATE USING (current_user = 'phoihop_owner');
    CREATE POLICY removed ON report_logins FOR DELETE USING (current_user = 'phoihop_owner');
    GRANT SELECT ON report_logins TO phoihop_reports;

    CREATE FUNCTION phoihop_reports(of_people boolean) RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
      SET search_path = pg_catalog, pg_temp AS
    $$
      WITH own AS (
        SELECT reads_id AS id FROM public.report_logins
        WHERE login = session_user AND (people OR NOT of_people) AND (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= until
      )
      SELECT coalesce(array_agg(id), '{}') FROM (
        SELECT id FROM own UNION SELECT s.stewarded_id FROM public.stewardships s JOIN own ON own.id = s.steward_id
      ) every
    $$;

    -- The global id of a record, of a kind that is a number in ids and never another one.
    CREATE FUNCTION phoihop_id(kind int, tenant int, id uuid) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$
      SELECT translate(encode(set_byte('\\x00'::bytea, 0, kind) || int4send(tenant) || uuid_send(id), 'base64'), '+/', '-_')
    $$;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        if m.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        execute(m, LOGINS).await?;
        for table in RECORDS {
            execute(m, &reported::records(table, false)).await?;
        }
        for table in PEOPLE {
            execute(m, &reported::records(table, true)).await?;
        }
        for table in BY_KIND {
            execute(m, &reported::by_kind(table)).await?;
        }
        execute(m, &reported::nothing("shares")).await?;
        execute(m, &format!("GRANT SELECT ON {} TO {REPORTS}", CATALOGS.join(", "))).await?;
        for view in VIEWS {
            execute(m, &view.create()).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        if m.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for view in VIEWS {
            execute(m, &format!("DROP VIEW {}", view.name)).await?;
        }
        for table in [RECORDS, PEOPLE, BY_KIND, &["shares"]].concat() {
            execute(m, &reported::undo(table)).await?;
        }
        execute(m, &format!("REVOKE SELECT ON {} FROM {REPORTS}", CATALOGS.join(", "))).await?;
        let gone = "DROP FUNCTION phoihop_id(int, int, uuid); DROP FUNCTION phoihop_reports(boolean); DROP TABLE report_logins";
        execute(m, gone).await
    }
}

impl View {
    fn create(&self) -> String {
        let Self { name, about, columns, from } = self;
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
        let chosen: Vec<String> = columns.iter().map(|(name, value, _)| format!("{value} AS {name}")).collect();
        let comments: Vec<String> = (columns.iter())
            .map(|(column, _, about)| format!("COMMENT ON COLUMN {name}.{column} IS {}", quoted(about)))
            .collect();
        format!(
            "CREATE VIEW {name} WITH (security_invoker = true) AS SELECT {} FROM {from};
             COMMENT ON VIEW {name} IS {};
             GRANT SELECT ON {name} TO {ANON}, {REPORTS};
             {}",
            chosen.join(", "),
            quoted(about),
            comments.join(";\n")
        )
    }
}
