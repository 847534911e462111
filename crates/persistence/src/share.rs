//! What a program shares with its signatories: its internal records, and those of what belongs to it, are seen by the
//! tenants whose agencies signed it. The rows are listed in `shares`, which both walls read, so that no statement has to
//! find out again who signed what.

use domain::{Id, Program, TenantId};
use sea_orm::sea_query::{
    Alias, Condition, DeleteStatement, Expr, ExprTrait, InsertStatement, OnConflict, SelectStatement, UnionType,
};

use crate::record::{Key, among, among_columns, col};
use crate::{StoreError, Tx};

/// Rows of `table` that are shared because a row of `via` is. Each step may build on those before it.
enum Step {
    /// `table.column` names the row of `via`.
    Down { table: &'static str, column: &'static str },
    /// `via.column` names the row of `table`, in the same tenant.
    Up { table: &'static str, via: &'static str, column: &'static str },
    /// Both are named by a row of `between`.
    Across { table: &'static str, between: &'static str, from: &'static str, to: &'static str },
}

use Step::{Across, Down, Up};

/// From a program to everything that shows what it is.
const STEPS: &[Step] = &[
    // First of all: only the program is there, so that only its own sources follow, not those of everybody named in it.
    Down { table: "conflicts", column: "record_id" },
    Down { table: "provenances", column: "record_id" },
    Up { table: "sources", via: "provenances", column: "source_id" },
    Down { table: "program_topics", column: "program_id" },
    Down { table: "program_links", column: "program_id" },
    Down { table: "cooperation_areas", column: "program_id" },
    Down { table: "targets", column: "program_id" },
    Down { table: "planned_activities", column: "program_id" },
    Down { table: "results", column: "program_id" },
    Down { table: "awards", column: "program_id" },
    Down { table: "directions", column: "program_id" },
    Down { table: "obligations", column: "program_id" },
    Down { table: "remarks", column: "program_id" },
    Down { table: "citations", column: "program_id" },
    Across { table: "events", between: "event_programs", from: "program_id", to: "event_id" },
    Down { table: "event_programs", column: "event_id" },
    Down { table: "citations", column: "event_id" },
    Up { table: "documents", via: "citations", column: "document_id" },
    Down { table: "involvements", column: "program_id" },
    Down { table: "involvements", column: "event_id" },
    Down { table: "involvements", column: "direction_id" },
    Down { table: "involvements", column: "result_id" },
    Down { table: "involvements", column: "award_id" },
    Down { table: "involvements", column: "area_id" },
    Down { table: "involvements", column: "document_id" },
    Up { table: "agencies", via: "involvements", column: "agency_id" },
    Up { table: "agency_groups", via: "involvements", column: "group_id" },
    Down { table: "agency_group_members", column: "group_id" },
    Up { table: "agencies", via: "agency_group_members", column: "agency_id" },
    Up { table: "people", via: "involvements", column: "person_id" },
    Down { table: "positions", column: "person_id" },
];

impl Tx {
    /// Works out anew what `programs` share.
    pub(crate) async fn share(&self, programs: &[Id<Program>]) -> Result<(), StoreError> {
        let columns = <Id<Program> as Key>::COLUMNS;
        for programs in programs.chunks(500) {
            let mut forget = DeleteStatement::new();
            forget.from_table(Alias::new("shares")).cond_where(among_columns((columns.0, "program_id"), programs));
            self.execute(&forget).await?;
            if self.execute(&with_signatories(programs)?).await? > 0 {
                for step in STEPS {
                    self.execute(&step.insert(programs)?).await?;
                }
            }
        }
        Ok(())
    }

    /// Shows rows of a tenant that no program shares, a request or an answer, to another tenant. `by` is what they belong
    /// to: with it the rows are found again.
    pub(crate) async fn show<B, R: 'static>(
        &self,
        by: Id<B>,
        rows: &[Id<R>],
        reader: TenantId,
    ) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut insert = InsertStatement::new();
        insert.into_table(Alias::new("shares")).columns(COLUMNS.map(Alias::new));
        for id in rows {
            insert
                .values([id.tenant.0.into(), id.uuid.into(), reader.0.into(), by.uuid.into()])
                .map_err(|error| StoreError::Internal(error.to_string()))?;
        }
        insert.on_conflict(OnConflict::columns(COLUMNS.map(Alias::new)).do_nothing().to_owned());
        self.execute(&insert).await.map(|_rows| ())
    }

    /// Takes back from a tenant what it was shown of `by`.
    pub(crate) async fn show_no_more<B: 'static>(&self, by: Id<B>, reader: TenantId) -> Result<(), StoreError> {
        let mut forget = DeleteStatement::new();
        forget
            .from_table(Alias::new("shares"))
            .cond_where(among_columns((<Id<B> as Key>::COLUMNS.0, "program_id"), &[by]))
            .cond_where(Expr::col(Alias::new("reader_tenant_id")).eq(reader.0));
        self.execute(&forget).await.map(|_rows| ())
    }
}

