//! Who signed: the agencies and groups of a program, and the sectors that they belong to.

use std::collections::{BTreeSet, HashMap};

use domain::{Agency, AgencyGroup, Id, Involvement, Program};
use futures_util::FutureExt;
use sea_orm::JoinType;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Func, SelectStatement};

use crate::codec::column;
use crate::record::{Key, Record, among, col};
use crate::{Loader, Scope, StoreError};

const PARTY: &str = "i";
const AGENCY: &str = "a";
const GROUP: &str = "g";
/// Programs of one statement.
const MANY: usize = 1_000;

/// The sectors that signed a program.
struct SigningSectors;

impl Loader {
    /// The sectors of the agencies and groups that signed a program, as far as they are known.
    pub async fn signing_sectors(&self, program: Id<Program>) -> Result<BTreeSet<String>, StoreError> {
        let fetch = |scope: Scope, programs: Vec<_>| async move { scope.signing_sectors(&programs).await }.boxed();
        Ok(self.fact::<SigningSectors, _, _, _>(String::new(), program, fetch).await?.unwrap_or_default())
    }
}

impl Scope {
    /// The same for many programs.
    pub async fn signing_sectors(
        &self,
        programs: &[Id<Program>],
    ) -> Result<HashMap<Id<Program>, BTreeSet<String>>, StoreError> {
        let mut found: HashMap<Id<Program>, BTreeSet<String>> = HashMap::new();
        for programs in programs.chunks(MANY) {
            let select = sectors(self, |alias| among(alias, (Some("tenant_id"), "program_id"), programs));
            for row in self.rows(&select).await? {
                let program = Key::from_row(&row, "tenant_id", "program_id")?;
                found.entry(program).or_default().insert(column(&row, "sector")?);
            }
        }
        Ok(found)
    }
}

/// `(tenant_id, program_id, sector)` of the signatories, known by the alias, for which `of` holds, each once.
pub(super) fn sectors(scope: &Scope, of: impl Fn(&'static str) -> Condition) -> SelectStatement {
    let mut select = signing(scope);
    select.distinct().cond_where(of(PARTY));
    select
}

/// The sectors that signed the program that two expressions name.
pub(super) fn sectors_of_program(scope: &Scope, tenant: &Expr, id: &Expr) -> SelectStatement {
    let mut select = signing(scope);
    select.cond_where(col(PARTY, "tenant_id").eq(tenant.clone())).cond_where(col(PARTY, "program_id").eq(id.clone()));
    select
}

/// ```sql
/// SELECT i.tenant_id, i.program_id, coalesce(a.sector, g.sector) AS sector FROM involvements i
/// LEFT JOIN agencies a ON … LEFT JOIN agency_groups g ON … WHERE i.kind = 'SIGNATORY' AND sector IS NOT NULL
/// ```
fn signing(scope: &Scope) -> SelectStatement {
    let mut select = SelectStatement::new();
    select
        .columns(["tenant_id", "program_id"].map(|name| (Alias::new(PARTY), Alias::new(name))))
        .expr_as(sector(), Alias::new("sector"))
        .from_as(<Involvement as Record>::Entity::default(), Alias::new(PARTY))
        .cond_where(col(PARTY, "kind").eq("SIGNATORY"))
        .cond_where(scope.visible::<Involvement>(PARTY))
        .cond_where(sector().is_not_null());
    join::<Agency>(scope, &mut select, AGENCY, ("agency_tenant_id", "agency_id"));
    join::<AgencyGroup>(scope, &mut select, GROUP, ("tenant_id", "group_id"));
    select
}

/// The sector of a signatory, in a select of signatories.
pub(super) fn sector() -> Expr {
    Func::coalesce([col(AGENCY, "sector"), col(GROUP, "sector")]).into()
}

fn join<R: Record>(
    scope: &Scope,
    select: &mut SelectStatement,
    name: &'static str,
    (tenant, id): (&'static str, &'static str),
) {
    let who = Condition::all()
        .add(col(name, "tenant_id").eq(col(PARTY, tenant)))
        .add(col(name, "id").eq(col(PARTY, id)))
        .add(scope.visible::<R>(name));
    select.join_as(JoinType::LeftJoin, R::Entity::default(), Alias::new(name), who);
}
