//! Search over folded names: every word must occur; whole names come before beginnings, beginnings of words before
//! the middle of words, short names before long ones. Exactly the same on both engines.

use domain::text::fold;
use domain::{RecordKind, TenantId, number};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Alias, CaseStatement, Condition, Expr, ExprTrait, LikeExpr, Order, SelectStatement};
use uuid::Uuid;

use crate::access::Holds;
use crate::codec::{self, column};
use crate::filter::escape;
use crate::record::col;
use crate::{Scope, StoreError};

/// Records that are found by several names.
pub(crate) trait Folded {
    /// Every folded name, the principal one first, a line each.
    fn names(&self) -> String;
}

/// Folds names, a line each, without repeats.
pub(crate) fn folded<'a>(names: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for name in names.into_iter().flatten() {
        let line = fold(name);
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// The keys of a number and of its other printings, a line each, with a line break at both ends so that a whole key
/// can be looked for.
pub(crate) fn number_keys(number: Option<&str>, aliases: &[String]) -> String {
    let keys: Vec<String> = number
        .into_iter()
        .chain(aliases.iter().map(String::as_str))
        .map(number::number_key)
        .filter(|key| !key.is_empty())
        .collect();
    if keys.is_empty() { String::new() } else { format!("\n{}\n", keys.join("\n")) }
}

/// What is searched for.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// The words, as typed.
    pub text: String,
    /// Only these kinds; all when empty.
    pub kinds: Vec<RecordKind>,
    /// Only these tenants; all when empty.
    pub tenants: Vec<TenantId>,
    /// How many, 1–100.
    pub count: u32,
    /// How many to leave out.
    pub offset: u32,
}

/// One record found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: RecordKind,
    /// Its tenant.
    pub tenant: TenantId,
    /// Its uuid.
    pub id: Uuid,
}

impl Hit {
    /// The tenant itself, when the hit is a province.
    pub fn as_tenant(&self) -> TenantId {
        crate::tenant::from_search_id(self.id)
    }
}

impl Scope {
    /// Finds records by name. Answers one hit more than asked when there are more.
    pub async fn search(&self, request: &SearchRequest) -> Result<Vec<Hit>, StoreError> {
        let text = fold(&request.text);
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let s = "s";
        let mut select = SelectStatement::new();
        select
            .columns(["kind", "tenant_id", "id"].map(|name| (Alias::new(s), Alias::new(name))))
            .from_as(Alias::new("search_entries"), Alias::new(s))
            .cond_where(self.visible_in(Holds::ByKind, s))
            .cond_where(self.words(s, &text));
        if !request.kinds.is_empty() {
            select.cond_where(col(s, "kind").is_in(request.kinds.iter().map(|kind| codec::text(*kind))));
        }
        if !request.tenants.is_empty() {
            select.cond_where(col(s, "tenant_id").is_in(request.tenants.iter().map(|tenant| tenant.0)));
        }
        let like = |pattern: String| LikeExpr::new(pattern).escape('\\');
        let begins = escape(&text);
        let rank = CaseStatement::new()
            .case(col(s, "folded").eq(text.as_str()), 0)
            .case(col(s, "folded").like(like(format!("{begins}\n%"))), 0)
            .case(col(s, "folded").like(like(format!("{begins}%"))), 1)
            .case(col(s, "folded").like(like(format!("%\n{begins}%"))), 2)
            .case(col(s, "folded").like(like(format!("% {begins}%"))), 3)
            .finally(4);
        select
            .order_by_expr(rank.into(), Order::Asc)
            .order_by_expr(col(s, "weight"), Order::Asc)
            .order_by_expr(col(s, "folded"), Order::Asc)
            .order_by_expr(col(s, "tenant_id"), Order::Asc)
            .order_by_expr(col(s, "id"), Order::Asc)
            .limit(u64::from(request.count) + 1)
            .offset(u64::from(request.offset));
        let hit = |row| {
            Ok(Hit {
                kind: codec::code("kind", &column::<String>(row, "kind")?)?,
                tenant: TenantId(column(row, "tenant_id")?),
                id: column(row, "id")?,
            })
        };
        self.rows(&select).await?.iter().map(hit).collect()
    }

    /// Every word occurs. Words of three letters and more go through the trigram index: on SQLite by the table whose LIKE
    /// can use it, on PostgreSQL by the function that looks past the policies and answers keys alone.
    fn words(&self, s: &'static str, text: &str) -> Condition {
        let mut all = Condition::all();
        for word in text.split_whitespace() {
            let pattern = || LikeExpr::new(format!("%{}%", escape(word))).escape('\\');
            all = all.add(col(s, "folded").like(pattern()));
            if word.chars().count() < 3 || escape(word) != word {
                continue;
            }
            if self.backend() == DbBackend::Postgres {
                all = all.add(Expr::cust_with_values(
                    "(s.tenant_id, s.id) IN (SELECT found.tenant_id, found.id FROM phoihop_search($1) found)",
                    [format!("%{word}%")],
                ));
            } else {
                let mut rows = SelectStatement::new();
                rows.column(Alias::new("rowid"))
                    .from(Alias::new("search_fts"))
                    .cond_where(Expr::col(Alias::new("folded")).like(LikeExpr::new(format!("%{word}%"))));
                all = all.add(col(s, "rowid").in_subquery(rows));
            }
        }
        all
    }
}