/// The programs themselves, for each tenant besides their own whose agency signed, alone or in a group.
fn with_signatories(programs: &[Id<Program>]) -> Result<InsertStatement, StoreError> {
    let signed = |agency_of: &'static str| {
        let mut select = SelectStatement::new();
        select
            .columns(["tenant_id", "program_id"].map(|name| (Alias::new("i"), Alias::new(name))))
            .expr_as(col(agency_of, "agency_tenant_id"), Alias::new("reader_tenant_id"))
            .from_as(Alias::new("involvements"), Alias::new("i"))
            .cond_where(col("i", "kind").eq("SIGNATORY"))
            .cond_where(among("i", (Some("tenant_id"), "program_id"), programs));
        select
    };
    let mut direct = signed("i");
    let mut grouped = signed("m");
    grouped.join_as(
        sea_orm::JoinType::InnerJoin,
        Alias::new("agency_group_members"),
        Alias::new("m"),
        Condition::all()
            .add(col("m", "tenant_id").eq(col("i", "tenant_id")))
            .add(col("m", "group_id").eq(col("i", "group_id"))),
    );
    direct.union(UnionType::Distinct, grouped);
    let mut select = SelectStatement::new();
    select
        .columns(["tenant_id", "id"].map(|name| (Alias::new("p"), Alias::new(name))))
        .column((Alias::new("r"), Alias::new("reader_tenant_id")))
        .expr_as(col("p", "id"), Alias::new("program_id"))
        .from_as(Alias::new("programs"), Alias::new("p"))
        .join_subquery(
            sea_orm::JoinType::InnerJoin,
            direct,
            Alias::new("r"),
            Condition::all()
                .add(col("r", "tenant_id").eq(col("p", "tenant_id")))
                .add(col("r", "program_id").eq(col("p", "id"))),
        )
        // Of a public program too: events about it may be internal.
        .cond_where(col("p", "visibility").ne("DRAFT"))
        .cond_where(col("r", "reader_tenant_id").ne(col("p", "tenant_id")));
    insert(select)
}

impl Step {
    fn insert(&self, programs: &[Id<Program>]) -> Result<InsertStatement, StoreError> {
        let mut select = SelectStatement::new();
        select
            .columns(["tenant_id", "id"].map(|name| (Alias::new("t"), Alias::new(name))))
            .columns(["reader_tenant_id", "program_id"].map(|name| (Alias::new("s"), Alias::new(name))))
            .from_as(Alias::new("shares"), Alias::new("s"));
        let mut join = |table: &'static str, alias: &'static str, left: Expr, right: Expr| {
            let on = Condition::all().add(col(alias, "tenant_id").eq(col("s", "tenant_id"))).add(left.eq(right));
            select.join_as(sea_orm::JoinType::InnerJoin, Alias::new(table), Alias::new(alias), on);
        };
        match self {
            Down { table, column } => join(table, "t", col("t", column), col("s", "id")),
            Up { table, via, column } => {
                join(via, "v", col("v", "id"), col("s", "id"));
                join(table, "t", col("t", "id"), col("v", column));
            }
            Across { table, between, from, to } => {
                join(between, "v", col("v", from), col("s", "id"));
                join(table, "t", col("t", "id"), col("v", to));
            }
        }
        select
            .cond_where(among("s", (Some("tenant_id"), "program_id"), programs))
            .cond_where(col("t", "visibility").eq("INTERNAL"));
        insert(select)
    }
}

fn insert(select: SelectStatement) -> Result<InsertStatement, StoreError> {
    let mut insert = InsertStatement::new();
    insert.into_table(Alias::new("shares")).columns(COLUMNS.map(Alias::new));
    insert.select_from(select).map_err(|error| StoreError::Internal(error.to_string()))?;
    insert.on_conflict(OnConflict::columns(COLUMNS.map(Alias::new)).do_nothing().to_owned());
    Ok(insert)
}

const COLUMNS: [&str; 4] = ["tenant_id", "id", "reader_tenant_id", "program_id"];
