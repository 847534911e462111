//! What is said about records: where sources disagree about them, and which sources vouch for them. It is exactly as
//! visible as they are, unless the dossier that says it is less so. No foreign key can see to that, since the records are
//! of many tables.

use domain::change::Operation;
use domain::{Conflict, Provenance};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement, UnionType, UpdateStatement};

use super::{FOLLOWERS, ROW, keys_of};
use crate::edge::table_name;
use crate::record::{Key, Stored, among_columns, col};
use crate::{StoreError, Tx};

/// Who may see a row, the fewest first.
const VISIBILITIES: [&str; 3] = ["DRAFT", "INTERNAL", "PUBLIC"];

impl Tx {
    /// Shows what is said about rows of a table, and about everything that follows them, as widely as they are shown.
    pub(super) async fn show_about(&self, table: &str, which: &Condition) -> Result<(), StoreError> {
        for (place, visibility) in VISIBILITIES.into_iter().enumerate() {
            let those = Condition::all().add(which.clone()).add(col(ROW, "visibility").eq(visibility));
            let mut keys = keys_of(table, those.clone());
            for more in followers(table, &keys_of(table, those)) {
                keys.union(UnionType::All, more);
            }
            let (fewer, more) = (VISIBILITIES.get(..place).unwrap_or_default(), VISIBILITIES.get(place + 1..));
            let narrowed = col(ROW, "visibility").is_in(more.unwrap_or_default().iter().copied());
            let may = |hidden: SelectStatement| Condition::any().add(narrowed.clone()).add(Expr::exists(hidden).not());
            let by_hand = col(ROW, "path").like(format!("{}%", Provenance::BY_HAND));
            self.show_said::<Conflict>(visibility, &keys, may(dossier_of_conflict(fewer))).await?;
            self.show_said::<Provenance>(visibility, &keys, may(dossier_of_provenance(fewer)).add(by_hand)).await?;
        }
        Ok(())
    }

    async fn show_said<R: Stored>(
        &self,
        visibility: &str,
        keys: &SelectStatement,
        may: Condition,
    ) -> Result<(), StoreError> {
        let table = table_name::<R>();
        // What another tenant says stays that tenant's to show.
        let own = self.access().party().iter().map(|tenant| tenant.0);
        let record = Expr::tuple([col(ROW, "record_tenant_id"), col(ROW, "record_id")]);
        let said = Condition::all()
            .add(record.in_subquery(keys.clone()))
            .add(col(ROW, "tenant_id").is_in(own))
            .add(col(ROW, "visibility").ne(visibility))
            .add(may);
        let mut select = keys_of(&table, said);
        select.lock_exclusive();
        let rows = self.rows(&select).await?;
        let moved: Result<Vec<R::Key>, _> = rows.iter().map(|row| R::Key::from_row(row, "tenant_id", "id")).collect();
        for moved in moved?.chunks(500) {
            let mut update = UpdateStatement::new();
            update
                .table(Alias::new(table.as_str()))
                .value(Alias::new("visibility"), visibility)
                .cond_where(among_columns(R::Key::COLUMNS, moved));
            self.execute(&update).await?;
            self.list::<R>(Operation::Updated, moved).await?;
        }
        Ok(())
    }
}

/// The source of the dossier that says a conflict, if it is seen by these alone.
fn dossier_of_conflict(visibilities: &[&'static str]) -> SelectStatement {
    let mut hidden = SelectStatement::new();
    hidden
        .expr(Expr::cust("1"))
        .from_as(Alias::new("provenances"), Alias::new("p"))
        .join_as(
            sea_orm::JoinType::InnerJoin,
            Alias::new("sources"),
            Alias::new("s"),
            Condition::all()
                .add(col("s", "tenant_id").eq(col("p", "tenant_id")))
                .add(col("s", "id").eq(col("p", "source_id"))),
        )
        .cond_where(col("p", "record_tenant_id").eq(col(ROW, "tenant_id")))
        .cond_where(col("p", "record_id").eq(col(ROW, "id")))
        .cond_where(col("s", "visibility").is_in(visibilities.iter().copied()));
    hidden
}

/// The source that a provenance names, if it is seen by these alone.
fn dossier_of_provenance(visibilities: &[&'static str]) -> SelectStatement {
    let mut hidden = SelectStatement::new();
    hidden
        .expr(Expr::cust("1"))
        .from_as(Alias::new("sources"), Alias::new("s"))
        .cond_where(col("s", "tenant_id").eq(col(ROW, "tenant_id")))
        .cond_where(col("s", "id").eq(col(ROW, "source_id")))
        .cond_where(col("s", "visibility").is_in(visibilities.iter().copied()));
    hidden
}

/// The keys of everything that follows rows of a table.
fn followers(table: &str, parents: &SelectStatement) -> Vec<SelectStatement> {
    let mut all = Vec::new();
    for follower in FOLLOWERS.iter().filter(|one| one.of == table) {
        let parent = Expr::tuple([col(ROW, "tenant_id"), col(ROW, follower.column)]);
        let follows = Condition::all().add(parent.in_subquery(parents.clone()));
        all.push(keys_of(follower.table, follows.clone()));
        all.extend(followers(follower.table, &keys_of(follower.table, follows)));
    }
    all
}
