//! Programs that implement another one: how long after it they were signed, and where their parties and their time differ.

use domain::{Program, ProgramLink};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};

use super::{code, signed, signer};
use crate::filter::alias;
use crate::record::{Record, col};
use crate::{Filter, Scope, Test, link};

const CHILD: &str = "child";
const PARENT: &str = "parent";

/// The links by which `programs` implement another program or a document.
pub fn implementations(programs: Filter<Program>) -> Filter<ProgramLink> {
    Filter::all(vec![
        Filter::test(link::KIND, Test::Eq(code(domain::link::LinkKind::Implements))),
        Filter::some(link::FROM, Filter::all(vec![programs, signed()])),
    ])
}

/// Those whose signatories are of other sectors than the parent's. Both must have some whose sector is known: a program of
/// which no signatory was recorded lacks none.
pub fn other_sectors() -> Filter<ProgramLink> {
    Filter::special("other sectors", |scope, depth| {
        let link = alias(depth);
        let of_child = || signer::sectors_of_program(scope, &col(link, "tenant_id"), &col(link, "program_id"));
        let of_parent =
            || signer::sectors_of_program(scope, &col(link, "to_program_tenant_id"), &col(link, "to_program_id"));
        Condition::all().add(Expr::exists(of_child())).add(Expr::exists(of_parent())).add(
            Condition::any()
                .add(Expr::exists(beyond(of_parent(), of_child())))
                .add(Expr::exists(beyond(of_child(), of_parent()))),
        )
    })
}

/// The sectors of `these` that are not among `those`.
fn beyond(mut these: SelectStatement, those: SelectStatement) -> SelectStatement {
    let mut sectors = SelectStatement::new();
    sectors.expr(col("there", "sector")).from_subquery(those, Alias::new("there"));
    these.cond_where(signer::sector().not_in_subquery(sectors));
    these
}

/// Those whose time begins or ends on another day than the parent's, where both are known.
pub fn another_period() -> Filter<ProgramLink> {
    Filter::special("another period", |scope, depth| {
        let mut select = ends(scope, alias(depth));
        let differs = |column: &'static str| col(CHILD, column).ne(col(PARENT, column));
        select.cond_where(Condition::any().add(differs("period_earliest")).add(differs("period_latest")));
        Condition::all().add(Expr::exists(select))
    })
}

/// Both programs of a link, of those that may be seen.
fn ends(scope: &Scope, link: &'static str) -> SelectStatement {
    let is = |end: &'static str, tenant: &'static str, id: &'static str| {
        Condition::all().add(col(end, "tenant_id").eq(col(link, tenant))).add(col(end, "id").eq(col(link, id)))
    };
    let mut select = SelectStatement::new();
    select
        .expr(Expr::cust("1"))
        .from_as(<Program as Record>::Entity::default(), Alias::new(CHILD))
        .from_as(<Program as Record>::Entity::default(), Alias::new(PARENT))
        .cond_where(is(CHILD, "tenant_id", "program_id"))
        .cond_where(is(PARENT, "to_program_tenant_id", "to_program_id"))
        .cond_where(scope.visible::<Program>(CHILD))
        .cond_where(scope.visible::<Program>(PARENT));
    select
}
